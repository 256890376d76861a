"""Which passages deserve the model: by words alone, without any encoder."""

from __future__ import annotations

import pytest

from classifier.topics import prefilter as gate_module
from classifier.topics.heads import load_heads
from classifier.topics.passages import TITLE, Passage
from classifier.topics.prefilter import PassageFilter, is_neighbouring_field
from config.model import Bilingual, Topic

CONTEXT = "废旧动力电池："

STRONG = "综合利用企业应当将第{}批废旧动力电池的溯源信息在三十日内报送。"
CLAUSE = "逾期不改正的，处一万元以上三万元以下罚款。"
PLAIN = "各单位应当按照会议要求做好第{}项工作，确保取得实效。"
NEIGHBOUR = "铅蓄电池生产企业应当在第{}季度内报送回收量，违反的处一万元罚款。"


@pytest.fixture(scope="module")
def gate() -> PassageFilter:
    return PassageFilter(load_heads())


def body(*texts: str) -> list[Passage]:
    return [Passage(text, f"正文第{number}段") for number, text in enumerate(texts, 1)]


def chosen(gate: PassageFilter, passages: list[Passage]) -> list[str]:
    return [item.passage.text for item in gate.select(passages)]


def test_only_what_bears_a_trace_passes(gate: PassageFilter) -> None:
    strong = STRONG.format("一")
    assert chosen(gate, body(PLAIN.format("一"), strong, CLAUSE)) == [strong]
    assert chosen(gate, body(strong, strong)) == [strong]


@pytest.mark.parametrize(("strong", "plain", "in_context"), [(3, 8, True), (2, 8, False), (3, 9, False)])  # fmt: skip
def test_many_strong_passages_make_a_notice_of_the_field(
    gate: PassageFilter, strong: int, plain: int, in_context: bool
) -> None:
    texts = [STRONG.format(n) for n in range(strong)] + [PLAIN.format(n) for n in range(plain)]
    found = {item.passage.text: item for item in gate.select(body(*texts, CLAUSE))}
    assert (CLAUSE in found) == in_context
    assert set(texts[:strong]) <= set(found)
    if in_context:
        assert (found[CLAUSE].in_context, found[CLAUSE].text) == (True, CONTEXT + CLAUSE)


def test_a_title_of_the_field_brings_the_clause_in(gate: PassageFilter) -> None:
    title = Passage("新能源汽车废旧动力电池回收利用管理办法", TITLE)
    assert CLAUSE in chosen(gate, [title, *body(PLAIN.format("一"), CLAUSE)])
    other = Passage("食品安全追溯管理办法", TITLE)
    assert CLAUSE not in chosen(gate, [other, *body(PLAIN.format("一"), CLAUSE)])


def test_an_article_of_the_field_is_followed_to_its_penalty(gate: PassageFilter) -> None:
    duty = Passage(STRONG.format("一"), "第十二条")
    penalty = "违反本办法第十二条规定的，处一万元以上三万元以下罚款。"
    fillers = body(*(PLAIN.format(n) for n in range(8)))
    assert penalty in chosen(gate, [duty, *fillers, Passage(penalty, "第三十条")])
    unrelated = penalty.replace("第十二条", "第十三条")
    assert unrelated not in chosen(gate, [duty, *fillers, Passage(unrelated, "第三十条")])


@pytest.mark.parametrize(("neighbours", "strong", "near"), [(2, 1, True), (2, 2, False), (1, 0, False)])  # fmt: skip
def test_a_neighbouring_field_needs_the_majority(neighbours: int, strong: int, near: bool) -> None:
    texts = [NEIGHBOUR.format(n) for n in range(neighbours)]
    texts += [STRONG.format(n) for n in range(strong)]
    assert is_neighbouring_field(body(*texts)) is near


def test_a_notice_of_a_neighbouring_field_lets_only_strong_passages_through(
    gate: PassageFilter,
) -> None:
    title = Passage("铅蓄电池回收利用管理办法", TITLE)
    weak, strong = "回收企业应当在平台填报溯源信息和入库数量。", STRONG.format("一")
    texts = body(weak, strong, PLAIN.format("一"))
    assert chosen(gate, texts) == [weak, strong]
    assert [text for text in chosen(gate, [title, *texts]) if text != title.text] == [strong]
    topic = Topic(
        id="plants", name=Bilingual(zh="平台"), definition=Bilingual(zh="平台"), terms=("入库数量",)
    )
    own = PassageFilter(load_heads(), [topic])
    assert [text for text in chosen(own, [title, *texts]) if text != title.text] == [weak, strong]


def test_the_most_likely_are_kept_in_reading_order(
    gate: PassageFilter, monkeypatch: pytest.MonkeyPatch
) -> None:
    passages = body(*(STRONG.format(n) for n in range(6)), "废旧动力电池等。")
    scores = {item.passage.text: item.score for item in gate.select(passages)}
    assert len(scores) == 7
    monkeypatch.setattr(gate_module, "MOST", 3)
    kept = chosen(gate, passages)
    assert len(kept) == 3
    assert kept == [text for text in scores if text in kept]
    assert min(scores[text] for text in kept) >= max(
        score for text, score in scores.items() if text not in kept
    )


def test_the_terms_of_an_own_topic_pass() -> None:
    topic = Topic(id="plants", name=Bilingual(zh="工厂"), definition=Bilingual(zh="工厂"), terms=("示例工厂",))  # fmt: skip
    text = "请示例工厂于五日内到会。"
    assert chosen(PassageFilter(load_heads(), [topic]), body(text)) == [text]
    assert chosen(PassageFilter(load_heads()), body(text)) == []
