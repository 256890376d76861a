"""Which provinces implement a national act by duties of their own, by which act and from when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.acts.status import NO_LONGER_BINDING
from domain.law.duties import Bound
from domain.records.notice import Notice
from i18n.visitor_words import Words

# Rules that exist and implement nothing are no implementation.
OTHER_RULES = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Implementation:
    """A province's level on the map, what is said of it, and the act that it rests on."""

    level: str
    text: str
    notice_id: int | None = None


def implementations(
    states: Mapping[str, tuple[str, str]],
    notices: Iterable[Notice],
    implementing: Collection[int],
    words: Words,
) -> dict[str, Implementation]:
    """Each jurisdiction: the newest act in force that implements and has duties of its own,
    else a draft of one, else what is known otherwise (``states``)."""
    found: dict[str, Notice] = {}
    for notice in sorted(notices, key=_rank, reverse=True):
        if notice.id in implementing and _obliges(notice):
            found.setdefault(notice.jurisdiction, notice)
    return {
        code: _by_act(found[code], words) if code in found else _without(level, text, words)
        for code, (level, text) in states.items()
    }


def _rank(notice: Notice) -> tuple[bool, bool, date]:
    """Final before draft, one that states its first day before others, then the newest."""
    return notice.stage == "final", notice.effective is not None, notice.published or date.min


def _obliges(notice: Notice) -> bool:
    """Whether an act that is final or a draft, and not over, has duties that are not only
    authorities'."""
    if notice.stage not in ("final", "draft") or notice.status in NO_LONGER_BINDING:
        return False
    return any(duty.who.kind is not Bound.AUTHORITY for duty in notice.duties)


def _by_act(notice: Notice, words: Words) -> Implementation:
    name = notice.title if words.language == "zh" else notice.title_en or notice.title
    draft = notice.stage == "draft"
    told = words.t("draft") if draft else words.t("in force from {}").format(notice.effective)
    since = told if draft or notice.effective else words.t("day not stated")
    return Implementation(
        level="draft" if draft else "rule", text=f"{since} · {name}", notice_id=notice.id
    )


def _without(level: str, text: str, words: Words) -> Implementation:
    if level in ("rule", "draft"):
        return Implementation(level=OTHER_RULES, text=words.t("other rules, none implements it"))
    return Implementation(level=level, text=text)
