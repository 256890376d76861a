"""The object that a verb leaves out: what the sentence speaks of, what has happened, or what the
act before it was about."""

from __future__ import annotations

import re
from dataclasses import replace

from classifier.duties.acts import ActRead, trimmed
from classifier.duties.setting import SegmentReading
from domain.law.duties import Duty, Modality

# (动力电池)拆卸之日起, (梯次产品)出库: the thing that the event happens to
_HAPPENS_TO = re.compile(
    r"(?:自|在|于)?(?P<thing>[^，。；的]{2,10}?)(?:拆卸|出库|出厂|入库|退役|下线|转移|移交|收集|接收|更换|投入使用)(?:之日|前|后|时)?"
)
# 更换动力电池的，应当交由: what is handed over
_HANDLED = re.compile(
    r"(?:更换|拆卸|拆下|收集|接收|收到|收购)(?:下的?)?(?P<thing>[^，。；的]{2,12})"
)
_DONE_TO_THINGS = frozenset(
    {"code", "label", "test", "hand_over", "sell", "pack", "transport", "dismantle"}
)
_ASKED = re.compile(r"(?:收到|接到)(?P<thing>[^，。；]{2,12}?)(?:之日|后)?")  # 收到申诉之日起答复
THROUGH_PORTAL = frozenset({"report", "provide", "apply", "register", "file"})
# what is done to a thing that the next words may forbid to do otherwise with: 严禁转卖
_OF_THINGS = frozenset({"hand_over", "take_back", "store", "dismantle"})
LACKING = re.compile(r"(?P<thing>[^，。；]{2,24}?)(?:不符合|未达到|不满足)")
_CONCERNS = re.compile(r"(?:^|[，；。])对于?[^，；。]{2,40}，?$")
_CHANGES = re.compile(
    r"等?(?:情况)?(?:发生|有|需要?)(?:变更|变化|变动|调整|改变)$"
)  # 网点信息发生变化
_STANDING = re.compile(
    r"从事|进口|出口|销售|生产|从事|使用|属于|符合|通过"
)  # 进口汽车的: who, not what
_SHORTEST = 4  # characters of a condition that says something
# 许可证到期需要延续(的，应当申请)
_RENEWED = re.compile(
    r"(?P<thing>[^，。；]{0,10}?(?:许可证?|资质|证书?))(?:有效期)?(?:到期|届满|期满)?(?:后)?"
    r"(?:仍)?(?:需要?|拟|确需|要)(?:继续)?(?P<do>延续|续期|换发|变更)"
)
# 电池冒烟、鼓胀: the battery
_STATE = re.compile(
    r"(?<=电池|模组|电芯)(?:冒烟|鼓[胀包]|漏液|起火|泄漏|变形|破损|发热|温度异常|异常)[^，。；]*$"
)
# 发现冒烟、漏液(的，立即隔离): no thing
_ONLY_STATES = re.compile(
    r"(?:(?:冒烟|鼓[胀包]|漏液|起火|泄漏|变形|破损|发热|温度异常|异常)(?:、|和|或者?|等|情况)*)+"
)
_ALL_IN_ONE = frozenset({"停运", "停车", "停产", "停业"})  # verbs that hold their thing
_TOLD_OF = ("report", "notify")
_SENDS_DATA = ("报送", "填报", "上传", "录入")  # 未委托代理人的，由进口企业报送: the same data
_BARE_CONDITION = re.compile(
    r".*(?:达到|超过|不足|低于|高于|届满|期满|下线|出厂|上市|开业|通过)$|.*(?:达到|超过)[^，]{0,8}\d|经[^，。；]{2,6}不|不符合|逾期|否则|此前|已|确需|有下列|存在下列|特殊情况|本.{1,4}施行"
)
_MUST_NOT = Modality.MUST_NOT
_TELLS = frozenset({"report", "notify", "file", "publish", "apply", "comment", "decide"})
_ANSWERS = frozenset({"verify", "decide", "publish", "notify"})


def implied_object(reading: SegmentReading, read: ActRead) -> str:
    """The object that the verb leaves out: the thing the sentence speaks of, what has happened,
    or the object of the act before it (建立体系，并向社会公开)."""
    return "" if read.verb in _ALL_IN_ONE else _left_out(reading, read)


def _left_out(reading: SegmentReading, read: ActRead) -> str:
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
    if reading.held and read.act in THROUGH_PORTAL:
        return reading.held
    condition = _happened(reading, read)
    last = reading.last
    if last is not None and last.act == "use" and read.act != "use":
        last = None  # of the system that is left: not what the next one is told
    if condition and not _STANDING.match(condition) and (read.act in _TOLD_OF or last is None):
        return condition
    if condition and reading.fresh and not _STANDING.match(reading.condition):
        return condition  # 发现违规商品的，立即下架
    if reading.predicate.standalone and (last is None or last.act not in _OF_THINGS):
        return ""
    undone = reading.condition.startswith("未") and reading.predicate.modality is _MUST_NOT
    near = reading.made or not (condition or undone) or read.act in _TELLS
    if last is not None and last.act != "other" and near and _answers(reading, read):
        return last.object
    missed = condition.startswith(("未", "逾期")) or re.match("不(?!符合|合格)", condition)
    return "" if missed and read.act not in ("sell", "import", "export") else condition


def _happened(reading: SegmentReading, read: ActRead) -> str:
    """What the sentence says has happened, as the object of what is then to be done: reported as
    it is, else the thing itself (发现违规商品的，应当下架)."""
    if (renewed := _RENEWED.fullmatch(reading.condition)) and read.act == "apply":
        return f"{renewed['do']}{renewed['thing']}"
    condition = trimmed(_CHANGES.sub("", reading.condition))
    asked, verb, thing = condition.partition(read.verb)
    if read.verb and verb and re.search(r"申请|要求|请求|需要?|拟", asked) and len(thing) > 1:
        return trimmed(thing)  # 消费者申请退还押金的，应当退还
    if len(condition) < _SHORTEST or _BARE_CONDITION.match(condition):
        return ""
    if handled := _HANDLED.fullmatch(condition):
        return handled["thing"] if read.act in _DONE_TO_THINGS else ""
    if condition.startswith("未") and read.act not in (*_TOLD_OF, "sell", "import", "export"):
        return ""
    if read.act in _TOLD_OF:
        return "" if read.verb in _SENDS_DATA else condition
    found = _STATE.sub("", re.sub(r"^(?:发现|出现)", "", condition))
    return "" if read.act == "store" and _ONLY_STATES.fullmatch(found) else found


def _answers(reading: SegmentReading, read: ActRead) -> bool:
    """Whether an act may be about what the act before it was about: always in one breath, of
    another subject only where it deals with what that one did (接收单位应当核对)."""
    return bool(reading.made) or not reading.predicate.lead.subjects or read.act in _ANSWERS


def of_its_time(duty: Duty) -> Duty:
    """A duty that names no thing, with the one that its event happens to: 应当自动力电池拆卸之日
    起十五日内交售."""
    when = duty.when
    asked = _ASKED.fullmatch(when.event_text or "") if when is not None else None
    if asked and duty.act == "decide" and not duty.object:
        return replace(duty, object=asked["thing"])
    if duty.object or when is None or not when.event_text or duty.act not in _DONE_TO_THINGS:
        return duty
    happened = re.sub("(?:之日|后|时)$", "", when.event_text)
    match = _HAPPENS_TO.fullmatch(when.event_text) or _HANDLED.fullmatch(happened)
    return replace(duty, object=match["thing"]) if match else duty
