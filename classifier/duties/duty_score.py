"""Score read duties against labelled ones, field by field.

A read duty and a labelled one are paired where they stand in one sentence and ask for one act,
best matches first. Of several roles that one sentence binds together the label may name one
or all; what must not exceed a limit must keep it; sums are compared in yuan, not multiples; a
company as the receiver counts only where the label names one. What is left over is missed or
invented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from classifier.duties.subjects import find_roles

Json = Mapping[str, Any]
FIELDS = (
    "duty",
    "who",
    "modality",
    "act",
    "object",
    "when",
    "where",
    "documents",
    "limit",
    "sanctions",
)


@dataclass
class FieldScore:
    """Counts of one field: right, wrong or invented, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    def to_json(self) -> dict[str, float | int]:
        return {
            "right": self.right, "wrong": self.wrong, "missed": self.missed,
            "precision": round(self.precision, 4), "recall": round(self.recall, 4),
        }  # fmt: skip


@dataclass
class DutyScore:
    """Counts of all fields, and what went wrong, for reading."""

    fields: dict[str, FieldScore] = field(
        default_factory=lambda: {name: FieldScore() for name in FIELDS}
    )
    faults: list[tuple[str, str, Any, Any]] = field(default_factory=list)

    def add(self, expected: Sequence[Json], found: Sequence[Json], name: str = "") -> None:
        """Compare the duties of one notice."""
        wanted, given = _merged(expected), _merged(found)
        pairs = _pairs(wanted, given)
        for one, other in pairs:
            self._compare(one, other, name)
        for one in _without(wanted, [pair[0] for pair in pairs]):
            self.fields["duty"].missed += 1
            self.faults.append((name, "missed", one, None))
        for other in _without(given, [pair[1] for pair in pairs]):
            self.fields["duty"].wrong += 1
            self.faults.append((name, "invented", None, other))

    def _compare(self, one: Json, other: Json, name: str) -> None:
        self.fields["duty"].right += 1
        for part, same in _SAME.items():
            a, b = one.get(part), other.get(part)
            verdict = self.fields[part]
            if not (_stated(a) or _stated(b)) or (part == "where" and _only_receiver(a, b)):
                continue
            same_bound = part == "modality" and _stated(one.get("limit")) and "may" not in (a, b)
            if _stated(a) and _stated(b) and (same_bound or same(a, b)):
                verdict.right += 1
                continue
            verdict.wrong += _stated(b)
            verdict.missed += _stated(a)
            self.faults.append((name, part, one, other))

    def to_json(self) -> dict[str, Any]:
        total = FieldScore(
            right=sum(item.right for item in self.fields.values()),
            wrong=sum(item.wrong for item in self.fields.values()),
            missed=sum(item.missed for item in self.fields.values()),
        )
        return {
            "all": total.to_json(),
            **{name: item.to_json() for name, item in self.fields.items()},
        }


