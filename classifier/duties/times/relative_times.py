"""Read periods and events: within N days after, N days before, at once, while."""

from __future__ import annotations

import re

from classifier.duties.times.time_events import (
    TimeSpan,
    clean_event,
    condition_before,
    duration_of,
    event_before,
    event_of,
    is_event,
    words_before,
)
from classifier.facts.figures.lengths import LENGTH
from domain.law.duties import TimeRelation, When

LOOKS_BACK = 80  # characters before a period that may name its event
_NOTE = r"(?:（[^（）]{0,20}）)?"
# 提前5个工作日, 至少提前24小时
_ADVANCE = re.compile(
    rf"(?:至少|应?当?)?(?:提前|提早)(?:至少|不少于|不晚于|最少)?{LENGTH}(?:以上)?"
)
# 运输前3个工作日, 有效期届满30日前, 到港前48小时内
_BEFORE = re.compile(
    rf"(?P<event>[^，。；：、（）]{{1,30}}?)(?:之日|之)?前(?:的)?(?:至少|不少于|不晚于|提前)?{LENGTH}{_NOTE}(?:之内|以内|内|以前|之前|前)?"
)
_COUNTED_BACK = re.compile(
    rf"(?P<event>[^，。；：（）]{{1,30}}?(?:届满|期满|到期|开始|举行|召开|实施|投产|开工|到港|抵港|启运|起运|装运|运输|出口|进口|转移|托运|停产|停业|变更|关闭|终止)(?:之日|日)?的?)"
    rf"(?:至少|不少于)?{LENGTH}(?:以前|之前|前)(?!提(?:下|条件|是))"
)
# 开业30日前, 装车5日前, 拆解作业3个工作日前; not 9月30日前, 每月5日前, 之日起30日前
_EVENT_FIRST = re.compile(
    rf"(?:在|于|自)?(?P<event>[一-鿿]{{2,14}}?)(?<![年月每周季度第近满足少过日起后内前上下本次前约隔])(?:至少|不少于)?{LENGTH}(?:以前|之前|前)(?!提(?:下|条件|是)|年)"
)
# 自接收之日起30日内, 发货后10个工作日内, 30日内, 15个工作日以内
_WITHIN = re.compile(
    rf"{LENGTH}{_NOTE}(?:的?(?:时间|期限))?(?:之内|以内|内|里(?=[，,完报向提]))(?!部|容|地|蒙|外|控|河)"
)
# 期限为自接收之日起30日, 不超过15个工作日, 限10日
_AT_MOST = re.compile(
    rf"(?:限|限期|(?:期限|时限|时间)(?:为|是|：)?(?:自[^，。；]{{2,24}}起)?|最长|最迟|原则上|起)(?:不得?超过|不晚于|不迟于)?{LENGTH}(?![内前以后])"
)
# 自公布之日起30日后(不得销售)
_AFTER_LENGTH = re.compile(
    rf"(?:自|从)(?P<event>[^，。；：、]{{2,24}}?日)(?:起|之后|后)?(?:满)?{LENGTH}(?:之后|以后|后|起)(?!内)"
)
_AT_ONCE = re.compile(r"立即|即时|即刻|马上|第一时间|当场|随即|实时")
_SAME_DAY = re.compile(r"(?:当日|当天|同日)(?:内|之内)?")
# 在进口申报时, 于首次登录时: together with the event
_WHILE = re.compile(
    r"(?:在|于)(?P<event>[^，。；：、]{2,20}?(?<![同届及按准即随实临小计])时)(?![间限效段期刻代])(?:，|(?=[一-鿿]))"
)
# 自公布之日起(不再受理): from an event on
_SINCE_EVENT = re.compile(
    r"(?:自|从)(?P<event>[^，。；：、]{2,24}?(?:之日|日))(?:起|开始)(?![^，。；]{0,4}(?:\d|[一二三四五六七八九十]{1,3}(?:个|日|年)))"
)
_NEXT_DAY = re.compile(r"(?<!至)(?:次日|翌日|第二日)(?:内|前|之前)?(?!\d|凌晨|早)")
# 在转移前, 出口前, 投入使用前
_BARE_BEFORE = re.compile(
    r"(?:在|于)?(?P<event>[^，。；：、（）]{2,24}?)(?:之前|以前|前)(?![述款条期端项提置后往景沿列者言三两二\d日月年]|处理)"
)


# (取得)装运前检验证书: the noun of a verb, no time; but 取得许可前，应当
_TAKES = re.compile(r"取得|领取|提交|出具|具备|持有|提供|报送|编制|办理")
_PAPER = re.compile(
    r"(?:检[验测查]|试验|审查|评估|鉴定|预)[^，。；]{0,4}(?:报告|证书|证明|单|结果)"
)
_ENDS_TIME = re.compile(r"[，、。；：应须需不可必完向将按办报取对进开再先与把]|$")


