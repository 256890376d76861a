"""Tell from a title which special kind of act it heads, where duties alone would mislead."""

from __future__ import annotations

import re

# 温馨提示, 友情提醒, 消费提示, 安全提示: they remind of duties that other acts make.
_REMINDS = re.compile(
    r"(?:温馨|友情|友好|消费|安全|风险|贴心|办事|工作)(?:小)?(?:提示|提醒)(?!函)|(?<!函)提醒(?:$|您|广大)|"
    r"(?:提示|提醒)[:：]|小贴士|(?:消费|安全)警示|致.{2,20}(?:企业|单位)的(?:一封信|公开信)|倡议书|知多少"
)
# 重点任务分工方案, 任务分解表, 责任清单: who of the authorities does what.
_DIVIDES_TASKS = re.compile(
    r"(?:任务|职责|工作|责任)(?:的)?(?:分工|分解)|(?:任务|责任|重点工作|职责)[^，。]{0,4}清单|分工方案"
)
# 关于启用…新平台的通知, …系统迁移公告, 域名变更
_SYSTEM = r"(?:平台|系统|网站|网址|域名|端口|门户|小程序|专栏|页面)"
_MOVES = r"(?:迁移|切换|启用|上线|变更|更换|停用|关闭|下线|整合|升级|搬迁|调整)"
_PORTAL_MOVES = re.compile(
    rf"{_SYSTEM}[^，。]{{0,16}}{_MOVES}|(?:启用|上线|切换|停用|关闭|更换|变更)[^，。]{{0,30}}{_SYSTEM}"
)
_SUSPENDS = re.compile(r"暂停|暂缓|停机|中止(?:执行|实施|受理)|停止受理")
_SYSTEM_STOPS = re.compile(rf"{_SYSTEM}|停机|使用|填报|服务")
_HANDLING_STOPS = re.compile(r"受理|备案|申请|办理|审批|核准|登记")
# 关于终止…公开征求意见的说明, 撤回《规定（征求意见稿）》
_ENDS_DRAFT = re.compile(
    r"(?:终止|停止|撤回|取消)[^，。]{0,80}(?:征求意见|公开征|起草|制定|意见稿|草案)|不再(?:继续)?(?:制定|起草)"
)
_HEARING = re.compile(r"听证会?")
# 关于推迟施行《办法》的通知, 实施时间延期
_PUTS_OFF_START = re.compile(
    r"(?:推迟|延期|延后|暂缓|延迟)(?:施行|实施|执行|生效)|(?:施行|实施|生效)(?:日期|时间)?的?(?:推迟|延期|延后|延迟)|"
    r"(?:推迟|延后|延迟)[^，。]{0,80}(?:施行|实施|生效)(?:日期|时间)"
)
# 关于延长编码过渡期的公告, 顺延报送期限
_EXTENDS_TERM = re.compile(
    r"(?:延长|延期|顺延|推迟|延后)[^，。]{0,60}(?:过渡期|宽限期|期限|时限|时间|日期)|(?:过渡期|宽限期|期限|时限|时间|日期)的?(?:延长|延期|顺延|推迟|延后)"
)
_CORRECTS = re.compile(r"更正|勘误|订正")
# 撤销行政处罚决定书
_REVOKES_PENALTY = re.compile(r"撤销[^，。]{0,12}(?:处罚|处理)决定?")
_EXTENDS_VALIDITY = re.compile(
    r"(?:延长|延续|顺延|展延).{0,80}有效期|有效期.{0,10}(?:延长|延续|顺延|延期)|继续(?:执行|有效|实施|施行)|延期(?:执行|实施|有效)"
)
# 处罚裁量基准, 裁量标准
_PENALTY_STANDARD = re.compile(r"裁量(?:权)?[^，。]{0,8}(?:基准|标准|规则|细则|办法|适用)|裁量基准")
_NO_PENALTY = re.compile(r"不予(?:行政)?处罚|免(?:予)?(?:处)?罚|不罚|轻微违法")
# 数据异常企业的通报, 责令部分企业限期整改
_NAMES_COMPANIES = re.compile(
    r"(?:异常|不合格|不符合|未通过|未报送|未完成|逾期|失信|违规|违法)[^，。]{0,12}(?:企业|单位|公司|网点)|"
    r"(?:责令|约谈|通报|曝光|警示)[^，。]{0,16}(?:部分|有关|等|\d+家)?(?:企业|单位|公司|网点)|"
    r"(?:企业|单位|公司|网点)[^，。]{0,8}(?:限期整改|约谈|通报|异常)"
)


def reminds(title: str) -> bool:
    """Whether a title only reminds: 关于高温天气的温馨提示."""
    return bool(_REMINDS.search(title))


def divides_tasks(title: str) -> bool:
    """Whether an act divides tasks among authorities: 重点任务分工方案."""
    return bool(_DIVIDES_TASKS.search(title))


def moves_portal(title: str) -> bool:
    """Whether an act moves, opens or closes a system: 关于管理系统迁移的通告."""
    return bool(_PORTAL_MOVES.search(title)) and not suspends(title)


def suspends(title: str) -> bool:
    """Whether an act suspends something: 关于暂停使用填报系统的通知."""
    return bool(_SUSPENDS.search(title))


def suspended_what(title: str) -> str:
    """What is suspended: ``system``, ``handling`` of applications, or a ``rule``."""
    bare = re.sub(r"《[^》]*》", "《》", title)
    if _SYSTEM_STOPS.search(bare) and "《》" not in bare:
        return "system"
    return "handling" if _HANDLING_STOPS.search(bare) and "《》" not in bare else "rule"


def extends_validity(title: str) -> bool:
    """Whether an act lets another one hold longer: 关于延长《…细则》有效期的通知."""
    return bool(_EXTENDS_VALIDITY.search(title))


def ends_draft(title: str) -> bool:
    """Whether a title says that a draft goes no further: 关于终止…公开征求意见的说明."""
    return bool(_ENDS_DRAFT.search(title))


def invites_to_hearing(title: str) -> bool:
    """Whether a title announces a hearing: 关于举行《规定（草案）》听证会的公告."""
    return bool(_HEARING.search(title))


def puts_off_start(title: str) -> bool:
    """Whether an act lets another start later: 关于推迟施行《办法》的通知."""
    return bool(_PUTS_OFF_START.search(re.sub(r"《[^》]*》", "《》", title)))


def extends_term(title: str) -> bool:
    """Whether an act lets a term end later: 关于延长编码过渡期的公告."""
    return bool(_EXTENDS_TERM.search(re.sub(r"《[^》]*》", "《》", title)))


def corrects(title: str) -> bool:
    """Whether an act corrects a mistake of another: 更正, 勘误."""
    return bool(_CORRECTS.search(re.sub(r"《[^》]*》", "《》", title)))


def revokes_penalty(title: str) -> bool:
    """Whether a decision takes a penalty back: 撤销行政处罚决定书."""
    return bool(_REVOKES_PENALTY.search(title))


def sets_penalties(title: str) -> bool:
    """Whether an act says how breaches of other acts are punished: 处罚裁量基准."""
    return bool(_PENALTY_STANDARD.search(title))


def spares_penalties(title: str) -> bool:
    """Whether an act lists breaches that go unpunished: 轻微违法不予处罚清单."""
    return bool(_NO_PENALTY.search(title)) and not sets_penalties(title)


def names_companies(title: str) -> bool:
    """Whether an act speaks to companies that it names: 数据异常企业的通报."""
    return bool(_NAMES_COMPANIES.search(title))
