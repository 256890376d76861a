"""Make the duty of one segment: its act, object, limit and modality."""

from __future__ import annotations

import re
from dataclasses import replace

from classifier.duties.acts import ActRead, read_act, reports_to_system, trimmed
from classifier.duties.asked_documents import named_documents
from classifier.duties.limits import (
    counted_thing,
    exceeded_limit,
    limited_act,
    read_limit,
    without_kept_time,
)
from classifier.duties.objects.implied_objects import LACKING, THROUGH_PORTAL, implied_object
from classifier.duties.setting import SegmentReading
from domain.law.duties import Bound, Duty, Limit, Modality, Subject

_EMPTY_ACT = re.compile(
    r"真实|准确|完整|有效|质量|安全生产主体责任|到位|实效|落实|监督$|责任|意识|认识|平安|法律法规|工作$"
)
# 信息真实、准确、完整; 接受日常监督检查
_SAYS_HOW = re.compile(
    r"[^，。；]*(?:真实|准确|完整)(?:[、和](?:真实|准确|完整|有效|合法|可靠|及时))*|(?:自觉|主动)?(?:并)?接受[^，。；]*(?:监督|检查|管理|指导|监管)"
)
_ENDS_EMPTY = re.compile(
    r"(?:真实|准确|完整|有效|安全生产主体责任|到位|实效|落实|监督|责任|意识|认识|平安|法律法规|工作)$"
)
_SEES_TO = re.compile(
    r"(?:切实)?(?:做好|抓好)[^，。；]{0,10}(?:工作|处置|衔接|准备|保障|服务|防范)"
)
_EXHORTS = re.compile(r"加强|强化|进一步|提高|压实|在各自职责范围内")
_STANDARD = re.compile(
    r"标准|规范|要求|条件|规定|规程|限值|指标|GB|《|目录|许可|范围|方案|程序|检查|抽查|核查"
)
# what a company does not decide: 评审 of its own safety is a test
_BY_COMPANIES = {
    "评审": "test",
    "验收": "verify",
    "审核": "verify",
    "审查": "verify",
    "初审": "verify",
}
_LEAVES = re.compile(
    r"(?:再|继续)(?:使用|通过|登录|登陆|利用)(?P<portal>[^，。；]{1,40}?(?:平台|系统|网站|账[号户]|接口))"
)
# 具有与规模相适应的设备, 近三年未发生事故; not 退役军人
_IS_CONDITION = re.compile(
    r"具?有|设有|配有|拥有|具备|能|可|近|最近|未|无|不|没有|依法|已|通过|在|按|经|应|其|采用|从事"
)
_OPINION = re.compile(r"异议|不同意见|修改意见|意见建议")
# 在关区进口再生黑粉(的，应当申报)
_TRADED = re.compile(r"(?:在[^，。；]{1,10}?)?(?:进口|出口)(?P<goods>[^，。；的]{2,24})")
_OVERSIGHT = re.compile(
    r"(?:日常|具体|相关|有关)?(?:监督|管理|检查|监督检查|监督管理|监管)?(?:工作)?"
)
_HOW_AN_OFFICE_WORKS = frozenset({"other", "notify", "keep_records", "build"})
_KEPT_TIME = re.compile(r"(?:至少|不少于)?(?:\d{1,2}|[一二两三五十]{1,2})(?:年|个月)(?:以上)?$")
_INSTEAD = re.compile(r"统一|一律|必须|应|须|改由|改为|就近")  # 不得转手，统一交到回收点
_IN_FORM = re.compile(r"以(?P<form>[^，。；]{2,12}?(?:形式|方式))")  # 不得以散装形式进口
_IN_NAME_OF = re.compile(
    r"(?:再|继续)?以(?P<name>[^，。；]{2,20}?(?:名义|身份))(?!收取|收费|摊派)"
)  # 不得以规范企业名义宣传
_VERBS_ONLY = re.compile(r"[一-鿿]{2}(?:(?:、|或者?|和)[一-鿿]{2})*|[一-鿿]{4,}使用")  # 涂改、遮盖
_FOR_EACH = re.compile(r"每(?!个?[年月日季周天])[^，。；]{1,8}?(?:至少|配备|配置|设置|安装|设立)")
_ANNUAL = re.compile(r"(?:年度|季度|月度|自查|执行情况)报告$")
_HAS = re.compile(r"具?有|具备|拥有|近|最近|未|无|没有|不")
_DONE_TO_MEET = frozenset(
    {"obtain_permit", "equip", "build", "connect", "sign", "keep_records", "register", "file"}
)
_WEAK = frozenset({"comply", "other", "use"})


