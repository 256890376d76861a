"""A page that says of its own act that it is over."""

from __future__ import annotations

import pytest

from domain.law.library_validity import says_itself_ended

TEXT = "第一条　为规范回收，制定本办法。\n第二条　原办法已于2020年1月1日废止的，按本办法执行。"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("动力电池回收管理办法（已废止）", TEXT),
        ("【已失效】关于动力电池编码的通知", TEXT),
        ("动力电池回收管理办法", "本文件已于2026年11月28日废止。\n" + TEXT),
        ("动力电池回收管理办法", TEXT + "\n（本通知现已失效）"),
    ],
)
def test_it_says_so(title: str, text: str) -> None:
    assert says_itself_ended(title, text)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("关于废止动力电池回收管理办法的决定", TEXT),
        ("动力电池回收管理办法（试行）", TEXT + "\n本办法自2026年1月1日起施行，原办法同时废止。"),
        ("动力电池回收管理办法", TEXT + "\n本办法有效期至2030年12月31日，期满自行失效。"),
    ],
)
def test_what_it_says_of_others_or_of_later_is_not_that(title: str, text: str) -> None:
    assert not says_itself_ended(title, text)
