"""Two acts beside each other: old and new, ministry and province, an act and its amendment."""

from datetime import UTC, date, datetime

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.records.fact import Fact, Label
from domain.records.states import FactKind
from noticewatch.web.app import create_app
from tests.builders import make_duty, make_observation
from tests.noticewatch.filled import observation
from tests.noticewatch.web.site import make_site

NOW = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
OLD, NEW, PROVINCE, DECISION, VAIN = 1, 2, 3, 4, 5
ACTS = (
    (
        "动力电池回收管理暂行办法", "工信部节〔2018〕43号", date(2018, 6, 1), "CN",
        "工业和信息化部",
        ("第一条 企业应当自收到之日起30日内报送信息。", "第二条 违反的，处五千元以上二万元以下罚款。"),
        (
            ("P30D", "第一条"),
            (5000, 20000, "第二条"),
        ),
    ),
    (
        "动力电池回收管理办法", "工业和信息化部令第73号", date(2026, 11, 1), "CN",
        "工业和信息化部",
        (
            "第一条 企业应当具备相应的条件。", "第二条 企业应当自收到之日起15日内报送信息。",
            "第三条 违反的，处一万元以上五万元以下罚款。",
            "第四条 《动力电池回收管理暂行办法》（工信部节〔2018〕43号）同时废止。",
        ),
        (
            ("P15D", "第二条"),
            (10000, 50000, "第三条"),
        ),
    ),
    (
        "江苏省动力电池回收管理实施细则", "苏工信规〔2026〕5号", date(2026, 11, 10), "CN-JS",
        "江苏省工业和信息化厅",
        (
            "根据《动力电池回收管理办法》（工业和信息化部令第73号），制定本细则。",
            "第一条 企业应当自收到之日起15日内报送信息。", "第二条 违反的，处二万元以上五万元以下罚款。",
        ),
        (
            ("P15D", "第一条"),
            (20000, 50000, "第二条"),
        ),
    ),
    (
        "工业和信息化部关于修改《动力电池回收管理办法》的决定", "工业和信息化部令第80号",
        date(2026, 11, 19), "CN", "工业和信息化部",
        (
            "决定对《动力电池回收管理办法》作如下修改：",
            "一、第三条中的“一万元以上五万元以下”修改为“三万元以上十万元以下”。",
        ),
        (),
    ),
    (
        "工业和信息化部关于修改《动力电池回收管理暂行办法》的决定", "工业和信息化部令第50号",
        date(2020, 1, 2), "CN", "工业和信息化部",
        (
            "决定对《动力电池回收管理暂行办法》作如下修改：",
            "一、第九十九条中的“三个月”修改为“六个月”。",
        ),
        (),
    ),
)  # fmt: skip


def _fact(stated: tuple) -> Fact:
    if len(stated) == 2:
        value = {"duration": stated[0], "working_days": False, "trigger": "自收到之日起"}
        return Fact.from_json(
            kind=FactKind.DEADLINE, value=value, quote="报送信息", where=stated[1]
        )
    low, high, where = stated
    value = {"min": low, "max": high, "currency": "CNY", "basis": "fixed", "offence": f"{low}"}
    return Fact.from_json(kind=FactKind.FINE, value=value, quote=f"罚款{low}", where=where)


def _fill(folder) -> None:
    with Archive.open(folder, clock=lambda: NOW) as archive:
        for place, (title, number, published, code, publisher, text, _) in enumerate(ACTS, 1):
            url = f"https://a.example/{place}.html"
            archive.ingest(
                make_observation(
                    url,
                    title,
                    text,
                    publisher=publisher,
                    jurisdiction=code,
                    number=number,
                    issuers=(publisher,),
                    published=published,
                    at=NOW,
                )
            )
        for task in archive.classification.pending():
            facts = tuple(_fact(stated) for stated in ACTS[task.notice_id - 1][-1])
            amends = task.notice_id == DECISION
            archive.classification.store(
                Classification(
                    change_id=task.change_id,
                    labels=(Label(topic="penalty", score=0.9, evidence=(), model="test"),),
                    facts=facts,
                    duties=(make_duty(),) if facts else (),
                    stage="final",
                    relevant_because="labels",
                    model="test",
                    facts_before=(_fact((10000, 50000, "第三条")),) if amends else (),
                    facts_after=(_fact((30000, 100000, "第三条")),) if amends else (),
                )
            )


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("acts")
    _fill(folder)
    with TestClient(create_app(make_site(folder))) as client:
        yield client


