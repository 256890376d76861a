"""Label a file of notices without an archive."""

from __future__ import annotations

import json
from typing import Any

import pytest

from classifier.encoder.encoders import LightEncoder
from classifier.label import Labeller
from config.model import Topic
from config.registered_act import RegisteredAct


@pytest.fixture(scope="module")
def labeller(light: LightEncoder, topics: tuple[Topic, ...]) -> Labeller:
    return Labeller(topics, encoder=light)


def answer_to(labeller: Labeller, line: Any) -> dict[str, Any]:
    [answer] = labeller.label_lines([line])
    return answer


def test_a_passage(labeller: Labeller) -> None:
    text = "未按规定报送动力电池溯源信息的，责令限期改正，处五千元以上二万元以下罚款。"
    answer = answer_to(labeller, {"text": text})
    assert {label["topic"] for label in answer["labels"]} >= {"penalty"}
    assert answer["labels"][0]["evidence"] == [{"text": text, "where": "正文第1段"}]
    fine = next(fact for fact in answer["facts"] if fact["kind"] == "fine")
    assert (fine["value"]["min"], fine["value"]["max"]) == (5000, 20000)
    assert answer["stage"] == "final"
    json.dumps(answer)


@pytest.mark.parametrize(
    "line", [{"x": 1}, {"text": 5}, {"text": None, "title": []}, "text", 7, None]
)
def test_bad_lines_are_answered_with_an_error(labeller: Labeller, line: Any) -> None:
    assert set(answer_to(labeller, line)) == {"error"}


@pytest.mark.parametrize(
    "text",
    ["", "电", "\0\0\0", "\ud800电", "锟斤拷烫烫烫動力電池", "Only.", "a\tb\n1", "\u2028", "🔋"],
)  # fmt: skip
def test_odd_texts_get_an_answer(labeller: Labeller, text: str) -> None:
    answer = answer_to(labeller, {"text": text})
    assert answer["labels"] == []
    json.dumps(answer, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "unit", ["x", "电", "动力电池回收。", "动力电池\n", "废旧动力电池\t罚款\n"]
)
def test_a_million_characters_are_answered(labeller: Labeller, unit: str) -> None:
    answer = answer_to(labeller, {"text": (unit * 1_000_000)[:1_000_000]})
    assert {"labels", "stage", "facts"} <= set(answer)


def test_a_date_without_a_year_takes_that_of_the_publication(labeller: Labeller) -> None:
    line = {"text": "参加溯源直连的企业请在5月15日前提交密钥申请表。", "published": "2026-04-01"}
    values = [fact["value"]["date"] for fact in answer_to(labeller, line)["facts"]]
    assert values == ["2026-05-15"]
    assert set(answer_to(labeller, {**line, "published": "April"})) == {"error"}


def test_tables_only(labeller: Labeller) -> None:
    text = "字段名称\t类型\t必填\n电池包编码\t字符型24位\t是\n车辆识别代号\t字符型17位\t是"
    answer = answer_to(labeller, {"title": "动力电池溯源信息接口字段表", "text": text})
    label = next(item for item in answer["labels"] if item["topic"] == "traceability-format")
    assert any(item["where"].startswith("表1行") for item in label["evidence"])


def test_answers_keep_the_order_over_batches(labeller: Labeller) -> None:
    lines: list[Any] = [{"text": f"第{n}号通知"} for n in range(40)]
    lines[3] = {}
    answers = list(labeller.label_lines(lines))
    assert len(answers) == 40
    assert [n for n, answer in enumerate(answers) if "error" in answer] == [3]


def test_a_known_act_by_its_bare_title(topics: tuple[Topic, ...], light: LightEncoder) -> None:
    code = RegisteredAct(
        key="code", title="中华人民共和国循环利用法典", title_en="Code", status="in_force",
        topics=("penalty",), articles={"12": "take-back"},
    )  # fmt: skip
    labeller = Labeller(topics, encoder=light, register=(code,))
    [label] = answer_to(labeller, {"title": "循环利用法典（2026年修订）"})["labels"]
    assert (label["topic"], label["evidence"][0]["where"]) == ("penalty", "标题")
    assert answer_to(labeller, {"title": "关于学习循环利用法典的通知"})["labels"] == []
