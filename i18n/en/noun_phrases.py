"""Write a Chinese noun phrase in English from its words, or not at all.

A phrase is given only where every word is known and its order has one reading: what joins
unlike things before 的 (证件和电池的编码) stays untranslated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from i18n.en.compound_nouns import NounPhrase, compound_noun
from i18n.en.phrase_tokens import PhraseWord, phrase_tokens
from i18n.en.word_forms import plural, singular, with_article
from i18n.glossary_terms import phrase_words

_SHARED_HEADS = frozenset({"documents", "devices"})
# 前款规定的信息, 第五条所列的材料, 前条规定的信息
_SET_OUT = re.compile(
    r"(?P<where>前款|前条|本条|上款|第[一二三四五六七八九十百\d]{1,4}条)(?:规定|所列|要求)的?(?P<what>.+)"
)
# 本行政区域内的拆解企业, 辖区网点
_IN_AREA = re.compile(r"(?:本行政区域|本?辖区|本地区)内?的?(?P<what>.{2,40})")
# 电池编码与车辆识别代号的对应关系
_LINKED = re.compile(
    r"(?P<one>[^、与和]{2,16})[与和](?P<other>[^、与和]{2,16}?)的?(?:对应|关联)(?:关系|信息)"
)
_PLACES = {"前款": "the preceding paragraph", "上款": "the preceding paragraph",
           "前条": "the preceding article", "本条": "this article"}  # fmt: skip


@lru_cache(maxsize=8192)
def noun_phrase(chinese: str) -> NounPhrase | None:
    """The phrase in English: 破损电池的数量和去向 is "quantity and destination of the damaged
    batteries"; None where a word is unknown or the order is not sure."""
    text = re.sub(r"[“”\s]", "", chinese)
    if match := _SET_OUT.fullmatch(text):
        return _set_out(match)
    if match := _IN_AREA.fullmatch(text):
        inner = noun_phrase(match["what"])
        return inner and replace(inner, english=f"{inner.english} in the area", plain=False)
    if match := _LINKED.fullmatch(text):
        return _link(match["one"], match["other"])
    if text.startswith("下列"):
        inner = noun_phrase(text[2:])
        return inner and replace(inner, english=f"the {inner.english} listed in the text")
    tokens = phrase_tokens(text)
    return _phrase(tokens) if tokens else None


def _link(one: str, other: str) -> NounPhrase | None:
    ends = [noun_phrase(one), noun_phrase(other)]
    named = [end.english for end in ends if end is not None and end.plain]
    if len(named) < len(ends):
        return None
    text = f"the link between {' and '.join(named)}"
    return NounPhrase(english=text, kinds=("documents",), plain=False)


def _set_out(match: re.Match[str]) -> NounPhrase | None:
    inner = noun_phrase(match["what"])
    place = _PLACES.get(match["where"])
    if inner is None or place is None:
        return None
    return replace(inner, english=f"the {inner.english} set out in {place}", plain=False)


def _phrase(tokens: Sequence[PhraseWord]) -> NounPhrase | None:
    """A phrase with 的: what stands after the last one is the head."""
    at = max((i for i, word in enumerate(tokens) if word.kind == "of"), default=-1)
    if at < 0:
        return _listed(tokens)
    if (cut := _second_clause(tokens)) is not None:
        return _both(_phrase(tokens[:cut]), _phrase(tokens[cut + 1 :]), tokens[cut].english)
    before, head = tokens[:at], _listed(tokens[at + 1 :])
    if not before or head is None:
        return None
    if all(word.kind == "modifier" for word in before):
        said = " ".join(word.english for word in before)
        return replace(head, english=f"{said} {head.english}")
    if not head.plain and not _may_share(head):
        return None
    return _with_clause(before, head)


def _second_clause(tokens: Sequence[PhraseWord]) -> int | None:
    """Where a list's second item brings a clause of its own: 声明和由供货商出具的成分分析单."""
    pairs = enumerate(pairwise(tokens))
    cuts = [i for i, (one, then) in pairs if one.kind == "joint" and then.kind == "with"]
    one_of = sum(word.kind == "of" for word in tokens) == 1
    return cuts[0] if len(cuts) == 1 and one_of and tokens[0].kind != "with" else None


def _both(one: NounPhrase | None, other: NounPhrase | None, joint: str) -> NounPhrase | None:
    if one is None or other is None or joint not in ("and", "or"):
        return None
    text = f"{one.english} {joint} {other.english}"
    return NounPhrase(english=text, kinds=(*one.kinds, *other.kinds), plain=False)


def _may_share(head: NounPhrase) -> bool:
    """Whether A的 before a list goes for all of it: 电池的种类、数量和接收单位."""
    shared = {"attributes", "people", "processes"}
    return head.kinds[0] == "attributes" and set(head.kinds) <= shared


def _with_clause(before: Sequence[PhraseWord], head: NounPhrase) -> NounPhrase | None:
    """The head with what stands before 的: with …, issued by …, after …, of the …."""
    clause = _clause(before)
    if clause is None:
        return None
    return NounPhrase(english=f"{head.english} {clause}", kinds=head.kinds, plain=False)


