"""The words of validity columns, and what only looks like one."""

from __future__ import annotations

import pytest

from domain.law.library_validity import Validity, read_validity


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        ("有效", "in_force"), ("现行有效", "in_force"), ("【继续有效】", "in_force"),
        ("现行", "in_force"), (" 仍 然 有 效 ", "in_force"),
        ("失效", "ended"), ("已失效", "ended"), ("已废止", "ended"), ("宣布失效", "ended"),
        ("已经废止", "ended"), ("被代替", "ended"), ("已过期", "ended"), ("无效", "ended"),
        ("已修改", "amended"), ("已被修订", "amended"),
        ("部分失效", "partly_ended"), ("部分条款废止", "partly_ended"), ("部分有效", "partly_ended"),
        ("尚未生效", "not_yet"), ("未施行", "not_yet"), ("即将实施", "not_yet"),
    ],
)  # fmt: skip
def test_what_a_library_says(printed: str, meaning: Validity) -> None:
    assert read_validity(printed) == meaning


@pytest.mark.parametrize(
    "printed", [None, "", "2年", "有效期5年", "未废止", "有效/失效", "3", "2029年3月3日", "不失效"]
)
def test_anything_else_says_nothing(printed: str | None) -> None:
    assert read_validity(printed) is None
