"""Run the real stages over sites of unknown markup, one joint act, and noise.

The pages are of no platform of ours (``tests/fakes/site.py``), with running counters and clocks,
chunked, in GB18030 and without validators.
"""

import json
import sqlite3
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.fakes.command import run, write_settings
from tests.fakes.site import Site
from tests.fakes.slack import FakeSlack, goes_on

ACT = [
    "第一条 为加强新能源汽车废旧动力电池回收利用管理，制定本办法。",
    "第二条 回收企业应当自收到废旧动力电池之日起三十日内，在国家溯源信息平台登记入库信息。",
    "第三条 违反本办法第二条规定的，责令改正，处五千元以上二万元以下罚款。",
    "第四条 本办法自2027年1月1日起施行。",
]
TITLE = "四川省新能源汽车废旧动力电池回收利用管理办法"
pytestmark = pytest.mark.model


class Watch:
    """One installation: settings, sources, a Slack of its own, the real command line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slack = FakeSlack()
        self.sites: list[Site] = []
        (folder / "sources").mkdir()
        write_settings(folder, self.slack)

    def site(self, key: str, name: str, **more: str) -> Site:
        jurisdiction = more.pop("jurisdiction", "CN-SC")
        site = Site(name, **more)
        self.sites.append(site)
        source = yaml.safe_dump(site.source(key, jurisdiction), allow_unicode=True)
        (self.folder / "sources" / f"{key}.yml").write_text(source, encoding="utf-8")
        return site

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return run(self.folder, "--data-dir", "data", "--sources-dir", "sources", *arguments)

    def poll(self, *more: str) -> dict:
        done = self.run("poll", "--json", *more)
        assert done.returncode in {0, 3}, done.stderr
        return json.loads(done.stdout)

    def export(self) -> list[dict]:
        return [json.loads(line) for line in self.run("export").stdout.split("\n") if line]

    def rows(self) -> dict[str, int]:
        with sqlite3.connect(self.folder / "data" / "archive.db") as db:
            names = ("notices", "postings", "versions", "changes", "labels", "facts", "outbox")
            counts = {n: db.execute(f"SELECT count(*) FROM {n}").fetchone()[0] for n in names}
        files = (path for path in (self.folder / "data").rglob("*.gz"))
        return {**counts, "evidence": sum(1 for _ in files)}

    def said(self, channel: str = "C1") -> list[dict]:
        """The messages of a channel, but for what goes on with an alert in its thread."""
        told = [message for message in self.slack.messages if message["channel"] == channel]
        return [message for message in told if not goes_on(message)]


@pytest.fixture
def watch(tmp_path):
    watch = Watch(tmp_path)
    yield watch
    watch.slack.close()
    for site in watch.sites:
        site.close()


def test_one_site_of_unknown_markup_from_baseline_to_restored(watch):
    site = watch.site("cn-sc-x", "四川省经济和信息化厅", charset="gb2312", chunked=True)
    path = site.add(TITLE, "2026-11-18", list(ACT), number="川经信规〔2026〕7号")
    for day in range(3, 7):
        site.add(f"关于开展第{day}批绿色工厂推荐工作的通知", f"2026-11-0{day}", ["请按时报送。"])
    first = watch.poll()
    assert [(s["state"], s["rows"], s["new"]) for s in first["sources"]] == [("ok", 5, 5)]
    assert len(watch.said()) == 1
    act = next(act for act in watch.export() if act["title"] == TITLE)
    assert act["document_number"] == "川经信规〔2026〕7号"
    assert act["published"] == "2026-11-18"

    before = watch.rows()
    watch.poll("--recheck", "all")
    assert watch.rows() == before

    page = site.pages[path]
    page.paragraphs[2] = ACT[2].replace("五千元以上二万元", "一万元以上三万元")
    watch.poll("--recheck", "all")
    page.paragraphs[2] = ACT[2]
    watch.poll("--recheck", "all")
    act = next(act for act in watch.export() if act["title"] == TITLE)
    revised = [change for change in act["changes"] if change["kind"] == "revised"]
    assert [
        (c["facts_before"][0]["value"]["min"], c["facts_after"][0]["value"]["min"]) for c in revised
    ] == [(5000, 10000), (10000, 5000)]
    assert len(watch.said()) == 3
    assert watch.said()[2]["thread_ts"] == watch.said()[1]["ts"]

    page.status, page.body = 404, "<h1>页面不存在</h1>"
    watch.poll("--recheck", "all")
    site.faults["*"] = 503
    assert watch.poll("--recheck", "all")["sources"][0]["state"] == "failing"
    site.faults.clear()
    assert len(watch.said()) == 3
    assert watch.poll("--recheck", "all")["sources"][0]["withdrawn"] == 1
    assert watch.poll("--recheck", "all")["sources"][0]["withdrawn"] == 0
    page.status, page.body = 200, None
    watch.poll("--recheck", "all")
    act = next(act for act in watch.export() if act["title"] == TITLE)
    kinds = [change["kind"] for change in act["changes"]]
    assert kinds == ["new", "revised", "revised", "withdrawn", "restored"]
    health = [message["text"] for message in watch.said("COPS")]
    assert len(health) == 2
    assert all("cn-sc-x" in text and "四川省经济和信息化厅" in text for text in health)


JOINT = [
    "各省、自治区、直辖市工业和信息化、生态环境主管部门：",
    "为加强废旧动力电池综合利用管理，规范溯源编码格式，现就有关事项通知如下。",
    "一、综合利用企业应当在收到废旧动力电池后十五个工作日内，通过国家溯源管理平台报送溯源信息。",
    "二、未按规定报送溯源信息的，责令限期改正；逾期不改正的，处一万元以上三万元以下罚款。",
    "三、本通知自2027年1月1日起施行。",
]


def test_a_joint_act_is_one_alert_and_a_forward_stays_apart(watch):
    sites = [
        watch.site("cn-a", "工业和信息化部"),
        watch.site("cn-b", "生态环境部", charset="gb2312"),
    ]
    for site in sites:
        site.add(f"{site.name}关于举办节能培训班的通知", "2026-11-03", ["请各单位参加。"])
    watch.poll()
    told = len(watch.said())
    title = "关于加强废旧动力电池溯源管理的通知"
    number = "工信部联节〔2026〕188号"
    sites[0].add(f"工业和信息化部 生态环境部{title}", "2026-11-19", JOINT, number=number)
    watch.poll()
    sites[1].add(f"两部门联合印发《{title}》", "2026-11-20", JOINT)
    sites[1].add(
        f"四川省生态环境厅转发两部门{title}",
        "2026-11-21",
        [f"现将《{title}》（{number}）转发给你们。", "一、各地应于2026年12月31日前报送摸底结果。"],
        number="川环函〔2026〕55号",
    )
    for site in sites:
        site.add(
            f"中华人民共和国{site.name}公告2026年第14号",
            "2026-11-21",
            [f"现公布废旧动力电池综合利用有关事项。{site.name}"],
            number="2026年第14号公告",
        )
    watch.poll()
    acts = {act["document_number"]: act for act in watch.export() if act["document_number"]}
    assert len(acts[number]["postings"]) == 2
    assert sorted(change["kind"] for change in acts[number]["changes"]) == ["copied", "new"]
    forward = acts["川环函〔2026〕55号"]
    assert (number, acts[number]["id"]) in [
        (r["document_number"], r["target_id"])
        for r in forward["relations"]
        if r["kind"] == "implements"
    ]
    assert sum("第14号" in act["title"] for act in watch.export()) == 2
    said = [message["text"] for message in watch.said()[told:]]
    assert sum(title in text and "转发" not in text for text in said) == 1
