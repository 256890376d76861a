"""Acts that a sentence names by what they are and what they are on, by whom or of when.

*The measures on the traceability of retired batteries*, *the January notice of the emergency
ministry*, 溯源管理办法: the title of the archive is Chinese, the words lead to it by the lexicon of
questions. Only what leaves a single act is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from config.claims.claim_terms import load_claim_terms
from domain.claims.act_names import KnownNames, Mention, may_be_called, one_of
from domain.claims.known_acts import KnownAct
from domain.claims.words.claim_bodies import find_bodies
from domain.claims.words.claim_places import find_places
from domain.claims.words.partial_days import month_of
from domain.claims.words.plain_form import is_chinese, plain
from domain.questions.english_stems import stem
from domain.questions.question_concepts import Concept, concepts_of

# the new measures, Zhejiang's implementing rules; the words before it and on what it is
_PHRASE = re.compile(
    r"\b(?:the|its|their|china's|[a-z]+'s|under|new|draft) (?P<before>(?:[a-z0-9-]+ ){0,5})"
    r"(?P<head>measures|provisions|regulations?|announcement|guide(?:lines?)?|notice|rules|"
    r"requirements|"
    r"specifications?|circular|decision|opinions|plan|benchmark|procedure|order|standard)\b"
    r"(?:(?: \([^)]{0,20}\))? (?:on|for|of|governing|concerning|regarding|about|to) "
    r"(?P<about>[a-z0-9' -]{4,110}))?"
)
# Where a noun phrase ends and the sentence goes on.
_VERB = re.compile(
    r"\b(?:took|takes?|was|were|is|are|has|have|had|came|comes|enter(?:ed|s)?|require[sd]?|must|"
    r"may|shall|"
    r"will|now|appl(?:y|ies|ied)|oblige[sd]?|set|sets|allow[sd]?|say|says|since|"
    r"which|that|by|in force|"
    r"remain|remains|continue|still|ask|asks|gives?|let|lets|did|does|do)\b"
)
# 溯源管理办法, 实施细则
_CHINESE_HEAD = re.compile(
    r"(?:办法|规定|公告|通知|细则|导则|指南|规范|方案|决定|基准|规程|要点|通告|条例|意见|要求)"
)
_RUN = re.compile(r"[\u4e00-\u9fff]{4,40}$")
# Behind these a name may begin: 根据溯源管理办法, 湖北省的办法
_BEGINS = re.compile(
    r"(?:的|省|市|根据|依据|按照|依照|违反|执行|适用|和|及|与|新|现行|目前|由|在|该|按|为|发布|印发|废止)$"
)
_PUNCTUATION = re.compile(r"[《》“”\"（）()、·\s]")
_LEAST_CHINESE = 5
_ENOUGH, _LEAD = 0.75, 0.1
_OF_ALL = frozenset({"电池", "动力电池", "企业", "管理", "工作", "关于", "规定", "要求", "办法"})


def guess_by_topic(text: str, names: KnownNames) -> list[Mention]:
    """The act that a sentence names by its kind and topic, body, month or year; none where the
    words leave several."""
    if is_chinese(text):
        return _chinese(text, names)
    searched = plain(text)
    for match in _PHRASE.finditer(searched):
        end = _phrase_end(searched, match)
        act = _meant(text[match.start() : end], text, match["head"], names)
        if act is not None:
            return [Mention(act=act, how="name", start=match.start(), end=end)]
    return []


def _phrase_end(searched: str, match: re.Match[str]) -> int:
    """Where the name ends: before the verb that follows."""
    verb = _VERB.search(searched, match.end("head"), match.end())
    return (verb.start() if verb else match.end()) - (1 if verb else 0)


def _meant(phrase: str, text: str, head: str, names: KnownNames) -> KnownAct | None:
    fits = _that_fit(phrase, text, head, names.acts)
    concepts = [one for one in concepts_of(phrase) if _says(one)]
    if not concepts:
        return one_of(fits) if _is_narrowed(phrase, text) else None
    scored = sorted(
        ((_covered(act.title, concepts, names.acts), _binds(act), act) for act in fits),
        key=lambda item: (-item[0], -item[1]),
    )
    if not scored or scored[0][0] < _ENOUGH:
        return None
    near = [act for score, _, act in scored if score >= scored[0][0] - _LEAD]
    return near[0] if len(near) == 1 else _only_one(near, phrase)


def _only_one(near: Sequence[KnownAct], phrase: str) -> KnownAct | None:
    """Of a draft, its final act and what that replaced, the one that binds, unless a draft is
    asked for."""
    drafts = [act for act in near if act.status == "draft"]
    if "draft" in phrase.lower():
        return drafts[0] if len(drafts) == 1 else None
    live = [act for act in near if act.status != "draft" and not act.over]
    return live[0] if len(live) == 1 else None


def _binds(act: KnownAct) -> int:
    return int(act.status != "draft" and not act.over)


def _that_fit(phrase: str, text: str, head: str, acts: Iterable[KnownAct]) -> list[KnownAct]:
    """The acts of the kind, place, body, month and year that a phrase gives."""
    places = {place.code for place in find_places(text)} or {"CN"}
    bodies = {body.name for body in find_bodies(phrase)}
    month, year = month_of(phrase), _year(phrase)
    return [
        act
        for act in acts
        if act.jurisdiction in places
        and may_be_called(head, act)
        and bodies <= act.issuers
        and (month is None or month in {day.month for day in act.days.get("published", ())})
        and (year is None or year in {day.year for day in act.days.get("published", ())})
    ]


def _is_narrowed(phrase: str, text: str) -> bool:
    """Whether body, month, year or place say which one is meant."""
    told = (find_bodies(phrase), find_places(text), month_of(phrase), _year(phrase))
    return sum(bool(one) for one in told) >= 2


def _year(phrase: str) -> int | None:
    match = re.search(r"\b(?:19|20)\d\d\b", phrase)
    return int(match[0]) if match else None


def _says(one: Concept) -> bool:
    if one.words in _light() or not one.sure or not one.spelled:
        return False
    return not one.words[:1].isdigit() and not set(one.spelled[:1]) & _OF_ALL


def _covered(title: str, concepts: Sequence[Concept], acts: Sequence[KnownAct]) -> float:
    weights = {one.words: _rareness(one, acts) for one in concepts}
    held = sum(weights[one.words] for one in concepts if one.stands_in(title))
    return held / sum(weights.values())


def _rareness(one: Concept, acts: Sequence[KnownAct]) -> float:
    having = sum(one.stands_in(act.title) for act in acts)
    return 1.0 if having <= max(2, len(acts) // 8) else 0.5


@cache
def _light() -> frozenset[str]:
    return frozenset(stem(word) for word in load_claim_terms().light_en.split())


# ---------------------------------------------------------------- Chinese


def _chinese(text: str, names: KnownNames) -> list[Mention]:
    """The longest run before a word for what acts are that ends a single act's title."""
    places = {place.code for place in find_places(text)}
    for head in _CHINESE_HEAD.finditer(text):
        run = _RUN.search(text[: head.end()])
        if run is None:
            continue
        for start in range(run.start(), head.end() - _LEAST_CHINESE + 1):
            if start > run.start() and not _BEGINS.search(text[:start]):
                continue
            act = _titled(text[start : head.end()], places, names)
            if act is not None:
                return [Mention(act=act, how="name", start=start, end=head.end())]
    return []


def _titled(words: str, places: set[str], names: KnownNames) -> KnownAct | None:
    fits = [
        act
        for act in names.acts
        if act.jurisdiction in (places or {"CN"}) and _is_short_for(words, _bare(act.title))
    ]
    live = [act for act in fits if act.status != "draft"]
    return one_of(live or fits)


def _is_short_for(words: str, title: str) -> bool:
    """Whether a title ends in the words, or they leave out some of its characters."""
    if title.endswith(words):
        return True
    if len(words) < _LEAST_CHINESE + 1 or words[:2] not in title or not title.endswith(words[-2:]):
        return False
    rest = iter(title)
    return all(char in rest for char in words)


@lru_cache(maxsize=4096)
def _bare(title: str) -> str:
    return _PUNCTUATION.sub("", title.replace("（征求意见稿）", ""))
