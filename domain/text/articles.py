"""Split a text into its articles, numbered items or paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.text.article_headings import ARTICLE_HEADING, BLANK, CHAPTER_HEADING, NUMERAL
from domain.text.numerals import chinese_numeral, parse_chinese_number

# For example 附件1：数据项表.
_ANNEX = re.compile(
    rf"^{BLANK}*(?P<label>附{BLANK}*(?:件|录|表|则)(?:{BLANK}*{NUMERAL})?)(?={BLANK}*[:：.．]|{BLANK}*$|{BLANK}+\S)",
    re.M,
)
_LEVELS = (
    re.compile(r"^[ \t\u00a0\u3000]*(?P<label>[〇零一二三四五六七八九十百]{1,5}[、．.])", re.M),
    re.compile(
        r"^[ \t\u00a0\u3000]*(?P<label>[（(][〇零一二三四五六七八九十百]{1,5}[）)][、.]?)", re.M
    ),
    re.compile(
        r"^[ \t\u00a0\u3000]*(?P<label>[0-9０-９]{1,3}(?:[、．）)]|\.(?![0-9０-９])))", re.M
    ),
    re.compile(r"^[ \t\u00a0\u3000]*(?P<label>[（(][0-9０-９]{1,3}[）)][、.]?)", re.M),
)
_ARTICLE_NUMBER = re.compile(rf"第(?P<number>{NUMERAL})条(?P<below>之[一二三四五六七八九十]+)?")
# For example 第八条, 至第十条, 第七条之一.
_NAMED_ARTICLE = re.compile(
    rf"(?P<to>[至到—~-])?{BLANK}?(?P<label>第{BLANK}?{NUMERAL}{BLANK}?条(?:之[一二三四五六七八九十]{{1,2}})?)"
)
_MOST_BETWEEN = 200
_ARTICLE_LEVEL = 2
_MOST_KEPT = 100_000  # characters of a text whose parts are remembered
# A clause of a standard: 4.2 单个贮存区…; its chapters: 4 贮存场所.
_CLAUSE = re.compile(
    r"^[ \t\u00a0\u3000]*(?P<label>[0-9]{1,2}(?:\.[0-9]{1,2}){1,3})(?=[ \t\u00a0\u3000]+\S)", re.M
)
_CLAUSE_CHAPTER = re.compile(
    r"^[ \t\u00a0\u3000]*(?P<label>[0-9]{1,2})(?=[ \t\u00a0\u3000]+[\u4e00-\u9fff])", re.M
)
# Of a standard too: 表1　贮存间距, below which its rows stand.
_CLAUSE_TABLE = re.compile(
    r"^[ \t\u00a0\u3000]*(?P<label>表[ ]?[0-9]{1,2})"
    r"(?=[ \t\u00a0\u3000]+[\u4e00-\u9fff]|[ \t\u3000]*$)",
    re.M,
)
_FEW_CLAUSES = 3
# For example 第十二条之一 or （三）.
_LABEL_END = re.compile(
    rf"(?:第{NUMERAL}(?:条(?:之[一二三四五六七八九十]+)?|[编章节])|附(?:件|录|表|则)(?:{NUMERAL})?"
    r"|[（(][^（()）]{1,8}[）)][、.]?|[〇零一二三四五六七八九十百]{1,5}[、．.]"
    r"|[0-9０-９]{1,3}[.．、）)])$"
)


@dataclass(frozen=True, slots=True)
class Part:
    """An article, numbered item or paragraph. ``label`` is its number as printed, without
    blanks ("" for a paragraph); ``path`` has the numbers above it in front (二、（一）);
    ``text`` is exactly ``source[start : start + len(text)]``, label included."""

    label: str
    text: str
    start: int
    path: str = ""
    label_width: int = 0

    @property
    def body(self) -> str:
        """The text after the label, as it stands, the blank after the label included."""
        return self.text[self.label_width :]


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    label: str
    width: int
    level: int  # 0: annex, 1: chapter, 2: article, 3…: numbered items


def split_articles(text: str) -> list[Part]:
    """The parts of a text in reading order: at 第X条 (with chapters and annexes) where there are
    at least two, else at 一、, （一）, 1., else one part for each paragraph. Blank lines fall
    away; nothing else does."""
    return list(_split_lately(text) if len(text) <= _MOST_KEPT else _split(text))


@lru_cache(maxsize=64)
def _split_lately(text: str) -> tuple[Part, ...]:
    """The parts of a text; what is laid over each other is split again and again."""
    return tuple(_split(text))


def _split(text: str) -> list[Part]:
    marks = _marks(text)
    bounds = [m.start for m in marks] + [len(text)]
    parts = list(_paragraphs(text, 0, bounds[0]))
    above: list[tuple[int, str]] = []
    for mark, end in zip(marks, bounds[1:], strict=True):
        above = [(level, label) for level, label in above if level < mark.level]
        nested = mark.level > 3
        path = "".join(label for level, label in above if level >= 3) if nested else ""
        above.append((mark.level, mark.label))
        body = text[mark.start : end].rstrip()
        parts.append(Part(mark.label, body, mark.start, path + mark.label, mark.width))
    return parts


def named_articles(text: str) -> tuple[str, ...]:
    """The articles that a text names, each once as printed, with those between two (第八条至第十条,
    in Chinese numerals)."""
    found: list[str] = []
    for match in _NAMED_ARTICLE.finditer(text):
        label = "".join(match["label"].split())
        if match["to"] and found:
            found += _between(found[-1], label)
        found.append(label)
    return tuple(dict.fromkeys(found))


def _between(first: str, last: str) -> Iterator[str]:
    low, high = _ARTICLE_NUMBER.match(first), _ARTICLE_NUMBER.match(last)
    if low is None or high is None:
        return
    start, end = parse_chinese_number(low["number"]), parse_chinese_number(high["number"])
    if start is not None and end is not None and end - start <= _MOST_BETWEEN:
        for number in range(int(start) + 1, int(end)):
            yield f"第{chinese_numeral(number)}条"


def canonical_article(label: str) -> str:
    """An article's number in Chinese numerals, however it is printed: 第九条 for 第9条."""
    match = _ARTICLE_NUMBER.fullmatch(label)
    number = parse_chinese_number(match["number"]) if match else None
    if match is None or number is None:
        return label
    return f"第{chinese_numeral(int(number))}条{match['below'] or ''}"


