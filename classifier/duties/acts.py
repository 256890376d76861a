"""Find what a predicate asks for: its act and its object."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifier.duties.act_view import BLANK, NAME, ActView, Verb, find_verbs
from classifier.duties.receivers import AFTER_TO, DESTINATION, SENDS, without_receiver
from domain.law.duties import Destination

__all__ = ["ActRead", "find_verbs", "read_act", "trimmed"]

# 完成…核对, 开展自查, 进行检测: the verb that follows says what is done.
_LIGHT = re.compile(
    r"^(?:(?:并|再|且|应当|及时|如实|主动|依法|自行|全面|统一|认真|切实|尽快|抓紧|严格|书面|定期|分别|逐[一家]|重新"
    r"|另行|擅自|自觉|如期|按时|按期|积极|专门|直接|先|首先|均|仅|首次)*(?:组织)?"
    r"(?:完成|开展|进行|办理|办结|实施|做好|予以|加以|推进|启动|组织|落实|参加|申请办理|提出))"
)
_LIGHT_VERB = re.compile(
    r"组织|开展|完成|实施|办理|做好|推进|伪造|篡改|隐瞒|虚报|瞒报|漏报|谎报|转借|出租|出借|拒绝|阻碍|阻挠|逃避|妨碍|隐匿|毁弃|销毁"
)
# What may stand between a modal verb and its verb: 集中, 单独, 委托□□
_MODIFIES = re.compile(
    r"(?:[○□]|逐步|优先|如实|完整|准确|分类|集中|单独|逐[条项一个批车]|混合|擅自|直接|随意|私自|自行|违规|统一|原|新增?|一律|全部|方可"
    r"|再次|继续|另行|[一-鿿]{2,4}人员|每[班日天周月]|同步|定期|书面|不定期|首次|委托|为[^，]{2,16}|由[^，]{2,16}|经[^，]{2,16}|用于[^，]{0,6}"
    r"|[在于](?!线|[^，。；]*考虑)[^，。；]{2,10}$"
    r"|(?:放置)?[在于][^，。；]{1,12}(?:上|中|内|里|栏|区|区域)|由|被|可|再|仍|进行|及|其|等)*"
)
# 委托有资质单位处置, 委托具备资质的机构开展检测
_ENTRUST = re.compile(
    r"委托(?P<to>[^，。；]{0,24}?(?:单位|机构|企业|公司|人|第三方(?!机构|单位|公司)))(?:进行|开展|实施|予以)?"
)
_ARCHIVED = re.compile(r"(?:存档|归档|留存|保存|保管)(?:备查)?[，。；]?$")
_TRIM = re.compile(
    r"^(?:的|了|好|(?:汇总|初审|审核|核实)后|汇总(?=.{3})|有关|相关|并|和|及|与(?![^，。；]{1,12}相(?:匹配|适应|一致|符合))|、|，|：|进行|开展|提出|提交|给|一次(?!性)|\d{1,2}次|会同|本企业|本单位|其(?!他|它|余|中))+"
    r"|(?:的?工作|任务|手续|等|的|，|、|；|。|：|及时|\d?次|一次|即可|或者|至少|书面|到位|完毕|出厂|开工|进境|入境|出境|各)+$"
)
# 私自(留存、)出售
_JOINED_VERB = re.compile(r"(?<![一-鿿])[一-鿿]{2,4}、$|(?<=私自|擅自|自行|随意)[一-鿿]{2}、$")
# 低于2.5伏的单独(存放), 破损电池单独(存放)
_ALONE = re.compile(r"(?<=的|池|物|品|件|包|组)(?:单独|分类|集中|分开|统一|另行|分别)+$")
_LISTED = re.compile(r"、(?=[一-鿿]{2,4}、|[一-鿿]{2,6}等)")
_TO_OBJECT = re.compile(
    r"(?:的)?(?:每年|每季度)?(?:至少)?(?:组织|开展|进行|实施|予以|加以|逐[家一户个]|全面|全覆盖|依法|一次|定期|现场"
    r"|监督|安全|单独|混合|共同|直接|并|及时)+$"
)
# 签订协议, 提出异议: the verb's own words hold its object
_CONTINUES = re.compile(r"(?:或者?|和|及|、|以及)(?=[一-鿿]{2})")
_HOLDS_OBJECT = re.compile(
    r"签[订署].{2}|(?:提出|反馈|提交|反映|发送).{2}|(?:取得|领取|具备|持有).{2}"
)
_REGISTERED = re.compile(r"账[户号]|注册|登记|手续|信息$")
# 修改意见, 书面意见建议; not 初审意见
_COMMENTED = re.compile(r"(?:修改|反馈|书面|有关|相关|具体|不同)*(?:意见|建议|异议)(?:和?建议)?")
_PUT = re.compile(r"(?:区域?|场所|仓库|库房?|地带|位置|容器|箱|柜|间)$")  # 转移至安全区域
_MAKES_NOUN = frozenset(
    {
        "test",
        "inspect",
        "verify",
        "dispose",
        "correct",
        "hand_over",
        "take_back",
        "dismantle",
        "decide",
    }
)
# 检测报告, 检查比例
_NOUN = re.compile("材料|机构|单位|报告|数据|记录|结果|证书|比例|原始|能力|人员|情况")
_FILED_WITH = re.compile(r"(?P<what>.+)报(?:送)?(?P<to>[^报]{2,14})")  # 核对结果报市局(备案)
_GOES = re.compile(rf"至|到|给|于|{NAME}|[^，。；]{{2,12}}(?:平台|系统|[一-鿿]云)$")
_SYSTEM = re.compile(r"平台|系统|网站")
_REPORTED = re.compile(r"信息|数据|台账|情况|去向|产量|库存|数量")  # 通过省系统按月申报台账
_APPLIES = re.compile(r"申[请报](?:书|表|材料)")
_STORED_IN = re.compile(r"^(?:于|在)[^，。；]{2,16}$")  # 破损电池单独存放(于防爆柜)
_BORDER = re.compile(r"海关|海事|口岸|港$|港口")  # 在钦州港申报, 向海事管理机构申报
_IS_RECORD = re.compile(r"(?:台账|记录|账册|账簿|档案)$")
_IS_MARK = re.compile(r"标识|标志|标牌|标签|编码")


@dataclass(frozen=True, slots=True)
class ActRead:
    """An act with its object and where it is done."""

    act: str
    object: str
    where: Destination | None = None
    verb: str = ""


def read_act(segment: str) -> ActRead | None:
    """The act of a segment without its times: 将自查报告报送所在区县工业和信息化主管部门 is
    report, 自查报告, to that authority."""
    view = ActView.of(segment)
    verbs = [
        verb
        for verb in find_verbs(view.masked)
        if (verb[2] != "other" or _LIGHT_VERB.match(view.masked[verb[0] :]))
        and not (verb[2] in _MAKES_NOUN and _NOUN.match(view.masked, verb[1]))
    ]
    if not verbs:
        return _unknown(view)
    for reader in (_archived, _entrusted, _brought, _done_to, _carried_out, _plain):
        found = reader(view, verbs)
        if found is not None:
            return found
    return _unknown(view)


def _read(view: ActView, verb: Verb, thing: str, where: Destination | None = None) -> ActRead:
    words = view.verb_words(verb)
    if _CONTINUES.match(thing) and (inner := _inner_object(words)):
        thing = inner + thing  # 伪造溯源编码(或者数据)
    thing = trimmed(thing) or _inner_object(words)
    where = view.where or where
    act = _closer(verb[2], words, thing, (where and where.name) or "")
    return ActRead(act, "" if thing == "申请" else thing, where, words)


def _inner_object(words: str) -> str:
    """The object inside of a verb's own words: 签订移交协议 is 移交协议, 备案 has none."""
    if not (_HOLDS_OBJECT.match(words) or len(words) > 4):
        return ""
    rest = words.removeprefix("依法").removeprefix("如实")
    while head := re.match(r"..(?:、|和|或者?|及)(?=..)", rest):
        rest = rest[head.end() :]
    return trimmed(rest[2:])


