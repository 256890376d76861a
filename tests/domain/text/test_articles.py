"""Split a text at its articles, items and paragraphs."""

from hypothesis import given
from hypothesis import strategies as st

from domain.text.articles import split_articles
from domain.text.document_numbers import find_document_numbers
from domain.text.pdf_text import repair_cjk_spaces
from domain.text.title_normalization import normalise_title


def test_articles_are_split_at_their_numbers_only() -> None:
    text = (
        "某办法\n第一章 总则\n第一条 为了管理。\n依据第五条规定。\n第二条　违反的，\n"
        "（一）甲；\n第十二条规定的情形。第三条 同一行。\n附件1\n表"
    )
    parts = split_articles(text)
    assert [p.label for p in parts] == ["", "第一章", "第一条", "第二条", "第三条", "附件1"]
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in parts)
    assert parts[3].body.endswith("第十二条规定的情形。")


def test_items_have_paths_and_paragraphs_are_the_fallback() -> None:
    parts = split_articles("前言\n一、总体\n（一）甲\n1. 乙\n3.5万元\n二、丙\n（一）丁")
    assert [p.path for p in parts] == [
        "",
        "一、",
        "一、（一）",
        "一、（一）1.",
        "二、",
        "二、（一）",
    ]
    assert [p.text for p in split_articles("甲\n\n 乙\u2028丙\n")] == ["甲", "乙\u2028丙"]
    assert split_articles("") == []


@given(st.text(max_size=80))
def test_parts_are_pieces_of_the_text(text: str) -> None:
    for part in split_articles(text):
        assert text[part.start : part.start + len(part.text)] == part.text
    normalise_title(text)
    find_document_numbers(text)
    repair_cjk_spaces(text)
