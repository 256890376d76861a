"""PDFs of which some pages, or parts of them, are pictures; the reader is a stand-in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from crawler.extract.formats import Extracted, extract_scans
from crawler.extract.scans import page_reading
from crawler.extract.scans.scan_session import ScanSession
from crawler.extract.scans.scanned_page import ScannedChar, ScannedLine, ScannedPage
from domain.records.states import AttachmentStatus as Status
from tests.fakes.pdf_pages import document, lines, page, text

BODY = ("各市工业和信息化局：", "现将废旧动力电池回收有关事项通知如下，请遵照执行。")
SEEN = "处五万元以上十万元以下罚款。"
PICTURE = "q 595 0 0 842 0 0 cm /Im Do Q\n"
HALF = "q 500 0 0 300 50 100 cm /Im Do Q\n"


def reading(words: Sequence[str], top: float = 600, likely: float = 1.0) -> ScannedPage:
    """What a reader makes of a page with these lines."""
    found = []
    for number, line in enumerate(words):
        chars = tuple(
            ScannedChar(char, 90 + 16.0 * n, 106 + 16.0 * n, likely) for n, char in enumerate(line)
        )
        found.append(ScannedLine(top + 28 * number, 16, chars))
    return ScannedPage(width=595, height=842, lines=tuple(found))


def extract(body: bytes, pages: dict[int, ScannedPage | None] | None = None) -> Extracted:
    """The file with its scanned pages as they are known, by their number."""
    return extract_scans("a.pdf", body, ScanSession(known=pages or {}))


def test_scanned_pages_stand_between_the_others() -> None:
    body = document(
        [page(lines(BODY, 60, 700)), page(PICTURE), page(lines(["第三页的文字。"], 60, 700))]
    )
    waits = extract(body)
    assert (waits.status, waits.scans.waiting) == (Status.PARTIAL, 1)
    found = extract(body, {0: reading([SEEN])})
    assert (found.status, found.scans.waiting) == (Status.OCR, 0)
    assert found.text.split("\n") == [*BODY, SEEN, "第三页的文字。"]


def test_a_page_that_cannot_be_read_is_named() -> None:
    body = document([page(lines(BODY, 60, 700)), page(PICTURE)])
    found = extract(body, {0: None})
    assert (found.status, found.scans.waiting) == (Status.PARTIAL, 0)
    assert "第2页" in found.text


def test_a_large_picture_under_a_text_adds_what_it_shows() -> None:
    body = document([page(lines(BODY, 60, 700) + HALF)])
    found = extract(body, {0: reading([SEEN], top=550)})
    assert found.text.split("\n") == [*BODY, SEEN]


def test_words_that_the_page_and_its_picture_both_show_are_read_once() -> None:
    body = document([page(text(BODY[0], 90, 700, 16) + HALF)])
    shown = reading([BODY[0]], top=142)
    found = extract(body, {0: ScannedPage(width=595, height=842, lines=(*shown.lines, *reading([SEEN], 550).lines))})  # fmt: skip
    assert found.text.split("\n") == [BODY[0], SEEN]


@pytest.mark.parametrize("behind", ["invisible", "covered"])
def test_a_hidden_layer_that_says_otherwise_is_not_believed(behind: str) -> None:
    layer = "处五百元以上一千元以下罚款，其余内容与原件一致。"
    drawn = PICTURE + text(layer, 60, 700, mode="3 Tr") if behind == "invisible" else text(layer, 60, 700) + PICTURE  # fmt: skip
    body = document([page(drawn)])
    before = extract(body)
    assert before.status is Status.PARTIAL  # what the picture says is not known yet
    found = extract(body, {0: reading([SEEN])})
    assert (found.status, found.text) == (Status.OCR, SEEN)


def test_what_is_not_sure_is_marked_where_it_stands_in_the_text() -> None:
    shown = reading([SEEN])
    line = shown.lines[0]
    doubtful = line.chars[1]._replace(likely=0.7)
    line = line._replace(chars=(line.chars[0], doubtful, *line.chars[2:]))
    body = document([page(lines(BODY, 60, 700)), page(PICTURE)])
    found = extract(body, {0: ScannedPage(width=595, height=842, lines=(line,))})
    assert [found.text[start:end] for start, end in found.scans.unsure] == ["五"]


def test_a_page_known_as_json_is_the_same_page() -> None:
    one = reading([SEEN, *BODY], likely=0.9)
    assert ScannedPage.loads(one.dumps()) == one


def test_without_a_session_nothing_is_a_scan() -> None:
    from crawler.extract.formats import extract_file

    found = extract_file("a.pdf", document([page(PICTURE)]))
    assert (found.status, found.scans.waiting) == (Status.NO_TEXT, 0)


class Silent:
    """A reader that sees nothing."""

    def lines(self, image: Any) -> list[Any]:
        return []

    def likeness(self, strips: Sequence[Any]) -> float:
        return 0.0


def test_an_empty_sheet_has_no_lines() -> None:
    np = pytest.importorskip("numpy")
    pytest.importorskip("cv2")
    white = np.full((1754, 1240, 3), 255, np.uint8)
    read = page_reading.read_page_image(Silent(), lambda _: white)
    assert (read.lines, read.rules) == ((), ())
