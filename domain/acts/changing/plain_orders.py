"""Put the many ways in which orders are worded into the few that the clauses are read by.

Works on one statement in which each quoted text is one private character, so that no wording of
an act is touched. What it does not know it leaves as it stands.
"""

# ruff: noqa: E501 (a pattern reads best on one line)
from __future__ import annotations

import re
from collections.abc import Callable

from domain.acts.changing.amendment_clauses import NUMERAL, QUOTED

_Q = QUOTED
_LONGEST = 2_000
_BELOW = "之[一二三四五六七八九十]{1,2}"
_CLAUSE = r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.])条?"
_PART = (
    rf"(?:第{NUMERAL}条(?:{_BELOW})?|第{NUMERAL}[款句]|第[（(]?{NUMERAL}[）)]?[项目]"
    rf"|第[（(]?{NUMERAL}[）)]?(?:部分|大?点|大项)|{_CLAUSE}|[首末]句)"
)
_WHERE = rf"(?:{_PART}(?:[、和及与]{{0,2}}{_PART}){{0,12}})"
# “季”字, “网点”一词, “三十日”处: what is said of quoted words.
_SAID = (
    r"(?:[一二两三四五六]?个?字(?:样|句)?|一词|一语|一?处|之处|的?(?:表述|写法|提法|内容)|者|的)?"
)
_WORD = _Q + _SAID
_OLD, _NEW = rf"(?P<old>{_Q}){_SAID}", rf"(?P<new>{_Q}){_SAID}"
_STRESS = (
    r"(?:[，,]?(?:现|均|一律|统一|全部|分别|都|皆|概|应当?|须|同时|相应|一并|全数|予以|一概)){0,3}"
    r"[，,]?"
)
_PUT_OFF = (
    r"(?:顺延|延长|延期|延展|展延|后延|延后|推迟|推后|延迟|延缓|宽限|宽展|放宽|缓期|展期|展|延|推|缓|后推|后移|改|移"
    r"|提前|缩短|压缩|缩减|提高|降低|上调|下调|调高|调低|增加|减少|升|降|增|减)(?:至|到|为)"
)
_CHANGED = (
    r"(?:(?:修改|修订|修正|调整|更改|变更|更换|更替|更正|订正|勘正|替换|置换|改写|改述|改读|转换|统改|改|换|易|转|变)"
    rf"[为成作用以]|改称|换称|重新?表述为|表述为|写[作成为]|读作|让位于|更名为|应[为作是系]|{_PUT_OFF}|→|->|⇒)"
)
_EXCHANGED = r"(?:取代|代替|替代|替换|替下|代换|置换|代)"
_AN_ERROR = r"(?:之误|的?(?:笔误|误写|误排|误植|误印|误记|误))"
_IN_ERROR = r"误[写排印植记录作抄](?:[为成作])?"
_GIVEN = r"[，,]?(?:(?:其)?(?:内容|条文|表述|文字|规定|全文)(?:为|是|如下)?|如下|即)?[:：，,]?"
_ADDING = (
    r"(?:增补|增列|增设|增写|增订|增置|新增加?|增(?=[一二两三四五1-5]?[条款项]|[\ue000-\ue3e7])|新设|新添|新列|添加|添列|添写|加写|加列|附加|追加|补充|补入|补写|补上|补加|"
    r"补列|加上|补上|添上|插入|加入|续写|缀以|缀上|(?<![增附追])[加补添])"
)
_ADDED = (
    rf"(?=(?:新的?|如下|下列|以下)?[一二两三四五1-5][条款项点句]|但书|[条款项]{_Q}|[，,]?{_Q}"
    rf"|第[（(]?{NUMERAL}|[（(]{NUMERAL}[）)]|{_CLAUSE})"
)
_AS = (
    r"[，,]?(?:分别|依次)?(?:编[为作]|列[为作]?|定为|排[为作]|作为?|即|成为"
    r"|(?:其)?(?:条号|款号|项号|编号|序号)[为作])"
)
_STRIKE = (
    r"(?:取消|去掉|拿掉|拿去|抽掉|抽去|撤掉|砍掉|删掉|剔除|略去|撤去|抹去|摘除|移除|划去|删减|删节|不再保留|不予保留"
    r"|(?:自此|从此|此后)?(?:空置|空缺|空出))"
)
_STRUCK = rf"(?P<on>{_WHERE}|{_Q}){_SAID}(?:的?(?:规定|内容|全文|原文)|一句|整[条款项句])?"
_ENTIRE = (
    r"(?:改写[为成作]|(?:重新|另行)?表述[为如]下?|重述[为如]下?|重[新订]为|重新规定为|(?:现)?规定为"
    r"|(?:全文|整[条款项]|全条)(?:修|更)?(?:改|换|替换|更换)[为成]?|以(?:下列|以下|如下)(?:文字|内容|表述|条文|规定)为准"
    r"|(?:整[条款项]|全文)?(?:替换|更换|换)[为成](?:下列|以下|如下)(?:内容|条文|文字|规定|表述)"
    r"|由(?:下列|以下|如下)(?:内容|条文|文字|规定|表述)(?:取代|代替|替代|替换)|(?:更新|改述|改)(?:如下|[为成])"
    r"|(?:作|做)?如下(?:修改|修订|调整|表述)|修[改订]如下|(?:修[改订]|调整|更新)后的?(?:表述|内容|条文)?为"
    r"|(?:原文|原条文|原规定)(?:废去|废弃|不用|弃用)[，,]?代之以|代之以)"
)
_SUBJECT = (
    r"(?:的?(?:内容|规定|全文|条文|表述|文字|原文)|全文|整[条款项])?(?:现|均|同时|相应|予以){0,2}"
)
_EVERYWHERE = (
    r"(?:(?:通篇|全篇|整篇|全文各处|全文|文中|文内|各条款?|各条文|条文|正文|文件)(?:[中里内之])?"
    r"(?:的|所有的?|全部|凡|所|一切){0,2}(?:出现|使用|涉及|所用|用到|写有|称)?(?:的|之)?"
    r"|凡(?:是|属|文中)?(?:写有|写作|写|称|有|作|涉及|出现|使用|表述为|载有|含有?|提及)?(?:的|之)?"
    r"|(?:所有|全部|一切)(?:出现|使用|涉及)?的?)"
)


