"""Two acts beside each other: the new one and the one it replaces, a province's and the
ministry's that it implements, a draft and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from archive.read_models.related_acts import Bond, bond_between
from domain.diff.compare import Diff
from domain.records.fact import Fact
from domain.records.notice import Notice, Version
from i18n.fact_text import FactRow, changed_facts, paired_facts
from noticewatch.application import notice_views
from noticewatch.web.context import WebContext, language_of
from noticewatch.web.request_params import number
from noticewatch.web.views.diff_view import compared, links_of, shown_parts


@dataclass(frozen=True, kw_only=True)
class ActsCompared:
    """Two acts, the texts of theirs that are compared, and what one says of the other."""

    before: Notice
    after: Notice
    before_version: Version
    after_version: Version
    bond: Bond | None
    amended: bool = False  # the text after is the older act's, as the newer one amends it
    orders_left: tuple[str, ...] = ()  # of a decision: those that could not be carried out

    @property
    def forward(self) -> bool:
        """Whether the second act is the newer of the two."""
        return self.bond is None or self.bond.newer == self.after.id

    @property
    def succession(self) -> bool:
        """Whether before and after may be said. A decision's own words are no act's."""
        if self.bond is None or (self.bond.kind == "amends" and not self.amended):
            return False
        return self.bond.succession

    def facts(self, diff: Diff) -> Sequence[FactRow]:
        """Facts of both acts in pairs, those that differ first. Of a decision that amends
        only what it changes: it does not repeat the rest."""
        if self.amended:
            return self._amended_facts()
        places = {
            part.label_before: part.label_after
            for part in diff.parts
            if part.label_before and part.label_after
        }
        return paired_facts(_own(self.before.facts), _own(self.after.facts), places)

    def _amended_facts(self) -> list[FactRow]:
        """What the decision changed; of one that amends several acts, in this one."""
        changes = [change for change in self.after.changes if change.facts_before]
        rows = [
            row
            for change in changes[:1]
            for row in changed_facts(change.facts_before, change.facts_after)
        ]
        kinds = {(relation.kind, relation.target_id) for relation in self.after.relations}
        if sum(kind == "amends" for kind, _ in kinds) < 2:
            return rows
        return [
            row
            for row in rows
            if (row.before and row.before.quote in self.before_version.text)
            or (row.after and row.after.quote in self.after_version.text)
        ]


def _own(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if fact.kind not in notice_views.REFERENCES]


def two_acts(site: WebContext, request: Request) -> ActsCompared:
    """The notices that ``before`` and ``after`` name. Raises HTTPException (400, 404)."""
    notices = [_named(site, request, name) for name in ("before", "after")]
    before, after = notices
    if before.id == after.id:
        raise HTTPException(400, "before and after: expected two different notices")
    bond = bond_between(before, after)
    if bond is not None and bond.kind == "amends" and bond.newer == after.id:
        for pair in site.archive.editions.act_pairs(after.id):
            if pair.relation == "amends" and pair.predecessor_id == before.id:
                return ActsCompared(
                    before=before,
                    after=after,
                    before_version=pair.before,
                    after_version=pair.after,
                    bond=bond,
                    amended=True,
                    orders_left=pair.left,
                )
    return ActsCompared(
        before=before,
        after=after,
        before_version=_text_of(site, before),
        after_version=_text_of(site, after),
        bond=bond,
    )


def _named(site: WebContext, request: Request, name: str) -> Notice:
    wanted = number(request.query_params.get(name), name)
    notice = site.archive.notices.get(wanted, versions=False)
    if notice is None:
        raise HTTPException(404, "no such notice")
    return notice


def _text_of(site: WebContext, notice: Notice) -> Version:
    version = site.archive.summary.leading_version(notice.id)
    if version is None:
        raise HTTPException(404, "no text is kept")
    return version


def link_to(older: int, newer: int) -> str:
    """Where two acts are compared."""
    return "/compare?" + urlencode({"before": older, "after": newer})


def compare_acts(site: WebContext, request: Request) -> Response:
    acts = two_acts(site, request)
    diff = compared(acts.before_version, acts.after_version)
    params = request.query_params
    side = params.get("view") != "inline"
    shown = shown_parts(
        diff,
        acts.after_version,
        whole=params.get("show") == "all",
        side=side,
        start=number(params.get("start") or "0", "start"),
    )
    base = {"before": str(acts.before.id), "after": str(acts.after.id)}
    return site.page(
        request,
        "compare_acts.html",
        acts=acts,
        facts=[notice_views.act_row(row, language_of(request)) for row in acts.facts(diff)],
        diff=diff,
        shown=shown,
        side=side,
        link=links_of(
            base,
            {"before": base["after"], "after": base["before"]},
            params,
            inline="inline",
            side="",
            json="/api/v1/compare/acts",
            following=shown.following,
        ),
    )
