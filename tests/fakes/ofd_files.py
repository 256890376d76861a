"""OFD packages made member by member."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.fakes.files import zipped

_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def element(tag: str, inner: str = "", **attributes: str) -> str:
    """One element; ``name_`` stands for an attribute that is a Python word."""
    written = "".join(f' {name.rstrip("_")}="{value}"' for name, value in attributes.items())
    return f"<ofd:{tag}{written}>{inner}</ofd:{tag}>"


def root(tag: str, inner: str) -> str:
    """A whole file."""
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:{tag} {_XMLNS}>{inner}</ofd:{tag}>'


def words(
    text: str,
    x: float,
    y: float,
    *,
    size: float = 5,
    code: str = "",
    extra: str = "",
    inner: str = "",
) -> str:
    """A text object whose base line starts at its box's lower left."""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 {size + 1}" Font="1" Size="{size}" {extra}>{inner}'
        f'<ofd:TextCode X="0" Y="{size}" {code}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, *, extra: str = "", inner: str = "") -> str:
    """A path on the whole page, stroked."""
    return (
        f'<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.3" {extra}>{inner}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def content(*objects: str, before: str = "") -> str:
    """A page's file."""
    return root("Page", before + element("Content", element("Layer", "".join(objects))))


def package(
    pages: Sequence[tuple[str, str]],
    *,
    common: str = "",
    after: str = "",
    members: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A package of one document: its pages by location and file, in the order of the list."""
    listed = "".join(
        element("Page", ID=str(number), BaseLoc=location)
        for number, (location, _) in enumerate(pages, 1)
    )
    document = root("Document", element("CommonData", common) + element("Pages", listed) + after)
    files: dict[str, str | bytes] = {
        "OFD.xml": root("OFD", element("DocBody", element("DocRoot", "Doc_0/Document.xml"))),
        "Doc_0/Document.xml": document,
        **{f"Doc_0/{location}": file for location, file in pages if file},
        **(members or {}),
    }
    return zipped(files)
