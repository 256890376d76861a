"""Conditions that a duty's words put on whom it binds, which nothing known of a company settles."""

from __future__ import annotations

import re

from domain.law.duties import Duty
from domain.records.reason import Reason, reason

# 应当, 不得, 须; 应急 and 可靠 are other words.
_MODAL = re.compile(
    r"应当|应予|必须|不得|禁止|严禁|可以|不可|须|应(?![急用收付])|可(?![能靠])|鼓励|需(?!要|求)"
)
_MEASURE = (
    r"(?:能力|产量|产能|规模|贮存量|储存量|处理量|回收量|运输量|销量|销售量|进口量|利用量|注册资本|"
    r"营业收入|从业人员|投资额|占地面积|总重量|数量)"
)
# 年处理能力超过1万吨的, 贮存量达到30吨以上的
_THRESHOLD = re.compile(
    _MEASURE + r"[^，。；]{0,14}(?:超过|达到|达|以上|以下|不足|不满|大于|小于|低于|高于|不低于|"
    r"不高于)[^，。；]{0,14}的|规模以上|大型|中小型|小微"
)
# 本办法施行前已经建成的, 过渡期内, 自本办法施行之日起一年内
_TRANSITION = re.compile(
    r"(?:施行|实施|生效|发布|印发)(?:之日)?(?:以?前|之前)[^，。；]{0,6}(?:已|取得|建成|投运|开工|从事|备案)|"
    r"过渡期|(?:原有|既有|现有)(?:企业|单位|项目)|(?:施行|实施|生效)(?:之日)?起[^，。；]{1,8}内(?:可|继续)|"
    r"新(?:建|设立)(?:的)?(?:[、改扩建]*)(?:项目|企业|网点)|(?<![一-鿿])拟(?:建|设)"
)
# Words that narrow a role to some of its companies: 被移出名单的, 未取得许可的, 试点, 境外
_NARROWED = re.compile(
    r"未(?:按|取得|经|完成|列入|办理|通过|达到|备案)|尚未|不(?:具备|符合|再)|符合|具备|满足|取得|获得|"
    r"已(?:列入|取得|纳入|完成|备案|经)|被(?:撤销|移出|处罚|列入|责令|通报|认定|取消)|申报|申请|拟|试点|"
    r"示范|重点|骨干|龙头|规模|大型|小微|外资|新建|改建|扩建|原(?!料)|超过|以上|参加|参与|受托|委托|发生|"
    r"存在|涉嫌|违反"
)
# Where the words before a subject begin: after a mark or a blank.
_PHRASE_START = re.compile(r"[，。；：、（）()\s]")
_LONGEST_PHRASE = 24
# Companies of a list or of the text before: 表列企业, 上述企业, 名单内企业
_LISTED = re.compile(
    r"表列|所列|名单|下列|上述|以下企业|该(?:企业|公司|单位)|附件|列入|移出|被撤销|被取消|当事人"
)
# 你公司, 贵单位
_YOU = re.compile(r"[你贵](?:公司|单位|企业|厂|司|院|所)")
# 境外|新能源汽车生产企业, and 境外企业 itself
_ABROAD = re.compile(r"(?:境外|国外|外国)(?:的)?$|^(?:境外|国外|外国)(?!.*的)")
# 生产、回收等企业, 和其他
_OPEN_LIST = re.compile(
    r"等(?:相关|有关|各类|生产|经营|市场)?(?:企业|单位|主体|机构|经营者|公司|环节)|及其他|和其他|以及其他"
)


def before_verb(duty: Duty) -> str:
    """The words before the verb that binds: where a sentence says whom it speaks to."""
    text = duty.who.text or ""
    start = duty.quote.find(text) + len(text) if text and text in duty.quote else 0
    modal = _MODAL.search(duty.quote, start)
    return duty.quote[: modal.start()] if modal else duty.quote


def subject_phrase(duty: Duty) -> str:
    """The subject with the words right before it: 境外新能源汽车生产企业, 你公司."""
    text = duty.who.text or ""
    at = duty.quote.find(text) if text else -1
    if at < 0:
        return text
    narrowing = _PHRASE_START.split(duty.quote[:at])[-1]
    return narrowing[-_LONGEST_PHRASE:] + text


def owned_noun(duty: Duty) -> str:
    """The words behind a subject that is only the owner of the real one: 境外企业|的境内代理人."""
    text = duty.who.text or ""
    tail = before_verb(duty).partition(text)[2] if text else ""
    return tail if tail.startswith("的") else ""


def unsettled(duty: Duty) -> Reason | None:
    """A condition on whom a duty binds that only the company can settle; None where there is
    none."""
    head = before_verb(duty)
    if threshold := _THRESHOLD.search(head):
        return reason("may_apply.threshold", words=threshold[0])
    if transition := _TRANSITION.search(head):
        return reason("may_apply.transition", words=transition[0])
    phrase = subject_phrase(duty)
    if _LISTED.search(phrase):
        return reason("may_apply.listed")
    if _NARROWED.search(phrase):
        return reason("may_apply.narrowed", words=phrase)
    return None


def speaks_to_one(duty: Duty) -> bool:
    """Whether it speaks to the one company that the text is addressed to: 你公司."""
    return bool(_YOU.search(subject_phrase(duty)))


def speaks_to_listed(duty: Duty) -> bool:
    """Whether it speaks to companies that a list or the text before names: 表列企业."""
    return bool(_LISTED.search(subject_phrase(duty)))


def speaks_to_foreign(duty: Duty) -> bool:
    """Whether it speaks to companies abroad: 境外新能源汽车生产企业, not 境外企业的境内代理人."""
    text, phrase = duty.who.text or "", subject_phrase(duty)
    if owned_noun(duty):
        return False
    return bool(text) and _ABROAD.search(phrase.removesuffix(text) or text) is not None


def list_is_open(duty: Duty) -> bool:
    """Whether whom it names is only an example: 生产、回收等企业."""
    return bool(_OPEN_LIST.search(duty.who.text or "") or _OPEN_LIST.search(before_verb(duty)))
