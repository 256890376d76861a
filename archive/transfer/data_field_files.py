"""Write the data fields an act prescribes as CSV, JSON and JSON Schema.

For whoever builds the interface: the same fields that stand as facts in ``show`` and
``export``, in a form that a program reads.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from typing import Any

from domain.facts.data_fields import described_fields, field_number
from domain.records.fact import Fact
from domain.records.fact_values import DataFieldValue

COLUMNS = ("number", "name", "type", "length", "mandatory", "codes", "where")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TYPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^(?:整数|整型|int(?:eger)?\d*|bigint|smallint|long|short)", re.I), "integer"),
    (re.compile(r"^(?:数值|浮点|小数|实数|decimal|double|float|num(?:ber|eric))", re.I), "number"),
    (re.compile(r"^(?:数字|数字型|n)$", re.I), "number"),
    (re.compile(r"^(?:布尔|bool)", re.I), "boolean"),
    (re.compile(r"^(?:数组|列表|array|list)", re.I), "array"),
    (re.compile(r"^(?:对象|object|json)", re.I), "object"),
)
_DATE_TIME = re.compile(r"^(?:日期时间|时间戳|时间|datetime|timestamp)", re.I)
_DATE = re.compile(r"^(?:日期|date|d$)", re.I)


def fields_csv(facts: Sequence[Fact]) -> str:
    """The fields as CSV with a header; a cell that a spreadsheet would run is quoted."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in field_rows(facts):
        writer.writerow([_safe(cell) for cell in row])
    return out.getvalue()


def field_rows(facts: Sequence[Fact]) -> list[list[str]]:
    """A header row and a row a field, all as text."""
    return [list(COLUMNS), *(_row(fact, value) for fact, value in described_fields(facts))]


def fields_json(facts: Sequence[Fact]) -> list[dict[str, Any]]:
    """The fields with their number and place, for ``--json``."""
    return [
        {"number": field_number(fact), **value.to_json(), "where": fact.where}
        for fact, value in described_fields(facts)
    ]


def _row(fact: Fact, value: DataFieldValue) -> list[str]:
    need = "" if value.mandatory is None else "yes" if value.mandatory else "no"
    codes = "; ".join(f"{code}={label}" for code, label in (value.codes or {}).items())
    texts = (field_number(fact), value.name, value.type, value.length)
    return [*("" if text is None else str(text) for text in texts), need, codes, fact.where]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def fields_schema(facts: Sequence[Fact], *, title: str, url: str) -> str:
    """The fields as JSON Schema (2020-12); fields of several tables in one object each.

    What the text says of type and length stands under ``x-stated`` as published, so that a
    guess of ours (数字 → number) can be told from the act.
    """
    tables: dict[str, list[tuple[Fact, DataFieldValue]]] = {}
    for fact, value in described_fields(facts):
        tables.setdefault(re.sub(r"行\d+$", "", fact.where), []).append((fact, value))
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


def _object(fields: Sequence[tuple[Fact, DataFieldValue]]) -> dict[str, Any]:
    required = [value.name for _, value in fields if value.mandatory]
    described: dict[str, Any] = {
        "properties": {value.name: _property(fact, value) for fact, value in fields}
    }
    if required:
        described["required"] = list(dict.fromkeys(required))
    return described


def _property(fact: Fact, value: DataFieldValue) -> dict[str, Any]:
    stated = {"type": value.type, "length": value.length}
    kind = value.type or ""
    described: dict[str, Any] = {"type": _json_type(kind)}
    if described["type"] == "string":
        if _DATE_TIME.match(kind):
            described["format"] = "date-time"
        elif _DATE.match(kind):
            described["format"] = "date"
        elif isinstance(value.length, int):
            described["maxLength"] = value.length
    if value.codes:
        described["enum"] = list(value.codes)
        described["type"] = "string"
        described["x-codes"] = dict(value.codes)
    described["x-stated"] = {key: text for key, text in stated.items() if text is not None}
    described["$comment"] = fact.where
    return described


def _json_type(stated: str) -> str:
    for pattern, name in _TYPES:
        if pattern.match(stated.strip()):
            return name
    return "string"
