"""Cut a notice into statements: sentences and list items with their article and chapeau."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from classifier.duties.orders.role_headings import headed_roles
from classifier.facts.fact_document import Document
from classifier.facts.sentences import FactPassage
from domain.text.numerals import parse_chinese_number

_CN = "〇零一二三四五六七八九十"
# e.g. （三）, （3）, 三、, 3., ③, ——, 一是, 一要
_ITEM = re.compile(
    rf"\s*(?:（(?:(?P<bracketed>[{_CN}]{{1,3}})|(?P<small>\d{{1,2}}))）[、.]?|(?P<section>[{_CN}]{{1,3}})[、.]"
    r"|(?P<clause>\d{1,2}(?:\.\d{1,2}){1,3})(?=\s|[一-鿿])(?![前日起至万吨米元])"
    r"|(?P<figure>\d{1,2})[.、)](?!\d)|(?P<circled>[①-⑳])|(?P<dash>——|--|[-•●▪◆★※➢*](?=[一-鿿]))"
    r"|(?P<spoken>[一二三四五六七八九十])(?:是(?!否)|(?=要[一-鿿])))"
)
# An item inside its paragraph: 应当遵守下列规定：（一）…；（二）…
_INLINE_ITEM = re.compile(
    rf"(?<=[：；。，:])\s*(?=（(?:[{_CN}]{{1,3}}|\d{{1,2}})）|[①-⑳]|\d{{1,2}}[.．、](?=[一-鿿]))"
)
_ARTICLE_LABEL = re.compile(
    rf"\s*第[{_CN}百两\d]{{1,9}}条(?:之[一二三四五六七八九十]{{1,2}})?[、：:]?\s*"
)
# e.g. 第二章 回收, 附件1
_HEADING = re.compile(
    rf"\s*(?:第[{_CN}百\d]{{1,5}}[编章节](?!.*[。；])|附[件表录]\d*[：:]?$|目\s*录$)"
)
_QUESTION = re.compile(r"\s*(?:问|Q|提问)\d*[：:.、]|.*[？?]\s*$")
_ANSWER = re.compile(r"\s*(?:答|A|答复)\d*[：:.、]\s*")
_CAPTION = re.compile(r"\s*【[^】]{1,16}】")  # 第八条【禁止行为】
_QUOTED = re.compile(r"“(?P<words>[^“”]*)”")
# what stands before a new wording: 将第九条修改为：, 修改后的第五条为：, 增加一款作为第二款：
_NEW_WORDING = re.compile(
    rf"(?:(?:修改|改|调整|变更|更正|修订|替换)(?:为|成)|修改后(?:的[^“”]{{2,16}})?为|增加[^“”]{{0,20}}?作为第[{_CN}百\d]{{1,7}}[条款项][^“”]{{0,12}}"
    r"|增加[一两二三]?[条款项])[：:，]?\s*$"
)
# 规程第四条规定：“车辆缺失动力电池的，所有人应当提交去向说明。”
_CITED = re.compile(
    rf"[^“”。；]{{0,60}}?(?P<article>第[{_CN}百\d]{{1,7}}条)[^“”。；]{{0,12}}(?:规定|明确|要求)[：:，]?“(?P<words>[^“”]{{6,400}})(?:”[。；，]?)?"
)
_AMENDS = re.compile("改|增加|调整|变更|更正|修订|替换")
_ARTICLES = re.compile(rf"第[{_CN}百\d]{{1,7}}条(?:之[一二三四五六七八九十])?")
_PARAGRAPHS = re.compile(rf"第(?P<n>[{_CN}]{{1,3}})款")


_LONGEST_HEADING = 30  # characters of a heading with its number


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A sentence or item and where it stands; ``chapeau`` is the sentence that opens its list.

    ``start`` and ``end`` are positions in the folded text of ``passage``; ``paragraph`` (款)
    and ``item`` (项) count from 1 inside the article, 0 where there is none.
    """

    passage: FactPassage
    start: int
    end: int
    article: str | None = None
    paragraph: int = 0
    item: int = 0
    chapeau: Statement | None = None
    question: str = ""  # that it answers

    @property
    def text(self) -> str:
        return self.passage.text[self.start : self.end]

    @property
    def body(self) -> str:
        """The text without its article's or item's number."""
        return self.passage.text[self.body_start : self.end]

    @property
    def body_start(self) -> int:
        position = self.start
        for pattern in (_ARTICLE_LABEL, _ITEM, _ANSWER, _CAPTION):
            if match := pattern.match(self.passage.text, position, self.end):
                position = match.end()
        return position

    @property
    def opens_list(self) -> bool:
        return self.text.rstrip().endswith(("：", ":")) or self.is_role_heading

    @cached_property
    def is_role_heading(self) -> bool:
        """Whether it only names whom what follows binds: 一、电池回收企业."""
        whole = self.start == 0 and self.end == len(self.passage.text)
        return whole and self.end <= _LONGEST_HEADING and bool(headed_roles(self.body))

    @property
    def quote(self) -> str:
        """The words as published."""
        return self.passage.original(self.start, self.end).strip()


