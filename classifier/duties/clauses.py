"""Read the duties of one statement, sanctions not yet bound."""

from __future__ import annotations

import re
from dataclasses import replace

from classifier.duties.act_view import find_verbs
from classifier.duties.limits import limited_act
from classifier.duties.modals import find_modals
from classifier.duties.orders.gates import gated_duties
from classifier.duties.orders.role_headings import headed_roles
from classifier.duties.predicates import read_predicates
from classifier.duties.sanctions.sanction_words import duty_part
from classifier.duties.segments import read_segments
from classifier.duties.setting import Predicate, Setting
from classifier.duties.statements import Statement
from domain.law.duties import Duty, Limit, Subject

# 本办法所称…是指, 为了规范…制定本办法, 鼓励, 的要求不再适用, 其他…行为
_SAYS_NO_DUTY = re.compile(
    r"(?:时限|内容|要求|规定|方式|标准|条款|事项)(?:均|仍|都)?(?:保持)?不变[。；]?$|^(?:各地)?请[^，。；]{0,6}将本(?:通知|通告|公告|提示)(?:转发|传达|转告)"
    r"|(?:减少|增加|降低|提高|加大)[^，。；]{0,6}(?:检查|抽查|监管)[^，。；]{0,4}(?:频次|频率|力度)|按[^，。；]{0,8}频次[^，。；]{0,6}(?:检查|抽查)"
    r"|^[^，。；]{0,10}(?:监督|执法|行政)检查不得妨碍|^(?:下列|以下|上述)(?:行为|情形)按[^，。；]{0,8}表[^，。；]{0,6}处理|^[^，。；]{0,24}适用于|^附件[：:]|^(?:本|以上|上述)[^，。；]{1,10}自[^，。；]{2,24}(?:施行|实施|执行|试行)|^本[^，。；]{1,8}由[^，。；]{2,20}(?:负责|予以)?解释|^(?:法律[^，。；]{0,12})?其他[^，。；]{0,30}(?:行为|情形|义务|事项|条件|职责)|^(?:信函|邮件|来函|来信|联系人|联系电话|电话|地址|通讯|邮箱)|^[^。；应须]{0,30}(?:本[^，。；]{1,8}所称|是指|指的是)|^为(?:了)?[^。]{2,120}(?:制定|特制定|印发)"
    r"|(?:施行|实施|生效)(?:日期|时间)(?:由|从)[^，。；]{4,30}?(?:推迟|延期|提前|调整|变更|顺延|延长|改)(?:至|到|为)"
    r"|^根据[^。]{2,120}制定|^(?:国家|本省|省|市)?(?:鼓励|支持|引导)"
    r"|申请行政复议|提起(?:行政)?诉讼|误写|误为|特此更正|更正为|更正《|予以更正|更正如下|勘误|(?:要求|规定|义务)(?:不再适用|取消|停止执行|废止)"
)
# 请企业(高度重视，)于9月30日前完成整改
_EXHORTATION = re.compile(
    r"(?:要|应当?)?(?:高度重视|提高(?:政治)?站位|提高认识|加强组织领导|加强领导|压实责任)(?:[，、；]|(?=。))"
)
# 一要全面排查。二要严格管控。
# 期限由原来的拆卸后30日内缩短为拆卸后10日内: only the new value is law
_OLD_VALUE = re.compile(
    r"由(?:原来?的?|现行的?)?[^，。；由]{2,24}?(?:缩短|延长|调整|变更|修改|改|压缩|提高|降低)(?:为|至|到|成)(?!\d{4}年|\d{1,2}月)"
)
# 用于科研的样品不超过5千克的除外。
_EXCEPTS = re.compile(r"(?!.*(?:应当|必须|须))[^，；]*除外[。；]?$")
# 提供下列资料：营业执照、台账: the things themselves
_LISTED_AFTER = re.compile(
    r"(?P<verb>提交|提供|报送|上传|携带|出示)(?:下列|以下|如下)(?:[^，。；：]{0,6}(?:材料|文件|资料|单证|证明|证件))[：:]"
    r"(?P<list>[^，。；：]{2,40}、[^，。；]{2,80})"
)
_CONTENTS = re.compile(r"[^，。；]*(?:应当?|须)(?:至少)?(?:包括|包含)[^。；]*")  # 材料应包括：执照
# （原办法规定企业应当报送信息）, ，鼓励交售至网点, ，无存量的也须零报告, (每年提交报告)的要求不变
_ASIDE = re.compile(
    r"（[^（）]{0,60}(?:应当|不得|必须)[^（）]{0,60}）|[，；](?:并|同时)?(?:鼓励|支持|倡导|提倡)[^，。；]*"
    r"|[，；]?[^，。；]*零报告[^，。；]*|的(?:要求|规定|义务)(?:不变|继续有效|保持不变)"
)
# 检测报告（出具日期距申报之日不超过30日）、装箱证明: how a paper must be, no bound of the duty
_PAPER_NOTE = re.compile(
    r"(?<=[告明书单证件料表片])（[^（）]{0,30}(?:不(?:得|应)?(?:超过|早于|晚于|少于|低于)|以内|有效期)[^（）]{0,20}）"
)
# 在合同签订后、货物启运前: the day before which it is due
_BETWEEN = re.compile(r"(?<=[在于])[^，。；、]{2,12}?(?:之)?后、(?=[^，。；、]{2,12}前)")
# 1.江西某某循环科技有限公司（第三批）；: an item of a list of companies
_IS_COMPANY = re.compile(
    r"[^，。；：应须]{2,36}(?:有限(?:责任)?公司|股份公司|集团公司)(?:（[^（）]{0,40}）)?[，；。]?"
)
# 托运人宜在包装件上加贴标签: what a standard only advises
_ADVISES = re.compile(
    r"^(?!.*(?:应|须|不得|禁止))[^。；]{0,30}(?<![适便事])宜(?=在|采用|使用|设|不|按|对|将|为|高于|低于|大于|小于|配)"
)
_STEP_LABEL = re.compile(r"^(?:[^，。；：]{2,6}：)?(?:第[一二三四五六]步|首先|其次|最后)[，：]")
# 10月起改为按月报送，(每月25日前报上月数据)
_FROM_NOW = re.compile(
    r"(?:自|于|从)?次[年月]起[，、]?|连续[\d一二三四五六七八九十]{1,2}[年个月]{1,2}[，、]?(?=每)|"
    r"(?:自?\d{1,2}月起)?改为按[月季年周][^，。；]{0,6}，(?=每)"
)
# 在专用库房存放，最长不超过(90天)
_LONGEST = re.compile(
    r"(?P<verb>贮存|存放|暂存|储存|堆存)(?P<rest>[^，。；]{0,16})，(?:时间|期限)?最长不(?:得)?超过"
)
# 库温控制在30℃以下, 间距保持在1.5米以上, 荷电状态降至30%以下, 最多放5块
_HELD_AT = re.compile(
    r"(?:把|将)?(?P<what>[^，。；：把将]{2,16}?)(?:严格|一律)?(?:(?:控制|保持|维持|限制)在|降至|降到|降低至|放电至)(?P<n>\d{1,6}(?:\.\d{1,3})?|[一二三四五六七八九十百]{1,4})"
    r"(?P<unit>[^\d，。；]{1,5}?)(?P<side>以内|以下|之内|以上|之上)"
)
_AT_MOST = re.compile(
    r"(?P<side>最多|至多)(?:只能|可以?|能)?(?:存放|堆放|贮存|放|存|摆放)(?=\d|[一二三四五六七八九十])"
)
_HOURS = re.compile(r"(?P<n>\d{1,3})\s?h(?=[内前后之])")  # 4 h内
# 保存期不短于两年, 不长于90日
_NO_SHORTER = re.compile(r"不(?P<than>[短长])于")
# 到2027年底，规范回收率达到60%以上
_REACHES = re.compile(
    r"(?P<what>[率比例])(?:应当?|须|要)?(?:达到|不低于)(?P<n>\d{1,3}(?:\.\d)?)%以上"
)
# 登录平台填报，7月15日17:00系统自动关闭
_SHUTS = re.compile(
    r"，(?:系统|平台|通道|入口)?(?:将)?(?:于|在)?(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}日)(?:\d{1,2}(?::|时)\d{0,2})?(?:申报|填报)?(?:系统|平台|通道|入口)?(?:自动)?(?:关闭|截止)"
)
# 负责电池拆卸、绝缘包扎和出库登记
_IN_CHARGE_OF = re.compile(
    r"负责(?P<list>[一-鿿]{2,10}(?:(?:、|和|及|以及)[一-鿿]{2,10}){1,5})(?:等?工作)?(?=[。；]|$)"
)
# 劝阻无效的(，)于2小时内报告, 超过35℃的(，)立即转移
_CASE_INSIDE = re.compile(
    r"(?P<case>(?:^|(?<=[，；：。]))[^，。；：]{0,12}(?:未|不|无|能够|超|达到|低于|高于|发生|发现|存在|出现|涉及|属于|拒|逾期|破损|漏液|损坏|遗失|变更|变动)[^，。；：]{0,16}?的)"
    r"(?=于|立即|及时|最迟|须|应当?|必须|要|不得|不予|拒绝|严禁|禁止|一律|由|在\d|\d{1,2}(?:日|个|小时|天))"
)
_SLOGAN = re.compile(
    r"要(?:全面|严格|强化|加强|切实|认真|深入|从严|突出|压实|全力)[^，。；]{2,6}[。；]?"
)
_SAME_RECORD = re.compile(r"(?:其|该|上述|相关|有关)?(?:台账|记录|档案|资料|凭证|单据|联单)?")
_GENERIC = re.compile(r"(?:各|有关|相关|上述|该|[贵你]|申报|申请|符合条件的)?(?:企业|单位|公司)")
# 表列企业, 被撤销公告的企业, 申报企业: those that the act's list or its title is about
_MEANT = re.compile(
    r"(?:表列|申报|申请|参评|开办|举办|上述|该|[贵你]|你们|被(?:撤销|移出|除名)|(?:被|已?列入|符合)[^，。；]{2,14}的)(?:企业|单位|公司)|生产企业"
)


