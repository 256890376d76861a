"""A list whose interface fails while the column's page holds rows."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from noticewatch.demo.replica_site import ReplicaContent


def with_rows(replica: Any, *, foreign: bool = False) -> None:
    """The column's page prints its first rows for its script, as the site's server sends them."""
    pages = replica.pages
    answered = pages.list_content

    def content(path: str, asked: Any) -> ReplicaContent | None:
        if path != pages.column_path:
            return answered(path, asked)
        rows = [
            {
                "title": article.title,
                "pubDate": f"{article.day} 10:00",
                "url": f"/hot/{article.id}.html" if foreign else pages.detail_path(article),
            }
            for article in replica.site.listed()
        ]
        page = f"<html><body><div id='list'></div><script>var data = {json.dumps(rows)};</script></body></html>"
        return ReplicaContent(page.encode(), "text/html", None, "shell")

    pages.list_content = content


@pytest.mark.parametrize("fault", ["broken_json", "server_error", "not_found"])
def test_the_rows_of_the_page_are_read_instead(stage: Any, fault: str) -> None:
    replica = stage.replica("ucap_querylist", notices=4)
    with_rows(replica)
    assert stage.poll(replica).state == "ok"
    replica.add("故障期间发布的新通知", date(2026, 9, 25))
    replica.fault(fault, kind="list")
    report = stage.poll(replica)
    assert (report.state, report.new, report.withdrawn) == ("layout_changed", 1, 0)
    assert "interface fails" in report.reason
    replica.heal()
    report = stage.poll(replica)
    assert (report.state, report.new, report.revised) == ("ok", 0, 0)
    assert [len(notice.postings) for notice in stage.notices()] == [1] * 5


def test_rows_of_another_shape_are_not_the_lists(stage: Any) -> None:
    replica = stage.replica("ucap_querylist", notices=4)
    with_rows(replica, foreign=True)
    assert stage.poll(replica).state == "ok"
    replica.fault("broken_json", kind="list")
    report = stage.poll(replica)
    assert (report.state, report.new) == ("failing", 0)
    assert "broken_json" in {error.kind for error in report.errors}
