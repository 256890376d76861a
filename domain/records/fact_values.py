"""The kinds of facts and their typed values, read from and written to their stored JSON.

A value that does not have the shape of its kind (an older or a newer archive) is kept as it
stands, as an :class:`OtherValue`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Self


class FactKind(StrEnum):
    """What a fact states; each kind but the dates has a value class of its own below."""

    DEADLINE = "deadline"
    FINE = "fine"
    PORTAL = "portal"
    CODE_FORMAT = "code_format"
    DATA_FIELD = "data_field"
    THRESHOLD = "threshold"
    EFFECTIVE_DATE = "effective_date"
    EXPIRY_DATE = "expiry_date"
    COMMENT_DEADLINE = "comment_deadline"
    REPEALS = "repeals"
    CITES = "cites"
    IMPLEMENTS = "implements"


_TEXT: tuple[type, ...] = (str, type(None))
_NUMBER: tuple[type, ...] = (int, float, type(None))
_FLAG: tuple[type, ...] = (bool, type(None))


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """The parts of a value: their types in the order in which they are written, those not
    written where not stated, those whose change is a change of the fact (``core``), and those
    that tell what the fact is about (``subject``)."""

    types: Mapping[str, tuple[type, ...]]
    optional: frozenset[str] = frozenset()
    core: tuple[str, ...]
    subject: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ObjectValue:
    """What all values with named parts share: the way to JSON and back.

    A part that is not stated is None. ``stored`` is the JSON it was read from where that is
    written otherwise than we write it today (a part left out, another order).
    """

    SHAPE: ClassVar[Shape]

    stored: Mapping[str, Any] | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self | None:
        """The value of a JSON object; None where a part is not what it must be."""
        types = cls.SHAPE.types
        known: dict[str, Any] = {}
        for name, part in raw.items():
            expected = types.get(name)
            if expected is None:
                continue
            if not isinstance(part, expected):
                return None
            known[name] = part
        value = cls(**known)
        return value if value._written() == list(raw) else cls(stored=raw, **known)

    def to_json(self) -> dict[str, Any]:
        """The JSON object, its parts in the order in which they are stored."""
        if self.stored is not None:
            return dict(self.stored)
        return {name: getattr(self, name) for name in self._written()}

    def _written(self) -> list[str]:
        types, optional = self.SHAPE.types, self.SHAPE.optional
        return [part for part in types if part not in optional or getattr(self, part) is not None]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineValue(ObjectValue):
    """How long after what (``duration``, ISO 8601), or until which day (``date``, of a yearly
    one ``--03-31``)."""

    SHAPE: ClassVar[Shape] = Shape(
        types={
            "duration": _TEXT,
            "working_days": _FLAG,
            "date": _TEXT,
            "yearly": _FLAG,
            "trigger": _TEXT,
            "who": _TEXT,
        },
        optional=frozenset({"duration", "working_days", "date", "yearly", "trigger", "who"}),
        core=("duration", "working_days", "date", "yearly"),
        subject=("trigger", "who"),
    )

    duration: str | None = None
    working_days: bool | None = None
    date: str | None = None
    yearly: bool | None = None
    trigger: str | None = None
    who: str | None = None

    def day_on_or_after(self, today: dt.date) -> dt.date | None:
        """The stated day; of a yearly one the next time it comes. None for a duration."""
        return _next_day(self.date or "", today)


@dataclass(frozen=True, kw_only=True, slots=True)
class FineValue(ObjectValue):
    """A sum of money, or where ``basis`` is "multiple" so many times (or such a share) of
    what stands in ``on``; "per_unit" counts each ``on``. ``who`` pays it (单位, 法定代表人),
    where the sentence tells several apart."""

    SHAPE: ClassVar[Shape] = Shape(
        types={
            "min": _NUMBER,
            "max": _NUMBER,
            "currency": _TEXT,
            "basis": _TEXT,
            "on": _TEXT,
            "cap": _NUMBER,
            "offence": _TEXT,
            "who": _TEXT,
        },
        optional=frozenset({"on", "cap", "offence", "who"}),
        core=("min", "max", "basis", "on", "currency"),
        subject=("offence", "on"),
    )

    min: float | None = None
    max: float | None = None
    currency: str | None = None
    basis: str | None = None
    on: str | None = None
    cap: float | None = None
    offence: str | None = None
    who: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PortalValue(ObjectValue):
    """A system that a notice sends people to, and its address if the text states one."""

    SHAPE: ClassVar[Shape] = Shape(
        types={"name": _TEXT, "url": _TEXT},
        core=("name", "url"),
        subject=("name",),
    )

    name: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CodeFormatValue(ObjectValue):
    """How long a code is, of which characters (``A-HJ-NP-Z0-9``), after which standard."""

    SHAPE: ClassVar[Shape] = Shape(
        types={"length": (int, type(None)), "charset": _TEXT, "standard": _TEXT},
        core=("charset", "length", "standard"),
        subject=("standard",),
    )

    length: int | None = None
    charset: str | None = None
    standard: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DataFieldValue(ObjectValue):
    """A field of a form or an interface; ``codes`` maps each allowed code to its meaning."""

    SHAPE: ClassVar[Shape] = Shape(
        types={
            "name": _TEXT,
            "type": _TEXT,
            "length": (int, str, type(None)),
            "mandatory": _FLAG,
            "codes": (dict, type(None)),
        },
        optional=frozenset({"codes"}),
        core=("codes", "length", "mandatory", "name", "type"),
        subject=("name",),
    )

    name: str | None = None
    type: str | None = None
    length: int | str | None = None
    mandatory: bool | None = None
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ThresholdValue(ObjectValue):
    """A limit: what is measured, the comparator (``>=``), the number and its unit."""

    SHAPE: ClassVar[Shape] = Shape(
        types={"parameter": _TEXT, "comparator": _TEXT, "value": _NUMBER, "unit": _TEXT},
        core=("comparator", "parameter", "unit", "value"),
        subject=("parameter", "unit"),
    )

    parameter: str | None = None
    comparator: str | None = None
    value: float | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferenceValue(ObjectValue):
    """Another act, by its title and document number."""

    SHAPE: ClassVar[Shape] = Shape(
        types={"title": _TEXT, "document_number": _TEXT},
        core=("document_number", "title"),
        subject=("title", "document_number"),
    )

    title: str | None = None
    document_number: str | None = None


@dataclass(frozen=True, slots=True)
class DateValue:
    """A day as its ISO text; text that is no day is kept."""

    text: str

    @property
    def day(self) -> dt.date | None:
        return _parse_day(self.text)

    def to_json(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class OtherValue:
    """JSON without the shape that its kind has today, kept as it stands."""

    raw: Any

    def to_json(self) -> Any:
        return self.raw


FactValue = (
    DeadlineValue
    | FineValue
    | PortalValue
    | CodeFormatValue
    | DataFieldValue
    | ThresholdValue
    | ReferenceValue
    | DateValue
    | OtherValue
)

_OBJECTS: Mapping[
    FactKind,
    type[DeadlineValue]
    | type[FineValue]
    | type[PortalValue]
    | type[CodeFormatValue]
    | type[DataFieldValue]
    | type[ThresholdValue]
    | type[ReferenceValue],
] = {
    FactKind.DEADLINE: DeadlineValue,
    FactKind.FINE: FineValue,
    FactKind.PORTAL: PortalValue,
    FactKind.CODE_FORMAT: CodeFormatValue,
    FactKind.DATA_FIELD: DataFieldValue,
    FactKind.THRESHOLD: ThresholdValue,
    FactKind.REPEALS: ReferenceValue,
    FactKind.CITES: ReferenceValue,
    FactKind.IMPLEMENTS: ReferenceValue,
}


def fact_value(kind: FactKind, raw: Any) -> FactValue:
    """The typed value of a fact's JSON."""
    shape = _OBJECTS.get(kind)
    if shape is None:
        return DateValue(raw) if isinstance(raw, str) else OtherValue(raw)
    value = shape.from_json(raw) if isinstance(raw, Mapping) else None
    return OtherValue(raw) if value is None else value


def _parse_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _next_day(text: str, today: dt.date) -> dt.date | None:
    if not text.startswith("--"):
        return _parse_day(text)
    for year in (today.year, today.year + 1):
        day = _parse_day(f"{year}-{text[2:]}")
        if day is not None and day >= today:
            return day
    return None
