"""Show search results, a notice, its text and its originals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import unquote, urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from archive.errors import ArchiveError
from archive.read_models.overview import CentralReference
from archive.search.highlighting import question_terms
from archive.transfer import data_field_files
from archive.transfer.case_file import case_zip
from archive.transfer.registered_keys import own_key, registered_key
from domain.facts.data_fields import data_fields
from domain.law.date_entries import open_date_entries
from domain.law.headlines.headline_choice import tellable_change
from domain.records.notice import Notice, Version
from domain.records.relation import Relation
from domain.records.states import Standing
from i18n.concern_text import applies_to, names_text
from i18n.fact_text import corrected_value
from i18n.headline_text import first_line
from i18n.phrases import Lang
from i18n.question_text import found_lines
from noticewatch.application import notice_views
from noticewatch.application.check.lead_upkeep import lead_reports
from noticewatch.application.duty_table import duty_groups
from noticewatch.application.law.act_as_of import ActAsOf, act_as_of
from noticewatch.application.law.registered_law import law_hits
from noticewatch.application.law.two_days import ArticleOnTwoDays, compared_days
from noticewatch.application.saved_search_subscriptions import RHYTHMS
from noticewatch.web.context import WebContext
from noticewatch.web.language import language_of
from noticewatch.web.pages.predecessor import compare_link, earlier_act
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import (
    active_filters,
    answer_question,
    day_parameter,
    facet_link,
    facet_pairs,
    mine_parameter,
    notice_id,
    requested_question,
)
from noticewatch.web.templating import render_form_page
from noticewatch.web.views.filter_chips import filter_chips
from noticewatch.web.views.marked_text import marked_snippet
from noticewatch.web.views.pickable_people import people_to_pick
from noticewatch.web.views.text_columns import Marginalia, TextRow, text_rows

_TEXT_SHOWN = 20_000  # characters of a notice's text on its page; the rest is one link away
_LAW_SHOWN = 3  # registered acts above the hits of a search
_FACTS_SHOWN = 12  # the others are folded away below them
_FACTS_BORNE = 16_000  # characters of all; what is left stands in the record
_MIRRORED = {"repeals": "repealed_by", "repealed_by": "repeals"}
_REMIND_BEFORE = timedelta(days=3)
_REPLACING = (
    "repeals", "edition_of", "finalises", "amends", "extends", "corrects", "suspends",
)  # fmt: skip


def search_page(site: WebContext, request: Request) -> Response:
    asked = requested_question(request, mine=mine_parameter(site, request))
    result = answer_question(site, asked, facets=not asked.cursor)
    known = [] if asked.cursor else law_hits(asked.query, asked.as_of or site.today)
    active = active_filters(request)
    plain = [(key, value) for key, value in active if key != "limit"]
    marks = question_terms(asked.query) if result.mode == "auto" else asked.query
    return render_form_page(
        site,
        request,
        "search.html",
        channels=site.alert_channels,
        rhythms=RHYTHMS,
        who=unquote(request.cookies.get("nw_name", "")),
        asked=asked,
        result=result,
        law=known[:_LAW_SHOWN],
        law_total=len(known),
        active=active,
        facets=_facets(result.facets, active),
        snippet=lambda hit: marked_snippet(hit, marks),
        chips=filter_chips(result, active, site.words(language_of(request))),
        tried=list(found_lines(result, language_of(request)))[-1:] if not result.hits else [],
        next_link="/search?" + urlencode([*active, ("cursor", result.next_cursor)])
        if result.next_cursor
        else "",
        meaning_link="/search?"
        + urlencode([*(pair for pair in active if pair[0] != "mode"), ("mode", "meaning")])
        if asked.query and asked.mode in ("auto", "text")
        else "",
        first_link="/search?" + urlencode(active) if asked.cursor else "",
        plain_link="/search?"
        + urlencode([pair for pair in active if pair[0] in ("q", "mode", "order")]),
        feed_query=urlencode(plain),
    )


def _facets(
    counted: object, active: list[tuple[str, str]]
) -> list[tuple[str, list[tuple[str, int, str, bool]]]]:
    """Each facet's values with count, link, and whether it is set. While a value is set, its
    facet offers only to unset it: the other counts would be those within it."""
    assert isinstance(counted, dict)
    facets = []
    for name, values in counted.items():
        rows = [
            (value, count, facet_link(active, name, value),
             all(pair in active for pair in facet_pairs(name, value)))
            for value, count in values.items()
        ]  # fmt: skip
        chosen = [row for row in rows if row[3]]
        if rows:
            facets.append((name, chosen or rows))
    return facets


def found_notice(site: WebContext, request: Request) -> Notice:
    notice = site.archive.notices.get(notice_id(request))
    if notice is None:
        raise Refusal(404, "request.no_notice")
    return notice


def notice_page(site: WebContext, request: Request) -> Response:
    """Everything known of one act, what matters first."""
    found = found_notice(site, request)
    language = language_of(request)
    words = site.words(language)
    latest = latest_version(found)
    dates = open_date_entries([found], site.today)
    earlier = earlier_act(site, found)
    others = site.archive.overview.references_to(found.id)
    rows = notice_views.fact_table(found, language, earlier.facts if earlier else None)
    stated = [row for row in rows if row.after or row.before]
    shown = _bounded(stated)
    concerned = site.archive.reach.concerned(found, site.entities)
    as_of = day_parameter(request.query_params.get("as_of"), "as_of")
    against = day_parameter(request.query_params.get("against"), "against")
    on_day = None if as_of is None else act_as_of(site.archive, found, as_of)
    text, goes_on = _text(found, latest, language)
    return render_form_page(
        site,
        request,
        "notice.html",
        notice=found,
        on_day=on_day,
        against=against,
        two_days=_two_days(site, on_day, against),
        severity=notice_views.shown_severity(found),
        says=first_line(found, tellable_change(found), language),
        duties=duty_groups(found, language),
        shelves=notice_views.fact_shelves(shown),
        silent=[row.what for row in rows if row not in stated],
        hidden_facts=len(stated) - len(shown),
        shown_rows=_FACTS_SHOWN,
        earlier=earlier,
        latest=latest,
        text=text,
        goes_on=goes_on,
        due=next((entry for entry in dates if entry.kind != "expiry_date"), None),
        applies=applies_to(concerned, language),
        names=names_text(concerned, language),
        replaced=_replaced(found),
        has_fields=bool(data_fields(found.facts)),
        references=_not_said_itself(found, others),
        repealed_by=[other for other in others if other.kind == "repeals" and not other.claimed],
        law_key=own_key(found),
        registered_key=registered_key,
        compare_link=lambda kind, other: compare_link(found.id, kind, other),
        compare_link_of=lambda other: compare_link(other.notice_id, other.kind, found.id),
        channels=site.alert_channels,
        remind_on=max(site.today, dates[0].on - _REMIND_BEFORE) if dates else "",
        differences=site.archive.summary.differences(found.id) if len(found.postings) > 1 else [],
        feedback=site.archive.feedback.find(found.id),
        handling=site.archive.acknowledgements.of_notice(found.id),
        standing=site.archive.handling.state(found.id),
        corrections=site.archive.corrections.of_notice(found.id),
        corrected_value=lambda one, value: corrected_value(one, value, words.topic, language),
        messages=site.archive.outbox.of_notice(found.id),
        soon=site.today + timedelta(days=14),
        who=unquote(request.cookies.get("nw_name", "")),
        people=people_to_pick(site),
    )


def _two_days(
    site: WebContext, first: ActAsOf | None, against: date | None
) -> list[ArticleOnTwoDays]:
    """The articles that are others on the second day, or of which it is not known."""
    if first is None or against is None:
        return []
    rows = compared_days(first, act_as_of(site.archive, first.notice, against))
    return [row for row in rows if row.change != "same"]


def _text(found: Notice, latest: Version | None, language: Lang) -> tuple[list[TextRow], bool]:
    beside = Marginalia(labels=found.labels, duties=found.duties, translations=found.translations)
    return text_rows(latest.blocks if latest else (), beside, language, _TEXT_SHOWN)


def _bounded(rows: Sequence[notice_views.TableRow]) -> list[notice_views.TableRow]:
    """As many rows as a page can bear."""
    left, kept = _FACTS_BORNE, []
    for row in rows:
        left -= len(row.before) + len(row.after) + len(row.quote[:240]) + len(row.english) + 60
        if left < 0:
            break
        kept.append(row)
    return kept


def _not_said_itself(found: Notice, others: list[CentralReference]) -> list[CentralReference]:
    """What other acts say of this one, without what it says of them itself."""
    own = {(relation.kind, relation.target_id) for relation in found.relations}
    return [other for other in others if (_MIRRORED.get(other.kind), other.notice_id) not in own]


def _replaced(found: Notice) -> list[Relation]:
    """What the act takes the place of, each act once."""
    once: dict[str, Relation] = {}
    for relation in found.relations:
        if relation.kind in _REPLACING and not relation.claimed:
            once.setdefault(relation.document_number or relation.title, relation)
    return list(once.values())


def latest_version(found: Notice) -> Version | None:
    """The newest version of the act's first live page; a copy's only where there is no other."""
    ordered = sorted(
        found.postings,
        key=lambda posting: (posting.standing is Standing.COPY, posting.state != "live"),
    )
    for posting in ordered:
        if posting.versions:
            return posting.versions[-1]
    return None


def notice_text(site: WebContext, request: Request) -> Response:
    """The whole text with that of its attachments, as plain text."""
    found = found_notice(site, request)
    latest = latest_version(found)
    if latest is None:
        raise Refusal(404, "request.no_text")
    files = [f"\n\n== {item.name} ==\n{item.text}" for item in latest.attachments if item.text]
    return PlainTextResponse(f"{latest.title}\n\n{latest.text}{''.join(files)}\n")


def case(site: WebContext, request: Request) -> Response:
    """Everything kept of an act as a zip that needs no program but a browser to be read."""
    number = notice_id(request)
    try:
        body = case_zip(site.archive, number, lead_reports(site.archive, number))
    except ArchiveError as error:
        raise Refusal(404, "request.archive_says", text=str(error)) from None
    headers = {"content-disposition": f'attachment; filename="notice-{number}.zip"'}
    return Response(body, media_type="application/zip", headers=headers)


def fields_csv_file(site: WebContext, request: Request) -> Response:
    """The data fields that an act prescribes, as CSV."""
    notice = _with_fields(site, request)
    body = "\ufeff" + data_field_files.fields_csv(notice.facts)
    return _file(body, "text/csv", f"notice-{notice.id}-fields.csv")


def fields_schema_file(site: WebContext, request: Request) -> Response:
    """The data fields that an act prescribes, as JSON Schema."""
    notice = _with_fields(site, request)
    body = data_field_files.fields_schema(notice.facts, title=notice.title, url=notice.url)
    return _file(body, "application/schema+json", f"notice-{notice.id}-fields.schema.json")


def _with_fields(site: WebContext, request: Request) -> Notice:
    notice = site.archive.notices.get(notice_id(request), versions=False)
    if notice is None or not data_fields(notice.facts):
        raise Refusal(404, "request.no_data_fields")
    return notice


def _file(body: str, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(body.encode("utf-8", "replace"), media_type=media_type, headers=headers)


def evidence(site: WebContext, request: Request) -> Response:
    """The stored original, always as a download and never as a page."""
    sha256 = request.path_params["sha256"]
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise Refusal(404, "request.no_evidence")
    try:
        body = site.archive.evidence.get(sha256)
    except ArchiveError:
        raise Refusal(404, "request.no_evidence") from None
    return Response(
        body,
        media_type="application/octet-stream",
        headers={
            "content-disposition": "attachment",
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )
