"""Pictures inside documents that carry text: told without a reader, read with one (a stand-in)."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence

import pytest

from crawler.extract.formats import extract_file, extract_scans
from crawler.extract.scans.scan_session import ScanSession
from crawler.extract.scans.scanned_page import ScannedChar, ScannedLine, ScannedPage
from domain.records.states import AttachmentStatus as Status
from tests.fakes.files import p, zipped
from tests.fakes.odf_files import odf, paragraph
from tests.fakes.ofd_files import content, element, package, root, words
from tests.fakes.word_files import binary_doc, sprm, word_file

BEFORE, AFTER = "现将回收网点建设的有关要求印发给你们，请遵照执行。", "特此通知，联系电话见官网。"
SEEN = "网点面积不少于三十平方米。"


@pytest.fixture
def picture() -> bytes:
    """A white sheet; what it says is told by the stand-in."""
    pictures = pytest.importorskip("PIL.Image")
    buffer = io.BytesIO()
    pictures.new("RGB", (900, 700), "white").save(buffer, "PNG")
    return buffer.getvalue()


def reading(lines: Sequence[str] = (SEEN,)) -> ScannedPage:
    found = []
    for number, line in enumerate(lines):
        chars = tuple(
            ScannedChar(char, 60 + 20.0 * n, 80 + 20.0 * n, 1.0) for n, char in enumerate(line)
        )
        found.append(ScannedLine(80 + 36.0 * number, 20, chars))
    return ScannedPage(width=842, height=655, lines=tuple(found))


def docx(data: bytes, size: str = 'cx="5400000" cy="4200000"') -> bytes:
    drawn = (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent {size}/><pic:pic><a:blip xmlns:a="x"'
        ' r:embed="rId9"/></pic:pic></wp:inline></w:drawing></w:r></w:p>'
    )
    return word_file(p(BEFORE) + drawn + p(AFTER), related={"rId9": ("media/i.png", data)})


def vml(data: bytes) -> bytes:
    shape = '<v:shape style="width:415pt;height:300pt"><v:imagedata r:id="rId9"/></v:shape>'
    drawn = f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"
    return word_file(p(BEFORE) + drawn + p(AFTER), related={"rId9": ("media/i.png", data)})


def doc(data: bytes) -> bytes:
    head = struct.pack("<IH", 68 + 30 + len(data), 68) + bytes(22) + struct.pack("<hhHH", 8300, 6000, 1000, 1000)  # fmt: skip
    stored = bytes(8) + head + bytes(68 - len(head) + 30) + data
    look = sprm(0x6A03, struct.pack("<I", 8))
    return binary_doc(
        [([(BEFORE, b""), ("\x01", look)], "\r", b""), ([(AFTER, b"")], "\r", b"")], content=stored
    )


def rtf(data: bytes) -> bytes:
    def said(text: str) -> str:
        return "".join(f"\\u{ord(char)}?" for char in text)

    drawn = f"\\picw900\\pich700\\picwgoal8300\\pichgoal6000\\pngblip\n{data.hex()}"
    inner = "{\\*\\picprop{\\sp{\\sn a}{\\sv 1}}}"
    return (
        f"{{\\rtf1\\ansi {said(BEFORE)}\\par {{\\*\\shppict{{\\pict{inner}{drawn}}}}}"
        f"{{\\nonshppict{{\\pict{drawn}}}}}{said(AFTER)}\\par}}"
    ).encode()


def odt(data: bytes) -> bytes:
    names = (
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
        ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    )
    frame = f'<draw:frame {names} svg:width="16cm" svg:height="12cm"><draw:image xlink:href="Pictures/i.png"/></draw:frame>'
    return odf(paragraph(BEFORE + frame) + paragraph(AFTER), parts={"Pictures/i.png": data})


def ofd(data: bytes, before: str = BEFORE) -> bytes:
    image = (
        '<ofd:ImageObject ID="7" ResourceID="31" Boundary="20 80 165 128" CTM="165 0 0 128 0 0"/>'
    )
    text = [words(before, 20, 30), words(AFTER, 20, 240)] if before else []
    media = element(
        "MultiMedias", element("MultiMedia", element("MediaFile", "i.png"), ID="31", Type="Image")
    )
    resource = root("Res", media).replace("<ofd:Res ", '<ofd:Res BaseLoc="Res" ')
    return package(
        [("Pages/Page_0/Content.xml", content(*text, image))],
        common=element("DocumentRes", "DocumentRes.xml"),
        members={"Doc_0/DocumentRes.xml": resource, "Doc_0/Res/i.png": data},
    )


def pptx(data: bytes) -> bytes:
    names = (
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="p"'
        ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    )
    drawn = '<p:pic><p:blipFill><a:blip r:embed="rId2"/></p:blipFill><p:spPr><a:xfrm><a:ext cx="6000000" cy="4600000"/></a:xfrm></p:spPr></p:pic>'
    said = "".join(
        f"<p:sp><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sp>" for text in (BEFORE, AFTER)
    )
    relation = '<Relationship Id="rId2" Type="x/image" Target="../media/i.png"/>'
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "ppt/presentation.xml": "<p/>",
            "ppt/slides/slide1.xml": f"<p:sld {names}>{said}{drawn}</p:sld>",
            "ppt/slides/_rels/slide1.xml.rels": f"<Relationships>{relation}</Relationships>",
            "ppt/media/i.png": data,
        }
    )


MAKERS = {"docx": docx, "vml": vml, "doc": doc, "rtf": rtf, "odt": odt, "ofd": ofd, "pptx": pptx}
IN_PLACE = {"docx", "vml", "ofd"}


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_without_a_reader_the_picture_is_told(kind: str, picture: bytes) -> None:
    found = extract_file("附件", MAKERS[kind](picture))
    assert found.status is Status.PARTIAL
    assert found.text.split("\n")[:2] == [BEFORE, AFTER]
    assert [part.why for part in found.unread] == [Status.NO_TEXT]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_with_a_reader_it_waits_and_is_then_text(kind: str, picture: bytes) -> None:
    body = MAKERS[kind](picture)
    waits = extract_scans("附件", body, ScanSession())
    assert (waits.status, waits.scans.waiting) == (Status.PARTIAL, 1)
    found = extract_scans("附件", body, ScanSession(known={0: reading()}))
    assert (found.status, found.scans.read, found.scans.waiting) == (Status.OCR, 1, 0)
    wanted = [BEFORE, SEEN, AFTER] if kind in IN_PLACE else [BEFORE, AFTER, SEEN]
    assert found.text.split("\n") == wanted


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_a_picture_without_writing_leaves_nothing_unread(kind: str, picture: bytes) -> None:
    found = extract_scans("附件", MAKERS[kind](picture), ScanSession(known={0: reading(())}))
    assert found.text.split("\n") == [BEFORE, AFTER]
    assert found.status is Status.OCR


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_one_that_cannot_be_opened_is_told_at_once(kind: str) -> None:
    pytest.importorskip("PIL")
    found = extract_scans("附件", MAKERS[kind](b"\x89PNG\r\n\x1a\n" + b"broken" * 9), ScanSession())
    assert (found.status, found.scans.waiting) == (Status.PARTIAL, 0)


def test_an_ofd_page_that_is_only_a_picture(picture: bytes) -> None:
    body = ofd(picture, "")
    assert extract_file("a.ofd", body).status is Status.NO_TEXT
    found = extract_scans("a.ofd", body, ScanSession(known={0: reading([SEEN, AFTER])}))
    assert (found.status, found.text.split("\n")) == (Status.OCR, [SEEN, AFTER])


@pytest.mark.parametrize(
    ("size", "status"),
    [
        ('cx="5400000" cy="1600000"', Status.PARTIAL),  # a table as a picture, 15 by 4.4 cm
        ('cx="5400000" cy="900000"', Status.OK),  # a letterhead
        ('cx="1500000" cy="1500000"', Status.OK),  # a seal
    ],
)
def test_small_pictures_are_no_part_of_the_text(size: str, status: Status, picture: bytes) -> None:
    assert extract_file("a.docx", docx(picture, size)).status is status