def _rule(pattern: str, becomes: str | Callable[[re.Match[str]], str]) -> _Rule:
    return re.compile(pattern), becomes


_Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]


def _all_over(match: re.Match[str]) -> str:
    """Words that are stressed to change all and stand at no place are meant throughout."""
    before = match.string[: match.start()]
    whole = re.search(r"均|一律|统一|全部|都|皆|概|全数", match["stress"])
    place = re.search(rf"{_PART}|全文中的", before)
    of_act = "相应" in match["stress"] and re.search(r"[》号）)]文?件?中的?$", before)
    return (
        f"{'全文中的' if (whole or of_act) and not place else ''}{match['old']}改为{match['new']}"
    )


def _numbered_of(match: re.Match[str]) -> str:
    label, clause = match["label"], match["clause"]
    if clause or (match["what"] or "").startswith("条"):
        return f"增加一条，作为{label}"
    if match["what"] == "款":
        return f"增加一款，作为{label}"
    number = re.sub(r"[第（()）项]", "", label)
    return f"增加一项，作为第（{number}）项"


def _apart(match: re.Match[str]) -> str:
    """第四条析为第四条和第四条之一，分别表述为“…”和“…” and the like."""
    labels = re.findall(rf"第{NUMERAL}条(?:{_BELOW})?", match["rest"])
    texts = re.findall(_Q, match["rest"])
    own = list(dict.fromkeys(labels))
    if len(own) != len(texts) or len(texts) < 2:
        return match[0]
    return f"{match['one']}拆分为{len(own)}条，作为{'、'.join(own)}：{''.join(texts)}"


