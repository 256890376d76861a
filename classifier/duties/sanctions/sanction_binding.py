"""Bind sanctions to the duties that the text names: by article, paragraph and item, by 前款 and
前条, or by the very conduct; never by nearness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from classifier.duties.sanctions.article_references import stands_at
from classifier.duties.sanctions.breaches import Breach, read_breaches
from classifier.duties.sanctions.conducts import Conduct
from classifier.duties.sanctions.punished_conduct import FALSIFIED, only_punished, same_thing
from classifier.duties.statements import Statement
from domain.law.duties import Bound, Duty, Modality

_SAME_ACTS = (
    frozenset({"report", "provide"}),
    frozenset({"hand_over", "sell"}),
    frozenset({"apply", "declare"}),
)
# 列入分工表的任务，未按时限完成的: what the rows of the table ask for by a day
_UNDONE = re.compile(r"(?:任务|分工|清单|附表)[^。]{0,40}未(?:按时限|按期|按时|如期)完成")
# 请各企业按附表要求整改 … 逾期未整改的
_UNCORRECTED = re.compile(r"^(?:逾期|到期|期满|未按期|未按时|仍)(?:未|不|仍未)?(?:完成)?整改")
# (应当30日内办结退运；)逾期未办结的
_UNFINISHED = re.compile(
    r"(?:逾期|到期|期满|超期)(?:仍)?(?:未|不)(?:办结|完成|办理|履行|落实|到位)?的?"
)
_BY_TABLE = re.compile(
    r"(?:附表|表列|下表|清单|附件)[^。]{0,16}整改|整改[^。]{0,8}(?:见|详见)附[件表]"
)
_TOLD = frozenset({"report", "provide", "apply", "declare", "file", "register"})
_PLAIN_THING = re.compile(r"(?:相关|有关|该|其)?(?:信息|产品|材料|企业|电池|数据|工作)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Placed:
    """A duty with its exact place in the act."""

    duty: Duty
    statement: Statement


def bind_sanctions(placed: Sequence[Placed], statements: Sequence[Statement]) -> list[Duty]:
    """The duties with the sanctions that the text itself ties to them."""
    bound: dict[int, list[Breach]] = {}
    lone: list[Breach] = []
    earlier: list[tuple[Breach, list[int]]] = []
    for breach in read_breaches(statements):
        punished = _punished(breach, placed, statements) or _of_earlier(breach, earlier)
        earlier.append((breach, punished))
        for index in punished:
            bound.setdefault(index, []).append(breach)
        if not punished:
            lone.append(breach)
    found = []
    for index, item in enumerate(placed):
        company = item.duty.who.kind is Bound.COMPANY
        sanctions = (
            *item.duty.sanctions,
            *(breach.sanction_of(company=company) for breach in bound.get(index, ())),
        )
        found.append(replace(item.duty, sanctions=tuple(dict.fromkeys(sanctions))))
    return found + [duty for breach in lone for duty in only_punished(breach, found)]


def _of_earlier(breach: Breach, earlier: Sequence[tuple[Breach, list[int]]]) -> list[int]:
    """What 有前款行为，造成污染的 punishes: the same as the breach that stands there."""
    return sorted(
        {
            index
            for before, punished in earlier
            if any(stands_at(before.statement, place) for place in breach.places)
            for index in punished
        }
    )


def _punished(
    breach: Breach, placed: Sequence[Placed], statements: Sequence[Statement]
) -> list[int]:
    """Which duties a breach punishes."""
    open_to = [
        index for index, item in enumerate(placed)
        if item.duty.modality is not Modality.MAY and item.duty.who.kind is not Bound.AUTHORITY
    ]  # fmt: skip
    if breach.places:
        there = [
            i for i in open_to if any(stands_at(placed[i].statement, p) for p in breach.places)
        ]
        return _meant(breach, placed, there)
    if breach.whole:
        return list(open_to)
    if breach.backs:
        return _before(breach, placed, open_to) or _listed(breach, placed, statements)
    told = breach.statement.passage.text[: breach.statement.end]
    known = any(conduct.act != "other" for conduct in breach.conducts)
    if not known and _UNDONE.search(told) and "完成" in breach.words:
        return [i for i in open_to if "表" in placed[i].duty.place and placed[i].duty.when]
    if _UNCORRECTED.search(breach.words) and any(_BY_TABLE.search(one.text) for one in statements):
        return [i for i in open_to if "表" in placed[i].duty.place]
    if falsified := FALSIFIED.match(breach.words):
        return [
            i for i in open_to
            if placed[i].duty.act in _TOLD and same_thing(placed[i].duty.object, falsified["thing"])
        ]  # fmt: skip
    if breach.conducts and all(map(_is_false_report, breach.conducts)):
        reports = _told_before(breach, placed, open_to) or _recurring_reports(placed, open_to)
        return [i for i in reports if _about_same(breach.conducts, placed[i].duty)]
    if not known and _UNFINISHED.fullmatch(breach.words.strip("，。；")):
        return [
            i for i in open_to
            if placed[i].duty.when and _one_sentence(placed[i].statement, breach.statement)
            and _same_passage(breach, placed[i])
        ]  # fmt: skip
    fitting = [i for i in open_to if _fits_subject(breach, placed[i].duty)]
    return [i for conduct in breach.conducts for i in _by_conduct(conduct, breach, placed, fitting)]


def _before(breach: Breach, placed: Sequence[Placed], open_to: Sequence[int]) -> list[int]:
    """The duties of the same sentence, else those of the nearest one before it in the paragraph:
    违者 and 违反上述规定的 name no other."""
    there = [
        i for i in open_to
        if _same_passage(breach, placed[i]) and placed[i].statement.start <= breach.statement.start
    ]  # fmt: skip
    nearest = max((placed[i].statement.start for i in there), default=None)
    return [i for i in there if placed[i].statement.start == nearest]


def _listed(breach: Breach, placed: Sequence[Placed], statements: Sequence[Statement]) -> list[int]:
    """The items of the list that ends right before a sentence that says 违反上述规定的."""
    at = next((i for i, one in enumerate(statements) if one is breach.statement), 0)
    opener = statements[at - 1].chapeau if at else None
    if opener is None:
        return []
    return [
        i for i, item in enumerate(placed)
        if item.statement.chapeau is opener and item.duty.who.kind is not Bound.AUTHORITY
    ]  # fmt: skip


def _meant(breach: Breach, placed: Sequence[Placed], there: Sequence[int]) -> list[int]:
    """Which duties of a place a breach means: all of them where it says no more, else those
    that its conduct breaks, else the one alone or those whose own words it repeats."""
    if not breach.words:
        return list(there)
    there = [i for i in there if _fits_subject(breach, placed[i].duty)]
    falsely = [
        i for i in there if any(_tells_falsely(one, placed[i].duty) for one in breach.conducts)
    ]
    known = [conduct for conduct in breach.conducts if conduct.act != "other"]
    found = {i for conduct in known for i in _broken_in(conduct, placed, there)}
    unnamed = [i for i in there if _unnamed_act(placed[i].duty, breach)]
    if falsely or found or known:
        return sorted({*falsely, *(found or unnamed)})
    if len(there) == 1 or (there and _entrusts(breach, placed[there[0]])):
        return there[:1]
    return [i for i in there if same_thing(placed[i].duty.object, breach.words)]


def _entrusts(breach: Breach, first: Placed) -> bool:
    """Whether 委托无资质承运人 breaks the first duty of its place: 应当委托具备资质的承运人."""
    asked = re.search(r"应?当?须?委托[^，。；]{0,10}(?:资质|许可|资格)", first.duty.quote)
    return (
        asked is not None and re.match(r"委托(?:无|不具备|未取得|没有)", breach.words) is not None
    )


def _unnamed_act(duty: Duty, breach: Breach) -> bool:
    """Whether the breach repeats a prohibition whose act has no name of its own: 不得委托无资质的
    个人, 委托无资质的个人运输的."""
    forbidden = duty.act == "other" and duty.modality is Modality.MUST_NOT
    return forbidden and len(duty.object) > 4 and duty.object in breach.words


def _broken_in(conduct: Conduct, placed: Sequence[Placed], there: Sequence[int]) -> list[int]:
    """The duties of a place that a conduct breaks: of those with its act the ones about the
    same thing, else all of the same side where it names no thing, else the only one."""
    same = [i for i in there if _same_act(conduct, placed[i].duty)]
    alike = [
        i for i in same
        if conduct.modality is placed[i].duty.modality or placed[i].duty.limit is not None
    ]  # fmt: skip
    if _PLAIN_THING.fullmatch(conduct.object):
        alike = alike or (same if len(same) == 1 else [])
        return [i for i in alike if _same_verb(conduct, placed[i].duty)] or alike
    near = [i for i in same if same_thing(conduct.object, placed[i].duty.object)]
    if near:
        near = [i for i in near if placed[i].duty.act == conduct.act] or near
        return [i for i in near if i in alike] or near
    return alike if len(alike) == 1 else []


def _is_false_report(conduct: Conduct) -> bool:
    """迟报, 漏报, 瞒报."""
    return conduct.act == "other" and conduct.verb.endswith("报")


def _told_before(breach: Breach, placed: Sequence[Placed], open_to: Sequence[int]) -> list[int]:
    """What 迟报、漏报的 breaks where it follows a semicolon: the report of its own sentence."""
    statement = breach.statement
    return [
        i for i in open_to
        if placed[i].duty.act in _TOLD and placed[i].duty.modality is Modality.MUST
        and placed[i].statement.passage is statement.passage
        and _one_sentence(placed[i].statement, statement)
    ]  # fmt: skip


def _one_sentence(earlier: Statement, later: Statement) -> bool:
    """Whether only semicolons stand between two statements."""
    between = later.passage.text[earlier.end - 1 : later.start]
    return earlier.start <= later.start and "。" not in between


def _about_same(conducts: Sequence[Conduct], duty: Duty) -> bool:
    """Whether a false report that names its thing (瞒报危险货物) is about that of a duty."""
    return any(
        _PLAIN_THING.fullmatch(one.object) or same_thing(one.object, duty.object)
        for one in conducts
    )


def _recurring_reports(placed: Sequence[Placed], open_to: Sequence[int]) -> list[int]:
    """What 对迟报、漏报的企业 punishes where no article is named: the one report of the act, or
    those that come again."""
    reports = [i for i in open_to if placed[i].duty.act == "report"]
    again = [i for i in reports if (when := placed[i].duty.when) and when.recurs]
    return again or (reports if len(reports) == 1 else [])


def _tells_falsely(conduct: Conduct, duty: Duty) -> bool:
    """迟报、瞒报 break what forbids them by name and the report of the same sentence."""
    spoken = _is_false_report(conduct)
    tells = duty.act == "report" or duty.verb == "通报"
    told = tells and duty.modality is Modality.MUST
    return spoken and (told or (duty.act == "other" and conduct.verb in duty.quote))


def _by_conduct(
    conduct: Conduct, breach: Breach, placed: Sequence[Placed], fitting: Sequence[int]
) -> list[int]:
    """The duties that a conduct breaks: of its own sentence, else the nearest of its paragraph,
    else all of the act that ask for the same thing."""
    if conduct.act == "other":
        return []
    broken = [i for i in fitting if _breaks(conduct, placed[i].duty)]
    before = [
        i for i in broken
        if _same_passage(breach, placed[i]) and placed[i].statement.start <= breach.statement.start
    ]  # fmt: skip
    if before:
        nearest = max(placed[i].statement.start for i in before)
        return [i for i in before if placed[i].statement.start == nearest]
    if _PLAIN_THING.fullmatch(conduct.object):
        return _nearest_words(
            conduct, placed, [i for i in broken if placed[i].duty.who.kind is not None]
        )
    return broken


def _nearest_words(conduct: Conduct, placed: Sequence[Placed], broken: list[int]) -> list[int]:
    """Of several duties with the act of 未报送数据 those with its verb, else those about data."""
    named = [i for i in broken if conduct.object and conduct.object in placed[i].duty.object]
    spoken = [i for i in broken if placed[i].duty.verb == conduct.verb]
    return spoken or named or broken


def _same_passage(breach: Breach, item: Placed) -> bool:
    return breach.statement.passage is item.statement.passage


def _fits_subject(breach: Breach, duty: Duty) -> bool:
    roles = {subject.role for subject in breach.subjects}
    return (
        not roles
        or duty.who.role is None
        or duty.who.role in roles
        or roles <= {"any_company", None}
    )


def _breaks(conduct: Conduct, duty: Duty) -> bool:
    """Whether a conduct is the breach of a duty whose article the text does not name: the same
    act, the same side of it and the same thing."""
    if not _same_act(conduct, duty):
        return False
    if conduct.object.startswith("超") and duty.limit is not None:
        return True  # 超期、超量贮存的
    if conduct.modality is not duty.modality:
        return False
    if _PLAIN_THING.fullmatch(conduct.object):
        return _same_verb(conduct, duty)
    return same_thing(conduct.object, duty.object) and (
        len(conduct.object) > 3 or _same_verb(conduct, duty)
    )


def _same_verb(conduct: Conduct, duty: Duty) -> bool:
    """Whether both speak of it with one word: 未按时报送 is not what is sent by mail (发送)."""
    return not duty.verb or bool(set(conduct.verb) & set(duty.verb) - {"送"})


def _same_act(conduct: Conduct, duty: Duty) -> bool:
    if conduct.act == duty.act or any({conduct.act, duty.act} <= acts for acts in _SAME_ACTS):
        return True
    return conduct.verb == duty.verb and {conduct.act, duty.act} <= _TOLD  # 申报数据