def _stated(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(part not in (None, "", [], False) for part in value.values())
    return value not in (None, "", [], ())


def _only_receiver(wanted: Any, given: Any) -> bool:
    """Whether only the reader names a company as where something goes: a label need not."""
    if _stated(wanted) or not _stated(given):
        return False
    kinds = {span.subject.kind for span in find_roles(given.get("name") or "")}
    return bool(kinds) and "authority" not in kinds


def _without(items: Iterable[Json], taken: Sequence[Json]) -> list[Json]:
    used = Counter(id(item) for item in taken)
    return [item for item in items if not used[id(item)]]


def _merged(duties: Sequence[Json]) -> list[Json]:
    """Duties that differ only in the role, joined: the roles of one sentence are one answer."""
    joined: dict[tuple[Any, ...], dict[str, Any]] = {}
    for duty in duties:
        key = (
            duty["quote"],
            duty["act"],
            _bare(duty["object"]),
            str(duty.get("when")),
            str(duty.get("limit")),
        )
        roles = (duty["who"].get("role"), duty["who"].get("kind"))
        if key in joined:
            joined[key]["roles"].append(roles)
        else:
            joined[key] = {**duty, "roles": [roles]}
            joined[key]["who"] = {"roles": joined[key]["roles"], "text": duty["who"].get("text")}
    return list(joined.values())


def _bare(text: str | None) -> str:
    return "".join((text or "").split()).strip("，。；：、“”《》的")


def _overlap(a: str | None, b: str | None) -> float:
    """The share of two-character pieces that two texts have in common (Dice)."""
    left, right = _bare(a), _bare(b)
    if not left or not right:
        return 0.0
    if left in right or right in left:
        return 1.0
    one = Counter(left[i : i + 2] for i in range(len(left) - 1))
    two = Counter(right[i : i + 2] for i in range(len(right) - 1))
    shared: int = sum((one & two).values())
    total: int = sum(one.values()) + sum(two.values())
    return 2.0 * shared / max(total, 1)


def _same_row(one: Json, other: Json) -> bool:
    """Whether both state the limit of one table row: one may quote the cell with the value, the
    other the sentence that orders what the table holds."""
    a, b = one.get("limit") or {}, other.get("limit") or {}
    named = bool(a.get("parameter")) and a.get("parameter") == b.get("parameter")
    return named and _same_limit(a, b)


def _nearness(one: Json, other: Json) -> float:
    if _overlap(one["quote"], other["quote"]) < 0.5 and not _same_row(one, other):
        return 0.0
    same_act = bool(one["act"] == other["act"])
    likeness = _overlap(one["object"], other["object"])
    if not same_act and likeness < 0.5:
        return 0.0
    modality = bool(one["modality"] == other["modality"])
    when = str(one.get("when")) == str(other.get("when"))
    return 1 + 2 * same_act + 1.5 * likeness + modality + 0.5 * when


def _pairs(wanted: Sequence[Json], given: Sequence[Json]) -> list[tuple[Json, Json]]:
    scored = [
        (score, i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(given)
        if (score := _nearness(one, other))
    ]
    found, left, right = [], set(), set()
    for _score, i, j in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((wanted[i], given[j]))
    return found


def _same_who(one: Json, other: Json) -> bool:
    wanted, given = set(one["roles"]), set(other["roles"])
    if wanted == given:
        return True
    general = ("any_company", "company")
    return (general in wanted and len(given) > 1) or (general in given and len(wanted) > 1)


def _same_when(one: Json, other: Json) -> bool:
    one, other = _counted(one), _counted(other)
    keys = ("relation", "duration", "date", "recurs")
    if any(one.get(key) != other.get(key) for key in keys):
        return False
    if bool(one.get("working_days")) != bool(other.get("working_days")):
        return False
    return one.get("event") == other.get("event") or "other" in (
        one.get("event"),
        other.get("event"),
    )


def _counted(when: Json) -> Json:
    """A time with every half-year as each six months, which it is."""
    return (
        {**when, "recurs": None, "duration": "P6M"} if when.get("recurs") == "half-yearly" else when
    )


def _same_where(one: Json, other: Json) -> bool:
    if one.get("url") and other.get("url") and one["url"].rstrip("/") != other["url"].rstrip("/"):
        return False
    return _overlap(one.get("name") or one.get("url"), other.get("name") or other.get("url")) >= 0.6


def _same_limit(one: Json, other: Json) -> bool:
    return one.get("comparator") == other.get("comparator") and one.get("value") == other.get(
        "value"
    )


def _same_documents(one: Sequence[str], other: Sequence[str]) -> bool:
    return len(one) == len(other) and all(
        max((_overlap(a, b) for b in other), default=0) >= 0.6 for a in one
    )


def _same_sanctions(one: Sequence[Json], other: Sequence[Json]) -> bool:
    def spread(items: Sequence[Json]) -> tuple[Any, ...]:
        kinds = frozenset(kind for item in items for kind in item.get("kinds") or ())
        sums = [item for item in items if item.get("basis") not in ("multiple", "percent")]
        lows = [item["min"] for item in sums if item.get("min") is not None]
        highs = [item["max"] for item in sums if item.get("max") is not None]
        return kinds, min(lows, default=None), max(highs, default=None)

    return spread(one) == spread(other)


_SAME: dict[str, Callable[[Any, Any], bool]] = {
    "who": _same_who,
    "modality": lambda a, b: bool(a == b),
    "act": lambda a, b: bool(a == b),
    "object": lambda a, b: _overlap(a, b) >= 0.5,
    "when": _same_when,
    "where": _same_where,
    "documents": _same_documents,
    "limit": _same_limit,
    "sanctions": _same_sanctions,
}