def read_clauses(statement: Statement, setting: Setting) -> list[Duty]:
    """The duties of a statement in order."""
    body = _EXHORTATION.sub("", duty_part(statement.body))
    body = _without_label(statement, body)
    if _STEP_LABEL.match(body):  # each step has its own doer
        setting = replace(setting, sentence=(), earlier=())
    body = _FROM_NOW.sub("", _STEP_LABEL.sub("", body))
    body = _CASE_INSIDE.sub(r"\g<case>，", body)
    body = _IN_CHARGE_OF.sub(_each_charge, body)
    body = _HOURS.sub(r"\g<n>小时", body)
    body = _REACHES.sub(r"\g<what>不得低于\g<n>%", _NO_SHORTER.sub(_as_compared, body))
    body = _SHUTS.sub(r"，截止\g<day>", body)
    body = _AT_MOST.sub("不得超过", _HELD_AT.sub(_as_bound, body))
    body = _LONGEST.sub(r"\g<verb>\g<rest>，\g<verb>期限不得超过", body)
    body = _BETWEEN.sub("", _PAPER_NOTE.sub("", body))
    body = _ASIDE.sub("", _CONTENTS.sub("", body))
    body = _LISTED_AFTER.sub(r"\g<verb>\g<list>", _OLD_VALUE.sub("为", body))
    if (
        not body.strip("，。；： ")
        or _IS_COMPANY.fullmatch(body)
        or _ADVISES.search(body)
        or _EXCEPTS.match(body)
        or _SAYS_NO_DUTY.search(body)
        or _is_caption(statement, body)
        or _SLOGAN.fullmatch(body)
    ):
        return []
    found, body = gated_duties(body, setting)
    for predicate in read_predicates(body, setting):
        if setting.chapeau and setting.chapeau.fulfils and setting.chapeau.subjects:
            predicate.subjects = setting.chapeau.subjects  # whose conditions the items are
        predicate.subjects = _resolved(predicate, setting)
        found = _joined(found, read_segments(predicate, setting.years, [*setting.earlier, *found]))
    place = statement.passage.where(statement.start)
    found = [
        replace(duty, article=statement.article, quote=statement.quote, place=place)
        for duty in found
    ]
    if setting.documents and found:
        found[-1] = replace(found[-1], documents=setting.documents)
    return found


