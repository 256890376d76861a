"""Whether a question asks for a single fact, and for which kind of one."""

from __future__ import annotations

import re
from enum import StrEnum


class AskedFact(StrEnum):
    """The kind of fact that one line can answer."""

    FINE = "fine"
    EFFECT = "effect"
    COMMENTS = "comments"
    VALIDITY = "validity"
    DOCUMENTS = "documents"
    PORTAL = "portal"
    PERIOD = "period"
    LIMIT = "limit"


# "what is the fine for …", "how much are importers fined", 罚多少, 怎么处罚
_FINE = (
    r"\b(?:what|how (?:much|high|big|large)|which|is there|are there)\b.{0,80}"
    r"\b(?:fines?|fined|penalt(?:y|ies)|penali[sz]ed|punish\w*|sanctions?)\b"
    r"|\b(?:fine|penalty) (?:for|if|when|on|per)\b|^\s*\S+(?: \S+)? (?:fine|penalty)\b"
    r"|罚(?:款)?(?:金额|标准|额度|数额|幅度)?(?:是|为|有)?(?:多少|几|什么|怎么|如何)|(?:怎么|如何|怎样)(?:处)?罚"
    r"|(?:最高|最低|可|会|要|将)(?:被)?(?:处)?罚|处罚.{0,6}(?:多少|几)|什么(?:处罚|罚款|后果|法律责任)|罚多少"
    r"|罚款(?:的)?(?:金额|标准|额度|数额|幅度)?\s*[？?]?$"
)
# "when does Order 73 take effect", 什么时候施行, 生效日期
_EFFECT = (
    r"\b(?:when|what day|what date|since when|from when)\b.{0,120}"
    r"\b(?:takes? effect|into force|in force|effective|start(?:s)? to apply|begins? to apply)\b"
    r"|\b(?:effective date|date of entry into force|entry into force of)\b"
    r"|(?:什么时候|何时|哪天|哪一天|哪日|几月几日|什么时间).{0,30}(?:施行|生效|实施)"
    r"|(?:施行|生效|实施).{0,4}(?:日期|时间|是什么时候|是哪天)"
)
# "until when can one comment", 意见截止到什么时候, 公示期到什么时候
_COMMENTS = (
    r"\b(?:until when|by when|when|how long|deadline|last day|closing date|till when)\b.{0,80}"
    r"\b(?:comments?|commenting|objections?|object|feedback|consultation)\b"
    r"|\b(?:comments?|consultation|objections?)\b.{0,40}"
    r"\b(?:close[sd]?|deadline|end|due|until when)\b"
    r"|(?:意见(?!稿)|异议).{0,12}(?:截止|截至|什么时候|何时|哪天|多久|期限)|公示期.{0,8}(?:到|至|截|多|几|什么)"
    r"|(?:什么时候|何时|截止).{0,12}(?:意见(?!稿)|异议)"
)
# "until when is it valid", 有效期到什么时候
_VALIDITY = (
    r"\b(?:until when|how long|when)\b.{0,100}\b(?:valid|validity|expires?|expiry)\b"
    r"|有效期.{0,10}(?:多|几|到|至|什么)|(?:什么时候|何时).{0,12}(?:失效|到期)"
)
# "which documents must …", 哪些材料
_DOCUMENTS = (
    r"\b(?:which|what)\b.{0,24}\b(?:documents?|papers|materials|certificates?|forms?|paperwork"
    r"|test reports?|reports? (?:do|does|must|are|is))\b"
    r"|(?:哪些|什么|什麽|啥|哪种)(?:申请|申报|证明|试验|检测)?(?:材料|文件|单证|资料|证明|报告)"
)
# "which platform", "where do I register", 哪个平台, 在哪里报送
_PORTAL = (
    r"\b(?:which|what)\b.{0,16}\b(?:platform|portal|system|website|site)\b"
    r"|\b(?:web ?address|website|url) (?:of|for)\b|网址"
    r"|\bwhere\b.{0,60}\b(?:report|register|file|apply|submit|upload|enter|sign up)\b"
    r"|(?:哪个|什么|哪一个)(?:平台|系统|网站)|(?:在|到|去|向)哪(?:里|儿|个平台|个系统)?"
    r".{0,8}(?:报|填|注册|备案|申请|申报|登记|上传)"
)
# "how long", "within how many days", "by when", "when must", 多少天内, 什么时候前, 截止
_PERIOD = (
    r"\bhow (?:long|soon|quickly|fast|often|frequently|many (?:working |calendar |business )?"
    r"(?:days|hours|weeks|months|years))\b|\b(?:within|in) (?:how|what time|which)\b"
    r"|\b(?:by|until|till|before) (?:when|what (?:day|date|time)|which (?:day|date))\b"
    r"|\b(?:what|which) (?:is|are|was) the (?:deadline|time limit|due date|last day)"
    r"|\b(?:deadline|time limit|due date) (?:for|of|to)\b"
    r"|\bwhen (?:must|do|does|should|is|are|have|has|can|may|will)\b|\b(?:deadline|due date"
    r"|time limit|until when|till when|retention period|how old)\b|\bperiod\s*\??$|^\s*when\b"
    r"|多久|多长时间|啥时候|期线|几号|第几天|多少(?:天|日|个?工作日|个?月|年|小时)|几(?:天|日|年|个月|个工作日|小时|号)"
    r"|什么时候|何时|哪天|哪一天|哪日|截止|期限|时限|最晚|最迟|多久一次|每(?:年|季度|月)什么"
)
# "how much nickel", "what state of charge", 不得高于多少
_LIMIT = (
    r"\bhow (?:much|high|far|heavy|many|large|big|low)\b"
    r"|\b(?:max(?:imum)?|min(?:imum)?|at most|at least|limits?|smallest|largest|number of|weight"
    r"|threshold|recovery rate|ceiling)\b"
    r"|\bwhat\b.{0,60}\b(?:rate|charge|content|height|distance|weight|temperature|capacity|capital"
    r"|size|share|percentage)\b|多少|多高|多大|多远|多重|(?:不得|不应|不)(?:超过|低于|高于|少于)"
    r"|收费(?:标准)?|费用标准|每吨.{0,6}多少|最高|最低|上限|下限|限值|含量要求|比例|(?:能装|能放|能拉|要)几"
)
_ASKED = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (AskedFact.FINE, _FINE),
        (AskedFact.COMMENTS, _COMMENTS),
        (AskedFact.EFFECT, _EFFECT),
        (AskedFact.VALIDITY, _VALIDITY),
        (AskedFact.DOCUMENTS, _DOCUMENTS),
        (AskedFact.PORTAL, _PORTAL),
        (AskedFact.PERIOD, _PERIOD),
        (AskedFact.LIMIT, _LIMIT),
    )
)
# A yes-or-no question, or one for acts, is not answered by one fact.
_FOR_ACTS = re.compile(
    r"^\s*(?:which|what) (?:provinces?|cit(?:y|ies)|acts?|rules|laws?|notices?|drafts?|provisions"
    r"|compan(?:y|ies)|firms?|jurisdictions?)\b|哪些(?:企业|公司|省|省份|城市|地区|文件|办法|规定|通知)",
    re.IGNORECASE,
)


