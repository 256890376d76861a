"""Say in words what changed of a data field: "field 18 (容量) became mandatory"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.facts.data_fields import field_number, paired_fields
from domain.records.fact import Fact
from domain.records.fact_values import DataFieldValue
from i18n.phrases import Lang

_WORDS: Mapping[str, tuple[str, str]] = {
    "mandatory": ("became mandatory", "改为必填"),
    "optional": ("became optional", "改为选填"),
    "type": ("type {old} → {new}", "类型{old} → {new}"),
    "length": ("length {old} → {new}", "长度{old} → {new}"),
    "codes_new": ("codes added: {codes}", "新增代码：{codes}"),
    "codes_gone": ("codes removed: {codes}", "删除代码：{codes}"),
    "codes_changed": ("codes changed: {codes}", "代码含义变化：{codes}"),
    "none": ("not stated", "未载明"),
}


def field_name(fact: Fact, lang: Lang) -> str:
    """ "field 18 (电池编码)", or without its number "field 电池编码"."""
    number = field_number(fact)
    name = str(fact.value.name) if isinstance(fact.value, DataFieldValue) else fact.quote
    if lang == "zh":
        return f"第{number}项“{name}”" if number else f"数据项“{name}”"
    return f"field {number} ({name})" if number else f"field {name}"


def field_changes(
    before: Sequence[Fact], after: Sequence[Fact]
) -> list[tuple[Fact | None, Fact | None, str]]:
    """What became of each field, with a sentence: "field 18 (容量) became mandatory"."""
    told: list[tuple[Fact | None, Fact | None, str]] = []
    for old, new in paired_fields(before, after):
        if old is not None and new is not None:
            change = field_change(old, new, "en")
            if change:
                told.append((old, new, f"{field_name(new, 'en')} {change}"))
        elif new is not None:
            mandatory = isinstance(new.value, DataFieldValue) and new.value.mandatory
            need = " (mandatory)" if mandatory else ""
            told.append((None, new, f"{field_name(new, 'en')} is new{need}"))
        elif old is not None:
            told.append((old, None, f"{field_name(old, 'en')} is gone"))
    return told


def field_change(before: Fact, after: Fact, lang: Lang) -> str:
    """What changed of one field: "became mandatory; length 20 → 32"; "" if nothing did."""
    old, new = before.value, after.value
    if not (isinstance(old, DataFieldValue) and isinstance(new, DataFieldValue)):
        return ""
    told = [
        *_need(old, new, lang),
        *_part("type", old.type, new.type, lang),
        *_part("length", old.length, new.length, lang),
        *_codes(old, new, lang),
    ]
    return ("；" if lang == "zh" else "; ").join(told)


def _need(old: DataFieldValue, new: DataFieldValue, lang: Lang) -> list[str]:
    if old.mandatory == new.mandatory or new.mandatory is None:
        return []
    return [_say("mandatory" if new.mandatory else "optional", lang)]


def _part(name: str, old: str | int | None, new: str | int | None, lang: Lang) -> list[str]:
    if old == new:
        return []
    none = _say("none", lang)
    return [_say(name, lang, old=none if old is None else old, new=none if new is None else new)]


def _codes(before: DataFieldValue, after: DataFieldValue, lang: Lang) -> list[str]:
    old, new = dict(before.codes or {}), dict(after.codes or {})
    added = {code: label for code, label in new.items() if code not in old}
    gone = {code: label for code, label in old.items() if code not in new}
    other = {code: label for code, label in new.items() if code in old and old[code] != label}
    said = (("codes_new", added), ("codes_gone", gone), ("codes_changed", other))
    return [_say(key, lang, codes=_listed(codes)) for key, codes in said if codes]


def _listed(codes: Mapping[str, str]) -> str:
    return ", ".join(f"{code} {label}" for code, label in list(codes.items())[:6])


def _say(key: str, lang: Lang, **parts: object) -> str:
    return _WORDS[key][lang == "zh"].format(**parts)
