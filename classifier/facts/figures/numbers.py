"""Patterns of numbers as official texts write them: 15, 十五, 二〇二六, 1,000, 2.5."""

from __future__ import annotations

# Pieces of regular expressions over folded text.
CHINESE = r"[一二两三四五六七八九十百千][〇零一二两三四五六七八九十百千]{0,12}"
ARABIC = r"\d{1,3}(?:[,，]\d{3}){1,5}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?"
# 5×10³, 10^4
POWER = r"(?:\d{1,6}(?:\.\d{1,6})?[×xX*·])?10(?:\^-?\d{1,2}|⁻?[⁰¹²³⁴-⁹]{1,2})"
# The mark of a note between a number and its unit: 98①%, 90[1]%, 95²%
NOTE_MARK = r"(?:[①-⑳]|[⁰¹²³⁴-⁹]{1,2}|[\[［]\d{1,2}[\]］])"


def plain(value: float) -> int | float:
    """An int where the value is whole; floating noise of unit conversion rounded away."""
    value = round(value, 6)
    return int(value) if value == int(value) else value
