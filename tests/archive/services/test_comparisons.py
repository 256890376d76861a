"""Compare a decision with the act that it amends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from archive.store import Archive
from domain.records.observation import Observation
from tests.domain.acts.amended_act import BASE, TITLE


def test_a_decision_is_compared_with_the_act_that_it_amends(
    archive: Archive, observe: Callable[..., Observation]
) -> None:
    base = archive.ingest(
        observe(title=TITLE, text=BASE, number="工业和信息化部令第40号", published=date(2016, 1, 1))
    )
    decision = archive.ingest(
        observe(
            "https://a.gov.cn/2",
            f"关于修改《{TITLE}》的决定",
            f"决定对《{TITLE}》作如下修改：\n一、第五条中的“三万元”修改为“五万元”。\n二、修改为别的。",
            number="工业和信息化部令第80号",
            published=date(2025, 1, 1),
        )
    )
    (pair,) = archive.editions.act_pairs(decision.notice_id)
    assert (pair.predecessor_id, pair.relation, pair.probable) == (base.notice_id, "amends", False)
    diff = pair.diff()
    assert diff.substantive
    assert [span.text for span in diff.parts[0].spans if span.op != "equal"] == ["三万元", "五万元"]
    assert pair.left == ("二、修改为别的",)
    task = next(
        task for task in archive.classification.pending() if task.notice_id == decision.notice_id
    )
    assert [(acts.before.text, "五万元" in acts.after.text) for acts in task.acts] == [(BASE, True)]
    notice = archive.notices.get(base.notice_id)
    assert notice is not None
    assert notice.status == "amended"