def _page(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return html.fromstring(answer.text)


def _rows(page) -> list[str]:
    rows = page.cssselect("table.pairs tbody tr")
    return [" ".join(row.text_content().split()) for row in rows]


def test_the_new_act_leads_to_what_it_replaces(client):
    page = _page(client, f"/notices/{NEW}")
    links = {link.get("href") for link in page.cssselect("a[href^='/compare?']")}
    assert links == {
        f"/compare?before={OLD}&after={NEW}",
        f"/compare?before={NEW}&after={PROVINCE}",
        f"/compare?before={NEW}&after={DECISION}",
    }
    old = _page(client, f"/notices/{OLD}")
    assert old.cssselect(f"#relations ~ ul a[href='/compare?before={OLD}&after={NEW}']")


def test_facts_and_articles_before_and_after(client):
    page = _page(client, f"/compare?before={OLD}&after={NEW}")
    deadline, fine = _rows(page)
    assert "30 days art. 1" in deadline
    assert "15 days art. 2" in deadline
    assert deadline.endswith("TIGHTER")
    assert "¥5,000–20,000 art. 2" in fine
    assert "¥10,000–50,000 art. 3" in fine
    assert fine.endswith("HIGHER")
    assert "The second act is a new edition of the first." in page.text_content()
    sides = page.cssselect("section.part.changed .sides")
    assert "".join(sides[0].cssselect("del")[0].itertext()) == "30日"
    assert "".join(sides[0].cssselect("ins")[0].itertext()) == "15日"


def test_a_province_stands_beside_the_ministry(client):
    """Nothing is new or gone there; what both say alike is said too."""
    page = _page(client, f"/compare?before={NEW}&after={PROVINCE}")
    fine, deadline = _rows(page)
    assert "¥10,000–50,000 art. 3" in fine
    assert "¥20,000–50,000 art. 2" in fine
    assert deadline.endswith("the same")
    heads = [head.text_content() for head in page.cssselect("table.pairs thead th")]
    assert heads == ["What", "China (national)", "Jiangsu", "effect"]
    assert "only in the first act" in page.text_content()
    assert not page.cssselect("table.pairs del")


def test_the_matrix_leads_to_the_comparison_with_the_nation(client):
    page = _page(client, "/matrix")
    links = page.cssselect("tr#CN-JS a[href^='/compare?']")
    assert {link.get("href") for link in links} == {f"/compare?before={NEW}&after={PROVINCE}"}
    assert not page.cssselect("tr#CN a[href^='/compare?']")


def test_an_amendment_shows_the_act_as_amended(client):
    page = _page(client, f"/compare?before={NEW}&after={DECISION}")
    assert "with the orders of the second carried out" in page.text_content()
    (part,) = page.cssselect("section.part")
    assert "三万元以上十万元以下" in part.text_content()
    (fine,) = _rows(page)
    assert fine.endswith("HIGHER")


def test_a_decision_that_cannot_be_carried_out_is_shown_as_it_is(client):
    page = _page(client, f"/compare?before={OLD}&after={VAIN}")
    assert "The second act amends the first." in page.text_content()
    assert "carried out" not in page.text_content()
    assert "第九十九条" in page.cssselect(".sides")[-1].text_content()
    assert "GONE" not in page.text_content()


def test_swapped_and_without_any_relation(client):
    page = _page(client, f"/compare?before={NEW}&after={OLD}")
    assert "The first act is a new edition of the second." in page.text_content()
    page = _page(client, f"/compare?before={OLD}&after={PROVINCE}&view=inline&show=all&lang=zh")
    assert "两份文件均未提及对方" in page.text_content()


def test_the_index_names_the_pairs_newest_first(client):
    page = _page(client, "/compare")
    links = [link.get("href") for link in page.cssselect("ul.cards a.title")]
    assert links[:3] == [
        f"/compare?before={NEW}&after={DECISION}",
        f"/compare?before={NEW}&after={PROVINCE}",
        f"/compare?before={OLD}&after={NEW}",
    ]


def test_the_api_says_the_same(client):
    found = client.get(f"/api/v1/compare/acts?before={OLD}&after={NEW}").json()
    assert found["relation"] == {
        "kind": "edition_of",
        "older": OLD,
        "newer": NEW,
        "probable": False,
    }
    assert [(row["kind"], row["effect"]) for row in found["facts"]] == [
        ("deadline", "tighter"), ("fine", "higher"),
    ]  # fmt: skip
    assert any(part["kind"] == "changed" for part in found["parts"])


@pytest.mark.parametrize(
    ("query", "status"),
    [("before=1", 400), ("before=1&after=1", 400), ("before=1&after=99", 404), ("after=x", 400)],
)
def test_what_cannot_be_compared_is_said(client, query, status):
    assert client.get(f"/compare?{query}").status_code == status
    assert client.get(f"/api/v1/compare/acts?{query}").status_code == status


@pytest.mark.parametrize("view", ["side", "inline"])
def test_long_texts_are_compared_in_pages_of_bounded_weight(tmp_path, view):
    """Two acts with nothing in common: every article stands on one page, and none twice."""
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        for place, word in enumerate(("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉"), 1):
            lines = [f"第{n}条 {word[n % 10]}{word * 12}{n}" for n in range(1, 251)]
            archive.ingest(observation(f"https://a.example/{place}.html", word, lines, NOW))
    labels: list[str] = []
    path = f"/compare?before=1&after=2&view={view}"
    with TestClient(create_app(make_site(tmp_path))) as client:
        for _ in range(20):
            answer = client.get(path)
            assert len(answer.content) <= 150_000
            page = html.fromstring(answer.text)
            labels += [part.text_content() for part in page.cssselect("section.part h2")]
            following = page.cssselect("a[rel=next]")
            if not following:
                break
            path = following[0].get("href")
    assert len(labels) == 500


def test_a_notice_of_many_facts_keeps_the_weight_of_a_page(tmp_path):
    """The first facts are open, more are folded, what is left is counted and in the record."""
    text = [f"第{n}条 {'应当报送信息' * 40}{n}日" for n in range(1, 301)]
    facts = tuple(
        Fact.from_json(kind=FactKind.DEADLINE, value={"duration": f"P{n}D", "working_days": False},
             quote=text[n - 1], where=f"第{n}条")
        for n in range(1, 301)
    )  # fmt: skip
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        archive.ingest(observation("https://a.example/1.html", "报送管理办法", text, NOW))
        (task,) = archive.classification.pending()
        archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), facts=facts, stage="final",
                relevant_because="register", model="test",
            )
        )  # fmt: skip
    with TestClient(create_app(make_site(tmp_path))) as client:
        answer = client.get("/notices/1")
    assert len(answer.content) <= 150_000
    page = html.fromstring(answer.text)
    opened, folded = (len(table.cssselect("tbody tr")) for table in page.cssselect("table.facts"))
    assert opened == 12
    assert f"{300 - opened - folded} more facts" in page.cssselect("details p")[0].text_content()
