"""Make keys of document numbers and titles, and read what a title gives away."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from config.field.field_names import load_field
from domain.text.act_numbers.standard_numbers import standard_number
from domain.text.document_numbers import (
    has_agency_prefix,
    is_index_number,
    normalise_document_number,
)
from domain.text.numerals import parse_chinese_number
from domain.text.title_normalization import normalise_title

_TITLE_MAX, _NUMBER_MAX = 500, 200  # longer ones are no titles and no numbers
PUNCTUATION = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")
_ANNOUNCED = re.compile(r"(?:(\d{4})年)?第(\d+)号$|〔(\d{4})〕(\d+)号$")

_DRAFT = re.compile(
    r"征求意见|征集意见|意见征[集求]|公开征求|草案|送审稿|求意见稿|征[求集][^，。《》]{2,60}意见(?:的|$)"
)
_FORWARD_TITLE = re.compile(r"转发")
_FORWARD_TEXT = re.compile(r"转发给你们|现转发|予以转发|现将.{2,120}?转发")
# For example 《办法》解读 or 答记者问.
_COMMENT = re.compile(
    r"解读|答记者问|一图读懂|图解|政策问答|问答|发布会|吹风会|专家谈|访谈|新闻稿|座谈会|宣贯会|"
    r"培训会|动员会|侧记|综述"
)
# For example 工信部印发《管理办法》.
_NEWS = re.compile(
    r"(?:联合)?(?:印发|发布|公布|出台|实施|施行)《[^》]+》(?!.*(?:通知|公告|通告|令|函|决定)$)|"
    r"^(?!关于).*《[^》]+》(?:正式)?(?:印发|发布|公布|出台|实施|施行)$"
)
# How a reporter writes; an act's own title ends otherwise.
_NEWS_TEXT = re.compile(r"记者|本报讯|业内人士|据悉|获悉")
# For example 管理办法(试行).
_ACT_END = re.compile(
    r"(?:通知|公告|通告|令|函|决定|意见|办法|规定|细则|条例|方案|规范|条件)(?:\(.*\))?$"
)
_AFTER_TITLE = re.compile(r"(?:[_|].*|-[^-《》]{0,12}网.*|\([^()]*\))$")
# (工业和信息化部令第73号), 工业和信息化部令第73号 X, [通知公告] X
_ORDER_TAIL = re.compile(r"[(\[][^()\[\]]*令第?\d+号[^()\[\]]*[)\]]$")
_ORDER_HEAD = re.compile(r"^[^《》]{2,80}令第?\d+号(?=.{6})")
_COLUMN_HEAD = re.compile(r"^[\[(【][^\[\]()【】]{2,6}[\])】]")
_TITLE_TAIL = re.compile(r"的?(?:通知|公告|通告)$")
# For example 2024年版, 征求意见稿 or 第二次.
_EDITION = re.compile(
    r"(?:19|20)\d{2}年?(?:版|本|修订版?|修正版?|修正本)?|试行|暂行|修订(?:版|稿|本)?|征求意见稿|"
    r"草案|送审稿|修正(?:本|案)?|第?[一二三四五六七八九十]+次"
)

_HAN_NUMERAL = "[〇○零一二三四五六七八九十百]"
# For example 第三, 二〇二六年 or 上半年.
_NUMERAL = re.compile(
    rf"\d+|(?<=第){_HAN_NUMERAL}+|(?<=\(){_HAN_NUMERAL}+(?=\))|{_HAN_NUMERAL}+(?=月|季度)|"
    rf"{_HAN_NUMERAL}{{4}}(?=年)|上半年|下半年|[上中下]旬"
)
# 第3批, 第十二期, 令第73号, 〔2026〕17号; the numbers of the gazette and of its issues are others.
_COUNTED = re.compile(
    rf"(?P<kind>令(?:\d{{4}}年)?|[〕\])]|总|公报(?:\d{{4}}年)?)?第?"
    rf"(?P<number>\d+|{_HAN_NUMERAL}+)(?P<counter>[批号期次届年月]|季度)"
)
_OF_THE_GAZETTE, _BRACKETS = ("总", "公"), ("〕", "]", ")")


def fold(text: str) -> str:
    """Half-width and without any blank."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A document number in one spelling; ``full`` when the agency prefix makes it unique."""

    value: str
    full: bool


@lru_cache(maxsize=4096)
def number_key(document_number: str | None) -> NumberKey | None:
    """The key of a printed document number in any bracket style; None when it has none."""
    document_number = (document_number or "")[:_NUMBER_MAX]
    if not document_number or is_index_number(document_number):
        return None
    spelled = normalise_document_number(document_number)
    if "〔" in spelled and has_agency_prefix(spelled):
        return NumberKey(spelled, full=True)
    match = _ANNOUNCED.search(spelled)
    if match is None:
        return None
    year, serial = match[1] or match[3] or "", match[2] or match[4]
    return NumberKey(f"令{serial}" if "令" in spelled else f"{year}#{serial}", full=False)


def act_number_key(number: str | None) -> NumberKey | None:
    """The key of a document number or of a standard's number (GB/T 34014—2017)."""
    standard = standard_number((number or "")[:_NUMBER_MAX])
    return NumberKey(standard, full=True) if standard else number_key(number)


