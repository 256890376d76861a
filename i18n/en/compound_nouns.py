"""Write one Chinese noun with the words that narrow it in English: 动力电池检测报告."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from i18n.en.phrase_tokens import PhraseWord
from i18n.en.word_forms import plural, singular

_PERSONS = frozenset({"people", "bodies"})
_NOUNS = frozenset(
    {"attributes", "things", "materials", "documents", "devices", "people", "bodies", "places",
     "processes", "known"}
)  # fmt: skip
_MOST_WORDS = 4
# What is done about another act: 拆解培训 is training, 拆解利用 two acts.
_ABOUT_ACTS = frozenset(
    {"培训", "检查", "监督检查", "抽查", "演练", "备案", "登记", "验收", "审核", "评估", "核查",
     "监测", "事故", "风险", "隐患", "问题", "故障", "投诉处理", "安全生产", "污染防治"}
)  # fmt: skip
# Acts that before a noun may be the verb of it: 使用标识, 变更地址.
_NEVER_NARROW = frozenset({"使用", "利用", "变更", "更换", "处理", "出租", "采购", "接收", "移交"})
# Acts that before an adjective are its verb: 销售不合格产品.
_VERBS_TOO = frozenset(
    {"销售", "出口", "进口", "生产", "回收", "收集", "贮存", "存放", "暂存", "拆解", "拆卸", "处置",
     "运输", "转移", "交付", "托运", "装运", "焚烧", "填埋", "破碎", "出租", "租赁", "维修"}
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class NounPhrase:
    """A phrase in English and what its heads are: things, documents, people …"""

    english: str
    kinds: tuple[str, ...]
    plain: bool = True  # one noun with what narrows it, no list and no clause

    @property
    def is_person(self) -> bool:
        """Whether it names only persons, companies or authorities."""
        return set(self.kinds) <= _PERSONS

    @property
    def has_person(self) -> bool:
        """Whether a person, company or authority is among what it names."""
        return bool(set(self.kinds) & _PERSONS)


def compound_noun(words: Sequence[PhraseWord]) -> NounPhrase | None:
    """One noun with the words that narrow it: 动力电池检测报告."""
    if words and words[-1].kind == "about":
        return _information(words[:-1])
    if not words or len(words) > _MOST_WORDS or words[-1].kind not in _NOUNS:
        return None
    if not all(map(_may_follow, words, words[1:])) or not _orderly(words):
        return None
    head = words[-1]
    english = head.english
    numbers = [word.english for word in words if word.kind == "number"]
    if numbers and head.kind == "attributes":
        return None  # 一个种类: of what, is not said
    if numbers == ["one"]:
        english = singular(english)
    narrowing = [_narrowing(word) for word in words[:-1]]
    if narrowing:
        english = english.removeprefix("the ")
    if _several(words[:-1]) and head.kind in ("attributes", "documents", "things", "people"):
        english = plural(english)
    return NounPhrase(english=" ".join((*narrowing, english)), kinds=(head.kind,))


def _information(words: Sequence[PhraseWord]) -> NounPhrase | None:
    about = compound_noun(words) if words else None
    if about is None:
        return None
    return NounPhrase(english=f"information on {about.english}", kinds=("documents",), plain=True)


def _narrowing(word: PhraseWord) -> str:
    """A word before the noun: a thing stands in the singular."""
    if word.narrows:
        return word.narrows
    if word.kind == "materials":
        return word.english
    if word.kind in _NOUNS:
        return singular(word.english.removeprefix("the ").removeprefix("a ").removeprefix("an "))
    return word.english


# States that after a noun are said of it: 车辆缺失电池, 电池破损.
_STATES = re.compile(
    r"^[未已不有无]|缺失|错误|重复|异常|破损|损坏|受损|完好|合格|过期|失效|完整|真实|准确|漏液|虚假|鼓胀"
)


def _is_state(word: PhraseWord) -> bool:
    narrows = bool(word.narrows) or word.kind == "modifier"
    return narrows and _STATES.search(word.chinese) is not None


def _several(words: Sequence[PhraseWord]) -> bool:
    said = {word.english for word in words}
    return bool(said & {"all", "other", "all kinds of", "different", "relevant"}) or any(
        word.kind == "number" and word.english != "one" for word in words
    )


def _may_follow(word: PhraseWord, after: PhraseWord) -> bool:
    """Whether two words are one noun: 拆解电池 may be an act and its object."""
    if word.kind not in (*_NOUNS, "modifier", "latin", "number"):
        return False
    if word.kind in _NOUNS and _is_state(after):
        return False
    if word.chinese in _NEVER_NARROW:
        return False
    if word.kind == "processes" and not word.narrows:
        if after.kind == "modifier":
            return word.chinese not in _VERBS_TOO
        if after.kind in ("things", "materials", "latin", "known"):
            return False
        return after.kind != "processes" or after.chinese in _ABOUT_ACTS
    return True


def _orderly(words: Sequence[PhraseWord]) -> bool:
    """Whether what must stand first does: numbers, last month's, its own, the same, any."""
    first = {"all", "any", "the same", "all kinds of", "other", "its own"}
    return not any(
        word.kind == "number" or word.english in first or word.english.endswith("'s")
        for _, word in pairwise(words)
    )
