"""One duty: who must, must not or may do what, when, where, within which limit, or else what.

A duty is one sentence of obligation, prohibition or permission. Whatever people read first is
rendered from it. What the text does not state stays ``None``: nothing is guessed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, Self, TypeVar

_T = TypeVar("_T")


class Bound(StrEnum):
    """Whom a duty binds."""

    COMPANY = "company"
    AUTHORITY = "authority"
    PUBLIC = "public"
    ANYONE = "anyone"


class Modality(StrEnum):
    """Whether something has to be done, is forbidden, or is allowed."""

    MUST = "must"
    MUST_NOT = "must_not"
    MAY = "may"


class TimeRelation(StrEnum):
    """How a time stands to the act. ``WITHIN`` counts after an event, ``BEFORE`` back from it."""

    WITHIN = "within"
    BEFORE = "before"
    BY = "by"
    FROM = "from"
    UNTIL = "until"
    EACH = "each"
    AT_ONCE = "at_once"


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """Whom the text names: a role of config/roles.yml, its kind, the text's own words."""

    role: str | None = None
    kind: Bound | None = None
    text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class When:
    """When it is due. ``duration`` is ISO 8601 in the text's own unit, ``date`` ISO 8601,
    ``recurs`` ``monthly:5``, ``quarterly:10``, ``--03-31``, ``monthly``, ``yearly`` …;
    ``event`` a key of config/actions.yml, ``event_text`` the text's words."""

    relation: TimeRelation
    duration: str | None = None
    working_days: bool = False
    date: str | None = None
    recurs: str | None = None
    event: str | None = None
    event_text: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Destination:
    """The portal or authority a duty is fulfilled with, and what that replaces."""

    name: str | None = None
    url: str | None = None
    since: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """A parameter and its bound: 保存期限 >= 3 年; of a table its row and column too."""

    parameter: str
    comparator: str
    value: float | None
    unit: str | None
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SanctionTier:
    """A step of a sanction: the condition, and the amounts in yuan (or the basis's unit)."""

    condition: str
    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Sanction:
    """What the text says follows a breach of this very duty.

    ``min`` and ``max`` span all tiers; ``kinds`` are warning, order_to_correct, fine,
    confiscation, suspension, delisting, credit_record, referral, revocation.
    """

    article: str | None = None
    act_id: int | None = None
    kinds: tuple[str, ...] = ()
    min: float | None = None
    max: float | None = None
    basis: str | None = None
    tiers: tuple[SanctionTier, ...] = ()
    quote: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangedBy:
    """The act that changed a duty: its id, the relation and the first day."""

    act_id: int
    relation: str
    since: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Duty:
    """One duty of an act, with the words it rests on and their place.

    ``act`` is a key of config/actions.yml, ``verb`` and ``object`` are the text's own words.
    """

    who: Subject
    modality: Modality
    act: str
    object: str = ""
    verb: str = ""
    when: When | None = None
    where: Destination | None = None
    documents: tuple[str, ...] = ()
    limit: Limit | None = None
    sanctions: tuple[Sanction, ...] = ()
    article: str | None = None
    quote: str = ""
    place: str = ""
    state: str = "in_force"
    since: str | None = None
    until: str | None = None
    changed_by: tuple[ChangedBy, ...] = field(default=())

    @property
    def key(self) -> str:
        """The same for one duty in all versions: subject, act, object and place, not its times."""
        parts = (self.article, self.who.role, self.modality, self.act, self.object)
        return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:10]

    def to_json(self) -> dict[str, Any]:
        """The form that is stored and exported (``from`` for ``since``, as the contract names)."""
        return {
            "who": {"role": self.who.role, "kind": self.who.kind, "text": self.who.text},
            "modality": self.modality.value,
            "act": self.act,
            "object": self.object,
            "verb": self.verb,
            "when": None if self.when is None else _plain(self.when),
            "where": None if self.where is None else _plain(self.where),
            "documents": list(self.documents),
            "limit": None if self.limit is None else _plain(self.limit),
            "sanctions": [_sanction_json(item) for item in self.sanctions],
            "article": self.article,
            "quote": self.quote,
            "place": self.place,
            "state": self.state,
            "from": self.since,
            "until": self.until,
            "changed_by": [
                {"act_id": item.act_id, "relation": item.relation, "from": item.since}
                for item in self.changed_by
            ],
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """A duty of its stored form; what a later release added is left out."""
        return cls(
            who=_subject(value["who"]),
            modality=Modality(value["modality"]),
            act=value["act"],
            object=value.get("object") or "",
            verb=value.get("verb") or "",
            when=_when(value.get("when")),
            where=_known(Destination, value.get("where")),
            documents=tuple(value.get("documents") or ()),
            limit=_known(Limit, value.get("limit")),
            sanctions=tuple(_sanction(item) for item in value.get("sanctions") or ()),
            article=value.get("article"),
            quote=value.get("quote") or "",
            place=value.get("place") or "",
            state=value.get("state") or "in_force",
            since=value.get("from"),
            until=value.get("until"),
            changed_by=tuple(
                ChangedBy(act_id=item["act_id"], relation=item["relation"], since=item.get("from"))
                for item in value.get("changed_by") or ()
            ),
        )


def duty_ids(duties: Sequence[Duty], notice_id: int) -> list[str]:
    """An id for each duty of an act, the same in all its versions: ``7-0f3a9c21d4``; a second
    duty with the same subject, act, object and article gets ``-2``."""
    seen: Counter[str] = Counter()
    found = []
    for duty in duties:
        seen[duty.key] += 1
        suffix = f"-{seen[duty.key]}" if seen[duty.key] > 1 else ""
        found.append(f"{notice_id}-{duty.key}{suffix}")
    return found


def _plain(value: Any) -> dict[str, Any]:
    return {item.name: getattr(value, item.name) for item in fields(value)}


def _sanction_json(item: Sanction) -> dict[str, Any]:
    plain = _plain(item)
    return {
        **plain,
        "kinds": list(item.kinds),
        "tiers": [_plain(tier) for tier in item.tiers],
    }


def _subject(value: Mapping[str, Any]) -> Subject:
    kind = value.get("kind")
    return Subject(
        role=value.get("role"), kind=Bound(kind) if kind else None, text=value.get("text")
    )


def _when(value: Mapping[str, Any] | None) -> When | None:
    if value is None:
        return None
    known = {item.name for item in fields(When)}
    rest = {key: part for key, part in value.items() if key in known and key != "relation"}
    return When(relation=TimeRelation(value["relation"]), **rest)


def _known(kind: type[_T], value: Mapping[str, Any] | None) -> _T | None:
    """A dataclass from the keys of a mapping that it knows."""
    if value is None:
        return None
    names = {item.name for item in fields(kind)}  # type: ignore[arg-type]  # always a dataclass
    return kind(**{key: part for key, part in value.items() if key in names})


def _sanction(value: Mapping[str, Any]) -> Sanction:
    plain = {**value, "kinds": tuple(value.get("kinds") or ())}
    plain["tiers"] = tuple(
        tier for item in value.get("tiers") or () if (tier := _known(SanctionTier, item))
    )
    found = _known(Sanction, plain)
    return found if found is not None else Sanction()
