"""Read what an act's sentences do to another act's terms: put off, suspend, resume, correct.

The words decide, sentence by sentence: a verb of putting off with a new end or a length, a verb
of suspending with what is suspended. A sentence that names no act means the one of the notice's
own title, and only where the title announces the like. Quoted wordings are left to
:mod:`domain.acts.amendment_parser`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from domain.acts.changing.named_parts import named_parts
from domain.records.effect_terms import NO_TERMS, ON_PUBLICATION, EffectTerms
from domain.text.act_numbers.standard_numbers import act_numbers, find_standard_numbers
from domain.text.articles import canonical_article, named_articles
from domain.text.document_numbers import find_document_numbers
from domain.text.written_dates import DAY, LENGTH, written_day, written_length

StatedEffect = Literal[
    "extended", "deadline", "postponed", "suspended", "resumed", "corrected", "partly_repealed"
]

_SENTENCE = re.compile(r"[^。；;\n]{2,600}")
_QUOTED = re.compile(r"[“\"][^“”\"]{0,400}[”\"]")
_YEAR_FIRST = re.compile(r"(\d{4})年第(\d{1,4})号")
_TERM = re.compile(rf"(?:{DAY}|{LENGTH})(?:之?前|底)?")
_NAMED = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:[《〈][^《》〈》]{2,80}[》〉][^《》]{0,60})?)》"
    r"(?:\s*[（(](?P<note>[^（）()]{0,60}号[^（）()]{0,30})[）)])?"
)
_PUT_OFF = (
    r"(?:延长|延期|缓期|延续|顺延|展期|延展|展延|推迟|延后|延缓|延迟|宽限|放宽|继续有效|继续执行"
    r"|往后推|接着(?:行用|施行|执行|使用|实行|试行)|续行)"
)
_SET_TO = r"(?:调整|修改|变更|更改|改|修订|延|推|更正|订正)"
# 过渡期由2026年12月31日延长至2027年3月31日 · 延长三个月 · 截止时间调整为2027年3月31日.
_NEW_END = re.compile(
    rf"(?P<verb>{_PUT_OFF})(?:办理|执行|实施|施行|申报|报送)?(?:[^，,。；《》\d]{{0,10}}?)"
    rf"(?:(?:至|到|为)\s?(?P<day>{DAY})|(?:至|到|为)\s?(?P<to>{LENGTH})"
    rf"|(?P<by>(?<![下上每])(?<!下个){LENGTH})(?:[，,]?(?:即)?(?:延长|推|行)?(?:至|到)\s?(?P<then>{DAY}))?)"
    rf"|(?P<set>{_SET_TO})(?:为|至|到|成)\s?(?:(?P<day2>{DAY})|(?P<to2>{LENGTH}))"
)
_OLD_END = re.compile(
    rf"(?:由|从|自|将|原定(?:于|的)?|原(?:为|是)?)[^，,。；]{{0,12}}?(?P<day>{DAY})(?!\s?起)"
    rf"|(?:由|从)(?:原来?的?)?(?P<len>{LENGTH})"
)
# 2024年12月31日，自发布之日起按2025年3月31日理解和办理.
_READ_AS = re.compile(
    rf"(?P<old>{DAY})[，,]?(?:自[^，。；]{{2,20}}起)?[，,]?按照?(?P<new>{DAY})(?:理解和|理解并)?(?:办理|执行)"
)
# The word for what ends: 有效期, 过渡期, 申报截止时间 (the last one before the verb counts).
_WHAT = re.compile(
    r"(?P<valid>有效期限?|试行期限?|执行期限?|实施期限?|施行期限?)"
    r"|(?P<start>(?:施行|实施|执行|生效|启用)(?:日期|时间|之日(?!起)))"
    r"|(?P<end>过渡期|宽限期|整改期限?|缓冲期|(?:[一-鿿]{0,6}?)(?:截止日期|截止时间|截止|期限|时限|日期|时间|报送期|申报期))"
)
_STARTS = re.compile(r"(?:施行|实施|执行|生效|启用)(?:日期|时间|之日)$")
# 其中第五条（标志尺寸）不推迟，仍自2024年12月1日起实施.
_NOT_PUT_OFF = re.compile(
    r"(?:不(?:予|再)?(?:推迟|延期|延后|延迟|缓期|顺延|延长)|除外|(?<=其中)(?=第)[^。；，]{2,40}?)"
    r"[^。；\d]{0,8}?(?:仍|照常|依旧)[^。；\d]{0,4}?"
    rf"(?:自|于)?\s?(?P<day>{DAY})\s?起?(?:施行|实施|执行|生效)"
)
_STARTS_THEN = re.compile(r"\s*(?:日)?起?\s*(?:正式)?(?:施行|实施|执行|生效|启用)")
_STARTS_BEFORE = re.compile(r"(?:推迟|延后|延迟|延期|延缓)(?:施行|实施|执行|生效|启用)")
# 暂停实施第十二条 · 第十二条暂缓执行 · 暂不施行.
_SUSPEND = re.compile(
    r"(?:暂停|中止|暂缓|暂时停止|暂不|暂行停止|冻结|搁置|缓予|暂予停止)(?:实施|执行|施行|适用|办理)|(?:先行?|暂且|暂时)停(?:下来?|一停|用|办)(?!的)"
    r"(?!的?期间|的?期限|期内|后|之日|前)"
)
# 第九条停止执行，何时恢复另行公告: a pause; without any word of its end a repeal of the article.
_STOP = re.compile(
    r"(?:(?:停止|终止)(?:实施|执行|施行|适用)|不再(?:执行|适用|施行|作为[^，。；]{0,8}依据)|(?:予以)?废止|失效|作废)"
)
_UNTIL_FURTHER = re.compile(
    r"恢复|重启|再行(?:办理|执行|实施)|解冻|另行?[^，。；]{0,6}(?:通知|公告|规定|告知|明确|公布|发布|确定)|另定|期间"
)
_OWN = re.compile(r"本(?:办法|规定|条例|细则|规则|通知|公告|意见|方案|规范条件|要求)第")
_RESUME = re.compile(
    r"照原样(?:办理|执行|实施)|(?<!何时)重新启用(?!的|另行|时间|前)|(?:恢复|照常|重新|恢复并继续)(?:实施|执行|施行|适用|办理)(?!的?(?:时间|日期)|另行|前|之前)"
)
_THE_REST = re.compile(r"(?:其余|其他|其它)[^，,。；]{0,8}$")  # 其余规定照常执行
_SINCE = re.compile(rf"(?:自|从)\s?(?P<day>{DAY})\s?起")
_FROM_PUBLICATION = re.compile(r"自[^，,。；]{0,6}(?:公布|发布|印发|颁布)之日起")
_UNTIL = re.compile(rf"(?:至|到|截至)\s?(?P<day>{DAY})(?:止|为止)?")
_DURING = re.compile(rf"(?:为期|期限为?|暂停)\s?(?P<len>{LENGTH})")
_NOT_SAID = re.compile(
    r"建议|请示|不予采纳|不同意|拟|可以?(?:申请)?(?:延期|延长|顺延|中止|暂停)|(?:申请|批准|同意|经[^，,]{0,12})(?:延期|延长|顺延|后可)|不得|最多|最长|不超过|确需|需要|应当提前"
    r"|(?:责令|要求(?!自)|企业|单位|当事人)[^，,]{0,12}(?:暂停|中止)|遇|法定节假日|之前[^，,]{0,6}未|的[，,](?:可|应|延|顺)"
)
_TITLE_EFFECT = re.compile(
    rf"{_PUT_OFF}|暂停|中止|暂缓|恢复(?:实施|执行|施行)|停止(?:执行|实施|施行)|废止|失效"
    r"|更正|勘误|订正|调整|推迟|变更|修[订改正]"
)
_POINT = re.compile(
    r"(?<![条款])第[（(]?(?P<number>[〇零一二三四五六七八九十\d]{1,3})[）)]?(?:点|大点|项|部分)"
)
_CLAUSE_NAMED = re.compile(r"(?<![\d.A-Za-z/])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.%])")
_NUMBERS = re.compile(r"[A-Z]{1,4}\d*(?:/[A-Z]{1,6})?\s?[\d.]{2,9}[—–-]\d{2,4}")
_OPENING = 2000  # characters in which a notice says what it is about
_ITEM = re.compile(r"\s*[〇零一二三四五六七八九十]{1,3}[、．.]")
# 以…调整后的序号为准, 根据….
_PASSING = re.compile(r"(?:以|根据|依据|依照|按照?|参照|贯彻|落实)[^，。；《》]{0,6}《?$")
_RESTS_ON = re.compile(r"(?:根据|依据|依照|按照|贯彻|落实)[^。；，,《》]{0,12}$")
# 《某办法》（某号）第十五条规定的过渡期公告如下.
_AS_FOLLOWS = re.compile(r"[^。；\n《》]{0,60}如下")
# 为保持平稳，该公告届满后接着行用一年.
_THE_SAME = re.compile(
    r"(?:[^《》，。；]{0,30}[，,])?(?:该|上述|前述)(?:办法|规定|通知|公告|通告|方案|条例|细则|意见|规则|文件)"
)
# 第6条用到2025年12月31日为止，过后不再据以要求.
_USED_UNTIL = re.compile(
    rf"(?:用|沿用|执行|适用|施行)(?:到|至)\s?(?P<day>{DAY})\s?(?:为止|止)[，,]?"
    r"(?:过后|此后|之后|其后|以后|期满后?|届满后?|届时)[^。；]{0,12}(?:不再|停|废|失效|作废)"
)
_CORRECTS = re.compile(r"更正|勘误|订正")


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectStatement:
    """One statement: what it does, to which act (by title, by note with its number), how."""

    effect: StatedEffect
    title: str
    note: str = ""
    terms: EffectTerms = NO_TERMS


def effect_statements(title: str, text: str) -> list[EffectStatement]:
    """Every statement of a notice that puts off, suspends, resumes or corrects another act."""
    default = _title_act(title, text)
    last = default
    correcting = _CORRECTS.search(title) is not None
    scope = _scope(_bare(title))
    found: list[EffectStatement] = []
    announces = _TITLE_EFFECT.search(title) is not None
    only = None if last or not announces else _only_act(text)
    group: tuple[str, str] | None = None
    for sentence in _SENTENCE.findall(_without_wordings(text)):
        if _ITEM.match(sentence):
            group = None
        meant = group or (last if announces or _THE_SAME.match(sentence) else None)
        stated = [*_stated(sentence, meant)]
        if only is not None and meant is None and not _mentions(sentence):
            stated = [one for one in _stated(sentence, only) if one.terms.old]  # of a day it has
        for one in stated:
            found.append(_corrected(one) if correcting else _within(one, scope))
        last = _last_named(sentence) or last
        if sentence.rstrip().endswith(("：", ":")) and _mentions(sentence):
            group = _last_named(sentence)  # 二、某号文件，按以下口径处理：
    if correcting and default is not None and not any(one.effect == "corrected" for one in found):
        terms = EffectTerms(since=_first_since(text))
        found.append(
            EffectStatement(effect="corrected", title=default[0], note=default[1], terms=terms)
        )
    return list(dict.fromkeys(found))


def _only_act(text: str) -> tuple[str, str] | None:
    """The one act that a notice speaks of by nothing but its number, and does not rest on."""
    opening = _without_wordings(text[:_OPENING])
    named = {
        act
        for place, act in _mentions(opening)
        if not _PASSING.search(opening[:place]) and not _RESTS_ON.search(opening[:place])
    }
    return named.pop() if len(named) == 1 else None


def effects_in(sentence: str, default: tuple[str, str] | None) -> list[EffectStatement]:
    """The statements of one sentence; ``default``: the act (title, number) that it means where it
    names none."""
    return list(_stated(_without_wordings(sentence), default))


def _last_named(sentence: str) -> tuple[str, str] | None:
    """The act that a sentence names last, which the next one may mean without a name; not one that
    it only rests on."""
    named = [act for place, act in _mentions(sentence) if not _PASSING.search(sentence[:place])]
    return named[-1] if named else None


def _mentions(sentence: str) -> list[tuple[int, tuple[str, str]]]:
    """The acts that a sentence names, by title or by nothing but their number, with their
    places."""
    found = [(m.start(), (m["title"], m["note"] or "")) for m in _NAMED.finditer(sentence)]
    plain = _masked(sentence)
    for number in find_document_numbers(plain):
        place = _place_of(number, plain)
        if place is not None:
            found.append((place.start(), ("", number)))
    found += [(start, ("", number)) for start, _, number in find_standard_numbers(plain)]
    return sorted(found)


def _place_of(number: str, text: str) -> re.Match[str] | None:
    """Where a text has a document number, however it prints it."""
    if parts := _YEAR_FIRST.search(number):  # 天津海关公告2024年第6号
        return re.search(rf"{parts[1]}\s?年\s?第?\s?{parts[2]}\s?号", text)
    year, serial = number.partition("〔")[2][:4], number.rpartition("〕")[2]
    return re.search(rf"{re.escape(year)}.{{0,3}}{re.escape(serial)}", text) if year else None


def _title_act(title: str, text: str) -> tuple[str, str] | None:
    """The act that a notice's title is about, where the title announces an effect."""
    if not _TITLE_EFFECT.search(title):
        return None
    opening = [
        m for m in _NAMED.finditer(text[:_OPENING]) if not _RESTS_ON.search(text[: m.start()])
    ]
    named = _NAMED.search(title)
    if named is None:
        about = [m for m in opening if _AS_FOLLOWS.match(text, m.end())]
        single = opening if len({m["title"] for m in opening}) == 1 else []
        named = next(iter(about or single), None)
    if named is None:
        number = next(iter(act_numbers(title)), None)
        return ("", number) if number else None
    noted = next((m for m in opening if m["title"] == named["title"]), named)
    return named["title"], noted["note"] or _only_number(text)


