"""An answer in the act's own words: the clause on what is asked, or none."""

from __future__ import annotations

import pytest

from domain.questions.answering_clauses import clauses_of
from domain.questions.fact_questions import asked_fact, asked_time
from domain.questions.question_concepts import concepts_of
from noticewatch.application.asked.sentence_answers import best_clause, fitting_clauses

ARTICLES = [
    ("第二条", "贮存企业应当在场所启用前15个工作日备案。"),
    ("第三条", "漏液电池应当在独立隔间存放，存放时间不得超过7日。"),
    ("第四条", "贮存企业应当在入库之日起4日内报送入库信息，在出库之日起9日内报送出库去向。"),
    ("第五条", "进口电池包的，应当在海关放行之日起20日内登记。"),
    ("第六条", "登记期限由6月30日延长至9月30日。"),
    ("第七条", "原登记应当在6月30日前完成。"),
]


def answer(question: str) -> str | None:
    fact = asked_fact(question)
    assert fact is not None
    clauses = list(clauses_of(ARTICLES, fact, asked_time(question)))
    concepts = [(one, 1.0 if one.sure else 0.35) for one in concepts_of(question)]
    found = best_clause(fitting_clauses(clauses, concepts, notice_id=1, title="贮存管理办法"))
    return None if found is None else found.clause.text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("漏液电池在独立隔间最多存放多少天", "7日"),
        ("入库信息多少天内报送", "4日"),
        ("出库去向多少天内报送", "9日"),
        ("How long may leaking batteries be kept in the separate compartment?", "7日"),
        ("登记延长到哪天", "延长至9月30日"),
    ],
)
def test_the_clause_that_speaks_of_it(question, words):
    assert words in (answer(question) or "")


@pytest.mark.parametrize(
    "question",
    [
        "出口电池包在海关放行后多少天内登记",  # of imports only
        "视频资料保存多少天",
        "How long must fire drill records be kept?",
        "多少天内培训消防人员",
    ],
)
def test_what_no_clause_speaks_of_is_not_answered(question):
    assert answer(question) is None
