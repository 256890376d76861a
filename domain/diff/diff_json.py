"""A diff as JSON."""

from __future__ import annotations

from typing import Literal

from typing_extensions import TypedDict

from domain.diff.diff_model import AttachmentDiff, Diff, PartDiff


class SpanJson(TypedDict):
    op: Literal["equal", "insert", "delete"]
    text: str


class PartJson(TypedDict):
    kind: Literal["changed", "added", "removed", "moved", "renumbered"]
    label_before: str | None
    label_after: str | None
    spans: list[SpanJson]


class FieldDiffJson(TypedDict):
    field: str
    before: str | None
    after: str | None


class AttachmentDiffJson(TypedDict):
    kind: Literal["added", "removed", "replaced", "renamed"]
    name_before: str | None
    name_after: str | None
    sha256_before: str | None
    sha256_after: str | None
    parts: list[PartJson]


class DiffJson(TypedDict):
    substantive: bool
    reason: str
    changed_characters: int
    parts: list[PartJson]
    fields: list[FieldDiffJson]
    attachments: list[AttachmentDiffJson]


def diff_json(diff: Diff, why: str) -> DiffJson:
    """The diff as ``show --diff --json`` and the API give it."""
    return {
        "substantive": diff.substantive,
        "reason": why,
        "changed_characters": diff.changed_characters,
        "parts": [_part(part) for part in diff.parts],
        "fields": [
            {"field": field.field, "before": field.before, "after": field.after}
            for field in diff.fields
        ],
        "attachments": [_attachment(attachment) for attachment in diff.attachments],
    }


def _part(part: PartDiff) -> PartJson:
    return {
        "kind": part.kind,
        "label_before": part.label_before,
        "label_after": part.label_after,
        "spans": [{"op": span.op, "text": span.text} for span in part.spans],
    }


def _attachment(attachment: AttachmentDiff) -> AttachmentDiffJson:
    return {
        "kind": attachment.kind,
        "name_before": attachment.name_before,
        "name_after": attachment.name_after,
        "sha256_before": attachment.sha256_before,
        "sha256_after": attachment.sha256_after,
        "parts": [_part(part) for part in attachment.parts],
    }
