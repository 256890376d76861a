"""The searchable text of a notice, put together from its copies and their attachments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from domain.text.document_numbers import normalise_document_number


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeText:
    """What of a notice can be searched: its titles, the latest text of every copy with its
    attachments, and numbers, issuers and names of attachments."""

    title: str
    body: str
    meta: str
    numbers: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    published: str = ""


def assemble(
    notice: tuple[Any, ...],
    copies: list[tuple[Any, ...]],
    files: dict[int, list[tuple[str, str]]],
) -> NoticeText:
    _, title, title_en, number, issuers, published, url = (str(v or "") for v in notice)
    titles, bodies, meta = [title], [], [title_en, url]
    numbers, issuer_lists = [number], [issuers]
    for _, version, copy_title, text, copy_number, index_number, copy_issuers in copies:
        titles.append(str(copy_title))
        bodies.append(str(text))
        numbers.append(str(copy_number or ""))
        issuer_lists.append(str(copy_issuers))
        meta.append(str(index_number or ""))
        for name, file_text in files.get(version, ()):
            meta.append(name)
            bodies.append(file_text)
    spelled = {n: None for n in numbers if n} | {
        normalise_document_number(n): None for n in numbers if n
    }
    names = tuple(dict.fromkeys(n for text in issuer_lists for n in _names(text)))
    meta += [*spelled, *names]
    return NoticeText(
        title="\n".join(dict.fromkeys(titles)),
        body="\n".join(dict.fromkeys(bodies)),
        meta="\n".join(m for m in dict.fromkeys(meta) if m),
        numbers=tuple(spelled),
        issuers=names,
        published=published,
    )


def _names(issuers: str) -> list[str]:
    try:
        names = json.loads(issuers)
    except ValueError:
        return [issuers] if issuers else []
    return [str(n) for n in names] if isinstance(names, list) else []


def batches(items: Iterable[int], size: int) -> Iterator[list[int]]:
    some: list[int] = []
    for item in items:
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some
