"""Normalise text for the fact readers, with a way back to the original positions.

Facts are found in a folded form and quoted from the original, character for character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from domain.facts.replaced_words import without_replaced_words
from domain.text.article_headings import ARTICLE_HEADING

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)}
_FULL_WIDTH |= {code: code - 0xFEE0 for code in range(0xFF21, 0xFF3B)}
_FULL_WIDTH |= {code: code - 0xFEE0 for code in range(0xFF41, 0xFF5B)}
_PAIRS = (
    "％% ﹪% ．. ／/ ＝= ＞> ＜< ≧≥ ≦≤ ○〇 ◯〇 兩两 壹一 贰二 叁三 肆四 伍五 陆六 柒七 捌八 玖九 "
    "拾十 佰百 仟千 圆元 —- –- ―- －- ～- ~- 〜- ∼- ‐- ‑- −- ﹣- (（ )） ;；"
)
_ALIKE = {ord(pair[0]): pair[1] for pair in _PAIRS.split(" ")}
_FOLD: dict[int, int | str] = {**_FULL_WIDTH, **_ALIKE}
_SPACE = re.compile(
    r"[ \t\r\f\v\xa0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u3000\ufeff\x00-\x08]+"
)
# 10 000元: the groups of one number, as tables and foreign habits set them apart
_GROUPS = re.compile(
    r"(?<![\d.,])\d{1,3}(?:[ \xa0\u2009\u202f]\d{3}){1,4}"
    r"(?=(?:\.\d{1,4})?[ \xa0]?"
    r"(?:元|万|亿|吨|千克|公斤|人民币|平方米|立方米|[家辆只户组套]))"
)
_SENTENCE_END = re.compile(r"[。；！？\n]")
_ITEM_START = re.compile(
    r"\s*(?:第[一二三四五六七八九十百千〇零\d]{1,7}[章节条编]|[一二三四五六七八九十]{1,3}、|"
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．]|附件|附表|附录|表\s*\d|图\s*\d|联系人)"
)
# 应当报送信息,逾期未报送的; 30%,并; not 3,000元, https://, 一.总则
_HALF_MARK = re.compile(
    r"(?<=[一-鿿）》”])(?:[,?!]|:(?!//))|(?<=[\d%A-Za-z]),(?=[一-鿿《“])"
    r"|(?<=[一-鿿）》”])(?<![一二三四五六七八九十])\.(?=$|[一-鿿])"
)
_FULL_MARKS = {",": "，", "?": "？", "!": "！", ":": "：", ".": "。"}
_LONGEST_QUOTE = 240
_LONGEST_PARAGRAPH = 4000  # a longer one is read in pieces, cut where a sentence ends
_STOPS, _LESSER_STOPS = "。；！？", "，、：,;|\t "


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its folded text and where it starts there."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True)
class FactPassage:
    """A paragraph, cell or title: ``raw`` as published, ``text`` folded, ``place`` by name."""

    raw: str
    place: str
    wrapped: bool = False  # the line breaks inside are layout, not paragraphs
    text: str = field(init=False)
    _map: list[int] | None = field(init=False, repr=False)

    def __post_init__(self) -> None:
        text, positions = fold_width(self._source)
        object.__setattr__(self, "text", without_replaced_words(text))
        object.__setattr__(self, "_map", positions)

    def original(self, start: int, end: int) -> str:
        """The published characters behind a stretch of the folded text."""
        if self._map is None:
            return self.raw[start:end].strip()
        if start >= end:
            return ""
        return self.raw[self._map[start] : self._map[end - 1] + 1].strip()

    @cached_property
    def sentences(self) -> list[Sentence]:
        found, start = [], 0
        for match in _SENTENCE_END.finditer(self.text):
            if match.end() > start:
                found.append(Sentence(self.text[start : match.end()], start))
            start = match.end()
        if start < len(self.text):
            found.append(Sentence(self.text[start:], start))
        return found

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence_at(self, position: int) -> Sentence:
        return self.sentences[max(bisect_right(self._starts, position) - 1, 0)]

    def around(self, start: int, end: int, most: int = 200) -> str:
        """The words of a sentence near a match."""
        sentence = self.sentence_at(start)
        right = min(max(sentence.end, end), end + most)
        return self.text[max(sentence.start, start - most) : right]

    def preceding(self, position: int, most: int = 400) -> str:
        """The folded text before a position, back to the last full stop or new article."""
        left = self.text[max(0, position - most) : position]
        cut = max(left.rfind("。"), left.rfind("\n"))
        return left[cut + 1 :]

    def quote(self, start: int, end: int) -> str:
        """The sentence around a match as published; its nearest clauses if that is long."""
        sentence = self.sentence_at(start)
        left, right = sentence.start, max(sentence.end, end)
        if right - left > _LONGEST_QUOTE:
            marks = (self.text.rfind(mark, left, start) + 1 for mark in "，：")
            left = max(left, *marks, start - _LONGEST_QUOTE)
            stops = [self.text.find(mark, end, min(right, end + 400)) for mark in "，："]
            right = min([stop for stop in stops if stop >= 0], default=min(right, end + 80))
        return self.original(left, right)

    @cached_property
    def _articles(self) -> list[tuple[int, str]]:
        return [
            (self._folded(match.start("label")), fold_width(match["label"])[0])
            for match in ARTICLE_HEADING.finditer(self._source)
        ]

    @property
    def _source(self) -> str:
        """What was folded: a wrapped line break is a blank."""
        return self.raw.replace("\n", "\u3000") if self.wrapped else self.raw

    def _folded(self, position: int) -> int:
        """Where a published character stands in the folded text."""
        return position if self._map is None else bisect_left(self._map, position)

    @property
    def article(self) -> str | None:
        """The last article heading in this passage."""
        return self._articles[-1][1] if self._articles else None

    def where(self, position: int) -> str:
        """The article a position belongs to, else the passage's own place."""
        for start, label in reversed(self._articles):
            if start <= position:
                return label
        return self.place


