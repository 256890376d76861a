"""Check an article on a page or by the interface; nothing is kept unless that is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from config.loader import load_register
from config.people import Right
from domain.records.lead import NewLead
from noticewatch.application.check.article_check import check_article
from noticewatch.application.check.article_text import article_text
from noticewatch.application.check.check_json import CheckJson, check_json
from noticewatch.application.check.check_report import check_page
from noticewatch.application.check.law_book import HeldLaw
from noticewatch.application.check.lead_json import leads_json
from noticewatch.application.check.lead_upkeep import check_leads
from noticewatch.application.console import dump
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.context import WebContext
from noticewatch.web.form_upload import Upload, limited_body, read_upload
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import (
    actor,
    conditional,
    day_parameter,
    must_have,
    number_parameter,
)
from noticewatch.web.templating import render_form_page

_SHOWN_LEADS = 50
_TITLE = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class _Handed:
    """What was handed in to be checked."""

    name: str
    text: str
    other: str | None
    day: date | None
    keep: bool


def check_form_page(site: WebContext, request: Request) -> Response:
    """The form, and the articles that are kept."""
    return _page(site, request, None, "")


async def check_posted(site: WebContext, request: Request) -> Response:
    """Check what the form holds; keep it only if its box is ticked, by editors only."""
    upload = await read_upload(site, request)
    if upload.fields.get("keep"):
        must_have(request, Right.HANDLE, "request.editors_keep")
    handed = await run_in_threadpool(_of_form, upload)
    report = await run_in_threadpool(_checked, site, handed)
    if handed.keep:
        await run_in_threadpool(_keep, site, handed, actor(request, upload.fields))
    return await run_in_threadpool(_page, site, request, report, handed.text, handed.keep)


async def check_by_interface(site: WebContext, request: Request) -> Response:
    """``{"text", "compare", "as_of", "keep"}`` checked; the same answer as the command's."""
    given = _object(await limited_body(request))
    if given.get("keep"):
        must_have(request, Right.HANDLE, "request.editors_keep")
    handed = _Handed(
        name=_word(given, "title") or "interface", text=_word(given, "text"),
        other=_word(given, "compare") or None, day=day_parameter(_word(given, "as_of"), "as_of"),
        keep=given.get("keep") is True,
    )  # fmt: skip
    report = await run_in_threadpool(_checked, site, handed)
    if handed.keep:
        await run_in_threadpool(_keep, site, handed, actor(request, {}))
    return JSONResponse(report)


def leads(site: WebContext, request: Request) -> Response:
    """The kept articles, for programs."""
    body = dump(leads_json(site.archive.leads.all(_SHOWN_LEADS))).encode("utf-8", "replace")
    return conditional(request, body, "application/json")


def lead_report_page(site: WebContext, request: Request) -> Response:
    """The report on a kept article, as a page of its own."""
    lead = site.archive.leads.get(number_parameter(request.path_params["id"], "id"))
    if lead is None or lead.report is None:
        raise Refusal(404, "request.no_page")
    report: Any = lead.report
    return HTMLResponse(check_page(report, lead.title))


async def remove_lead(site: WebContext, request: Request) -> Response:
    """Forget a kept article; editors only."""
    await read_upload(site, request)
    must_have(request, Right.HANDLE, "request.editors_keep")
    number = number_parameter(request.path_params["id"], "id")
    await run_in_threadpool(_remove, site, number, actor(request, {}))
    return RedirectResponse("/check", status_code=303)


def _remove(site: WebContext, number: int, who: str) -> None:
    if site.archive.leads.remove(number):
        site.archive.audit_log.record(who, "remove lead", f"lead {number}")


def _page(
    site: WebContext, request: Request, report: CheckJson | None, text: str, kept: bool = False
) -> Response:
    return render_form_page(
        site, request, "check.html", report=report, text=text, kept=kept,
        leads=leads_json(site.archive.leads.all(_SHOWN_LEADS))["leads"],
    )  # fmt: skip


def _of_form(upload: Upload) -> _Handed:
    name, text = _text_of(upload, "file", "text")
    _, other = _text_of(upload, "compare_file", "compare")
    return _Handed(
        name=name or text[:_TITLE].splitlines()[0] if text.strip() else "", text=text,
        other=other or None, day=day_parameter(upload.fields.get("as_of"), "as_of"),
        keep=bool(upload.fields.get("keep")),
    )  # fmt: skip


def _text_of(upload: Upload, file: str, field: str) -> tuple[str, str]:
    """The text of an uploaded file, else that of the field."""
    if file in upload.files:
        name, body = upload.files[file]
        try:
            return name, article_text(name, body)
        except NoticewatchError as error:
            raise Refusal(400, "request.archive_says", text=str(error)) from error
    return "", upload.fields.get(field, "")


def _checked(site: WebContext, handed: _Handed) -> CheckJson:
    if not handed.text.strip():
        raise Refusal(400, "request.text_missing")
    law = HeldLaw.of(
        site.archive, load_register(), handed.day or site.today, notices=site.relevant(),
        encoder=site.settings.encoder.model,
    )  # fmt: skip
    try:
        return check_json(check_article(law, handed.text, handed.other))
    except NoticewatchError as error:
        raise Refusal(413, "request.archive_says", text=str(error)) from error


def _keep(site: WebContext, handed: _Handed, who: str) -> None:
    title = handed.name or handed.text.strip()[:_TITLE]
    number, _ = site.archive.leads.keep(NewLead(title=title, text=handed.text, who=who))
    site.archive.audit_log.record(who, "lead", f"lead {number}", {"title": title})
    check_leads(site.archive, load_register(), site.today, encoder=site.settings.encoder.model)


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "request.json_object") from None
    if not isinstance(given, dict):
        raise Refusal(400, "request.json_object")
    return given


def _word(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise Refusal(400, "request.json_text", name=name)
    return value
