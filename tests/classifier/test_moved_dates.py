"""A day that was moved twice: no duty and no first line tells an earlier one as live."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from archive.store import Archive
from classifier import run as classify
from classifier.topics.predictor import KeywordClassifier
from domain.law.headlines.headline_choice import tellable_change
from i18n.headline_text import first_line
from tests.classifier.test_law_in_time import address, stored

RULES = "湖北省废旧动力电池溯源信息平台注册办法"
ACTS = [
    {"id": "rules", "title": RULES, "document_number": "鄂经信规〔2026〕2号", "published": "2026-03-02",
     "text": "第一条　为规范入库登记，制定本办法。\n第二条　综合利用企业应当于2027年2月28日前在省溯源平台完成库存电池登记。\n"
     "第三条　违反本办法第二条规定的，由工业和信息化主管部门责令改正，处二万元以上四万元以下罚款。\n"
     "第四条　本办法自2026年4月1日起施行。"},
    {"id": "first", "title": "湖北省经济和信息化厅关于延长废旧动力电池溯源信息平台注册期限的通知",
     "document_number": "鄂经信函〔2026〕31号", "published": "2026-05-11",
     "text": f"《{RULES}》（鄂经信规〔2026〕2号）第二条规定的登记期限，由2027年2月28日延长至2027年8月31日。\n本通知自印发之日起施行。"},
    {"id": "fine", "title": f"湖北省经济和信息化厅关于修改《{RULES}》的决定",
     "document_number": "鄂经信规〔2026〕9号", "published": "2026-06-15",
     "text": f"决定对《{RULES}》（鄂经信规〔2026〕2号）作如下修改：\n第三条中的“二万元以上四万元以下”修改为“五万元以上八万元以下”。\n本决定自公布之日起施行。"},
    {"id": "second", "title": "湖北省经济和信息化厅关于再次延长废旧动力电池溯源信息平台注册期限的通知",
     "document_number": "鄂经信函〔2026〕77号", "published": "2026-07-20",
     "text": f"《{RULES}》（鄂经信规〔2026〕2号）第二条规定的登记期限，由2027年8月31日延长至2027年12月31日。\n本通知自印发之日起施行。"},
]  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    acts = [{**act, "issuer": "湖北省经济和信息化厅", "jurisdiction": "CN-HB"} for act in ACTS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            classify, "make_predictor", lambda topics, encoder: KeywordClassifier(topics, "test")
        )
        with stored(tmp_path_factory.mktemp("moved"), acts) as opened:
            yield opened


def line_of(archive: Archive, act: str) -> str:
    found = archive.notices.by_url(address(act))
    assert found is not None
    notice = archive.notices.get(found.id)
    assert notice is not None
    return first_line(notice, tellable_change(notice), "en")


def test_every_duty_has_the_last_day(archive: Archive) -> None:
    days = [
        duty.when.date
        for notice in archive.notices.iterate()
        for duty in notice.duties
        if duty.when is not None and duty.when.date is not None
    ]
    assert days
    assert set(days) == {"2027-12-31"}


@pytest.mark.parametrize(
    ("act", "live", "before"),
    [("first", "31 Aug 2027", "28 Feb 2027"), ("fine", "31 Aug 2027", None),
     ("second", "31 Dec 2027", "31 Aug 2027")],
)  # fmt: skip
def test_a_first_line_tells_the_day_of_its_time(
    archive: Archive, act: str, live: str, before: str | None
) -> None:
    told = line_of(archive, act)
    now, _, earlier = told.partition("(was ")
    assert live in now
    assert re.findall(r"\d{1,2} \w{3} 2027", now) == [live]
    assert (before in earlier) if before else "2027" not in earlier


def test_what_is_corrected_from_the_beginning_is_so_in_the_duties(
    tmp_path_factory: pytest.TempPathFactory, archive: Archive
) -> None:
    wrong = ACTS[0]["text"].replace("于2027年2月28日前", "自收到之日起三十日内")
    corrected = [
        {**ACTS[0], "text": wrong},
        {**ACTS[1], "title": f"关于《{RULES}》的更正", "document_number": "",
         "text": f"《{RULES}》（鄂经信规〔2026〕2号）印发文本有误，更正如下：第二条中的“三十日”应为“二十日”。"},
    ]  # fmt: skip
    acts = [{**act, "issuer": "湖北省经济和信息化厅", "jurisdiction": "CN-HB"} for act in corrected]
    with stored(tmp_path_factory.mktemp("corrected"), acts) as opened:
        found = opened.notices.by_url(address("rules"))
        assert found is not None
        lengths = [duty.when.duration for duty in found.duties if duty.when is not None]
    assert lengths == ["P20D"]