def _closer(act: str, words: str, thing: str, where: str) -> str:
    """The closer act that verb and object say together: 设置标识 is to label."""
    if words == "申报" and _BORDER.search(where):
        return "declare"
    if words == "设置" and _IS_RECORD.search(thing):
        return "keep_records"
    if words in ("设置", "附上", "附") and _IS_MARK.search(thing[-6:]):
        return "label"
    if act == "provide" and re.search(r"备案(?:表|材料|申请)", thing):
        return "file"
    if words in ("提出", "提交", "递交") and re.search(r"申请(?:书|表|材料)?$", thing):
        return "apply"
    if act in ("report", "provide") and _APPLIES.match(thing):
        return "apply"
    if act in ("report", "provide") and _COMMENTED.fullmatch(thing):
        return "comment"
    return act


def reports_to_system(read: ActRead) -> bool:
    """Whether 申报 is no application: 通过省系统按月申报台账."""
    where = (read.where and read.where.name) or ""
    told = read.verb == "申报" and read.act == "apply"
    return bool(told and _SYSTEM.search(where) and _REPORTED.search(read.object))


def _archived(view: ActView, verbs: list[Verb]) -> ActRead | None:
    """演练记录存档备查: kept, whatever else the words before name."""
    match = _ARCHIVED.search(view.masked)
    if match is None or "将" in view.masked[: match.start()] or view.first > match.start():
        return None
    if verbs[0][2] == "keep_records" and verbs[0][0] == view.first < match.start():
        return None
    thing = re.sub(r"^(?:相关|有关|其)", "", view.words(view.first, match.start()))
    return _read(view, (match.start(), match.end(), "keep_records"), thing)


