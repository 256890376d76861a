"""Predicates without a modal verb: items of a list, and sentences that a time makes duties."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.duties.acts import find_verbs
from classifier.duties.leads import ClauseLead, head_subject, read_lead
from classifier.duties.limits import limited_act, read_limit
from classifier.duties.orders.bounds import is_bound, is_firm, without_times
from classifier.duties.orders.directives import begins_with_act, directed, ordered, refused
from classifier.duties.orders.doers import done_by, led_by, parts_by_doer
from classifier.duties.orders.placed_things import placed
from classifier.duties.setting import Chapeau, Predicate, Setting, inherited_by
from classifier.duties.subjects import find_roles, subjects_of
from classifier.duties.times import TimeSpan, find_times
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Bound, Modality, Subject, TimeRelation

_PAST = re.compile(
    r"已经?|曾|正在|(?:核查|检查|抽查|监测|巡查|排查)(?:中)?发现|经查|经核实|目前|近年来|截至|以来|印发通知|要求|共(?:检查|建成|完成)|表示|介绍"
)
# 已经出租的，(1月31日前解除合同): a case that is there already
_ALREADY = re.compile(r"^(?:其中)?(?:[^，。；]{0,8}(?:前|此前))?已经?[^，。；]{1,16}的，")
_DESCRIBED = re.compile(
    r"已经?(?:颁发|取得|备案|建成|投运|登记|签订|申报|注册)[^，。；]{0,6}的(?=[一-鿿]{2})"
)
_GOES_ON = re.compile(
    r"由(?=..)|[^，。；将对]{2,8}后(?=于|在|\d|[一二三五七十]{1,3}[日个天])|即日|立即|定期|自|在|于|对|将|每|按|向|\d|会同|提前|应|停止|暂停|不再|改用|，"
)
# what may follow the subject of a sentence without a modal verb: 自接受申报之日起, 每季度, 将在
_HEAD = re.compile(r"[^，。；]{0,2}|[^，。；]{2,14}的|(?:各|有关)?(?:[^，。；、的]{2,6}、){1,4}")
# 延长至, 顺延到, 由原定的…调整为
_EXTENDED = re.compile(
    r"(?<=[间限期])(?:由[^，。；]{2,24}?)?(?:调整|改|变更|缩短|明确)为(?=“?(?:每|次|当|\d))|(?:统一)?(?:延长|延期|顺延|推迟|展期|延后)(?:至|到|为)|延至"
)
# 陕工信函〔2026〕97号文件要求(既有企业完成注册，现延长至)
_ORDERED_BY = re.compile(
    r"^[^，。；]{0,40}?(?:文件|通知|公告|号|办法)(?:中)?(?:要求|规定|明确)(?=.{4})"
)
_PAST_ORDER = re.compile(r"曾|此前")
# 现将…的截止日期由: what is not the act itself
_TERM = re.compile(
    r"^(?:现?决?定?将|原定|原|于|完成的|截止的)+|(?:的)?(?:截止|完成|最后)?(?:时间|日期|期限|时限|日|事项|工作)?(?:由[^，。；]{0,24})?$"
)
# 对不再运营的网点，; not 对辖区内的网点开展检查，
_ABOUT = re.compile(
    r"(?:对于?|凡)(?!照)[^，。；]{1,24}的(?:(?!开展|进行|实施|予以|组织|加以|逐)[^，。；]){1,10}，"
)
# 平台运行机构对提交的信息(，应当在5日内核对)
_IS_ABOUT = re.compile(
    r"(?:^|[^，。；]{2,12})对于?[^，。；]{2,16}(?:信息|材料|数据|申请|报告|事项|问题)$"
)
# 贮存量超过20吨的单位(，应当投保): whom the modal verb behind the comma binds
_WHO_IT_BINDS = re.compile(
    r"(?:[^，。；]*[，；：])?[^，。；]{4,40}的(?:企业|单位|机构|经营者|公司|个人|场所)"
)
_NO_LEAD = ClauseLead()
_LONGEST_TIME = 24  # characters of a day that stands before the subject
# (完成整改), (将情况报), (9月29日前)
_BEGINS = re.compile(
    r"(?:于|在|自|每|按)?(?:\d|[一二三四五六七八九十]{1,3}[月日个])|每(?:个?[月季年周]|季度|半年)|将|对(?!此|照)|完成|报送|提交|落实|建立|开展|组织|做好|立即|遇有?"
)
# 每月25日前报上月数据, 9月29日17时前将情况报我局: an order even where nobody is named
_BEGINS_DATED = re.compile(
    r"(?:\d{1,2}月起[^，。；]{0,12}，)?(?:于|在)?(?:每[月季年周][^，。；]{0,8}|(?:\d{4}年)?\d{1,2}月\d{1,2}日[^，。；]{0,6}|[本下]周[^，。；]{1,8})前(?:将|把|报|上报|提交|完成|上传|填报)|(?:此后)?(?:每半年|每季度?|每年|每月)(?:报送|上报|填报|提交)"
)
# 整改情况于12月20日前报送市局
_DATED_THING = re.compile(
    r"[^，。；由]{2,10}?(?:于|在)?(?:每个?月|每年|每季度?|月后|次月|季后|次年)[^，。；]{1,10}前(?:网上|在线|统一)?(?:直报|报送|上报|核报|填报|报|提交)|"
    r"[^，。；由]{2,20}?(?:于|在)(?:每[月季年][^，。；]{0,8}|(?:\d{4}年)?\d{1,2}月\d{1,2}日[^，。；]{0,6})前(?:报送|上报|报|反馈|提交|发送|寄)"
    r"|[^，。；由]{2,10}?\d{1,2}月\d{1,2}日[^，。；]{0,4}前(?:全部|统一|一律)?(?:移交|交至|送至|报送|上交)"
)
# 新产品上市前30个工作日(提交备案申请)
_BEGINS_COUNTED = re.compile(
    r"[^，。；由]{2,16}?(?:之日|之)?[前后起](?:的)?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:日|天|个?工作日|个月|小时)[之以]?[内前]?(?:提交|报送|上传|办理|申请|填报|备案|退运|移交|交回|补报|登记|书面报告)"
)
_ONE_COMPANY = re.compile(r"(?:该|本)?公司")  # 公司将免费更换: what one company says of itself
# 在我市注册的收集企业, 申报不收取费用: what is so, no order
_DEFINES = re.compile(
    r"的[^，。；]{0,6}(?:企业|单位|项目|产品|车型|情况|人员)$|^[^，。；]{2,4}(?:不|均|已|是|为|由)"
)
_TURNS = re.compile(r"，?(?:全面|一律|统一)?(?:停止|不再|暂停|改用|启用|实行|执行|使用|采用)")
_BEFORE_VERB = 4  # characters between a subject and its verb: 汇总后(报)
# 申报截止日期为(10月31日)
_CLOSES = re.compile(
    r"(?:^|[，；：])(?P<what>[^，。；]{0,10}(?:申报|报名|申请|提交|报送|填报|反馈))(?:工作|材料)?的?(?:截止|最后|最迟)(?:日期|时间|期限|日)?(?:为|是|至|：|到)+"
)
# 不得出租；(擅自)出借: the same prohibition goes on
_FORBIDS_ON = re.compile(r"擅自|私自|违规|超(?:期|量|过)|以[^，。；]{2,12}名义")
_PUNISHES = re.compile(r"处罚|罚款|处理[。；]?$")  # 拒不改正的，按日连续处罚
_LABEL = re.compile(r"[一-鿿]{2,8}：")  # 备案时限：


def before_modal(left: str, setting: Setting) -> Iterator[Predicate]:
    """An item that acts before its first modal verb: 建立台账，台账应当保存三年."""
    chapeau = setting.chapeau
    head, comma, rest = left.rpartition("，")
    if not comma or head.endswith("的") or _IS_ABOUT.search(head):
        return
    if not rest.strip() and _WHO_IT_BINDS.fullmatch(head):
        return
    if chapeau is not None and chapeau.weak:
        yield from _before(head, setting)
        return
    if chapeau is None or chapeau.modality is None:
        if not _PAST.search(head):
            yield from _before(head, setting)
        return
    named, words = _led(head)
    yield Predicate(chapeau.modality, named or chapeau.subjects, ClauseLead(), words)


def _led(head: str) -> tuple[tuple[Subject, ...], str]:
    """The companies that words begin with, and the rest: 拆解企业(实行车电一体回收)."""
    roles = find_roles(head[:30])
    if not roles or roles[0].start or roles[0].subject.kind is not Bound.COMPANY:
        return (), head
    rest = head[roles[0].end :]
    return (
        (subjects_of(head[: roles[0].end]), rest)
        if re.match("实行|执行|落实", rest)
        else ((), head)
    )


def _before(head: str, setting: Setting) -> list[Predicate]:
    """What stands before the first modal verb of a sentence, by whom or in an article."""
    if found := list(done_by(head, setting)):
        return found
    if not setting.ordered:
        return []
    readers = (_headed, _directed, placed)
    return next((found for reader in readers if (found := list(reader(head, setting)))), [])


def implied_predicates(body: str, setting: Setting) -> Iterator[Predicate]:
    """An item of a list, or a sentence whose time makes it a duty: 各区县于8月15日前报送总结."""
    chapeau = setting.chapeau
    if chapeau is not None and chapeau.weak:
        extended = _extended(body, setting)
        yield from (extended,) if extended is not None else _weakly(body, setting)
        return
    if chapeau is not None and chapeau.modality is not None:
        yield _item(body, chapeau)
        return
    if (dated := _extended(body, setting) or _closing(body, setting)) is not None:
        yield dated
        return
    if not _PAST.search(_DESCRIBED.sub("", _ALREADY.sub("", body))):
        yield from _of_sentence(body, setting)


def _item(body: str, chapeau: Chapeau) -> Predicate:
    """An item of a list, with what its chapeau hands on."""
    named = (
        head_subject(body.split("，")[0])
        if re.match(r"[^，]{2,16}(?:企业|单位|机构)[^的]", body)
        else _office_first(body)
    )
    lead, words = _item_lead(body)
    words = _without_doers(words) if named else words
    modality, words = refused(words, chapeau.modality or Modality.MUST)
    return Predicate(modality, named or chapeau.subjects, lead, words, fulfils=chapeau.fulfils)


def _without_doers(words: str) -> str:
    """An item without those it begins with: 综合利用企业、网点(于每月10日前报送台账)."""
    end = 0
    for role in find_roles(words[:60]):
        if end < role.start and not (
            end and re.fullmatch("[、和与及]|以及", words[end : role.start])
        ):
            break
        if role.start == 0 or end:
            end = role.end
    return words if words[end:].startswith(("的", "信息", "名单")) else words[end:]


def _office_first(body: str) -> tuple[Subject, ...]:
    """The office that an item begins with: 分局自收到申请之日起3个工作日内答复."""
    roles = find_roles(body[:24])
    first = roles[0] if roles and roles[0].start == 0 else None
    if first is None or first.subject.kind is not Bound.AUTHORITY:
        return ()
    goes_on = re.match(r"自|于|在|按|每|应|须|要|将|对|收到|负责|\d", body[first.end :])
    return (first.subject,) if goes_on else ()


def _of_sentence(body: str, setting: Setting) -> Iterator[Predicate]:
    """A sentence of its own: what goes on with the one before it, else clause by clause."""
    if (led := led_by(body, setting)) is not None:
        yield led
        return
    first, _, rest = body.partition("，")
    if first.endswith("的") and (acts := list(_then_acts(read_lead(first), rest, setting))):
        yield from acts
        return
    if setting.earlier and is_bound(body, setting.years) and _goes_on_ordering(body):
        known = setting.sentence or inherited_by(ClauseLead(), setting)
        modality = setting.earlier[-1].modality
        if modality is Modality.MUST_NOT and not _FORBIDS_ON.match(body):
            modality = Modality.MUST  # 押金不得挪用；每季度末报送余额
        yield Predicate(modality, known, ClauseLead(), body)
        return
    for part in parts_by_doer(body) if setting.ordered else (body,):
        for reader in (_conditioned, _headed, done_by, _imperative, _kept, _directed, placed):
            if found := list(reader(part, setting)):
                yield from found
                break


def _goes_on_ordering(body: str) -> bool:
    """Whether what follows a semicolon has an act or a limit of its own and names nobody else."""
    if find_roles(body[:6]):
        return False
    return bool(find_verbs(body)) or read_limit(body) is not None


def _directed(body: str, setting: Setting) -> Iterator[Predicate]:
    """In an article or an item: 收集企业每日巡库."""
    if setting.ordered:
        yield from directed(body)


def _conditioned(body: str, setting: Setting) -> Iterator[Predicate]:
    """A case and what is then due: 进口电池的，由进口商在放行之日起15日内上传."""
    first, comma, rest = body.partition("，")
    if not (first.endswith("的") and comma):
        return
    if not _GOES_ON.match(rest):
        yield from _then_acts(read_lead(first), rest, setting)
        return
    if not is_firm(rest, setting.years) or _PUNISHES.search(rest):
        return
    lead = read_lead(first)
    if rest.startswith("由"):
        yield from _headed(rest, setting, lead)
    else:
        named = lead.subjects or inherited_by(lead, setting)
        yield Predicate(Modality.MUST, named, lead, rest)


def _then_acts(lead: ClauseLead, rest: str, setting: Setting) -> Iterator[Predicate]:
    """发生泄漏的，承运人立即采取措施: who acts in a case, in an article or an item."""
    for predicate in directed(rest) if setting.ordered else ():
        predicate.lead = lead
        yield predicate


def _item_lead(body: str) -> tuple[ClauseLead, str]:
    """What an item is about, where its first clause says no more: 对不再运营的网点，及时注销."""
    match = _ABOUT.match(body)
    return (read_lead(match[0]), body[match.end() :]) if match else (ClauseLead(), body)


def _weakly(body: str, setting: Setting) -> Iterator[Predicate]:
    """An item under 要求如下：: a duty where it says when or how much, or whom it binds."""
    if _PAST.search(body):
        return
    if not is_bound(body, setting.years):
        yield from directed(body)
        return
    headed = list(_conditioned(body, setting) if "的，由" in body else _headed(body, setting))
    if headed:
        yield from headed
    elif not find_roles(body.split("，")[0][:8]):
        known = setting.sentence or setting.addressees
        yield Predicate(Modality.MUST, known, ClauseLead(), body)


def _extended(body: str, setting: Setting) -> Predicate | None:
    """补报截止日期延长至2026年8月31日: what was due is due on the later day."""
    match = _EXTENDED.search(body)
    if match is None or _PAST_ORDER.search(body[: match.start()]):
        return None
    times = find_times("截止" + body[match.end() :], setting.years)
    recurs = match[0].endswith("为") and bool(times) and times[0].when.recurs is not None
    if not times or not (times[0].when.relation is TimeRelation.BY or recurs):
        return None
    what = re.sub(r"《[^》]{1,80}》(?:规定|要求|明确)?的?", "", body[: match.start()])
    what = re.sub(r"^(?:原)?通知(?:第[^，。；]{1,6}[条项款])?(?:规定)?的?", "", what)
    what = re.sub(r"[，。；：]?现$", "", _ORDERED_BY.sub("", without_times(what, setting.years)))
    named, what = _whose(what)
    what = _TERM.sub("", re.split(r"[，。；：]现?", what.rstrip("，、"))[-1])
    named = named or read_lead(what).subjects or setting.paragraph or setting.addressees
    return Predicate(Modality.MUST, named, ClauseLead(), what, times=(times[0],))


def _whose(what: str) -> tuple[tuple[Subject, ...], str]:
    """Those whom words begin with, and what they have to do: 既有回收企业(完成平台注册)."""
    roles = find_roles(what)
    if not roles or roles[0].start > _BEFORE_VERB or not find_verbs(what[roles[-1].end :]):
        return (), what
    return subjects_of(what[: roles[-1].end]), what[roles[-1].end :]


def _closing(body: str, setting: Setting) -> Predicate | None:
    """申报截止日期为10月31日: what is to be sent in by then."""
    match = _CLOSES.search(body)
    if match is None or "意见" in match["what"]:
        return None
    times = find_times("截止" + body[match.end() :], setting.years)
    dated = bool(times) and times[0].when.relation in (TimeRelation.BY, TimeRelation.EACH)
    if not dated or times[0].start > len("截止"):
        return None
    named = setting.sentence or setting.paragraph or setting.addressees
    return Predicate(Modality.MUST, named, ClauseLead(), match["what"], times=(times[0],))


def _headed(body: str, setting: Setting, lead: ClauseLead = _NO_LEAD) -> Iterator[Predicate]:
    times, body = _leading_times(body, setting.years)
    body = body.removeprefix("由")
    spans = find_roles(body[:40])
    if not spans or not _HEAD.fullmatch(body[: spans[0].start]):
        return
    end = spans[0].end
    for span in spans[1:]:
        if re.fullmatch(r"[、和与及]|以及", body[end : span.start]):
            end = span.end
        else:
            break
    named, rest = subjects_of(body[:end]), body[end:]
    if _ONE_COMPANY.fullmatch(body[:end]):
        return
    if named and _goes_on(rest, times, setting.years):
        modality = Modality.MAY if rest.startswith("自愿") else Modality.MUST
        words = re.sub(r"^将(?=在|于|自)", "", rest)
        yield Predicate(modality, named, lead, words, times=times)


def _goes_on(rest: str, times: tuple[TimeSpan, ...], years: YearContext) -> bool:
    """Whether an order follows its subject: by a day before it (9月15日前，企业完成自查), by a time
    of its own, or from a day on (11月15日起停止出售)."""
    verbs = find_verbs(rest[:12]) if times else []
    if verbs and verbs[0][0] <= _BEFORE_VERB:
        return True
    if _GOES_ON.match(rest) is None:
        return False
    return bool(times) or is_firm(rest, years) or _starts(rest, years)


def _starts(rest: str, years: YearContext) -> bool:
    """Whether a text says from which day on something stops or holds: 11月15日起停止出售."""
    spans = find_times(rest, years)
    return bool(
        spans and spans[0].when.relation is TimeRelation.FROM and spans[0].start <= 1
        and _TURNS.match(rest, spans[0].end)
    )  # fmt: skip


def _leading_times(body: str, years: YearContext) -> tuple[tuple[TimeSpan, ...], str]:
    """The day that a sentence begins with, and the rest: 11月10日前，各市工业和信息化局将…报."""
    first, comma, rest = body.partition("，")
    spans = find_times(first, years) if comma and len(first) <= _LONGEST_TIME else []
    if len(spans) != 1 or spans[0].start > 1 or spans[0].end < len(first):
        return (), body
    return (spans[0],), rest


def _kept(body: str, setting: Setting) -> Iterator[Predicate]:
    """检测报告至少留存3年备查: how long records are kept needs no modal verb."""
    if (limit := read_limit(body)) is not None and limited_act(limit) == "keep_records":
        yield Predicate(Modality.MUST, inherited_by(ClauseLead(), setting), ClauseLead(), body)


def _imperative(body: str, setting: Setting) -> Iterator[Predicate]:
    """An order to the companies that the act addresses, without subject and modal verb:
    9月29日17时前将排查情况报区应急管理局."""
    first = body.split("，")[0].rstrip("。；")
    if setting.ordered and setting.addressees and begins_with_act(first):
        if not _DEFINES.search(first):
            yield from ordered(body, setting.addressees)
        return
    begins = _BEGINS if setting.addressees else _BEGINS_DATED
    body = _LABEL.sub("", body, count=1)
    dated = _BEGINS_COUNTED.match(body) is not None and not find_roles(body[:16])
    if (dated or begins.match(body) or _DATED_THING.match(body)) and is_firm(body, setting.years):
        office = all(who.kind is Bound.AUTHORITY for who in setting.paragraph)
        named = setting.paragraph if office else ()
        yield Predicate(Modality.MUST, named or setting.addressees, ClauseLead(), body)