@dataclass
class _Position:
    """Where the reading stands inside the act; ``levels`` are the kinds of item numbers that are
    open, each with the sentence that opens its list."""

    article: str | None = None
    paragraph: int = 0
    item: int = 0
    opener: Statement | None = None  # the last sentence with a colon, whose items may follow
    levels: list[tuple[str, Statement | None]] = field(default_factory=list)
    question: str = ""
    heading: tuple[str, Statement] | None = None  # whom what follows binds, and its number's kind

    @property
    def chapeau(self) -> Statement | None:
        return self.levels[-1][1] if self.levels else None

    def close(self) -> None:
        """Leave all lists."""
        self.opener, self.levels = None, []

    def head(self, statement: Statement, kind: str) -> None:
        """Remember a heading that names whom what follows binds."""
        if statement.is_role_heading:
            self.heading = (kind, statement)

    @property
    def headed_by(self) -> Statement | None:
        """The heading that a paragraph without number stands under."""
        return self.heading[1] if self.heading is not None else None

    def enter(self, item: re.Match[str]) -> None:
        """Go to an item: of the list it belongs to by its kind of number, else of a new one."""
        kind = str(item.lastgroup)
        number = _item_number(item)
        if self.heading is not None and self.heading[0] == kind:
            self.heading = None
        known = [name for name, _ in self.levels]
        if kind in known and not (number == 1 and self.opener is not None):
            del self.levels[known.index(kind) + 1 :]
        else:
            if kind in known:
                del self.levels[known.index(kind) :]
            self.levels.append((kind, self.opener or self.chapeau or self.headed_by))
        self.opener = None
        if self.article is None or len(self.levels) == 1:  # an item's own points are no 项
            self.item = number or self.item + 1


def read_statements(document: Document) -> Iterator[Statement]:
    """All statements of body and attachments in reading order; cells of tables are left to
    the table reader, headings and questions say nothing."""
    position = _Position()
    part = None
    for passage in document.passages:
        if passage.place == "标题" or "表" in passage.place.split("》")[-1]:
            continue
        if passage.text.count("|") > 1:  # a row of a table as text
            continue
        source = passage.place.split("》")[0] if passage.place.startswith("附件") else ""
        if source != part:
            position, part = _Position(), source
        yield from _of_passage(passage, position)


def _of_passage(passage: FactPassage, position: _Position) -> Iterator[Statement]:
    text = passage.text
    if _HEADING.match(text) or _QUESTION.match(text):
        position.close()
        position.heading = None
        position.question = text if _QUESTION.match(text) else ""
        return
    if amended := list(_amended(passage)):
        yield from amended
        rest = text.find("。", amended[-1].end) + 1
        if rest:  # what the decision itself orders
            yield from _of_piece(passage, rest, len(text), position)
        return
    for start, end in _pieces(text):
        yield from _of_piece(passage, start, end, position)


