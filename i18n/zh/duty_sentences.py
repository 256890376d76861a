"""Write duties in Chinese with the text's own subject, verb and object."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from domain.facts.due_days import duration_parts
from domain.law.duties import (
    Bound,
    Destination,
    Duty,
    Limit,
    Modality,
    Sanction,
    Subject,
    TimeRelation,
    When,
)
from i18n.recipients import asked_manner, forbidden_recipient

_MODALS = {Modality.MUST: "应当", Modality.MUST_NOT: "不得", Modality.MAY: "可以"}
_UNITS = (("y", "年"), ("mo", "个月"), ("w", "周"), ("d", "日"), ("h", "小时"), ("mi", "分钟"))
_KINDS = {
    "warning": "警告", "order_to_correct": "责令改正", "confiscation": "没收",
    "suspension": "停产停业或暂停资格", "delisting": "移出名单", "credit_record": "记入信用记录",
    "referral": "移送", "revocation": "吊销许可",
}  # fmt: skip
_EVERY = {
    "daily": "每日", "weekly": "每周", "monthly": "每月", "quarterly": "每季度",
    "half-yearly": "每半年", "yearly": "每年",
}  # fmt: skip
_SIGNS = {">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于", "=": "为"}


def duty_sentence(duty: Duty, also: Sequence[Subject] = ()) -> str:
    """One sentence: 综合利用企业应当自接收之日起30日内报送入库信息; ``also``: bound too."""
    names = dict.fromkeys((who_text(duty), *(subject_text(who) for who in also)))
    return f"{'、'.join(names)}{doing_text(duty)}"


def doing_text(duty: Duty) -> str:
    """The sentence without its subject."""
    when = when_text(duty.when) if duty.when is not None else ""
    where = where_text(duty.where) if duty.where is not None else ""
    what = f"{_manner(duty)}{_verb_and_object(duty)}"
    if whom := forbidden_recipient(duty):
        what = _handed_to(duty, whom)
    elif duty.modality is Modality.MUST_NOT and duty.act in ("hand_over", "sell"):
        what = f"{what}（对象见原文）"
    limit = limit_text(duty.limit) if duty.limit is not None else ""
    if limit and not what:
        return f"{limit}"
    if limit and not duty.verb and duty.act in ("comply", "store"):
        return f"应当{when}使{limit}"
    tail = f"（{limit}）" if limit else ""
    if (case := _case(duty)) and case not in what:
        tail += f"（{case}）"
    if duty.modality is Modality.MUST_NOT and not (_object(duty) or tail or where or whom):
        tail = "（对象见原文）" if "见原文" not in what else ""
    return f"{_MODALS[duty.modality]}{when}{_placed(duty, where, what)}{tail}"


def _handed_to(duty: Duty, whom: str) -> str:
    """What must not be handed to whom, in the text's words: 将电池交售给其他单位或者个人."""
    verb = re.sub("[给予]$", "", duty.verb) or "交"
    return f"将{_object(duty)}{verb}给{whom}" if _object(duty) else f"{verb}给{whom}"


def _placed(duty: Duty, where: str, what: str) -> str:
    """Where and what: 向市局报送信息; of 发至 the thing first (将统计表发至邮箱)."""
    thing, name = _object(duty), duty.where.name if duty.where is not None else None
    if duty.act == "connect" and duty.verb in ("接入", "对接") and name:
        return f"{duty.verb}{name}" if thing in ("", name) else f"将{thing}{duty.verb}{name}"
    if duty.verb.endswith(("至", "到")) and thing and name:
        return f"将{thing}{duty.verb}{name}"
    return f"{where}{what}"


# 发现不一致的，不得办理注销; 未经许可，任何单位不得出口
_CASE = re.compile(
    r"(?:^|[，；。：、])(?P<case>未经[^，。；]{2,24}|[^，。；：]{3,30}的)，[^，。；]{0,20}?(?:不得|禁止|严禁|不准)"
)


def _case(duty: Duty) -> str:
    """In which case a prohibition holds: without it it would forbid too much."""
    match = _CASE.search(duty.quote) if duty.modality is Modality.MUST_NOT else None
    return match["case"] if match else ""


def _manner(duty: Duty) -> str:
    """擅自 and the like: without it a prohibition would forbid too much."""
    if duty.modality is not Modality.MUST_NOT:
        return asked_manner(duty)
    if not duty.verb or duty.verb.startswith(("擅自", "违规", "非法", "私自", "无证")):
        return ""
    found = re.search(
        rf"(擅自|违规|非法|私自|无证|无资质)[^，。；]{{0,4}}{re.escape(duty.verb)}", duty.quote
    )
    return found[1] if found else ""


# 办理变更备案, 提出变更申请, 开展隐患排查: where the object already says what is done
_INSTEAD = {
    "file": "办理",
    "register": "办理",
    "apply": "提出",
    "correct": "完成",
    "report": "提交",
}


def _verb_and_object(duty: Duty) -> str:
    thing = _object(duty)
    if duty.verb and thing.startswith(duty.verb):
        return thing
    if duty.verb and len(thing) > len(duty.verb) and thing.endswith(duty.verb):
        return f"{_INSTEAD.get(duty.act, '开展')}{thing}"
    return f"{duty.verb or ''}{thing}"


def _object(duty: Duty) -> str:
    same_place = duty.where is not None and duty.object == duty.where.name
    happened = duty.when is not None and duty.object == duty.when.event_text
    return "" if same_place or happened or duty.object in duty.verb else duty.object