def advance(text: str) -> list[TimeSpan]:
    found = []
    for pattern in (_ADVANCE, _BEFORE, _COUNTED_BACK, _EVENT_FIRST):
        for match in pattern.finditer(text):
            length = duration_of(match)
            event_text = match.groupdict().get("event")
            if length is None or (event_text and not is_event(event_text)):
                continue
            if pattern is _ADVANCE:
                event_text = condition_before(
                    text[max(0, match.start() - LOOKS_BACK) : match.start()]
                )
            else:
                event_text = clean_event(event_text or "")
            when = When(
                relation=TimeRelation.BEFORE, duration=length[0], working_days=length[1],
                event=event_of(event_text), event_text=event_text,
            )  # fmt: skip
            start = (
                match.end("event") - len(event_text or "")
                if pattern is not _ADVANCE
                else match.start()
            )
            found.append(TimeSpan(max(start, match.start()), match.end(), when))
    return found


def within(text: str) -> list[TimeSpan]:
    found = []
    for pattern in (_WITHIN, _AT_MOST):
        for match in pattern.finditer(text):
            length = duration_of(match)
            begin = max(0, match.start() - LOOKS_BACK)
            named = pattern is _AT_MOST and "起" in match[0][: match.start("n") - match.start()]
            left = text[begin : match.start("n") if named else match.start()]
            if length is None or re.search(
                r"(?:近|最近|过去|连续|每|任意|同一|第|\d年|\d月)$", left
            ):
                continue
            event_text, start = event_before(left)
            when = When(
                relation=TimeRelation.WITHIN, duration=length[0], working_days=length[1],
                event=event_of(event_text), event_text=event_text,
            )  # fmt: skip
            first = begin + start if event_text else match.start()
            found.append(TimeSpan(first, match.end(), when))
    return found


def after_length(text: str) -> list[TimeSpan]:
    """自公布之日起30日后 is from a day on that lies a length after the event."""
    found = []
    for match in _AFTER_LENGTH.finditer(text):
        if (length := duration_of(match)) is None:
            continue
        words = clean_event(match["event"])
        when = When(
            relation=TimeRelation.FROM, duration=length[0], working_days=length[1],
            event=event_of(words), event_text=words,
        )  # fmt: skip
        found.append(TimeSpan(match.start(), match.end(), when))
    return found


def near(text: str) -> list[TimeSpan]:
    found = []
    for match in _AT_ONCE.finditer(text):
        if not re.match(r"(?:监控|监测|数据|传输|更新)", text[match.end() :]):
            found.append(TimeSpan(match.start(), match.end(), When(relation=TimeRelation.AT_ONCE)))
    for match in _SAME_DAY.finditer(text):
        words = words_before(text, match.start())
        told = f"{words}{match[0]}" if words else None
        when = When(relation=TimeRelation.AT_ONCE, event=event_of(words), event_text=told)
        found.append(TimeSpan(match.start() - len(words or ""), match.end(), when))
    for match in _NEXT_DAY.finditer(text):
        words = words_before(text, match.start())
        when = When(
            relation=TimeRelation.WITHIN, duration="P1D", event=event_of(words), event_text=words
        )
        found.append(TimeSpan(match.start() - len(words or ""), match.end(), when))
    return found


def around_event(text: str) -> list[TimeSpan]:
    """进口申报时 is at once with the event; 自公布之日起 is from it on."""
    found = []
    for match in _WHILE.finditer(text):
        event = clean_event(match["event"])
        if event is not None and len(event) > 2:
            when = When(relation=TimeRelation.AT_ONCE, event=event_of(event), event_text=event)
            found.append(TimeSpan(match.start(), match.end(), when))
    for match in _SINCE_EVENT.finditer(text):
        words = match["event"]
        when = When(relation=TimeRelation.FROM, event=event_of(words), event_text=words)
        found.append(TimeSpan(match.start(), match.end(), when))
    return found


def bare_before(text: str) -> list[TimeSpan]:
    found = []
    for match in _BARE_BEFORE.finditer(text):
        event = clean_event(match["event"])
        if event is None or len(event) < 2 or not is_event(event) or re.search(r"\d$", event):
            continue
        if _PAPER.match(text, match.end()):
            continue  # 装运前(检测报告)
        led = match.end() >= len(text) - 1  # the modal verb that follows is cut off
        if _TAKES.match(event) and not led and not _ENDS_TIME.match(text, match.end()):
            continue
        when = When(relation=TimeRelation.BEFORE, event=event_of(event), event_text=event)
        found.append(TimeSpan(match.end("event") - len(event), match.end(), when))
    return found
