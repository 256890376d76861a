"""Find a notice relevant because it touches an act of the register.

Discretion tables (裁量基准), exemption lists, clean-up catalogues and amendments matter when they
touch a registered article, though they name no battery. An act is known by its title in 《》, an
alias or its document number; a general act (a code, a law on vehicles) counts only with one of
its registered articles, or when the notice is that act itself, amends or repeals it. An act
without topics is kept for context and makes nothing relevant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from classifier.topics.passages import TITLE, Passage
from config.field.field_lexicon import load_lexicon
from config.registered_act import RegisteredAct
from domain.records.fact import Evidence, Label
from domain.text.document_numbers import find_document_numbers, normalise_document_number
from domain.text.numerals import parse_chinese_number

Touch = Literal["issues", "cites", "implements", "amends", "repeals", "discretion"]

_QUOTED = re.compile(r"[《〈<]([^《》〈〉<>]{2,80})[》〉>]")
_NUMBER = r"[0-9〇零一二三四五六七八九十百千]{1,9}"
# For example 第十二条、第十三条 or 第八、九条.
_ARTICLE = re.compile(
    rf"第({_NUMBER})条((?:第?[、，和及至或](?:第)?{_NUMBER}条)*)|第({_NUMBER}(?:[、，]{_NUMBER})+)条"
)
_ARTICLE_NUMBER = re.compile(_NUMBER)
# For example 裁量基准 or 首违不罚.
_DISCRETION = re.compile(
    r"裁量|免罚|不予(?:行政)?处罚|从轻|减轻(?:行政)?处罚|首违|处罚(?:事项|清单|标准|基准)|权责清单|权力清单"
    r"|执法事项"
)
_CLEANUP = re.compile(r"清理|废止|失效|修改|修订|修正")
_REPEALS = re.compile(r"废止|失效|停止执行")
_AMENDS = re.compile(r"修改为|修改|修订|修正|增加一[条款项]|删去|删除")
_IMPLEMENTS = re.compile(r"贯彻|实施|落实|执行|配套")
# For example （试行）, （2024年本）, （征求意见稿） or （第十四届全国人大第四次会议通过）.
_EDITION = re.compile(
    r"[（(](?:试行|暂行|修订|修正|全文|\d{4}年?(?:本|版|修订|修正)?"
    r"|[^（）()]{0,60}(?:通过|修订|修正|公布|意见稿|草案|送审稿))[）)]$"
)
# For example 工业和信息化部等七部门关于印发再生材料应用推广行动方案的通知.
_ISSUING = re.compile(
    r"^[^《》]{0,60}?关于(?:印发|发布|公布|颁布|批准发布)《?(.{4,80}?)》?的(?:通知|公告|函|决定|令)$"
)
_MARKS = re.compile(r"[\s《》〈〉“”‘’\"'「」]")


@dataclass(frozen=True)
class Match:
    """A registered act that a notice touches, and the passage that shows it."""

    act: RegisteredAct
    kind: Touch
    articles: tuple[int, ...]
    evidence: Evidence


@dataclass
class _Known:
    act: RegisteredAct
    articles: frozenset[int]
    field_act: bool  # the act itself is of the field: any mention counts


@dataclass
class Register:
    """The acts in force that matter, found by title, alias or number."""

    acts: Sequence[RegisteredAct]
    _by_title: dict[str, _Known] = field(init=False, default_factory=dict)
    _by_number: dict[str, _Known] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        of_field = re.compile(load_lexicon().own_act)
        for act in (act for act in self.acts if act.topics):
            names = (act.title, *act.aliases)
            numbers = {n for key in act.articles for n in article_numbers(key)}
            field_act = bool(act.topics) and any(of_field.search(name) for name in names)
            known = _Known(act, frozenset(numbers), field_act)
            for name in names:
                self._by_title[_plain(name)] = known
            if act.document_number:
                number = normalise_document_number(act.document_number)
                self._by_number[number or act.document_number] = known

    def matches(self, passages: Sequence[Passage]) -> list[Match]:
        """Every touch of a registered article or field act, in reading order."""
        if not self._by_title:
            return []
        text_head = " ".join(p.text for p in passages[:6])
        discretion = bool(_DISCRETION.search(text_head))
        cleanup = bool(_CLEANUP.search(text_head))
        found: list[Match] = []
        current: _Known | None = None  # the act that a table or list is about
        for passage in passages:
            if passage.where == TITLE and (itself := self._act_itself(passage.text)) is not None:
                evidence = Evidence(text=passage.text, where=passage.where)
                found.append(Match(itself.act, "issues", (), evidence))
                continue
            mentions = list(self._mentions(passage.text))
            for known, following in mentions:
                match = _touch(known, following, passage, discretion, cleanup)
                if match is not None:
                    found.append(match)
            named = bool(_QUOTED.search(passage.text))
            if mentions:
                current = mentions[-1][0]
            elif named:
                current = None  # another act has been named since
            elif current is not None and (discretion or cleanup):
                match = _touch(current, passage.text, passage, discretion, False)
                if match is not None and match.articles:
                    found.append(match)
        return found

    def _act_itself(self, title: str) -> _Known | None:
        """The act whose own title, or whose issuing notice, this is."""
        issued = _ISSUING.match("".join(title.split()))
        names = (title, issued[1]) if issued else (title,)
        return next((self._by_title[n] for n in map(_plain, names) if n in self._by_title), None)

    def _mentions(self, text: str) -> Iterator[tuple[_Known, str]]:
        """Acts named in a text, each with the words from it to the next named act."""
        quoted = list(_QUOTED.finditer(text))
        for number, match in enumerate(quoted):
            known = self._by_title.get(_plain(match[1]))
            if known is not None:
                end = quoted[number + 1].start() if number + 1 < len(quoted) else len(text)
                yield known, text[match.end() : end]
        if not quoted and "号" in text:
            for name in find_document_numbers(text):
                known = self._by_number.get(normalise_document_number(name) or name)
                if known is not None:
                    yield known, text
        if not quoted and "条" in text:
            for title, known in self._by_title.items():
                at = _bare_mention(text, title)
                if at is not None:
                    yield known, text[at:]


def _bare_mention(text: str, title: str) -> int | None:
    """Where a title stands without 《》 directly before an article or the text's end."""
    if len(title) < 6 or title not in text:
        return None
    match = re.search(rf"(?:^|[^\w]|据|反|按|照|国){re.escape(title)}(?=第|[》、，\s])", text)
    return match.end() if match else None


