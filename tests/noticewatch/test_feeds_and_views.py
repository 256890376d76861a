import csv
import io
from datetime import UTC, date, datetime

from lxml import etree

from archive.records import Fact, FactKind, Hit
from noticewatch import views
from noticewatch.web import feeds, geography
from notifier.coverage import Coverage

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def hit(title: str, url: str = "https://a.example/1") -> Hit:
    return Hit(
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
    body = feeds.atom("x", "http://h", "http://h/feed", [hit("a\x00<b>&'\u202e")], NOW)
    root = etree.fromstring(body)
    titles = root.findall(".//{http://www.w3.org/2005/Atom}entry/{*}title")
    assert [title.text for title in titles] == ["a<b>&'\u202e"]


def test_atom_links_no_other_scheme():
    body = feeds.atom("x", "http://h", "http://h/feed", [hit("a", "javascript:alert(1)")], NOW)
    assert b"javascript" not in body


def test_csv_cells_are_no_formulas():
    rows = list(csv.reader(io.StringIO(feeds.search_csv([hit("=cmd()")]).decode("utf-8-sig"))))
    assert rows[1][3] == "'=cmd()"


def test_calendar_lines_are_folded_and_escaped():
    entry = views.DateEntry(
        on=date(2027, 1, 1),
        kind="effective_date",
        notice_id=3,
        title="关于加强废旧动力电池溯源管理, 和信息报送工作的通知;" * 3,
        jurisdiction="CN",
        quote="自2027年1月1日起施行\n",
        severity="red",
    )
    body = feeds.icalendar([entry], "http://h", NOW)
    lines = body.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    unfolded = body.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20270101" in unfolded
    assert "DTEND;VALUE=DATE:20270102" in unfolded
    assert "溯源管理\\, 和信息" in unfolded


def fact(kind: FactKind, value: object) -> Fact:
    return Fact(kind=kind, value=value, quote="q", where="w")


def test_dates_of_facts():
    yearly = fact(FactKind.DEADLINE, {"date": "--03-31", "yearly": True})
    assert views.fact_date(yearly, TODAY) == date(2027, 3, 31)
    assert views.fact_date(fact(FactKind.EFFECTIVE_DATE, "2027-01-01"), TODAY) == date(2027, 1, 1)
    duration = fact(FactKind.DEADLINE, {"duration": "P30D", "working_days": False})
    assert views.fact_date(duration, TODAY) is None
    assert views.fact_date(fact(FactKind.EFFECTIVE_DATE, "soon"), TODAY) is None


def test_silence_is_explained_and_never_said_to_be_no_rule():
    def text(state: str, code: str = "CN-GD", **more) -> str:
        row = Coverage(jurisdiction=code, state=state, **more)
        return views.state_text(row, national_rule=True)

    assert text("rule") == "rule found"
    assert text("unreadable", since=NOW) == (
        "unreadable since 2026-11-23; national rule applies directly"
    )
    assert text("nothing", "EU", sources=2, since=NOW) == (
        "nothing found on 2 healthy sources since 2026-11-23"
    )


def test_every_province_has_a_tile_of_its_own():
    from config.loader import load_jurisdictions

    provinces = {code for code in load_jurisdictions() if code.startswith("CN-")}
    assert set(geography.TILES) == provinces
    assert len(set(geography.TILES.values())) == len(geography.TILES) == 31
