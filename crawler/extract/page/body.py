"""Find the element of a page that holds the notice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extract.dom import (
    Element,
    ancestors,
    class_marks,
    is_hidden,
    select,
    squeeze,
    text_of,
)
from crawler.extract.page.text_weight import Weight, weigh

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
    ".content_body", ".message-box", "#wenzhang-content", ".wenzhang-content",
)  # fmt: skip
_NEVER = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|foot|footer|header|head|aside|sidebar|crumb|breadcrumb|friend|yqlj|"
    r"related|recommend|comment|login|dialog|popup?|modal|mask|copyright|disclaimer|banquan\w*|"
    r"mianze\w*|saoma|weizhi|ewm)(?:$|[\s_-]|\d)",
    re.I,
)
_MIN_KNOWN = 20
_UNBOXED = frozenset({"p", "table", "h1", "h2", "h3", "h4", "ul", "ol", "blockquote"})
_MANY = 5  # paragraphs
_LEAST_GAIN = 8.0  # less than any sentence weighs, more than a title does


@dataclass(frozen=True, slots=True)
class Body:
    """Where the text stands, and how it was found."""

    element: Element | None  # in the page's tree
    used: str  # 'configured', 'known:<selector>', 'density', 'none'


def find_body(root: Element, selector: str | None = None) -> Body:
    """The element that holds the notice's text: as configured, else as known, else the
    densest; a known box that misses most of the text gives way to the densest one."""
    weights: dict[Element, Weight] | None = None
    for part in _alternatives(selector or ""):
        matches = [each for each in select(root, part) if _holds_something(each)]
        if len(matches) > 1:
            weights = weights or weigh(root)
            return Body(_fullest(matches, weights), "configured")
        if matches:
            return Body(matches[0], "configured")
    weights = weights or weigh(root)
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


def _fullest(matches: list[Element], weights: dict[Element, Weight]) -> Element:
    best = matches[0]
    for each in matches[1:]:
        if _text(weights, each) > 1.3 * _text(weights, best):
            best = each
    return best


def _text(weights: dict[Element, Weight], element: Element) -> float:
    found = weights.get(element)
    return found.text if found else 0.0


def _known(root: Element, weights: dict[Element, Weight]) -> tuple[Element | None, str]:
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


def _covers(known: Element, dense: Element, weights: dict[Element, Weight]) -> bool:
    have, could = _text(weights, known), _text(weights, dense)
    if known is dense or could < 60:
        return True
    return have >= 0.72 * could


def _densest(weights: dict[Element, Weight]) -> Element | None:
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


def _widen(element: Element, weights: dict[Element, Weight]) -> Element:
    """Climb while the parent adds running text of its own kind (a body in several boxes)."""
    current = element
    for up in ancestors(element, 5):
        if up.tag == "body" and _holds_paragraphs(up):
            return up
        if up.tag in {"body", "html"} or _NEVER.search(class_marks(up)):
            break
        gain = weights[up].prose - weights[current].prose
        if (
            gain > max(0.12 * _text(weights, current), _LEAST_GAIN)
            and not _mostly_links(up, current)
        ) or (up.tag in {"td", "tr", "tbody", "table"} and current.tag in {"td", "tr", "tbody"}):
            current = up
        else:
            break
    return current


def _holds_paragraphs(body: Element) -> bool:
    """Whether most of a page's text stands in paragraphs without any box around them."""
    paragraphs = [child for child in body if child.tag == "p"]
    unboxed = sum(len(text_of(child)) for child in body if child.tag in _UNBOXED)
    return len(paragraphs) >= _MANY and unboxed > 0.7 * len(text_of(body))


def _mostly_links(outer: Element, inner: Element) -> bool:
    """Whether what the outer element adds is lists of links or the page's frame."""
    linked = added = 0
    for child in outer.iter("a"):
        if inner not in set(ancestors(child, 30)):
            linked += len(squeeze(text_of(child)))
    added = len(squeeze(text_of(outer))) - len(squeeze(text_of(inner)))
    return added > 0 and linked > 0.35 * added
