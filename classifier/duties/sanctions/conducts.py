"""Read the conduct that a sanction punishes, as the duty that it breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from classifier.duties.acts import find_verbs, read_act
from classifier.duties.subjects import find_roles, subjects_of
from classifier.facts.sentences import fold_width
from domain.law.duties import Destination, Modality

_OMITTED = re.compile(
    r"(?:未按(?:照)?[^，。；]{0,8}?(?:规定|要求|期限?|时)(?:及时|如实)?|未(?:及时|依法|如实|履行|能|予|如期)?|不按[^，。；]{0,6}(?:规定|要求)|没有|拒不|不)(?=[一-鿿])"
)
_ACTED = re.compile(r"未经|将|把|向|擅自|伪造|非法|随意|超")  # 将电池转卖给不具备资质的单位
_MEANWHILE = re.compile(r"(?<=..)(?:从事|擅自|即(?=[一-鿿]))[^，。；]*$")  # 未备案(从事运输)
# 检查中发现(超量贮存的)
_FOUND = re.compile(
    r"^(?:[^，。；]{0,8}[中时])?(?:经[^，。；]{2,4})?(?:被)?(?:发现|查实|查获)(?:有|存在)?"
)
_LATE = re.compile(r"逾期(?!不|未|仍|拒)|超期(?=报|提交|备案|移交)")  # 逾期报送的 breaks the report
# 对(伪报品名出口的)
_SAID_OF = re.compile(
    r"^(?:对于?|有|存在)(?=未|不|擅|伪|拒|私自|倒卖|超|无|提供虚|[虚迟漏瞒谎]报|隐瞒|非法|违规|[^，]{0,8}(?:倾倒|伪造|瞒报))"
)
# 未经批准(跨省转移废电池)
_UNAPPROVED = re.compile(
    r"^未经[^，。；]{0,14}?(?:批准|同意|许可|备案|审核)[，]?(?:擅自)?(?:跨[省市区县])?"
)
CONDUCT_START = re.compile(r"未|不按|拒不|擅自|将|违反|伪造|没有|非法|随意|对(?!应)")
# 对未按规定编码的产品, 未备案的企业: what the conduct's words end with
_CONDUCT_TAIL = re.compile(
    r"(?:的(?:企业|单位|网点|机构|经营者|承运人|托运人|产品|车型|主体|违法行为|行为|情形|个人)?|等[^，。；]{0,8}行为|行为|到位)+$"
)
_PARTS = re.compile(
    r"[，；]|(?:或者?|以及|、)(?=未|不按|不|将|经|擅自|弄虚作假|虚报|瞒报|提供虚假|拒|逾期|伪造)"
)
_PASSED_OFF = re.compile(r"(?<=.)(?:伪报为|冒充|谎报为|当作|混作)[^，。；]*$")  # 废物伪报为原料
_LACKS_PERMIT = re.compile(  # 无许可证从事收集, 未取得经营许可证擅自拆解
    r"(?:无|没有|未(?:依法)?取得)(?P<permit>[^，。；]{0,12}?(?:许可证?|资质|证书?))(?:擅自|而)?(?:从事|收集|拆解|运输|处置|经营|开展)"
)
# 未(在接收之日起30日内)上传
_IN_TIME = re.compile(
    r"(?<=未)(?:在|于)(?:[^，。；]{1,16}?(?:之日起|后))?(?:\d{1,3}|[一二三四五六七八九十]{1,3})个?"
    r"(?:工作日|小时|日|天|月)(?:之|以)?内"
)
# 评估不合格仍继续(运行): forbids to go on, not to assess
_STILL = re.compile(
    r"^[^，。；]{0,14}(?:不合格|未通过|不达标|期满|届满)的?仍然?(?:继续|在)?"
    r"(?=运行|使用|销售|生产|经营|运输|充电|出厂)"
)
# 未履行查验、登记义务的
_UNFULFILLED = re.compile(r"未(?:依法|按规定|按要求)?履行(?P<act>[^，。；]{2,20}?)的?义务")
_AGAIN = re.compile(
    r"^(?:宽限|整改|过渡)?期(?:届)?满仍?$|^(?:连续|近|累计|两次|[一二三两\d]).*|^(?:仍|到期|届时|期满|经.*)$"
)  # 连续两年(未提交的)
_POORLY = re.compile(r"(?:不认真|不到位|不彻底|不力|不重视)[^，。；]*$")  # 自查不认真的
# need no object: 未按规定办理备案、填写联单, 赋码或者报送溯源信息
_ALONE = ("file", "register", "code", "label")
# 未按规定上传(、)保存监测数据, 未公示(或者)公布价格
_JOINED = re.compile(r"或者?|、|以及|和|并|及")


@dataclass(frozen=True, slots=True)
class Conduct:
    """What is punished: the duty that it breaks, by modality, act and object."""

    modality: Modality
    act: str
    object: str = ""
    verb: str = ""
    where: Destination | None = None


def read_conduct(text: str) -> Conduct | None:
    """The duty that a conduct breaks: 未按规定报送 is must report, 擅自拆解 must not dismantle."""
    words = _IN_TIME.sub("", _CONDUCT_TAIL.sub("", fold_width(text)[0].strip("。；，的 ")))
    words = _STILL.sub("", _SAID_OF.sub("", _FOUND.sub("", words)))
    rest = _without_offender(words)
    late = _LATE.match(rest) is not None
    rest = re.sub("^(?:逾期|到期|期满|仍)+", "", rest)
    if lacks := _LACKS_PERMIT.match(rest):
        return Conduct(Modality.MUST, "obtain_permit", lacks["permit"], "取得")
    omitted = _omission(rest)
    acted = _MEANWHILE.sub("", rest[omitted.end() :]) if omitted else rest
    read = read_act(_POORLY.sub("", _UNAPPROVED.sub("", acted)))
    if read is None:
        return None
    thing = "" if read.object == read.verb else _PASSED_OFF.sub("", read.object)
    if omitted and not thing and not subjects_of(rest[: omitted.start()]):
        thing = _AGAIN.sub("", rest[: omitted.start()].rstrip("，"))  # 备案事项变化(未报告的)
    refuses = read.act == "take_back" and read.verb.startswith("拒")
    poorly = _POORLY.search(rest) is not None
    if omitted is None and not late and not refuses and not poorly:
        return Conduct(Modality.MUST_NOT, read.act, thing, read.verb)
    return Conduct(Modality.MUST, read.act, thing, read.verb, read.where)


def _without_offender(words: str) -> str:
    """A conduct without whose it is: 检测机构出具虚假报告, 企业未报送."""
    head = CONDUCT_START.split(words)[0]
    if head != words:
        return words[len(head) :] if subjects_of(head) else words
    roles = find_roles(words)
    return words[roles[0].end :] if roles and roles[0].start == 0 else words


def _omission(text: str) -> re.Match[str] | None:
    """未…, 拒不… and the like; a bare 不 only where the words begin (来源不明的 omits nothing)."""
    match = None if _ACTED.match(text) else _OMITTED.search(text)
    return None if match is not None and match.start() and match[0] == "不" else match


def read_conducts(words: str) -> tuple[Conduct, ...]:
    """All conducts that a text joins: 未按规定通知车主或者报告 are two omissions."""
    words = _UNFULFILLED.sub(r"未\g<act>", words)
    found = [
        read for part in _PARTS.split(words) if part
        for piece in _pieces(part) if (read := read_conduct(piece))
    ]  # fmt: skip
    for index in range(len(found) - 2, -1, -1):  # 未按规定上传、保存监测数据: both the data
        later = found[index + 1]
        if found[index].act in _ALONE:
            continue
        if not found[index].object and later.modality is Modality.MUST is found[index].modality:
            found[index] = replace(found[index], object=later.object)
    return tuple(found)


def _pieces(part: str) -> Iterator[str]:
    """An omission for each verb that it joins."""
    omitted = _omission(part)
    if omitted is None:
        yield part
        return
    start = omitted.end()
    for match in _JOINED.finditer(part, start):
        rest = part[match.end() :]
        verbs = find_verbs(rest)
        if verbs and verbs[0][0] == 0 and match.start() > start:
            yield part[: omitted.end()] + part[start : match.start()]
            start = match.end()
    yield part[: omitted.end()] + part[start:]
