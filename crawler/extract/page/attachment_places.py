"""Where on a page a link stands: in the notice's box, in the page's frame, after 附件."""

from __future__ import annotations

import re

from lxml import etree

from crawler.extract.dom import (
    BLOCKS,
    Element,
    ancestors,
    class_marks,
    clean_text,
    squeeze,
    text_of,
)

_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|header|aside|sidebar|friend|yqlj|links|banner)(?:$|[\s_-]|\d)",
    re.I,
)
# 附件：1., 附　表, 附件下载：
_LABEL_LINE = re.compile(r"[\s\[【（(]*附\s*[件表录图]")
_PROSE = 40  # characters of a line with a full stop, which ends the list of files


def article_box(body: Element | None) -> Element | None:
    """The box that holds the body and what belongs to it, but not the whole page."""
    current = body
    if body is None:
        return None
    size = len(squeeze(text_of(body))) or 1
    for up in ancestors(body, 4):
        if up.tag in {"body", "html"}:
            break
        if len(squeeze(text_of(up))) > size + max(1200, size * 0.6):
            break
        current = up
    return current


def is_within(element: Element, box: Element | None) -> bool:
    return box is not None and (element is box or any(up is box for up in ancestors(element)))


def in_frame(element: Element) -> bool:
    """Whether an element is part of navigation, head or foot."""
    return any(
        up.tag in {"nav", "footer", "header"} or _FRAME.search(class_marks(up))
        for up in ancestors(element, 8)
    )


def labelled_links(box: Element | None) -> frozenset[Element]:
    """The links behind a line that begins with 附件, up to the next sentence."""
    links: set[Element] = set()
    line: list[str] = []
    open_ = False
    walk = etree.iterwalk(box, events=("start", "end")) if box is not None else ()
    for event, element in walk:
        if element.tag in BLOCKS or element.tag == "br":
            open_ = _goes_on(clean_text("".join(line)), open_)
            line.clear()
        if event == "start":
            if element.tag == "a" and (open_ or _LABEL_LINE.match("".join(line))):
                links.add(element)
            line.append(element.text or "")
        elif element is not box:
            line.append(element.tail or "")
    return frozenset(links)


def _goes_on(line: str, open_: bool) -> bool:
    """Whether the list of files is open behind a line."""
    if _LABEL_LINE.match(line):
        return True
    return open_ and not (len(line) >= _PROSE and "。" in line)
