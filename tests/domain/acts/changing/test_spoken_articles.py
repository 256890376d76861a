"""An article that a text speaks of is in doubt, whatever the words, unless they are known to change
nothing."""

from __future__ import annotations

import pytest

from domain.acts.references import Reference, references
from domain.text.document_numbers import find_document_numbers

TITLE = "临川市动力电池暂存场所管理规定"
NUMBER = "临环规〔2024〕9号"
PLAIN = "关于暂存场所有关事项的通知"


def on_the_act(title: str, text: str) -> list[Reference]:
    said = f"各有关单位：\n现通知如下：\n一、{text}\n二、请各单位遵照办理。"
    return [
        item
        for item in references(title, said)
        if TITLE in item.title or item.document_number == NUMBER
    ]


def doubted(text: str, title: str = PLAIN) -> set[str]:
    return {label for item in on_the_act(title, text) for label in item.terms.doubtful}


ORDERS = (
    "{}束之高阁。", "{}的频次，由每月一次变成每季一次。", "{}的吨数以八吨计。", "{}划归交通局掌管。",
    "{}项下的罚款减半收取。", "{}的义务由车企承担。", "{}只对新设场所有效。", "{}所列数额翻一番。",
    "就{}，本市执行四十五日的期限。", "对{}作扩大理解。", "企业可不执行{}。", "{}要求的年检不做了。",
    "自2026年1月1日起，{}的期限为四十五日。", "{}的期限顺延至下一个工作日。", "{}搁到明年再说。",
    "{}的处罚幅度另行规定。", "{}所定期限，比照危险废物办理。", "免除{}的报送义务。",
)  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "name", [f"《{TITLE}》", f"《{TITLE}》（{NUMBER}）", NUMBER, f"{NUMBER}文件"]
)
def test_orders_in_words_of_no_list_leave_the_article_in_doubt(order: str, name: str) -> None:
    assert doubted(order.format(f"{name}第六条")) == {"第六条"}


@pytest.mark.parametrize(
    "words",
    [
        "{}第六条所称“暂存”，包括临时停放。",
        "{}第六条所称“暂存时间”，自入库次日起计算。",
        "{}第六条不能改变省级规则。",
        "{}第六条有新规定的，从其规定。",
        "依据《某省条例》第三条、{}第六条，制定本通知。",
        "向{}第六条规定的部门报告。",
        "{}第六条规定的场所应当张贴标志。",
        "暂存不超过三十日（{}第六条）。",
        "违法行为 | {}第六条 | 处一万元罚款",
        "该企业未达到{}第六条，责令改正。",
        "{}第六条执行情况由县局检查。",
        "{}第六条继续有效。",
        "{}第六条规定，场所应当防雨。",
        "建议对{}第六条作扩大理解。",
        "与{}第六条相一致。",
    ],
)
def test_words_that_are_known_to_change_nothing_leave_it(words: str) -> None:
    assert doubted(words.format(f"《{TITLE}》")) == set()


def test_beside_an_order_that_is_read_an_article_in_other_words_is_in_doubt() -> None:
    title = f"关于修改《{TITLE}》的决定"
    text = "一、第四条中的“五吨”修改为“八吨”。\n二、第六条往后搁一搁。"
    assert [item.terms.doubtful for item in references(title, text)] == [("第六条",)]


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (PLAIN, f"本局制定的《{TITLE}》，其中第六条的吨数以八吨计。"),
        (PLAIN, f"对《{TITLE}》作如下安排：\n（一）免除第六条的报送义务。"),
        (PLAIN, f"对《{TITLE}》作如下安排：\n（一）自2026年1月1日起，第六条的期限为一月。"),
        (PLAIN, f"《{TITLE}》第三条照旧执行。该规定第六条搁到明年再说。"),
        (f"关于调整《{TITLE}》有关规定的通知", "企业可不执行第六条。"),
    ],
)
def test_an_article_of_the_act_that_is_meant_is_in_doubt_too(title: str, text: str) -> None:
    assert "第六条" in doubted(text, title)


def test_a_value_beside_the_act_without_its_article_leaves_all_in_doubt() -> None:
    assert doubted(f"《{TITLE}》规定的贮存期限为四十五日。") == {"*"}


def test_an_order_that_is_read_is_also_carried_out() -> None:
    (item,) = on_the_act(PLAIN, f"《{TITLE}》第六条中“五吨”二字，读作“八吨”。")
    assert (item.effect, item.terms.doubtful) == ("amended", ())


@pytest.mark.parametrize("verb", ["凡", "把", "免除", "恢复"])
def test_a_verb_before_a_number_is_none_of_its_agency(verb: str) -> None:
    assert find_document_numbers(f"{verb}{NUMBER}第六条") == [NUMBER]
