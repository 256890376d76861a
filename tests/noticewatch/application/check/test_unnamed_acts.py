"""Two articles of trade media that name hardly an act: held against the sentences on their matter.

They contradict each other and the law on days, periods, rhythms, bodies and who pays.
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
        "url": "https://gxb.example/300.html", "title": "退役动力电池仓储溯源管理办法",
        "issuers": ["工业和信息化部"], "document_number": "工信部规〔2026〕300号",
        "published": "2026-03-02",
        "text": "第一条　为规范退役动力电池仓储溯源，制定本办法。\n"
        "第二条　仓储企业应当在退役动力电池入库之日起8日内报送入库信息，在出库之日起3日内报送出库去向。\n"
        "第三条　仓储企业的入库台账保存期限不得少于6年。\n"
        "第四条　退役动力电池的存放时间不得超过9个月。\n"
        "第五条　仓储企业应当每季度报送库存清单。\n"
        "第六条　入库检测费用由电池生产企业承担。\n"
        "第七条　全国仓储溯源的监督管理由工业和信息化部负责。\n"
        "第八条　伪造入库记录的，处2万元以上6万元以下罚款。\n"
        "第九条　本办法自2026年5月1日起施行。",
    },
    {
        "url": "https://gxb.example/77.html", "title": "关于延长库存历史数据补报期限的公告",
        "issuers": ["工业和信息化部"], "document_number": "工业和信息化部公告2026年第77号",
        "published": "2026-06-20",
        "text": "一、库存历史数据补报期限由2026年6月30日延长至2026年9月30日。",
    },
    {
        "url": "https://jxt.sc.example/4.html", "title": "四川省退役动力电池跨省转移管理规定",
        "issuers": ["四川省经济和信息化厅"], "document_number": "川经信规〔2026〕4号",
        "published": "2026-04-11",
        "text": "第三条　退役动力电池跨省转移的，转出单位应当在转移前4个工作日填报转移计划。\n"
        "第四条　转移平台的网址为https://zy.sc.example/in。\n"
        "第五条　本规定自2026年5月20日起施行。",
    },
    {
        "url": "https://hb.example/draft.html",
        "title": "退役动力电池船舶运输管理办法（征求意见稿）", "issuers": ["交通运输部"],
        "published": "2026-08-01",
        "text": "第三条　托运人应当在装船36小时前向海事管理机构申报。\n第四条　本办法自　年　月　日起施行。",
    },
]  # fmt: skip
ENGLISH = [
    ("Warehouses must report incoming batteries within 8 days.", "supported"),
    (
        "Records of incoming batteries are kept for at least half a decade by warehouses.",
        "contradicted",
    ),
    ("Retired batteries may be stored for 4 months at most.", "contradicted"),
    ("Warehouses send in their stock list every month.", "contradicted"),
    ("Historical data on stock had to be back-filled by 30 June 2026.", "outdated"),
    ("Historical data on stock can be back-filled until 30 September 2026.", "supported"),
    ("In Sichuan a transfer is entered within 4 working days after the transfer.", "contradicted"),
    ("The shipper must declare 36 hours before loading the ship.", "contradicted"),
    ("Hainan pays a premium to each warehouse.", None),
]
CHINESE = [
    ("仓储企业应当在退役动力电池入库之日起8日内报送入库信息。", "supported"),
    ("仓储企业应当在退役动力电池入库前8日报送入库信息。", "contradicted"),
    ("退役动力电池的存放时间不得超过12个月。", "contradicted"),
    ("仓储企业应当每月报送库存清单。", "contradicted"),
    ("入库检测费用由仓储企业承担。", "contradicted"),
    ("全国仓储溯源的监督管理由商务部负责。", "contradicted"),
    ("伪造入库记录的，处2万元以上6万元以下罚款。", "supported"),
    ("伪造入库记录的，处2万元以上6万元以下罚款，并吊销营业执照。", None),
    ("四川转移平台的网址是https://zy.gd.example。", "contradicted"),
]


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldLaw]:
    folder = tmp_path_factory.mktemp("unnamed")
    take_in(folder, ACTS)
    with Archive.open(folder) as archive:
        yield HeldLaw.of(archive, load_register(), date(2026, 11, 30))


@pytest.mark.parametrize("article", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_each_claim_of_an_article(law: HeldLaw, article: list[tuple[str, str | None]]) -> None:
    joint = " " if article is ENGLISH else ""
    checked = check_article(law, joint.join(claim for claim, _ in article)).claims
    told = [item.text.rstrip("。.") for item in checked]
    assert told == [text.rstrip("。.") for text, _ in article]
    for item, (text, verdict) in zip(checked, article, strict=True):
        if verdict is None:
            assert item.verdict not in ("supported", "contradicted"), text
        else:
            assert (item.text, item.verdict.value) == (item.text, verdict), text
