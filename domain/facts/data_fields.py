"""The data fields an act prescribes, as CSV and as JSON Schema, and what changed of a field.

For whoever builds the interface: the same fields that stand as facts in ``show`` and
``export``, in a form that a program reads.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from domain.facts.fact_pairing import pair_facts
from domain.records.fact import Fact
from domain.records.states import FactKind
from domain.text.safe_output import safe_cell

Lang = Literal["en", "zh"]

COLUMNS = ("number", "name", "type", "length", "mandatory", "codes", "where")
_TYPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:整数|整型|int(?:eger)?\d*|bigint|smallint|long|short)", re.I), "integer"),
    (re.compile(r"^(?:数值|浮点|小数|实数|decimal|double|float|num(?:ber|eric))", re.I), "number"),
    (re.compile(r"^(?:数字|数字型|n)$", re.I), "number"),
    (re.compile(r"^(?:布尔|bool)", re.I), "boolean"),
    (re.compile(r"^(?:数组|列表|array|list)", re.I), "array"),
    (re.compile(r"^(?:对象|object|json)", re.I), "object"),
)  # fmt: skip
_DATE_TIME = re.compile(r"^(?:日期时间|时间戳|时间|datetime|timestamp)", re.I)
_DATE = re.compile(r"^(?:日期|date|d$)", re.I)
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


def data_fields(facts: Sequence[Fact]) -> list[Fact]:
    """The data fields among facts, in the order of their tables."""
    return [fact for fact in facts if fact.kind is FactKind.DATA_FIELD]


def field_number(fact: Fact) -> str | None:
    """The running number the table gives the field (序号), if it has one."""
    first = fact.quote.split("\t", 1)[0].strip()
    return first if re.fullmatch(r"\d{1,4}(?:\.\d{1,3}){0,3}", first) else None


# -------------------------------------------------------------------------- formats


def fields_csv(facts: Sequence[Fact]) -> str:
    """The fields as CSV with a header; a cell that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows(facts):
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()


def rows(facts: Sequence[Fact]) -> list[list[str]]:
    """A header row and a row a field, all as text."""
    return [list(COLUMNS), *(_row(fact) for fact in data_fields(facts))]


