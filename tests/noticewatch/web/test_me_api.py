"""What applies to our companies, asked of the interface, shown on pages and in feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.records.obligation import OwedDuty
from noticewatch.web.app import create_app
from tests.builders import make_duty
from tests.noticewatch.web.site import make_site

COMPANIES = [
    {"key": "js-recycler", "name": {"zh": "江苏绿桐循环科技有限公司", "en": "Lutong Recycling"},
     "roles": ["recycler"], "places": ["CN-JS"]},
    {"key": "sh-import", "name": "上海远澜进出口有限公司", "roles": ["importer"],
     "places": ["CN-SH"]},
]  # fmt: skip


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    file = folder / "entities.yml"
    file.write_text(yaml.safe_dump({"entities": COMPANIES}, allow_unicode=True), "utf-8")
    site = make_site(folder)
    settings = site.settings.model_copy(update={"entities_file": str(file)})
    with TestClient(create_app(replace(site, settings=settings))) as opened:
        yield opened


def test_the_verdicts_by_company(client: TestClient) -> None:
    told = client.get("/api/v1/me").json()["entities"]
    assert {one["key"]: [duty["verdict"] for duty in one["duties"]] for one in told} == {
        "js-recycler": ["applies"], "sh-import": ["does_not"],
    }  # fmt: skip
    assert len(client.get("/api/v1/me?entity=sh-import").json()["entities"]) == 1
    wrong = client.get("/api/v1/me?entity=nobody")
    assert wrong.status_code == 400
    assert "js-recycler, sh-import" in wrong.json()["error"]


def test_mine_narrows_duties_dates_matrix_and_search(client: TestClient) -> None:
    def rows(path: str, name: str) -> int:
        return len(client.get(path).json()[name])

    assert rows("/api/v1/duties?mine=1", "duties") == 1
    assert rows("/api/v1/duties?mine=sh-import", "duties") == 0
    assert rows("/api/v1/deadlines?mine=js-recycler", "deadlines") == 1
    assert rows("/api/v1/deadlines?mine=sh-import", "deadlines") == 0
    assert rows("/api/v1/search?q=&mine=1", "hits") == 1
    assert rows("/api/v1/search?q=&mine=sh-import", "hits") == 0
    cells = client.get("/api/v1/matrix?mine=sh-import").json()["cells"]
    assert not any(cell["duties"] for cell in cells)
    assert client.get("/api/v1/duties?mine=nobody").status_code == 400


def test_the_page_and_the_feed_say_to_whom_an_act_applies(client: TestClient) -> None:
    page = html.fromstring(client.get("/notices/1").text)
    [line] = page.xpath("//p[@class='applies']")
    assert line.text_content() == "applies to: Lutong Recycling (recyclers)"
    chinese = html.fromstring(client.get("/notices/1?lang=zh").text)
    assert (
        "适用于：江苏绿桐循环科技有限公司"
        in chinese.xpath("//p[@class='applies']")[0].text_content()
    )
    assert "applies to: Lutong Recycling" in client.get("/feed.atom?q=&mine=1&lang=en").text


def test_without_companies_nothing_is_mine(folder: Path) -> None:
    with TestClient(create_app(make_site(folder))) as client:
        assert client.get("/api/v1/me").json() == {"entities": []}
        assert client.get("/api/v1/duties?mine=1").status_code == 400
        assert "applies to" not in client.get("/notices/1").text


def test_obligations_are_read_by_the_interface(client: TestClient, folder: Path) -> None:
    duty = make_duty()
    owed = OwedDuty(
        entity="js-recycler", duty_id=f"1-{duty.key}", notice_id=1, duty=duty, due=date(2026, 12, 5)
    )
    with Archive.open(folder) as archive:
        archive.obligation_upkeep.keep([owed], date(2026, 11, 23))
    (one,) = client.get("/api/v1/obligations?state=open").json()["obligations"]
    assert (one["entity"], one["due"]) == ("js-recycler", "2026-12-05")
    assert client.get("/api/v1/obligations?entity=sh-import").json()["obligations"] == []
    assert client.get("/api/v1/obligations?state=sold").status_code == 400
    shown = client.get(f"/api/v1/obligations/{one['id']}").json()
    assert [step["action"] for step in shown["history"]] == ["open"]
    assert client.get("/api/v1/obligations/99").status_code == 404
    assert client.get("/obligations.rss").headers["content-type"].startswith("application/rss+xml")
    assert client.get("/obligations.csv").text.count("js-recycler") == 1
    assert client.get("/obligations.xlsx").content[:2] == b"PK"
    plan = client.get("/obligations.oscal.json").json()["plan-of-action-and-milestones"]
    assert plan["risks"][0]["deadline"] == "2026-12-05T23:59:59+08:00"
