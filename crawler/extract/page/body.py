"""Find the element of a page that holds the notice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from crawler.extract.dom import (
    BLOCKS,
    HEADINGS,
    Element,
    ancestors,
    class_marks,
    is_hidden,
    select,
    squeeze,
    text_of,
)

# Bodies of the platforms and sites known so far, the most particular first: #id, .class, tag.
KNOWN = (
    "#UCAP-CONTENT", "ucapcontent", "#con_con", ".content_body_box", ".neiright_JPZ_GK_CP",
    ".Three_xilan_07", ".zt_xilan_07", ".art-con", "#zoomcon", "#ivs_content", "#zoom", "#Zoom",
    "#info_cont", ".article_zoom", ".trs_editor_view", ".TRS_UEDITOR", ".TRS_Editor",
    ".TRS_PreAppend", "#article-content", ".article_con", ".Article_content", ".article-content",
    ".article_content", ".wrapper_detail_text", ".bt-content", ".v_news_content", "#vsb_content",
    ".wp_articlecontent", ".vF_detail_content", ".pages_content", ".zy_content", ".view_cont",
    ".p_nei", ".main-txt", ".artile_zw", ".news_content", ".xl_content", "#fontzoom", "#mycontent",
    "#NewsContent", "#artibody", ".detail-content", ".details-main", ".zoom", ".article-body",
    ".content_body", ".message-box",
)  # fmt: skip
_PUNCTUATION = re.compile(r"[，。；：、,;！？]|\.\s")
_SENTENCE = re.compile(r"[，。；！？]")
_PARAGRAPH = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "dd"})
_NEVER = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|header|head|aside|sidebar|crumb|breadcrumb|friend|yqlj|"
    r"related|recommend|comment|login|dialog|popup?|modal|mask)(?:$|[\s_-]|\d)",
    re.I,
)
_TITLE = re.compile(r"(?:^|[\s_-])(?:\w*title\w*|tit\d?|biaoti)(?:$|[\s_-])", re.I)
_NO_PROSE = frozenset({"a", "textarea", "select", "button", "title"})
_MIN_KNOWN = 20


@dataclass(frozen=True, slots=True)
class Body:
    """Where the text stands, and how it was found."""

    element: Element | None  # in the page's tree
    used: str  # 'configured', 'known:<selector>', 'density', 'none'


@dataclass(slots=True)
class _Weight:
    text: float = 0.0  # running text of the whole subtree, links left out
    prose: float = 0.0  # sentences only, of the whole subtree
    own: float = 0.0  # what counts for this element as a container of paragraphs


def find_body(root: Element, selector: str | None = None) -> Body:
    """The element that holds the notice's text: as configured, else as known, else the
    densest; a known box that misses most of the text gives way to the densest one."""
    weights: dict[Element, _Weight] | None = None
    for part in _alternatives(selector or ""):
        matches = [each for each in select(root, part) if _holds_something(each)]
        if len(matches) > 1:
            weights = weights or _weigh(root)
            return Body(_fullest(matches, weights), "configured")
        if matches:
            return Body(matches[0], "configured")
    weights = weights or _weigh(root)
    dense = _densest(weights)
    known, used = _known(root, weights)
    if known is not None and (dense is None or _covers(known, dense, weights)):
        return Body(known, f"known:{used}")
    if dense is not None:
        return Body(dense, "density")
    return Body(None, "none")


def _alternatives(selector: str) -> list[str]:
    """The parts of a selector list: the first that matches counts, not the outermost."""
    parts = re.split(r",(?![^(\[]*[)\]])", selector)
    return [part.strip() for part in parts if part.strip()]


def _holds_something(element: Element) -> bool:
    """Whether a box is more than a shell that a script fills or another template uses."""
    if len(squeeze(text_of(element))) >= _MIN_KNOWN:
        return True
    return any(element.find(f".//{tag}") is not None for tag in ("img", "a", "iframe", "embed"))


def _fullest(matches: list[Element], weights: dict[Element, _Weight]) -> Element:
    best = matches[0]
    for each in matches[1:]:
        if _text(weights, each) > 1.3 * _text(weights, best):
            best = each
    return best


def _text(weights: dict[Element, _Weight], element: Element) -> float:
    found = weights.get(element)
    return found.text if found else 0.0


def _known(root: Element, weights: dict[Element, _Weight]) -> tuple[Element | None, str]:
    thin: tuple[Element | None, str] = (None, "")
    named = _by_name(root)
    for selector in KNOWN:
        matches = [each for each in named.get(selector, ()) if not _is_outside(each)]
        if not matches:
            continue
        best = _fullest(matches, weights)
        if len(squeeze(text_of(best))) >= _MIN_KNOWN:
            return best, selector
        if thin[0] is None and (text_of(best) or best.find(".//img") is not None):
            thin = best, selector
    return thin


def _by_name(root: Element) -> dict[str, list[Element]]:
    """Elements by ``#id``, ``.class`` and tag, for all known selectors in one pass."""
    found: dict[str, list[Element]] = {}
    wanted = frozenset(KNOWN)
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        names = [f".{name}" for name in (element.get("class") or "").split()]
        names.append(f"#{element.get('id')}")
        names.append(element.tag)
        for name in names:
            if name in wanted:
                found.setdefault(name, []).append(element)
    return found


