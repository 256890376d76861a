"""Read which acts a text names, and what it says becomes of them."""

from __future__ import annotations

from typing import Any

import pytest

from domain.acts.references import references
from domain.acts.titles import title_marks
from tests.domain.acts.repealing_act import NEW, NEW_TEXT, OLD


def named(title: str, text: str, **more: Any) -> dict[str, tuple[str, str | None]]:
    return {
        item.title: (item.kind, item.document_number) for item in references(title, text, **more)
    }


def test_kinds_of_reference() -> None:
    found = named(NEW, NEW_TEXT)
    assert found == {
        OLD: ("repeals", "工信部联节〔2018〕43号"),
        "新能源汽车动力蓄电池梯次利用管理办法": ("repeals", "工信部联节〔2021〕114号"),
        "中华人民共和国固体废物污染环境防治法": ("implements", None),
        "报废机动车回收管理办法": ("cites", None),
    }


@pytest.mark.parametrize(
    ("title", "text", "kind", "effect"),
    [
        ("关于废止《甲管理办法》的决定", "", "repeals", "repealed"),
        ("关于修改《甲管理办法》的决定", "", "amends", "amended"),
        ("决定", "《甲管理办法》第三条废止。", "repeals", "partly_repealed"),
        ("决定", "《甲管理办法》中有关梯次利用的条款予以废止。", "repeals", "partly_repealed"),
        ("决定", "对《甲管理办法》作如下修改：", "amends", "amended"),
        ("公告", "自即日起停止执行，《甲管理办法》尚未废止。", "cites", None),
        ("广东省关于贯彻落实《甲管理办法》的通知", "", "implements", None),
        ("转发《甲管理办法》的通知", "", "implements", None),
    ],
)
def test_effects(title: str, text: str, kind: str, effect: str | None) -> None:
    (found,) = references(title, text)
    assert (found.title, found.kind, found.effect) == ("甲管理办法", kind, effect)


def test_a_decision_to_repeal_and_its_list() -> None:
    text = (
        "根据《中华人民共和国立法法》，经研究，决定废止《甲管理办法》和《乙管理规定》。\n"
        "现将下列文件予以废止：\n1.《丙实施细则》（环办〔2010〕3号）\n2. 《丁技术规范》\n"
        "《戊管理办法》的规定与本决定不一致的，以本决定为准，《己管理办法》同时废止。\n"
        "《庚管理办法》（公告2024年第42号）中有关梯次利用的内容废止。"
    )
    found = {item.title[0]: item.effect or item.kind for item in references("决定", text)}
    assert found == {
        "中": "implements", "甲": "repealed", "乙": "repealed", "丙": "repealed",
        "丁": "repealed", "戊": "cites", "己": "repealed", "庚": "partly_repealed",
    }  # fmt: skip


def test_the_rest_of_a_partly_repealed_act_stays() -> None:
    (part,) = references("公告", "《甲管理办法》第五条自即日起废止，其余条款继续有效。")
    assert (part.kind, part.effect) == ("repeals", "partly_repealed")
    (rest,) = references("公告", "按照《甲管理办法》执行，《甲管理办法》未废止的条款继续有效。")
    assert (rest.kind, rest.effect) == ("cites", None)


def test_amendments() -> None:
    text = (
        "国务院决定对《甲条例》作出修改：将第三条修改为……。\n"
        "将《乙条例》第十二条修改为：处一万元罚款。\n本通知与修订后的《丙标准》一并执行。"
    )
    found = {item.title[0]: item.effect for item in references("决定", text)}
    assert found == {"甲": "amended", "乙": "amended", "丙": None}


def test_a_number_alone_is_repealed_too() -> None:
    (found,) = references("通知", "原工信部联节〔2018〕43号文件同时废止。")
    assert (found.kind, found.document_number) == ("repeals", "工信部联节〔2018〕43号")


def test_a_number_without_a_title_is_a_reference() -> None:
    text = "根据工信部联节〔2026〕17号文件要求，现通知如下。\n参照环办〔2020〕1号。"
    found = {item.document_number: item.kind for item in references("通知", text)}
    assert found == {"工信部联节〔2026〕17号": "implements", "环办〔2020〕1号": "cites"}


def test_drafts_and_news_repeal_nothing() -> None:
    found = references("办法", NEW_TEXT, binding=False)
    assert {item.kind for item in found} == {"cites", "implements"}
    assert not any(item.effect for item in found)


def test_a_list_in_an_attachment() -> None:
    rows = "宣布失效的文件目录\n1.《甲办法》（工信部节〔2016〕67号）\n2.关于印发《乙办法》的通知"
    found = references("关于宣布失效部分文件的决定", "附件所列文件失效。", attached=[rows])
    assert {item.title for item in found if item.effect == "repealed"} == {"甲办法", "乙办法"}
    kept = references("关于废止和继续有效文件的决定", "", attached=["继续有效的文件\n" + rows])
    assert kept == []


def test_a_report_repeals_nothing() -> None:
    title = "新规出台！电池管理迎来变化"
    text = "记者获悉，《甲管理办法》同时废止。"
    assert "news" in title_marks(title, text)
    assert "news" not in title_marks("关于电池管理的通知", text)


@pytest.mark.parametrize(
    ("text", "ended"),
    [
        ("本公告自2026年6月1日起实施。公告2024年第33号同时废止。", ["商务部公告2024年第33号"]),
        (
            "2023年第5号公告、2024年第33号公告自2026年7月1日起废止。",
            ["商务部公告2023年第5号", "商务部公告2024年第33号"],
        ),
        ("海关总署公告2022年第8号同时废止。", ["海关总署公告2022年第8号"]),
        ("依照公告2024年第33号申报的，继续有效。", []),
        ("公告2024年第33号规定的期限延长至2027年3月1日。", []),
    ],
)
def test_an_announcement_that_is_ended_by_its_number_is_the_issuers_own(
    text: str, ended: list[str]
) -> None:
    bodies = ("商务部", "海关总署")
    found = references("关于某事项的公告", text, issuers=bodies)
    assert [item.document_number for item in found if item.effect == "repealed"] == ended