def duty_of(reading: SegmentReading, rest: str, whole: str, *, timed: bool) -> Duty | None:
    """The duty of a segment: ``rest`` is the ``whole`` without its times; None if it has none."""
    modality, words = _modality(reading, whole, rest, timed=timed)
    if words.startswith(("包括", "包含")):
        return None  # 申请材料应当包括…: what they are
    exceeded = exceeded_limit(words) if modality is Modality.MUST_NOT else None
    limit = exceeded[0] if exceeded else read_limit(whole)
    read = _named_act(reading, modality, words, timed=timed)
    read = read or _condition(reading, words, limit)
    read = read or read_act(exceeded[1] if exceeded else without_kept_time(words))
    if read is None:
        return _without_act(reading, words, limit)
    if limit is not None and read.act in ("comply", "other", "equip"):
        read = replace(read, act=limited_act(limit), object=limit.parameter or read.object)
    if not _says_something(reading, read, words, limit, timed=timed):
        return None
    if read.act == "take_back" and read.verb.startswith("拒"):
        modality = Modality.MUST if modality is Modality.MUST_NOT else modality
    read = _closer_act(reading, _with_object(reading, read, whole))
    if limit is not None and limit.unit == "次" and limit.value == 1:
        limit = None  # 每年至少一次: the year says it
    if limit is None and read.act in ("build", "equip"):
        at_least = "至少" in whole or read.verb == "建成"
        thing, limit = counted_thing(read.object, at_least=at_least)
        read = replace(read, object=thing)
    if read.act in ("build", "equip") and _FOR_EACH.match(whole.strip()):
        limit = None  # 每50平方米至少配备1套: no number of the whole
    if _restates(reading, modality, read) or _oversees(reading, read, timed=timed):
        return None
    return _if_chosen(reading, _duty(modality, read, limit), timed=timed)


def _named_act(
    reading: SegmentReading, modality: Modality, words: str, *, timed: bool
) -> ActRead | None:
    """An act that other words than its verb name: 不得再使用旧系统填报 leaves the system,
    不得以规范企业名义宣传 its name; 有异议的，应在15日内书面提出 is a comment."""
    if modality is Modality.MUST_NOT and (left := _LEAVES.match(words)):
        return ActRead("use", left["portal"], None, "使用")
    if modality is Modality.MUST_NOT and (alias := _IN_NAME_OF.match(words)):
        return ActRead("use", alias["name"], None, "使用")
    written = timed or words.endswith("提出")
    named = _OPINION.findall(reading.predicate.lead.text) if written and "提出" in words else []
    if named and read_act(without_kept_time(words)) is None:
        return ActRead("comment", named[-1], None, "提出")
    return None


def _condition(reading: SegmentReading, words: str, limit: Limit | None) -> ActRead | None:
    """A condition that has to be met, which is no act: 具有独立法人资格, 近三年未发生事故."""
    if not reading.predicate.fulfils or limit is not None or not _IS_CONDITION.match(words):
        return None
    read = read_act(without_kept_time(words))
    done = read is not None and read.act in _DONE_TO_MEET
    done = done and (not _HAS.match(words) or (read is not None and read.act == "equip"))
    return None if done else ActRead("comply", trimmed(words), None, "符合")


def _if_chosen(reading: SegmentReading, duty: Duty, *, timed: bool) -> Duty | None:
    return duty if duty.modality is not Modality.MAY or _is_choice(reading, duty, timed) else None