def _only_number(text: str) -> str:
    """The one document number that the opening of a notice names beside no title."""
    numbers = set(find_document_numbers(text[:_OPENING]))
    return numbers.pop() if len(numbers) == 1 else ""


def _without_wordings(text: str) -> str:
    """The text without quoted wordings; a quoted day or length stays, as it is a term."""
    return _QUOTED.sub(
        lambda match: match[0][1:-1] if _TERM.fullmatch(match[0][1:-1]) else "“”", text
    )


def _within(one: EffectStatement, scope: tuple[str, ...]) -> EffectStatement:
    """A pause concerns the articles that the title names, where its sentence names none."""
    if one.effect not in ("suspended", "resumed") or one.terms.scope:
        return one
    return replace(one, terms=replace(one.terms, scope=scope))


def _corrected(one: EffectStatement) -> EffectStatement:
    return replace(one, effect="corrected") if one.effect == "deadline" else one


def _first_since(text: str) -> str | None:
    """From when a correction counts, where it says so outside the corrected wording."""
    for sentence in _SENTENCE.findall(_without_wordings(text)):
        if _CORRECTS.search(sentence) and (since := _since(sentence)):
            return since
    return None


def _stated(sentence: str, default: tuple[str, str] | None) -> Iterator[EffectStatement]:
    target = _target(sentence, default)
    if target is None or _NOT_SAID.search(_bare(sentence)):
        return
    title, note = target
    stated = (*_put_off(sentence), *_read_as(sentence), *_stopped(sentence), *_ended(sentence))
    for effect, terms in stated:
        yield EffectStatement(effect=effect, title=title, note=note, terms=terms)


