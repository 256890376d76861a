"""The body of a notice: which element holds it, and its blocks in reading order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from archive.records import Block
from crawler.extract import furniture
from crawler.extract.dom import (
    BLOCKS,
    HEADINGS,
    Element,
    ancestors,
    clean,
    is_hidden,
    marks,
    parse_html,
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
_FILE_LINE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?)$", re.I)
_CHAPTER = re.compile(
    r"第[一二三四五六七八九十百〇零\d]{1,5}[编章节](?:\s|$|[\u4e00-\u9fff]{1,20}$)"
)
_LABELS = re.compile(
    r"索引号|发文字号|文号|发布机构|发文机关|发文机构|发布日期|成文日期|生成日期|主题分类|主题词|有效性|体裁|公开类别|信息名称|组配分类"
)
_NO_PROSE = frozenset({"a", "textarea", "select", "button", "title"})
_MIN_KNOWN = 20


@dataclass(frozen=True, slots=True)
class Body:
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
        _NEVER.search(marks(up)) or up.tag in {"nav", "footer"} for up in ancestors(element, 4)
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
    if element.tag in HEADINGS or _TITLE.search(marks(element)):
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
        if up.tag in {"nav", "footer", "header", "aside"} or _NEVER.search(marks(up)):
            factor = min(factor, 0.3)
        if depth == 0 and re.search(
            r"content|article|zoom|detail|text|editor|正文|body", marks(up), re.I
        ):
            factor *= 1.15
        if is_hidden(up):
            factor = min(factor, 0.5)
    return factor


def _widen(element: Element, weights: dict[Element, _Weight]) -> Element:
    """Climb while the parent adds running text of its own kind (a body in several boxes)."""
    current = element
    for up in ancestors(element, 5):
        if up.tag in {"body", "html"} or _NEVER.search(marks(up)):
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


# ------------------------------------------------------------------ its blocks


def read_blocks(element: Element | None, title: str = "") -> tuple[Block, ...]:
    """The body's paragraphs, headings and tables, without furniture."""
    if element is None:
        return ()
    copy = deepcopy(element)
    copy.tail = None
    furniture.prune(copy)
    blocks = [block for block in _walk(copy) if block.rows or block.text]
    return tuple(_trim(blocks, title))


_EMBEDDED = re.compile(
    r"[\"'](?:content|html|body|articleContent|txtContent|detailContent)[\"']?\s*:\s*"
    r"\"((?:[^\"\\]|\\.){60,})\"",
    re.I,
)


def embedded_body(root: Element, html: str) -> Element | None:
    """The body that a page carries as data for its script: in a ``<textarea>`` or as a JSON
    string (gkmlpt's ``_CONFIG``); hung into the page so that it is read like any other."""
    found = ["".join(each.itertext()) for each in root.iter("textarea")]
    for raw in _EMBEDDED.findall(html):
        try:
            found.append(json.loads(f'"{raw}"'))
        except ValueError:
            continue
    found = [text for text in found if re.search(r"<(?:p|div|table|br|span)\b", text, re.I)]
    if not found:
        return None
    box = next(iter(parse_html(max(found, key=len)).iter("body")), None)
    if box is None or len(squeeze(text_of(box))) < _MIN_KNOWN:
        return None
    box.tag = "div"
    box.set("class", "embedded")
    next(iter(root.iter("body")), root).append(box)
    return box


_FIELD = re.compile(
    r"\"(title|document_number|publisher|display_publish_time|publish_time)\"\s*:\s*"
    r"\"((?:[^\"\\]|\\.){2,300})\""
)


def embedded_fields(html: str) -> dict[str, str]:
    """What the data that an embedded body comes with says beside it, by the data's names."""
    found: dict[str, str] = {}
    for name, raw in _FIELD.findall(html):
        try:
            found.setdefault(name, clean(json.loads(f'"{raw}"')))
        except ValueError:
            continue
    return found


class _Buffer:
    def __init__(self) -> None:
        self.parts: list[str] = []

    def take(self) -> str:
        text = clean("".join(self.parts))
        self.parts.clear()
        return text


