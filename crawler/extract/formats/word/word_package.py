"""The parts of a .docx and how they refer to each other."""

from __future__ import annotations

import posixpath
import re
import zipfile
from typing import Any

from crawler.extract.formats.packed import Broken, parse_xml, read_member

_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATION_ID = f"{{{_RELATIONS}}}id"
# files of ISO's strict variant name everything by other addresses and are the same otherwise
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math",
     b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATIONS.encode()),
)  # fmt: skip


class WordPackage:
    """The main part of a document, and the parts that belong to it."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self.main = self._main()
        self._targets: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        for identity, kind, target in self._relations(self.main):
            self._targets[identity] = target
            self._kinds.setdefault(kind, target)

    def document(self) -> Any:
        return self._parsed(self.main)

    def part(self, kind: str) -> Any | None:
        """The part of a kind such as ``numbering``; None where the document has none."""
        folder = posixpath.dirname(self.main)
        for name in (self._kinds.get(kind, ""), posixpath.join(folder, f"{kind}.xml")):
            if name.lower() in self._names:
                return self._parsed(name)
        return None

    def target(self, identity: str) -> tuple[str, bytes] | None:
        """The name and the bytes of what a relation's id stands for; None if it is not there."""
        name = self._names.get(self._targets.get(identity, "").lower())
        return (
            None if name is None else (posixpath.basename(name), read_member(self._archive, name))
        )

    def _main(self) -> str:
        for _, kind, target in self._relations(""):
            if kind == "officeDocument" and target.lower() in self._names:
                return target
        usual = (n for n in self._names.values() if re.fullmatch(r"word/document\d*\.xml", n))
        found = next(usual, None)
        if found is None:
            raise Broken
        return found

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        """Id, last word of the kind, and path of each part that a part names."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels").lower()
        if path not in self._names:
            return []
        return [
            (
                each.get("Id") or "",
                (each.get("Type") or "").rsplit("/", 1)[-1],
                posixpath.normpath(posixpath.join("/", folder, each.get("Target") or "")).lstrip(
                    "/"
                ),
            )
            for each in self._parsed(path).iter("{*}Relationship")
            if (each.get("TargetMode") or "").lower() != "external"
        ]

    def _parsed(self, name: str) -> Any:
        data = read_member(self._archive, self._names[name.lower()])
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
        return parse_xml(data)
