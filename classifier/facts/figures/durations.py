"""Durations that oblige: 三十日内, 提前24小时, 整改期限三个月, 当日, 每月10日前.

Most durations in a notice are no deadlines (validity, ages, bans, statistics): each form
has its own check of the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from classifier.facts.cues import ACTION_RIGHT, MODAL, trigger_of, who_must
from classifier.facts.figures.lengths import LENGTH, PLAIN_LENGTH, duration_value
from classifier.facts.recurring import Item, find_monthly, find_near_days
from classifier.facts.sentences import FactPassage
from domain.records.fact_values import DeadlineValue

_NOTE = r"(?:（[^（）]{0,30}）)?"
# e.g. 三十日内
_WITHIN = re.compile(
    rf"{LENGTH}{_NOTE}(?:的?时间|的?期限|的?(?:过渡|宽限|缓冲|整改)期)?(?:之内|以内|内|里(?=[，,完报向提]))(?!部|容|地|蒙|外|控|河)"
)
# e.g. 提前24小时
_ADVANCE = re.compile(rf"(?:提前|提早)(?:至少|不少于|不得少于|不晚于|最少)?{LENGTH}(?:以上)?")
_BEFORE = re.compile(rf"{LENGTH}{_NOTE}(?:以前|之前|前)")
# e.g. 托运前48小时
_EVENT_BEFORE = re.compile(
    rf"(?P<event>[一-鿿]{{2}})(?<![目以此日之提年月])(?:日|之日)?(?:之)?前"
    rf"(?:至少|不少于|不晚于|提前|的)?{LENGTH}(?!内|以内|之内|前|后|的|间)"
)
# e.g. 整改
_TERM_HEAD = (
    r"(?:公示|公告|异议|反馈|整改|改正|办理|办结|审核|审批|审查|受理|核查|评审|填报|报送|上报|申报|补录|完成|处理|缴纳|缴款|"
    r"征求意见|征集意见|意见征集|公开征求意见|征集|过渡|宽限|报告|提交|移交|核实|备案|登记|更新|上传|答复|回复|反映|履行|"
    r"公众参与|回收|提货|转移|处置|清运|注销|申请|审验|验收|整治|告知|复核|申诉|复议|起诉|法定|承诺办理)"
)
# e.g. 整改期限为三个月
_TERM = re.compile(
    rf"(?:{_TERM_HEAD}(?:的)?(?:期限|时限|时间|周期|期)|(?<![效存用贮证保任役款租贴助产业])(?:期限|时限))(?:一般|原则上|最长|均|统一|应|应当|可以)*"
    rf"(?:由{PLAIN_LENGTH})?(?:为|是|定为|设为|确定为|(?:调整|压缩|缩短|缩减|延长|放宽)(?:为|至|到)|改为|：|:|不超过|不得超过|不多于|最长不超过|不应超过|设置)*(?:自[^，。；]{{2,24}}(?:之日)?起)?{LENGTH}"
)
# 最迟不得超过1小时, 原则上不超过15个工作日办结, 自接到通知之日起不超过10日完成
_AT_MOST = re.compile(
    rf"(?:(?P<most>最长|最迟|最晚|至迟)(?:应|须|应当|可|在|于|至)*|(?P<about>原则上|一般|起|应当|应|须)(?:在)?)?"
    rf"(?:不|不得|不应|不能|不可)(?:超过|晚于|迟于|多于){LENGTH}"
)
# e.g. 最迟应在入库后24小时
_LATEST = re.compile(rf"(?:最迟|最晚|至迟)(?:应|须|应当|在|于|不晚于)*[^，。；]{{0,16}}?后{LENGTH}")
# e.g. 公示期7个工作日
_NOTICE_TERM = re.compile(
    rf"(?:公示|征求意见|征集意见)(?:时间|期)?(?:[，,]?为期)?{LENGTH}(?!后|前|内|以内|之内)"
)
# 初审十个工作日，: a step of a procedure with its length
_STEP = re.compile(
    rf"(?<!后)(?:初审|复审|复核|审核|审查|审批|受理|核查|评审|办结|决定|批复|初核){LENGTH}(?=[，。；、）]|$)"
)
# e.g. 之日起15个工作日。
_AFTER_EVENT = re.compile(rf"(?:之日起|日起|后){LENGTH}(?=[。；）]|$)")
# e.g. 限期15日
_LIMIT = re.compile(
    rf"(?:限期|限时|(?<![期时年权])限|责令限期|须于|责令)(?:在)?{LENGTH}(?!内|以内|之内|前|后)"
)
# e.g. 设置为期六个月的过渡期
_PERIOD = re.compile(
    rf"(?:设置|设立|设定|给予|预留|设|留出|留有|有|安排)(?:了)?(?:[^，。；\d]{{0,6}}?)(?:为期)?{LENGTH}(?:的)?(?:整改)?(?:过渡期|整改期限?|宽限期|缓冲期)"
)
# e.g. 连续
_NOT_LEFT = re.compile(
    r"(?:近|最近|过去|此前|之前|连续|每|每隔|任意|任一|同一|满|超过|逾|达到|每个|长达|第|前\S{0,2}年|约|保质|追溯|逾期|前后)$"
)
_COMPARED = re.compile(r"(?:比|较)[^，。；]{1,24}$")  # 比国家规定提前5天
# e.g. 力争在
_PLAN_LEFT = re.compile(
    r"(?:计划|预计|力争|有望|预期|争取|约定|用了?|耗时|历时|目标|承诺在|签约|拟用|将用)(?:在|于|用)?$"
)
# e.g. 不得再次申请
_BAN_RIGHT = re.compile(
    r"^(?:[^，。；]{0,12}?)(?P<ban>不得|不受理|不再|不予|不准|禁止|不接受|不允许|不能|不享受|不安排|不办理|不列入|不授予|不给予|不应|不宜|不会|限制|取消|暂停|停止(?:受理|申报)|终身|无|未|没有|从未|均未|不重复)"
)
# e.g. ，企业不得
_BAN_NEXT = re.compile(r"[^，。；]{0,10}(?P<ban>不得|不受理|不予|不再|禁止|暂停)")
# 作出受理或者不予受理的决定, 告知不予备案的理由: the ban is what is decided, not the duty
_DECIDES = re.compile(
    r"(?:或者?|是否|及|和|、)$|作出|出具|告知|通知|决定|回复|答复|说明|对[^，。；]{0,6}$"
)
# 十日内未提出异议的，视为同意: the period in which one may or must act
_OMITTED = re.compile(
    r"^(?:仍|均|既)?(?:未|不(?!能)|没有)(?:予|予以|按[^，。；]{0,8}|依法|书面|如实)?"
    r"(?:提出|提交|答复|办理|完成|缴纳|申请|反馈|整改|改正|报送|履行|补正|补交|补办|告知|作出|回复|确认|领取|移交|清运|申报|上传|填报)"
    r"[^，。；]{0,12}的"
)
# “30日内”改为“15个工作日内”: the new words of an amendment
_NEW_WORDS = re.compile(r"(?:改|修订|调整|变更|缩短|延长|替换)[为成至][:：]?[“「\"]$")
# e.g. 累计两次
_COUNT_RIGHT = re.compile(
    r"^[，,]?(?:有效|累计|再次|又|曾|发生|受到|被处|被行政|出现|因同|两次|二次|三次|多次|连续|平均|共|已|重复|担任|从事|实施同|保持|免(?!除)|建成|达到|达|实现|新增|增长|翻|形成|培育|打造|投资|采购|供应|供货|生产(?!企业|者|单位|厂)|关停|查处|查获|查证|销售(?!企业|者|单位))"
)
_BOUND_RIGHT = re.compile(r"达到|达标|实现|建成|停止|查处|查证|关停")  # a duty where one is bound
# e.g. 3月
_DATE_LEFT = re.compile(r"(?:\d|[一二三四五六七八九十])月(?:份)?$|年$|第$|\d[.:/-]$|[至到-]$")
_ITEM_LEFT = re.compile(r"(?:^|[；。：\n])\d{1,2}\.$")  # the number of an item: 2.24小时内
# e.g. 申请前
_LOOK_BACK = re.compile(r"(?<!届满)(?<!期满)(?<!到期)(?<!届满之日)前$|(?:时间|日期)在$")
# What one counts back from: 运输前2日, 有效期届满三十日前
_EVENT = re.compile(
    r"(?:届满|期满|到期|实施|施行|开工|投产|启运|运输|转移|举行|召开|开始|停用|变更|施工|出口|进口|会议|活动|关闭|停产|发货|作业|拆除|入境|出境|"
    r"拆解|转运|装车|到港|抵达|到达|托运|装运|启用|终止|停业|离境|进境)(?:日|之日|的)?$|(?:举行|召开|开展)[一-鿿]{1,8}的?$"
)
# e.g. 保存
_KEPT = re.compile(
    r"有效|保存|保管|留存|贮存|存放|储存|停放|停留|静置|间隔|暂存|使用|租赁|借用|充电|放电|停产|停业|暂停|堆存"
)
# e.g. 审查
_HANDLED = re.compile(
    r"延长|检测|完成|移交|决定|受理|审查|审核|审批|办理|整改|报告|答复|公示|处理|时限|期限|核查|评审|检验|鉴定"
)
# e.g. 完成整改
_COMPLETES = re.compile(
    r"^(?:的?(?:时间|期限)内)?(?:内)?(?:完成|办结|报告|上报|报送|提交|作出|做出|出具|审结|答复|反馈|处理|整改|移交|录入|公布|通知|缴纳|填报|备案)"
)
# e.g. 处理12批次
_REPORTED = re.compile(r"\d+(?:余)?(?:批次|起|家|吨|件|处|人次|辆|个型号)")
# e.g. 入库后15个工作日
BARE_DURATION = re.compile(rf"(?:[^，。；]{{0,30}}?(?:后|起))?{LENGTH}")


def find_durations(passage: FactPassage) -> list[Item]:
    """All durations of a passage that oblige someone, in order."""
    found = [*_lengths(passage), *find_near_days(passage), *find_monthly(passage)]
    return sorted(found, key=lambda item: item[0])


def _lengths(passage: FactPassage) -> Iterator[Item]:
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
            yield match.start(), match.end(), _around(value, passage, match, pattern)


def _date_like(text: str, start: int) -> bool:
    """Whether 15日 belongs to a date (3月15日) or an ordinal, not to a duration."""
    left = text[max(0, start - 6) : start]
    return bool(_DATE_LEFT.search(left)) and not _ITEM_LEFT.search(left)


def _accept_within(passage: FactPassage, match: re.Match[str]) -> bool:
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
    if match["u"] not in ("年", "个月") and _binds_alone(sentence_left, right):
        return True
    if _forbids(right):
        return False
    modal = bool(MODAL.search(sentence_left[-80:]))
    if _counts_or_plans(sentence_left, right, modal=modal):
        return False
    triggered = bool(
        re.search(
            r"(?:起|后|之前|前|届满|终了|结束|时|的[，,])(?:的)?(?:[，,])?(?:应当|应|须|需|可以|可|必须)?(?:在|于)?(?:各|分别)?$",
            sentence_left,
        )
    )
    if triggered or modal:
        return True
    if match["u"] == "年":
        return False  # 三年内完成三十项标准: an aim
    return bool(ACTION_RIGHT.match(right)) and not _REPORTED.search(right)


def _binds_alone(left: str, right: str) -> bool:
    """Whether the period obliges without a modal verb: 十日内未提出异议的, 改为“十日内”."""
    new_words = _NEW_WORDS.search(left) and right.startswith(("”", "」", '"'))
    return bool(new_words or _OMITTED.match(right))


def _counts_or_plans(left: str, right: str, *, modal: bool) -> bool:
    """Whether the period only counts (三年内累计两次) or is an aim (力争三年内建成)."""
    bound = modal or re.search(r"之日起$", left)
    if _COUNT_RIGHT.match(right) and not (bound and _BOUND_RIGHT.match(right)):
        return True
    return bool(_PLAN_LEFT.search(left)) and not re.search(r"应|须", left.split("；")[-1])


def _forbids(right: str) -> bool:
    """Whether the period is one of a ban: 两年内不得再次申请, but not 五日内作出不予受理的决定."""
    clause = right.lstrip("，,").split("，")[0]
    ban = _BAN_RIGHT.match(clause) if not right.startswith(("，", ",")) else _BAN_NEXT.match(clause)
    if ban and not _DECIDES.search(clause[: ban.start("ban")]):
        return True
    return bool(re.match(r"[^。；]{0,30}(?:不能再次|不得再次|不得重复)", right))


def _accept_period(passage: FactPassage, match: re.Match[str]) -> bool:
    """给予六个月过渡期; not 可给予六个月过渡期, which someone may do."""
    left = passage.text[max(0, match.start() - 8) : match.start("n")]
    may = re.search(r"(?:可以?|酌情|视情况?|适当)(?:给予|设置?|设立|安排|预留|留出)", left)
    return not may and _accept_term(passage, match)


def _accept_term(passage: FactPassage, match: re.Match[str]) -> bool:
    left = passage.text[max(0, match.start() - 14) : match.start()]
    if re.search(
        r"有效|保存|贮存|使用|质保|保修|试行|服役|保管|延长|许可|合同|追溯|项目|处罚|任职|施工|建设|租赁|折旧$",
        left,
    ):
        return False
    if match["u"] == "年" and re.match(r"期限|时限|公示|公告", match[0]):
        return False  # 期限五年: how long a measure lasts
    right = passage.text[match.end() : match.end() + 4]
    return not right.startswith(("以上的", "一次"))


def _accept_after_event(passage: FactPassage, match: re.Match[str]) -> bool:
    """报送时限：合格证上传后15个工作日, without 内."""
    left = passage.preceding(match.start(), 40)
    return bool(re.search(r"(?<!有效)(?<!保存)(?:时限|期限)(?:要求|规定)?(?:为|：|:)", left))


def _accept_at_most(passage: FactPassage, match: re.Match[str]) -> bool:
    left = passage.preceding(match.start(), 40)
    if _KEPT.search(left[-24:]) or _date_like(passage.text, match.start("n")):
        return False
    if match["most"] in ("最迟", "最晚", "至迟"):
        return True
    right = passage.text[match.end() : match.end() + 8]
    if _COMPLETES.match(right):
        return bool(match["most"] or match["about"])
    return match["most"] == "最长" and bool(_HANDLED.search(left))


def _accept_step(_: FactPassage, match: re.Match[str]) -> bool:
    return "工作" in match["u"]


def _accept_latest(passage: FactPassage, match: re.Match[str]) -> bool:
    return not re.match(r"内|之内|以内|前", passage.text[match.end() :])


def _accept_limit(passage: FactPassage, match: re.Match[str]) -> bool:
    if _date_like(passage.text, match.start("n")):
        return False
    right = passage.text[match.end() : match.end() + 8]
    return bool(re.match(r"(?:完成|整改|改正|补|清|办|提交|报|停|拆|恢复|到位|，)", right))


def _accept_advance(passage: FactPassage, match: re.Match[str]) -> bool:
    left = passage.preceding(match.start(), 80)
    right = passage.text[match.end() : match.end() + 6]
    if re.match(r"(?:完成|实现|达标|达到|投产|建成)", right) or _date_like(
        passage.text, match.start("n")
    ):
        return False
    if _COMPARED.search(left):
        return False
    return bool(MODAL.search(left)) or bool(
        re.match(r"(?:向|报|通知|告知|申|提|将|书面|公|在|以|到|通过)", right)
    )


def _accept_event(passage: FactPassage, match: re.Match[str]) -> bool:
    """托运前48小时告知: so long before an event, without 内."""
    if match["u"] == "年" or match["event"].endswith(("近", "当", "先", "空", "事", "生")):
        return False
    right = passage.text[match.end() : match.end() + 24]
    modal = MODAL.search(passage.preceding(match.start(), 80))
    if modal and (ACTION_RIGHT.match(right) or re.match(r"[，,]|$", right)):
        return True
    if re.match(r"(?:[，,][^，。；]{0,20}?)?(?:应|须|需)", right):
        return True
    return bool(_EVENT.search(match["event"]) and re.match(r"[^。；]{0,16}?(?:应|须|需)", right))


def _accept_before(passage: FactPassage, match: re.Match[str]) -> bool:
    """三十日前 after an event; a bare 20日前 is a day of some month and no duration."""
    text = passage.text
    if _date_like(text, match.start()) or match["u"] in ("年",):
        return False
    left = passage.preceding(match.start(), 80)
    if re.search(
        r"(?:每月|本月|下月|次月|当月|首月|末月|上月|每季度?|各月|个月|月的|近|大约|约|早在)$", left
    ):
        return False
    event = _EVENT.search(left)
    exact = match["u"] not in ("日", "天")
    if event and re.search(r"应|须|需|可以|请", text[match.end() : match.end() + 30]):
        return True
    return bool(MODAL.search(left)) and bool(
        event or (exact and re.search(r"[一-鿿]$", left) and not left.endswith(("于", "在")))
    )


def _around(
    value: DeadlineValue, passage: FactPassage, match: re.Match[str], pattern: re.Pattern[str]
) -> DeadlineValue:
    """The value with who must act and from when the period runs."""
    trigger = _trigger(passage, match, pattern)
    return replace(value, trigger=trigger or None, who=who_must(passage, match.start()))


def _trigger(passage: FactPassage, match: re.Match[str], pattern: re.Pattern[str]) -> str:
    left = passage.preceding(match.start(), 120)
    clause = re.split(r"[；：]", left)[-1]
    if pattern in (_WITHIN, _BEFORE) and (trigger := trigger_of(clause)):
        before = pattern is _BEFORE and not trigger.endswith("前")
        return trigger + ("前" if before else "")
    if pattern is _EVENT_BEFORE:
        return match["event"] + "前"
    if pattern is _NOTICE_TERM or (pattern is _TERM and match[0].startswith(("公示", "公告"))):
        return "公示"
    return ""


_READERS = (
    (_WITHIN, _accept_within),
    (_TERM, _accept_term),
    (_AT_MOST, _accept_at_most),
    (_LATEST, _accept_latest),
    (_STEP, _accept_step),
    (_NOTICE_TERM, _accept_term),
    (_PERIOD, _accept_period),
    (_LIMIT, _accept_limit),
    (_AFTER_EVENT, _accept_after_event),
    (_ADVANCE, _accept_advance),
    (_EVENT_BEFORE, _accept_event),
    (_BEFORE, _accept_before),
)
