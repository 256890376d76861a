"""HTML that is called .doc or .xls, saved web pages, and office files of one XML."""

from __future__ import annotations

import base64

import pytest

from crawler.extract.formats import extract_file
from domain.records.states import AttachmentStatus as Status
from tests.fakes.files import SENTENCE, WORD, p

WORD_PAGE = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv=Content-Type'
    ' content="text/html; charset=gb2312"><style>p.MsoNormal{{margin:0}}</style></head>'
    "<body><div class=WordSection1>{}</div></body></html>"
)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (
            "<p class=MsoNormal><![if !supportLists]><span style='mso-list:Ignore'>一、</span>"
            "<![endif]>总体要求和主要目标</p>",
            "一、总体要求和主要目标",
        ),
        ("<p>处<del>九万元</del><ins>一万元</ins>罚款，责令限期改正违法行为</p>", "处一万元罚款，责令限期改正违法行为"),
        ("<p>正文内容<span style='display:none;mso-hide:all'>隐藏的字</span>共十余字，如上所示</p>", "正文内容共十余字，如上所示"),
    ],
)  # fmt: skip
def test_a_page_of_word_is_read_as_it_is_shown(inner: str, text: str) -> None:
    found = extract_file("a.doc", WORD_PAGE.format(inner).encode("gbk"))
    assert (found.status, found.text) == (Status.OK, text)


def test_a_page_in_utf_16_is_a_page() -> None:
    page = WORD_PAGE.format(f"<p>{SENTENCE}</p>").encode("utf-16")
    assert extract_file("a.doc", page).text == SENTENCE


def mhtml(*parts: tuple[str, str, bytes], head: str = "") -> bytes:
    body = (head + "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n").encode()
    for location, content_type, data in parts:
        body += (
            f"--B\nContent-Location: {location}\nContent-Type: {content_type}\n"
            "Content-Transfer-Encoding: base64\n\n"
        ).encode()
        body += base64.encodebytes(data) + b"\n"
    return body + b"--B--\n"


def test_a_saved_page_is_its_first_part() -> None:
    head = "From: <Saved by Blink>\nSnapshot-Content-Location: http://a.example/" + "x" * 500 + "\n"
    body = mhtml(
        ("http://a/1.htm", "text/html; charset=gb2312", f"<p>{SENTENCE}</p>".encode("gbk")),
        ("http://a/header.htm", "text/html", "<p>页眉</p>".encode()),
        ("http://a/1.png", "image/png", b"\x89PNG"),
        head=head,
    )
    assert extract_file("a.mht", body).text == SENTENCE


def test_the_frames_of_a_saved_workbook_are_its_sheets() -> None:
    row = "<table><tr><td>{}</td><td>95%</td></tr><tr><td>镍</td><td>98%</td></tr></table>"
    body = mhtml(
        ("file:///b.htm", "text/html; charset=utf-8", b"<html><frameset></frameset></html>"),
        ("file:///b.files/sheet001.htm", "text/html; charset=utf-8", row.format("锂").encode()),
        ("file:///b.files/sheet002.htm", "text/html; charset=utf-8", row.format("钴").encode()),
        ("file:///b.files/tabstrip.htm", "text/html; charset=utf-8", "<p>表一</p>".encode()),
    )
    found = extract_file("a.xls", body)
    assert found.text == "锂\t95%\n镍\t98%\n钴\t95%\n镍\t98%"
    assert len(found.tables) == 2


def test_a_workbook_of_2003_shows_its_values() -> None:
    cell = '<Cell ss:StyleID="{}"><Data ss:Type="{}">{}</Data></Cell>'
    book = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
        ' xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles>'
        '<Style ss:ID="p"><NumberFormat ss:Format="0%"/></Style>'
        '<Style ss:ID="d"><NumberFormat ss:Format="yyyy&quot;年&quot;m&quot;月&quot;"/></Style>'
        '<Style ss:ID="n"><NumberFormat ss:Format="Percent"/></Style></Styles>'
        '<Worksheet ss:Name="表"><Table><Column/><Column ss:Hidden="1"/>'
        f'<Row>{cell.format("", "String", "锂")}{cell.format("", "String", "隐")}{cell.format("p", "Number", "0.95")}</Row>'
        f'<Row ss:Hidden="1">{cell.format("", "String", "隐行")}</Row>'
        f'<Row ss:Index="9">{cell.format("", "String", "镍")}<Cell ss:Index="3" ss:StyleID="n"><Data ss:Type="Number">0.985</Data></Cell></Row>'
        f'<Row>{cell.format("", "String", "施行")}<Cell/>{cell.format("d", "DateTime", "2026-12-01T00:00:00.000")}</Row>'
        "</Table></Worksheet>"
        f'<Worksheet ss:Name="隐"><Table><Row>{cell.format("", "String", "内部")}</Row></Table>'
        "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"
    )  # fmt: skip
    found = extract_file("a.xls", book.encode())
    assert found.tables == ((("锂", "95%"), ("镍", "98.50%"), ("施行", "2026年12月")),)


def test_word_documents_of_one_xml() -> None:
    old = (
        '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
        ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint"><w:body><wx:sect>'
        '<w:p><w:pPr><w:listPr><wx:t wx:val="第一条"/></w:listPr></w:pPr><w:r><w:t>为规范管理，制定本办法。</w:t></w:r></w:p>'
        "</wx:sect></w:body></w:wordDocument>"
    )
    assert extract_file("a.doc", old.encode()).text == "第一条 为规范管理，制定本办法。"
    flat = (
        '<?xml version="1.0"?><pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData><w:document xmlns:w="{WORD}"><w:body>{p(SENTENCE)}'
        "</w:body></w:document></pkg:xmlData></pkg:part></pkg:package>"
    )
    assert extract_file("a.xml", flat.encode()).text == SENTENCE
    assert (
        extract_file("a.xml", f"<?xml version='1.0'?><a><b>{SENTENCE}</b></a>".encode()).text
        == SENTENCE
    )