# "anything new on …", "rules for …", "notices published between …", 最新文件
_NEWS = re.compile(
    r"\b(?:anything new|news|latest|recent|published|issued|released|since|rules? (?:for|on|about)|"
    r"notices?|acts?|drafts?|all|list|compare|versus|vs\.?|difference|replaced|repealed|"
    r"valid|in force)\b"
    r"|文件|最新|发的|发布|出台|有哪些|区别|对比|比较|还有效|废止|替代",
    re.IGNORECASE,
)


class AskedTime(StrEnum):
    """What kind of time a question asks for: how often, how long, or by which day."""

    OFTEN = "often"
    LONG = "long"
    DAY = "day"


# "how often", 多久一次, 每几个月
_OFTEN = re.compile(
    r"\bhow (?:often|frequently)\b|(?:多久|多长时间|几个月|几年|几天).{0,6}一次|每(?:几|多少)",
    re.IGNORECASE,
)
# "how long", "within how many days", 多少天, 几年
_LONG = re.compile(
    r"\bhow (?:long|soon|quickly|fast|many)\b|\bwithin (?:how|what|which)\b"
    r"|多久|多长时间|啥时候|期线|几号|第几天|多少(?:天|日|个?工作日|个?月|年|小时)|几(?:天|日|年|个月|个工作日|小时)(?!前报)",
    re.IGNORECASE,
)
# "how many years", 几年, 多少小时
_YEARS = re.compile(r"\bhow many years\b|几年|多少年", re.IGNORECASE)
_HOURS = re.compile(r"\bhow many hours\b|几(?:个)?小时|多少(?:个)?小时", re.IGNORECASE)


def asked_time(question: str) -> AskedTime:
    """What kind of time a question for a period asks for."""
    if _OFTEN.search(question):
        return AskedTime.OFTEN
    return AskedTime.LONG if _LONG.search(question) else AskedTime.DAY


def asked_unit(question: str) -> str | None:
    """``Y`` or ``H`` where a question asks for years or hours; None for other units."""
    if _YEARS.search(question):
        return "Y"
    return "H" if _HOURS.search(question) else None


def asks_for_acts(question: str) -> bool:
    """Whether a question wants a list of acts or companies, which no sentence is."""
    return _FOR_ACTS.search(question) is not None or _NEWS.search(question) is not None


def asked_fact(question: str) -> AskedFact | None:
    """What single fact a question asks for; None for any other question."""
    if _FOR_ACTS.search(question):
        return None
    return next((kind for kind, pattern in _ASKED if pattern.search(question)), None)
