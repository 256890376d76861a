"""The genuine saved pages against their hand-made truth; skipped where they are not at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from crawler.discovery.discover import detect
from crawler.extract.encoding import decode
from tests.paths import samples

PAGES = (samples() or Path("no-samples")) / "pages"
EXPECTED: dict[str, Any] = (
    json.loads((PAGES / "expected.json").read_text("utf-8"))
    if (PAGES / "expected.json").exists()
    else {}
)
URL = "http://www.example.gov.cn/zwgk/tzgg/"

pytestmark = pytest.mark.skipif(not EXPECTED, reason="NOTICEWATCH_SAMPLES names no saved pages")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


_NAMES = re.compile(r"\s(?:class|id)\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.I)
_TIP = "<div><p>温馨提示：本站内容仅供参考，以正式文件为准，如有疑问，请来电咨询。</p></div>"
# The same pages as another site would have made them: nothing may hang on names or tags.
VARIANTS: dict[str, Callable[[str], str]] = {
    "as saved": lambda html: html,
    "without names": lambda html: _NAMES.sub("", html),
    "lists as boxes": lambda html: re.sub(r"<(/?)(?:ul|ol|li)\b", r"<\1div", html, flags=re.I),
    "paragraphs as breaks": lambda html: re.sub(
        r"</p>", "<br>", re.sub(r"<p\b[^>]*>", "", html, flags=re.I), flags=re.I
    ),
    "with a tip above": lambda html: re.sub(r"(<body[^>]*>)", rf"\1{_TIP}", html, flags=re.I),
}


def read(name: str, variant: str) -> str:
    return VARIANTS[variant](decode((PAGES / f"{name}.html").read_bytes()))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if e["kind"] == "list"] or ["-"])
def test_list_page(name: str, variant: str) -> None:
    expected = EXPECTED[name]
    found = detect(read(name, variant), URL, {})
    assert found.kind == "list"
    assert found.found is not None
    rows = found.found.rows
    assert len(rows) == expected["rows"]
    for row, truth in ((rows[0], expected["first"]), (rows[-1], expected["last"])):
        assert row.title == truth["title"]
        assert row.url == urljoin(URL, truth["href"])
        assert f"{row.published:%Y%m%d}" == re.sub(r"\D", "", truth["date"])


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [n for n, e in EXPECTED.items() if e["kind"] == "detail"] or ["-"])
def test_notice_page(name: str, variant: str) -> None:
    expected = EXPECTED[name]
    found = detect(read(name, variant), URL, {})
    assert found.kind == "notice"
    notice = found.notice
    assert notice is not None
    assert notice.title == expected["title"]
    assert str(notice.dates.published) == expected["date"]
    assert notice.document_number == expected["doc_number"]
    assert squeezed("".join(notice.issuers)) == re.sub(r"[\s、]+", "", expected["issuer"] or "")
    body = squeezed(notice.text)
    assert body[:40] in {expected["body_first_40"], expected.get("body_first_40_also_right")}
    assert body[-40:] in {expected["body_last_40"], expected.get("body_last_40_also_right")}
    names = sum(len(squeezed(each["name"])) for each in expected["attachments"])
    assert 0.98 * expected["body_characters"] - 5 <= len(body)
    assert len(body) <= 1.02 * expected["body_characters"] + 20 + names
    assert [(each.name, each.url) for each in notice.attachments] == [
        (each["name"], urljoin(URL, each["href"])) for each in expected["attachments"]
    ]
    assert not [text for text in expected["not_in_body"] if text in body]
