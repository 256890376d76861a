"""Which single fact a question asks for."""

from __future__ import annotations

import pytest

from domain.questions.fact_questions import AskedFact, asked_fact


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("What is the fine for not filing?", AskedFact.FINE),
        ("How much are recyclers fined?", AskedFact.FINE),
        ("What penalties follow a false declaration?", AskedFact.FINE),
        ("未备案罚多少", AskedFact.FINE),
        ("擅自拆解怎么处罚", AskedFact.FINE),
        ("When does Order 73 take effect?", AskedFact.EFFECT),
        ("新办法什么时候施行", AskedFact.EFFECT),
        ("Until when can one comment on the draft?", AskedFact.COMMENTS),
        ("意见截止到哪天", AskedFact.COMMENTS),
        ("公示期到什么时候", AskedFact.COMMENTS),
        ("Until when are the measures valid?", AskedFact.VALIDITY),
        ("有效期多久", AskedFact.VALIDITY),
        ("Which documents must an applicant submit?", AskedFact.DOCUMENTS),
        ("需要哪些材料", AskedFact.DOCUMENTS),
        ("Which platform do outlets use?", AskedFact.PORTAL),
        ("Where do I register an account?", AskedFact.PORTAL),
        ("在哪里填报", AskedFact.PORTAL),
        ("How long do importers have to report?", AskedFact.PERIOD),
        ("Within how many days must it be handed over?", AskedFact.PERIOD),
        ("By when must accounts be moved?", AskedFact.PERIOD),
        ("台账保存几年", AskedFact.PERIOD),
        ("多少天内移交", AskedFact.PERIOD),
        ("What state of charge is allowed?", AskedFact.LIMIT),
        ("堆高不得超过多少", AskedFact.LIMIT),
        ("Which provinces have fines for outlets?", None),
        ("哪些企业被撤销", None),
        ("black mass", None),
        ("梯次利用", None),
        ("Is cascade use still allowed?", None),
    ],
)
def test_the_kind_of_fact(question, fact):
    assert asked_fact(question) is fact
