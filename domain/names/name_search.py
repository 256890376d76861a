"""Find the names of companies in a text, in time linear in its length."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.names.folded_text import FoldedText, fold, folded
from domain.names.mention import NameKind, NameMention
from domain.names.name_borders import is_branch, is_latin_part, stands_alone
from domain.names.name_forms import NameForm

_LONGEST_QUOTE = 160
_MOST_MENTIONS = 200  # of a notice
# （以下简称“某某公司”）, (下称某某) right after a full name
_DEFINED = re.compile(
    r"[\s]*[（(][^（）()]{0,12}?(?:简称|下称)[:：为]?[“\"'《「]?(?P<short>[一-鿿A-Za-z0-9]{2,12})[”\"'》」]?[^（）()]{0,8}[）)]"
)
_TOO_GENERAL = re.compile(
    r"(?:该|本|你|我|贵|原|其)?(?:公司|单位|企业|当事人|申请人|被告|原告|集团|厂|甲方|乙方|丙方)"
)
_SENTENCE_ENDS = "。；！？\n\t"


@dataclass(frozen=True, slots=True)
class FoundName:
    """A form in a text, from and to in the original."""

    form: NameForm
    kind: NameKind
    start: int
    end: int


def find_names(text: str, forms: Sequence[NameForm]) -> list[FoundName]:
    """Where a text names companies, in order; of overlapping names the longest."""
    if not forms or not text:
        return []
    page = folded(text)
    found = list(_found(page, forms))
    defined = tuple(_defined_in(text, found, forms))
    return _longest(found + list(_found(page, defined)))


def _found(page: FoldedText, forms: Iterable[NameForm]) -> Iterator[FoundName]:
    for form in forms:
        at = page.folded.find(form.key)
        while at >= 0:
            end = at + len(form.key)
            start_here, end_here = page.start(at), page.end(end)
            if _whole_in(page, start_here, end_here, form):
                branch = is_branch(page.folded, end, form)
                kind = NameKind.BRANCH if branch else form.kind
                yield FoundName(form, kind, start_here, end_here)
            at = page.folded.find(form.key, end)


def _whole_in(page: FoldedText, start: int, end: int, form: NameForm) -> bool:
    """Whether the name stands there alone; a short one not across two lines or cells."""
    text = page.original
    if not form.whole and any(char in "\n\t" for char in text[start:end]):
        return False
    if is_latin_part(text, start, end, form):
        return False
    left, right = _beside(text, start, end)
    return stands_alone(left + form.key + right, len(left), len(left) + len(form.key), form)


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands right before and after, to the nearest end of a line or cell."""
    left = re.split(r"[\n\t]", text[max(0, start - 24) : start])[-1]
    right = re.split(r"[\n\t]", text[end : end + 36])[0]
    if left[-1:].isspace():
        left = ""
    return fold(left), ("" if right[:1].isspace() else fold(right))


def _defined_in(
    text: str, found: Iterable[FoundName], forms: Iterable[NameForm]
) -> Iterator[NameForm]:
    """Short names that the text itself gives a company: 以下简称“某某”."""
    known = {form.key for form in forms}
    for one in found:
        match = _DEFINED.match(text, one.end)
        if match is None or not one.form.whole or _TOO_GENERAL.fullmatch(match["short"]):
            continue
        key = fold(match["short"])
        if key not in known:
            yield replace(one.form, key=key, kind=NameKind.SHORT)


def _longest(found: Iterable[FoundName]) -> list[FoundName]:
    kept: list[FoundName] = []
    for one in sorted(found, key=lambda item: (item.start, item.start - item.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def mentions_in(text: str, forms: Sequence[NameForm], place: str) -> list[NameMention]:
    """The companies that a part of a notice names, each name once a part; ``place`` is the
    part's, to which the paragraph is added where it is ``正文``."""
    kept: dict[tuple[str, str | None, str], NameMention] = {}
    for one in find_names(text, forms)[:_MOST_MENTIONS]:
        name = " ".join(text[one.start : one.end].split())
        key = (one.form.entity, one.form.supplier, one.kind.value)
        if key not in kept:
            kept[key] = NameMention(
                entity=one.form.entity, supplier=one.form.supplier, name=name, kind=one.kind,
                quote=_around(text, one.start, one.end),
                where=_where(text, one.start, place),
            )  # fmt: skip
    return list(kept.values())


def _around(text: str, start: int, end: int) -> str:
    """The sentence or row of a table around a name."""
    first = max((text.rfind(mark, 0, start) for mark in "。；！？\n"), default=-1) + 1
    ends = [at for mark in "。；！？\n" if (at := text.find(mark, end)) >= 0]
    last = min(ends, default=len(text))
    if last < len(text) and text[last] != "\n":
        last += 1
    first = max(first, start - _LONGEST_QUOTE // 2)
    return text[first : min(last, end + _LONGEST_QUOTE // 2)].strip()


def _where(text: str, start: int, place: str) -> str:
    if place != "正文":
        return place
    lines = [line for line in text[: start + 1].split("\n") if line.strip()]
    return f"正文第{len(lines)}段"
