"""Mode auto through its public door: filters hold or are let go, hits carry what they say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archive.store import Archive
from domain.law.classify_task import Classification
from noticewatch.application.notice_search import Question, find_notices
from tests.builders import make_duty, make_observation
from tests.noticewatch.asked_world import classify

NOW = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
OUTLETS = (
    "第四条 回收服务网点应当自收到废旧动力电池之日起20日内移交综合利用企业。",
    "第五条 违反第四条规定的，处2万元以上6万元以下罚款。",
    "第六条 本办法自2027年3月1日起施行。",
)


def _act(page: int, title: str, text: tuple[str, ...], **more):
    url = f"https://a.example/{page}.html"
    return make_observation(url, title, text, at=NOW, **more)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with Archive.open(tmp_path_factory.mktemp("asking"), clock=lambda: NOW) as archive:
        archive.ingest(
            _act(
                1, "甘肃省废旧动力电池回收服务网点管理办法", OUTLETS, jurisdiction="CN-GS",
                publisher="甘肃省工业和信息化厅", issuers=("甘肃省工业和信息化厅",),
                published=date(2026, 9, 3), number="甘工信发〔2026〕31号",
            )
        )  # fmt: skip
        archive.ingest(
            _act(
                2, "青海省退役电池贮存指南（征求意见稿）",
                ("仓储企业贮存退役电池不得超过45日。", "意见请于2026年12月20日前发送。"),
                jurisdiction="CN-QH", publisher="青海省生态环境厅", issuers=("青海省生态环境厅",),
                published=date(2026, 11, 12),
            )
        )  # fmt: skip
        archive.ingest(
            _act(
                3, "关于食品标签监督检查情况的通报", ("检查食品标签若干批次。",),
                published=date(2026, 2, 2), publisher="市场监管总局", issuers=("市场监管总局",),
            )
        )  # fmt: skip
        classify(archive)
        yield archive


def ask(archive: Archive, query: str, **more):
    return find_notices(
        archive, Question(query=query, mode="auto", order="rank", **more), encoder=""
    )


def ids(result) -> list[int]:
    return [hit.id for hit in result.hits]


@pytest.mark.parametrize(
    "question",
    [
        "How long do collection outlets in Gansu have to hand batteries over?",
        "outlet rules Lanzhou",
        "甘肃网点多少天内移交",
        "甘工信发〔2026〕31号",
        "Measures, Gansu Department of Industry and Information Technology",
        "notices since September on outlets",
        "回收服务网点管理办法",
    ],
)
def test_an_act_is_found_in_both_languages(archive, question):
    assert ids(ask(archive, question))[0] == 1


def test_the_english_of_the_product_is_searched(archive):
    """Title, issuer and duty in English: none of it stands in the text."""
    assert ids(ask(archive, "guide storage ecology department")) == [2]
    assert ids(ask(archive, "State Administration for Market Regulation bulletin"))[0] == 3


def test_filters_are_told_with_the_words_they_were_read_from(archive):
    result = ask(archive, "What must outlets in Gansu do since September?")
    read = {(one.kind, one.value, one.words) for one in result.filters}
    assert ("jurisdiction", "CN-GS", "Gansu") in read
    assert ("since", "2026-09-01", "since September") in read
    assert ids(result) == [1]
    assert result.let_go == ()


def test_a_filter_that_leaves_nothing_is_let_go_and_said(archive):
    result = ask(archive, "draft guide on storage in Qinghai before 2020")
    assert ids(result) == [2]
    assert result.let_go == ("until",)
    assert [attempt.found for attempt in result.tried] == [0, 1]


def test_nothing_found_says_what_was_tried(archive):
    result = ask(archive, "zorblax in Hainan since July")
    assert result.hits == ()
    assert [dict(attempt.filters) for attempt in result.tried] == [
        {"jurisdiction": "CN-HI", "since": "2026-07-01"}, {"jurisdiction": "CN-HI"}, {},
    ]  # fmt: skip


def test_a_refused_filter_is_not_read(archive):
    result = ask(archive, "storage guide Gansu", refused=("jurisdiction",))
    assert result.filters == ()
    assert set(ids(result)) >= {1, 2}
    kept = ask(archive, "storage guide Gansu", refused=("jurisdiction=CN-QH",))
    assert [one.value for one in kept.filters] == ["CN-GS"]


def test_quoted_words_and_refused_ones_hold(archive):
    assert ids(ask(archive, '电池 "退役电池"')) == [2]
    assert ids(ask(archive, "电池 -退役")) == [1]
    assert ids(ask(archive, "食品 OR 贮存")) == [3, 2] or ids(ask(archive, "食品 OR 贮存")) == [
        2,
        3,
    ]


def test_a_question_without_words_lists_what_its_filters_let_through(archive):
    assert ids(ask(archive, "since October")) == [2]
    assert ids(ask(archive, "Gansu")) == [1]
    assert ids(ask(archive, "")) == [2, 1, 3]


def test_words_that_ask_about_nothing_are_looked_for_as_they_stand(archive):
    assert ids(ask(archive, "请")) == [2]
    assert ids(ask(archive, "吗")) == []
    assert ids(ask(archive, "本办法")) == [1]


def test_hits_carry_status_severity_and_the_answering_duty(archive):
    (hit,) = ask(archive, "甘肃网点多少天内移交综合利用企业").hits
    assert hit.status == "not_yet"
    assert hit.severity in ("red", "amber")
    assert hit.answer is not None
    assert hit.answer.article == "第四条"
    assert hit.answer.quote == OUTLETS[0]
    assert "20日" in hit.answer.zh
    assert "within 20 days" in hit.answer.en


@pytest.mark.parametrize(
    ("question", "quoted", "told"),
    [
        ("How long do outlets in Gansu have to hand over used batteries?", OUTLETS[0], "20 days"),
        ("What is the fine for outlets in Gansu that do not hand over?", OUTLETS[1], "20,000"),
        ("When do the Gansu outlet measures take effect?", OUTLETS[2], "1 March 2027"),
        ("甘肃网点办法什么时候施行", OUTLETS[2], "1 March 2027"),
    ],
)
def test_a_question_of_fact_gets_one_line_with_its_quote(archive, question, quoted, told):
    answer = ask(archive, question).answer
    assert answer is not None
    assert answer.quote == quoted
    assert told in answer.en


@pytest.mark.parametrize(
    "question",
    [
        "How much is the deposit for outlets in Gansu?",
        "What is the fine for burning batteries?",
        "How long must outlets in Gansu keep video recordings?",
        "When must importers register?",
        "甘肃网点押金多少",
        "Which provinces have outlet rules?",
        "outlets Gansu",
    ],
)
def test_where_the_archive_has_no_answer_there_is_none(archive, question):
    assert ask(archive, question).answer is None


def test_a_draft_answers_as_a_draft(archive):
    answer = ask(archive, "How long may batteries be stored under the draft of Qinghai?").answer
    assert answer is not None
    assert answer.en.startswith("Qinghai · Draft: ")
    assert "45" in answer.quote


def test_two_acts_that_differ_give_no_answer(tmp_path):
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        for number, days in ((1, 20), (2, 40)):
            text = f"第四条 回收服务网点应当自收到废旧动力电池之日起{days}日内移交综合利用企业。"
            archive.ingest(_act(number, f"第{number}号网点移交规定", (text,)))
        classify(archive)
        result = ask(archive, "网点应当多少天内移交综合利用企业")
        assert len(result.hits) == 2
        assert result.answer is None


def test_pages_follow_each_other(tmp_path):
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        for number in range(1, 24):
            archive.ingest(_act(number, f"第{number}批回收网点名单", ("网点名单如下。",)))
        seen: list[int] = []
        cursor = None
        while True:
            found = ask(archive, "网点名单", limit=10, cursor=cursor)
            seen += ids(found)
            cursor = found.next_cursor
            if cursor is None:
                break
        assert sorted(seen) == list(range(1, 24))


def test_labels_and_duties_of_later_enter_the_english(tmp_path):
    """The card follows the classifier: nothing is indexed by the crawl that is known later."""
    with Archive.open(tmp_path, clock=lambda: NOW) as archive:
        archive.ingest(_act(1, "某事项通知", ("请照办。",)))
        assert ids(ask(archive, "recyclers report intake")) == []
        task = archive.classification.pending()[0]
        archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(), duties=(make_duty(),), facts=(), model="m",
                relevant_because="register", stage="final",
            )
        )  # fmt: skip
        assert ids(ask(archive, "recyclers report intake")) == [1]
        archive.search_index.rebuild()
        assert ids(ask(archive, "recyclers report intake")) == [1]
