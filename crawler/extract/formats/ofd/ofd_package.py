"""An OFD package (GB/T 33190): its documents, their pages in order, units and templates."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from crawler.extract.formats.packed import (
    MAX_EXPANDED,
    Broken,
    Encrypted,
    Member,
    numbers_in,
    parse_xml,
    read_member,
)

# Doc_0/Pages/Page_12/Content.xml
_PAGE_NAME = re.compile(r"Pages?/Page_?\d+/Content\.xml$", re.IGNORECASE)
_LEFT_OUT = {"Watermark", "Link"}  # annotations that are no text of the document


class OfdPackage:
    """The members of a package, found by the locations that its files write."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
        if any(name.endswith("encryptions.xml") for name in self._names):
            raise Encrypted

    def find(self, location: str, beside: str = "") -> str | None:
        """The member at a location: absolute, beside the file that names it, or from the root."""
        location = location.strip().replace("\\", "/")
        places = [location.lstrip("/")]
        if not location.startswith("/"):
            places.insert(0, posixpath.join(posixpath.dirname(beside), location))
        for place in places:
            if (key := posixpath.normpath(place).lower()) in self._names:
                return self._names[key]
        return None

    def xml(self, name: str | None) -> Any:
        """The root of a member; Broken if there is none."""
        if name is None:
            raise Broken
        return parse_xml(read_member(self._archive, name))

    def file(self, name: str, called: str) -> Member:
        """A member as a file of its own."""
        return Member(called, partial(read_member, self._archive, name, MAX_EXPANDED))

    def page_names(self) -> list[str]:
        """Members that are called like pages, for packages whose list of pages is lost."""
        return sorted(filter(_PAGE_NAME.search, self._names.values()), key=numbers_in)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfdDocument:
    """One document of a package."""

    pages: Sequence[str | None]  # members in reading order; None for one that is missing
    page_ids: Sequence[str] = ()
    box: str = ""
    templates: Mapping[str, str | None] = field(default_factory=dict)
    units: Mapping[str, Any] = field(default_factory=dict)
    annotations: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    members: Sequence[Member] = ()
    images: Mapping[str, Member] = field(default_factory=dict)


def documents(package: OfdPackage) -> list[OfdDocument]:
    """The documents of a package in their order; by the names of its pages if none is told."""
    found = [_document(package, root) for root in _roots(package)]
    if not any(page for document in found for page in document.pages):
        return [OfdDocument(pages=package.page_names())]
    return found


def _roots(package: OfdPackage) -> Iterator[str]:
    main = package.find("OFD.xml")
    if main is None:
        return
    for location in _texts(package.xml(main), "DocRoot"):
        if (name := package.find(location, main)) is not None:
            yield name


def _document(package: OfdPackage, name: str) -> OfdDocument:
    root = package.xml(name)
    listed = [page for pages in root.iterchildren("{*}Pages") for page in pages.iter("{*}Page")]
    locations = _texts(root, "PublicRes") + _texts(root, "DocumentRes")
    resources = [found for each in locations if (found := package.find(each, name)) is not None]
    return OfdDocument(
        pages=[package.find(page.get("BaseLoc") or "", name) for page in listed],
        page_ids=[page.get("ID") or "" for page in listed],
        box=next(iter(_texts(root, "PhysicalBox")), ""),
        templates={
            page.get("ID") or "": package.find(page.get("BaseLoc") or "", name)
            for page in root.iter("{*}TemplatePage")
        },
        units=_units(package, resources),
        images=_images(package, resources),
        annotations=_annotations(package, root, name),
        members=_attachments(package, root, name),
    )


def _texts(root: Any, tag: str) -> list[str]:
    return [text for each in root.iter(f"{{*}}{tag}") if (text := (each.text or "").strip())]


def _units(package: OfdPackage, names: Sequence[str]) -> dict[str, Any]:
    """The composite graphic units of the resource files by their numbers."""
    return {
        unit.get("ID") or "": unit
        for name in names
        for unit in package.xml(name).iter("{*}CompositeGraphicUnit")
    }


def _images(package: OfdPackage, names: Sequence[str]) -> dict[str, Member]:
    """The pictures of the resource files by their numbers."""
    found: dict[str, Member] = {}
    for name in names:
        resource = package.xml(name)
        base = (resource.get("BaseLoc") or "").strip().rstrip("/")
        for media in resource.iter("{*}MultiMedia"):
            for location in _texts(media, "MediaFile"):
                inner = f"{base}/{location}" if base else location
                file = package.find(inner, name) or package.find(location, name)
                if file is not None:
                    found[media.get("ID") or ""] = package.file(file, posixpath.basename(file))
    return found


def _annotations(package: OfdPackage, root: Any, name: str) -> dict[str, list[Any]]:
    """What annotations show, by the number of their page."""
    found: dict[str, list[Any]] = {}
    for location in _texts(root, "Annotations"):
        index = package.find(location, name)
        if index is None:
            continue
        for page in package.xml(index).iter("{*}Page"):
            files = [package.find(each, index) for each in _texts(page, "FileLoc")]
            found.setdefault(page.get("PageID") or "", []).extend(
                shown for file in files if file is not None for shown in _shown(package.xml(file))
            )
    return found


def _shown(annotations: Any) -> Iterator[Any]:
    for each in annotations.iter("{*}Annot"):
        if each.get("Type") not in _LEFT_OUT and each.get("Visible") != "false":
            yield from each.iterchildren("{*}Appearance")


def _attachments(package: OfdPackage, root: Any, name: str) -> list[Member]:
    """The files that a document carries."""
    members: list[Member] = []
    for location in _texts(root, "Attachments"):
        index = package.find(location, name)
        if index is None:
            continue
        for each in package.xml(index).iter("{*}Attachment"):
            place = next(iter(_texts(each, "FileLoc")), "")
            if (file := package.find(place, index)) is not None:
                members.append(package.file(file, _called(each, file)))
    return members


def _called(attachment: Any, file: str) -> str:
    """The name of an attached file, with the ending that its format gives it."""
    name = (attachment.get("Name") or posixpath.basename(file)).replace("\\", "/").split("/")[-1]
    ending = (attachment.get("Format") or "").lower()
    return name if not ending or "." in name else f"{name}.{ending}"