def _bare(sentence: str) -> str:
    """A sentence without the names of acts, whose words say nothing of the effect."""
    return _NAMED.sub("《》", sentence)


def _target(sentence: str, default: tuple[str, str] | None) -> tuple[str, str] | None:
    """The act that a sentence speaks of: the last named before its verb, else the default."""
    verb = next(
        (
            m
            for p in (_NOT_PUT_OFF, _NEW_END, _READ_AS, _SUSPEND, _RESUME, _USED_UNTIL, _STOP)
            if (m := p.search(_masked(sentence)))
        ),
        None,
    )
    if verb is None:
        return None
    mentions = _mentions(sentence)
    named = [act for place, act in mentions if place < verb.start()]
    named = named[-1:] or [act for place, act in mentions if place < verb.end() + 160][:1]
    return named[0] if named else default


def _masked(sentence: str) -> str:
    """The sentence with each act's name blanked at its length, so that places stay."""
    return _NAMED.sub(lambda match: "《" + "\u2003" * (len(match[0]) - 2) + "》", sentence)


def _put_off(sentence: str) -> Iterator[tuple[StatedEffect, EffectTerms]]:
    masked = _masked(sentence)
    if kept := _NOT_PUT_OFF.search(masked):
        before, _, of_these = masked[: kept.start("day")].rpartition("其中")
        scope, first = _scope(of_these), written_day(kept["day"])
        if scope and first is not None:
            iso = first.isoformat()
            yield "postponed", EffectTerms(scope=scope, old=iso, new=iso)
        masked = before
    told = 0
    for match in _NEW_END.finditer(masked):
        before = masked[: match.start()]
        words = list(_WHAT.finditer(before))
        # 试行期延长一年，“10日”改为“5日”: the length is of no term that was told of before.
        of_told = bool(words) and words[-1].end() <= told and bool(match["to2"])
        told = match.end()
        if of_told:
            continue
        what = words[-1] if words else None
        if match["set"] and what is None:
            continue
        day = written_day(match["day"] or match["day2"] or match["then"] or "")
        to, by = (
            written_length(match["to"] or match["to2"] or ""),
            written_length(match["by"] or ""),
        )
        if day is None and to is None and by is None:
            continue
        old = list(
            _OLD_END.finditer(
                before + match[0][: match.start("verb") - match.start()]
                if match["verb"]
                else before
            )
        )
        terms = EffectTerms(
            scope=_scope(before), what=_noun(what[0]) if what else None,
            old=_end(old[-1]["day"], old[-1]["len"]) if old else None,
            new=day.isoformat() if day else to, by=by, since=_since(before),
        )  # fmt: skip
        kind = _kind(what, masked, match)
        if kind != "postponed" or day is not None or not match["set"]:
            yield kind, terms