# （四）数据审核：各区县发改局4月5日前逐项审核; but 网点：负责登记 says whom it binds
_ITEM_LABEL = re.compile(r"^(?P<label>[一-鿿、]{2,12})：(?=[^\s])")


def _without_label(statement: Statement, body: str) -> str:
    """An item without the words that say what it is about; a role stays as its subject."""
    match = _ITEM_LABEL.match(body) if statement.item and not statement.opens_list else None
    if match is None:
        return body
    label = match["label"] if headed_roles(match["label"]) else ""
    return label + body[match.end() :]


_LONGEST_CAPTION = 8  # characters: 二、立即整改。


def _is_caption(statement: Statement, body: str) -> bool:
    """Whether an item begins with words that only say what it is about: 二、立即整改。对…."""
    goes_on = statement.start == 0 and statement.end < len(statement.passage.text.rstrip())
    short = len(body.strip("，。；： ")) <= _LONGEST_CAPTION
    return bool(statement.item) and goes_on and short and not find_modals(body)


def _as_bound(match: re.Match[str]) -> str:
    """库温控制在30℃以下 is 库温不得超过30℃."""
    words = "不得低于" if match["side"].endswith("上") else "不得超过"
    return f"{match['what']}{words}{match['n']}{match['unit']}"


def _each_charge(match: re.Match[str]) -> str:
    """负责电池拆卸、绝缘包扎和出库登记 charges with each: 负责电池拆卸，绝缘包扎，出库登记."""
    parts = re.split(r"、|和|及|以及", match["list"])
    known = [part for part in parts if (verbs := find_verbs(part)) and verbs[-1][1] == len(part)]
    each = len(known) == len(parts) and all(find_verbs(part)[0][0] > 0 for part in parts)
    return "负责" + "，".join(parts) if each else match[0]