_RULES: tuple[_Rule, ...] = (
    # 第三条（二）, 第三条之（二）, 第三条（二）项: 第三条第（二）项.
    _rule(rf"(?<=[条款])之?第?[（(](?P<n>{NUMERAL})[）)]项?(?!款)", r"第（\g<n>）项"),
    _rule(rf"(?<=作为)[（(](?P<n>{NUMERAL})[）)](?!项)", r"第（\g<n>）项"),
    # 第四条最后一句, 第四条前一句: 末句, 首句.
    _rule(
        r"(?:最后|最末|末尾|后)一?句(?=的|[修改订删予以取去整]|$|，)|末尾一句(?=[修改订删])", "末句"
    ),
    _rule(r"(?:开头|最前|前)一?句(?=的|[修改订删予以取去整])|第[一1]句|首句话", "首句"),
    # 凡写“网点”处, 通篇“网点”: 全文中的“网点”.
    _rule(rf"{_EVERYWHERE}(?={_Q})", "全文中的"),
    # 第五条所写的“季”, 第五条内“季”, 第五条之“季”, 第五条：“季”修订为 …
    _rule(
        rf"(?P<at>{_PART}|(?<!一)[条款项])(?:[中里内]|当中|原文)?(?:所|原|其中)?(?:写|载|列|定|称|用|规定|记载|表述|含)?"
        rf"(?:有|的|之){{0,2}}(?={_Q})",
        r"\g<at>中的",
    ),
    # 误将“月”写作“季”, “月”误排为“季”, “季”系“月”之误, “季”为“月”的笔误.
    _rule(
        rf"误将(?P<new>{_Q})(?:字样?|一词)?[写排印植记录抄](?:[为成作])(?P<old>{_Q})",
        r"中的\g<old>改为\g<new>",
    ),
    _rule(rf"(?P<new>{_Q})(?:字样?)?{_IN_ERROR}(?P<old>{_Q})", r"\g<old>改为\g<new>"),
    _rule(
        rf"(?P<old>{_Q})(?:字样?)?[系为是乃属]于?(?P<new>{_Q}){_AN_ERROR}",
        r"\g<old>改为\g<new>",
    ),
    _rule(rf"{_OLD}[，,]?应[为作是系]{_NEW}", r"\g<old>改为\g<new>"),
    # 以“月”取代第五条中的“季”, 第五条中的“季”由“月”取代, …以“月”代替, …替之以“月”.
    _rule(
        rf"[以用]{_NEW}{_EXCHANGED}(?P<at>(?:{_WHERE}|全文)?(?:[中里内]?的)?){_OLD}",
        r"\g<at>\g<old>改为\g<new>",
    ),
    _rule(
        rf"{_OLD}(?P<stress>{_STRESS})[由以用]{_NEW}(?:加以|予以|所)?{_EXCHANGED}",
        _all_over,
    ),
    _rule(
        rf"{_OLD}(?P<stress>{_STRESS})(?:替之以|代之以|易以|易之以|换以){_NEW}",
        _all_over,
    ),
    # 第六条所写的“甲日”，自发布之日起按“乙日”办理.
    _rule(
        rf"(?P<old>{_Q})[，,]?(?P<since>自[^，。]{{2,24}}起)?[，,]?按照?(?P<new>{_Q})(?:理解和|理解并)?(?:办理|执行|掌握|把握|计算)",
        r"\g<since>\g<old>改为\g<new>",
    ),
    # “A”一语，签发原件作“B”；“A”，审议通过的文本是“B”.
    _rule(
        rf"(?:误[写排印植记录作抄][为成作]?)?{_OLD}[，,][^，。；\ue000-\ue3e7]{{0,12}}"
        rf"(?:原件|原稿|原文|文本|正本|底稿|定稿|审定稿|签发稿|底本)(?:上|中|里)?(?:应|本)?(?:是|写?作|写?为|载为|系){_NEW}",
        r"中的\g<old>改为\g<new>",
    ),
    # 第九条所定培训学时，由8学时提高到16学时: in one clause.
    _rule(rf"(?P<at>{_PART}[^，。；\ue000-\ue3e7]{{0,40}})[，,](?=由[\d一二三四五六七八九十百两]{{1,6}}[^，。；\d]{{1,4}}(?:提高|降低|增加|减少|延长|缩短|调整|上调|下调|放宽)[到至为])", r"\g<at>"),
    # “五份”改按“三份”, “反光”换用“电子”字样.
    _rule(rf"{_OLD}(?:一律|统一|均)?(?:改按|改用|换用|换以){_NEW}", r"\g<old>改为\g<new>"),
    # “甲”之后，加上“、乙”.
    _rule(rf"(?P<old>{_Q}(?:[一二两三四五六]?字样?|一词)?之?[前后])[，,](?={_ADDING})", r"\g<old>"),
    _rule(rf"{_OLD}改{_NEW}", r"\g<old>改为\g<new>"),
    # “季”字现更改为“月”字: “季”改为“月”.
    _rule(rf"{_OLD}(?P<stress>{_STRESS}){_CHANGED}[:：]?{_NEW}", _all_over),
    _rule(rf"{_OLD}[，,]?(?:均|一律|统一|都|皆)作{_NEW}", r"\g<old>改为\g<new>"),
    _rule(
        rf"由(?P<old>{_Q})(?:改|修改|调整|变更)[为成作](?P<new>{_Q})", r"中的\g<old>改为\g<new>"
    ),
    # 第五条改写为：“…”, 第五条以下列文字为准：“…”, 第五条的规定以“…”代替.
    _rule(
        rf"(?P<at>{_WHERE}){_SUBJECT}[，,]?[以由用](?P<new>{_Q})(?:加以|予以)?{_EXCHANGED}$",
        r"\g<at>修改为：\g<new>",
    ),
    _rule(rf"(?P<at>{_WHERE}){_SUBJECT}[，,]?{_ENTIRE}[:：，,]?(?={_Q}+$)", r"\g<at>修改为："),
    # 第五条整条删去, 第五条自此空置, 第四条“…”一句不再保留, 去掉第五条.
    _rule(
        rf"{_STRUCK}[，,]?(?:现|均|一并|同时|全部|予以|自此){{0,2}}{_STRIKE}(?=$|[，,；]|后[，,])",
        r"\g<on>取消",
    ),
    _rule(
        rf"{_STRUCK}[，,]?(?:现|均|一并|同时|全部|予以|自此){{0,2}}删[去除掉](?=$|[，,；]|后[，,])",
        r"\g<on>删去",
    ),
    _rule(rf"{_STRIKE}(?={_PART}|(?:中的)?{_Q})", "取消"),
    # 第四条后添一条，编为第四条之一, 增设第四条之一，内容为：“…”, 第五条增列第二款.
    _rule(rf"(?<={_Q})(?:[一二两]?字)?下(?=[增加添])", "后"),
    _rule(rf"(?<=[条款项])之?(?:下|下方|下面)(?=[，,]?{_ADDING})", "之后"),
    _rule(rf"(?:紧接|紧随|接在|续于)(?P<at>{_PART})(?:之?后)?[，,]?(?={_ADDING})", r"\g<at>之后"),
    # 原第（三）项顺次列作第（四）项: what comes after an item that comes in moves by itself.
    _rule(
        rf"[，,]?原?第[（(]{NUMERAL}[）)]项(?:顺次|依次|顺序|相应)?(?:列[作为]|改[作为]|编[作为])第[（(]{NUMERAL}[）)]项$",
        lambda match: "" if "增" in match.string or "添" in match.string else match[0],
    ),
    _rule(_ADDING + _ADDED, "增加"),
    _rule(
        rf"(?P<at>{_PART})增加(?P<new>{_Q})[，,]?作为(?:最后一句|末句|结尾)",
        r"\g<at>末尾增加一句：\g<new>",
    ),
    _rule(
        r"增加(?:新的?|如下|下列|以下)?(?:[一二两三四五1-5]|(?=[条款项]))(?P<u>[条款项点])"
        r"(?:新?(?:条文|规定|内容))?",
        lambda match: "增加一" + match["u"].replace("点", "项"),
    ),
    _rule(rf"(?<=增加一[条款项点]){_AS}(?=第|[（(]|{_CLAUSE})", "，作为"),
    _rule(rf"(?<=作为)[（(](?P<n>{NUMERAL})[）)](?!项)", r"第（\g<n>）项"),
    _rule(
        rf"增加(?P<label>第{NUMERAL}(?P<what>条(?:{_BELOW})?|款)|(?:第|(?=[（(]))[（(]?{NUMERAL}[）)]?项?(?<=[项）)])"
        rf"|(?P<clause>{_CLAUSE}))",
        _numbered_of,
    ),
    _rule(
        rf"(?P<as>作为(?:第[^，,。:：]{{1,16}}?[条款项目一二三四五六七八九十]|{_CLAUSE})){_GIVEN}(?={_Q}+)",
        r"\g<as>：",
    ),
    # 第五条末尾增补一句：“…”, 第五条句末添“…”.
    _rule(
        rf"(?P<at>{_PART})(?:中|的)?(?:末尾?处?|句末|文末|条末|最后|结尾处?|句尾|之?后面?|后边)?(?:再|另|并)?增加"
        rf"(?:[一1]句(?:话|规定)?|但书(?:规定)?){_GIVEN}(?={_Q}$)",
        r"\g<at>末尾增加一句：",
    ),
    _rule(
        rf"(?P<at>{_PART})(?:中|的)?(?:末尾?处?|句末|文末|条末|最后|结尾处?|句尾)(?:再|另|并)?增加(?:[一1]句)?{_GIVEN}(?={_Q}$)",
        r"\g<at>末尾增加一句：",
    ),
    # “按季”之后续写“逐级”二字.
    _rule(
        rf"(?P<old>{_Q})(?:[一二两]?字样?|一词|一句)?之?(?P<side>[前后])(?:面)?增加(?:[一1]句|内容|如下内容)?[:：]?(?P<new>{_Q})"
        r"(?:[一二两三四五六]?字样?|一词|一句)?",
        r"\g<old>\g<side>增加\g<new>",
    ),
    # 第四条分作两条：第四条为“…”，第四条之一为“…”.
    _rule(
        rf"(?P<one>第{NUMERAL}条(?:{_BELOW})?)(?:一?(?:拆分|分拆|拆|分|析|分列)[为作成]|一分为)(?P<rest>[^。]*{_Q}[^。]*)$",
        _apart,
    ),
    # 合为第四条，合并后表述为：“…”, 合并为第四条，即“…”.
    _rule(r"(?<!合)合(?=[为成](?:第|一条))", "合并"),
    _rule(
        rf"(?P<to>(?:合并|归并)[为成](?:一条[，,]?)?(?:(?:作为|列为|列|为)?(?:第{NUMERAL}[条项]|{_CLAUSE}))?)[，,]?(?:合并)?(?:后的?)?"
        rf"(?:条文|内容)?(?:即|表述为|改写为|规定为|为|如下)?[:：，,]?(?={_Q})",
        r"\g<to>：",
    ),
    _rule(r"(?<=[合归]并为一条)[，,]?列为?(?=第)", "，作为"),
)  # fmt: skip


