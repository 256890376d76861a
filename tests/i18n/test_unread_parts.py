"""The line of a file's text that names what is not in it is written and read by one module."""

from __future__ import annotations

from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_note, unread_of


def test_the_note_names_parts_and_reasons_and_is_found_again() -> None:
    note = unread_note([("附件2.rar", Status.UNSUPPORTED), ("第3页", Status.NO_TEXT)])
    assert note == "【未读：附件2.rar（不支持）；第3页（无文字）】"
    assert unread_of(f"第一条 总则。\n{note}") == "附件2.rar（不支持）；第3页（无文字）"


def test_a_text_without_such_a_line_says_nothing() -> None:
    assert unread_note([]) == ""
    assert unread_of("第一条 【未读：甲】者补读。") == ""


def test_many_parts_and_long_names_stay_short() -> None:
    note = unread_note([(f"{n}长" + "长" * 300, Status.BROKEN) for n in range(500)])
    assert note.endswith("等500处】")
    assert len(note) < 2000
    assert unread_of(note).startswith("0长长")


def test_the_same_loss_is_named_once() -> None:
    assert unread_note([("公式", Status.UNSUPPORTED)] * 3) == "【未读：公式（不支持）×3】"


def test_a_name_cannot_break_the_line() -> None:
    note = unread_note([("甲\n【乙】.doc", Status.BROKEN)])
    assert unread_of(f"正文\n{note}") == "甲 【乙】.doc（已损坏）"
