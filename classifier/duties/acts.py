"""Find what a predicate asks for: its act, its object, and the words that are neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from classifier.duties.subjects import find_roles
from classifier.facts.portals import find_urls, portal_names
from config.duty_terms import load_actions
from domain.law.duties import Destination

# 完成…核对, 开展自查, 进行检测: the verb that follows says what is done.
_LIGHT = re.compile(
    r"^(?:(?:并|再|且|应当|及时|如实|主动|依法|自行|全面|统一|认真|切实|尽快|抓紧|严格|书面|定期|分别|逐[一家]|重新|另行|擅自|自觉|如期|按时|按期|积极|专门|直接|先|首先|均|仅)*"
    r"(?:组织)?(?:完成|开展|进行|办理|办结|实施|做好|予以|加以|推进|启动|组织|落实|参加|申请办理))"
)
_ADVERB = re.compile(
    r"^(?:并|且|再|则|也|还|同时|及时|如实|主动|依法|自行|全面|统一|认真|切实|尽快|抓紧|严格|书面|定期|分别|逐一|重新|另行|擅自|自觉|按时|按期|积极|按规定|准确|完整|妥善|单独|集中|"
    r"安全|规范|以任何形式|以任何方式|以书面形式|违法|非法|违规|无证|以|、|或者?|和|，)+"
)
# 按照国家有关规定, 依据附件要求: how it is done
_MANNER = re.compile(
    r"(?:按照?|依据|根据|依照|参照|对照|遵照)[^，。；]{1,40}?(?:的?(?:规定|要求|标准|格式|办法|规范|程序|目录|清单|方式|样式|指南|规则|原则|流程|通知|模板|表)|附件\d*|GB(?:/T)?\d[\d.-]*)(?:的)?(?:及时|如实)?"
    r"|以[^，。；]{1,12}(?:方式|形式|名义)"
)
# 通过国家溯源平台, 在新平台上, 登录省系统
_VIA = re.compile(
    r"(?:通过|经由|登录|登陆|利用|依托|进入|使用|在|于)(?P<name>[^，。；]{1,60}?(?:平台|系统|网站|小程序|窗口|邮箱|电子邮件|邮件|传真|信函)(?:（[^（）]{0,80}）)?)(?:上(?![传报])|中|内|统一|在线|等方式)?(?:，)?"
)
_AUTHORITY = r"[^，。；向将把并及]{0,24}?(?:部门|海关|机关|部|厅|局|委|办公室|政府|机构|管委会|海事|承运人|企业|单位|车主|所有人|消费者|社会|公众|人|方|社)"
_NAME, _BLANK = "□", "○"  # what stands for a name, and for words that are no part of the act
_NAMED = re.compile(r"《[^》]{1,60}》|“[^”]{1,60}”")
_BRACKET = re.compile(r"（[^（）]{0,80}）")
# 向所在地县级工业和信息化主管部门(备案), 报市工业和信息化局(批准)
_TO = re.compile(
    r"向(?P<to>[^，。；向将把]{0,20}?(?:□+(?:[^，。；向将把报备申提办告移交说通书公]{0,4}(?=[报备申提办告移交说通书公]))?|社会|公众|海关|海事机构))"
    r"(?=[○□]*(?:如实|及时|书面|依法|主动|统一|立即)?[报备申提办说告通书公出移交递披支履进登缴完发送上反推寄签预作]|$)"
    r"|(?:报请|报经|报)(?P<for>□+)(?=备案|批准|审批|审核|同意|审定)"
)
# 在其产品销售的设区的市, 在作出处罚决定时, 在交易完成后
_PLACE = re.compile(
    r"(?:在|于)[^，。；将把]{1,30}?(?:的市|市|地|区域|范围内?|辖区内?|场所|境内|现场|时(?!间|限)|期间|过程中|环节|前提下|基础上|醒目位置|显著位置|明显位置|外侧|表面|外包装上|凭证上|网站上?|处)(?=[一-鿿○□])"
)
_LIGHT_VERB = re.compile(
    r"组织|开展|完成|实施|办理|做好|推进|伪造|篡改|隐瞒|虚报|瞒报|漏报|谎报|转借|出租|出借"
)
_MODIFIES = re.compile(
    r"(?:[○□]|逐步|优先|如实|完整|准确|分类|集中|单独|混合|集中|擅自|直接|随意|私自|自行|违规|统一|原|新|一律|全部|方可|再次|继续|另行|同步|定期|书面|不定期|以[^，]{1,12}(?:方式|形式)|为[^，]{2,16}|由[^，]{2,16}|经[^，]{2,16}|用于[^，]{0,6}|由|被|可|再|仍|进行|及|其|等)*"
)
_DESTINATION = re.compile(
    rf"^(?:至|到|给|于|往)?(?P<to>(?:{_AUTHORITY}|[^，。；]{{2,30}}?(?:平台|系统|邮箱|网点|场所)|[\w.-]+@[\w.-]+))"
)
_TRIM = re.compile(
    r"^(?:的|了|好|有关|相关|并|和|及|、|，|：|进行|开展|本企业|本单位|其(?!他|它|余|中))+|(?:的?工作|手续|等|的|，|、|；|。|：|及时|一次)+$"
)


@dataclass(frozen=True, slots=True)
class ActRead:
    """An act with its object and where it is done."""

    act: str
    object: str
    where: Destination | None = None
    verb: str = ""


@cache
def _verbs() -> re.Pattern[str]:
    """All verbs in one pattern, longer words first, so that 报告 does not hide behind 报."""
    words = [
        (len(re.sub(r"[\\(?:){}\[\]^，。；,0-9]", "", word)), word, action)
        for action, terms in load_actions().actions.items()
        for word in terms.words
    ]
    words.sort(key=lambda item: -item[0])
    return re.compile(
        "|".join(f"(?P<{action}_{n}>{word})" for n, (_, word, action) in enumerate(words))
    )


def _action(match: re.Match[str]) -> str:
    return (match.lastgroup or "other_0").rpartition("_")[0]


def find_verbs(text: str) -> list[tuple[int, int, str]]:
    """Verbs of a text in order: start, end, act."""
    return [(match.start(), match.end(), _action(match)) for match in _verbs().finditer(text)]


def read_act(segment: str) -> ActRead | None:
    """The act of a segment without its times: 将自查报告报送所在区县工业和信息化主管部门 is
    report, 自查报告, to that authority."""
    view = _View.of(segment)
    verbs = [
        verb
        for verb in find_verbs(view.masked)
        if verb[2] != "other" or _LIGHT_VERB.match(view.masked[verb[0] :])
    ]
    if not verbs:
        return _unknown(view)
    for reader in (_brought, _done_to, _carried_out, _plain):
        found = reader(view, verbs)
        if found is not None:
            return found
    return _unknown(view)


@dataclass(frozen=True, slots=True)
class _View:
    """A segment and the same with names and adjuncts blanked out, position for position."""

    text: str
    masked: str
    where: Destination | None
    first: int  # where the predicate starts, behind adverbs and adjuncts

    @classmethod
    def of(cls, segment: str) -> _View:
        masked = _VIA.sub(_blank, _NAMED.sub(_name, segment))
        for name in portal_names(segment):
            masked = masked.replace(name, _NAME * len(name))
        for span in find_roles(segment):
            if _BLANK not in masked[span.start : span.end]:
                masked = masked[: span.start] + _NAME * (span.end - span.start) + masked[span.end :]
        where = _where(segment, masked)
        for pattern in (_BRACKET, _MANNER, _TO, _PLACE):
            masked = pattern.sub(_blank, masked)
        lead = _ADVERB.match(masked)
        return cls(segment, masked, where, lead.end() if lead else 0)

    def words(self, start: int, end: int | None = None) -> str:
        """The published words of a stretch, adjuncts left out."""
        stop = len(self.text) if end is None else end
        return "".join(self.text[i] for i in range(start, stop) if self.masked[i] != _BLANK)


def _blank(match: re.Match[str]) -> str:
    return _BLANK * len(match[0])


def _name(match: re.Match[str]) -> str:
    return _NAME * len(match[0])


def _read(
    view: _View, verb: tuple[int, int, str], thing: str, where: Destination | None = None
) -> ActRead:
    return ActRead(verb[2], trimmed(thing), view.where or where, view.text[verb[0] : verb[1]])


def _brought(view: _View, verbs: list[tuple[int, int, str]]) -> ActRead | None:
    """将X报送Y: the last verb that no name hides; what follows is where it goes."""
    match = re.search(r"(?:将|把)", view.masked[: view.first + 24])
    if match is None:
        return None
    later = [verb for verb in verbs if verb[0] > match.end()]
    if not later:
        return None
    verb = next((v for v in later if _goes_somewhere(view, v)), later[-1])
    thing = view.words(match.end(), verb[0])
    thing = re.sub(r"(?:全部|及时|如实|统一|一并|立即|书面|委托)+$", "", thing)
    after = view.words(verb[1])
    target = _DESTINATION.match(after)
    where = Destination(name=target["to"]) if target else None
    if verb[2] == "other" and thing:
        return None
    return _read(view, verb, thing, where)


def _goes_somewhere(view: _View, verb: tuple[int, int, str]) -> bool:
    return bool(re.match(rf"(?:至|到|给|于|{_NAME})", view.masked[verb[1] :]))


def _done_to(view: _View, verbs: list[tuple[int, int, str]]) -> ActRead | None:
    """对X进行检测, 对X逐家检查: the act comes last, its object after 对."""
    match = re.match(rf"{_BLANK}*(?:对于?(?!接|外|照|应)|就|与|同)", view.masked[view.first :])
    if match is None:
        return None
    start = view.first + match.end()
    later = [verb for verb in verbs if verb[0] > start and verb[2] != "other"]
    if not later:
        return None
    verb = later[-1]
    thing = view.words(start, verb[0])
    thing = re.sub(
        r"(?:的)?(?:每年|每季度)?(?:至少)?(?:组织|开展|进行|实施|予以|加以|逐[家一户个]|全面|全覆盖|依法|一次|定期|现场|监督|安全|单独|混合|共同|直接|并|及时)+$",
        "",
        thing,
    )
    rest = view.words(verb[1])
    if view.masked[view.first + match.start() :].startswith(("与", "同")):
        return _read(view, verb, rest or thing, None if rest else None)
    return _read(view, verb, thing)


def _carried_out(view: _View, verbs: list[tuple[int, int, str]]) -> ActRead | None:
    """完成历史数据核对, 开展自查, 办理登记手续: the noun says what is done."""
    light = _LIGHT.match(view.masked[view.first :])
    if light is None:
        return None
    start = view.first + light.end()
    heavy = [verb for verb in verbs if verb[0] >= start and verb[2] != "other"]
    if not heavy:
        only_names = not view.masked[start:].strip(_NAME + _BLANK + "、和及，")
        return None if only_names else _read(view, verbs[0], view.words(start))
    verb = heavy[-1]
    before = view.words(start, verb[0])
    target = re.match(r"(?P<a>.+?)(?:与|和)(?P<b>[^，。；]*(?:平台|系统))$", before)
    if verb[2] == "connect" and target:
        return _read(view, verb, target["a"], Destination(name=target["b"]))
    after = view.words(verb[1])
    if after and not re.match(r"(?:工作|手续|$)", after) and before:
        before = ""
    return _read(view, verb, before or after or view.text[verb[0] : verb[1]])


def _plain(view: _View, verbs: list[tuple[int, int, str]]) -> ActRead | None:
    """报送入库信息; 倾倒、丢弃电解液; 单独存放: the first verb, its object behind it."""
    verb = verbs[0]
    lead = view.words(view.first, verb[0])
    if len(lead) > 1 and not _MODIFIES.fullmatch(lead):
        last = verbs[-1]
        if not view.words(last[1]).strip("，。；、的"):
            return _read(view, last, view.words(view.first, last[0]))
        return _unknown(view)
    end = verb[1]
    for later in verbs[1:]:
        if re.fullmatch(r"(?:、|和|或者?|与|及|并|以及)", view.masked[end : later[0]]):
            end = later[1]
    thing = view.words(end)
    if view.where is None and (
        to := re.match(rf"(?:至|到|给)?(?P<to>[^，。；{_NAME}]{{0,6}}{_NAME}+)", view.masked[end:])
    ):
        if verb[2] in ("hand_over", "notify", "report") and not view.masked[
            end + to.end() :
        ].startswith(("的", "等")):
            rest = view.words(end + to.end())
            return _read(
                view, verb, rest, Destination(name=view.words(end, end + to.end()).lstrip("至到给"))
            )
    if (to := re.match(r"(?:至|到|给)(?P<to>[^，。；]{2,40})", thing)) and view.where is None:
        return _read(view, verb, "", Destination(name=to["to"]))
    if (
        view.where is None
        and verb[2] in ("hand_over", "report", "provide", "comment", "connect")
        and (
            to := re.search(
                r"(?:至|到|给|入)(?P<to>[^，。；]{2,40}?(?:平台|系统|网点|企业|单位|部门|局|厅|人|@[\w.-]+))$",
                thing,
            )
        )
    ):
        return _read(view, verb, thing[: to.start()], Destination(name=to["to"]))
    return _read(view, verb, thing)


def _unknown(view: _View) -> ActRead | None:
    """An act that no word of ours names: kept as "other" with its own words."""
    words = trimmed(view.words(view.first))
    if _LIGHT.match(view.masked[view.first :]):
        return None
    if len(words) < 3 or not re.match(r"[一-鿿]", words):
        return None
    return ActRead("other", words, view.where, words[:2])


def trimmed(text: str) -> str:
    """An object without punctuation and empty words."""
    before = None
    while before != text:
        before, text = text, _TRIM.sub("", text.strip())
    return text[:80]


def _where(segment: str, masked: str) -> Destination | None:
    """The portal, else the addressee that the segment names."""
    urls = find_urls(segment)
    via = _VIA.search(segment)
    names = portal_names(segment)
    if via:
        named = [name for name in names if name in via["name"]]
        name = named[-1] if named else re.sub(r"（.*", "", via["name"])
        return Destination(name=name.lstrip("了"), url=urls[0] if urls else None)
    if names and re.search(r"(?:至|到|在|上传|录入|填报|报送|接入|对接|导入)", segment):
        return Destination(name=names[0], url=urls[0] if urls else None)
    if to := _TO.search(masked):
        group = "to" if to["to"] else "for"
        name = segment[to.start(group) : to.end(group)]
        return Destination(name=name, url=urls[0] if urls else None)
    return None