def _entrusted(view: ActView, verbs: list[Verb]) -> ActRead | None:
    """委托有资质单位处置: handed over to it; 委托检测机构开展检测 stays a test."""
    match = _ENTRUST.search(view.text)
    if match is None or match.start() > view.first + 24:
        return None
    later = [verb for verb in verbs if verb[0] >= match.end() and verb[2] != "other"]
    if not later:
        return None
    verb = later[-1]
    after = view.words(match.end(), verb[0])
    before = re.sub(
        r"(?:收集|收贮|统一|分类|集中|后|并|将|把)+$", "", view.words(view.first, match.start())
    )
    before = "" if before.startswith(("持", "凭")) else before
    thing = (
        after[1:]
        if after.startswith("对")
        else before.lstrip("将把对") or after or view.words(verb[1])
    )
    if verb[2] == "dispose":
        return ActRead("hand_over", trimmed(thing), Destination(name=match["to"]), "委托")
    words = view.verb_words(verb)
    thing = trimmed(_TO_OBJECT.sub("", thing)) or trimmed(after + words)
    return ActRead(verb[2], thing, view.where, words)


def _brought(view: ActView, verbs: list[Verb]) -> ActRead | None:
    """将X报送Y: the last verb that no name hides; what follows is where it goes."""
    match = re.search(r"将|把", view.masked[: view.first + 24])
    if match is None:
        return None
    later = [
        verb for verb in verbs
        if verb[0] > match.end() and not _attributive(view, verb)
    ]  # fmt: skip
    if not later:
        return None
    if (used := _USED_FOR.search(view.text, match.start())) is not None:
        named = [act for start, _, act in later if start >= used.start("how")]
        return ActRead(named[0] if named else "other", trimmed(used["what"]), None, "将")
    verb = next((v for v in later if _goes_somewhere(view, v)), _cluster_head(later))
    thing = re.sub(r"^(?:存放|在库|库存)的?(?=.{0,6}电池)", "", view.words(match.end(), verb[0]))
    thing = re.sub(
        r"(?:全部|及时|如实|统一|一并|立即|书面|委托|单独|分类|集中|分开|汇总|一式[一二三四五两]份)+$",
        "",
        thing,
    )
    if verb[2] == "other" and thing:
        return None
    after = re.sub(r"(?:汇总|备案|审核|备查|审查|存档)$", "", view.words(verb[1]).strip("，。；"))
    if view.verb_words(verb) == "转移至" and _PUT.search(after):
        return ActRead("store", trimmed(thing), None, "转移")
    if verb[2] == "file" and (told := _FILED_WITH.fullmatch(thing)):
        return _read(view, verb, told["what"], Destination(name=told["to"]))
    target = DESTINATION.match(after)
    return _read(view, verb, thing, Destination(name=target["to"]) if target else None)


def _attributive(view: ActView, verb: Verb) -> bool:
    """Whether a verb only describes the thing: 将未移交的电池(移交企业)."""
    told = view.text[: verb[0]].endswith(("未", "已", "所", "尚未", "库存", "经"))
    arrives = view.text[: verb[0]].endswith(
        ("运抵", "运至", "运往", "送至", "送往", "交由", "交至")
    )
    return view.masked.startswith("的", verb[1]) and (told or arrives)


def _cluster_head(verbs: list[Verb]) -> Verb:
    """The last verb, or the one that it only gives the direction of: 退运出境 is 退运."""
    last = verbs[-1]
    before = verbs[-2] if len(verbs) > 1 else last
    return before if last[2] in ("export", "import") and before[1] == last[0] else last


