"""Read what a library prints of an act's validity (有效性, 时效性), and what its own page does."""

from __future__ import annotations

import re
from typing import Literal

Validity = Literal["in_force", "amended", "partly_ended", "ended", "not_yet"]

_NOISE = re.compile(r"[\s（）()【】\[\]:：·]+")
# For example 部分失效 or 部分条款废止.
_PARTLY = re.compile(r"部分(?:条款|内容)?(?:已)?(?:被)?(?:失效|废止|修改|有效)")
# For example 尚未生效 or 未施行.
_NOT_YET = re.compile(r"(?:尚|还)?未(?:生效|施行|实施)|待(?:生效|施行|实施)|即将(?:生效|实施|施行)")
# For example 现行有效, 继续有效 or the 现行 of standards.
_IN_FORCE = re.compile(r"(?:现行|继续|仍然?|目前|全文|文件)*有效|现行|生效|是")
# For example 已废止, 宣布失效 or 被代替.
_ENDED = re.compile(
    r"(?:已经?|宣布|全文|经|被)*(?:废止|失效|撤销|代替|替代)|(?:已经?)?(?:过期|作废|停止执行)|否|无效"
)
_AMENDED = re.compile(r"(?:已经?|被|经)*(?:修改|修订|修正)")
_READINGS: tuple[tuple[re.Pattern[str], Validity], ...] = (
    (_PARTLY, "partly_ended"),
    (_NOT_YET, "not_yet"),
    (_IN_FORCE, "in_force"),
    (_ENDED, "ended"),
    (_AMENDED, "amended"),
)
# 《…管理办法》（已废止）, 【已失效】关于…的通知
_TITLE_MARK = re.compile(
    r"^\s*[【\[（(](?:本文)?(?:已经?|现已|全文)?(?:废止|失效|作废)[】\]）)]"
    r"|[【\[（(](?:本文件?)?(?:已经?|现已|全文)?(?:废止|失效|作废)[】\]）)]\s*$"
)
# 本文件已于2026年11月28日废止。 before or behind the text itself
_OWN_WORDS = re.compile(
    r"(?:^|\n)[（(【\[\s]*(?:[^，。；\n]{0,6}[:：])?(?:本|此|该)(?:文件|文|办法|规定|通知|公告|意见|细则|方案|规则)"
    r"(?:已经?|现已)(?:于|自)?(?:\d{4}年\d{1,2}月\d{1,2}日)?(?:起)?(?:全文|依法|正式)?(?:废止|失效|停止执行|作废)[^\n]{0,30}(?:\n|$)"
)
_HEAD = 400  # characters before and behind the text in which a page speaks of it


def says_itself_ended(title: str, text: str) -> bool:
    """Whether an act's own page marks it as over: by its title, or in a line of its own."""
    ends = text if len(text) <= 2 * _HEAD else f"{text[:_HEAD]}\n\n{text[-_HEAD:]}"
    return _TITLE_MARK.search(title) is not None or _OWN_WORDS.search(ends) is not None


def read_validity(printed: str | None) -> Validity | None:
    """What a library says, where it says one thing only; None for anything else."""
    text = _NOISE.sub("", printed or "")
    return next((meaning for pattern, meaning in _READINGS if pattern.fullmatch(text)), None)
