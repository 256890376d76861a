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
