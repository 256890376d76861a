"""Recognise a short text that speaks of the act itself: what ends, moves or corrects it."""

from __future__ import annotations

import re

# For example 本通知自即日起废止 or 以新文件为准.
_ENDS = re.compile(
    r"废止|失效|作废|停止(?:执行|施行|实施)|不再(?:执行|施行|适用|受理)|撤销|更正|勘误|终止|中止|延期|延长|推迟|取消|"
    r"以[^。\n]{1,30}为准|由[^。\n]{1,40}(?:代替|替代|取代)|修[订改]为|调整为|另行(?:通知|公告)|重新(?:印发|发布|公布)"
)


def ends_the_act(text: str) -> bool:
    """Whether a text says that an act ends, is corrected or is put off."""
    return bool(_ENDS.search(text))
