"""Ordinary characters in place of their doubles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text.compatibility import plain_characters
from domain.text.normalization import normalise, search_key


@pytest.mark.parametrize(
    ("odd", "plain"),
    [
        ("第⼀条 ⾃2026年12⽉1⽇起施⾏", "第一条 自2026年12月1日起施行"),
        ("⻓期⻋辆⻅附件", "长期车辆见附件"),
        ("更新年度", "更新年度"),
        ("\ue5e5企业\ue81e", "\u3000企业\u9fb4"),
        ("\uf0b7 回收\ue78d利用", "• 回收，利用"),
        ("①½㎡５％Ⅱ", "①½㎡５％Ⅱ"),
        ("\ue000", "\ue000"),
    ],
)
def test_doubles_are_written_as_their_characters(odd: str, plain: str) -> None:
    assert plain_characters(odd) == plain
    assert len(plain) == len(odd)


@given(st.text(st.characters(min_codepoint=0x2E80, max_codepoint=0xFAFF), max_size=20))
def test_a_swapped_character_is_no_change_and_is_found(text: str) -> None:
    assert normalise(plain_characters(text)) == normalise(text)
    assert search_key(plain_characters(text)) == search_key(text)
    assert plain_characters(plain_characters(text)) == plain_characters(text)
