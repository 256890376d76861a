"""Choose the first line of acts whose kind says more than any of their duties.

An extension, a suspension, a system that moves, a penalty standard, a division of tasks: a duty
that is picked out of them misleads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from domain.facts.open_dates import stated_dates
from domain.law.applicability.role_words import ANY_COMPANY, named_roles
from domain.law.headlines.act_kinds import (
    corrects,
    divides_tasks,
    extends_term,
    extends_validity,
    moves_portal,
    puts_off_start,
    sets_penalties,
    spares_penalties,
    suspends,
)
from domain.law.headlines.chosen_headline import CorrectedWords, Headline, Lead
from domain.records.fact_values import FineValue
from domain.records.notice import Notice
from domain.records.states import FactKind

# 自2026年7月1日零时起; 定于5月12日
_DAY = r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"
_FROM = re.compile(
    rf"(?:自|从|于|定于|将于)?{_DAY}(?:零时|0时|\d{{1,2}}时)?(?:起|[^，。；]{{0,10}}(?:启用|上线|迁移|切换|变更|停))"
)
_SYSTEM = re.compile(r"平台|系统|网址|域名|网站|页面|一网通办|登录|专栏")
_STOPS = re.compile(r"暂停|暂缓|停机|中止|停止")
_NATIONAL = re.compile(r"(?:全国|国家)[^，。；]{0,20}(?:不变|不受影响|正常)")
# 行动时间：2026年4月15日至8月31日
_CAMPAIGN_TIME = re.compile(
    rf"{_DAY}\s*(?:起)?\s*(?:至|到|—|－|-)\s*(?:(?P<y2>\d{{4}})年)?(?P<m2>\d{{1,2}})月(?P<d2>\d{{1,2}})日"
)
_UNTIL = re.compile(
    rf"(?:即日|本通[知告](?:印发|发布)之日|印发之日|现在)起?(?:开始)?(?:至|到){_DAY}"
)
_DAY_2 = r"(?P<y2>\d{4})年(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日"
_LATER = r"(?:推迟|延期|延后|顺延|延长|展期|调整|变更|改)(?:至|到|为)"
# 施行日期由2027年1月1日推迟至2027年4月1日, 推迟至2027年4月1日起施行
_START_MOVED = re.compile(
    rf"(?:施行|实施|生效|执行)(?:日期|时间)?[^，。；]{{0,8}}?(?:(?:由|从)(?:原定的?)?{_DAY})?{_LATER}{_DAY_2}"
    rf"|{_LATER}(?P<y3>\d{{4}})年(?P<m3>\d{{1,2}})月(?P<d3>\d{{1,2}})日(?:起)?(?:施行|实施|生效|执行)"
)
# 过渡期，由2026年12月31日延长至2027年6月30日
_TERM_MOVED = re.compile(
    rf"(?:过渡期|宽限期|期限|时限|时间|日期)[^。；]{{0,12}}?(?:由|从)(?:原定的?)?{_DAY}{_LATER}{_DAY_2}"
)
# “15日”应为“15个工作日”
_PUT_RIGHT = re.compile(
    r"“(?P<old>[^“”\n]{1,40})”(?:应|现|更正|订正|改|修改|调整)(?:更正|修改|改)?(?:为|成)“(?P<new>[^“”\n]{1,40})”"
)
_NUMBERED = re.compile(r"(?P<year>20\d\d)年第(?P<number>\d{1,4})号公告")
_HEARING_DAY = re.compile(rf"{_DAY}[^，。；]{{0,16}}(?:举行|召开|举办)[^，。；]{{0,20}}听证")
_TARGETS = re.compile(r"(?:检查|整治|排查|执法)(?:的)?(?:对象|范围)")
_CAMPAIGN_WORDS = re.compile(r"行动|整治|检查|排查|时间|攻坚|开展")
_READ = 3000  # characters of a text that a campaign's days are looked for in


def kind_headline(notice: Notice) -> Headline | None:
    """The first line of an act of a special kind; None of any other."""
    title = notice.title
    if (extended := _extended(notice)) is not None:
        return extended
    if puts_off_start(title) and (put_off := _moved(notice, _START_MOVED)):
        return Headline(lead=Lead.PUT_OFF, starts=put_off[1], ended=put_off[0])
    if suspends(title):
        return Headline(lead=Lead.SUSPENDED, starts=_first_day(notice, _STOPS))
    if sets_penalties(title) or spares_penalties(title):
        return Headline(lead=Lead.PENALTIES, fines=_fines(notice))
    if divides_tasks(title) and not _orders_a_trade(notice):
        return Headline(lead=Lead.TASKS)
    return None


def plain_kind_headline(notice: Notice) -> Headline | None:
    """The first line of an act that no duty tells better: of a term that ends later, of a
    correction; None of any other."""
    if extends_term(notice.title) and (moved := _moved(notice, _TERM_MOVED)):
        return Headline(lead=Lead.TERM_MOVED, ends=moved[1], ended=moved[0])
    if corrects(notice.title):
        return Headline(lead=Lead.CORRECTED, corrected=_correction(notice))
    return None


def _moved(notice: Notice, pattern: re.Pattern[str]) -> tuple[date | None, date] | None:
    """The day as it was, where it is stated, and as it is now."""
    for text in _texts(notice):
        if match := pattern.search(text):
            last = ("y2", "m2", "d2") if match["y2"] else ("y3", "m3", "d3")
            now = _day(*match.group(*last))
            old = _day(match["y"], match["m"], match["d"]) if match["y"] else None
            if now is not None:
                return old, now
    return None


def _correction(notice: Notice) -> CorrectedWords:
    """What a correction says that it changes; empty where it says more than one thing."""
    text = "\n".join(_texts(notice))
    found = list(_PUT_RIGHT.finditer(text))
    act = _NUMBERED.search(text)
    words = found[0] if len(found) == 1 else None
    return CorrectedWords(
        old=words["old"] if words else "", new=words["new"] if words else "",
        year=act["year"] if act else "", number=act["number"] if act else "",
    )  # fmt: skip


def hearing_day(notice: Notice) -> date | None:
    """When a hearing takes place; None where its text does not say."""
    matches = (_HEARING_DAY.search(text) for text in _texts(notice))
    match = next((found for found in matches if found), None)
    return _day(match["y"], match["m"], match["d"]) if match else None


def portal_day(notice: Notice) -> date | None:
    """From when a system moves or opens, where the title says that it does."""
    return _first_day(notice, _SYSTEM) if moves_portal(notice.title) else None


def _orders_a_trade(notice: Notice) -> bool:
    """Whether a company's duty in it names a trade: 综合利用企业, not 各单位."""
    return any(
        duty.who.kind == "company" and duty.who.role not in (None, "any_company") and duty.who.text
        for duty in notice.duties
    )


