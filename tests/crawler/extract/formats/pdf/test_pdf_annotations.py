"""Fields, notes and files that a PDF carries besides its pages."""

from __future__ import annotations

from crawler.extract.file_extractor import extract_file
from domain.records.states import AttachmentStatus as Status
from tests.fakes.pdf_pages import document, lines, page, text

BODY = lines(["第一条 为规范动力电池编码管理，制定本办法。", "申报单位："], 60, 760)
FIRST = "第一条为规范动力电池编码管理，制定本办法。"


def told(words: str) -> bytes:
    return b"feff" + words.encode("utf-16-be").hex().encode()


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(data), data)


def look(drawn: str, box: bytes = b"0 0 200 20") -> bytes:
    return stream(b"/Type/XObject/Subtype/Form/BBox[%s]/Resources<</Font<</F1 3 0 R>>>>" % box, drawn.encode())  # fmt: skip


def read(*objects: bytes, catalog: str = "", extra: str = "/Annots[10 0 R]") -> list[str]:
    body = document([page(BODY, extra=extra)], catalog=catalog, objects=objects)
    return extract_file("a.pdf", body).text.split("\n")


FORM = (
    "/AcroForm<</Fields[10 0 R]/NeedAppearances true/DR<</Font<</F1 3 0 R>>>>/DA(/F1 12 Tf 0 g)>>"
)
FIELD = (
    b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V<%s>/DA(/F1 12 Tf 0 g)/F 4/Rect[130 735 330 755]%s>>"
)
FREE = (
    b"<</Type/Annot/Subtype/FreeText/Contents<%s>/DA(/F1 12 Tf 0 g)/F %d/Rect[130 736 330 752]%s>>"
)


def test_the_value_of_a_field_stands_in_its_place() -> None:
    shown = look(text("某再生资源公司", 2, 4))
    wanted = [FIRST, "申报单位：某再生资源公司"]
    assert (
        read(FIELD % (told("某再生资源公司"), b"/AP<</N 11 0 R>>"), shown, catalog=FORM) == wanted
    )
    assert read(FIELD % (told("某再生资源公司"), b""), catalog=FORM) == wanted


def test_free_text_on_the_page() -> None:
    shown = look(text("某再生资源公司", 2, 4))
    assert read(FREE % (told("某再生资源公司"), 4, b"/AP<</N 11 0 R>>"), shown) == [
        FIRST,
        "申报单位：某再生资源公司",
    ]
    assert read(FREE % (told("某再生资源公司"), 4, b""))[1] == "申报单位：某再生资源公司"
    assert read(FREE % (told("某再生资源公司"), 2, b"")) == [FIRST, "申报单位："]


def test_comments_that_open_on_a_click_are_no_text() -> None:
    note = b"<</Type/Annot/Subtype/Text/Contents<%s>/Rect[130 735 150 755]>>" % told("请核对")
    assert read(note) == [FIRST, "申报单位："]


def test_text_struck_by_an_annotation() -> None:
    strike = b"<</Type/Annot/Subtype/%s/QuadPoints[108 772 252 772 108 758 252 758]/F 4/Rect[108 758 252 772]%s>>"
    drawn = look("1 0 0 RG 1 w 108 764 m 252 764 l S", b"108 758 252 772")
    assert read(strike % (b"StrikeOut", b"")) == ["第一条制定本办法。", "申报单位："]
    assert read(strike % (b"StrikeOut", b"/AP<</N 11 0 R>>"), drawn)[0] == "第一条制定本办法。"
    assert read(strike % (b"Underline", b""))[0] == FIRST


def test_a_highlight_hides_nothing() -> None:
    drawn = stream(
        b"/Type/XObject/Subtype/Form/BBox[60 758 350 772]/Resources<</ExtGState<</G<</BM/Multiply>>>>>>",
        b"/G gs 1 1 0 rg 60 758 290 14 re f",
    )
    mark = b"<</Type/Annot/Subtype/Highlight/QuadPoints[60 772 350 772 60 758 350 758]/F 4/Rect[60 758 350 772]/AP<</N 11 0 R>>>>"
    assert read(mark, drawn)[0] == FIRST


def embedded(data: bytes, name: str) -> tuple[bytes, bytes]:
    return (
        stream(b"/Type/EmbeddedFile", data),
        b"<</Type/Filespec/F(a)/UF<%s>/EF<</F 10 0 R>>>>" % told(name),
    )


NAMES = "/Names<</EmbeddedFiles<</Names[(a) 11 0 R]>>>>"


def test_embedded_files_are_read_like_others() -> None:
    objects = embedded("附件里的文字应当读出来。".encode(), "附件一.txt")
    wanted = [FIRST, "申报单位：", "【附件一.txt】", "附件里的文字应当读出来。"]
    assert read(*objects, catalog=NAMES, extra="") == wanted
    note = b"<</Type/Annot/Subtype/FileAttachment/Rect[130 735 150 755]/FS 11 0 R>>"
    moved = (note, objects[1].replace(b"10 0 R", b"12 0 R"), objects[0])
    assert read(*moved) == wanted


def test_an_embedded_file_that_cannot_be_read_is_named() -> None:
    objects = embedded(b"Rar!\x1a\x07\x01" + b"x" * 99, "附件.rar")
    body = document([page(BODY)], catalog=NAMES, objects=objects)
    found = extract_file("a.pdf", body)
    assert (found.status, found.unread) == (Status.PARTIAL, (("附件.rar", Status.BROKEN),))


def test_a_form_that_a_program_draws_is_not_read() -> None:
    form = "/NeedsRendering true/AcroForm<</Fields[]/XFA 10 0 R>>"
    xfa = stream(b"", b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'></xdp:xdp>")
    body = document([page(BODY)], catalog=form, objects=[xfa])
    found = extract_file("a.pdf", body)
    assert (found.status, found.unread) == (Status.PARTIAL, (("XFA表单", Status.UNSUPPORTED),))
