"""Durations that oblige: 三十日内, 提前24小时, 整改期限三个月, 当日, 每月10日前.

Most durations in a notice are no deadlines (validity, ages, bans, statistics): each form
has its own check of the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from classifier.facts.cues import ACTION_RIGHT, MODAL, trigger_of, who_must
from classifier.facts.numbers import CHINESE, parse_number
from classifier.facts.text import Passage

Item = tuple[int, int, dict[str, Any]]  # start, end, value

_NUM = rf"(?:\d{{1,4}}|{CHINESE})"
_UNIT = (
    r"(?:(?:个)?(?:法定)?工作(?:日|天)|(?:个)?(?:自然|日历)(?:日|天)|日|天|个半月|个月|个星期|个礼拜|星期|周(?!年|期|边|转|末|[一二三四五六日])|"
    r"年|个小时|小时|分钟|个季度)"
)
_DUR = (
    rf"(?:(?P<from>{_NUM})(?:个)?(?:工作日|日|天)?(?:至|到|-|或者|或|~))?"
    rf"(?P<n>{_NUM}|半)(?:（\d{{1,4}}）)?(?P<u>{_UNIT}|月(?=[内之以]))(?P<half>半)?(?P<wd>（(?:个)?工作日）)?"
)
_NOTE = r"(?:（[^（）]{0,30}）)?"
_WITHIN = re.compile(
    rf"{_DUR}{_NOTE}(?:的?时间|的?期限)?(?:之内|以内|内|里(?=[，,完报向提]))(?!部|容|地|蒙|外|控|河)"
)
_ADVANCE = re.compile(rf"(?:提前|提早)(?:至少|不少于|不得少于|不晚于|最少)?{_DUR}(?:以上)?")
_BEFORE = re.compile(rf"{_DUR}{_NOTE}(?:以前|之前|前)")
_EVENT_BEFORE = re.compile(
    rf"(?P<event>[一-鿿]{{2}})(?<![目以此日之提年月])(?:日|之日)?(?:之)?前"
    rf"(?:至少|不少于|不晚于|提前|的)?{_DUR}(?!内|以内|之内|前|后|的|间)"
)
_TERM_HEAD = (
    r"(?:公示|公告|异议|反馈|整改|改正|办理|办结|审核|审批|审查|受理|核查|评审|填报|报送|上报|申报|补录|完成|处理|缴纳|缴款|"
    r"征求意见|征集意见|意见征集|公开征求意见|征集|过渡|宽限|报告|提交|移交|核实|备案|登记|更新|上传|答复|回复|反映|履行|"
    r"公众参与|回收|提货|转移|处置|清运|注销|申请|审验|验收|整治|告知|复核|申诉|复议|起诉|法定|承诺办理)"
)
_TERM = re.compile(
    rf"(?:{_TERM_HEAD}(?:的)?(?:期限|时限|时间|周期|期)|(?<![效存用贮证保任役款租贴助])(?:期限|时限))(?:一般|原则上|最长|均|统一|应|应当|可以)*"
    rf"(?:为|是|定为|设为|确定为|调整为|改为|：|:|不超过|不得超过|不多于|最长不超过|不应超过|设置)*(?:自[^，。；]{{2,24}}(?:之日)?起)?{_DUR}"
)
_NOTICE_TERM = re.compile(
    rf"(?:公示|征求意见|征集意见)(?:时间|期)?(?:为期)?(?:不少于|不得少于)?{_DUR}(?!后|前|内|以内|之内)"
)
_AFTER_EVENT = re.compile(rf"(?:之日起|日起|后){_DUR}(?=[。；）]|$)")
_LIMIT = re.compile(
    rf"(?:限期|(?<![期时年权])限|责令限期|须于|责令)(?:在)?{_DUR}(?!内|以内|之内|前|后)"
)
_PERIOD = re.compile(
    rf"(?:设置|给予|预留|设|留出|留有|有)(?:了)?{_DUR}(?:的)?(?:过渡期|整改期|宽限期|缓冲期)"
)
_SAME_DAY = re.compile(
    r"(?P<word>(?:[一-鿿]{0,12}?)(?:当日|当天|同日|即日))(?P<in>内|之内|将|把|即|完成|报送|填报|登记|上传|录入|上报|办结|向|通过|在|予以|办理|移交|送|报告|提交|告知|通知|公布|公开|上网|反馈)"
)
_DONE = ("完成", "办理", "办结", "报送", "填报", "上传", "内", "之内")
_NEXT_DAY = re.compile(
    r"(?:次日|第二日|第二天|翌日|次一工作日|次一个工作日|下一个?工作日)(?:\d{1,2}(?:时|点|[:：]\d\d))?(?:内|之前|以前|前)"
)
_MONTHLY = re.compile(
    r"(?P<every>每月|次月|每(?:个)?季度(?:的)?(?:首月|第一个月|末月|最后一个月)|每季(?:首月|末月)|季度首月|每个月|下(?:一)?季度首月|每月的)"
    r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?:以前|之前|前)"
)
_NOT_LEFT = re.compile(
    r"(?:近|最近|过去|此前|之前|连续|每|每隔|任意|任一|同一|满|超过|逾|达到|每个|长达|第|前\S{0,2}年|约|保质|追溯|逾期)$"
)
_PLAN_LEFT = re.compile(
    r"(?:计划|预计|力争|有望|预期|争取|约定|用了?|耗时|历时|目标|承诺在|签约|拟用|将用)(?:在|于|用)?$"
)
_BAN_RIGHT = re.compile(
    r"^[，,]?(?:[^，。；]{0,12}?)(?:不得|不受理|不再|不予|不准|禁止|不接受|不允许|不能|不享受|不安排|不办理|不列入|不授予|不给予|不应|不宜|不会|限制|取消|暂停|停止(?:受理|申报)|终身|无|未|没有|从未|均未|不重复)"
)
_COUNT_RIGHT = re.compile(
    r"^[，,]?(?:有效|累计|再次|又|曾|发生|受到|被处|被行政|出现|因同|两次|二次|三次|多次|连续|平均|共|已|重复|担任|从事|实施同|保持|免费|建成|达到|达|实现|新增|增长|翻|形成|培育|打造|投资|采购|供应|供货|生产(?!企业|者|单位|厂)|关停|查处|查获|查证|销售(?!企业|者|单位))"
)
_DATE_LEFT = re.compile(r"(?:\d|[一二三四五六七八九十])月(?:份)?$|年$|第$|\d[.:/-]$|[至到-]$")
_LOOK_BACK = re.compile(r"(?<!届满)(?<!期满)(?<!到期)(?<!届满之日)前$|(?:时间|日期)在$")
_REPORTED = re.compile(r"\d+(?:余)?(?:批次|起|家|吨|件|处|人次|辆|个型号)")
BARE_DURATION = re.compile(rf"(?:[^，。；]{{0,30}}?(?:后|起))?{_DUR}")


def find_durations(passage: Passage) -> list[Item]:
    """All durations of a passage that oblige someone, in order."""
    found = [*_lengths(passage), *_days(passage), *_monthly(passage)]
    return sorted(found, key=lambda item: item[0])


def _lengths(passage: Passage) -> Iterator[Item]:
    taken: set[int] = set()
    for pattern, accept in _READERS:
        for match in pattern.finditer(passage.text):
            span = range(match.start("n"), match.end("u"))
            if not taken.isdisjoint(span):
                continue
            value = duration_value(match)
            if value is None or not accept(passage, match):
                continue
            taken.update(span)
            yield match.start(), match.end(), value | _around(passage, match, pattern)


def _days(passage: Passage) -> Iterator[Item]:
    """当日 and 次日前."""
    for match in _NEXT_DAY.finditer(passage.text):
        if MODAL.search(passage.preceding(match.start(), 80)):
            value = {"duration": "P1D", "working_days": "工作" in match[0]}
            yield match.start(), match.end(), value | who_must(passage, match.start())
    for match in _SAME_DAY.finditer(passage.text):
        if _accept_same_day(passage, match):
            value = {"duration": "P0D", "working_days": False}
            yield match.start(), match.end("word"), value | who_must(passage, match.start())


def duration_value(match: re.Match[str]) -> dict[str, Any] | None:
    """The ISO 8601 value in the text's own unit; None if the number is no duration."""
    number, unit = match["n"], match["u"]
    half = bool(match["half"])
    count = 0 if number == "半" else int(parse_number(number) or 0)
    if number != "半" and (count <= 0 or (unit == "年" and count > 100) or count > 3660):
        return None
    working = "工作" in unit or bool(match["wd"])
    iso = _iso(number == "半", count, unit, half)
    return {"duration": iso, "working_days": working} if iso else None


