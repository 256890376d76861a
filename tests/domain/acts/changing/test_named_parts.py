"""The parts of an act that a text names."""

from __future__ import annotations

import pytest

from domain.acts.changing.named_parts import article_of, named_annexes, named_parts, place_of


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("第二条、第四条第（二）项", ("第二条", "第四条第（二）项")),
        ("第3条第1款第（3）项、第（5）项和第7条", ("第三条第一款第（三）项", "第三条第一款第（五）项", "第七条")),
        ("第十一条之一第二款、第三款", ("第十一条之一第二款", "第十一条之一第三款")),
        ("第八条至第十条", ("第八条", "第九条", "第十条")),
    ],
)  # fmt: skip
def test_no_more_of_an_article_than_is_named(text: str, parts: tuple[str, ...]) -> None:
    assert named_parts(text) == parts


def test_annexes() -> None:
    assert named_annexes("附件2及第五条，附表1、3") == ("附件2", "附表1", "附表3")


def test_where_a_part_stands() -> None:
    place = place_of("第三条第一款第（三）项")
    assert place is not None
    assert (place.article, place.paragraph, place.item) == ("三条", 1, 3)
    assert place_of("第三条") is None
    assert article_of("第三条第（二）项") == "第三条"
