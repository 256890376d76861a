"""PowerPoint's .pptx: the slides in their order, as they are shown."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from crawler.extract.formats.embedded_objects import object_file, with_objects
from crawler.extract.formats.line_collector import LineCollector
from crawler.extract.formats.packed import (
    Member,
    Read,
    UnreadPart,
    numbers_in,
    open_zip,
    parse_xml,
    read_member,
)
from crawler.extract.formats.picture import read_inner_picture, with_pictures
from crawler.extract.formats.picture_sizes import is_large
from crawler.extract.formats.raised_runs import join_raised

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_PRESENTATION = "ppt/presentation.xml"
_UNIT = 360_000  # English Metric Units in a centimetre
_STRUCK = frozenset({"sngStrike", "dblStrike"})


def read_pptx(body: bytes) -> Read:
    """The text and tables of the slides that are not hidden, and the files that lie on them."""
    archive = open_zip(body)
    collector = LineCollector()
    objects: list[Member | UnreadPart] = []
    pictures: list[Read] = []
    for name in _slides(archive):
        root = parse_xml(read_member(archive, name))
        if root.get("show") in {"0", "false"}:
            continue
        for fallback in list(root.iter(f"{_MARKUP}Fallback")):
            fallback.getparent().remove(fallback)
        _walk(root, collector)
        objects += _objects(archive, name, root)
        pictures += [read_inner_picture(each) for each in _pictures(archive, name, root)]
    return with_objects(with_pictures(collector.read(), pictures), objects)


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """The slides in the order of the presentation; in that of their names without one."""
    names = set(archive.namelist())
    found = sorted(
        (n for n in names if re.fullmatch(r"ppt/slides/slide\d+\.xml", n)), key=numbers_in
    )
    if _PRESENTATION not in names:
        return found
    targets = _relations(archive, _PRESENTATION)
    root = parse_xml(read_member(archive, _PRESENTATION))
    listed = [targets.get(each.get(f"{_RELATIONS}id") or "", "") for each in root.iter("{*}sldId")]
    return [name for name in listed if name in names] or found


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.NameToInfo:
        return {}
    return {
        each.get("Id") or "": posixpath.normpath(
            posixpath.join("/", folder, each.get("Target") or "")
        ).lstrip("/")
        for each in parse_xml(read_member(archive, path)).iter("{*}Relationship")
    }


def _walk(parent: Any, collector: LineCollector) -> None:
    for child in parent:
        if child.tag == f"{_DRAWING}tbl":
            _table(child, collector)
        elif child.tag == f"{_DRAWING}p":
            collector.paragraph(_text(child))
        elif isinstance(child.tag, str) and not _is_hidden(child):
            _walk(child, collector)


def _is_hidden(shape: Any) -> bool:
    return any(each.get("hidden") in {"1", "true"} for each in shape.iterfind("*/{*}cNvPr"))


def _table(table: Any, collector: LineCollector) -> None:
    for row in table.iterchildren(f"{_DRAWING}tr"):
        for cell in row.iterchildren(f"{_DRAWING}tc"):
            covered = cell.get("hMerge") in {"1", "true"} or cell.get("vMerge") in {"1", "true"}
            for paragraph in () if covered else cell.iter(f"{_DRAWING}p"):
                collector.cell_paragraph(_text(paragraph))
            collector.end_cell()
        collector.end_row()


def _text(paragraph: Any) -> str:
    return join_raised(_runs(paragraph))


def _runs(paragraph: Any) -> Iterator[tuple[str, bool]]:
    """The runs of a paragraph, each with whether it is raised."""
    for child in paragraph:
        if child.tag == f"{_DRAWING}br":
            yield "\n", False
            continue
        properties = child.find(f"{_DRAWING}rPr") if isinstance(child.tag, str) else None
        if properties is not None and properties.get("strike") in _STRUCK:
            continue
        raised = properties is not None and not (properties.get("baseline") or "0").startswith(
            ("-", "0")
        )
        text = "".join(each.text or "" for each in child.iter("{*}t"))
        if text:
            yield text, raised


def _objects(archive: zipfile.ZipFile, slide: str, root: Any) -> Iterator[Member | UnreadPart]:
    targets = _relations(archive, slide)
    for element in root.iter("{*}oleObj"):
        name = targets.get(element.get(f"{_RELATIONS}id") or "", "")
        if name in archive.NameToInfo:
            part = (posixpath.basename(name), read_member(archive, name))
            yield object_file(element.get("progId") or "", part)


def _pictures(archive: zipfile.ZipFile, slide: str, root: Any) -> Iterator[bytes | None]:
    """The pictures on a slide that may be pages or tables; None for one that is not there."""
    targets = _relations(archive, slide)
    for picture in root.iter("{*}pic"):
        blip, extent = next(picture.iter("{*}blip"), None), next(picture.iter("{*}ext"), None)
        sizes = [_centimetres(extent, side) for side in ("cx", "cy")]
        if blip is not None and is_large(*sizes) and not _is_hidden(picture):
            name = targets.get(blip.get(f"{_RELATIONS}embed") or "", "")
            yield read_member(archive, name) if name in archive.NameToInfo else None


def _centimetres(extent: Any | None, side: str) -> float:
    told = "" if extent is None else extent.get(side) or ""
    return int(told) / _UNIT if told.isascii() and told.isdigit() and len(told) < 12 else 0.0
