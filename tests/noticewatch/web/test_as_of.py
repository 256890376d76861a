"""What stood on a day: the duties, the matrix and the dates, and how an act read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from archive.store import Archive
from classifier import run as classify
from classifier.topics.predictor import KeywordClassifier
from config.loader import load_register, load_topics
from noticewatch.web.app import create_app
from tests.builders import START, make_observation
from tests.noticewatch.web.site import make_site

ACT = "废旧动力电池回收台账管理办法"
TEXT = (
    "第一条 综合利用企业应当于2024年12月31日前完成台账系统改造。\n"
    "第二条 综合利用企业应当自接收之日起十五日内报送入库信息。\n"
    "第三条 本办法自2024年5月1日起施行。"
)
PUT_OFF = f"《{ACT}》第一条规定的改造期限由2024年12月31日延长至2025年3月31日。"
AMENDS = (
    f"决定对《{ACT}》作如下修改：\n第二条中的“十五日”修改为“十日”。\n本决定自2025年6月1日起施行。"
)


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(
        classify, "make_predictor", lambda topics, encoder: KeywordClassifier(topics, "test")
    )
    with Archive.open(tmp_path, clock=lambda: START) as archive:
        for name, title, text, day in (
            ("act", ACT, TEXT, date(2024, 4, 1)),
            ("later", f"关于延长《{ACT}》改造期限的通知", PUT_OFF, date(2024, 12, 1)),
            ("decision", f"关于修改《{ACT}》的决定", AMENDS, date(2025, 5, 1)),
        ):
            archive.ingest(
                make_observation(
                    url=f"https://www.miit.gov.cn/{name}.html", title=title, text=text,
                    published=day, issuers=("工业和信息化部",),
                )
            )  # fmt: skip
        while classify.run(archive, load_topics(), load_register()).classified:
            pass
    return TestClient(create_app(make_site(tmp_path)))


def dates(client: TestClient, day: str) -> list[str]:
    found = client.get("/api/v1/deadlines", params={"as_of": day}).json()["deadlines"]
    return [entry["date"] for entry in found if entry["title"] == ACT]


def test_an_extended_date_is_the_old_one_before_and_the_new_one_after(client: TestClient) -> None:
    assert dates(client, "2024-11-30") == ["2024-12-31"]
    assert dates(client, "2024-12-01") == ["2025-03-31"]


def test_the_duties_of_a_day_are_those_of_its_text(client: TestClient) -> None:
    def lengths(day: str) -> list[str]:
        found = client.get("/api/v1/duties", params={"as_of": day}).json()["duties"]
        return [
            duty["when"]["duration"]
            for duty in found
            if duty["title"] == ACT and duty["when"] and duty["when"]["duration"]
        ]

    assert lengths("2025-05-31") == ["P15D"]
    assert lengths("2025-06-01") == ["P10D"]
    assert lengths("2024-03-31") == []  # not yet published


def test_two_days_are_compared_article_by_article(client: TestClient) -> None:
    days = {"as_of": "2025-05-31", "against": "2025-06-01"}
    found = client.get("/api/v1/notices/1", params=days).json()
    (row,) = [row for row in found["articles"] if row["change"] != "same"]
    assert ("十五日内" in row["before"], "十日内" in row["after"]) == (True, True)
    assert (row["change"], row["from"]) == ("changed", "2025-06-01")
    assert row["source"]["id"] != 1
    page = client.get("/notices/1", params=days).text
    assert "<del>" in page
    assert "<ins>" in page


def test_a_page_shows_how_an_act_reads_on_a_day(client: TestClient) -> None:
    before = client.get("/notices/1", params={"as_of": "2025-05-31"}).text
    after = client.get("/notices/1", params={"as_of": "2025-06-01"}).text
    section = slice(before.index('id="on-day"'), before.index('id="text"'))
    assert "十五日内" in before[section]
    assert "十日内" in after[after.index('id="on-day"') : after.index('id="text"')]
    assert client.get("/matrix", params={"as_of": "2024-12-01"}).status_code == 200
    assert client.get("/matrix", params={"as_of": "31.12."}).status_code == 400


def test_a_search_of_a_day_tells_the_status_and_the_answer_of_that_day(client: TestClient) -> None:
    def found(day: str) -> tuple[str, bool]:
        asked = {"q": "入库信息 十日 报送 期限", "as_of": day}
        hits = client.get("/api/v1/search", params=asked).json()["hits"]
        (act,) = [hit for hit in hits if hit["title"] == ACT]
        return act["status"], "15" in (act["answer"] or {}).get("en", "")

    assert found("2025-05-31") == ("in_force", True)
    assert found("2025-06-01") == ("amended", False)
    listed = client.get("/search", params={"q": ACT, "as_of": "2024-11-01"}).text
    assert "关于延长" not in listed  # not yet published
