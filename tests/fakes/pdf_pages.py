"""PDF pages drawn operator by operator, in a Chinese font that every reader knows."""

from __future__ import annotations

from collections.abc import Sequence

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000/FontDescriptor 5 0 R>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>",
)
IMAGE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
    b"/Length 1>>stream\n\x80\nendstream"
)
A4 = "0 0 595 842"


def text(
    words: str, x: float, y: float, size: float = 12, *, turn: str = "1 0 0 1", mode: str = ""
) -> str:
    """One line of text; ``mode`` holds operators before it, such as ``3 Tr`` or ``1 g``."""
    return (
        f"q BT {mode} /F1 {size} Tf {turn} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET Q\n"
    )


def lines(
    words: Sequence[str], x: float, top: float, *, size: float = 12, leading: float = 20
) -> str:
    """Lines below each other."""
    return "\n".join(text(line, x, top - leading * n, size) for n, line in enumerate(words))


def rule(x: float, y: float, to_x: float, to_y: float) -> str:
    """A stroked line."""
    return f"0.5 w {x} {y} m {to_x} {to_y} l S\n"


def table(
    rows: Sequence[Sequence[str]], xs: Sequence[float], top: float, height: float = 24
) -> str:
    """A ruled table with one line of text in a cell."""
    bottom = top - height * len(rows)
    parts = [rule(xs[0], top - height * n, xs[-1], top - height * n) for n in range(len(rows) + 1)]
    parts += [rule(x, top, x, bottom) for x in xs]
    parts += [
        text(cell, xs[column] + 3, top - height * number - 16, 10)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell
    ]
    return "\n".join(parts) + "\n"


def page(content: str, *, box: str = A4, extra: str = "") -> tuple[str, str]:
    """A page's content and the entries of its dictionary."""
    return content, f"/MediaBox[{box}]{extra}"


def document(
    pages: Sequence[tuple[str, str]],
    *,
    catalog: str = "",
    objects: Sequence[bytes] = (),
    fonts: Sequence[bytes] = FONT,
) -> bytes:
    """A PDF of these pages; ``objects`` are numbered from 10 on and may be named in the rest."""
    first = 10 + len(objects)
    kids = " ".join(f"{first + 2 * n + 1} 0 R" for n in range(len(pages)))
    found = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>".encode(),
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        *fonts, *[b"null"] * (4 - len(fonts)), IMAGE, b"null", b"null", *objects,
    ]  # fmt: skip
    found = found[:9] + list(objects)
    for number, (content, entries) in enumerate(pages):
        data = content.encode("latin-1")
        found.append(b"<</Length %d>>stream\n%s\nendstream" % (len(data), data))
        found.append(
            f"<</Type/Page/Parent 2 0 R{entries}/Resources<</Font<</F1 3 0 R/F2<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
            f"/XObject<</Im 7 0 R/Fm 10 0 R>>/ExtGState<</Half<</ca .3>>>>>>/Contents {first + 2 * number} 0 R>>".encode()
        )
    return _written(found)


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)
