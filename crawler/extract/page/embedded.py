"""Bodies that a page carries as data for its script, and the fields beside them."""

from __future__ import annotations

import json
import re

from crawler.extract.dom import Element, clean_text, parse_html, squeeze, text_of

_MIN_TEXT = 20  # characters
_MIN_PLAIN = 60  # of text without tags, which may be a form's

_EMBEDDED = re.compile(
    r"[\"'](?:content|html|body|articleContent|txtContent|detailContent)[\"']?\s*:\s*"
    r"\"((?:[^\"\\]|\\.){60,})\"",
    re.I,
)
_FIELD = re.compile(
    r"\"(title|document_number|publisher|display_publish_time|publish_time)\"\s*:\s*"
    r"\"((?:[^\"\\]|\\.){2,300})\""
)


def embedded_body(root: Element, html: str) -> Element | None:
    """The body that a page carries as data for its script: in a ``<textarea>`` or as a JSON
    string (gkmlpt's ``_CONFIG``); hung into the page so that it is read like any other."""
    typed = ["".join(each.itertext()) for each in root.iter("textarea")]
    found = [_as_markup(text) for text in typed]
    for raw in _EMBEDDED.findall(html):
        try:
            found.append(json.loads(f'"{raw}"'))
        except ValueError:
            continue
    found = [text for text in found if re.search(r"<(?:p|div|table|br|span)\b", text, re.I)]
    if not found:
        return None
    box = next(iter(parse_html(max(found, key=len)).iter("body")), None)
    if box is None or len(squeeze(text_of(box))) < _MIN_TEXT:
        return None
    box.tag = "div"
    box.set("class", "embedded")
    next(iter(root.iter("body")), root).append(box)
    return box


def _as_markup(text: str) -> str:
    """A notice that stands in a ``<textarea>`` as plain text, as preformatted text."""
    plain = "<" not in text and len(squeeze(text)) >= _MIN_PLAIN and "。" in text
    return f"<div><pre>{text}</pre></div>" if plain else text


def embedded_fields(html: str) -> dict[str, str]:
    """What the data that an embedded body comes with says beside it, by the data's names."""
    found: dict[str, str] = {}
    for name, raw in _FIELD.findall(html):
        try:
            found.setdefault(name, clean_text(json.loads(f'"{raw}"')))
        except ValueError:
            continue
    return found
