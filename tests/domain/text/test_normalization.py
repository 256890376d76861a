"""Give texts and titles one spelling for comparison, identity and search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text.normalization import (
    has_ligatures,
    normalise,
    search_key,
    search_pattern,
)
from domain.text.pdf_text import repair_cjk_spaces
from domain.text.title_normalization import normalise_title
from domain.text.traditional import simplify

CHINESE = st.text(
    "动力电池回收國国第一二三条，。（）()〔[ \u30002０0aAＡ.-\u200b①㎡\n", max_size=40
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("违反规定的，处５０００元以上", "违反规定的,处 5000 元以上"),
        ("（一）“通知”——说明", '(一) "通知"—说明'),
        ("工信部联节〔2026〕15号", "工信部联节【2026】 15 号"),
        ("第 1 条\n内容", "第1条\u3000内容"),
        ("CO₂排放", "CO2排放"),
        ("回\u200b收\u00ad利\ufeff用", "回收利用"),
        ("GB/T 34014", "GB/T34014"),
        ("⽤户⻓期", "用户长期"),
    ],
)
def test_layout_and_width_do_not_count(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1 2", "12"), ("5000元", "6000元"), ("10²", "102"), ("①1", "11"), ("5-10日", "510日"),
     ("表1. 5个", "表1.5个"), ("不得", "得"), ("1\t23", "12\t3")],
)  # fmt: skip
def test_a_changed_digit_or_letter_counts(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(CHINESE)
def test_normalise_is_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(CHINESE, st.integers(0, 40), st.integers(0, 40))
def test_the_key_of_a_piece_is_a_piece_of_the_key(text: str, start: int, size: int) -> None:
    piece = text[start : start + size]
    assert search_key(piece) in search_key(text)


@given(CHINESE, CHINESE)
def test_the_search_pattern_agrees_with_the_search_key(text: str, wanted: str) -> None:
    key = search_key(wanted)
    if key and not has_ligatures(text):
        assert (search_pattern(key).search(text) is not None) == (key in search_key(text))


def test_traditional_and_simplified_have_one_key() -> None:
    assert simplify("動力電池回收利用監督檢查") == "动力电池回收利用监督检查"
    assert search_key("廢舊動力電池，罰款") == search_key("废旧动力电池,罚款")


def test_titles_of_one_act_are_one() -> None:
    same = [
        "工业和信息化部等五部门关于印发《新能源汽车动力蓄电池梯次利用管理办法》的通知",
        "五部门关于印发《新能源汽车动力蓄电池梯次利用管理办法》的通知（工信部联节〔2021〕114号）",
        "《新能源汽车动力蓄电池梯次利用管理办法》",
        "关于印发新能源汽车动力蓄电池梯次利用管理办法的通知_中华人民共和国工业和信息化部",
        "新能源汽车动力蓄电池　梯次利用管理办法-广东省工业和信息化厅",
    ]
    assert len({normalise_title(title) for title in same}) == 1


def test_titles_of_different_acts_stay_apart() -> None:
    act = "《铅蓄电池回收利用管理暂行办法》"
    apart = [
        act,
        f"关于{act}公开征求意见的公告",
        f"省经信厅关于转发国家发展改革委{act}的通知",
        f"{act}解读",
        "关于印发《铅蓄电池回收利用管理暂行办法》和《铅蓄电池目录》的通知",
        "铅蓄电池回收利用管理暂行办法（2024年本）",
    ]
    assert len({normalise_title(title) for title in apart}) == len(apart)
    draft = "关于《铅蓄电池回收利用管理暂行办法（征求意见稿）》公开征求意见的公告"
    assert normalise_title(draft) == normalise_title(apart[1])


def test_pdf_text_is_repaired() -> None:
    broken = (
        "第 1 条 为了加强新能源汽车废旧动力电池综合利用管理工作的需\n要，制定本办法。\n"
        "第\n2 条 违反规定的，处 5000 元罚款，回收率不低于 98. 5%\n\n附件：表"
    )
    assert repair_cjk_spaces(broken).split("\n") == [
        "第1条为了加强新能源汽车废旧动力电池综合利用管理工作的需要，制定本办法。",
        "第2条违反规定的，处5000元罚款，回收率不低于98.5%",
        "",
        "附件：表",
    ]
