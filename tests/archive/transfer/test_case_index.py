"""The index page of a case folder speaks in words and escapes whatever it was given."""

from dataclasses import replace
from datetime import UTC, datetime

from lxml import html

from archive.transfer.case_index import index_page
from domain.records.change import Change
from domain.records.states import ChangeKind
from tests.builders import make_act, make_duty

AT = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)


def page(act):
    return html.fromstring(index_page(act, set(), []))


def test_codes_are_words():
    change = Change(
        id=3, notice_id=1, posting_id=1, kind=ChangeKind.WITHDRAWN, at=AT, posting_url="x",
        from_version=1, to_version=1, substantive=True, reason="gone from the list", baseline=False,
    )  # fmt: skip
    act = make_act([make_duty()], jurisdiction="CN-JS", status="not_yet", changes=(change,))
    read = page(act)
    text = read.text_content()
    assert "CN-JS" not in text
    assert "Jiangsu" in text
    assert "not_yet" not in text
    assert "not yet in force" in text
    assert "gone from the list" in text
    cells = [cell.text_content() for cell in read.xpath("//h2[text()='Duties']/following::td")]
    assert cells[:3] == [
        "Recyclers",
        "must report incoming-battery data on the national traceability platform",
        "within 30 days after receipt",
    ]


def test_the_first_line_stands_in_both_languages():
    read = page(make_act([make_duty()]))
    assert read.cssselect(".says")[0].text_content().startswith("China · ")
    assert "综合利用企业" in read.cssselect(".says + p")[0].text_content()


def test_hostile_words_stay_words():
    duty = make_duty(quote="<img src=x>", article="<b>")
    read = page(replace(make_act([duty]), title="<script>alert(1)</script>"))
    assert not read.xpath("//script | //img | //b")
    assert read.cssselect("h1")[0].text_content() == "<script>alert(1)</script>"


def test_an_act_without_duties_has_no_table_of_them():
    assert "Duties" not in page(make_act()).text_content()
