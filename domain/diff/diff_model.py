"""The data types of a diff, which Slack, mail, web and ``show --diff`` all render."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from domain.records.reason import Reason, reason

NO_CHANGE = reason("change.none")


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """A run of text: equal, insert (only after) or delete (only before)."""

    op: Literal["equal", "insert", "delete"]
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PartDiff:
    """One article, paragraph or table row. ``label`` is 第十二条, 一、, 表1 行3 …; for
    ``moved`` and ``renumbered`` both labels differ or the position does; ``spans`` joined
    without inserts give the old text, without deletes the new one."""

    kind: Literal["changed", "added", "removed", "moved", "renumbered"]
    label_before: str | None
    label_after: str | None
    spans: tuple[Span, ...]
    position_before: int | None = None
    position_after: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AttachmentDiff:
    """One file that came, went, or changed its bytes or its name."""

    kind: Literal["added", "removed", "replaced", "renamed"]
    name_before: str | None
    name_after: str | None
    sha256_before: str | None = None
    sha256_after: str | None = None
    parts: tuple[PartDiff, ...] = ()  # of the extracted text, where both have one
    unread: bool = False  # replaced, and one side has no text to compare


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldDiff:
    """A changed metadata field: title, document_number, issuers, comment_deadline, validity."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Diff:
    """Everything that differs between two versions, and whether it matters."""

    parts: tuple[PartDiff, ...]
    fields: tuple[FieldDiff, ...] = ()
    attachments: tuple[AttachmentDiff, ...] = ()
    substantive: bool = False
    reason: Reason = NO_CHANGE  # why substantive or cosmetic
    changed_characters: int = 0

    @property
    def empty(self) -> bool:
        return not (self.parts or self.fields or self.attachments)