def fold_width(raw: str) -> tuple[str, list[int] | None]:
    """Folded text and, if characters were dropped, the original position of each kept one.

    Widths, dashes, formal numerals become one form; spaces go, except between Latin words
    and between two numbers.
    """
    text = raw.translate(_FOLD).replace("年元月", "年1月")
    if not _SPACE.search(text):
        return _punctuated(text), None
    grouped = [match.span() for match in _GROUPS.finditer(text)]
    kept: list[str] = []
    positions: list[int] = []
    last = 0
    for match in _SPACE.finditer(text):
        kept.append(text[last : match.start()])
        positions.extend(range(last, match.start()))
        before = text[match.start() - 1] if match.start() else ""
        after = text[match.end()] if match.end() < len(text) else ""
        words = before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
        if words and not any(start < match.start() < end for start, end in grouped):
            kept.append(" ")
            positions.append(match.start())
        last = match.end()
    kept.append(text[last:])
    positions.extend(range(last, len(text)))
    return _punctuated("".join(kept)), positions


def _punctuated(text: str) -> str:
    """A text with the marks of Chinese where it was typed with those of Latin."""
    if not _HALF_MARK.search(text):
        return text
    return _HALF_MARK.sub(lambda match: _FULL_MARKS[match[0]], text)


def paragraphs(text: str, *, wrapped: bool = False) -> Iterator[str]:
    """Non-empty paragraphs, those of any length in pieces; ``wrapped`` rejoins lines that a
    page layout broke."""
    for paragraph in _rejoined(text) if wrapped else text.split("\n"):
        yield from (piece for piece in bounded(paragraph) if piece.strip())


def bounded(text: str) -> Iterator[str]:
    """A text in pieces that a pattern may take long over without anybody noticing."""
    start = 0
    while len(text) - start > _LONGEST_PARAGRAPH:
        end = _last_stop(text, start + _LONGEST_PARAGRAPH // 2, start + _LONGEST_PARAGRAPH)
        yield text[start:end]
        start = end
    yield text[start:]


def _last_stop(text: str, least: int, most: int) -> int:
    """Where a text is cut between two places: behind a sentence, else behind a clause."""
    for marks in (_STOPS, _LESSER_STOPS):
        stop = max(text.rfind(mark, least, most) for mark in marks)
        if stop >= 0:
            return stop + 1
    return most


def _rejoined(text: str) -> Iterator[str]:
    held = ""
    for line in text.split("\n"):
        if held and not _continues(held, line):
            yield held
            held = line
        else:
            held = f"{held}\n{line}" if held else line
    if held.strip():
        yield held


def _continues(held: str, line: str) -> bool:
    last = held.rsplit("\n", 1)[-1].rstrip()
    return (
        len(held) < 4000
        and len(last) >= 16
        and last[-1] not in "。；：！？:;"
        and bool(line.strip())
        and not _ITEM_START.match(line)
    )
