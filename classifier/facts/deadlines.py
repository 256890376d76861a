"""Deadlines: how long after what, until which day, or by which day of each year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from archive.records import Fact, FactKind
from classifier.facts.dates import Found, add_months, find_dates
from classifier.facts.document import Document, make_fact
from classifier.facts.numbers import CHINESE, parse_number
from classifier.facts.text import Passage
from classifier.facts.validity import comment_date, is_expiry_date

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
_NOTICE_TERM = re.compile(rf"公示(?:时间|期)?(?:不少于|不得少于)?{_DUR}(?!后|前|内|以内|之内)")
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
_YEARLY_WORD = re.compile(r"每年度?(?:的)?$")
_DATE_BEFORE = re.compile(
    r"^(?:[，,]?（[^（）]{0,14}）)?(?:下班|中午|晚上|当天|日终|零时)?(?:以前|之前|前|止(?!付)|截止|终了前|为止)"
)
_DATE_LEAD = re.compile(
    r"(?:截止(?:时间|日期|日|期限)?|截至(?:时间|日期)?|最迟(?:于|在|不晚于|应于)?|不晚于|不迟于|不得晚于|不得迟于|延期至|延长至|顺延至|延至|推迟至|"
    r"过渡期(?:限)?(?:截止)?(?:至|到)|整改期(?:限)?至|期限至|限于|限)(?:为|是|到|至|：|:|于){0,2}$"
)
_VALID = re.compile(r"(?:以前|之前|前)?(?:继续|均)?有效")
_VALIDITY_LEFT = re.compile(
    r"(?:有效期?限?|试行期?|施行|实施期?|执行期?|生效)(?:限|期限)?(?:为|：|:)?(?:至|到|截至|延长至)$"
)
_RANGE_LEAD = re.compile(
    r"(?:申报|报名|填报|提交|补录|受理|上报|报送|申请|登记|整改|征集|注册|录入|缴费|缴纳)(?:起止)?(?:材料)?(?:时间|期限|期|日期|阶段)?(?:为|是|：|:|从|自|于)*(?:(?:即日|[^，。；]{0,8}之日)起至)?$"
)
_STATE_AT = re.compile(
    r"^(?:（[^（）]{0,30}）)?(?:已|(?:生产|出厂|上市|销售|注册|取得|获得|获批|建成|投产|签订|受理|发布|印发|作出|发生|批准|立项|未|进口|办理|购买|交付|制定)"
    r"[^，。；]{0,24}的(?:[，,]|[一-鿿]))"
)
_PAST_LEFT = re.compile(r"(?:已于|已在|曾于|曾在|均已于|已经于|力争|有望|预计|争取)(?:在)?$")
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
_ACTION = (
    r"(?:完成|报告|报送|上报|填报|上传|提交|提出|提供|整改|改正|办理|反馈|补录|补报|补办|补正|补充|备案|移交|更新|作出|做出|申请|登记|公布|公示|公开|"
    r"清理|清运|缴纳|缴清|审核|审查|审批|受理|告知|通知|录入|更换|召回|核实|核查|处理|处置|答复|回复|转运|转移|查明|注销|停止|拆除|搬迁|修复|恢复|"
    r"重新|书面|如实|及时|主动|一次性|向|将|把|到|在|由|予以|依法|按|按照|与|对|以|通过|登录|组织|开展|送|交|报|发|出具|制定|建立|签订|实施|落实|采取|退运|退回|缴|领取|换领|换发|变更|撤销|"
    r"确认|签收|回传|接入|对接|注册|赋码|关联|标注|粘贴|下架|封存|决定|送达|履行|自行|依照|进行|申报|编制|发布|印发|转报|转送|抄送|上网|申诉|起诉|提起|行政复议|陈述|异议|组建|成立|安排|派|启动|关闭|停用|迁移|切换|导入|导出|"
    r"来函|来电|来信|寄|实名|以书面|可|应|须|各|企业|其|省|市|县|设区|主管|相关|有关|生态|工业|市场|海关|给予|解除|归档|到账|修|办结|责令|督促|约谈|开具|改用|退还|返还|支付|出库|入库|运|收)"
)
_ACTION_RIGHT = re.compile(rf"^[，,]?{_ACTION}")
_DATE_LEFT = re.compile(r"(?:\d|[一二三四五六七八九十])月(?:份)?$|年$|第$|\d[.:/-]$|[至到-]$")
_LOOK_BACK = re.compile(r"(?<!届满)(?<!期满)(?<!到期)(?<!届满之日)前$|(?:时间|日期)在$")
_REPORTED = re.compile(r"\d+(?:余)?(?:批次|起|家|吨|件|处|人次|辆|个型号)")
_MODAL = re.compile(
    r"应|须|需|必须|请|责令|限期|务必|要求|可以|可在|可于|可自|有权|由|逾期|不得晚于|要|拟|原则上|负责|将于|实行|履行|决定|告知|义务|规定"
)
_TRIGGER = re.compile(
    r"(?P<trigger>(?:自|从|在|于)?(?:[^，。；：、（）]{1,40}?)(?:之日起|日起|之时起|时起|起|之日后|后|以后|之后|之日|前|届满|终了|结束|时|期间))"
    r"(?:的)?(?:[，,])?(?:应当|应该|应|须|需|必须|要|可以|可|由[^，。；]{2,20})?(?:在|于)?(?:不少于|最长)?$"
)
_TRIGGER_CLEAN = re.compile(
    r"^(?:.*(?:应当|应该|必须|应|须|需|要求|要|请|可以|可|并|且|责令|拟)(?=自|从|在|于|收|接))?(?:在|于)?"
)
_SUBJECT_OF_TRIGGER = re.compile(
    r".{0,24}(?:企业|单位|机构|部门|者|公司|网点|人|方|局|厅)(?:应当|应|须)?(?:在|于|(?=自|从))"
)
_ENTITY = (
    r"[一-鿿A-Za-z]{0,16}?(?:企业|单位|机构|部门|经营者|生产者|网点|公司|个人|进口商|运营商|车主|所有人|委托人|承运人|托运人|"
    r"当事人|申请人|制造商|经销商|厅|局|办公室|委员会|组织|所有者|回收者|利用者|货主|收货人|发货人|业主|电站|场所)"
)
_WHO = re.compile(
    rf"(?:同时|并)?(?:请|由|责令|要求|拟要求|督促)?(?P<who>(?!根据|经|因|为|关于|按照|对|在|将|自|本|我|现|该|如|以|从|未|已列|不|凡|向|被|由|与|其)"
    rf"{_ENTITY}(?:[、和或及与]{{1,2}}(?!其)(?:者)?{_ENTITY})*)"
)
_COMMENT = re.compile(
    r"(?:反馈|提出|提交|发送|报送|反映|寄|发至|来函|来信)?[^，。；]{0,20}(?:意见|建议|异议)"
)
_OFFICE = re.compile(r"(?:初审|审核|评审|审查|处理|审批|复核|论证|核查|办理|推荐|验收|专家)意见")


def read_deadlines(document: Document) -> Iterator[Fact]:
    for passage in document.passages:
        found: list[tuple[int, int, dict[str, Any]]] = []
        _durations(passage, found)
        _monthly(passage, found)
        comments = [item for item in found if _for_comments(passage, item, document)]
        for item in sorted(found, key=lambda entry: entry[0]):
            start, end, value = item
            computed = _comment_end(item, document) if item in comments else None
            if computed is not None:
                yield make_fact(FactKind.COMMENT_DEADLINE, computed, passage, start, end)
            else:
                yield make_fact(FactKind.DEADLINE, value, passage, start, end)
        yield from _dated(passage, document)


# --------------------------------------------------------------------- durations


def _durations(passage: Passage, found: list[tuple[int, int, dict[str, Any]]]) -> None:
    text = passage.text
    readers = (
        (_WITHIN, _accept_within),
        (_TERM, _accept_term),
        (_NOTICE_TERM, _accept_term),
        (_PERIOD, _accept_term),
        (_LIMIT, _accept_limit),
        (_ADVANCE, _accept_advance),
        (_EVENT_BEFORE, _accept_event),
        (_BEFORE, _accept_before),
    )
    taken: list[tuple[int, int]] = []
    for pattern, accept in readers:
        for match in pattern.finditer(text):
            start, end = match.start("n"), match.end("u")
            if any(start < used_end and end > used_start for used_start, used_end in taken):
                continue
            value = duration_value(match)
            if value is None or not accept(passage, match):
                continue
            taken.append((start, end))
            found.append((match.start(), match.end(), value | _around(passage, match, pattern)))
    for match in _NEXT_DAY.finditer(text):
        if _MODAL.search(passage.preceding(match.start(), 80)):
            value = {"duration": "P1D", "working_days": "工作" in match[0]}
            found.append((match.start(), match.end(), value | _who(passage, match.start())))
    for match in _SAME_DAY.finditer(text):
        if _accept_same_day(passage, match):
            value = {"duration": "P0D", "working_days": False}
            found.append(
                (match.start("word"), match.end("word"), value | _who(passage, match.start()))
            )


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
    modal = bool(_MODAL.search(sentence_left[-80:]))
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
    return bool(_ACTION_RIGHT.match(right)) and not _REPORTED.search(right)


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
    return bool(_MODAL.search(left)) or bool(
        re.match(r"(?:向|报|通知|告知|申|提|将|书面|公|在|以|到|通过)", right)
    )


def _accept_event(passage: Passage, match: re.Match[str]) -> bool:
    """托运前48小时告知: so long before an event, without 内."""
    if match["u"] == "年" or match["event"].endswith(("近", "当", "先", "空", "事", "生")):
        return False
    right = passage.text[match.end() : match.end() + 24]
    modal = _MODAL.search(passage.preceding(match.start(), 80))
    return bool(modal and (_ACTION_RIGHT.match(right) or re.match(r"[，,]|$", right)))


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
    return bool(_MODAL.search(left)) and bool(
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


def _monthly(passage: Passage, found: list[tuple[int, int, dict[str, Any]]]) -> None:
    for match in _MONTHLY.finditer(passage.text):
        day = int(parse_number(match["n"]) or 0)
        if 1 <= day <= 31:
            value: dict[str, Any] = {
                "duration": f"P{day}D",
                "working_days": False,
                "trigger": match["every"],
            }
            found.append((match.start(), match.end(), value | _who(passage, match.start())))


# ------------------------------------------------------------- trigger and subject


def _around(passage: Passage, match: re.Match[str], pattern: re.Pattern[str]) -> dict[str, str]:
    extra: dict[str, str] = {}
    left = passage.preceding(match.start(), 120)
    clause = re.split(r"[；：]", left)[-1]
    if pattern in (_WITHIN, _BEFORE) and (trigger := _trigger(clause)):
        extra["trigger"] = trigger + (
            "前" if pattern is _BEFORE and not trigger.endswith("前") else ""
        )
    elif pattern is _EVENT_BEFORE:
        extra["trigger"] = match["event"] + "前"
    elif pattern is _NOTICE_TERM or (pattern is _TERM and match[0].startswith(("公示", "公告"))):
        extra["trigger"] = "公示"
    return extra | _who(passage, match.start())


def _trigger(clause: str) -> str | None:
    last = re.split(r"[，,](?=(?!应当在|应在|应于|须在|应当于)[^，,]*$)", clause)
    piece = last[-1] if last[-1].strip() else (last[-2] if len(last) > 1 else "")
    match = _TRIGGER.search(piece) or (_TRIGGER.search(clause[-60:]) if len(piece) < 6 else None)
    if match is None:
        return None
    trigger = _TRIGGER_CLEAN.sub("", match["trigger"])
    if not trigger.startswith(("自", "从")) and (subject := _SUBJECT_OF_TRIGGER.match(trigger)):
        trigger = trigger[subject.end() :]
    return trigger.strip("，,、的") or None


def _who(passage: Passage, position: int) -> dict[str, str]:
    left = passage.preceding(position, 120)
    left = re.sub(r"^(?:第[^条]{1,8}条|（[^（）]{1,4}）)", "", left.split("；")[-1])
    modal = list(re.finditer(r"应当|应该|必须|应|须|需", left))
    subject = left[: modal[-1].start()] if modal else left
    clauses = [clause for clause in re.split(r"[，,：]", subject) if clause]
    for clause in (*reversed(clauses[-1:]), *clauses[:1]):
        match = _WHO.match(clause)
        if match and len(match["who"]) <= 40:
            return {"who": match["who"]}
    return {}


# ------------------------------------------------------------------ dated deadlines


def _dated(passage: Passage, document: Document) -> Iterator[Fact]:
    text = passage.text
    if (
        "月" not in text
        and "年" not in text
        and "-" not in text
        and "/" not in text
        and "." not in text
    ):
        return
    dates = find_dates(passage, document.years)
    for index, found in enumerate(dates):
        following = dates[index + 1] if index + 1 < len(dates) else None
        end = _deadline_end(text, found, following)
        if end is None or is_expiry_date(text, found) or comment_date(passage, found, document):
            continue
        value = _date_value(passage, found)
        if value is not None:
            yield make_fact(
                FactKind.DEADLINE, value | _who(passage, found.start), passage, found.start, end
            )


def _deadline_end(text: str, found: Found, following: Found | None) -> int | None:
    """Where the words that make a date a deadline end; None if it is none."""
    after = text[found.end : found.end + 40]
    left = text[max(0, found.start - 24) : found.start]
    if _PAST_LEFT.search(left) or _VALIDITY_LEFT.search(left):
        return None
    if found.ranged and after.startswith("止"):
        return found.end if _RANGE_LEAD.search(left) else None
    if _VALID.match(after):
        return None
    if match := _DATE_BEFORE.match(after):
        if _STATE_AT.match(after[match.end() :]) or (
            re.match(r"^(?:瞻|景|沿|期|往|后|提(?!交|出|供|报|请|前))", after[match.end() :])
            and match[0].endswith("前")
        ):
            return None
        return found.end + match.end()
    if _DATE_LEAD.search(left) and not re.match(r"^[，,]?(?:全国|全省|我国|共|累计|已|，)", after):
        if re.search(r"(?:^|[，。；：（])截[至止]$", left):
            return None
        return found.end
    if left.endswith("起至") and _RANGE_LEAD.search(left):
        return found.end
    if found.ranged:
        if _RANGE_LEAD.search(left):
            return found.end
        if match := re.match(
            r"(?:期间)?内?[，,]?(?=登录|通过|提交|申报|填报|报送|完成|办理|将|向|到|在)", after
        ):
            return found.end + match.end() if match[0] else None
    if (
        following is not None
        and following.yearly == found.yearly
        and re.fullmatch(r"[、和及与或]{1,2}(?:每年)?", text[found.end : following.start])
    ):
        return found.end if _DATE_BEFORE.match(text[following.end : following.end + 6]) else None
    if found.yearly and not found.has_day:
        quarter = text[found.start : found.end].endswith("季度") and _ACTION_RIGHT.match(after)
        if quarter or re.match(r"^(?:内|期间)", after):
            return found.end
    return None


def _date_value(passage: Passage, found: Found) -> dict[str, Any] | None:
    sentence_left = passage.preceding(found.start, 160)
    earlier = sentence_left[-120:]
    carried = not found.year_stated and bool(re.search(r"每年[^，。；]{1,12}前", earlier))
    every = (
        found.yearly
        or carried
        or bool(_YEARLY_WORD.search(sentence_left))
        or (found.day is None and bool(re.search(r"每年", sentence_left[-40:])))
    )
    if every:
        return {"date": f"--{found.month:02d}-{found.day_of_month:02d}", "yearly": True}
    if found.day is None:
        return None
    day = found.day - timedelta(days=1) if found.midnight else found.day
    return {"date": day.isoformat(), "yearly": False}


# ----------------------------------------------------------------- comment periods


def _for_comments(
    passage: Passage, item: tuple[int, int, dict[str, Any]], document: Document
) -> bool:
    if not document.consulting:
        return False
    sentence = passage.sentence_at(item[0])
    right = _OFFICE.sub("", passage.text[item[1] : max(sentence.end, item[1])])
    left = passage.text[max(0, item[0] - 20) : item[0] + 8]
    return bool(_COMMENT.search(right[:60])) or bool(
        re.search(r"征求意见|征集意见|意见征集|意见反馈", left)
    )


def _comment_end(item: tuple[int, int, dict[str, Any]], document: Document) -> str | None:
    """The last day of a comment period counted in calendar days from publication."""
    value = item[2]
    match = re.fullmatch(r"P(\d+)([DWM])", str(value.get("duration")))
    if document.published is None or value["working_days"] or match is None:
        return None
    if re.search(r"收到|作出", str(value.get("trigger", ""))):
        return None
    count = int(match[1])
    if match[2] == "M":
        return add_months(document.published, count).isoformat()
    return (document.published + timedelta(days=count * (7 if match[2] == "W" else 1))).isoformat()
