"""Read what a library prints of an act's validity (有效性, 时效性)."""

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


def read_validity(printed: str | None) -> Validity | None:
    """What a library says, where it says one thing only; None for anything else."""
    text = _NOISE.sub("", printed or "")
    return next((meaning for pattern, meaning in _READINGS if pattern.fullmatch(text)), None)
