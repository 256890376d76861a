"""Write duties in English from their parts: who must do what, when, where, within which limit.

Nothing is translated freely: roles, acts and events have English names, an object is English
where the glossary knows every word of it, else the sentence says "(see text)".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

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
from domain.records.fact_values import DeadlineValue
from i18n.en.act_phrases import SEE_TEXT, act_text
from i18n.en.event_phrases import event_phrase
from i18n.en.limit_phrases import amount_text, bound_text, keep_within, measured_thing
from i18n.en.noun_phrases import noun_phrase
from i18n.en.object_names import english_object, glossary_words, known_objects
from i18n.en.value_text import day_text, duration_text, fine_range, number
from i18n.glossary_terms import roles
from i18n.recipients import asked_manner, forbidden_recipient, is_anyone_else

_MODALS = {Modality.MUST: "must", Modality.MUST_NOT: "must not", Modality.MAY: "may"}
_EVENTS = {
    "receipt": "receipt",
    "dispatch": "dispatch",
    "customs_release": "customs release",
    "bill_of_lading": "the bill of lading",
    "arrival": "arrival",
    "import_declaration": "the customs declaration",
    "manufacture": "production",
    "sale": "sale",
    "publication": "publication",
    "entry_into_force": "entry into force",
    "delivery": "hand-over",
    "removal": "removal of the battery",
    "dismantling": "dismantling",
    "change": "the change",
    "request": "the request",
    "acceptance": "acceptance",
    "expiry": "expiry",
    "discovery": "discovery",
    "contract": "the contract",
    "notice_received": "receiving the notice",
    "quarter_end": "the end of each quarter",
    "month_end": "the end of each month",
    "year_end": "the end of each year",
}
# events without a key of their own, by the words that end them: 取得营业执照之日, 网点开业
_OTHER_EVENTS = tuple(
    (re.compile(f"(?:{words})(?:之日|之前|日|后|前|时)?$"), english)
    for words, english in (
        ("装船|装运", "loading"),
        ("接报", "being told"),
        (r"取得[^，。；]{0,10}(?:许可证?|执照|资质|批复)", "getting the licence"),
        ("开业|投运|投入运营|开始运营", "opening"),
        ("退役(?:实施)?", "retirement"),
        ("批准|获批|核准", "approval"),
        ("竣工|完工|建成", "completion"),
        ("投产|试生产", "the start of production"),
        ("停业|停产|停止运营|停运|关闭|歇业", "closing"),
        ("登录", "login"),
        (r"出具[^，。；]{0,24}报告", "issue of the report"),
        (r"(?:颁发|核发|发放)[^，。；]{0,12}(?:证书|许可证?)", "issue of the certificate"),
    )
)
# 发生起火, 事故发生后; not 发生实际排污行为
_INCIDENT = re.compile(
    r"事故|事件|火|烟|泄漏|漏液|爆炸|险情|热失控|碰撞|^发生(?:后|时|之日|之时)?$"
)
_KINDS = {
    "warning": "a warning",
    "order_to_correct": "an order to correct",
    "confiscation": "confiscation",
    "suspension": "suspension",
    "delisting": "removal from the list",
    "credit_record": "an entry in the credit record",
    "referral": "referral to the police or another authority",
    "revocation": "loss of the licence",
}
_EVERY = {
    "daily": "every day",
    "weekly": "every week",
    "monthly": "every month",
    "quarterly": "every quarter",
    "half-yearly": "every half-year",
    "yearly": "every year",
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_JOINTS_OF_PLACES = {"file": "with", "register": "with", "obtain_permit": "from"}
_NAMED_AT_MOST = 3


def duty_sentence(duty: Duty, also: Sequence[Subject] = ()) -> str:
    """One sentence: "Recyclers must report receipts within 30 days after receipt …"; ``also``
    are the others whom the same words bind."""
    names = list(dict.fromkeys((who_text(duty), *(subject_text(who) for who in also))))
    text = f"{_listed(names)} {doing_text(duty)}"
    return text[:1].upper() + text[1:]


def _listed(names: Sequence[str]) -> str:
    """Names as a list; of more than three the first two and how many more."""
    if len(names) > _NAMED_AT_MOST:
        return f"{names[0]}, {names[1]} and {len(names) - 2} others"
    return " and ".join(part for part in (", ".join(names[:-1]), names[-1]) if part)


def doing_text(duty: Duty) -> str:
    """The sentence without its subject: "must report receipts within 30 days"."""
    if duty.limit is not None and _is_kept_again(duty):
        return f"{doing_text(replace(duty, limit=None))} ({_kept_for(duty.limit)})"
    modality = Modality.MUST if _is_limit(duty) else duty.modality
    parts = [_MODALS[modality], *_act_parts(duty)]
    if duty.where is not None and (place := where_text(duty.where)):
        told = re.fullmatch("inform of (.+)", parts[1])
        if told and place.startswith("to "):  # inform the carrier of the list
            parts[1], place = f"inform {place[3:]} of {told[1]}", ""
        joint = _JOINTS_OF_PLACES.get(duty.act, "to") if place.startswith("to ") else ""
        if duty.act == "connect" and place.startswith("on "):
            joint = "to"
        parts.append(f"{joint} {place[3:]}" if joint else place)
    if modality is Modality.MUST_NOT:
        narrowed = _qualifiers(duty)
        if not (narrowed or duty.object or duty.limit or duty.where or SEE_TEXT in parts[-1]):
            narrowed = [f"what the text names {SEE_TEXT}"]
        parts += narrowed
    elif modality is Modality.MUST and asked_manner(duty):
        parts.append(f"only in the form that the text names {SEE_TEXT}")
    if duty.when is not None:
        parts.append(when_text(duty.when))
    return " ".join(part for part in parts if part)


_HANDS_ON = ("hand_over", "sell", "provide")
# 擅自拆解, 未经批准, 违规处置; 交给无资质的单位, 出售给个人
_UNLICENSED = r"(?:擅自|未经[^，。；]{0,12}?|违规|非法|私自|无证)[^，。；]{0,4}"
_TO_SOMEONE = re.compile(r"(?:交[给予与到]|交由|交付|转让给|出售给|销售给|提供给|移交给?)")


# 未经许可，任何单位不得出口
_UNPERMITTED = re.compile(
    r"未经[^，。；]{0,20}(?:批准|许可|同意|备案|审核)[^，。；]{0,4}，[^，。；]{0,20}?(?:不得|禁止|严禁|不准)"
)
# 发现不一致的，不得办理注销
_IN_CASE = re.compile(
    r"(?:的|未经[^，。；]{2,24})，[^，。；]{0,14}?(?:不得|禁止|严禁|不准)|[^，。；任何有关]{4}的(?:一律)?(?:不得|禁止)"
)


def _qualifiers(duty: Duty) -> list[str]:
    """What narrows a prohibition: without it the sentence would forbid too much."""
    found = []
    whom = forbidden_recipient(duty)
    if whom and is_anyone_else(whom):
        found.append("to anyone else")
    elif duty.act in _HANDS_ON and (named := noun_phrase(whom)) and named.is_person:
        found.append(f"to {named.english}")
    elif whom or (duty.act in _HANDS_ON and _TO_SOMEONE.search(duty.quote)):
        found.append("to those that the text names (see text)")
    alone = duty.verb and re.search(_UNLICENSED + re.escape(duty.verb), duty.quote)
    if alone or _UNPERMITTED.search(duty.quote):
        found.append("without permission (see text)")
    elif _IN_CASE.search(duty.quote) and not _says_its_case(duty):
        found.append("in the case that the text names (see text)")
    return found


def _kept_for(limit: Limit) -> str:
    """ "kept for at least 3 years"."""
    amount = amount_text(limit)
    return (
        f"kept for at least {amount}" if amount and limit.comparator == ">=" else limit_text(limit)
    )


def _says_its_case(duty: Duty) -> bool:
    """Whether the case is the very thing that is forbidden: 散装的一律不得进口."""
    return (
        re.search(
            rf"(?:^|[，。；：]|,|;|:){re.escape(duty.object)}的(?:，|,)?(?:一律|均)?(?:不得|禁止|严禁|不准)",
            duty.quote,
        )
        is not None
    )


def _is_kept_again(duty: Duty) -> bool:
    """Whether records are made again and again, and kept for a time: 每日记录，保存3年."""
    again = duty.when is not None and duty.when.relation is TimeRelation.EACH
    return again and duty.act == "keep_records"


def _is_limit(duty: Duty) -> bool:
    """Whether the duty is to keep to a value: 不得超过90日 is no ban of storing."""
    return duty.limit is not None and duty.act in ("comply", "store")


def _act_parts(duty: Duty) -> list[str]:
    if duty.limit is not None and (_is_limit(duty) or _measures(duty)):
        if kept := keep_within(duty.limit, duty.quote, duty.object):
            return [kept]
        if _is_limit(duty):
            return ["keep to", limit_text(duty.limit)]
    parts = [act_text(duty)]
    if duty.limit is not None:
        same = re.sub(r"^(?:其|的)", "", duty.limit.parameter.removeprefix(duty.verb))
        said = bound_text(duty.limit) if same in ("", duty.object) else None
        parts.append(f"({said or limit_text(duty.limit)})")
    return parts


def _measures(duty: Duty) -> bool:
    """Whether the limit says all: 保存不少于3年, and 检测周期 that was cut into verb and object."""
    whole = duty.limit is not None and duty.limit.parameter == duty.verb + duty.object
    return duty.act == "keep_records" or (
        whole and bool(duty.object) and measured_thing(duty.verb + duty.object) is not None
    )


def who_text(duty: Duty) -> str:
    """The subject: "recyclers", "anyone"; of a duty without one "those concerned"."""
    return subject_text(duty.who)


def subject_text(who: Subject) -> str:
    """A subject in English."""
    known = roles()
    if who.kind is Bound.ANYONE:
        return known.anyone.en
    if who.role is not None and who.role in known.roles:
        return known.roles[who.role].en
    return {Bound.COMPANY: "companies", Bound.AUTHORITY: "authorities", Bound.PUBLIC: "owners"}.get(
        who.kind or Bound.ANYONE, "those concerned"
    )


def when_text(when: When) -> str:
    """ "within 10 working days after customs release", "by 30 Sep 2026", "at once"."""
    match when.relation:
        case TimeRelation.AT_ONCE:
            event = _event(when)
            return f"at the time of {event}" if event else "at once"
        case TimeRelation.BY | TimeRelation.FROM | TimeRelation.UNTIL if when.date:
            return f"{when.relation.value} {short_date(when.date)}"
        case TimeRelation.EACH:
            return _recurring(when)
        case TimeRelation.FROM if when.duration:
            return f"from {_length(when)} after {_event(when) or 'the event ' + SEE_TEXT}"
        case TimeRelation.WITHIN | TimeRelation.BEFORE:
            return _counted(when)
    return f"{when.relation.value} the day that the text names"


def _counted(when: When) -> str:
    event = _event(when)
    if when.relation is TimeRelation.BEFORE:
        if when.duration is None:
            return f"before {event or 'the event'}{'' if event else ' ' + SEE_TEXT}"
        return f"at least {_length(when)} before {event or 'the event ' + SEE_TEXT}"
    if when.duration == "P0D":
        return "on the same day"
    after = f" after {event}" if event else ""
    if not event and when.event_text:
        after = " of the event (see text)"
    return f"within {_length(when)}{after}"


def _event(when: When) -> str:
    words = when.event_text or ""
    if when.event == "discovery" and "发现" not in words and re.search("发生|事故", words):
        return "the incident" if _INCIDENT.search(words) else event_phrase(words) or ""
    if when.event in _EVENTS:
        return _EVENTS[when.event]
    if when.event not in (None, "other"):
        return str(when.event).replace("_", " ")  # an event that the field adds
    other = next((name for pattern, name in _OTHER_EVENTS if pattern.search(words)), "")
    return other or event_phrase(words) or ""


def _length(when: When) -> str:
    return duration_text(DeadlineValue(duration=when.duration, working_days=when.working_days))


def _recurring(when: When) -> str:
    recurs = when.recurs or ""
    if match := re.fullmatch(r"--(\d\d)-(\d\d)", recurs):
        day = date(2000, int(match[1]), int(match[2]))
        return f"by {day.day} {day:%b} each year"
    name, _, count = recurs.partition(":")
    if name == "weekly" and count:
        return f"by {_WEEKDAYS[int(count) - 1]} each week"
    if name in ("monthly", "quarterly") and count:
        unit = "working day" if when.working_days else "day"
        if name == "monthly" and not when.event and not when.working_days:
            return f"by the {ordinal(int(count))} of each month"
        return f"by the {ordinal(int(count))} {unit} after each {name.removesuffix('ly')}"
    if when.duration:
        ends = f" after {_EVENTS[when.event]}" if when.event in _EVENTS else ""
        return (
            f"{_EVERY.get(name, 'each time')} within {_length(when)}{ends}"
            if ends
            else f"every {_length(when)}"
        )
    return _EVERY.get(name, "regularly " + SEE_TEXT)


def ordinal(count: int) -> str:
    """1st, 2nd, 13th."""
    ending = "th" if 10 <= count % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
    return f"{count}{ending}"


def short_date(iso: str) -> str:
    """An ISO date as 30 Sep 2026."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return day_text(iso)
    return f"{day.day} {day:%b} {day.year}"