def _with_object(reading: SegmentReading, read: ActRead, whole: str) -> ActRead:
    """An act with the thing that the rest of the sentence says of it."""
    form = _IN_FORM.search(whole) if reading.predicate.modality is Modality.MUST_NOT else None
    if form and not read.object:
        read = replace(read, object=form["form"])
    lacking = LACKING.match(reading.condition)
    if lacking and read.act == "correct" and read.object == read.verb:
        read = replace(read, object=lacking["thing"])  # 场所不符合指标的，应当改造
    if lacking and read.act == "return_goods" and not read.object:
        read = replace(read, object="不符合要求的货物")
    topic = reading.predicate.lead.topic
    if read.object == read.verb and read.act in ("verify", "test") and topic and not reading.made:
        return replace(read, object=trimmed(topic))
    if len(read.object) <= 1 or read.object == "其" or read.verb in ("用于", "适用"):
        read = replace(read, object=implied_object(reading, read))
    if read.act == "other" and _VERBS_ONLY.fullmatch(read.object) and not reading.made:
        lead = reading.predicate.lead
        near = not lead.text or lead.topic in re.split("[，：]", lead.text)[-1]
        thing = trimmed(lead.topic) if near else ""
        thing = "" if thing.endswith(("方", "人", "者", "商", "户", "员")) else thing
        read = replace(read, object=thing or read.object)  # 标识不得涂改
    return read


def _closer_act(reading: SegmentReading, read: ActRead) -> ActRead:
    """The closer act that subject, object and the rest of the sentence show, and its portal."""
    lead = reading.predicate.lead.text
    if _OPINION.search(lead) and read.act in ("report", "provide") and not reading.made:
        return replace(read, act="comment", object=_OPINION.findall(lead)[-1])
    if read.verb == "反馈" and read.object.endswith(("意见", "建议")) and not reading.answers:
        return replace(read, act="comment")
    if reading.binds_company:
        read = as_company(read)
    if read.act == "declare" and (goods := _TRADED.fullmatch(read.object)):
        return replace(read, object=goods["goods"])
    if read.verb == "处理" and len(read.object) <= 1:
        return replace(read, act="decide")
    if read.verb == "答复" and re.match("能否|是否|申请", read.object):
        return replace(read, act="decide")
    if reading.binds_authority and read.act == "comment":
        return replace(read, act="decide")
    if reading.answers and read.verb in ("反馈", "答复") and len(read.object) <= 2:
        return replace(read, act="decide", object="")
    if read.where is None and read.act in THROUGH_PORTAL:
        read = replace(read, where=reading.where)
    annual = read.act == "provide" and read.verb == "提交" and _ANNUAL.search(read.object)
    return replace(read, act="report") if annual or reports_to_system(read) else read


def as_company(read: ActRead) -> ActRead:
    """An act as a company does it: the review of its own safety is a test, no decision."""
    if read.act != "decide":
        return read
    return replace(read, act=_BY_COMPANIES.get(read.verb, "other"))


def _oversees(reading: SegmentReading, read: ActRead, *, timed: bool) -> bool:
    """负责监督管理, 建立工作档案: how an authority goes about its work, no single duty."""
    bare = read.act in _HOW_AN_OFFICE_WORKS or (
        read.act == "inspect" and _OVERSIGHT.fullmatch(read.object) is not None
    )
    return reading.binds_authority and bare and not timed


def _restates(reading: SegmentReading, modality: Modality, read: ActRead) -> bool:
    """不得混报 after 应当分别申报: the same act forbidden the other way round."""
    last = reading.last
    return (
        modality is Modality.MUST_NOT and last is not None and last.modality is Modality.MUST
        and last.act == read.act and (len(read.object) <= 1 or "其他" in read.object)
    )  # fmt: skip


def _without_act(reading: SegmentReading, rest: str, limit: Limit | None) -> Duty | None:
    predicate = reading.predicate
    if reading.made:
        return None
    if limit is not None:
        return _duty(predicate.modality, ActRead(limited_act(limit), limit.parameter), limit)
    thing = trimmed(rest)
    if predicate.fulfils and len(thing) > 3:
        return _duty(predicate.modality, ActRead("comply", thing, None, "符合"), None)
    return None