def json_list(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The fields with their number and place, for ``--json``."""
    return [
        {"number": field_number(fact), **fact.value, "where": fact.where}
        for fact in data_fields(facts)
    ]


def _row(fact: Fact) -> list[str]:
    value = fact.value
    need = {True: "yes", False: "no"}.get(value.get("mandatory"), "")
    codes = "; ".join(f"{code}={label}" for code, label in (value.get("codes") or {}).items())
    texts = (field_number(fact), value.get("name"), value.get("type"), value.get("length"))
    return [*("" if text is None else str(text) for text in texts), need, codes, fact.where]


def fields_schema(facts: Sequence[Fact], *, title: str, url: str) -> str:
    """The fields as JSON Schema (2020-12); fields of several tables in one object each.

    What the text says of type and length stands under ``x-stated`` as published, so that a
    guess of ours (数字 → number) can be told from the act.
    """
    tables: dict[str, list[Fact]] = {}
    for fact in data_fields(facts):
        tables.setdefault(re.sub(r"行\d+$", "", fact.where), []).append(fact)
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$comment": f"Read from {url}",
        "type": "object",
    }
    if len(tables) == 1:
        schema |= _object(next(iter(tables.values())))
    else:
        schema["properties"] = {
            place: {"type": "object", **_object(fields)} for place, fields in tables.items()
        }
    return json.dumps(schema, ensure_ascii=False, indent=2)


def _object(fields: Sequence[Fact]) -> dict[str, Any]:
    required = [fact.value["name"] for fact in fields if fact.value.get("mandatory")]
    described: dict[str, Any] = {
        "properties": {fact.value["name"]: _property(fact) for fact in fields}
    }
    if required:
        described["required"] = list(dict.fromkeys(required))
    return described


def _property(fact: Fact) -> dict[str, Any]:
    value = fact.value
    stated = {key: value[key] for key in ("type", "length") if value.get(key) is not None}
    described: dict[str, Any] = {"type": _json_type(str(value.get("type") or ""))}
    kind = str(value.get("type") or "")
    length = value.get("length")
    if described["type"] == "string":
        if _DATE_TIME.match(kind):
            described["format"] = "date-time"
        elif _DATE.match(kind):
            described["format"] = "date"
        elif isinstance(length, int):
            described["maxLength"] = length
    if value.get("codes"):
        described["enum"] = list(value["codes"])
        described["type"] = "string"
        described["x-codes"] = dict(value["codes"])
    described["x-stated"] = stated
    described["$comment"] = fact.where
    return described


def _json_type(stated: str) -> str:
    for pattern, name in _TYPES:
        if pattern.match(stated.strip()):
            return name
    return "string"


# ------------------------------------------------------------------------- changes


def field_name(fact: Fact, lang: Lang) -> str:
    """ "field 18 (电池编码)", or without its number "field 电池编码"."""
    number, name = field_number(fact), str(fact.value.get("name"))
    if lang == "zh":
        return f"第{number}项“{name}”" if number else f"数据项“{name}”"
    return f"field {number} ({name})" if number else f"field {name}"


def field_changes(
    before: Sequence[Fact], after: Sequence[Fact]
) -> list[tuple[Fact | None, Fact | None, str]]:
    """What became of each field, with a sentence: "field 18 (容量) became mandatory"."""
    told: list[tuple[Fact | None, Fact | None, str]] = []
    for old, new in pair_facts(data_fields(before), data_fields(after)):
        if old is not None and new is not None:
            change = field_change(old, new, "en")
            if change:
                told.append((old, new, f"{field_name(new, 'en')} {change}"))
        elif new is not None:
            need = " (mandatory)" if new.value.get("mandatory") else ""
            told.append((None, new, f"{field_name(new, 'en')} is new{need}"))
        elif old is not None:
            told.append((old, None, f"{field_name(old, 'en')} is gone"))
    return told


def field_change(before: Fact, after: Fact, lang: Lang) -> str:
    """What changed of one field: "became mandatory; length 20 → 32"; "" if nothing did."""
    told = [
        *_need(before, after, lang),
        *_part("type", before, after, lang),
        *_part("length", before, after, lang),
        *_codes(before, after, lang),
    ]
    return ("；" if lang == "zh" else "; ").join(told)


def _need(before: Fact, after: Fact, lang: Lang) -> list[str]:
    old, new = before.value.get("mandatory"), after.value.get("mandatory")
    if old == new or new is None:
        return []
    return [_say("mandatory" if new else "optional", lang)]


def _part(name: str, before: Fact, after: Fact, lang: Lang) -> list[str]:
    old, new = before.value.get(name), after.value.get(name)
    if old == new:
        return []
    none = _say("none", lang)
    return [_say(name, lang, old=none if old is None else old, new=none if new is None else new)]


def _codes(before: Fact, after: Fact, lang: Lang) -> list[str]:
    old, new = (dict(fact.value.get("codes") or {}) for fact in (before, after))
    added = {code: label for code, label in new.items() if code not in old}
    gone = {code: label for code, label in old.items() if code not in new}
    other = {code: label for code, label in new.items() if code in old and old[code] != label}
    said = (("codes_new", added), ("codes_gone", gone), ("codes_changed", other))
    return [_say(key, lang, codes=_listed(codes)) for key, codes in said if codes]


def _listed(codes: Mapping[str, str]) -> str:
    return ", ".join(f"{code} {label}" for code, label in list(codes.items())[:6])


def _say(key: str, lang: Lang, **parts: object) -> str:
    return _WORDS[key][lang == "zh"].format(**parts)
