"""Mark words of interest in hostile texts: everything is escaped first."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from archive.search.highlighting import highlight
from archive.search.query import Query, parse_query
from domain.records.search_hit import SearchHit

# Controls, and what turns the direction of the text around it.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def visible(value: object) -> object:
    """Any value that a template prints, text without controls and without bidi overrides."""
    if isinstance(value, Markup):
        return value if not _UNSEEN.search(value) else Markup(_UNSEEN.sub("", value))  # noqa: S704
    return _UNSEEN.sub("", value) if isinstance(value, str) else value


def marked(text: str, query: Query) -> Markup:
    """The text with the query's words between ``<mark>``."""
    pieces = [
        Markup("<mark>{}</mark>").format(piece) if hit else escape(piece)
        for piece, hit in highlight(text, query)
    ]
    return Markup("").join(pieces)


def marked_snippet(hit: SearchHit, query: str | Query) -> Markup:
    """The snippet with the found words marked; where they stand elsewhere, title and number
    are shown marked in front of it."""
    parsed = parse_query(query) if isinstance(query, str) else query
    body = marked(hit.snippet, parsed)
    if not parsed.terms or ("<mark>" in body and not _title_is_closer(hit, parsed)):
        return body
    for text in (hit.document_number or "", hit.title, hit.title_en or ""):
        line = marked(text, parsed)
        if "<mark>" in line:
            return line + Markup("<br>") + body
    return body


def _title_is_closer(hit: SearchHit, query: Query) -> bool:
    """Whether the words as they were typed stand in the title and not in the snippet."""
    whole = query.terms[0].text
    return whole in hit.title and whole not in hit.snippet
