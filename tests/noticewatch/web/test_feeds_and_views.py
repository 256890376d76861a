"""Build feeds, calendars, tiles and the views of a notice."""

import csv
import io
from datetime import UTC, date, datetime

from lxml import etree

from archive.transfer.exporter import csv_lines
from config.loader import load_jurisdictions
from domain.diff.compare import diff_text
from domain.diff.diff_model import Diff
from domain.facts.open_dates import fact_day
from domain.law import date_entries
from domain.records.fact import Fact
from domain.records.search_hit import SearchHit
from domain.records.states import FactKind
from i18n.visitor_words import Words
from noticewatch.web.views import activity_levels, feeds, map_tiles, matrix
from noticewatch.web.views.whole_text import whole_text
from notifier.selection.coverage import Coverage

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def hit(title: str, url: str = "https://a.example/1") -> SearchHit:
    return SearchHit(
        id=7,
        title=title,
        title_en=None,
        snippet="",
        score=1.0,
        url=url,
        published=date(2026, 11, 1),
        document_number=None,
        jurisdiction="CN",
        labels=("penalty",),
    )


def test_atom_is_well_formed_whatever_the_title():
    body = feeds.atom(
        "x",
        "http://h",
        "http://h/feed",
        [hit("a\x00<b>&'\u202e")],
        feeds.EntryNotes({7: NOW}, {7: "applies to: A"}),
    )
    root = etree.fromstring(body)
    titles = root.findall(".//{http://www.w3.org/2005/Atom}entry/{*}title")
    assert [title.text for title in titles] == ["a<b>&'\u202e"]


def test_atom_links_no_other_scheme():
    body = feeds.atom(
        "x", "http://h", "http://h/feed", [hit("a", "javascript:alert(1)")], feeds.EntryNotes({})
    )
    assert b"javascript" not in body


def test_csv_cells_are_no_formulas():
    rows = list(
        csv.reader(
            io.StringIO("".join(csv_lines(feeds.hit_rows([hit("=cmd()")]), feeds.HIT_COLUMNS)))
        )
    )
    assert rows[1][3] == "'=cmd()"


def test_calendar_lines_are_folded_and_escaped():
    entry = date_entries.DateEntry(
        on=date(2027, 1, 1),
        kind="effective_date",
        notice_id=3,
        title="关于加强废旧动力电池溯源管理, 和信息报送工作的通知;" * 3,
        jurisdiction="CN",
        quote="自2027年1月1日\x01\u202e起施行\n\r\nEND:VEVENT",
        severity="red",
    )
    body = feeds.icalendar([entry], "http://h", NOW.date(), kind_name=str)
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    unfolded = body.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20270101" in unfolded
    assert "DTEND;VALUE=DATE:20270102" in unfolded
    assert "溯源管理\\, 和信息" in unfolded
    assert "DESCRIPTION:自2027年1月1日起施行\\n\\nEND:VEVENT\r\n" in unfolded


def fact(kind: FactKind, value: object) -> Fact:
    return Fact.from_json(kind=kind, value=value, quote="q", where="w")


def test_dates_of_facts():
    yearly = fact(FactKind.DEADLINE, {"date": "--03-31", "yearly": True})
    assert fact_day(yearly, TODAY) == date(2027, 3, 31)
    assert fact_day(fact(FactKind.EFFECTIVE_DATE, "2027-01-01"), TODAY) == date(2027, 1, 1)
    duration = fact(FactKind.DEADLINE, {"duration": "P30D", "working_days": False})
    assert fact_day(duration, TODAY) is None
    assert fact_day(fact(FactKind.EFFECTIVE_DATE, "soon"), TODAY) is None


def words(language) -> Words:
    return Words(language=language, today=TODAY, topics={}, jurisdictions=load_jurisdictions())


def test_silence_is_explained_and_never_said_to_be_no_rule():
    def text(state: str, code: str = "CN-GD", **more) -> str:
        row = Coverage(jurisdiction=code, state=state, **more)
        return matrix.state_text(row, words("en"), national_rule=True)

    assert text("rule") == "rule found"
    assert text("unreadable", since=NOW) == "unreadable since 2026-11-23"
    assert text("nothing", sources=2, since=NOW).endswith("; national rule applies directly")
    assert text("nothing", "EU", sources=2, since=NOW) == (
        "nothing found on 2 healthy sources since 2026-11-23"
    )


def test_every_province_has_a_tile_of_its_own():
    provinces = {code for code in load_jurisdictions() if code.startswith("CN-")}
    assert set(map_tiles.TILES) == provinces
    assert len(set(map_tiles.TILES.values())) == len(map_tiles.TILES) == 31


def test_silence_reads_in_chinese_too():
    row = Coverage(jurisdiction="CN-GD", state="nothing", sources=2, since=NOW)
    assert matrix.state_text(row, words("zh"), national_rule=False) == (
        "自2026-11-23起在2个正常来源中未发现"
    )


OLD = "第一条 总则。\n第二条 三十日内报告。\n第三条 旧条。\n第四条 附则。"
NEW = "第一条 总则。\n第二条 十五日内报告。\n第三条 附则。\n第四条 新条。"


def test_the_whole_text_keeps_its_order_with_removals_at_their_place():
    units = [(f"第{number}条", f" {text}") for number, text in zip(
        "一二三四", ("总则。", "十五日内报告。", "附则。", "新条。"), strict=True
    )]  # fmt: skip
    whole = whole_text(Diff(parts=diff_text(OLD, NEW)), units)
    shown = [item.part.kind if item.part else item.text.strip() for item in whole]
    assert shown == ["总则。", "changed", "removed", "renumbered", "added"]


def test_nothing_changed_is_the_text_itself():
    units = [("第一条", " 甲"), ("第二条", " 乙")]
    whole = whole_text(Diff(parts=()), units)
    assert [(item.label, item.text) for item in whole] == units


def test_weeks_end_with_this_one():
    weeks = activity_levels.weeks_until(TODAY, 3)
    assert weeks == [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]
    series = activity_levels.weekly_series({"": {weeks[2]: 4}, "penalty": {weeks[0]: 1}}, weeks)
    assert [(row.topic, row.counts, row.highest) for row in series] == [
        ("", (0, 0, 4), 4),
        ("penalty", (1, 0, 0), 1),
    ]
