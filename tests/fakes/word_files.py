"""Word documents of parts: paragraphs with lists and styles, notes, inserted files."""

from __future__ import annotations

from tests.fakes.files import WORD, zipped

_NAMES = (
    f'xmlns:w="{WORD}"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def part(root: str, inner: str) -> str:
    return f'<?xml version="1.0"?><w:{root} {_NAMES}>{inner}</w:{root}>'


def word_file(
    inner: str,
    *,
    numbering: str = "",
    styles: str = "",
    related: dict[str, tuple[str, bytes | str]] | None = None,
    parts: dict[str, str] | None = None,
) -> bytes:
    """A .docx; ``related`` are the files that an id such as rId1 of the body stands for."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": part("document", f"<w:body>{inner}</w:body>"),
    }
    if numbering:
        members["word/numbering.xml"] = part("numbering", numbering)
    if styles:
        members["word/styles.xml"] = part("styles", styles)
    relations = ""
    for identity, (path, data) in (related or {}).items():
        members[f"word/{path}"] = data
        relations += f'<Relationship Id="{identity}" Type="{_OFFICE}/x" Target="{path}"/>'
    members["word/_rels/document.xml.rels"] = f"<Relationships>{relations}</Relationships>"
    for root, content in (parts or {}).items():
        members[f"word/{root}.xml"] = part(root, content)
    return zipped(members)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def listed(text: str, level: int = 0, number: int = 1) -> str:
    """A paragraph of a list."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr>{run(text) if text else ''}</w:p>"
    )


def styled(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run(text)}</w:p>'


def level(number: int, text: str, style: str = "decimal", extra: str = "") -> str:
    """A level of a list's definition."""
    start = "" if "w:start" in extra else '<w:start w:val="1"/>'
    return (
        f'<w:lvl w:ilvl="{number}">{start}<w:numFmt w:val="{style}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="7">{levels}</w:abstractNum>{nums}'
