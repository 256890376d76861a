"""How an act reads on a day: as issued, as a later decision amends it, until it is repealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.law.provisions import provisions_on
from domain.records.fact import Fact
from domain.records.observation import Observation
from domain.records.states import FactKind

Observe = Callable[..., Observation]
ACT = "某省废旧动力电池回收利用管理办法"
TEXT = (
    "第一条 综合利用企业应当自接收之日起三十日内报送入库信息。\n"
    "第二条 违反本办法第一条规定的，处五千元以上二万元以下罚款。\n"
    "第三条 本办法自2025年6月1日起施行。"
)
DECISION = (
    f"决定对《{ACT}》作如下修改：\n"
    "一、第一条中的“三十日”修改为“十日”。\n"
    "本决定自2026年3月1日起施行。"
)


def _stored(archive: Archive, observe: Observe, name: str, title: str, text: str, day: str) -> int:
    result = archive.ingest(
        observe(url=f"https://a.gov.cn/{name}", title=title, text=text, published=date(2025, 5, 1))
    )
    effective = Fact.from_json(kind=FactKind.EFFECTIVE_DATE, value=day, quote=day, where="附则")
    for task in archive.classification.pending():
        if task.notice_id != result.notice_id:
            continue  # an act that this one changes waits to be read anew
        archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), facts=(effective,), stage="final",
                relevant_because="register", model="test",
            )
        )  # fmt: skip
    return result.notice_id


def test_the_text_of_a_day_and_the_act_that_made_it_so(archive: Archive, observe: Observe) -> None:
    act = _stored(archive, observe, "act", ACT, TEXT, "2025-06-01")
    decision = _stored(
        archive, observe, "decision", f"关于修改《{ACT}》的决定", DECISION, "2026-03-01"
    )
    known = archive.ledger.provisions(act)
    before = {item.article: item for item in provisions_on(known, date(2026, 2, 28))}
    after = {item.article: item for item in provisions_on(known, date(2026, 3, 1))}
    assert "三十日" in before["第一条"].text
    assert before["第一条"].until == date(2026, 2, 28)
    assert "自接收之日起十日内" in after["第一条"].text
    assert (after["第一条"].source_id, after["第二条"].source_id) == (decision, act)
    assert provisions_on(known, date(2025, 5, 31)) == []