def _iso(only_half: bool, count: int, unit: str, half: bool) -> str | None:
    if unit in ("年",):
        return "P6M" if only_half else (f"P{count * 12 + 6}M" if half else f"P{count}Y")
    if unit == "个半月":
        return f"P{count * 30 + 15}D"
    if unit in ("个月", "月"):
        return "P15D" if only_half else f"P{count}M"
    if unit in ("个星期", "个礼拜", "星期", "周"):
        return None if only_half else f"P{count}W"
    if unit in ("个小时", "小时"):
        return "PT30M" if only_half else f"PT{count}H"
    if unit == "分钟":
        return f"PT{count}M"
    if unit == "个季度":
        return f"P{count * 3}M"
    if unit in ("日", "天") and only_half:
        return "PT12H"
    return f"P{count}D"


def _date_like(text: str, start: int) -> bool:
    """Whether 15日 belongs to a date (3月15日) or an ordinal, not to a duration."""
    return bool(_DATE_LEFT.search(text[max(0, start - 6) : start]))


def _accept_within(passage: Passage, match: re.Match[str]) -> bool:
    text = passage.text
    if match["u"] == "月" or _date_like(text, match.start()):
        return False
    sentence_left = passage.preceding(match.start(), 160)
    right = text[match.end() : match.end() + 40]
    if right.startswith("的") and not right.startswith("的，"):
        return False
    if match["u"] in ("年", "个月") and _LOOK_BACK.search(sentence_left):
        return False
    if _NOT_LEFT.search(sentence_left) and not re.search(r"起满$|不(?:得|应)?超过$", sentence_left):
        return False
    if _BAN_RIGHT.match(right.split("，")[0]) or re.match(
        r"^[，,][^，。；]{0,10}(?:不得|不受理|不予|不再|禁止|暂停)|[^。；]{0,30}(?:不能再次|不得再次|不得重复)",
        right,
    ):
        return False
    modal = bool(MODAL.search(sentence_left[-80:]))
    if _COUNT_RIGHT.match(right) and not (modal and re.match(r"^(?:达到|实现|建成|停止)", right)):
        return False
    if _PLAN_LEFT.search(sentence_left) and not re.search(r"应|须|必须", sentence_left[-40:]):
        return False
    triggered = bool(
        re.search(
            r"(?:起|后|之前|前|届满|终了|结束|时|的[，,])(?:的)?(?:[，,])?(?:应当|应|须|需|可以|可|必须)?(?:在|于)?(?:各|分别)?$",
            sentence_left,
        )
    )
    if triggered or modal:
        return True
    return bool(ACTION_RIGHT.match(right)) and not _REPORTED.search(right)


