"""The name that a text gives to an act: in full, or by words of its name that it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterable

_MOST = 300_000  # characters of a text that are looked at
_GIVEN = r"(?:(?:修改|变更|修订|调整|更改|改)[为作成]|更名为|改称)"
# 名称修改为《…》.
RENAMED = re.compile(rf"(?:(?:名称|标题|题目)(?:相应)?{_GIVEN}|更名为)[:：]?《([^《》]{{2,120}})》")
# 标准名称更名为“…”; but 口岸名称, 单位名称 of a row.
_IN_QUOTES = re.compile(
    rf"(?<![岸位备品业目栏构地称])(?:名称|标题|题目)(?:相应|现)?(?:由“[^“”]{{2,80}}”)?{_GIVEN}[:：]?“([^“”]{{2,120}})”"
)
# 将办法名称和条文中的“退役动力电池”统一修改为“废旧动力电池”.
_BY_WORDS = re.compile(
    r"(?:名称|标题|题目)(?:(?:[和及与、以]|以及)[^，,。；“”]{1,12})?[中内里]?的?"
    r"“(?P<old>[^“”]{1,40})”(?:字样)?(?:均|都|统一|一律|全部|相应)*(?:修[改订]|变更|调整|更改|更正|替换|改|更名)[为作成]"
    r"“(?P<new>[^“”]{1,40})”"
)


def renames(text: str) -> bool:
    """Whether a text gives an act another name."""
    text = text[:_MOST]
    return RENAMED.search(named_anew(text)) is not None or _BY_WORDS.search(text) is not None


def named_anew(text: str) -> str:
    """A text whose new names of acts stand between 《》."""
    return _IN_QUOTES.sub(lambda match: match[0].replace(f"“{match[1]}”", f"《{match[1]}》"), text)


def renamed_by_words(text: str, titles: Iterable[str]) -> str | None:
    """The name of an act of these titles once the words are replaced that a text replaces in it;
    None where it replaces none of them."""
    for match in _BY_WORDS.finditer(text[:_MOST]):
        for title in titles:
            if match["old"] in title:
                return title.replace(match["old"], match["new"])
    return None
