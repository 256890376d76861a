"""Choose what is compared: two search boxes, or one beside an act that is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from domain.records.notice import Notice
from domain.records.search_hit import SearchHit
from noticewatch.application.notice_search import Question
from noticewatch.web.context import WebContext
from noticewatch.web.pages.predecessor import compare_link
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import answer_question, notice_id
from noticewatch.web.templating import render_page

_OFFERED = 8
_RELATED = 20
_LONGEST_QUERY = 200
PICKING = frozenset({"first", "second"})


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedAct:
    """An act that belongs to another, and where the two are compared."""

    title: str
    title_en: str | None
    link: str


def comparison_picker(site: WebContext, request: Request) -> Response:
    """What is found for each of two boxes, to choose from."""
    return _page(site, request, None)


def beside_notice_page(site: WebContext, request: Request) -> Response:
    """An act with what it is related to, its versions, and a box to find any other."""
    given = site.archive.notices.get(notice_id(request))
    if given is None:
        raise Refusal(404, "request.no_notice")
    return _page(site, request, given)


def _page(site: WebContext, request: Request, given: Notice | None) -> Response:
    first, second = (
        (request.query_params.get(name) or "")[:_LONGEST_QUERY] for name in ("first", "second")
    )
    return render_page(
        site,
        request,
        "compare_pick.html",
        given=given,
        related=_related(site, given) if given else [],
        first=first,
        second=second,
        found_first=_found(site, first) if given is None else (),
        found_second=_found(site, second),
    )


def _found(site: WebContext, words: str) -> Sequence[SearchHit]:
    if not words.strip():
        return ()
    return answer_question(
        site, Question(query=words, mode="auto", order="rank"), limit=_OFFERED
    ).hits


def _related(site: WebContext, given: Notice) -> list[RelatedAct]:
    """The acts that it names and those that name it, each once."""
    links = {
        relation.target_id: compare_link(given.id, relation.kind, relation.target_id)
        for relation in given.relations
        if relation.target_id and relation.target_id != given.id
    }
    for other in site.archive.overview.references_to(given.id):
        links.setdefault(other.notice_id, compare_link(other.notice_id, other.kind, given.id))
    found = []
    for number, link in list(links.items())[:_RELATED]:
        act = site.archive.notices.get(number, versions=False)
        if act is not None:
            found.append(RelatedAct(title=act.title, title_en=act.title_en, link=link))
    return found