def where_text(where: Destination) -> str:
    """ "on the national traceability platform", "to the authority"; the address if stated."""
    name = where.name or ""
    url = f" ({where.url})" if where.url and "@" not in where.url else ""
    english = english_object(re.sub(r"^[一-鿿]{2,3}省(?=[一-鿿]{4})", "省", name))
    if english and (known := noun_phrase(name)) and known.kinds[0] in ("people", "places"):
        if re.match("[一两二三四五]", name):
            return ""  # 设立一个网点: no place but the thing
        several = known.kinds[0] == "places" or english.endswith("s")
        return f"to {english if several else _the(english)}"
    if re.search(r"平台|系统|网站|小程序|窗口|[一-鿿]{2}通$|[一-鿿]云$", name):
        english = glossary_words(name)  # a portal's name is locked: none is composed
        return f"on {_the(english) if english else 'the platform that the text names'}{url}"
    if re.search(r"(?:港|口岸)$", name):
        return "at the ports that the text names"
    if re.search(r"海关", name):
        return "to customs"
    if re.search(r"部门|局|厅|委(?!托)|部$|政府|机关|机构|处(?!理|置)|股", name):
        return "to the authority"
    if english:
        return f"to {english}"
    return f"at {where.url}" if where.url else ""


def _the(name: str) -> str:
    return name if name.startswith("the ") else f"the {name}"