def _of_piece(
    passage: FactPassage, start: int, end: int, position: _Position
) -> Iterator[Statement]:
    text = passage.text
    label = _ARTICLE_LABEL.match(text, start, end)
    if label and passage.article:
        position.article, position.paragraph, position.item = passage.article, 1, 0
        position.heading = None
        position.close()
    item = _ITEM.match(text, start, end)
    if item:
        position.enter(item)
    else:
        if not label and start == 0:
            position.paragraph += 1
        position.item = 0
        position.close()
    for first, last, article in _uncited(text, _sentences(text, start, end)):
        if item and start > 0 and first > start and end == len(text):
            position.close()  # what follows the last item of a list inside a paragraph
        found = Statement(
            passage=passage, start=first, end=last, article=article or position.article,
            paragraph=position.paragraph, item=position.item,
            chapeau=position.chapeau if item else position.headed_by, question=position.question,
        )  # fmt: skip
        if found.opens_list:
            position.opener = found
            if item:
                position.head(found, str(item.lastgroup))
        yield found


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """A paragraph, cut before the items that stand inside it."""
    cuts = [0, *(match.end() for match in _INLINE_ITEM.finditer(text)), len(text)]
    yield from ((a, b) for a, b in pairwise(cuts) if text[a:b].strip())


def _sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of a stretch; one that opens a list stays whole, whatever semicolons it has:
    有下列行为之一的，处罚款；情节严重的，责令停业：."""
    found = list(_cut(text, start, end))
    if text[start:end].rstrip().endswith(("：", ":")):
        while len(found) > 1 and text[found[-2][0] : found[-2][1]].rstrip().endswith("；"):
            found[-2:] = [(found[-2][0], found[-1][1])]
    return found


def _uncited(
    text: str, sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int, str | None]]:
    """Sentences, those that only quote an article as its own words and its number."""
    for start, end in sentences:
        start += text.startswith("”", start)
        cited = _CITED.fullmatch(text, start, end)
        if cited is None:
            yield start, end, None
            continue
        for first, last in _cut(text, *cited.span("words")):
            yield first, last, cited["article"]


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Ends of sentences outside of brackets and quotation marks."""
    depth, first = 0, start
    for index in range(start, end):
        mark = text[index]
        if mark in "（《“":
            depth += 1
        elif mark in "）》”":
            depth = max(depth - 1, 0)
        elif mark in "。！？\n" or (mark == "；" and depth == 0):
            if text[first : index + 1].strip():
                yield first, index + 1
            first, depth = index + 1, 0
    if text[first:end].strip():
        yield first, end


def _item_number(match: re.Match[str]) -> int:
    written = match[str(match.lastgroup)]
    if match["clause"]:
        return int(written.rpartition(".")[2])
    if match["circled"]:
        return ord(written) - ord("①") + 1
    return int(parse_chinese_number(written) or 0) if not match["dash"] else 0


def _amended(passage: FactPassage) -> Iterator[Statement]:
    """The new wordings of a decision to amend; the old ones are no law any more."""
    if "“" not in passage.text or not _AMENDS.search(passage.text):
        return
    left = 0
    for match in _QUOTED.finditer(passage.text):
        before = passage.text[left : match.start()]
        left = match.end()
        if not _NEW_WORDING.search(before):
            continue
        article, paragraph = _place_before(passage.text[: match.start()])
        for first, last in _sentences(passage.text, *match.span("words")):
            yield Statement(
                passage=passage, start=first, end=last, article=article, paragraph=paragraph
            )


def _place_before(left: str) -> tuple[str | None, int]:
    """Article and paragraph that the words before a new wording name last, quotations aside."""
    named = list(_ARTICLES.finditer(_QUOTED.sub("“”", left)))
    if not named:
        return None, 1
    number = _PARAGRAPHS.search(_QUOTED.sub("“”", left), named[-1].end())
    return named[-1][0], int(parse_chinese_number(number["n"]) or 1) if number else 1