def _goes_somewhere(view: ActView, verb: Verb) -> bool:
    if verb[2] == "hand_over":
        return True
    if verb[2] == "keep_records" and view.masked.startswith("报", verb[1]):
        return False  # 将测温记录(报公司)
    return verb[2] in (*SENDS, "keep_records", "publish", "file", "register", "verify") and bool(
        _GOES.match(view.masked, verb[1])
    )


def _done_to(view: ActView, verbs: list[Verb]) -> ActRead | None:
    """对X进行检测, 对X逐家检查: the act comes last, its object after 对."""
    match = re.match(rf"{BLANK}*(?:对于?(?!接|外|照|应)|就|与|同)", view.masked[view.first :])
    if match is None:
        return None
    start = view.first + match.end()
    later = [verb for verb in verbs if verb[0] > start and verb[2] != "other"]
    if not later:
        return None
    verb = later[-1]
    if view.masked[view.first + match.start() :].startswith(("与", "同")):
        verb = later[0]
        return _read(view, verb, view.words(verb[1]))
    thing = re.split(r"(?:组织|开展|进行|实施|予以)(?=[^，。；])", view.words(start, verb[0]))[0]
    return _read(view, verb, _TO_OBJECT.sub("", thing))


def _carried_out(view: ActView, verbs: list[Verb]) -> ActRead | None:
    """完成历史数据核对, 开展自查, 办理登记手续: the noun says what is done."""
    light = _LIGHT.match(view.masked[view.first :])
    if light is None:
        return None
    start = view.first + light.end()
    heavy = [verb for verb in verbs if verb[0] >= start and verb[2] != "other"]
    if not heavy:
        return _carried_out_unknown(view, verbs, start)
    verb = heavy[-1]
    if verb[2] == "decide" and light[0].endswith("办理"):
        return _read(view, (verb[0], verb[1], "apply"), view.words(start))  # 办理消防验收
    before = view.words(start, verb[0]).rstrip("的")
    if verb[2] == "connect" and (target := re.match(r"(?P<a>.+?)(?:与|和)(?P<b>.+)$", before)):
        return ActRead(
            "connect", trimmed(target["a"]), Destination(name=target["b"]), view.verb_words(verb)
        )
    after = view.words(verb[1])
    if after and before and not re.match(r"(?:工作|手续)?[，。；]?$", after):
        if light[0].endswith("提出"):
            return None
        before = ""
    if not (before or after) and light[0].endswith(("予以", "加以")):
        return _read(view, verb, "")
    if re.search("[、和及与]$", before) and not after.strip("，。；"):
        return _read(view, verb, view.words(start))  # 账号绑定和实名认证
    if before and len(trimmed(before)) <= 2:
        before += view.verb_words(verb)
    return _read(view, verb, before or after or view.verb_words(verb))


def _carried_out_unknown(view: ActView, verbs: list[Verb], start: int) -> ActRead | None:
    only_names = not view.masked[start:].strip(NAME + BLANK + "、和及，")
    return None if only_names else _read(view, verbs[0], view.words(start))


def _plain(view: ActView, verbs: list[Verb]) -> ActRead | None:
    """报送入库信息; 倾倒、丢弃电解液; 单独存放: the first verb, its object behind it."""
    verb = verbs[0]
    lead = _JOINED_VERB.sub("", view.words(view.first, verb[0]))
    if lead and _stands_before(view, verbs, lead):
        return _at_the_end(view, verbs)
    end = _end_of_joined(view, verbs)
    if (
        lead
        and not _MODIFIES.fullmatch(lead)
        and (to := DESTINATION.fullmatch(view.words(end).strip("，。；")))
    ):
        return _read(view, verb, lead, Destination(name=to["to"]))  # 电子版发送至hs@example.cn
    thing = re.sub(
        r"^(?:于|在)[^，。；]{2,14}(?:内|中|上|处|柜|箱|库|区|区域|容器|仓|场所)$",
        "",
        view.words(end),
    )
    where = None
    thing = _after_first(view.verb_words(verb), thing)
    if view.verb_words(verb) in _MOVES and _PUT.search(trimmed(thing)):
        return ActRead("store", "", None, "转移")  # (破损电池)转移至防爆容器
    if view.verb_words(verb).endswith("给") and view.where is None and thing:
        thing, where = "", Destination(name=trimmed(thing))  # 出售给个人
    elif view.where is None:
        thing, where = without_receiver(view, verb, end, thing)
    elif trimmed(thing) == view.where.name:
        thing = ""  # (监测数据)上传省平台
    if (
        view.verb_words(verb) == "登记"
        and thing
        and view.where is None
        and not _REGISTERED.search(thing)
    ):
        verb = (verb[0], verb[1], "keep_records")  # 登记车辆识别代号
    if lead in ("变更", "补办", "注销", "延续") and not thing.strip("，。；"):
        thing = lead + view.verb_words(verb)  # 变更备案
    return _read(view, verb, thing, where)