def _is_outside(element: Element) -> bool:
    return any(
        _NEVER.search(class_marks(up)) or up.tag in {"nav", "footer"}
        for up in ancestors(element, 4)
    )


def _covers(known: Element, dense: Element, weights: dict[Element, _Weight]) -> bool:
    have, could = _text(weights, known), _text(weights, dense)
    if known is dense or could < 60:
        return True
    return have >= 0.72 * could


def _weigh(root: Element) -> dict[Element, _Weight]:
    weights: dict[Element, _Weight] = {}
    in_link = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            in_link += element.tag in _NO_PROSE
            weights[element] = _Weight()
            if not in_link and element.text:
                _add(weights, element, element.text)
            continue
        in_link -= element.tag in _NO_PROSE
        parent = element.getparent()
        if parent is None or parent not in weights:
            continue
        hidden = is_hidden(element)
        weights[parent].text += weights[element].text * (0.2 if hidden else 1.0)
        weights[parent].prose += weights[element].prose * (0.2 if hidden else 1.0)
        if not in_link and element.tail:
            _add(weights, parent, element.tail)
    return weights


def _add(weights: dict[Element, _Weight], element: Element, text: str) -> None:
    length = len(text.strip())
    if length < 2 or text.lstrip().startswith(("http://", "https://")):
        return
    marks_in = len(_PUNCTUATION.findall(text))
    value = length * (1.0 if marks_in or length > 20 else 0.3) + 6.0 * min(marks_in, 20)
    if element.tag in HEADINGS or _TITLE.search(class_marks(element)):
        value *= 0.1
    weights[element].text += value
    said = _SENTENCE.search(text) or (length > 20 and "：" not in text)
    weights[element].prose += value if said else 0.0
    holder = element
    while holder is not None and holder.tag not in BLOCKS:
        holder = holder.getparent()
    if holder is None or holder not in weights:
        return
    if holder.tag not in _PARAGRAPH:
        weights[holder].own += value
    parent = holder.getparent()
    if parent is not None and parent in weights:
        weights[parent].own += value if holder.tag in _PARAGRAPH else value * 0.7
        outer = parent.getparent()
        if outer is not None and outer in weights:
            weights[outer].own += value * 0.4


def _densest(weights: dict[Element, _Weight]) -> Element | None:
    best: Element | None = None
    best_score = 0.0
    for element, weight in weights.items():
        if weight.own <= best_score or element.tag in {"a", "span", "font", "b", "strong"}:
            continue
        score = weight.own * _aptness(element)
        if score > best_score:
            best, best_score = element, score
    if best is None:
        return None
    if best.tag in {"tr", "tbody", "thead"}:
        best = next((up for up in ancestors(best) if up.tag == "table"), best)
    return _widen(best, weights)


def _aptness(element: Element) -> float:
    if element.tag in {"body", "html", "head", "nav", "footer", "header", "form", "ul", "title"}:
        return 0.25
    factor = 1.0
    for depth, up in enumerate([element, *ancestors(element, 4)]):
        if up.tag in {"nav", "footer", "header", "aside"} or _NEVER.search(class_marks(up)):
            factor = min(factor, 0.3)
        if depth == 0 and re.search(
            r"content|article|zoom|detail|text|editor|正文|body", class_marks(up), re.I
        ):
            factor *= 1.15
        if is_hidden(up):
            factor = min(factor, 0.5)
    return factor


def _widen(element: Element, weights: dict[Element, _Weight]) -> Element:
    """Climb while the parent adds running text of its own kind (a body in several boxes)."""
    current = element
    for up in ancestors(element, 5):
        if up.tag in {"body", "html"} or _NEVER.search(class_marks(up)):
            break
        gain = weights[up].prose - weights[current].prose
        if (gain > 0.12 * _text(weights, current) and not _mostly_links(up, current)) or (
            up.tag in {"td", "tr", "tbody", "table"} and current.tag in {"td", "tr", "tbody"}
        ):
            current = up
        else:
            break
    return current


def _mostly_links(outer: Element, inner: Element) -> bool:
    """Whether what the outer element adds is lists of links or the page's frame."""
    linked = added = 0
    for child in outer.iter("a"):
        if inner not in set(ancestors(child, 30)):
            linked += len(squeeze(text_of(child)))
    added = len(squeeze(text_of(outer))) - len(squeeze(text_of(inner)))
    return added > 0 and linked > 0.35 * added
