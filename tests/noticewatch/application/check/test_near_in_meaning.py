"""An article in loose words, held against the nearest sentences by words and by meaning.

Each claim turns one thing: the number beside another one, the side of a day, the department, the
standard of a list, scope, permission, a draft told as law; each true one stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from archive.store import Archive
from config.loader import load_register
from noticewatch.application.check.article_check import check_article
from noticewatch.application.check.law_book import HeldLaw
from tests.noticewatch.application.check.law_archives import take_in

ACTS: list[dict[str, object]] = [
    {
        "url": "https://jxt.jl.example/9.html", "title": "吉林省废动力电池冷库贮存管理细则",
        "issuers": ["吉林省工业和信息化厅", "吉林省应急管理厅"],
        "document_number": "吉工信规〔2026〕9号", "published": "2026-04-02",
        "text": "第一条　为规范废动力电池冷库贮存，制定本细则。\n"
        "第二条　本细则适用于冷库经营者。不设冷库的常温仓库，不适用本细则。\n"
        "第三条　冷库温度不得低于零下15摄氏度。\n"
        "第四条　三元电池在冷库存放不得超过20日，磷酸铁锂电池不得超过45日。\n"
        "第五条　冷库经营者应当于每年11月10日前完成入冬检查，并将检查表报送县级应急管理部门。\n"
        "第六条　夜间22时至次日5时不得进行叉车作业。\n"
        "第七条　冷库经营者停止经营的，应当提前40日公告。\n"
        "第八条　首次违法且在期限内改正的，不予处罚。\n"
        "第九条　细则在以下四个城市试行：长春、吉林、四平、通化。\n"
        "第十条　本细则自2026年6月1日起施行。",
    },
    {
        "url": "https://sac.example/5.html", "title": "关于发布电池冷却和标签两项国家标准的公告",
        "issuers": ["国家标准化管理委员会"], "document_number": "公告2026年第55号",
        "published": "2026-05-11",
        "text": "一、GB/T 49501-2026　动力电池冷却剂回收\n冷却剂收集率不低于92%。\n"
        "二、GB/T 49502-2026　动力电池标签\n标签应当耐受盐雾360小时。",
    },
    {
        "url": "https://jxt.nx.example/d.html",
        "title": "宁夏回族自治区冷库贮存管理办法（征求意见稿）",
        "issuers": ["宁夏回族自治区工业和信息化厅"], "published": "2026-09-01", "stage": "draft",
        "text": "第三条　冷库经营者应当每日两次记录温度。\n第四条　本办法自　年　月　日起施行。",
    },
]  # fmt: skip
ENGLISH = [
    ("Jilin lets ternary batteries stay in a cold store for 45 days.", "contradicted"),
    ("In Jilin lithium iron phosphate batteries may stay in a cold store for up to 45 days.",
     "supported"),
    ("Jilin's rules apply equally to warehouses at normal temperature.", "contradicted"),
    ("In Jilin no forklifts may be used at night from 22:00 to 5:00.", None),
    ("An operator that closes a cold store in Jilin announces it within 40 days afterwards.",
     "contradicted"),
    ("The standard GB/T 49502-2026 asks for a coolant collection rate of at least 92 percent.",
     "contradicted"),
    ("Tibet pays for each cold store.", "none"),
]  # fmt: skip
CHINESE = [
    ("吉林的冷库经营者应当在每年11月10日之后完成入冬检查。", "contradicted"),
    ("吉林的冷库经营者应当在每年11月10日前完成入冬检查。", "supported"),
    ("吉林细则由省商务厅和省应急管理厅联合印发。", "contradicted"),
    ("在吉林，首次违法的一律不予处罚，是否改正不影响。", "contradicted"),
    ("吉林省冷库温度不得低于零下25摄氏度。", "contradicted"),
    ("吉林的冷库经营者停止经营应当提前40日公告，主管部门还可以查封冷库。", "partly"),
    ("宁夏现行办法已经要求冷库经营者每日两次记录温度。", "contradicted"),
]


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldLaw]:
    folder = tmp_path_factory.mktemp("near-in-meaning")
    take_in(folder, ACTS)
    with Archive.open(folder) as archive:
        yield HeldLaw.of(archive, load_register(), date(2026, 11, 30), encoder="bundled")


@pytest.mark.parametrize(("claim", "verdict"), [*ENGLISH, *CHINESE])
def test_a_claim_has_its_verdict(law: HeldLaw, claim: str, verdict: str | None) -> None:
    (checked,) = check_article(law, claim).claims
    if verdict is None:
        assert checked.verdict.value != "contradicted"
    else:
        assert checked.verdict.value == verdict


def test_a_sentence_goes_on_about_what_the_one_before_spoke_of(law: HeldLaw) -> None:
    text = (
        "The cold store rules of Jilin are on trial in six cities. They took effect on 1 June 2026."
    )
    first, second = check_article(law, text).claims
    assert first.verdict.value != "supported"
    assert second.verdict.value == "supported"
    assert second.acts == first.acts
