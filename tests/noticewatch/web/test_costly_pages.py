"""Costly pages take turns, a client's share is bounded, and cheap pages wait for none of them."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from noticewatch.application import notice_search
from noticewatch.web import context, request_params
from noticewatch.web.app import create_app
from tests.noticewatch.web.site import make_site


@pytest.fixture
def client(folder: Path) -> TestClient:
    return TestClient(create_app(make_site(folder)))


def test_a_query_of_too_many_words_is_refused_in_a_sentence(client: TestClient) -> None:
    words = " OR ".join(f"电池{number}" for number in range(100))
    answer = client.get("/api/v1/search", params={"q": words})
    assert answer.status_code == 400
    assert answer.json()["error"] == (
        "q: this search asks too much: use fewer words (OR, minus and filters: 32 at most)"
    )
    page = client.get("/search", params={"q": words, "lang": "zh"})
    assert page.status_code == 400
    assert "合计最多32个" in page.text


def test_a_crowd_of_searches_keeps_no_cheap_page_waiting(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = notice_search.find_notices

    def slow(*given: Any, **more: Any) -> Any:
        time.sleep(0.3)
        return found(*given, **more)

    monkeypatch.setattr(request_params, "find_notices", slow)
    statuses: list[int] = []

    def ask() -> None:
        statuses.append(client.get("/api/v1/search", params={"q": "电池"}).status_code)

    with client:
        crowd = [threading.Thread(target=ask) for _ in range(30)]
        for one in crowd:
            one.start()
        time.sleep(0.3)
        started = time.monotonic()
        assert client.get("/healthz").status_code == 200
        assert client.get("/sources").status_code == 200
        assert time.monotonic() - started < 2
        for one in crowd:
            one.join()
    most = context.COSTLY_AT_ONCE + context.MOST_WAITING
    assert statuses.count(200) >= most
    assert statuses.count(429) > 0
    assert set(statuses) == {200, 429}
