"""Make the duty of one segment: its act, object, limit and modality."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from classifier.duties.acts import ActRead, read_act, reports_to_system, trimmed
from classifier.duties.asked_documents import named_documents
from classifier.duties.limits import (
    counted_thing,
    exceeded_limit,
    limited_act,
    read_limit,
    without_kept_time,
)
from classifier.duties.setting import Predicate
from classifier.facts.calendar_dates import YearContext
from domain.law.duties import Bound, Destination, Duty, Limit, Modality, Subject, When

_EMPTY_ACT = re.compile(
    r"真实|准确|完整|有效|质量|安全生产主体责任|到位|实效|落实|监督$|责任|意识|认识|平安|法律法规|工作$"
)
_EXHORTS = re.compile(r"加强|强化|进一步|提高|压实|在各自职责范围内")
_STANDARD = re.compile(
    r"标准|规范|要求|条件|规定|规程|限值|指标|GB|《|目录|许可|范围|方案|程序|检查|抽查|核查"
)
_BARE_CONDITION = re.compile(
    r".*(?:达到|超过|不足|低于|高于|届满|期满|下线|出厂|上市|开业|通过)$|.*(?:达到|超过)[^，]{0,8}\d|经[^，。；]{2,6}不|不符合|逾期|否则|此前|已|确需|有下列|存在下列|特殊情况|本.{1,4}施行"
)
_CHANGES = re.compile(
    r"等?(?:情况)?(?:发生|有|需要?)(?:变更|变化|变动|调整|改变)$"
)  # 网点信息发生变化
_STANDING = re.compile(r"进口|出口|销售|生产|从事|使用|属于|符合|通过")  # 进口汽车的: who, not what
_SHORTEST = 4  # characters of a condition that says something
_TOLD_OF = ("report", "notify")
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
_CONCERNS = re.compile(r"(?:^|[，；。])对于?[^，；。]{2,40}，?$")
_OPINION = re.compile(r"异议|不同意见|修改意见|意见建议")
_THROUGH_PORTAL = frozenset({"report", "provide", "apply", "register", "file"})
_ANSWERS = frozenset({"verify", "decide", "publish", "notify"})
_HOW_AN_OFFICE_WORKS = frozenset({"other", "notify", "keep_records", "build"})
# what is done to a thing that the next words may forbid to do otherwise with: 严禁转卖
_OF_THINGS = frozenset({"hand_over", "take_back", "store", "dismantle"})
# (动力电池)拆卸之日起, (梯次产品)出库: the thing that the event happens to
_HAPPENS_TO = re.compile(
    r"(?:自|在|于)?(?P<thing>[^，。；的]{2,10}?)(?:拆卸|出库|出厂|入库|退役|下线|转移|移交|收集|接收|更换|投入使用)(?:之日|前|后|时)?"
)
# 更换动力电池的，应当交由: what is handed over
_HANDLED = re.compile(r"(?:更换|拆卸|拆下|收集|接收)(?:下的?)?(?P<thing>[^，。；的]{2,12})")
_DONE_TO_THINGS = frozenset(
    {"code", "label", "test", "hand_over", "sell", "pack", "transport", "dismantle"}
)
_KEPT_TIME = re.compile(r"(?:至少|不少于)?(?:\d{1,2}|[一二两三五十]{1,2})(?:年|个月)(?:以上)?$")
_ASKED = re.compile(r"(?:收到|接到)(?P<thing>[^，。；]{2,12}?)(?:之日|后)?")  # 收到申诉之日起答复
_IN_FORM = re.compile(r"以(?P<form>[^，。；]{2,12}?(?:形式|方式))")  # 不得以散装形式进口
_IN_NAME_OF = re.compile(r"以(?P<name>[^，。；]{2,20}?(?:名义|身份))")  # 不得以规范企业名义宣传
_VERBS_ONLY = re.compile(r"[一-鿿]{2}(?:(?:、|或者?|和)[一-鿿]{2})*|[一-鿿]{4,}使用")  # 涂改、遮盖
_ANNUAL = re.compile(r"(?:年度|季度|月度|自查|执行情况)报告$")
_MUST_NOT = Modality.MUST_NOT
_WEAK = frozenset({"comply", "other", "use"})
_TELLS = frozenset({"report", "notify", "file", "publish", "apply", "comment", "decide"})


@dataclass
class SegmentReading:
    """Where the reading of a predicate stands."""

    predicate: Predicate
    years: YearContext
    before: Sequence[Duty]
    condition: str
    where: Destination | None = None  # the portal that a segment before it only enters
    held: str = ""  # what a segment before it only gathers: 将运行情况形成书面材料
    carries: bool = True  # whether the last act's time holds for one that 并 joins to it
    pending: list[When] = field(default_factory=list)
    made: list[Duty] = field(default_factory=list)

    @property
    def binds_authority(self) -> bool:
        """Whether an authority has to act."""
        return any(subject.kind is Bound.AUTHORITY for subject in self.predicate.subjects)

    @property
    def binds_company(self) -> bool:
        """Whether only companies have to act."""
        subjects = self.predicate.subjects
        decides = any(
            subject.role in ("certifier", "testing_lab")
            or (subject.text or "").endswith(("机构", "中心", "协会"))
            for subject in subjects
        )
        kinds = {subject.kind for subject in subjects}
        return kinds == {Bound.COMPANY} and not (self.answers or decides)

    @property
    def answers(self) -> bool:
        """Whether an authority, or who runs a platform for it, has to act."""
        roles = {subject.role for subject in self.predicate.subjects}
        return self.binds_authority or roles == {"platform_operator"}

    @property
    def last(self) -> Duty | None:
        if self.made:
            return self.made[-1]
        return self.before[-1] if self.before else None


def duty_of(reading: SegmentReading, rest: str, whole: str, *, timed: bool) -> Duty | None:
    """The duty of a segment: ``rest`` is the ``whole`` without its times; None if it has none."""
    modality, words = _modality(reading, whole, rest, timed=timed)
    exceeded = exceeded_limit(words) if modality is Modality.MUST_NOT else None
    limit = exceeded[0] if exceeded else read_limit(whole)
    read = read_act(exceeded[1] if exceeded else without_kept_time(words))
    if words.startswith(("包括", "包含")):
        return None  # 申请材料应当包括…: what they are
    if modality is Modality.MUST_NOT and (left := _LEAVES.match(words)):
        read = ActRead("use", left["portal"], None, "使用")  # 不得再使用旧系统填报
    if modality is Modality.MUST_NOT and (alias := _IN_NAME_OF.match(words)):
        read = ActRead("use", alias["name"], None, "使用")
    written = timed or words.endswith("提出")
    named = _OPINION.findall(reading.predicate.lead.text) if written else []
    if read is None and named and "提出" in words:
        read = ActRead("comment", named[-1], None, "提出")  # 有异议的，应在15日内书面提出
    if read is None:
        return _without_act(reading, words, limit)
    if limit is not None and read.act in ("comply", "other", "equip"):
        read = replace(read, act=limited_act(limit), object=limit.parameter or read.object)
    if not _says_something(reading, read, words, limit, timed=timed):
        return None
    if read.act == "take_back" and read.verb.startswith("拒"):
        modality = Modality.MUST if modality is Modality.MUST_NOT else modality
    read = _completed(reading, read, whole)
    if limit is None and read.act in ("build", "equip"):
        at_least = "至少" in whole or read.verb == "建成"
        thing, limit = counted_thing(read.object, at_least=at_least)
        read = replace(read, object=thing)
    if _restates(reading, modality, read) or _oversees(reading, read, timed=timed):
        return None
    duty = _duty(modality, read, limit)
    return duty if modality is not Modality.MAY or _is_choice(reading, duty, timed) else None


def _completed(reading: SegmentReading, read: ActRead, whole: str) -> ActRead:
    """An act with what the rest of the sentence says of it: object, portal, the closer act."""
    lead = reading.predicate.lead.text
    form = _IN_FORM.search(whole) if reading.predicate.modality is Modality.MUST_NOT else None
    if form and not read.object:
        read = replace(read, object=form["form"])
    if len(read.object) <= 1 or read.object == "其" or read.verb in ("用于", "适用"):
        read = replace(read, object=_implied_object(reading, read))
    if _OPINION.search(lead) and read.act in ("report", "provide") and not reading.made:
        return replace(read, act="comment", object=_OPINION.findall(lead)[-1])
    if read.verb == "反馈" and read.object.endswith(("意见", "建议")) and not reading.answers:
        return replace(read, act="comment")
    if reading.binds_company:
        read = as_company(read)
    if read.act == "other" and _VERBS_ONLY.fullmatch(read.object) and not reading.made:
        thing = trimmed(reading.predicate.lead.topic)
        read = replace(read, object=thing or read.object)  # 标识不得涂改
    if read.act == "provide" and read.verb == "提交" and _ANNUAL.search(read.object):
        return replace(read, act="report")
    if reading.answers and read.verb in ("反馈", "答复") and len(read.object) <= 2:
        return replace(read, act="decide", object="")
    if read.where is None and read.act in _THROUGH_PORTAL:
        read = replace(read, where=reading.where)
    return replace(read, act="report") if reports_to_system(read) else read


def as_company(read: ActRead) -> ActRead:
    """An act as a company does it: the review of its own safety is a test, no decision."""
    if read.act != "decide":
        return read
    return replace(read, act=_BY_COMPANIES.get(read.verb, "other"))


def _oversees(reading: SegmentReading, read: ActRead, *, timed: bool) -> bool:
    """负责监督管理, 建立工作档案: how an authority goes about its work, no single duty."""
    bare = read.act in _HOW_AN_OFFICE_WORKS or (
        read.act == "inspect" and read.object in ("", "管理")
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
    again = timed and reading.made and re.match(r"于|在|自|立即|及时|向", segment)
    return (Modality.MUST if modality is Modality.MUST_NOT and again else modality), rest


def _says_something(
    reading: SegmentReading, read: ActRead, rest: str, limit: Limit | None, *, timed: bool
) -> bool:
    """Whether one could act on it; 提高认识, 完好、防潮, 确保安全 say nothing to do."""
    predicate = reading.predicate
    if read.act == "other" and predicate.fulfils:
        return bool(_IS_CONDITION.match(rest))
    if read.act == "other" and rest.startswith("与"):
        return False  # 不得与易燃物品混存 says the same as 应当分类贮存
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
    if _EXHORTS.match(rest) and limit is None and not timed:
        return False
    if _EMPTY_ACT.search(rest) and (read.act in _WEAK or reading.made):
        return bool(_STANDARD.search(read.object)) and read.act != "other" and not reading.made
    return read.act != "comply" or bool(_STANDARD.search(rest))


def _is_choice(reading: SegmentReading, duty: Duty, timed: bool) -> bool:
    """Whether a permission is worth a line: dated, an application, or said of the public."""
    if reading.made and reading.made[-1].act == "apply":
        return True
    if timed or duty.act in ("apply", "comment"):
        return duty.act != "other"
    named = reading.predicate.lead.subjects
    public = any(subject.kind is Bound.PUBLIC for subject in named)
    return public and duty.act not in ("other", "comply")


def _implied_object(reading: SegmentReading, read: ActRead) -> str:
    """The object that the verb leaves out: the thing the sentence speaks of, what has happened,
    or the object of the act before it (建立体系，并向社会公开)."""
    earlier = reading.before[-1] if reading.before else None
    if (
        earlier is not None
        and earlier.act == read.act
        and _CONCERNS.search(reading.predicate.lead.text)
    ):
        return earlier.object  # 对已生产的车型，应当补传: the same information
    if reading.predicate.lead.topic and not reading.made:
        return trimmed(reading.predicate.lead.topic)
    if read.verb in ("用于", "适用") and len(read.object) > 1:
        return read.object
    if reading.held and read.act in _THROUGH_PORTAL:
        return reading.held
    condition = _happened(reading, read)
    last = reading.last
    if last is not None and last.act == "use" and read.act != "use":
        last = None  # of the system that is left: not what the next one is told
    if condition and not _STANDING.match(condition) and (read.act in _TOLD_OF or last is None):
        return condition
    if reading.predicate.standalone and (last is None or last.act not in _OF_THINGS):
        return ""
    undone = reading.condition.startswith("未") and reading.predicate.modality is _MUST_NOT
    near = reading.made or not (condition or undone) or read.act in _TELLS
    if last is not None and last.act != "other" and near and _answers(reading, read):
        return last.object
    missed = condition.startswith(("未", "逾期")) or re.match("不(?!符合|合格)", condition)
    return "" if missed and read.act not in ("sell", "import", "export") else condition


def of_its_time(duty: Duty) -> Duty:
    """A duty that names no thing, with the one that its event happens to: 应当自动力电池拆卸之日
    起十五日内交售."""
    when = duty.when
    asked = _ASKED.fullmatch(when.event_text or "") if when is not None else None
    if asked and duty.act == "decide" and not duty.object:
        return replace(duty, object=asked["thing"])
    if duty.object or when is None or not when.event_text or duty.act not in _DONE_TO_THINGS:
        return duty
    match = _HAPPENS_TO.fullmatch(when.event_text)
    return replace(duty, object=match["thing"]) if match else duty


def _happened(reading: SegmentReading, read: ActRead) -> str:
    """What the sentence says has happened, as the object of what is then to be done: reported as
    it is, else the thing itself (发现违规商品的，应当下架)."""
    condition = trimmed(_CHANGES.sub("", reading.condition))
    if len(condition) < _SHORTEST or _BARE_CONDITION.match(condition):
        return ""
    if handled := _HANDLED.fullmatch(condition):
        return handled["thing"] if read.act in _DONE_TO_THINGS else ""
    if condition.startswith("未") and read.act not in (*_TOLD_OF, "sell", "import", "export"):
        return ""
    return condition if read.act in _TOLD_OF else re.sub(r"^(?:发现|出现)", "", condition)


def _answers(reading: SegmentReading, read: ActRead) -> bool:
    """Whether an act may be about what the act before it was about: always in one breath, of
    another subject only where it deals with what that one did (接收单位应当核对)."""
    return bool(reading.made) or not reading.predicate.lead.subjects or read.act in _ANSWERS


def _duty(modality: Modality, read: ActRead, limit: Limit | None) -> Duty:
    forbidden = modality is Modality.MUST_NOT
    if read.act == "keep_records" and limit is not None:
        read = replace(read, object=_KEPT_TIME.sub("", read.object))
    where = None if forbidden and read.act in ("hand_over", "sell") else read.where
    if read.act == "comment":
        modality = Modality.MAY
    return Duty(
        who=Subject(), modality=modality, act=read.act, object=read.object, verb=read.verb,
        where=where, limit=limit,
        documents=() if forbidden else named_documents(read.act, read.object, read.verb),
    )  # fmt: skip