def provision_number(label: str) -> str:
    """What is the same in all spellings of a provision's number: 五 for 第五条, 第5条 and 五、,
    七条之一, 4.2; decisions speak of the 五、 of a text without articles as its 第五条, 第五点."""
    return canonical_article(label).strip("第条、.．")


def printed_label(path: str) -> str:
    """The last number of a path: （一） for 二、（一）."""
    match = _LABEL_END.search(path)
    return match.group() if match else path


def _marks(text: str) -> list[_Mark]:
    articles = list(_found(ARTICLE_HEADING, text, 2))
    if len(articles) >= 2 and not _only_spoken_of(articles, text):
        marks = [*articles, *_found(CHAPTER_HEADING, text, 1), *_found(_ANNEX, text, 0)]
    elif len(clauses := list(_found(_CLAUSE, text, 2))) >= _FEW_CLAUSES:
        marks = [*clauses, *_found(_CLAUSE_CHAPTER, text, 1), *_found(_ANNEX, text, 0)]
        marks += _found(_CLAUSE_TABLE, text, 1)
    else:
        marks = [m for i, pattern in enumerate(_LEVELS) for m in _found(pattern, text, 3 + i)]
        if len(marks) < 2:
            return []
        marks += _found(_ANNEX, text, 0)
    return sorted(marks, key=lambda m: m.start)


def _only_spoken_of(articles: list[_Mark], text: str) -> bool:
    """Whether the articles are those of another act: the text has its 一、 before them, and they do
    not begin with the first (一、某规第五条…。第十条取消后，…)."""
    number = _ARTICLE_NUMBER.match(articles[0].label)
    if number is None or parse_chinese_number(number["number"]) == 1:
        return False
    first = _LEVELS[0].search(text, 0, articles[0].start)
    return first is not None and first["label"][0] == "一"


def _found(pattern: re.Pattern[str], text: str, level: int) -> Iterator[_Mark]:
    for match in pattern.finditer(text):
        if level == _ARTICLE_LEVEL and " | " in text[match.end() : _line_end(text, match.end())]:
            continue  # a row of a table that speaks of an article
        label = "".join(match["label"].split())
        yield _Mark(match.start("label"), label, len(match["label"]), level)


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _paragraphs(text: str, start: int, end: int) -> Iterator[Part]:
    position = start
    for line in text[start:end].split("\n"):
        body = line.strip()
        if body:
            yield Part("", body, position + line.index(body))
        position += len(line) + 1
