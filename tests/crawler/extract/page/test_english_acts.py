"""Acts of the European Union as the Official Journal prints them."""

from datetime import date

import pytest

from crawler.discovery.discover import detect
from crawler.extract.page.notice_parser import parse_notice

URL = "http://x.europa.eu/legal-content/EN/TXT/HTML/?uri=CELEX:32025R0606"
HEAD = "<table><tr><td><p class='hd-date'>18.6.2025</p></td><td><p class='hd-ti'>Official Journal of the European Union</p></td></tr></table>"
TITLE = "COMMISSION DELEGATED REGULATION (EU) 2025/606 of 21 March 2025 on the recovery of materials from waste batteries"
LINES = (
    "COMMISSION DELEGATED REGULATION (EU) 2025/606",
    "of 21 March 2025",
    "on the recovery of materials from waste batteries",
)
RECITAL = "<table><tr><td><p>({n})</p></td><td><p>Recyclers of waste batteries need one method of calculating the rates, and the rules of {n} April should be laid down.</p></td></tr></table>"
ARTICLE = "<p>Article {n}</p><p>Recyclers shall record the mass of each fraction that leaves the process, and keep the records for five years.</p>"


def act(title_class: str = "doc-ti", name: str = "L_2025606EN.01000101.xml") -> str:
    title = "".join(f"<p class='{title_class}'>{line}</p>" for line in LINES)
    recitals = "".join(RECITAL.format(n=n) for n in range(1, 5))
    articles = "".join(ARTICLE.format(n=n) for n in range(1, 5))
    return (
        f"<html><head><title>{name}</title></head><body>{HEAD}<hr/>{title}<p>THE EUROPEAN COMMISSION,</p><p>Whereas:</p>"
        f"{recitals}{articles}<p>This Regulation shall be binding in its entirety.</p></body></html>"
    )


@pytest.mark.parametrize("title_class", ["doc-ti", "oj-doc-ti", "title-doc-title"])
def test_an_english_act_is_a_notice(title_class: str) -> None:
    found = detect(act(title_class), URL, {})
    assert found.kind == "notice"
    notice = found.notice
    assert notice is not None
    assert notice.title == TITLE
    assert notice.document_number == "(EU) 2025/606"
    assert notice.dates.published == date(2025, 3, 21)
    assert notice.blocks[0].text == LINES[0]
    recitals = [block.text for block in notice.blocks if block.text.startswith("(")]
    assert [text[:12] for text in recitals] == [
        "(1) Recycler",
        "(2) Recycler",
        "(3) Recycler",
        "(4) Recycler",
    ]
    assert notice.blocks[-1].text == "This Regulation shall be binding in its entirety."


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Directive 2006/66/EC of the European Parliament and of the Council", "2006/66/EC"),
        ("REGULATION (EU) No 999/2013 OF THE EUROPEAN PARLIAMENT", "(EU) No 999/2013"),
        ("Commission Implementing Decision (EU) 2024/12 of 3 January 2024", "(EU) 2024/12"),
        ("Guidance on batteries", None),
    ],
)
def test_the_number_in_an_english_title(title: str, number: str | None) -> None:
    page = f"<title>{title}</title><h1>{title}</h1><div>{ARTICLE.format(n=1) * 3}</div>"
    assert parse_notice(page, URL).document_number == number


def test_an_act_of_the_old_shape_and_a_consolidated_one() -> None:
    old = (
        "<html><head><title>EUR-Lex - 32002R0178 - EN</title></head><body><h1>32002R0178</h1><div><p>"
        "Regulation (EC) No 178/2002 of the European Parliament and of the Council</p><p>of 28 January 2002</p>"
        f"<p>laying down the requirements for batteries</p>{''.join(ARTICLE.format(n=n) for n in range(1, 5))}</div></body></html>"
    )
    notice = detect(old, URL, {}).notice
    assert notice is not None
    assert notice.title == (
        "Regulation (EC) No 178/2002 of the European Parliament and of the Council of 28 January 2002 "
        "laying down the requirements for batteries"
    )
    assert (notice.document_number, notice.dates.published) == (
        "(EC) No 178/2002",
        date(2002, 1, 28),
    )
    new = (
        act()
        .replace("<p class='doc-ti'>", "<p class='title-doc-first'>", 1)
        .replace("'doc-ti'", "'title-doc-last'")
    )
    assert parse_notice(new, URL).title == TITLE


def test_an_english_list_is_a_list() -> None:
    rows = "".join(
        f"<li><a href='/news/2025/content_{n}0000.html'>Guidance on batteries, part {n}, for recyclers</a><span>2025-06-{n:02d}</span></li>"
        for n in range(20, 5, -1)
    )
    page = f"<title>News</title><div><ul>{rows}</ul></div><div class='footer'>All rights reserved, see our terms.</div>"
    assert detect(page, "http://x.europa.eu/news/", {}).kind == "list"


def test_a_number_in_a_column_of_its_own_is_no_table() -> None:
    body = "<p>各单位：</p><table><tr><td>(1)</td><td>回收企业应当登记来源。</td></tr></table><table><tr><td>序号</td><td>企业</td></tr></table>"
    notice = parse_notice(
        f"<h1>关于登记的通知</h1><div id='zoom'>{body}</div>", "http://x.gov.cn/1.html"
    )
    assert notice.blocks[1].text == "(1) 回收企业应当登记来源。"
    assert notice.blocks[2].rows == (("序号", "企业"),)
