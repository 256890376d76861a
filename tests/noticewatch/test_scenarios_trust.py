"""Run the real command line over a ministry's site and a hostile county's beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.noticewatch.test_scenarios_watch import Watch

NAME = "新能源汽车废旧动力电池回收利用管理办法"
NUMBER = "环固体〔2026〕88号"
ACT = [
    "第一条 为加强新能源汽车废旧动力电池回收利用管理，制定本办法。",
    "第二条 回收企业应当自收到废旧动力电池之日起三十日内，在国家溯源信息平台登记入库信息。",
    "第三条 违反本办法第二条规定的，责令改正，处一万元以上三万元以下罚款。",
    "第四条 本办法自2027年1月1日起施行。",
]
FALSE = [line.replace("三十日", "九十日").replace("一万元", "一百元") for line in ACT]
STRICT = [line.replace("三十日", "十日").replace("三万元", "十万元") for line in ACT]
pytestmark = [pytest.mark.model, pytest.mark.timeout(400)]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    watch = Watch(tmp_path)
    ministry = watch.site("cn-a", "生态环境部", jurisdiction="CN")
    county = watch.site("cn-b", "安吉县生态环境局", jurisdiction="CN-ZJ")
    for site in (ministry, county):
        site.add(f"{site.name}关于举办节能培训班的通知", "2026-11-03", ["请各单位参加。"])
    watch.poll()
    yield watch
    watch.slack.close()
    for site in watch.sites:
        site.close()


def _said(watch: Watch) -> list[str]:
    """Each message of its own: line one, then all of it."""
    alone = [message for message in watch.said() if "thread_ts" not in message]
    return [message["text"] + json.dumps(message, ensure_ascii=False) for message in alone]


def _act(watch: Watch, number: str = NUMBER) -> dict[str, Any]:
    return next(act for act in watch.export() if act["document_number"] == number)


def test_a_page_in_the_ministrys_name_neither_silences_nor_leads_it(watch: Watch) -> None:
    ministry, county = watch.sites
    fake = county.add(f"{NAME}（全文）", "2026-11-18", FALSE, number=NUMBER)
    watch.poll()
    assert "未经证实" in _said(watch)[-1] or "UNCONFIRMED" in _said(watch)[-1]
    path = ministry.add(NAME, "2026-11-20", ACT, number=NUMBER)
    watch.poll()
    assert NAME in _said(watch)[-1]
    assert "UNCONFIRMED" not in _said(watch)[-1]
    act = _act(watch)
    assert act["title"] == NAME
    assert {one["url"]: one["standing"] for one in act["postings"]} == {
        county.base + fake: "copy", ministry.base + path: "official",
    }  # fmt: skip
    told = len(watch.said())
    county.pages[fake].paragraphs = STRICT
    watch.poll("--recheck", "all")
    county.pages[fake].status = 404
    watch.poll("--recheck", "all")
    watch.poll("--recheck", "all")
    assert len(watch.said()) == told
    ministry.pages[path].paragraphs = STRICT
    watch.poll("--recheck", "all")
    assert "🔴" in watch.said()[-1]["text"]
    assert len(watch.said()) == told + 1


def test_a_county_repeals_and_extends_nothing(watch: Watch) -> None:
    ministry, county = watch.sites
    county.add(
        f"安吉县关于废止《{NAME}》的通知", "2026-11-18", [f"现决定废止《{NAME}》（{NUMBER}）。"]
    )
    county.add(
        f"关于延长《{NAME}》有效期的通知",
        "2026-11-18",
        [f"《{NAME}》有效期延长至0000年13月45日。", f"《{NAME}》有效期延长十十年。"],
    )
    watch.poll()
    path = ministry.add(NAME, "2026-11-20", ACT, number=NUMBER)
    report = watch.poll()
    assert [source["state"] for source in report["sources"]] == ["ok", "ok"]
    act = _act(watch)
    assert act["status"] != "repealed"
    assert act["severity"] == "amber"
    assert any(NAME in text and "🟠" in text for text in _said(watch))
    shown = watch.run("show", str(act["id"])).stdout
    assert "claimed by notice" in shown
    ministry.pages[path].paragraphs = STRICT
    watch.poll("--recheck", "all")
    assert "🔴" in watch.said()[-1]["text"]
