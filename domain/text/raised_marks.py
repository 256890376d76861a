"""Write raised text in characters of its own, so that 10 to the fourth never becomes 104."""

from __future__ import annotations

import re

_DIGITS = str.maketrans("0123456789０１２３４５６７８９", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 2)
_SIGNS = str.maketrans("+＋-－−–=()ni", "⁺⁺⁻⁻⁻⁻⁼⁽⁾ⁿⁱ")
# What can be an exponent: 4, -3, n+1
_FORMULA = re.compile(r"[0-9０-９ni+＋\-－−–=()]*[0-9０-９n][0-9０-９ni+＋\-－−–=()]*")
# A note's mark that is apart from what it stands behind by itself: [1], ［注2］, 〔3〕
_BRACKETED = re.compile(r"[\[［〔【(（].{1,6}[\]］〕】)）]")
_LONGEST = 8  # longer raised text is a sentence in a tag that was never closed


def raised(text: str) -> str:
    """The text as it is raised, character for character: 4 as ⁴, -3 as ⁻³, n+1 as ⁿ⁺¹. [1], ①
    and words stay, as they run into no number."""
    plain = text.strip()
    if not plain or len(plain) > _LONGEST or _BRACKETED.fullmatch(plain):
        return text
    if _FORMULA.fullmatch(plain):
        text = text.translate(_SIGNS)
    return text.translate(_DIGITS)
