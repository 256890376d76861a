"""Conditions that a duty's words put on whom it binds, which nothing known of a company settles."""

from __future__ import annotations

import re

from domain.law.applicability.act_place import placed_in
from domain.law.applicability.role_words import ANY_COMPANY, named_roles
from domain.law.duties import Duty
from domain.records.reason import Reason, reason

# 应当, 不得, 须; 应急, 供应, 许可 and 可燃 are other words.
_MODAL = re.compile(
    r"应当|应予|必须|不得|禁止|严禁|可以|不可(?!抗)|须|(?<![供反响对相适效])应(?![急用收付])|"
    r"(?<![许认])可(?![能靠燃再回循溯追持行])|鼓励|(?<![所必供])需(?!要|求)"
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
_NUMBER = r"[\d.,〇零一二三四五六七八九十百千两]{1,9}\s?[万亿]?"
_UNIT = (
    r"(?:吨|千克|公斤|元|平方米|平米|立方米|㎡|[辆台套组个只块人名家座批]|"
    r"[吉兆千]瓦时?|[GMk]Wh?|瓦时)"
)
# 净重超过三百千克的, 500千瓦及以上的, 二十辆以上; times are no threshold.
_AMOUNT = re.compile(
    rf"(?:超过|达到?|不足|不满|[少多大小高低]于|不[少低]于){_NUMBER}{_UNIT}[^，。；]{{0,16}}的|"
    rf"{_NUMBER}{_UNIT}(?:[（(]含[）)]|及|或者?)?以[上下][^，。；]{{0,20}}的"
)
# 本办法施行前已经建成的, 过渡期内, 自本办法施行之日起一年内
_TRANSITION = re.compile(
    r"(?:施行|实施|生效|发布|印发)(?:之日)?(?:以?前|之前)[^，。；]{0,6}(?:已|取得|建成|投运|开工|从事|备案)|"
    r"过渡期|(?:原有|既有|现有|存量|在建|在役)(?:的)?[^，。；的]{0,6}(?:企业|单位|项目|站|点|设施|装置|生产线|场所|库|产能)|(?:施行|实施|生效)(?:之日)?起[^，。；]{1,8}内(?:可|继续)|"
    r"(?:日|月|年|施行|实施|发布)(?:之)?(?:以)?前已经?[^，。；]{1,14}的|"
    r"(?:日|月|年|底|施行|实施|发布)(?:之)?(?:以)?前(?:已经?)?(?:依法)?(?:投放|投产|销售|生产|建成|取得|备案|上市|"
    r"出厂|进口|签订|开工|运营|设立|注册|列入)[^，。；]{0,20}的|"
    r"新(?:建|设立)(?:的)?(?:[、改扩建]*)(?:项目|企业|网点)|(?<![一-鿿])拟(?:建|设)"
)
# 自施行之日起两年内，企业可以沿用; 自施行之日起六个月内完成 is a day for all.
_FOR_A_TIME = re.compile(
    r"(?:施行|实施|生效|发布|印发)(?:之日)?起[^，。；]{1,8}内[，,]?[^，。；]{0,30}(?:可以?|允许)(?:继续|沿用|延用|使用|暂)"
)
# Words that narrow a role to some of its companies: 被移出名单的, 未取得许可的, 试点, 境外
_NARROWED = re.compile(
    r"未(?:按|取得|经|完成|列入|办理|通过|达到|备案)|尚未|不(?:具备|符合|再)|符合|具备|满足|取得|获得|"
    r"已(?:列入|取得|纳入|完成|备案|经)|被(?:撤销|移出|处罚|列入|责令|通报|认定|取消)|申报|申请|拟|试点|"
    r"示范|重点|骨干|龙头|规模|大型|小微|外资|新建|改建|扩建|原(?!料)|超过|以上|参加|参与|受托|委托|发生|"
    r"存在|涉嫌|违反|电动自行车|消费[型类]|小动力|采用|设有|自建|租用|签有|签订|集中贮存|"
    r"水路|铁路|航空|民航|内河|水上|跨省|省际|跨境"
)
# What a company is, not what happens to it: 由汽车生产企业设立的, 采用换电模式的
_STATUS = re.compile(
    r"(?:^|[，。；：\s])[^，。；：\s]{0,16}?(?:由[^，。；]{2,16}(?:设立|建设|投资|运营)|属于|位于|地处|采用|设有|配有|"
    r"兼营|同时从事|列入|纳入)[^，。；]{0,24}的[，,]?(?=$|[^，。；]{2,20}$)"
)
# A kind of a role that is not known of a company: 集中贮存型|回收服务网点, 一类|企业
_KIND = re.compile(r"(?:型|[一二三四五甲乙丙ABC]类|[一二三四五甲乙丙AB]级)(?:的)?$")
# Where the words before a subject begin: after a mark or a blank.
_PHRASE_START = re.compile(r"[，。；：、（）()\s]")
_LONGEST_PHRASE = 24
# Companies of a list or of the text before: 表列企业, 上述企业, 名单内企业
_LISTED = re.compile(
    r"表列|所列|名单|下列|上述|以下企业|该(?:企业|公司|单位)|附件|列入|移出(?!人|方|地|单位|企业)|被撤销|被取消|当事人"
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
    if not text:
        return _phrase_before_verb(duty)
    at = before_verb(duty).rfind(text)
    if at < 0:
        return text
    narrowing = _PHRASE_START.split(duty.quote[:at])[-1]
    return narrowing[-_LONGEST_PHRASE:] + text


def _phrase_before_verb(duty: Duty) -> str:
    """The role right before the verb, with its clause, where the reading found no subject."""
    head = before_verb(duty)
    phrase = _PHRASE_START.split(head)[-1] if head != duty.quote else ""
    roles = named_roles(phrase)
    return phrase if roles and roles[-1].end == len(phrase) else ""


# 境外企业|指定|的境内代理人
_OWNS = re.compile(
    r"(?:[^，。；：、和与及或的]{0,6}(?:指定|委托|授权|设立|设置|选定|建设|控股|聘请|合作|派驻))?(?=的)"
)


# 网点|设立企业, 企业|用户: the words before are only part of another name.
_NAME_GOES_ON = re.compile(r"[^的由在于按每将对向应等，和及与或、]{1,8}(?:企业|单位|用户)$")
_OTHERS = re.compile(r"(?:以外|之外)的")


def other_name(duty: Duty) -> str:
    """The whole name of which a subject's words are only the beginning: 网点设立企业; else ''."""
    text = duty.who.text or ""
    tail = before_verb(duty).rpartition(text)[2] if text else ""
    return text + tail if _NAME_GOES_ON.fullmatch(tail) else ""


def speaks_to_others(duty: Duty) -> bool:
    """Whether it speaks to all but those whom it names: 电池生产企业以外的其他企业."""
    text = duty.who.text or ""
    return bool(text) and _OTHERS.match(before_verb(duty).rpartition(text)[2]) is not None


def owned_noun(duty: Duty) -> str:
    """The words behind a subject that is only the owner of the real one: 境外企业|的境内代理人."""
    text = duty.who.text or ""
    tail = before_verb(duty).partition(text)[2] if text else ""
    owns = _OWNS.match(tail)
    return tail[owns.end() :] if owns else ""


# 的境内代理人, 的汽车生产企业: who is meant; 的贮存场所 is a place.
_OWNED_COMPANY = re.compile(r"的[^，。；：]{0,12}(?:企业|单位|机构|商|人|者|公司|网点|站)")


def owned_company(duty: Duty) -> str:
    """The company behind a subject that only describes it: 设立网点|的汽车生产企业; else ''."""
    tail = owned_noun(duty)
    return tail if _OWNED_COMPANY.fullmatch(tail) else ""


# 综合利用企业|委托的核查机构: another one, who works for the named one
_SERVES = re.compile(
    r"(?:委托|聘请|选定|指定|合作)的[^，。；：的]{0,12}(?:机构|单位|企业|公司|经营人)"
)


def serves_other(duty: Duty) -> bool:
    """Whether it speaks to one of no known role that the named one commissions."""
    text = duty.who.text or ""
    tail = before_verb(duty).rpartition(text)[2] if text else ""
    named = _SERVES.match(tail)
    return named is not None and all(one.role == ANY_COMPANY for one in named_roles(named[0]))


# 请江南绿能科技有限公司于12月底前
_COMPANY_NAME = re.compile(r"[一-鿿（）()]{2,30}?(?:有限责任公司|有限公司)")


def company_in_head(duty: Duty) -> str:
    """The words before the verb where they name one company and the reading found no subject."""
    if duty.who.role not in (None, "any_company"):
        return ""
    head = before_verb(duty)
    found = _COMPANY_NAME.findall(head) or _COMPANY_NAME.findall(duty.quote[:60])
    return head if len(found) == 1 and not duty.who.role else ""


def unsettled(duty: Duty, *, taken_up: bool = False, permit: str = "") -> Reason | None:
    """A condition on whom a duty binds that only the company can settle; None where there is
    none. Of a subject that is ``taken_up`` from the sentence before it is known who it is, and
    that it has a ``permit`` of these words is settled."""
    head = before_verb(duty)
    if threshold := _THRESHOLD.search(head) or _AMOUNT.search(head):
        return reason("may_apply.threshold", words=threshold[0])
    if transition := _TRANSITION.search(head) or _FOR_A_TIME.search(duty.quote):
        return reason("may_apply.transition", words=transition[0])
    phrase = subject_phrase(duty)
    if status := _STATUS.search(head):
        return reason("may_apply.narrowed", words=status[0].strip("，。；： "))
    if owned := _OWNED_STOCK.search(head):
        return reason("may_apply.narrowed", words=owned[0])
    if permit:
        phrase = phrase.replace(permit, "").removeprefix("的")
        return _narrowed(phrase, duty) or _of_process(phrase)
    if _LISTED.search(phrase) and not taken_up:
        return reason("may_apply.listed")
    return _narrowed(phrase, duty) or _by_clause(phrase, duty) or _by_owner(phrase, duty)


# 动力电池生产企业|有未报送的存量电池的，: what it has is known to itself only; an event is not.
_OWNED_STOCK = re.compile(
    r"(?:企业|单位|网点|人|商|机构|公司)(?:有(?=未|尚未|存量|库存|历史)|尚有|仍有|存有|建有|自有|持有|拥有)"
    r"[^，。；]{2,30}的(?=[，,]|$)"
)
# 湿法冶炼|排污单位: of one process of those that a recycler may have
_PROCESS = re.compile(r"湿法|火法|冶炼|热解|焙烧|破碎|萃取|电镀|涂布|化成")


def _of_process(phrase: str) -> Reason | None:
    return reason("may_apply.narrowed", words=phrase) if _PROCESS.search(phrase) else None


def _by_owner(phrase: str, duty: Duty) -> Reason | None:
    """Only those whom another one sets up or commissions: 汽车生产企业设立|的网点; an agent of a
    company abroad is always named so."""
    tail = before_verb(duty).partition(duty.who.text or "\0")[2]
    owns = _OWNS.match(tail)
    if owns is None or not owns[0] or _ABROAD.search(phrase):
        return None
    return reason("may_apply.narrowed", words=f"{phrase}{tail}")


def _narrowed(phrase: str, duty: Duty) -> Reason | None:
    if _NARROWED.search(phrase) or _KIND.search(phrase.removesuffix(duty.who.text or "")):
        return reason("may_apply.narrowed", words=phrase)
    return None


def _by_clause(phrase: str, duty: Duty) -> Reason | None:
    return reason("may_apply.narrowed", words=phrase) if _has_clause(duty) else None


# Only those of the place, which narrows nothing: 本省行政区域内的, 在本市注册的, 位于我省的
_PLACE_CLAUSE = re.compile(
    r"(?:凡|各|由|请|对)?(?:在|位于|注册地在|住所在)?"
    r"(?:(?:本|我|全|该)(?:省|市|区|州|县|自治区)|[一-鿿]{2,4}[省市]|自治区|中国|中华人民共和国|辖区|境|国|省|市|区|域|"
    r"行政区域|范围|所有)*(?:境)?(?:内|辖区)?(?:依法)?"
    r"(?:注册|登记|设立|从事(?:生产)?经营(?:活动)?|开展业务|所有|有关|相关)?的"
)


_GOODS_CLAUSE = re.compile(r"^(?:进口|出口|进出口)[^，。；]{0,14}的")


def _has_clause(duty: Duty) -> bool:
    """Whether a clause before the role's name says which of its companies are meant:
    停止生产新能源汽车的|汽车生产企业; a place alone narrows nothing."""
    phrase = subject_phrase(duty)
    roles = named_roles(phrase)
    if not roles or roles[-1].role == ANY_COMPANY or _GOODS_CLAUSE.search(phrase):
        return False  # 从事运输的企业: the clause is the role; 进口黑粉的收货人: the goods
    before = phrase[: roles[-1].start]
    if not before.endswith("的") or placed_in(before) is not None:
        return False
    if _PLACE_CLAUSE.fullmatch(before) or _PRINCIPAL_ABROAD.fullmatch(before):
        return False
    return not _is_its_trade(before, roles[-1].role)


# 境外供货商的|境内代理人: every agent has one
_PRINCIPAL_ABROAD = re.compile(r"(?:境外|国外|外国)[^，。；的]{2,16}的")
# 在本省|从事退役动力电池检测的|检测机构
_TRADE_CLAUSE = re.compile(
    r"(?P<where>[^，。；]{0,14}?)(?:从事|开展)(?P<what>[^，。；的]{2,24}?)(?:业务|活动|服务|工作)?的"
)
_PLAIN_TRADE = re.compile(r"(?:废旧?|退役|新能源汽车|动力|蓄|锂|电池|余能|的)")


def _is_its_trade(before: str, role: str) -> bool:
    """Whether a clause only says what every company of the role does: 从事动力电池检测的."""
    clause = _TRADE_CLAUSE.fullmatch(before)
    if clause is None:
        return False
    if clause["where"] and _PLACE_CLAUSE.fullmatch(f"{clause['where']}的") is None:
        return False
    trade = _PLAIN_TRADE.sub("", clause["what"])
    return any(
        one.role == role and one.start == 0
        for noun in ("企业", "机构")
        for one in named_roles(f"{trade}{noun}")
    )


_ONLY_SOME = frozenset({"may_apply.threshold", "may_apply.transition", "may_apply.narrowed"})


def binds_only_some(duty: Duty) -> bool:
    """Whether a duty is of some companies of its role only: those beyond a threshold, those that
    were there before."""
    condition = unsettled(duty, taken_up=True)
    return condition is not None and condition.code in _ONLY_SOME


def speaks_to_one(duty: Duty) -> bool:
    """Whether it speaks to the one company that the text is addressed to: 你公司."""
    return bool(_YOU.search(subject_phrase(duty)))


def speaks_to_listed(duty: Duty) -> bool:
    """Whether it speaks to companies that a list or the text before names: 表列企业."""
    return bool(_LISTED.search(subject_phrase(duty)))


# 该公司, 表列企业, 被撤销企业; 上述企业 may be a class of them.
_NAMED = re.compile(
    r"表列|所列企业|名单[内中所]|下列企业|以下企业|该(?:公司|企业|单位|网点)|被(?:撤销|取消|移出|除名|通报|约谈)|[你贵](?:公司|单位|企业)"
)


def speaks_to_named(duty: Duty) -> bool:
    """Whether it binds only companies that the text names: 该公司, 被移出企业."""
    return bool(_NAMED.search(subject_phrase(duty)))


def speaks_to_foreign(duty: Duty) -> bool:
    """Whether it speaks to companies abroad: 境外新能源汽车生产企业, not 境外企业的境内代理人."""
    text, phrase = duty.who.text or "", subject_phrase(duty)
    if owned_noun(duty):
        return False
    return _ABROAD.search((phrase.removesuffix(text) if text else "") or text or phrase) is not None


def list_is_open(duty: Duty) -> bool:
    """Whether whom it names is only an example: 生产、回收等企业."""
    return bool(_OPEN_LIST.search(duty.who.text or "") or _OPEN_LIST.search(before_verb(duty)))
