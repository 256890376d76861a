"""The parts of an .xlsx beside its cells: sheets, shared texts, number formats."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from crawler.extract.formats.packed import Broken, parse_xml, read_member
from crawler.extract.formats.sheets.format_codes import BUILT_IN
from crawler.extract.formats.sheets.rich_text import is_on, rich_text

_MAX_PART = 192 * 1024 * 1024


class CellStyle(NamedTuple):
    """What of a cell's style decides about its text."""

    code: str = "General"
    struck: bool = False


class SheetPlace(NamedTuple):
    """A sheet that is shown, and the part that holds it."""

    name: str
    part: str


class PartRelation(NamedTuple):
    """What a part refers to: the kind is the last word of the relation's type."""

    identity: str
    kind: str
    target: str


class WorkbookParts:
    """Reads the parts of a workbook by their names, whatever their case."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self.main = next(
            (
                r.target
                for r in self.relations("")
                if r.kind == "officeDocument" and self.has(r.target)
            ),
            "xl/workbook.xml",
        )
        self._workbook = self.parsed(self.main)
        properties = self._workbook.find("{*}workbookPr")
        dates = "0" if properties is None else properties.get("date1904") or "0"
        self.from_1904 = dates in {"1", "true", "on"}

    def has(self, part: str) -> bool:
        return part.lower() in self._names

    def read(self, part: str) -> bytes:
        return read_member(self._archive, self._names[part.lower()], _MAX_PART)

    def parsed(self, part: str) -> Any:
        if not self.has(part):
            raise Broken
        return parse_xml(read_member(self._archive, self._names[part.lower()]))

    def relations(self, part: str) -> list[PartRelation]:
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(path):
            return []
        return [
            PartRelation(
                each.get("Id") or "",
                (each.get("Type") or "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target") or "")).lstrip(
                    "/"
                ),
            )
            for each in self.parsed(path).iter("{*}Relationship")
            if (each.get("TargetMode") or "").lower() != "external"
        ]

    def shown_sheets(self) -> list[SheetPlace]:
        """The worksheets that are not hidden, in their order; charts have no cells."""
        targets = {each.identity: each for each in self.relations(self.main)}
        found = []
        for number, sheet in enumerate(self._workbook.iter("{*}sheet"), 1):
            if (sheet.get("state") or "visible").lower() != "visible":
                continue
            identity = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            target = targets.get(
                str(identity), PartRelation("", "", f"xl/worksheets/sheet{number}.xml")
            )
            if target.kind in {"", "worksheet"}:
                found.append(SheetPlace(sheet.get("name") or f"Sheet{number}", target.target))
        return found

    def shared_texts(self) -> list[str]:
        part = self._part("sharedStrings")
        if not part:
            return []
        texts = []
        for _, element in etree.iterparse(
            io.BytesIO(self.read(part)), tag="{*}si", recover=True, resolve_entities=False,
            no_network=True, load_dtd=False,
        ):  # fmt: skip
            texts.append(rich_text(element))
            element.clear()
        return texts

    def styles(self) -> list[CellStyle]:
        """The styles of cells by number; what is odd in them is no reason to lose the cells."""
        part = self._part("styles")
        if not part:
            return []
        root = self.parsed(part)
        codes = dict(BUILT_IN)
        for each in root.iter("{*}numFmt"):
            if (number := _number(each.get("numFmtId"))) is not None:
                codes[number] = each.get("formatCode") or "General"
        struck = [is_on(font.find("{*}strike")) for font in _children(root, "fonts")]
        return [_style(each, codes, struck) for each in _children(root, "cellXfs")]

    def _part(self, kind: str) -> str:
        candidates = [r.target for r in self.relations(self.main) if r.kind == kind]
        return next((part for part in (*candidates, f"xl/{kind}.xml") if self.has(part)), "")


def _children(root: Any, name: str) -> Iterator[Any]:
    parent = root.find(f"{{*}}{name}")
    return iter(()) if parent is None else parent.iterchildren("{*}*")


def _style(xf: Any, codes: dict[int, str], struck: list[bool]) -> CellStyle:
    number, font = _number(xf.get("numFmtId")), _number(xf.get("fontId"))
    code = codes.get(number, "General") if number is not None else "General"
    return CellStyle(code, font is not None and font < len(struck) and struck[font])


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