# 将贮存场所用于其他用途: the thing is no object of 用于
_USED_FOR = re.compile(
    r"[将把](?P<what>[^，。；]{2,24}?(?P<how>用于|用作|改作|改为)[^，。；]{2,30})"
)
_MOVES = ("转移至", "转移到", "移至", "转移")


def _end_of_joined(view: ActView, verbs: list[Verb]) -> int:
    """Where the verbs that are joined with the first one end: 倾倒、丢弃(电解液)."""
    end = verbs[0][1]
    for later in verbs[1:]:
        if re.fullmatch(r"(?:、|和|或者?|与|及|并|以及)", view.masked[end : later[0]]):
            end = later[1]
    return end


def _stands_before(view: ActView, verbs: list[Verb], lead: str) -> bool:
    """Whether the object stands before the last verb: 电解液倾倒, 新旧编码对应关系上传."""
    return (len(lead) > 3 and not _MODIFIES.fullmatch(lead)) or _names_thing(view, verbs)


def _names_thing(view: ActView, verbs: list[Verb]) -> bool:
    """Whether the first verb only names the thing that the last one, at the end, is done to."""
    first, last = verbs[0], verbs[-1]
    sent = last[2] in SENDS or last[2] in ("keep_records", "publish", "file")
    between = view.masked[first[1] : last[0]]
    return (
        last is not first and sent and not view.words(last[1]).strip("，。； ")
        and len(between) > 1 and "、" not in between
        and not _MODIFIES.fullmatch(view.words(view.first, first[0]))
    )  # fmt: skip


_OR_ELSE = re.compile(r"^(?:或者?|、|和|并)[一-鿿]{2}[，。；]?$")  # 退运(或者销毁)


def _after_first(words: str, thing: str) -> str:
    """An object behind further verbs that we do not know: 整改、销号 has none, 填写、运行电子联单
    is 电子联单, 拆解、焊接、充放电等作业 stays whole."""
    if re.fullmatch(r"、[一-鿿]{2,4}[，。；]?", thing) or (
        _OR_ELSE.match(thing) and find_verbs(thing)
    ):
        return ""
    if _LISTED.match(thing):
        return words + thing
    return re.sub(r"^、[一-鿿]{2}(?=[^、]{3,})", "", thing)


def _at_the_end(view: ActView, verbs: list[Verb]) -> ActRead | None:
    """电解液倾倒: the object stands before the last verb, which ends the segment."""
    last = verbs[-1]
    rest = view.words(last[1]).strip("，。；、的")
    if last[2] == "store":
        rest = _STORED_IN.sub("", rest)
    thing = view.words(view.first, last[0])
    if not rest:
        return _read(view, last, _ALONE.sub("", thing))
    if last[2] in SENDS and (to := AFTER_TO.fullmatch(rest) or DESTINATION.fullmatch(rest)):
        return _read(view, last, thing, Destination(name=to["to"]))
    return _unknown(view)


def _unknown(view: ActView) -> ActRead | None:
    """An act that no word of ours names: kept as "other" with its own words."""
    words = trimmed(view.words(view.first))
    if _LIGHT.match(view.masked[view.first :]):
        return None
    if len(words) < 2 or not re.match(r"[一-鿿]", words):
        return None
    return ActRead("other", words, view.where, words[:2])


# 包装按照第九类危险货物: how it is done, no thing
_ONLY_MANNER = re.compile(r"(?:按照?|依据|根据|依照|参照)")


def trimmed(text: str) -> str:
    """An object without punctuation and empty words."""
    text = re.sub(r"^(?:后|在[^，。；的]{1,3}层$)[^，。；]*", "", text)  # 备案(后执行)
    before = None
    while before != text:
        before, text = text, _TRIM.sub("", text.strip())
    return "" if _ONLY_MANNER.match(text) else text[:80]
