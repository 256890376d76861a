"""Read who does a thing: 历史数据由企业导出, 由市工信局牵头, 督促拆解企业10月底前接入."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from classifier.duties.act_view import find_verbs
from classifier.duties.leads import ClauseLead, head_subject
from classifier.duties.orders.bounds import is_firm, without_times
from classifier.duties.orders.directives import begins_with_act
from classifier.duties.setting import Predicate, Setting
from classifier.duties.subjects import subjects_of
from classifier.duties.times import find_times
from domain.law.duties import Bound, Modality, Subject

# 历史数据由企业在系统关闭前(自行导出)
_BY_WHOM = re.compile(r"(?:^|，)(?P<thing>[^，。；由]{2,30})，?由(?P<who>[^，。；]{2,30})")
# 电池信息录入(由拆解企业负责)，录入时限为移交后48小时
_IN_CHARGE = re.compile(r"(?:统一|具体|全权)?负责(?P<more>，[^。；]*)?[。；]?")
# 由市工信局牵头，9月20日前出台…; 市商务局督促拆解企业10月底前接入
_LED = re.compile(r"由(?P<who>[^，。；]{2,16}?)(?:牵头|负责)(?:[^，。；]{0,12}配合)?，(?P<rest>.+)")
_URGED = re.compile(
    r"[^，。；]{2,14}?(?:督促|组织|指导|督导)(?:辖区内?|本地区|各)?(?P<who>[^，。；]{2,16}?(?:企业|单位|公司|网点))(?P<rest>(?:于|在)?(?:\d|[一二三]|本|年底|每).+)"
)


def done_by(body: str, setting: Setting) -> Iterator[Predicate]:
    """A thing and who has to do it: 历史数据由企业在系统关闭前自行导出."""
    match = _BY_WHOM.search(body)
    named = head_subject(match["who"]) if match else ()
    if match is None or not named:
        return
    who = named[0].text or ""
    rest = match["who"][match["who"].find(who) + len(who) :] + body[match.end() :]
    before = tuple(find_times(match["thing"], setting.years))
    thing = match["thing"]
    if setting.ordered and (charged := _charged_with(thing, rest, named)) is not None:
        yield charged
        return
    timed = before or find_times(rest, setting.years)
    companies = all(subject.kind is Bound.COMPANY for subject in named)
    if setting.ordered and companies and begins_with_act(rest.split("，")[0], alone=True):
        yield Predicate(Modality.MUST, named, ClauseLead(topic=match["thing"]), rest)
        return
    firm = is_firm(match["thing"], setting.years) or is_firm(rest, setting.years)
    if firm or (companies and (timed or rest.startswith(("负责", "自行")))):
        thing = without_times(match["thing"], setting.years)
        rest = re.sub(r"^负责(?:统一)?", "", rest)
        yield Predicate(Modality.MUST, named, ClauseLead(topic=thing), rest, times=before)


def _charged_with(thing: str, rest: str, named: Sequence[Subject]) -> Predicate | None:
    """信息录入由拆解企业负责: the act that the thing names, done by whom it charges."""
    match = _IN_CHARGE.fullmatch(rest)
    verbs = find_verbs(thing)
    if match is None or not verbs or verbs[-1][1] != len(thing.removesuffix("工作")):
        return None
    start, end, _ = verbs[-1]
    words = f"将{thing[:start]}{thing[start:end]}{match['more'] or ''}"
    return Predicate(Modality.MUST, tuple(named), ClauseLead(), words)


def led_by(body: str, setting: Setting) -> Predicate | None:
    """What one who leads, or is urged to, has to do by a day."""
    match = _LED.match(body) or _URGED.match(body)
    named = subjects_of(match["who"]) if match else ()
    if match is None or not named or not is_firm(match["rest"], setting.years):
        return None
    return Predicate(Modality.MUST, named, ClauseLead(), match["rest"])


def parts_by_doer(body: str) -> Iterator[str]:
    """A sentence cut before each clause that names its own doer: 第一联由甲留存，第二联由乙保管."""
    start = 0
    for match in re.finditer(r"，", body):
        clause = body[match.end() :].partition("，")[0]
        by = _BY_WHOM.match(clause)
        if by is not None and head_subject(by["who"]) and body[start : match.start()].strip():
            yield body[start : match.end()]
            start = match.end()
    yield body[start:]