def _read_as(sentence: str) -> Iterator[tuple[StatedEffect, EffectTerms]]:
    """A day in place of which a later one is to be read."""
    masked = _masked(sentence)
    for match in _READ_AS.finditer(masked):
        old, new = written_day(match["old"]), written_day(match["new"])
        if old is not None and new is not None and old < new:
            terms = EffectTerms(
                scope=_scope(masked[: match.start()]), old=old.isoformat(), new=new.isoformat(),
                since=_since(masked),
            )  # fmt: skip
            yield "deadline", terms


def _noun(words: str) -> str:
    """The word for a term without what stands before it: 报送时限 of 条规定的报送时限."""
    return re.split(r"[的条款项定]", words)[-1] or words


def _kind(what: re.Match[str] | None, sentence: str, match: re.Match[str]) -> StatedEffect:
    starts = _STARTS_THEN.match(sentence, match.end()) or _STARTS_BEFORE.match(match[0])
    if (what is not None and _STARTS.search(_noun(what[0]))) or (
        starts and not (what and what["end"])
    ):
        return "postponed"
    if match["verb"] in ("继续有效", "继续执行", "展期", "续行") or (
        match["verb"] or ""
    ).startswith("接着"):
        return "extended"
    if what is not None and what["valid"]:
        return "extended"
    return "deadline"


