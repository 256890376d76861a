"""The names of the kinds of facts, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from domain.records.states import FactKind

KIND_NAMES: Mapping[FactKind, tuple[str, str]] = {
    FactKind.DEADLINE: ("Deadline", "期限"),
    FactKind.FINE: ("Fine", "罚款"),
    FactKind.PORTAL: ("Portal", "平台"),
    FactKind.CODE_FORMAT: ("Code format", "编码格式"),
    FactKind.DATA_FIELD: ("Data field", "数据项"),
    FactKind.THRESHOLD: ("Threshold", "限值"),
    FactKind.EFFECTIVE_DATE: ("In force", "施行日期"),
    FactKind.EXPIRY_DATE: ("Expires", "失效日期"),
    FactKind.COMMENT_DEADLINE: ("Comments until", "意见截止"),
    FactKind.REPEALS: ("Repeals", "废止"),
    FactKind.CITES: ("Cites", "引用"),
    FactKind.IMPLEMENTS: ("Implements", "落实"),
}