def limit_text(limit: Limit) -> str:
    """ "retention period at least 3 years"."""
    named = known_objects().get(limit.parameter) or measured_thing(limit.parameter)
    parameter = named or "the value"
    sign = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than", "=": ""}
    value = number(limit.value)
    if limit.unit == "次" and limit.value == 1:
        return f"{sign.get(limit.comparator, '')} once".strip()
    if limit.unit == "次":
        return f"{sign.get(limit.comparator, '')} {value} times".strip()
    amount = amount_text(limit)
    if amount is None:
        return f"{parameter} {sign.get(limit.comparator, '')} what the text names {SEE_TEXT}"
    said = f"{parameter} {sign.get(limit.comparator, '')} {amount}"
    return " ".join(f"{said}{'' if named else ' ' + SEE_TEXT}".split())


def sanction_text(sanction: Sanction) -> str:
    """ "an order to correct, a fine of CNY 10,000–30,000"; '' where no kind is stated."""
    parts = [_kind(kind, sanction) for kind in sanction.kinds if kind in _KINDS]
    if "fine" in sanction.kinds:
        parts.append(_fine(sanction))
    return ", ".join(parts)


def _kind(kind: str, sanction: Sanction) -> str:
    """A kind of sanction; 取消当年推荐资格 strikes nobody off a list."""
    lost = kind == "delisting" and re.search(
        r"取消[^，。；]{0,12}(?:推荐|申报|参与|评[优选]|示范)[^，。；]{0,6}资格", sanction.quote
    )
    return "loss of eligibility" if lost else _KINDS[kind]


def _fine(sanction: Sanction) -> str:
    if sanction.min is None and sanction.max is None:
        return "a fine (amount: see text)"
    if sanction.basis == "multiple":
        return f"a fine of {fine_range(sanction.min, sanction.max)} times the base"
    if sanction.basis == "percent":
        low, high = (None if v is None else round(v * 100, 4) for v in (sanction.min, sanction.max))
        return f"a fine of {fine_range(low, high)} % of the base"
    amount = fine_range(sanction.min, sanction.max, "¥")
    per = {"per_unit": " per unit", "per_day": " per day"}.get(sanction.basis or "", "")
    return f"a fine {amount}{per}" if amount.startswith("up to") else f"a fine of {amount}{per}"


def sanctions_text(duty: Duty) -> str:
    """What follows on a breach; '' where the text ties no sanction to the duty."""
    return "; ".join(text for text in map(sanction_text, duty.sanctions) if text)
