"""The words of the kinds of facts: how each is called and how its values are written.

A new kind has its names in :data:`KIND_NAMES`; a new class of values has its two writers in
:data:`VALUE_WORDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.records.fact_values import (
    CodeFormatValue,
    DataFieldValue,
    DateValue,
    DeadlineValue,
    FactValue,
    FineValue,
    PortalValue,
    ReferenceValue,
    ThresholdValue,
)
from domain.records.states import FactKind
from i18n.en import value_text as english
from i18n.zh import chinese_values as chinese

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

# How a value is written in one line, in English and in Chinese.
VALUE_WORDS: Mapping[type, tuple[Callable[[Any], str], Callable[[Any], str]]] = {
    DateValue: (english.date_value, chinese.date_value),
    DeadlineValue: (english.deadline_value, chinese.deadline_value),
    FineValue: (english.fine_value, chinese.fine_value),
    PortalValue: (english.portal_value, chinese.portal_value),
    CodeFormatValue: (english.code_format_text, chinese.code_format_value),
    DataFieldValue: (english.data_field_value, chinese.data_field_value),
    ThresholdValue: (english.threshold_text, chinese.threshold_value),
    ReferenceValue: (english.reference_value, chinese.reference_value),
}


def english_value(value: FactValue) -> str:
    """The value of a fact in one line of English; as its JSON where it has no words."""
    return _written(value, 0)


def chinese_value(value: FactValue) -> str:
    """The value of a fact in one line of Chinese; as its JSON where it has no words."""
    return _written(value, 1)


def _written(value: FactValue, column: int) -> str:
    words = VALUE_WORDS.get(type(value))
    return words[column](value) if words else str(value.to_json())
