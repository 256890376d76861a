"""Kept articles: checked once, and again whenever what is held of an act they rest on changes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

from config.registered_act import RegisteredAct
from domain.claims.known_acts import KnownAct
from domain.records.lead import ArticleLead, MovedClaim
from noticewatch.application.check.article_check import CheckReport, check_article
from noticewatch.application.check.check_json import CheckJson, check_json
from noticewatch.application.check.check_report import check_page
from noticewatch.application.check.law_book import HeldLaw

if TYPE_CHECKING:
    from datetime import date

    from archive.store import Archive

_AT_ONCE = 50  # leads of one round


def check_leads(
    archive: Archive,
    register: Sequence[RegisteredAct],
    day: date,
    *,
    encoder: str | None = None,
) -> list[ArticleLead]:
    """Check what was never checked, and again what rests on an act that has changed; the
    articles of which a verdict moved."""
    leads = archive.leads.all()
    if not leads:
        return []
    law = HeldLaw.of(archive, register, day, encoder=encoder)
    by_ref = {act.ref: act for act in law.acts}
    moved: list[ArticleLead] = []
    for lead in [item for item in leads if _is_due(item, law, by_ref)][:_AT_ONCE]:
        report = check_article(law, lead.text)
        changed = _moved(lead, report)
        archive.leads.checked(lead.id, _plain(check_json(report)), _rests_on(law, report), changed)
        if changed and (again := archive.leads.get(lead.id)):
            moved.append(again)
    return moved


def lead_reports(archive: Archive, notice_id: int) -> list[tuple[str, bytes]]:
    """The reports on the articles that rest on an act, as files of its case folder."""
    return [
        (f"leads/{lead.id}.html", check_page(cast("CheckJson", lead.report), lead.title).encode())
        for lead in archive.leads.resting_on(notice_id)
        if lead.report is not None
    ]


def act_digest(law: HeldLaw, act: KnownAct) -> str:
    """A digest of all that is held of an act: its standing, its days and its words."""
    days = sorted((kind, sorted(found)) for kind, found in act.days.items())
    words = [(item.text, item.article, item.current) for item in law.words_of(act)]
    held = (act.status, days, sorted(act.issuers), sorted(act.enders), act.document_number, words)
    return hashlib.sha256(repr(held).encode("utf-8", "replace")).hexdigest()


def _is_due(lead: ArticleLead, law: HeldLaw, by_ref: dict[str, KnownAct]) -> bool:
    if lead.report is None:
        return True
    for ref, digest in lead.rests_on.items():
        act = by_ref.get(ref)
        if act is None or act_digest(law, act) != digest:
            return True
    return False


def _rests_on(law: HeldLaw, report: CheckReport) -> dict[str, tuple[str, int | None]]:
    return {
        act.ref: (act_digest(law, act), act.notice_id) for act in law.acts if act.ref in report.acts
    }


def _moved(lead: ArticleLead, report: CheckReport) -> list[MovedClaim]:
    """The claims whose verdict is another than at the last check."""
    before = {claim["text"]: claim["verdict"] for claim in _claims(lead)}
    return [
        MovedClaim(text=claim.text, before=before[claim.text], after=claim.verdict.value)
        for claim in report.claims
        if before.get(claim.text, claim.verdict.value) != claim.verdict.value
    ]


def _claims(lead: ArticleLead) -> Iterable[dict[str, Any]]:
    return lead.report["claims"] if lead.report else ()


def _plain(report: CheckJson) -> dict[str, Any]:
    return dict(report)
