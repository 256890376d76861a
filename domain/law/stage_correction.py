"""Say from its form and its duties whether an act orders something: the form decides first.

A 公告, 令, 办法 or 通知 that orders companies something is final, whatever list it carries; a list
needs a list; training classes, subsidies and single cases oblige nobody.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from config.model import Stage
from domain.law.duties import Bound, Duty, Modality
from domain.law.headlines.act_kinds import names_companies, reminds
from domain.records.observation import Block

# Stories, training classes, replies and single cases oblige nobody to anything lasting.
STAGES_WITHOUT_DUTIES = frozenset({"news", "case", "reply", "eia", "training"})

# 关于《办法》第十二条适用问题的复函: an answer about the law, not to a proposal or a letter
_APPLIES_LAW = re.compile(r"(?:复函|批复|函复|解释)(?:（[^）]*）)?\s*$")
_ANSWERS_PEOPLE = re.compile(r"提案|建议|代表|委员|网民|网友|来信|咨询|信访|留言")

# A title that ends with the name of an act that orders.
_ORDERING = re.compile(
    r"(?:通知|公告|通告|令|办法|规定|决定|条例|细则|规范|措施|规则|基准)(?:（[^）]*）|\([^)]*\))*\s*$"
    r"|^\s*(?:公告|通告|令)[^，。]{0,8}第?\s?\d{1,4}号\s*$"  # 公告2026年第44号
)
# 关于举办…培训班的通知, 关于组织申报…专项资金的通知, 退役电池处置竞价公告
_INVITES = re.compile(
    r"培训|研修|讲座|宣贯|论坛|研讨|年会|展会|博览会|招聘|征文|竞赛|大赛|比赛|征集.{0,8}(?:案例|论文|作品)|座谈会|启动仪式"
    r"|(?:竞价|拍卖|竞买|招标|比选|询价|询比|磋商|采购|中标|成交|挂牌转让|公开转让)[^，。]{0,6}(?:公告|公示|通知|邀请|文件)"
)
_GRANTS = re.compile(
    r"(?:补贴|补助|奖补|奖励|专项资金|扶持资金|贴息).{0,14}(?:申报|申请|兑现|发放|公示|项目)|(?:申报|申请).{0,16}(?:补贴|补助|奖补|奖励|资金)"
)
# Lists of what is to be done or how a breach is punished order, whatever they are called.
_TASKS = re.compile(
    r"(?:任务|责任|措施|工作|问题|不予处罚|不罚|裁量)[^，。]{0,6}(?:清单|分工|分解表|基准)|裁量"
)
_LIST = re.compile(r"名单|目录|公示|一览表|清单|批(?:次)?")
_MOVABLE: frozenset[Stage] = frozenset({"list", "news", "interpretation"})


def obliges_nobody(stage: str | None, title: str) -> bool:
    """Whether an act of this stage has no duties; a reply that applies the law repeats some."""
    if stage == "reply" and _APPLIES_LAW.search(title) and not _ANSWERS_PEOPLE.search(title):
        return False
    return stage in STAGES_WITHOUT_DUTIES


def invites(title: str) -> bool:
    """Whether a title invites to a class, a fair or a grant: it orders nobody anything."""
    return bool(_INVITES.search(title) or _GRANTS.search(title))


_DELISTS = re.compile(
    r"(?:撤销|移出|取消|除名|剔除|注销).{0,40}(?:公告|名单|资格|企业|网点|备案|厂商代码|规格代码)|(?:名单|公告).{0,12}(?:撤销|移出|除名)"
)


def delists(title: str) -> bool:
    """Whether a title strikes companies off a list: 关于撤销部分综合利用行业规范企业公告的公告."""
    return bool(_DELISTS.search(title))


def stage_by_duties(
    stage: Stage | None, title: str, duties: Sequence[Duty], *, blocks: Sequence[Block] = ()
) -> Stage | None:
    """The stage, corrected where form and duties leave no doubt."""
    if (_INVITES.search(title) or reminds(title)) and stage in ("final", "list"):
        return "news"
    if stage == "eia" and _orders_generally(title, duties):
        return "final"
    if stage not in _MOVABLE or invites(title):
        return stage
    ordering = _ORDERING.search(title) is not None or _TASKS.search(title) is not None
    ordered = [duty for duty in duties if _orders_companies(duty)]
    if ordering and ordered and (stage != "interpretation"):
        return "final"
    if stage == "news" and _addresses(blocks) and any(map(_due_by_a_day, ordered)):
        return "final"  # 各维修点：请于6月20日前移出
    if names_companies(title) and any(map(_due_by_a_day, ordered)):
        return "final"  # 异常情况的通报：上述企业应当于12月15日前整改
    punished = any(duty.sanctions for duty in ordered)
    if stage == "news" and punished and any(duty.when for duty in ordered):
        return "final"
    if stage == "list" and (_TASKS.search(title) or not _lists(title, blocks)):
        return "final" if ordering else stage
    return stage


# 环评文件审批原则, 项目环境管理工作的通知: rules about projects, not the file of one.
_GENERAL_RULE = re.compile(
    r"(?:原则|办法|规定|规范|准则|指南|细则|通知|公告|意见|要求)(?:（[^）]*）)?\s*$"
)
_ONE_PROJECT = re.compile(
    r"公示|批复|受理|拟(?:批准|审批)|报告[书表]|验收|[万千]?吨|公司|有限|厂|信息公开|公众参与"
)


def _orders_generally(title: str, duties: Sequence[Duty]) -> bool:
    """Whether an act about the environmental management of projects is a rule for all of them."""
    if _ONE_PROJECT.search(title) or not _GENERAL_RULE.search(title):
        return False
    return any(duty.modality is not Modality.MAY for duty in duties)


_ADDRESSEES = re.compile(r"(?:各|有关|相关)[^。；：:]{2,60}[：:]\s*$")
_OPENS_WITHIN = 4  # blocks: title, document number, addressees


def _addresses(blocks: Sequence[Block]) -> bool:
    """Whether a text begins with those it speaks to, as a story never does."""
    opening = [block.text or "" for block in blocks[:_OPENS_WITHIN] if block.kind == "paragraph"]
    return any(_ADDRESSEES.match(text.strip()) for text in opening)


def _due_by_a_day(duty: Duty) -> bool:
    return duty.when is not None and duty.when.date is not None


def _orders_companies(duty: Duty) -> bool:
    company = duty.who.kind in (Bound.COMPANY, Bound.ANYONE)
    return company and duty.modality is not Modality.MAY


def _lists(title: str, blocks: Sequence[Block]) -> bool:
    tables = [block for block in blocks if block.kind == "table" and len(block.rows) >= 2]
    return bool(tables) or _LIST.search(title) is not None
