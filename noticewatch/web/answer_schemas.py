"""Make the JSON Schemas of the API's answers from their types."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from archive.transfer.notice_json import NoticeJson
from noticewatch.application.check.check_json import CheckJson
from noticewatch.application.check.lead_json import LeadsJson
from noticewatch.application.law.duties_json import DutiesJson
from noticewatch.application.law.law_json import LawJson
from noticewatch.application.me.me_json import MeJson
from noticewatch.application.me.obligation_lists import (
    ObligationsJson,
    ObligationWithHistoryJson,
)
from noticewatch.web.views import answers

_PLACE = "#/components/schemas/"
_SUFFIX = "Json"  # of the types; the schemas do without
ANSWERS = (
    answers.ErrorJson,
    answers.SearchResultJson,
    NoticeJson,
    answers.SourcesJson,
    answers.TopicsJson,
    answers.MatrixJson,
    answers.ComparisonJson,
    answers.ActComparisonJson,
    answers.DeadlinesJson,
    DutiesJson,
    LawJson,
    MeJson,
    ObligationsJson,
    ObligationWithHistoryJson,
    CheckJson,
    LeadsJson,
    answers.AlertsJson,
)


def reference(name: str) -> dict[str, Any]:
    return {"$ref": f"{_PLACE}{name}"}


@cache
def answer_schemas() -> dict[str, Any]:
    """A schema by the name of each type that an answer holds, such as ``Notice``."""
    adapters = [(kind.__name__, "serialization", TypeAdapter(kind)) for kind in ANSWERS]
    _, made = TypeAdapter.json_schemas(
        adapters,  # type: ignore[arg-type]
        ref_template=_PLACE + "{model}",
        schema_generator=GenerateJsonSchema,
    )
    return {_name(name): _plain(schema) for name, schema in sorted(made.get("$defs", {}).items())}


def _name(name: str) -> str:
    return name.removesuffix(_SUFFIX)


def _plain(schema: Any) -> Any:
    """Without the titles that only repeat a name, and with the references renamed."""
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {key: value for key, value in schema.items() if not _is_title(key, value)}
    return {key: _name(value) if key == "$ref" else _plain(value) for key, value in kept.items()}


def _is_title(key: str, value: Any) -> bool:
    """A title, and no property of that name."""
    return key == "title" and isinstance(value, str)
