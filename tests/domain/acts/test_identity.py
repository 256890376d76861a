"""Decide whether postings are one act: numbers, titles and bodies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.acts.identity import LONG_ENOUGH, Copy, likeness, same_act
from domain.acts.issuers import bodies_in, bodies_of, jurisdiction_of
from domain.acts.titles import base_key, number_key, title_key, title_marks
from tests.domain.acts.joint_notice import BODY, NUMBER, OTHER, TITLE


@pytest.mark.parametrize(
    "printed",
    ["工信部联节〔2026〕17号", "工信部联节[2026]17号", "工信部联节（2026） 17 号",
     "工信部联节［２０２６］17号", "工信部联节【2026】第17号", "文号：工信部联节〔2026〕17号"],
)  # fmt: skip
def test_all_bracket_styles_are_one_number(printed: str) -> None:
    key = number_key(printed)
    assert key == number_key(NUMBER)
    assert key is not None
    assert key.full


def test_bare_numbers_are_not_full() -> None:
    bare = {
        number_key(text)
        for text in ("2026年第20号", "公告2026年第20号", "2026年第20号公告", "〔2026〕20号")
    }
    assert len(bare) == 1
    assert all(key is not None and not key.full for key in bare)
    assert number_key("令第73号") == number_key("中华人民共和国工业和信息化部令第73号")
    assert number_key("000014672/2026-00123") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (TITLE, "五部门" + TITLE),
        (TITLE, "工业和信息化部办公厅 生态环境部办公厅" + TITLE),
        (TITLE, "工业和信息化部等五部门" + TITLE + "_国务院部门文件_中国政府网"),
        ("关于印发《新能源汽车废旧动力电池管理办法》的通知", "新能源汽车废旧动力电池管理办法"),
        ("《新能源汽车废旧动力电池管理办法》", "新能源汽车废旧动力电池管理办法"),
        (
            "新能源汽车废旧动力电池管理办法（工业和信息化部令第73号）",
            "新能源汽车废旧动力电池管理办法",
        ),
        (
            "工业和信息化部 商务部令第73号 新能源汽车废旧动力电池管理办法",
            "新能源汽车废旧动力电池管理办法",
        ),
        ("【通知公告】" + TITLE, TITLE),
        ("公开征求对《电池管理办法（征求意见稿）》的意见", "电池管理办法（征求意见稿）"),
    ],
)
def test_wrappers_do_not_count(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("综合利用行业规范条件（2019年本）", "综合利用行业规范条件（2024年本）"),
        ("电池管理办法（征求意见稿）", "电池管理办法"),
        ("《电池管理办法》解读", "电池管理办法"),
        ("企业名单（第五批）", "企业名单（第六批）"),
    ],
)
def test_these_titles_are_different_acts(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)


def test_editions_share_their_base() -> None:
    titles = ["电池规范条件（2019年本）", "电池规范条件（2024年本）", "电池规范条件（征求意见稿）"]
    assert len({base_key(title) for title in titles}) == 1


def test_marks() -> None:
    assert title_marks("《办法》解读", "") == {"comment"}
    assert title_marks("工信部等六部门联合公布《办法》", "") == {"news"}
    assert title_marks("《办法》发布", "") == {"news"}
    assert title_marks("关于印发《办法》的通知（国办发〔2025〕7号）_中国政府网", "") == frozenset()
    assert title_marks("转发工业和信息化部关于某事的通知", "") == {"forward"}
    assert title_marks("关于某事的通知", "现将通知转发给你们，请遵照执行。") == {"forward"}
    assert title_marks("关于印发《办法》的通知", "") == frozenset()


def test_bodies_have_one_spelling() -> None:
    assert bodies_of(("工信部 国家发改委",)) == bodies_of(("工业和信息化部", "国家发展改革委"))
    assert bodies_in("广东省工业和信息化厅 广东省生态环境厅") == {
        "广东省工业和信息化厅",
        "广东省生态环境厅",
    }
    assert jurisdiction_of(("江苏省生态环境厅",)) == "CN-JS"
    assert jurisdiction_of(("深圳市工业和信息化局",)) == "CN-GD"
    assert jurisdiction_of(("生态环境部", "江苏省人民政府")) == "CN"
    assert jurisdiction_of(("某某公司",)) is None


def copy(**given: Any) -> Copy:
    """What counts of a posting on a site of its own."""
    defaults = {
        "title": TITLE, "text": BODY, "document_number": None, "issuers": (),
        "publisher": "工业和信息化部", "jurisdiction": "CN", "published": date(2026, 4, 28),
    }  # fmt: skip
    return Copy(**(defaults | given))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2026年第20号", "2026年第21号", False),
        ("公告第13号", "公告2026年第13号", True),
        ("公告第13号", "公告2026年第14号", False),
        ("公告2025年第13号", "公告2026年第13号", False),
        ("令第73号", "令第74号", False),
        ("令第73号", "2026年第20号", True),  # an order is also announced: the two prove nothing
        ("工信部联节〔2026〕17号", "2026年第20号", True),
        ("工信部联节〔2026〕17号", "工信部联节〔2026〕18号", False),
    ],
)
def test_numbers_of_one_form_tell_acts_apart(one: str, other: str, same: bool) -> None:
    text = BODY.replace("2026年4月27日", "")  # signed on one day, a number may be misread
    found = same_act(copy(text=text, document_number=one), copy(text=text, document_number=other))
    assert (found is not None) == same


def test_two_shortened_copies_of_one_title_are_one_act() -> None:
    lines = BODY.split("\n")
    one, other = (copy(text="\n".join(part)) for part in (lines[:7], lines[1:]))
    assert likeness(one, other).contained < 0.85
    assert same_act(one, other) == "identity.same_title_similar_text"
    half = copy(text="\n".join(lines[:4] + OTHER.split("\n")))
    assert likeness(one, half).jaccard < 0.6
    assert same_act(one, half) is None


@pytest.mark.parametrize(("lines", "why"), [(5, "identity.similar_text"), (2, None)])
def test_a_short_text_proves_nothing_under_another_title(lines: int, why: str | None) -> None:
    title = "关于做好规范废旧动力电池回收利用联合执法专项行动有关工作的函"
    text = "\n".join(BODY.split("\n")[:lines])
    assert len(copy(text=text).body) >= LONG_ENOUGH
    assert (len(copy(text=text).body) >= 2 * LONG_ENOUGH) == (why is not None)
    assert same_act(copy(text=text), copy(text=text, title=title)) == why


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("GB/T 49016—2026　退役动力电池追溯码标识规则", False),
        ("GB/T 49014—2026　退役动力电池追溯码编制规则", True),
    ],
)
def test_one_announcement_approves_two_standards(other: str, same: bool) -> None:
    number = "国家标准公告2026年第17号"
    one = copy(title="GB/T 49014—2026　退役动力电池追溯码编制规则", document_number=number)
    assert (same_act(one, copy(title=other, document_number=number)) is not None) == same
