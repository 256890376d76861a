"""A notice written by somebody who means harm, in pages, API, feeds and files."""

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from lxml import etree, html
from starlette.testclient import TestClient

from archive.store import Archive
from domain.law.classify_task import Classification
from domain.records.fact import Evidence, Fact, Label
from domain.records.observation import AttachmentLink, Block, Capture, FetchedAttachment
from domain.records.states import AttachmentStatus, FactKind
from noticewatch.web.app import create_app
from tests.noticewatch.filled import NOW, observation
from tests.noticewatch.web.site import make_site

TITLE = (
    '=HYPERLINK("http://evil.example")<script>alert(1)</script>动力电池"\'><svg onload=alert(2)>'
)
BIDI = "\u202egnp.exe\u2066"
FILE = f"../../../etc/passwd<img src=x onerror=alert(3)>\r\nX: y{BIDI}.pdf"
LONG = "罚" * 400_000
URL = 'javascript:alert(4)//"><script>'


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    body = b"%PDF"
    capture = Capture(url="https://a.example/f", status=200, headers=(), body=body, fetched_at=NOW)
    seen = observation("https://a.example/h.html", TITLE, ["<b onclick=x>正文</b>", LONG], NOW)
    attachment = FetchedAttachment(
        link=AttachmentLink(name=FILE, url=URL),
        capture=capture,
        status=AttachmentStatus.OK,
        text="</pre><script>alert(5)</script>" + "x" * 1_000_000,
    )
    with Archive.open(folder, clock=lambda: NOW) as archive:
        archive.ingest(_with(seen, attachment))
        for task in archive.classification.pending():
            archive.classification.store(_classified(task.change_id))
        archive.saved_searches.save(TITLE, 'q="><script>&topic=<b>', "<b onclick=x>")
        archive.audit_log.record(
            "<script>", "check", "source <img src=x>", {"<b>": "</td><script>"}
        )
    with TestClient(create_app(make_site(folder))) as client:
        yield client


def _with(seen, attachment):
    from dataclasses import replace

    blocks = (*seen.parsed.blocks, Block(kind="table", rows=(("<td>", LONG), ("b",) * 300)))
    parsed = replace(seen.parsed, blocks=blocks, attachments=(attachment.link,))
    return replace(seen, parsed=parsed, attachments=(attachment,))


def _classified(change: int) -> Classification:
    evil = "</q><script>alert(6)</script>\r\nEND:VEVENT" + BIDI
    return Classification(
        change_id=change,
        labels=(Label(topic="<script>", score=0.9, evidence=(Evidence(text="<b onclick=x>正文</b>",
                where=evil),), model=evil),),
        facts=(
            Fact.from_json(kind=FactKind.EFFECTIVE_DATE, value="2027-01-01", quote=evil, where=evil),
            Fact.from_json(kind=FactKind.PORTAL, value={"name": evil, "url": URL}, quote=evil, where=evil),
        ),
        stage="final",
        relevant_because="labels",
        model="test",
    )  # fmt: skip


PAGES = (
    "/", "/search?q=alert", "/notices/1", "/deadlines", "/matrix", "/map", "/activity", "/alerts",
    "/searches", "/audit", "/sources", "/searches?lang=zh", "/notices/1?lang=zh",
    "/search?q=%3Cscript%3Ealert(7)%3C/script%3E&jurisdiction=%22%3E%3Cb%3E", "/compare",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_nothing_of_it_becomes_markup(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert len(answer.content) < 150_000
    tree = html.fromstring(answer.text)
    assert not tree.xpath("//script[not(@src)] | //main//script | //img | //main//b[@onclick]")
    assert not [name for name in tree.xpath("//@*") if name.attrname.startswith("on")]
    assert not [link for link in tree.xpath("//@href | //@src") if "javascript:" in link.lower()]
    assert "\u202e" not in answer.text
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_a_cut_text_is_one_link_away(client):
    tree = html.fromstring(client.get("/notices/1").text)
    assert tree.xpath("//a[@href='/notices/1/text']")
    whole = client.get("/notices/1/text")
    assert LONG in whole.text
    assert whole.headers["content-type"].startswith("text/plain")
    assert whole.headers["x-content-type-options"] == "nosniff"


def test_an_attachment_is_saved_under_a_tame_name(client):
    tree = html.fromstring(client.get("/notices/1").text)
    names = tree.xpath("//a[starts-with(@href, '/evidence/')]/@download")
    assert names
    assert all("/" not in name and "<" not in name and "\n" not in name for name in names)


def test_api_gives_the_text_as_data(client):
    answer = client.get("/api/v1/notices/1")
    assert answer.headers["content-type"].startswith("application/json")
    record = answer.json()
    assert record["postings"][0]["versions"][0]["attachments"][0]["url"] == URL
    assert client.get("/api/v1/search?q=alert").json()["hits"][0]["title"].startswith("=HYPERLINK")


def test_feeds_stay_well_formed(client):
    feed = etree.fromstring(client.get("/feed.atom?q=alert").content)
    links = feed.xpath("//*[local-name()='link']/@href")
    assert all(link.startswith(("http://", "https://")) for link in links)
    calendar = client.get("/deadlines.ics").text
    assert calendar.count("END:VEVENT\r\n") == calendar.count("BEGIN:VEVENT\r\n") == 1
    assert all(len(line.encode()) <= 75 for line in calendar.split("\r\n"))


def test_spreadsheets_hold_no_formula(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/search.csv").content.decode("utf-8-sig"))))
    assert rows[0]["title"].startswith("'=")
    sheet = openpyxl.load_workbook(io.BytesIO(client.get("/search.xlsx").content)).active
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.data_type != "f" and cell.hyperlink is None for cell in cells)


def test_case_folder_stays_in_its_folder(client):
    answer = client.get("/notices/1/case.zip")
    assert answer.headers["content-disposition"] == 'attachment; filename="notice-1.zip"'
    book = zipfile.ZipFile(io.BytesIO(answer.content))
    assert all(".." not in name.split("/") and not name.startswith("/") for name in book.namelist())
    assert json.loads(book.read("notice.json"))["id"] == 1
    page = book.read("index.html").decode()
    assert "<script>" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/notices/99999999999999999999999", "/api/v1/notices/99999999999999999999",
        "/compare?posting=99999999999999999999", "/compare?posting=1&a=-1", "/compare?posting=x",
        "/search?cursor=%00%ff", "/search?cursor=bm9uc2Vuc2U", "/search?q=%00", "/search?q=%ff%fe",
        "/api/v1/search?cursor=eyJhZnRlciI6WyI5OTk5Iiw5OTk5OTk5OTk5OTk5OTk5OTk5OTldfQ",
        "/api/v1/search?cursor=eyJvZmZzZXQiOjk5OTk5OTk5OTk5OTk5OTk5OTk5OTl9&mode=text",
        "/api/v1/search?q=" + "a" * 1001, "/api/v1/search?q=%22%22%22%20OR%20-(*)%20NEAR",
        "/search?since=0000-00-00", "/map?by=x", "/map?by=implementation&act=99999999999999999999",
        "/notices/1/case.zip?x=%0d%0aSet-Cookie:a=b", "/evidence/..%2f..%2fetc", "/static/../app.py",
        "/deadlines.ics?notice=%00", "/search?limit=1e9", "/search?topic=" + "x&topic=" * 50,
    ],
)  # fmt: skip
def test_nonsense_is_refused_and_breaks_nothing(client, path):
    answer = client.get(path, follow_redirects=False)
    assert answer.status_code in {200, 400, 404}
    assert "set-cookie" not in {name for name in answer.headers if "a=b" in answer.headers[name]}