def _touch(
    known: _Known, following: str, passage: Passage, discretion: bool, cleanup: bool
) -> Match | None:
    numbers = tuple(sorted({n for n in article_numbers(following) if n in known.articles}))
    in_title = passage.where == TITLE
    alters = _AMENDS.search(passage.text) or _REPEALS.search(passage.text)
    whole = (in_title and alters is not None) or (cleanup and not article_numbers(following))
    if not (numbers or known.field_act or (whole and (cleanup or alters))):
        return None
    evidence = Evidence(text=passage.text, where=passage.where)
    kind = _kind(passage.text, discretion)
    return Match(known.act, kind, numbers, evidence)


def _kind(text: str, discretion: bool) -> Touch:
    if _REPEALS.search(text):
        return "repeals"
    if _AMENDS.search(text):
        return "amends"
    if discretion:
        return "discretion"
    return "implements" if _IMPLEMENTS.search(text) else "cites"


def article_numbers(text: str) -> list[int]:
    """Numbers of the articles named in a text: 第十二条, 第三、四条, 12."""
    if re.fullmatch(rf"\s*{_NUMBER}\s*", text):
        text = f"第{text.strip()}条"
    found = []
    for match in _ARTICLE.finditer(text):
        for part in _ARTICLE_NUMBER.findall(match[0]):
            value = parse_chinese_number(part)
            if value is not None:
                found.append(int(value))
    return found


def _plain(title: str) -> str:
    """A title without blanks, marks of quotation, country name and edition in brackets, for
    exact comparison."""
    title = _MARKS.sub("", title)
    title = _EDITION.sub("", title)
    return title.removeprefix("中华人民共和国")


def register_labels(matches: Sequence[Match], model: str) -> tuple[Label, ...]:
    """Topics of the registered acts that are touched, resting on the passages that show it."""
    found: dict[str, list[Match]] = {}
    for match in matches:
        for topic in match.act.topics:
            found.setdefault(topic, []).append(match)
    return tuple(
        Label(
            topic=topic, score=1.0, model=f"register+{model}",
            evidence=tuple(dict.fromkeys(match.evidence for match in items))[:5],
        )
        for topic, items in found.items()
    )  # fmt: skip