# 全文改为，但第四条除外 · 第四条第一处“网点”: a part of what is said elsewhere to change.
_NOT_ALL = re.compile(
    r"除外|以外|除[^，。；]{1,30}外|不(?:含|包括)|第[一二三四五\d]处|[首前后末]一?处|首次出现|最后一处|其中一处"
)
# 建议将…改为… · 曾拟… · 各单位应当将内部制度中的…: nobody orders it.
_NOT_ORDERED = re.compile(
    rf"建议|请示|(?<!草)拟(?!定)|曾(?:经|于|将|拟)|误传|不实|[不未]予采纳|未获|未被采纳|自查|如(?:需|确需)|"
    rf"(?:应当?|须|需要?|可以?|要求?|得|请)(?:自行|及时|抓紧)?(?:将|把)[^，。；]{{0,16}}{_Q}|{_Q}可以?(?:修?改)|应当改正"
)


def not_ordered(statement: str) -> bool:
    """Whether a statement only tells, proposes or asks others for what reads like an order."""
    return _NOT_ORDERED.search(statement) is not None


def of_a_part(statement: str) -> bool:
    """Whether an order leaves something out that no reader can place."""
    return _NOT_ALL.search(statement) is not None


def in_plain_orders(statement: str) -> str:
    """A statement in the words that the clauses are read by; a long one as it stands."""
    if len(statement) > _LONGEST:
        return statement
    for pattern, becomes in _RULES:
        statement = pattern.sub(becomes, statement)
    return statement
