"""Duties with their acts as JSON: the command's and the interface's answer."""

from __future__ import annotations

from collections.abc import Iterable

from typing_extensions import TypedDict

from archive.transfer.notice_json import DutyJson, duty_json
from noticewatch.application.law.duty_list import ListedDuty


class ListedDutyJson(DutyJson):
    notice_id: int
    title: str
    jurisdiction: str


class DutiesJson(TypedDict):
    duties: list[ListedDutyJson]


def duties_json(found: Iterable[ListedDuty]) -> DutiesJson:
    """The duties in the order of the list."""
    return {"duties": [_listed(item) for item in found]}


def _listed(item: ListedDuty) -> ListedDutyJson:
    return {
        **duty_json(item.duty, item.id),
        "notice_id": item.notice.id,
        "title": item.notice.title,
        "jurisdiction": item.notice.jurisdiction,
    }