def _walk(root: Element) -> Iterator[Block]:
    """The blocks under an element in reading order."""
    buffer = _Buffer()
    kinds = ["paragraph"]
    walker = etree.iterwalk(root, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        is_block = tag in BLOCKS
        if event == "start":
            if (is_block or tag == "br") and (text := buffer.take()):
                yield _block(text, kinds[-1])
            kinds.append("heading" if tag in HEADINGS else kinds[-1])
            if tag == "table" and not _is_layout(element):
                if rows := _table_rows(element):
                    yield Block(kind="table", rows=rows)
                walker.skip_subtree()
            else:
                buffer.parts.append(element.text or "")
            continue
        kind = kinds.pop()
        if is_block and (text := buffer.take()):
            yield _block(text, kind)
        if element is not root:
            buffer.parts.append(element.tail or "")
    if text := buffer.take():
        yield _block(text, "paragraph")


def _block(text: str, kind: str) -> Block:
    if kind == "heading" and len(text) <= 120:
        return Block(kind="heading", text=text)
    if len(text) <= 30 and _CHAPTER.match(text):
        return Block(kind="heading", text=text)
    return Block(kind="paragraph", text=text)


def _is_layout(table: Element) -> bool:
    """Whether a table only places the text: one column, or other tables or the body inside."""
    if table.find(".//table") is not None:
        return True
    widest = 0
    whole = len(squeeze(text_of(table)))
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        filled = [cell for cell in cells if text_of(cell)]
        widest = max(widest, len(filled))
        for cell in filled:
            size = len(squeeze(text_of(cell)))
            if size > 500 and size > 0.6 * whole and len(cell.findall(".//p")) >= 6:
                return True
    return widest <= 1


def _table_rows(table: Element) -> tuple[tuple[str, ...], ...]:
    """Cells as text; spanned cells are left empty so that columns stay aligned."""
    rows: list[list[str]] = []
    taken: dict[tuple[int, int], bool] = {}
    for number, row in enumerate(table.iter("tr")):
        cells: list[str] = []
        column = 0
        for cell in row:
            if cell.tag not in {"td", "th"}:
                continue
            while taken.get((number, column)):
                cells.append("")
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            cells.extend([_cell_text(cell), *[""] * (wide - 1)])
            for down in range(1, high):
                for across in range(wide):
                    taken[(number + down, column + across)] = True
            column += wide
        if any(cells):
            rows.append(cells)
    return tuple(tuple(row) for row in rows)


def _span(cell: Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 60) if value.isascii() and value.isdigit() else 1


def _cell_text(cell: Element) -> str:
    return " ".join(block.as_text() for block in _walk(cell) if block.text).strip()


def _trim(blocks: list[Block], title: str) -> list[Block]:
    """Cut what a wide body still carries: page title and its line above, links below."""
    blocks = [each for each in blocks if each.rows or not furniture.is_furniture(each.text)]
    blocks = blocks[_head(blocks, title) :]
    return blocks[: _tail(blocks)]


def _head(blocks: list[Block], title: str) -> int:
    """Where the notice begins: behind the page's own heading and the line of date, source and
    counter below it. A title that the act itself repeats has no such line and stays."""
    start = 0
    wanted = squeeze(title)
    for position, block in enumerate(blocks[:14]):
        behind = position + _title_lines(blocks[position : position + 4], wanted)
        following = blocks[behind].text if behind < len(blocks) else ""
        if behind > position and (block.kind == "heading" or furniture.is_meta_line(following)):
            start = behind
            break
    while start + 1 < len(blocks):
        block = blocks[start]
        labels = len(_LABELS.findall(block.as_text())) if block.rows else 0
        meta = not block.rows and len(block.text) < 90 and furniture.is_meta_line(block.text)
        if labels < 3 and not meta:
            break
        start += 1
    return start


def _title_lines(blocks: list[Block], title: str) -> int:
    """Over how many blocks the title stands here; 0 where it does not."""
    said = ""
    for number, block in enumerate(blocks, 1):
        said += squeeze(block.text)
        if title and said == title:
            return number
        if block.rows or not title.startswith(said):
            break
    return 0


def _tail(blocks: list[Block]) -> int:
    """Where the notice ends: before related links and a second list of the same files."""
    end = len(blocks)
    while end > 1 and _FILE_LINE.search(blocks[end - 1].text):
        again = squeeze(blocks[end - 1].text)
        if not any(squeeze(each.text) == again for each in blocks[max(0, end - 20) : end - 1]):
            break
        end -= 1
    for position in range(end - 1, max(end // 2, end - 30), -1):
        if not blocks[position].rows and furniture.is_tail_heading(blocks[position].text):
            end = position
    return end


def lines_of(blocks: Iterable[Block]) -> list[str]:
    """The body as single lines; small tables (signature blocks) cell by cell."""
    lines: list[str] = []
    for block in blocks:
        if not block.rows:
            lines.append(block.text)
        elif len(block.rows) <= 6:
            lines.extend(cell for row in block.rows for cell in row if cell)
    return lines
