"""How much running text each element of a page holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from crawler.extract.dom import (
    BLOCKS,
    HEADINGS,
    Element,
    ancestors,
    class_marks,
    is_hidden,
    text_of,
)

_PUNCTUATION = re.compile(r"[，。；：、,;！？]|\.\s")
# 回收企业应当登记。 or, in an English act, shall apply from 18 August 2025.
_SENTENCE = re.compile(r"[，。；！？]|[a-z]{2}[,;.](?:\s|$)")
_PARAGRAPH = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "dd"})
_TITLE = re.compile(r"(?:^|[\s_-])(?:\w*title\w*|tit\d?|biaoti)(?:$|[\s_-])", re.I)
_NO_PROSE = frozenset({"a", "textarea", "select", "button", "title"})
# What a site says of itself below every notice
_OF_THE_SITE = re.compile(
    r"(?:本站|本网|本网站)[^。]{0,80}(?:转载|版权|摘编|原创|责任|来源)|版权(?:归|属于?|均|所有)|免责声明|版权声明|"
    r"ICP备|网站标识码|公网安备"
)
_SITE_SHARE = 0.03
_LABELS = re.compile(
    r"索引号|文号|发布机构|发文机关|发文机构|发布日期|成文日期|主题分类|主题词|有效性"
)
_FEW_LABELS = 3
_CELL, _CELL_SHARE = 60, 0.8  # characters of a cell of data; what its table gets of it


@dataclass(slots=True)
class Weight:
    """The text of an element's whole subtree, links left out."""

    text: float = 0.0
    prose: float = 0.0  # sentences only
    own: float = 0.0  # what counts for this element as a container of paragraphs


def weigh(root: Element) -> dict[Element, Weight]:
    """Every element of a page with its weight."""
    scales = _Scales()
    weights = scales.weights
    in_link = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            in_link += element.tag in _NO_PROSE
            weights[element] = Weight()
            if not in_link and element.text:
                scales.add(element, element.text)
            continue
        in_link -= element.tag in _NO_PROSE
        parent = element.getparent()
        if parent is None or parent not in weights:
            continue
        share = 0.2 if is_hidden(element) else 1.0
        weights[parent].text += weights[element].text * share
        weights[parent].prose += weights[element].prose * share
        if not in_link and element.tail:
            scales.add(parent, element.tail)
    return weights


@dataclass(slots=True)
class _Scales:
    weights: dict[Element, Weight] = field(default_factory=dict)
    _data: dict[Element, bool] = field(default_factory=dict)  # tables: of data or of labels

    def add(self, element: Element, text: str) -> None:
        """Put a piece of text on the scales of the elements that it stands in."""
        length = len(text.strip())
        if length < 2 or text.lstrip().startswith(("http://", "https://")):
            return
        value = _value(element, text)
        self.weights[element].text += value
        said = _SENTENCE.search(text) or (length > 20 and "：" not in text)
        if said and not _OF_THE_SITE.search(text):
            self.weights[element].prose += value
        for holder, share in self._holders(element):
            self.weights[holder].own += value * share
        if length <= _CELL:
            self._add_cell(element, float(length))

    def _holders(self, element: Element) -> Iterator[tuple[Element, float]]:
        """The elements that a text counts for as containers, with their shares."""
        holder = element
        while holder is not None and holder.tag not in BLOCKS:
            holder = holder.getparent()
        if holder is None or holder not in self.weights:
            return
        in_paragraph = holder.tag in _PARAGRAPH
        if not in_paragraph:
            yield holder, 1.0
        parent = holder.getparent()
        if parent is not None and parent in self.weights:
            yield parent, 1.0 if in_paragraph else 0.7
            outer = parent.getparent()
            if outer is not None and outer in self.weights:
                yield outer, 0.4

    def _add_cell(self, element: Element, value: float) -> None:
        """A short cell counts for its table and for the box around that: a notice may be one
        table of short cells."""
        line = [element, *ancestors(element, 8)]
        cell = next((up for up in line if up.tag in {"td", "th"}), None)
        table = next((up for up in line if up.tag == "table"), None)
        if cell is None or table is None or not self._holds_data(table):
            return
        for each in (table, table.getparent()):
            if each is not None and each in self.weights:
                self.weights[each].own += value * _CELL_SHARE

    def _holds_data(self, table: Element) -> bool:
        """Whether a table has rows of several cells, and is not that of the page's labels."""
        if table not in self._data:
            rows = [row for row in table.iter("tr") if len(row) > 1]
            labels = len(_LABELS.findall(text_of(table)))
            nested = table.find(".//table") is not None
            self._data[table] = len(rows) > 1 and labels < _FEW_LABELS and not nested
        return self._data[table]


def _value(element: Element, text: str) -> float:
    length = len(text.strip())
    marks_in = len(_PUNCTUATION.findall(text))
    value = length * (1.0 if marks_in or length > 20 else 0.3) + 6.0 * min(marks_in, 20)
    if element.tag in HEADINGS or _TITLE.search(class_marks(element)):
        value *= 0.1
    return value * (_SITE_SHARE if _OF_THE_SITE.search(text) else 1.0)
