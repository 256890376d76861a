"""Find the modal verbs of a sentence: 应当, 不得, 可以, and those with a bound, 不得超过."""

from __future__ import annotations

import re
from dataclasses import dataclass

from domain.law.duties import Modality

# 不得, 严禁, 不再受理; not 不得超过 (a bound), 不可抗力, 按照禁止进口的固体废物管理
_MUST_NOT = (
    r"不得(?!超过|高于|低于|少于|多于|大于|小于|晚于|迟于)|不准(?!确|时)|严禁|(?<!按照)(?<!明令)(?<![按属为于入])禁止(?!类|性|[一-鿿]{2,4}(?:物品|目录)[，。；]|准入|事项|行为清单)|不予(?=收寄|接收|承运|出库|入库|充电|装运|回收|收购|收运)|不要(?!求|紧)|不可(?!抗|避|少|或缺|分割|以[，。；]|以?(?:再次|撤销|逆))(?:以(?=[一-鿿]{2}))?"
    r"|不应(?!当)(?!超过|高于|低于|少于|大于|小于)|不应当(?!超过|高于|低于|少于)"
    r"|不能(?![^，。；]{1,8}的(?:最迟|应|须|要|由|立即|及时|可|，))(?!再次|正常|够|确定|满足|提供|按时|按期|及时|说明|证明|达到)"
    r"|不再(?=受理|审批|办理|接收|接受|核发|颁发|认定)"
)
# 不得超过, 应不小于, ≤
_BOUND = (
    r"(?:应当?|须|均)?不(?:得|应)?(?:超过|高于|低于|少于|多于|大于|小于)|≤|≥"
    r"|(?:应当?|须)(?:大于|小于|高于|低于)(?:或?等于)?(?=\s?\d)"
)
# 应当, 须, 需, 请于, 要对照; not 供应, 应急, 必须知, 需求, 请示, 主要
_MUST = (
    r"(?:只|仅)(?:能|可|得|准)(?!源|持续|再生|用(?:性|于科)|以[，。；])|应当(?!说|看到|指出|承认)|应该(?!说)|必须|务必|务请|(?<![必无毋])须(?!知|求|臾)"
    r"|(?<![供相适反响对效感回一])应(?!当|该|急|用|对措施|收|届|付|税|答|力|变|聘|有尽有|运|链|邀|商|予受理|为“)"
    r"|(?<![所急必亟确无毋不如])需(?!求|方|[^，。；]{1,8}的[，：]|要的|求侧|送检的)(?:要)?"
    r"|(?<![申邀聘提报恳])请(?!示|求|假|教|况|人|书|材料|的|单位|企业|日|之日|表|事项|、|，|参阅|见附|登录.{2,20}下载)"
    r"|(?<![需主重必纲摘只概还就不简])要(?=明确|指定|确定|安排|配备|报送|提交|填报|上传|登录|对照|严格|按|于|在|及时|将|建立|加强|切实|把|立即|认真|主动|自觉|落实|做到|如实|对|逐"
    r"|全面|依法|积极|进一步|会同|组织|指定|坚决|每|以|与|通过|定期|完善|结合|承担|制定|采取|履行)|(?:(?<=企业)|(?<=单位)|(?<=部门)|(?<=各市)|(?<=各地)|(?<=网点)|(?<=公司)|(?<=机构))要(?!求|素|点|件|么|是|想|有)|(?<=[前后内起时])要(?!求|素|点|件|是|有)|负责(?!人|同志|的|，|。|；|$)"
    r"|(?:最迟)?不得(?=[晚迟]于)|一律(?=登录|录入|上传|填报|暂停|停止|关闭|取缔|下架|清退|退出|注销|封存|停用|移交|交由|报|登记|备案|采用|使用|实行|通过|纳入|重新)|(?<=现)责令(?=[^，。；]{2,40}(?:自|于|在)[^，。；]{1,30}[前内])"
)
# 可以, 可于…前; not 可以看出, 许可, 认可
_MAY = (
    r"可以(?!看出|说|理解)|(?<![许认不])可(?=于|在|向|通过|凭|持|依法|按|自愿|自行|申请|继续|直接|采用|登录|以|自|一次"
    r"|委托|与|不|延长|先|再|处)|(?<!所)有权|允许"
)
_MODAL = re.compile(
    f"(?P<must_not>{_MUST_NOT})|(?P<bound>{_BOUND})|(?P<must>{_MUST})|(?P<may>{_MAY})"
)
_TIME_WORDS = ("时限", "时限应当", "时限应", "最迟", "最晚")
_CALLS = (
    "请",
    "务请",
    "责令",
    "禁止",
    "严禁",
)  # the one who is called stands behind: 请各综合利用企业于…


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal verb in a text; ``bound`` holds its words where it compares, ``calls`` says
    that the subject stands behind it, ``standalone`` (严禁) that it needs no thing named before."""

    start: int
    end: int
    modality: Modality
    bound: str = ""
    calls: bool = False
    standalone: bool = False


def find_modals(text: str) -> list[Modal]:
    """The modal verbs of a text in order, those inside of titles and quotations left out."""
    return [
        Modal(
            match.start(), match.end(), _modality(match), match["bound"] or "",
            match[0] in _CALLS, match[0] in ("严禁", "禁止"),
        )
        for match in _MODAL.finditer(text)
        if not _quoted(text[: match.start()])
        and not (match["bound"] and text[: match.start()].endswith(_TIME_WORDS))
    ]  # fmt: skip


def _modality(match: re.Match[str]) -> Modality:
    if match["must_not"]:
        return Modality.MUST_NOT
    return Modality.MAY if match["may"] else Modality.MUST


def _quoted(left: str) -> bool:
    return left.count("《") > left.count("》") or left.count("“") > left.count("”")
