"""The law list on pages and in the API: there from the first minute, also offline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from noticewatch.web.app import create_app
from tests.builders import make_observation
from tests.noticewatch.web.site import in_language, make_site

CITING = (
    "根据《新能源汽车废旧动力电池回收和综合利用管理暂行办法》，制定本细则。",
    "按照《工业绿色低碳发展“十五五”规划》要求执行。",
    "《某部门从未登记的电池回收办法》（某发〔2019〕3号）同时废止。",
)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    with Archive.open(tmp_path) as archive:
        archive.ingest(
            make_observation("https://www.miit.gov.cn/a/9.html", "某市电池回收细则", CITING)
        )
        order = make_observation(
            "https://www.miit.gov.cn/a/10.html",
            "新能源汽车废旧动力电池回收和综合利用管理暂行办法",
            ["第一条 为规范回收，制定本办法。"],
            number="工业和信息化部令第73号",
        )
        archive.ingest(replace(order, parsed=replace(order.parsed, validity="有效")))
    return TestClient(create_app(make_site(tmp_path)))


def text_of(client: TestClient, path: str) -> str:
    return " ".join(html.fromstring(client.get(path).text).text_content().split())


def test_an_alias_leads_to_one_act_with_all_that_is_known_of_it(client: TestClient) -> None:
    shown = text_of(client, "/law?q=Order+73")
    assert "In force since 1 Apr 2026" in shown
    assert "rule of a department" in shown
    assert "工信部联节〔2018〕43号" in shown  # what it repeals
    assert "Governs take-back, reuse" in shown
    assert "规范新能源汽车废旧动力电池的回收" in text_of(
        client, in_language("/law?q=Order+73", "zh")
    )


def test_a_wrong_name_is_answered_with_the_right_act_and_says_so(client: TestClient) -> None:
    said = "“2021 Provisional Measures” is not its right name"
    assert said in text_of(client, "/law?q=2021+Provisional+Measures")
    assert said in text_of(client, "/search?q=2021+Provisional+Measures")
    [act] = client.get("/api/v1/law?q=2021+Provisional+Measures").json()["acts"]
    assert (act["key"], act["handle"]) == ("miit-2018-43", "law miit-2018-43")
    assert act["asked_as"]["en"].startswith("The measures that opened the regime")
    [known] = client.get("/api/v1/search?q=2021+Provisional+Measures").json()["law"]
    assert known["key"] == "miit-2018-43"
    assert known["status_line"].startswith("Repealed on 1 Apr 2026")
    assert said in known["wrong_name"]


def test_a_standard_says_whether_it_binds_and_what_it_replaces(client: TestClient) -> None:
    act, earlier = client.get("/api/v1/law?q=GB+38031").json()["acts"]
    assert earlier["status_line"] == "Replaced on 1 Jul 2026 by GB 38031-2025"
    assert (act["kind"], act["mandatory"], act["replaces"]) == ("standard", True, ["GB 38031-2020"])
    assert act["known_by"]["found_in"]
    assert "mandatory standard" in text_of(client, "/law?q=GB+38031")
    assert "推荐性标准" in text_of(client, in_language("/law?q=GB/T+34014", "zh"))


def test_registered_acts_stand_above_the_hits_of_a_search(client: TestClient) -> None:
    shown = text_of(client, "/search?q=编码规则")
    assert "In the law list: Coding" in shown
    assert client.get("/api/v1/search?q=&jurisdiction=CN").json()["law"] == []
    assert len(client.get("/api/v1/search?q=动力电池").json()["law"]) == 3


def test_matrix_and_map_name_registered_acts_where_nothing_was_found(client: TestClient) -> None:
    cells = client.get("/api/v1/matrix").json()["cells"]
    texts = {cell["jurisdiction"]: cell["text"] for cell in cells if cell["what"] == "portal"}
    assert "known from the register: Sichuan Interim Measures" in texts["CN-SC"]
    assert "(In force since 1 Jun 2025)" in texts["CN-SC"]
    assert "known from the register" not in texts["CN-GZ"]
    shown = text_of(client, "/map?by=implementation")
    assert "known from the register: Sichuan Interim Measures" in shown


def test_a_relation_to_a_registered_act_names_its_key(client: TestClient) -> None:
    relations = client.get("/api/v1/notices/1").json()["relations"]
    keys = {relation["title"]: (relation["target_id"], relation["key"]) for relation in relations}
    assert keys == {
        "新能源汽车废旧动力电池回收和综合利用管理暂行办法": (2, "miit-order-73"),
        "工业绿色低碳发展“十五五”规划": (None, "miit-green-plan-15"),
        "某部门从未登记的电池回收办法": (None, None),
    }
    page = html.fromstring(client.get("/notices/1").text)
    assert page.xpath("//a[@href='/law?q=miit-green-plan-15']")


def test_a_notice_says_what_it_is_in_the_law_list_and_what_validity_is_printed(
    client: TestClient,
) -> None:
    page = html.fromstring(client.get("/notices/2").text)
    assert page.xpath("//dd/a[@href='/law?q=miit-order-73']")
    assert "有效 工业和信息化部" in " ".join(page.text_content().split())
    assert not html.fromstring(client.get("/notices/1").text).xpath("//dt[.='In the law list']")
