"""The duties of an act as a table: who must do what by when, or else what, by which article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.law.duties import Bound, Duty, Modality, duty_ids
from domain.law.duty_pairs import pair_duties
from domain.records.change import Change
from domain.records.notice import Notice
from domain.records.states import ChangeKind
from i18n.duty_parts import duty_parts, time_text
from i18n.phrases import Lang, place_name


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """A duty as its page shows it; ``id`` is what ``due`` and the interface ask for. ``was``
    is the time before the last change, ``news`` that the duty is new."""

    id: str
    who: str
    must: str
    by: str
    was: str
    news: bool
    otherwise: str
    article: str
    quote: str
    documents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DutyGroup:
    """Duties of those whom they bind, or the values that have to be kept to."""

    bound: str
    rows: tuple[DutyRow, ...]


def duty_groups(notice: Notice, lang: Lang) -> list[DutyGroup]:
    """Companies first, then anyone and those not named, the limits, authorities last."""
    numbered = list(zip(duty_ids(notice.duties, notice.id), notice.duties, strict=True))
    before = _before(notice)
    groups = []
    for name in ("Companies", "Anyone, or not named", "Limits", "Authorities"):
        rows = tuple(
            _duty_row(number, duty, before, lang)
            for number, duty in numbered
            if _group(duty) == name
        )
        if rows:
            groups.append(DutyGroup(bound=name, rows=rows))
    return groups


def _group(duty: Duty) -> str:
    if duty.who.kind is Bound.AUTHORITY:
        return "Authorities"
    if duty.limit is not None and duty.act == "comply" and duty.modality is not Modality.MAY:
        return "Limits"
    return "Companies" if duty.who.kind is Bound.COMPANY else "Anyone, or not named"


def _before(notice: Notice) -> Mapping[str, Duty | None]:
    """What the last change of a known text made of its duties: the duty before by its key, None
    of a new one."""
    change = _last_change_of_duties(notice)
    if change is None:
        return {}
    pairs = pair_duties(change.duties_before, change.duties_after)
    return {pair.after.key: pair.before for pair in pairs if pair.after is not None}


def _last_change_of_duties(notice: Notice) -> Change | None:
    for change in reversed(notice.own_changes):
        if change.kind in (ChangeKind.NEW, ChangeKind.ATTACHMENT_READ):
            continue
        if change.duties_before or change.duties_after:
            return change
    return None


def _duty_row(number: str, duty: Duty, before: Mapping[str, Duty | None], lang: Lang) -> DutyRow:
    parts = duty_parts(duty, lang)
    earlier = before.get(duty.key)
    moved = earlier is not None and earlier.when != duty.when
    return DutyRow(
        id=number,
        who=parts.who,
        must=parts.must,
        by=parts.by,
        was=time_text(earlier, lang) if earlier is not None and moved else "",
        news=duty.key in before and earlier is None,
        otherwise=parts.otherwise,
        article=place_name(duty.article, lang) if duty.article else "",
        quote=duty.quote,
        documents=duty.documents,
    )
