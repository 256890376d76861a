"""Hanweb jpage: HTML records in CDATA, in the column page itself or from dataproxy.jsp.

Records are cut out by regular expression and read as HTML: some are broken, some have no
link, so a strict XML parser would lose the rest of the list.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from crawler.adapters.adapter import (
    ListProblem,
    ListRequest,
    ListResponse,
    Page,
    SimpleAdapter,
    with_query,
)
from crawler.adapters.html_rows import refuse_challenge, rows_of
from crawler.adapters.requests import drift
from crawler.extract.dom import split_address
from domain.records.reason import reason
from domain.records.states import FailureKind

_NEXTGROUP = re.compile(
    r"<nextgroup>.{0,2000}?href=[\"']([^\"']*dataproxy\.jsp\?[^\"']+)[\"']", re.S
)
_UNIT = re.compile(r"unitid\s*[:=]\s*['\"]?(\d+)|param_(\d+)\s*=|#(\d+)['\"]\)\.jpage", re.I)
_COLUMN_PATH = re.compile(r"/col/col(\d+)/|columnid=(\d+)", re.I)
_COLUMN = re.compile(r"columnid\s*[:=]\s*['\"]?(\d+)", re.I)  # a page links to other columns too
_WEBID = re.compile(r"webid\s*[:=]\s*['\"]?(\d+)", re.I)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|totalRecord\s*:\s*['\"]?(\d+)", re.I)
_PER_PAGE = re.compile(r"perPage\s*:\s*['\"]?(\d+)", re.I)
_FIXED = ("appid", "webid", "path", "columnid", "sourceContentType", "unitid", "webname")


class JpageAdapter(SimpleAdapter):
    column_page_weight = 0.02
    needs_requests = True
    list_is_html = True

    def parse(self, answer: ListResponse) -> Page:
        text = answer.text
        if answer.ask.stage == "list":
            return self._column(answer, text)
        return self._records(answer, text)

    def fallback_request(self, failed: ListRequest) -> ListRequest | None:
        """The record interface, when the column's page cannot be read."""
        return self._proxy(1, {}) if failed.stage == "list" and self._known({}) else None

    def _column(self, answer: ListResponse, text: str) -> Page:
        found = self.parameters(text)
        drifted = drift(self.context.column.params, found)
        rows = rows_of(self.context, text, answer.url, answer.day)
        has_records = "<record" in text.lower()
        if not rows.rows:
            refuse_challenge(answer, rows.rows)
            follow = self._proxy(1, found) if self._known(found) else None
            return Page(follow=follow, parameters=found, drift=drifted)
        total = _number(_TOTAL, text)
        more = self._known(found) and (total is None or total > len(rows.rows))
        # The page embeds up to three pages of records: go on after what it holds.
        size = int(found.get("perpage") or self.context.platform.paging.page_size)
        page = max(2, len(rows.rows) // size + 1) if has_records else 2
        return Page(
            rows=rows.rows,
            fallback=rows.fallback,
            total=total,
            next=self._proxy(page, found) if more else None,
            parameters=found,
            drift=drifted,
        )

    def _records(self, answer: ListResponse, text: str) -> Page:
        rows = rows_of(self.context, text, answer.url, answer.day)
        if not rows.rows:
            refuse_challenge(answer, rows.rows)
            if answer.ask.page == 1:
                why = reason("source.no_records")
                if "<record" in text:
                    why = reason("source.records_malformed")
                raise ListProblem(FailureKind.MALFORMED_UNIT, why)
        total = _number(_TOTAL, text)
        found = {str(key): str(value) for key, value in answer.ask.data.items()}
        size = int(found.get("perpage") or self.context.platform.paging.page_size)
        more = rows.rows and (total is None or answer.ask.page * size < total)
        return Page(
            rows=rows.rows,
            fallback=rows.fallback,
            total=total,
            next=self._proxy(answer.ask.page + 1, found) if more else None,
            parameters=found,
        )

    def parameters(self, text: str) -> dict[str, str]:
        """webid, columnid, unitid and the page size as the column's page names them."""
        found: dict[str, str] = {}
        if match := _NEXTGROUP.search(text):
            query = split_address(html.unescape(match[1])).query
            given = dict(parse_qsl(query, keep_blank_values=True))
            found.update({name: given[name] for name in _FIXED if given.get(name)})
        for name, pattern in (("unitid", _UNIT), ("webid", _WEBID), ("columnid", _COLUMN)):
            if name not in found and (value := _number(pattern, text)):
                found[name] = str(value)
        if per_page := _number(_PER_PAGE, text):
            found["perpage"] = str(per_page)
        return found

    def _known(self, found: Mapping[str, str]) -> bool:
        values = {**self.context.params, **found}
        return bool(values.get("unitid") and (values.get("columnid") or self._column_id()))

    def _column_id(self) -> str | None:
        match = _COLUMN_PATH.search(self.context.column.url)
        return (match[1] or match[2]) if match else None

    def _proxy(self, page: int, found: Mapping[str, str]) -> ListRequest:
        values = {"columnid": self._column_id() or "", **self.context.params, **found}
        size = int(values.get("perpage") or self.context.platform.paging.page_size)
        fixed = [(name, values[name]) for name in _FIXED if values.get(name)]
        params = {
            "startrecord": str((page - 1) * size + 1),
            "endrecord": str(page * size),
            "perpage": str(size),
            "col": "1",
            **dict(fixed),
            "permissiontype": values.get("permissiontype", "0"),
        }
        endpoint = self.context.endpoint(values.get("endpoint", "/module/web/jpage/dataproxy.jsp"))
        ids = {name: values[name] for name in (*_FIXED, "perpage") if values.get(name)}
        post = values.get("method") == "POST"
        return ListRequest(
            url=endpoint if post else with_query(endpoint, params),
            method="POST" if post else "GET",
            form=tuple(params.items()) if post else (),
            stage="records",
            page=page,
            headers=(("X-Requested-With", "XMLHttpRequest"),),
            data=ids,
        )


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(next(group for group in match.groups() if group)) if match else None