@lru_cache(maxsize=4096)
def title_key(title: str) -> str:
    """A title without wrapper, issuers, marks and site name; drafts keep their mark."""
    title = title[:_TITLE_MAX]
    bare = _COLUMN_HEAD.sub("", fold(title))
    key = normalise_title(_ORDER_HEAD.sub("", _ORDER_TAIL.sub("", bare)) or title)
    draft = _DRAFT.search(key) is not None
    key = PUNCTUATION.sub("", _TITLE_TAIL.sub("", key).removeprefix("关于"))
    return _ASKED_ABOUT.sub(r"\g<act>", _DRAFT_MARKS.sub("", key)) + "~draft" if draft else key


def numerals(title: str) -> list[str]:
    """What is counted in a title, sorted: 第三批 and 第3批 both give 3."""
    return list(_numerals(title[:_TITLE_MAX]))


@lru_cache(maxsize=2048)
def _numerals(title: str) -> tuple[str, ...]:
    return tuple(sorted(_plain(text) for text in _NUMERAL.findall(fold(title))))


def _plain(numeral: str) -> str:
    value = parse_chinese_number(numeral)
    return numeral if value is None else str(value)


def numbered_apart(one: str, other: str) -> bool:
    """True if both titles count themselves in one way and differently: 第12号 and 第13号."""
    ours, theirs = _counted(one), _counted(other)
    return any(ours[counter].isdisjoint(theirs[counter]) for counter in ours.keys() & theirs.keys())


@lru_cache(maxsize=4096)
def _counted(title: str) -> dict[str, frozenset[str]]:
    """The numbers of a title by what they count."""
    found: dict[str, set[str]] = {}
    for match in _COUNTED.finditer(fold(title[:_TITLE_MAX])):
        kind = (match["kind"] or "")[:1]
        if kind not in _OF_THE_GAZETTE:
            counter = ("〕" if kind in _BRACKETS else kind) + match["counter"]
            found.setdefault(counter, set()).add(_plain(match["number"]))
    return {counter: frozenset(numbers) for counter, numbers in found.items()}


_ORDER_ONLY = re.compile(r"[^《》关]{0,80}令\(?(?:\d{4}年)?\(?第?\d+号\)?(?:-.{0,20})?")
# For example 《回收利用管理办法》已经审议通过，现予公布.
_PROCLAIMED = re.compile(
    r"《([^《》]{4,80})》(?:\([^()]*\)|（[^（）]*）)?[^《》。]{0,80}(?:公布|发布|施行)"
)


def act_title(title: str, text: str) -> str:
    """The act's own name where its page is called after nothing but its order (…令第73号), or
    asks for opinions on a draft that only its text names."""
    proclaimed = _PROCLAIMED.search(text[:400]) if _ORDER_ONLY.fullmatch(fold(title)) else None
    if proclaimed:
        return proclaimed[1]
    drafted = _DRAFTED.search(text[:800]) if _DRAFT.search(title) and "《" not in title else None
    return f"{drafted[1]}（征求意见稿）" if drafted else title


# 起草了《某规范条件（2026年本）》（征求意见稿）.
_DRAFTED = re.compile(r"《([^《》]{4,80})》\s*[（(](?:公开)?(?:征求意见稿|送审稿|草案)")
# 公开征求某办法（征求意见稿）意见的公告, 征求某规范条件修编意见的函: the act between.
_ASKED_ABOUT = re.compile(
    r"^(?:公开)?(?:征求|征集)(?:对)?(?P<act>.{4,120}?)(?:修[编订改])?(?:的)?意见(?:建议)?(?:的(?:函|公告|通知|通告))?$"
)
_DRAFT_MARKS = re.compile(r"(?:公开)?征求意见稿|草案|送审稿|(?:公开)?(?:征求|征集)意见")


def base_key(title: str) -> str:
    """The title key without edition, year, 试行, 暂行 and draft marks."""
    bare = _EDITION.sub("", title_key(title).removesuffix("~draft"))
    for older, term in load_field().same_words.items():
        bare = bare.replace(older, term)
    return bare


# A decision to change or end acts is the next edition of nothing, least of all of the last one.
# For example 关于修改部分规章的决定.
_OF_OTHERS = re.compile(
    r"关于(?:修改|修正|废止|宣布失效)|(?:修改|修订|修正|废止).*决定(?:\(.*\))?$"
)


def orders_others(title: str) -> bool:
    """Whether a title announces what becomes of other acts: 关于修改《…》的决定."""
    return _OF_OTHERS.search(fold(title[:_TITLE_MAX])) is not None


def title_marks(title: str, text: str) -> frozenset[str]:
    """What a posting is besides an act: draft, forward, comment (an interpretation) or news."""
    folded = fold(title[:_TITLE_MAX])
    found = set()
    if _DRAFT.search(folded):
        found.add("draft")
    if _FORWARD_TITLE.search(folded) or _FORWARD_TEXT.search(fold(text[:600])):
        found.add("forward")
    if _COMMENT.search(folded):
        found.add("comment")
    elif _NEWS.search(_AFTER_TITLE.sub("", _AFTER_TITLE.sub("", folded))) or (
        _NEWS_TEXT.search(text[:600]) and not _ACT_END.search(folded)
    ):
        found.add("news")
    return frozenset(found)