def _accept_term(passage: Passage, match: re.Match[str]) -> bool:
    left = passage.text[max(0, match.start() - 14) : match.start()]
    if re.search(
        r"有效|保存|贮存|使用|质保|保修|试行|服役|保管|延长|许可|合同|追溯|项目|处罚|任职|施工|建设|租赁|折旧$",
        left,
    ):
        return False
    if match["u"] == "年" and re.match(r"期限|时限", match[0]):
        return False  # 期限五年: how long a measure lasts
    right = passage.text[match.end() : match.end() + 4]
    return not right.startswith(("以上的", "一次"))


def _accept_after_event(passage: Passage, match: re.Match[str]) -> bool:
    """报送时限：合格证上传后15个工作日, without 内."""
    left = passage.preceding(match.start(), 40)
    return bool(re.search(r"(?<!有效)(?<!保存)(?:时限|期限)(?:要求|规定)?(?:为|：|:)", left))


def _accept_limit(passage: Passage, match: re.Match[str]) -> bool:
    if _date_like(passage.text, match.start("n")):
        return False
    right = passage.text[match.end() : match.end() + 8]
    return bool(re.match(r"(?:完成|整改|改正|补|清|办|提交|报|停|拆|恢复|到位|，)", right))


def _accept_advance(passage: Passage, match: re.Match[str]) -> bool:
    left = passage.preceding(match.start(), 80)
    right = passage.text[match.end() : match.end() + 6]
    if re.match(r"(?:完成|实现|达标|达到|投产|建成)", right) or _date_like(
        passage.text, match.start("n")
    ):
        return False
    return bool(MODAL.search(left)) or bool(
        re.match(r"(?:向|报|通知|告知|申|提|将|书面|公|在|以|到|通过)", right)
    )