def _as_compared(match: re.Match[str]) -> str:
    """不短于 is 不少于, 不长于 is 不超过."""
    return "不少于" if match["than"] == "短" else "不超过"


def _joined(before: list[Duty], found: list[Duty]) -> list[Duty]:
    """建立台账，台账保存期限不少于3年: how long it is kept belongs to the record before it."""
    first = found[0] if found else None
    if (
        first is not None
        and before
        and first.limit is not None
        and _measures(before[-1], first.limit)
    ):
        return [*before[:-1], replace(before[-1], limit=first.limit), *found[1:]]
    if first is not None and before and first.limit is not None and _times_a(first.limit):
        limit = replace(first.limit, parameter=f"{before[-1].verb}次数")
        joined = replace(before[-1], limit=limit, when=before[-1].when or first.when)
        return [*before[:-1], joined, *found[1:]]
    if first is None or first.act != "keep_records" or first.limit is None:
        return before + found
    if not before or before[-1].act != "keep_records" or before[-1].limit is not None:
        return before + found
    if not _SAME_RECORD.fullmatch(first.object) and first.object not in before[-1].object:
        return before + found
    limited = [
        replace(duty, limit=first.limit)
        if duty.act == "keep_records" and duty.limit is None
        else duty
        for duty in before
    ]
    return limited + [duty for duty in found if duty.limit != first.limit]


def _times_a(limit: Limit) -> bool:
    """Whether a limit only counts how often: (定期培训，)每年不少于2次."""
    return limit.unit == "次" and bool(re.fullmatch("每[年月季半周]?.{0,2}", limit.parameter))


def _measures(last: Duty, limit: Limit) -> bool:
    """Whether a limit says how much of the act before it: 开展检查，检查比例不低于50%."""
    named = last.verb[:2]
    counted = last.act not in ("store", "keep_records") and last.limit is None
    counted = counted and limited_act(limit) != "keep_records"
    return counted and len(named) == 2 and limit.parameter.startswith(named)


def _resolved(predicate: Predicate, setting: Setting) -> tuple[Subject, ...]:
    """企业 in an act that addresses one role only, or names one in its title, is that role."""
    one = setting.addressees[0] if len(setting.addressees) == 1 else None
    named = one if one is not None and one.role != "any_company" else None
    role, words = (named.role, _GENERIC) if named else (setting.role, _MEANT)
    words = _GENERIC if setting.asked else words
    if role is None:
        return predicate.subjects
    return tuple(
        (named or replace(subject, role=role))
        if subject.role == "any_company" and words.fullmatch(subject.text or "")
        else subject
        for subject in predicate.subjects
    )