def _clause(words: Sequence[PhraseWord]) -> str | None:
    if words[-1].kind == "except":
        other = _one_kind(words[:-1])
        return f"other than {with_article(other.english)}" if other else None
    if words[0].kind == "with" and words[0].english != "by":
        inner = _listed(words[1:])
        return f"{words[0].english} {inner.english}" if inner else None
    if done := _done_by(words):
        return done
    if words[0].kind == "with":
        return None
    if len(words) == 1 and words[0].kind == "processes":  # 接收的电池: batteries received
        return phrase_words().done_by.get(words[0].chinese)
    owner = _one_kind(words)
    if owner and owner.plain and len(words) == 1 and owner.kinds == ("attributes",):
        return None  # 品牌的电池: which brand, stands before
    return f"of {with_article(owner.english)}" if owner else None


def _done_by(words: Sequence[PhraseWord]) -> str | None:
    """供货商出具, 由主管部门认可, 经海关指定: issued by the supplier."""
    done = phrase_words().done_by.get(words[-1].chinese)
    who = words[1:-1] if words[0].english == "by" and words[0].kind == "with" else words[:-1]
    if done is None or not who:
        return None
    person = _listed(who)
    if person is None or not person.is_person:
        return None
    several = person.english.endswith("s")
    return f"{done} by {person.english if several else with_article(person.english)}"


def _one_kind(words: Sequence[PhraseWord]) -> NounPhrase | None:
    """What owns the head: one phrase, or a list of things of one kind."""
    joined = any(word.kind == "joint" for word in words)
    if joined and any(word.kind == "of" for word in words):
        return None
    owner = _phrase(words)
    if owner is None or (joined and (len(set(owner.kinds)) > 1 or not owner.kinds)):
        return None
    return owner


def _listed(words: Sequence[PhraseWord]) -> NounPhrase | None:
    """A list without 的: items joined by 、 和 或, 等 and a common head at its end."""
    items, joints = _items(words)
    tail = _after_etc(items)
    if tail is None:
        return None
    last = compound_noun(tail)
    if last is None:
        return None
    said = [*_earlier(items[:-1], tail, last), last]
    parts = [one for one in said if one is not None]
    if len(parts) < len(said):
        return None
    if any(word.kind == "etc" for word in items[-1]):
        return _with_others(items[-1], parts, joints)
    kinds = tuple(one.kinds[0] for one in parts)
    text = _joined([one.english for one in parts], joints)
    return NounPhrase(english=text, kinds=kinds, plain=len(parts) == 1)


def _items(words: Sequence[PhraseWord]) -> tuple[list[list[PhraseWord]], list[str]]:
    items: list[list[PhraseWord]] = [[]]
    joints: list[str] = []
    for word in words:
        if word.kind == "joint":
            joints.append(word.english)
            items.append([])
        else:
            items[-1].append(word)
    return items, joints


def _after_etc(items: list[list[PhraseWord]]) -> list[PhraseWord] | None:
    """The words of the last item's noun: of 日期等信息 the 信息, of 日期等 the 日期."""
    last = items[-1]
    at = next((i for i, word in enumerate(last) if word.kind == "etc"), None)
    if at is None:
        return last or None
    if at == 0 or len(last) > at + 2:
        return None
    return last[at + 1 :] or last[:at]


def _with_others(
    last: list[PhraseWord], parts: list[NounPhrase], joints: list[str]
) -> NounPhrase | None:
    """A、B等C: "A, B and other C"; A、B等: "A, B and others"."""
    at = next(i for i, word in enumerate(last) if word.kind == "etc")
    named = [*parts[:-1]]
    own = compound_noun(last[:at])
    if own is None or "or" in joints:
        return None
    others = f"other {plural(parts[-1].english)}" if last[at + 1 :] else "others"
    texts = [*(one.english for one in (*named, own)), others]
    kinds = tuple(one.kinds[0] for one in (*named, own))
    return NounPhrase(english=_joined(texts, [","] * len(texts)), kinds=kinds, plain=False)


def _earlier(
    items: list[list[PhraseWord]], tail: list[PhraseWord], last: NounPhrase
) -> list[NounPhrase | None]:
    """The items before the last: one that only narrows shares the last one's noun."""
    shares = len(tail) > 1 and last.kinds[0] in _SHARED_HEADS
    found: list[NounPhrase | None] = []
    for item in items:
        if item and all(word.kind == "modifier" for word in item) and " " in last.english:
            text = " ".join(word.english for word in item)
            found.append(NounPhrase(english=text, kinds=last.kinds))
            continue
        one = compound_noun(item)
        if one and shares and one.kinds[0] not in _SHARED_HEADS:
            one = replace(one, english=singular(one.english), kinds=last.kinds)
        found.append(one)
    return found


def _joined(parts: list[str], joints: list[str]) -> str:
    """Parts as English lists them; the last comma becomes "and"."""
    if len(parts) == 1:
        return parts[0]
    words = list(joints[: len(parts) - 1])
    if set(words) == {","}:
        words[-1] = "and"
    text = parts[0]
    for joint, part in zip(words, parts[1:], strict=False):
        text += f", {part}" if joint == "," else f" {joint} {part}"
    return text