def _extended(notice: Notice) -> Headline | None:
    """The term of another act that is put off, with its end before where it is stated."""
    if not extends_validity(notice.title):
        return None
    days = sorted(stated_dates(notice.facts, FactKind.EXPIRY_DATE))
    told = [item.terms for item in notice.relations if item.kind == "extends" and item.terms.new]
    new = next((_iso(terms.new) for terms in told if _iso(terms.new)), None)
    end = new or (days[-1] if days else None)
    if end is None:
        return Headline(lead=Lead.EXTENDED)
    old = next((_iso(terms.old) for terms in told if _iso(terms.old)), None)
    before = old or next((day for day in days if day < end), None)
    return Headline(lead=Lead.EXTENDED, ends=end, ended=before)


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _fines(notice: Notice) -> tuple[int, int] | None:
    """The least and the greatest fine over all tiers; None where none is a plain sum."""
    values = [fact.value for fact in notice.facts if fact.kind is FactKind.FINE]
    sums = [one for one in values if isinstance(one, FineValue) and one.basis in (None, "fixed")]
    if not sums or len(sums) != len(values):
        return None
    bounds = [bound for one in sums for bound in (one.min, one.max) if bound]
    return (int(min(bounds)), int(max(bounds))) if bounds else None


def _texts(notice: Notice) -> Iterator[str]:
    """The sentences that an act is known by, else its whole text's."""
    for posting in notice.postings[:1]:
        if posting.versions:
            yield from re.split(r"[。；\n]", posting.versions[-1].text[:_READ])
            return
    yield from (duty.quote for duty in notice.duties)
    yield from (fact.quote for fact in notice.facts)


def _first_day(notice: Notice, about: re.Pattern[str]) -> date | None:
    for text in _texts(notice):
        if about.search(text) and not _NATIONAL.search(text) and (match := _FROM.search(text)):
            return _day(match["y"], match["m"], match["d"])
    return None


def campaign_days(notice: Notice) -> tuple[date | None, date | None]:
    """The first and last day of a campaign, where its text states both."""
    for text in _texts(notice):
        match = _CAMPAIGN_TIME.search(text)
        if match and _CAMPAIGN_WORDS.search(text[: match.end() + 20]):
            first = _day(match["y"], match["m"], match["d"])
            return first, _day(match["y2"] or match["y"], match["m2"], match["d2"])
        if until := _UNTIL.search(text):
            return None, _day(until["y"], until["m"], until["d"])
    return None, None


def campaign_targets(notice: Notice) -> tuple[str, ...]:
    """The roles of companies that a campaign looks at: 检查对象：综合利用企业."""
    for text in _texts(notice):
        if match := _TARGETS.search(text):
            roles = (one.role for one in named_roles(text[match.end() :]))
            return tuple(dict.fromkeys(role for role in roles if role != ANY_COMPANY))
    return ()


def _day(year: str, month: str, number: str) -> date | None:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        return None
