"""Lay out text by columns on a terminal."""

from noticewatch.application.console import cut, text_table, width


def test_han_characters_take_two_columns():
    assert width("溯源abc") == 7
    lines = text_table(("a", "b"), [("溯源", "x"), ("abcd", "y")]).split("\n")
    assert [
        line.index(mark) + line.count("溯源") * 2
        for line, mark in zip(lines[1:], "xy", strict=True)
    ] == [
        6,
        6,
    ]


def test_cut_keeps_within_columns():
    assert cut("溯源管理", 8) == "溯源管理"
    assert cut("溯源管理办法", 8) == "溯源管…"
    assert width(cut("溯源管理办法", 8)) <= 8
