"""Predict the topics of a notice and the passages they rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

from classifier.encoder.bundled_weights import ModelUnavailable
from classifier.encoder.encoders import LightEncoder
from classifier.topics import predictor as judge_module
from classifier.topics.heads import load_heads
from classifier.topics.passages import Passage, notice_passages
from classifier.topics.predictor import TopicClassifier, make_predictor
from config.model import Bilingual, Topic

CONTEXT = "废旧动力电池："

REPORT = "综合利用企业应当在接收废旧动力电池后三十日内登录溯源信息平台填报入库信息。"
FINE = "未按规定移交退役动力电池的，责令改正，处五千元以上二万元以下罚款。"
OTHER = "食品经营者应当建立食品安全追溯体系，违反规定的处一万元罚款。"


@pytest.fixture(scope="module")
def judge(light: LightEncoder, topics: tuple[Topic, ...]) -> TopicClassifier:
    return TopicClassifier(topics, load_heads(), encoder=light)


def _topics(judge: TopicClassifier, title: str, text: str) -> set[str]:
    (prediction,) = judge.predict_many([notice_passages(title, text)])
    return {label.topic for label in prediction.labels}


def test_labels_rest_on_their_passages(judge: TopicClassifier) -> None:
    (found,) = judge.predict_many([notice_passages("", f"{OTHER}\n{REPORT}\n{FINE}")])
    evidence = {label.topic: label.evidence for label in found.labels}
    assert evidence["portal"][0].text == REPORT
    assert evidence["portal"][0].where == "正文第2段"
    assert [item.text for item in evidence["penalty"]] == [FINE]
    assert found.model.startswith("multilingual-e5-small-q4+")
    assert all(0 < label.score <= 1 for label in found.labels)


@pytest.mark.parametrize(
    "text",
    [
        OTHER,
        "废铅蓄电池回收企业应当在平台填报数量，违反的处一万元罚款。",
        "电动自行车锂电池以旧换新补贴六百元。",
        "本办法自2026年4月1日起施行。",
        "锂离子电池制造企业规范条件公示名单（第十批）。",
        "",
    ],
)
def test_neighbours_get_no_label(judge: TopicClassifier, text: str) -> None:
    assert _topics(judge, "", text) == set()


def test_a_clause_without_a_battery_word_counts_in_its_notice_only(judge: TopicClassifier) -> None:
    clause = "第三十条 逾期不改正的，处一万元以上三万元以下罚款。"
    assert _topics(judge, "", clause) == set()
    assert "penalty" in _topics(judge, "废旧动力电池回收利用管理办法", f"{REPORT}\n{clause}")
    assert _topics(judge, "食品安全管理办法", f"{OTHER}\n{clause}") == set()


def test_a_sanction_that_cites_an_article_of_the_field(judge: TopicClassifier) -> None:
    text = (
        "第二十一条 回收拆解企业应当将报废新能源汽车动力蓄电池的编码、流向录入溯源管理平台。\n"
        "第三十条 回收拆解企业应当硬化地面。\n"
        "第四十六条 违反本细则第二十一条规定的，责令改正，处一万元以上三万元以下罚款。\n"
        "第四十七条 违反本细则第三十条规定的，责令改正，处五万元以下罚款。"
    )
    (found,) = judge.predict_many([notice_passages("报废机动车回收管理办法实施细则", text)])
    penalty = next(label for label in found.labels if label.topic == "penalty")
    assert [item.where for item in penalty.evidence] == ["第四十六条"]


def test_a_sanction_in_the_act_of_a_neighbouring_field(judge: TopicClassifier) -> None:
    text = (
        "第八条 电动自行车蓄电池应当标明容量和生产日期。\n"
        "第十条 电动自行车充电场所应当配备灭火设施。\n"
        "第二十二条 任何单位不得将退役动力电池改装后销售给电动自行车使用者。\n"
        "第三十条 违反本条例第八条规定的，处三千元以下罚款。\n"
        "第三十一条 违反本条例第二十二条规定的，没收违法所得，处二万元以上十万元以下罚款。"
    )
    (found,) = judge.predict_many([notice_passages("市电动自行车管理条例", text)])
    evidence = {label.topic: [item.where for item in label.evidence] for label in found.labels}
    assert "cascade-use" in evidence
    assert evidence["penalty"] == ["第三十一条"]


def test_naming_the_field_once_in_a_list_is_not_enough(judge: TopicClassifier) -> None:
    plan = "\n".join([
        "提升交通、能源、水利基础设施水平。",
        "统筹推进废旧家电、报废汽车、动力电池、光伏组件、风电叶片等再生资源产业发展。",
        "加快数字政府建设，优化营商环境。", "发展低空经济，培育新兴产业。",
    ])  # fmt: skip
    assert _topics(judge, "国民经济和社会发展第十五个五年规划", plan) == set()


def test_an_operators_topic_works_without_training(
    light: LightEncoder, topics: tuple[Topic, ...]
) -> None:
    own = Topic(
        id="insurance", name=Bilingual(zh="电池保险"), definition=Bilingual(zh="动力电池的保险"),
        terms=("保险公司", "电池险", "保费", "理赔"),
        prototypes_zh=("保险公司对事故车的动力电池定损理赔。", "推出动力电池衰减保险产品。"),
    )  # fmt: skip
    judge = TopicClassifier((*topics, own), load_heads(), encoder=light)
    assert judge.own_topics == [own]
    assert "insurance" in _topics(
        judge, "", "保险公司应对动力电池单独定损，理赔后残值电池移交回收。"
    )
    assert "insurance" not in _topics(judge, "", REPORT)
    assert "portal" in _topics(judge, "", REPORT)


def test_an_edited_topic_is_asked_by_its_sentences_too(
    light: LightEncoder, topics: tuple[Topic, ...]
) -> None:
    edited = [
        topic.model_copy(update={"terms": (*topic.terms, "碳足迹")})
        if topic.id == "recycled-material" else topic
        for topic in topics
    ]  # fmt: skip
    assert [t.id for t in TopicClassifier(edited, load_heads(), encoder=light).own_topics] == [
        "recycled-material"
    ]


class BrokenEncoder:
    id = "multilingual-e5-small-q4"
    dim = 384

    def embed_documents(self, texts: object) -> object:
        raise ModelUnavailable("the model is gone")

    embed_queries = embed_documents


def test_without_the_model_rules_serve_and_say_so(topics: tuple[Topic, ...]) -> None:
    judge = TopicClassifier(topics, load_heads(), encoder=BrokenEncoder())  # type: ignore[arg-type]
    (found,) = judge.predict_many([notice_passages("", REPORT)])
    assert "portal" in {label.topic for label in found.labels}
    assert found.model == "rules"
    assert judge.failure == "the model is gone"


def test_heads_of_another_encoder_are_not_used(
    fake_encoder: object, topics: tuple[Topic, ...]
) -> None:
    judge = TopicClassifier(topics, load_heads(), encoder=fake_encoder)  # type: ignore[arg-type]
    (found,) = judge.predict_many([notice_passages("", REPORT)])
    assert found.model == "rules"
    assert "portal" in {label.topic for label in found.labels}
    assert judge.failure is not None


def test_without_heads_terms_serve(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, topics: tuple[Topic, ...], light: LightEncoder
) -> None:
    monkeypatch.setattr(judge_module, "HEADS_DIR", tmp_path)
    judge = make_predictor(topics, light)
    related, other = judge.predict_many([notice_passages("", REPORT), notice_passages("", OTHER)])
    assert "portal" in {label.topic for label in related.labels}
    assert related.labels[0].model == "rules:terms"
    assert not other.labels
    assert judge.failure is not None


def test_identical_passages_are_encoded_once(
    topics: tuple[Topic, ...], light: LightEncoder
) -> None:
    asked: list[str] = []

    class Counting:
        id, dim = light.id, light.dim

        def embed_documents(self, texts: list[str]) -> object:
            asked.extend(texts)
            return light.embed_documents(texts)

        embed_queries = embed_documents

    judge = TopicClassifier(topics, load_heads(), encoder=Counting())  # type: ignore[arg-type]
    judge.predict_many([notice_passages("", REPORT), notice_passages("", f"{REPORT}\n{REPORT}")])
    assert asked == [REPORT]


def test_topics_of_what_changed_not_of_the_title(judge: TopicClassifier) -> None:
    title = "动力电池梯次利用管理办法"
    changed = [Passage("逾期不改正的，处一万元以上三万元以下罚款。", "第三十条")]
    assert judge.topics_of(title, changed) == ("penalty",)
    assert judge.topics_of(title, [Passage("联系电话：12345。", "附则")]) == ()


def test_context_passages_show_their_own_words(judge: TopicClassifier) -> None:
    clause = "企业应当在接收之日起三十日内，通过信息平台报送数量、来源和去向。"
    (found,) = judge.predict_many([notice_passages("废旧动力电池回收管理办法", clause)])
    portal = next(label for label in found.labels if label.topic == "portal")
    assert portal.evidence[-1].text == clause
    assert CONTEXT not in portal.evidence[-1].text


@pytest.mark.parametrize(
    ("title", "relevant"),
    [("废铅蓄电池收集管理办法", False), ("动力电池收集管理办法", True)],
)
def test_a_clause_without_a_mark_follows_the_field_of_its_notice(
    judge: TopicClassifier, title: str, relevant: bool
) -> None:
    text = (
        "第二条 收集网点应当公布地址。\n"
        "第三条 电池生产企业未建立回收体系的，责令改正，处以罚款。\n第四条 自发布之日起施行。"
    )
    assert bool(_topics(judge, title, text)) == relevant


def test_one_clause_of_ours_makes_a_notice_of_a_neighbour_relevant(judge: TopicClassifier) -> None:
    text = f"第一条 铅蓄电池生产企业应当建立收集网点。\n第二条 废酸不得倾倒。\n第三条 {REPORT}"
    assert "portal" in _topics(judge, "废铅蓄电池收集管理办法", text)
