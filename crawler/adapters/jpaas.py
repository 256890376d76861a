"""Hanweb jpaas: a column shell whose script names a unit, and the unit's HTML inside JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from crawler.adapters.adapter import (
    ListProblem,
    ListRequest,
    ListResponse,
    Page,
    SimpleAdapter,
    read_json,
    restaged,
    with_query,
)
from crawler.adapters.html_rows import refuse_challenge, rows_of
from crawler.adapters.jpage import JpageAdapter
from crawler.adapters.json_paths import find, find_text
from crawler.adapters.page_parameters import jpaas_units
from crawler.adapters.requests import drift
from crawler.extract.html_in_json import unescaped_html
from domain.records.reason import reason
from domain.records.states import FailureKind

_URL = re.compile(
    r"(?:unitUrl|url)\s*=\s*[\"']([^\"']*jpaas-publish-server/front/page/build/unit)[^\"']*[\"']"
)
_COUNT = re.compile(r"\bcount\s*=\s*[\"'](\d+)[\"']")
_ROWS = re.compile(r"\brows\s*=\s*[\"'](\d+)[\"']")
_ORDER = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId")
_LIST_TAGS = ("分页列表", "右侧内容", "内容区域", "列表", "内容")
_WATCHED = ("webId", "tplSetId", "pageId", "tagId", "parseType")


class JpaasAdapter(SimpleAdapter):
    column_page_weight = 0.01
    needs_requests = True

    def first_request(self) -> ListRequest:
        return ListRequest(url=self.context.column.url, stage="shell")

    def fallback_request(self, failed: ListRequest) -> ListRequest | None:
        """The configured unit, when the column's shell cannot be read."""
        configured = self._configured()
        if failed.stage != "shell" or not configured.get("pageId"):
            return None
        return self._unit(configured, page=1)

    def parse(self, answer: ListResponse) -> Page:
        if answer.ask.stage == "records":
            return JpageAdapter(self.context).parse(answer)
        return self._shell(answer) if answer.ask.stage == "shell" else self._answer(answer)

    # ------------------------------------------------------------------ shell

    def _shell(self, answer: ListResponse) -> Page:
        text = answer.text
        if text.lstrip().startswith("{"):
            return self._answer(self._as_unit(answer))
        units = self._units(text)
        if not units:
            return self._plain(answer)
        first, others = units[0], units[1:]
        watched = {name: first[name] for name in _WATCHED if first.get(name)}
        path = _URL.search(text)
        return Page(
            follow=self._unit(first, page=1, others=others, path=path[1] if path else None),
            parameters=watched,
            drift=drift(self.context.column.params, watched),
        )

    @staticmethod
    def _as_unit(answer: ListResponse) -> ListResponse:
        """The answer to a unit's own address, which was given as the column's."""
        unit = dict(parse_qsl(urlsplit(answer.ask.url).query))
        return replace(answer, ask=replace(answer.ask, stage="unit", data={"unit": unit}))

    def _plain(self, answer: ListResponse) -> Page:
        """A column page without a unit: its records, its rows, else the configured unit.

        Sites that have not moved to units yet still embed jpage records.
        """
        if "<record" in answer.text.lower():
            return JpageAdapter(self.context).parse(restaged(answer, "list"))
        found = rows_of(self.context, answer.text, answer.url, answer.day)
        configured = self.fallback_request(answer.ask)
        if any(row.published for row in found.rows):
            used = reason("source.no_unit_own_rows")
            return Page(rows=found.rows, fallback=used if configured else found.fallback)
        refuse_challenge(answer, found.rows)
        if configured is None:
            raise ListProblem(FailureKind.EMPTY_UNIT, reason("source.no_unit"))
        return Page(follow=configured, drift=(reason("source.no_unit"),))

    def _units(self, text: str) -> list[dict[str, str]]:
        """Every unit a shell names, the configured one first, then what is called a list."""
        units = [unit for unit in jpaas_units(text) if unit.get("webId")]
        wanted = self._configured()
        named = (*_LIST_TAGS, "")

        def rank(unit: dict[str, str]) -> tuple[int, int]:
            agreeing = sum(bool(unit.get(k)) and unit.get(k) == wanted.get(k) for k in _WATCHED)
            tag = next(i for i, name in enumerate(named) if name in unit.get("tagId", ""))
            return -agreeing, tag

        return sorted(units, key=rank)

    # ------------------------------------------------------------------- unit

    def _answer(self, answer: ListResponse) -> Page:
        content = read_json(answer)
        params = self.context.params
        path, _, wanted = params.get("success", "").partition("=")
        said = find_text(content, path) if path else ""
        if path and said and said.lower() != wanted.lower():
            message = find_text(content, "message|msg")
            why = reason("source.unit_answers", path=path, said=said, message=message)
            raise ListProblem(FailureKind.EMPTY_UNIT, why)
        fragment = find(content, params.get("html", "data.html"))
        text = unescaped_html(fragment) if isinstance(fragment, str) else ""
        found = rows_of(self.context, text, answer.url, answer.day)
        others: list[dict[str, str]] = list(answer.ask.data.get("others", ()))
        if not any(row.published for row in found.rows) and others and answer.ask.page == 1:
            return Page(follow=self._unit(others[0], page=1, others=others[1:]))
        if not found.rows and answer.ask.page == 1:
            raise ListProblem(FailureKind.EMPTY_UNIT, reason("source.empty_unit"))
        count = _COUNT.search(text)
        total = int(count[1]) if count else None
        rows = _ROWS.search(text)
        size = int(rows[1]) if rows and int(rows[1]) else self.context.platform.paging.page_size
        more = bool(found.rows) and (total is None or answer.ask.page * size < total)
        unit = {str(key): str(value) for key, value in answer.ask.data["unit"].items()}
        return Page(
            rows=found.rows,
            fallback=found.fallback,
            total=total,
            next=self._unit(unit, page=answer.ask.page + 1, size=size) if more else None,
        )

    def _configured(self) -> dict[str, str]:
        params = self.context.params
        return {name: params[name] for name in _ORDER if name in params}

    def _unit(
        self,
        unit: Mapping[str, str],
        *,
        page: int,
        others: list[dict[str, str]] | None = None,
        path: str | None = None,
        size: int | None = None,
    ) -> ListRequest:
        # A unit of the page is asked for with exactly the parameters the page gives it.
        values = dict(unit) if unit.get("parseType") else {**self._configured(), **unit}
        query = [(name, values[name]) for name in _ORDER if name in values]
        query += [(name, value) for name, value in values.items() if name not in _ORDER]
        if page > 1:
            per_page = size or self.context.platform.paging.page_size
            query.append(
                ("paramJson", json.dumps({"pageNo": page, "pageSize": per_page}).replace(" ", ""))
            )
        endpoint = self.context.endpoint(path or self.context.params.get("endpoint", ""))
        data: dict[str, Any] = {"unit": values, "others": others or []}
        return ListRequest(
            url=with_query(endpoint, tuple(query)), stage="unit", page=page, data=data
        )