def _modality(
    reading: SegmentReading, segment: str, rest: str, *, timed: bool
) -> tuple[Modality, str]:
    """The modality and the words it governs: 应当拒绝承运 forbids, and what follows 不得 with a
    time of its own (并于24小时内报告) is asked for again."""
    modality = reading.predicate.modality
    if modality is Modality.MUST and rest.startswith("拒绝"):
        return Modality.MUST_NOT, rest.removeprefix("拒绝")
    again = (
        timed
        and reading.made
        and re.match(
            r"于|在|自|立即|及时|向|限期|\d{1,3}(?:日|天|个|小时)|[一二三五七十]{1,3}(?:日|天|个)",
            segment,
        )
    )
    again = again or (reading.made and _INSTEAD.match(segment))
    return (Modality.MUST if modality is Modality.MUST_NOT and again else modality), rest


def _says_something(
    reading: SegmentReading, read: ActRead, rest: str, limit: Limit | None, *, timed: bool
) -> bool:
    """Whether one could act on it; 提高认识, 完好、防潮, 确保安全 say nothing to do."""
    predicate = reading.predicate
    if read.act == "comply" and predicate.fulfils:
        return True
    if _says_nothing(read, rest, bound=limit is not None or timed):
        return False
    if read.act == "other" and predicate.modality is not Modality.MUST_NOT and not timed:
        return False
    if limit is not None:
        return True
    if read.act == "other" and not read.object and not read.verb.endswith("报"):
        return False  # 不得拒绝: what, the sentence does not say
    if reading.made and (read.act in _WEAK and not timed):
        return False
    if "负责" in rest and re.search(r"真实|准确|完整", rest):
        return False
    ends = reading.made and _ENDS_EMPTY.search(rest.rstrip("，。；"))
    if _EMPTY_ACT.search(rest) and (read.act in _WEAK or ends):
        return bool(_STANDARD.search(read.object)) and read.act != "other" and not reading.made
    return read.act != "comply" or bool(_STANDARD.search(rest))


# 竞买人须(为公告的综合利用企业), but not 应当(为每个电芯建立数字护照)
_IS_SOMETHING = re.compile(r"是|为[^，。；]{0,40}(?:企业|单位|机构|公司|法人|组织|人员|产品|者)$")


def _says_nothing(read: ActRead, rest: str, *, bound: bool) -> bool:
    """Whether words only exhort, tell who somebody is or how things are; ``bound`` by a time or
    a value they are an order all the same."""
    if _IS_SOMETHING.match(rest.rstrip("，。；")) and read.act != "other":
        return True
    if read.act == "other" and rest.startswith("与"):
        return True  # 不得与易燃物品混存 says the same as 应当分类贮存
    if bound:
        return False
    if read.verb == "处理" and not read.object:
        return True  # 由平台运行机构按下表处理
    return bool(
        _SAYS_HOW.fullmatch(rest.strip("，。；")) or _SEES_TO.match(rest) or _EXHORTS.match(rest)
    )


def _is_choice(reading: SegmentReading, duty: Duty, timed: bool) -> bool:
    """Whether a permission is worth a line: dated, an application, or said of the public."""
    if reading.made and reading.made[-1].act == "apply":
        return True
    if timed or duty.act in ("apply", "comment"):
        return duty.act != "other"
    named = reading.predicate.lead.subjects
    public = any(subject.kind is Bound.PUBLIC for subject in named)
    return public and duty.act not in ("other", "comply")


def _duty(modality: Modality, read: ActRead, limit: Limit | None) -> Duty:
    forbidden = modality is Modality.MUST_NOT
    if read.act == "keep_records" and limit is not None:
        read = replace(read, object=_KEPT_TIME.sub("", read.object))
    where = None if forbidden and read.act in ("hand_over", "sell") else read.where
    where = None if read.act == "stop" else where  # 停止向个人出售
    if read.act == "comment":
        modality = Modality.MAY
    return Duty(
        who=Subject(), modality=modality, act=read.act, object=read.object, verb=read.verb,
        where=where, limit=limit,
        documents=() if forbidden else named_documents(read.act, read.object, read.verb),
    )  # fmt: skip