def who_text(duty: Duty) -> str:
    """The subject in the text's own words; of a duty without one 有关方."""
    return subject_text(duty.who)


def subject_text(who: Subject) -> str:
    """A subject in the text's own words."""
    if who.text:
        return who.text
    kinds = {Bound.ANYONE: "任何单位和个人", Bound.AUTHORITY: "主管部门", Bound.COMPANY: "企业"}
    return kinds.get(who.kind or Bound.PUBLIC, "有关方") if who.kind else "有关方"


def when_text(when: When) -> str:
    """于2026年9月30日前, 自接收之日起30日内, 每月5日前."""
    if when.relation is TimeRelation.AT_ONCE:
        event = when.event_text or ""
        if not event:
            return "立即"
        return f"在{event}" if event.endswith(("时", "日", "天")) else f"在{event}时"
    if when.relation is TimeRelation.EACH:
        return _recurring(when)
    if when.date:
        day = _day(when.date)
        return {
            TimeRelation.BY: f"于{day}前",
            TimeRelation.FROM: f"自{day}起",
            TimeRelation.UNTIL: f"至{day}",
        }.get(when.relation, f"于{day}")
    return _counted(when)


def _counted(when: When) -> str:
    event = when.event_text or ""
    if when.relation is TimeRelation.FROM and when.duration:
        return f"自{event}起{length_text(when)}后"
    if when.relation is TimeRelation.BEFORE:
        if when.duration is None:
            return f"在{event}前"
        return f"在{event}前{length_text(when)}" if event else f"提前{length_text(when)}"
    if when.duration == "P0D":
        return f"{event}当日"
    if not event:
        return f"在{length_text(when)}内"
    joint = "起" if event.endswith("之日") else "后"
    return (
        f"自{event}{joint}{length_text(when)}内"
        if joint == "起"
        else f"在{event}后{length_text(when)}内"
    )


def _recurring(when: When) -> str:
    recurs = when.recurs or ""
    if match := re.fullmatch(r"--(\d\d)-(\d\d)", recurs):
        return f"每年{int(match[1])}月{int(match[2])}日前"
    name, _, count = recurs.partition(":")
    every = _EVERY.get(name, "定期")
    unit = "个工作日" if when.working_days else "日"
    if name == "weekly" and count:
        return f"每周{'一二三四五六日'[int(count) - 1]}前"
    if count:
        return f"{every}终了后{count}{unit}内" if when.event else f"{every}{count}日前"
    if when.duration:
        return f"{every}终了后{length_text(when)}内" if when.event else f"每{length_text(when)}"
    return every


def length_text(when: When) -> str:
    """10个工作日, 30日, 3个月."""
    parts = duration_parts(when.duration or "")
    if parts is None:
        return when.duration or ""
    words = [f"{parts[key]}{unit}" for key, unit in _UNITS if parts.get(key)]
    text = "".join(words)
    return text.replace("日", "个工作日") if when.working_days else text


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.year}年{day.month}月{day.day}日"


def where_text(where: Destination) -> str:
    """通过国家溯源平台, 向主管部门."""
    name = where.name or where.url or ""
    if re.search(r"平台|系统|网站|小程序|邮|传真|@|“|[一-鿿]{2}通$", name):
        return f"通过{name}"
    if re.search(r"(?:位置|场所|门口|首页|[内上]|处)$", name) and not re.search("[厅局部委]", name):
        return f"在{name}"
    return f"向{name}" if name else ""


def limit_text(limit: Limit) -> str:
    """保存期限不低于3年."""
    value = f"{limit.value:g}" if limit.value is not None else ""
    sign = _SIGNS.get(limit.comparator, limit.comparator)
    return f"{limit.parameter}{sign}{value}{limit.unit or ''}"


def sanction_text(sanction: Sanction) -> str:
    """责令改正，罚款1万元至3万元; '' where no kind is stated."""
    parts = [_kind(kind, sanction) for kind in sanction.kinds if kind in _KINDS]
    if "fine" in sanction.kinds:
        each = {"per_day": "每日", "per_unit": "每单位"}.get(sanction.basis or "", "")
        parts.append(f"罚款{each}{_amount(sanction)}")
    return "、".join(parts)


def _kind(kind: str, sanction: Sanction) -> str:
    """A kind of sanction; 取消当年推荐资格 strikes nobody off a list."""
    lost = kind == "delisting" and re.search(
        r"取消[^，。；]{0,12}(?:推荐|申报|参与|评[优选]|示范)[^，。；]{0,6}资格", sanction.quote
    )
    return "取消资格" if lost else _KINDS[kind]


def _amount(sanction: Sanction) -> str:
    low, high = sanction.min, sanction.max
    unit = {"multiple": "倍", "percent": ""}.get(sanction.basis or "", "元")
    if low is None and high is None:
        return "（金额见原文）"
    if sanction.basis == "percent":
        low, high = (None if value is None else value * 100 for value in (low, high))
        unit = "%"
    shown = [_money(value, unit) for value in (low, high) if value is not None]
    if low is not None and high is not None and low != high:
        return f"{shown[0]}至{shown[1]}"
    if low is None:
        return f"{shown[0]}以下"
    return shown[0] if high is not None else f"{shown[0]}以上"


def _money(value: float, unit: str) -> str:
    if unit == "元" and value >= 10_000 and value % 1_000 == 0:
        return f"{value / 10_000:g}万元"
    return f"{value:g}{unit}"


def sanctions_text(duty: Duty) -> str:
    """What follows on a breach; '' where the text ties no sanction to the duty."""
    return "；".join(text for text in map(sanction_text, duty.sanctions) if text)
