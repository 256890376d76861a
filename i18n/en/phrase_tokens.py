"""Cut a Chinese noun phrase into words that all have an English, the fewest that cover it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from i18n.glossary_terms import glossary, phrase_words

_JOINTS = {"、": ",", "和": "and", "及": "and", "与": "and", "以及": "and", "或": "or",
           "或者": "or", "加": "plus"}  # fmt: skip
_PREPOSITIONS = {
    "有": "with", "具有": "with", "具备": "with", "带有": "with", "配有": "with", "装有": "with",
    "载有": "stating", "记载": "stating", "含有": "containing", "含": "containing",
    "用于": "for", "适用于": "for", "来自": "from", "来源于": "from",
    "符合": "meeting", "满足": "meeting", "无": "without", "没有": "without",
    "经": "by", "经过": "with", "由": "by",
}  # fmt: skip
_NUMBERS = {"一": "one", "两": "two", "二": "two", "三": "three", "四": "four", "五": "five"}
# UN38.3, GB/T 34014, A类
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9./+-]{0,20}")
_CLASS = re.compile(r"([A-Z])类")
# Glossary terms that are no nouns: what was received, in bulk, the link between them
_NO_NOUN = re.compile(r"^(?:the |a |in |on |what |how |where |their |withdrawn|isolated|swollen)")
_JOINED = re.compile("[、和与及的]")
_PAPERS = re.compile(r"(?:data|records|reports?|list|ledger|forms?|documents|certificates?|plan)$")
_LONGEST_WORD = 14
_LONGEST_PHRASE = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class PhraseWord:
    """A Chinese word, its English, and what it is: a section of nouns, or modifier, joint …"""

    chinese: str
    english: str
    kind: str
    narrows: str = ""  # its English before a noun, where that is another


def phrase_tokens(text: str) -> tuple[PhraseWord, ...] | None:
    """The words of a phrase, or None where one is unknown."""
    if not text or len(text) > _LONGEST_PHRASE:
        return None
    best: list[tuple[PhraseWord, ...] | None] = [None] * len(text) + [()]
    for start in range(len(text) - 1, -1, -1):
        for word in _words_at(text, start):
            rest = best[start + len(word.chinese)]
            known = best[start]
            if rest is not None and (known is None or len(rest) + 1 < len(known)):
                best[start] = (word, *rest)
    return best[0]


def _words_at(text: str, start: int) -> list[PhraseWord]:
    """The words that may begin at a place, the longest first."""
    known = _dictionary()
    if match := _CLASS.match(text, start):
        return [PhraseWord(chinese=match[0], english=f"class {match[1]}", kind="modifier")]
    if match := _LATIN.match(text, start):
        return [PhraseWord(chinese=match[0], english=match[0], kind="latin")]
    ends = range(min(len(text), start + _LONGEST_WORD), start, -1)
    return [known[text[start:end]] for end in ends if text[start:end] in known]


@cache
def _dictionary() -> dict[str, PhraseWord]:
    """All words by their Chinese; a noun that is a modifier too narrows by the latter."""
    own = phrase_words()
    words: dict[str, PhraseWord] = {}
    for kind, nouns in own.nouns.items():  # 编码 is a data item before it is an act
        for chinese, english in nouns.items():
            narrows = own.modifiers.get(chinese, "")
            word = PhraseWord(chinese=chinese, english=english, kind=kind, narrows=narrows)
            words.setdefault(chinese, word)
    for kind, others in (("modifier", own.modifiers), ("done", own.done_by)):
        for chinese, english in others.items():
            words.setdefault(chinese, PhraseWord(chinese=chinese, english=english, kind=kind))
    for word in _glossary_nouns():
        words.setdefault(word.chinese, word)
    words.update({word.chinese: word for word in _grammar()})
    return words


def _glossary_nouns() -> list[PhraseWord]:
    """The glossary's objects that are one noun each."""
    known = {**glossary().objects, **glossary().parameters}
    return [
        PhraseWord(
            chinese=chinese, english=english,
            kind="documents" if _PAPERS.search(english) else "known",
        )
        for chinese, english in known.items()
        if len(chinese) > 2 and not _NO_NOUN.match(english) and not _JOINED.search(chinese)
    ]  # fmt: skip


def _grammar() -> list[PhraseWord]:
    """The words that join: 的, 和, 有, 等, 情况, numbers with their measure words."""
    found = [PhraseWord(chinese="的", english="of", kind="of")]
    found += [PhraseWord(chinese=k, english=v, kind="joint") for k, v in _JOINTS.items()]
    found += [PhraseWord(chinese=k, english=v, kind="with") for k, v in _PREPOSITIONS.items()]
    found.append(PhraseWord(chinese="等", english="other", kind="etc"))
    found += [
        PhraseWord(chinese=word, english="information on", kind="about")
        for word in ("情况", "有关情况", "相关情况")
    ]
    found += [PhraseWord(chinese="以外", english="other than", kind="except")]
    found += [
        PhraseWord(chinese=f"{number}{measure}", english=english, kind="number")
        for number, english in _NUMBERS.items()
        for measure in phrase_words().measures
    ]
    return found