def _end(day: str | None, length: str | None) -> str | None:
    found = written_day(day or "")
    return found.isoformat() if found else written_length(length or "")


def _stopped(sentence: str) -> Iterator[tuple[StatedEffect, EffectTerms]]:
    masked = _masked(sentence)
    for pattern, effect in ((_SUSPEND, "suspended"), (_RESUME, "resumed")):
        match = pattern.search(masked)
        if match is None or (effect == "resumed" and _THE_REST.search(masked[: match.start()])):
            continue
        until = _UNTIL.search(masked)
        last = written_day(until["day"]) if until else None
        length = _DURING.search(masked)
        terms = EffectTerms(
            scope=_parts(masked), since=_since(masked),
            until=last.isoformat() if last else None,
            by=written_length(length["len"]) if length else None,
        )  # fmt: skip
        yield ("suspended" if effect == "suspended" else "resumed"), terms


def _ended(sentence: str) -> Iterator[tuple[StatedEffect, EffectTerms]]:
    """Articles that a sentence without any name stops: for good, or until further notice."""
    masked = _masked(sentence)
    if used := _USED_UNTIL.search(masked):
        scope, last = _parts(masked[: used.start()]), written_day(used["day"])
        if scope and last is not None:
            after = (last + timedelta(days=1)).isoformat()
            yield "partly_repealed", EffectTerms(scope=scope, since=after)
        return
    match = _STOP.search(masked)
    if match is None or _SUSPEND.search(masked) or _OWN.search(masked):
        return
    paused = match[0].startswith("停止") and _UNTIL_FURTHER.search(masked[match.end() :])
    scope = _parts(masked[: match.start()])
    if not scope or ("《" in masked and not paused):
        return
    terms = EffectTerms(scope=scope, since=_since(masked))
    yield ("suspended" if paused else "partly_repealed"), terms


def _since(text: str) -> str | None:
    """The first day that a sentence states, or ON_PUBLICATION."""
    if _FROM_PUBLICATION.search(text):
        return ON_PUBLICATION
    match = _SINCE.search(text)
    day = written_day(match["day"]) if match else None
    return day.isoformat() if day else None


def _parts(text: str) -> tuple[str, ...]:
    """The same, with no more of an article than the paragraphs and items that are named."""
    return named_parts(text) or _scope(text)


def _scope(text: str) -> tuple[str, ...]:
    """The articles that a sentence names, in one spelling, with those between 第八条至第十条; of a
    text without articles its 一、 (第五点), of a standard its clauses."""
    named = tuple(canonical_article(one) for one in named_articles(text))
    if named:
        return named
    points = tuple(canonical_article(f"第{match['number']}条") for match in _POINT.finditer(text))
    return points or tuple(match[0] for match in _CLAUSE_NAMED.finditer(_NUMBERS.sub("", text)))