def _accept_event(passage: Passage, match: re.Match[str]) -> bool:
    """托运前48小时告知: so long before an event, without 内."""
    if match["u"] == "年" or match["event"].endswith(("近", "当", "先", "空", "事", "生")):
        return False
    right = passage.text[match.end() : match.end() + 24]
    modal = MODAL.search(passage.preceding(match.start(), 80))
    return bool(modal and (ACTION_RIGHT.match(right) or re.match(r"[，,]|$", right)))


def _accept_before(passage: Passage, match: re.Match[str]) -> bool:
    """三十日前 after an event; a bare 20日前 is a day of some month and no duration."""
    text = passage.text
    if _date_like(text, match.start()) or match["u"] in ("年",):
        return False
    left = passage.preceding(match.start(), 80)
    if re.search(
        r"(?:每月|本月|下月|次月|当月|首月|末月|上月|每季度?|各月|个月|月的|近|大约|约|早在)$", left
    ):
        return False
    event = re.search(
        r"(?:届满|期满|到期|实施|施行|开工|投产|启运|运输|转移|举行|召开|开始|停用|变更|施工|出口|进口|会议|活动|关闭|停产|发货|作业|拆除|入境|出境)(?:日|之日|的)?$|(?:举行|召开|开展)[一-鿿]{1,8}的?$",
        left,
    )
    exact = match["u"] not in ("日", "天")
    if event and re.search(r"应|须|需|可以|请", text[match.end() : match.end() + 30]):
        return True
    return bool(MODAL.search(left)) and bool(
        event or (exact and re.search(r"[一-鿿]$", left) and not left.endswith(("于", "在")))
    )


def _accept_same_day(passage: Passage, match: re.Match[str]) -> bool:
    left = passage.preceding(match.start("in"), 80)
    word = match["word"]
    if word.endswith("即日") or re.search(
        r"(?:节|活动|签约|会议|事发|事故|案发)(?:当日|当天)$", word
    ):
        return False
    if (
        re.search(r"(?:后|的|之日|接收|入库|出库|收到)(?:的)?(?:当日|当天)$", word)
        and match["in"] in _DONE
    ):
        return True
    return bool(re.search(r"应|须|需|必须|务必|请|要求|责令|要", left))


def _monthly(passage: Passage) -> Iterator[Item]:
    """每月10日前: so many days from the start of each month."""
    for match in _MONTHLY.finditer(passage.text):
        day = int(parse_number(match["n"]) or 0)
        if 1 <= day <= 31:
            value: dict[str, Any] = {
                "duration": f"P{day}D",
                "working_days": False,
                "trigger": match["every"],
            }
            yield match.start(), match.end(), value | who_must(passage, match.start())


def _around(passage: Passage, match: re.Match[str], pattern: re.Pattern[str]) -> dict[str, str]:
    extra: dict[str, str] = {}
    left = passage.preceding(match.start(), 120)
    clause = re.split(r"[；：]", left)[-1]
    if pattern in (_WITHIN, _BEFORE) and (trigger := trigger_of(clause)):
        extra["trigger"] = trigger + (
            "前" if pattern is _BEFORE and not trigger.endswith("前") else ""
        )
    elif pattern is _EVENT_BEFORE:
        extra["trigger"] = match["event"] + "前"
    elif pattern is _NOTICE_TERM or (pattern is _TERM and match[0].startswith(("公示", "公告"))):
        extra["trigger"] = "公示"
    return extra | who_must(passage, match.start())


_READERS = (
    (_WITHIN, _accept_within),
    (_TERM, _accept_term),
    (_NOTICE_TERM, _accept_term),
    (_PERIOD, _accept_term),
    (_LIMIT, _accept_limit),
    (_AFTER_EVENT, _accept_after_event),
    (_ADVANCE, _accept_advance),
    (_EVENT_BEFORE, _accept_event),
    (_BEFORE, _accept_before),
)
