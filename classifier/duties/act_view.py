"""See a predicate without its adjuncts: names, manner, addressee and place blanked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from classifier.duties.subjects import find_roles
from classifier.facts.portals import find_urls, portal_names
from config.duty_terms import load_actions
from domain.law.duties import Destination

NAME, BLANK = "□", "○"  # what stands for a name, and for words that are no part of the act
_NAMED = re.compile(r"《[^》]{1,60}》|“[^”]{1,60}”")  # 《管理办法》, “双随机”
_BRACKET = re.compile(r"（[^（）]{0,80}）")  # （加盖公章）
# 并及时, 应当依法, 以书面形式
ADVERB = re.compile(
    r"^(?:此后|今后|之后|并|且|再|则|也|还|都|同时|及时|如实|主动|依法|自行|全面|统一|至少|电话|口头|当面|认真|切实|尽快|抓紧|严格|书面|定期"
    r"|分别|逐一|重新|另行|擅自|自觉|自愿|同步|按时|按期|如期|积极|按规定|准确|完整|妥善|单独|集中|就近|方可|一律|务必"
    r"|应当?|须|从事|事先|加盖公章|签字盖章|确保(?=完成|在|按)|安全|规范|以任何形式|以任何方式|以书面形式|违法|非法|违规|无证|无正当理由|以|、|或者?|和|，|○)+"
)
# 按照国家有关规定, 依据附件要求, 以散装方式: how it is done
_MANNER = re.compile(
    r"(?:按照?|依照)[^，。；]{2,10}?(?:分区|分库|分级|分批|分开)(?=[一-鿿]{2})"
    r"|^每[^，。；年月日季周]{1,8}?(?=至少|配备|配置|设置|安装|设立)"
    r"|^为[^，。；]{2,20}?(?=加装|加贴|配备|安装|投保|购买|出具|开具|出租|出借|代办)"
    r"|(?:按照?|依据|根据|依照|参照|对照|遵照)[^，。；]{1,40}?(?:的?(?:规定|要求|标准|格式|办法|规范|程序|目录"
    r"|清单|方式|样式|指南|规则|原则|流程|通知|模板|要点|表|约定)|附件\d*|GB(?:/T)?\d[\d.-]*)(?:的)?(?:及时|如实)?"
    r"|对照[^，。；□完]{1,20}?(?=逐项|逐条|全面|认真|开展|进行|自查|组织)"
    r"|(?:对照|按照?|依据|根据|参照)□+(?=[^□的])|以[^，。；]{1,12}(?:方式|形式|名义)|(?:会同|联合|配合)□+(?:[、和]□+)*"
    r"|(?:凭|持)[^，。；]{2,16}?(?=办理|领取|申请|委托|提取|进行)"
    r"|(?:使用|采用|采取|用)[^，。；]{2,16}?(?=(?:单独|分类|分别|密闭)*(?:包装|运输|贮存|存放|装运|封装|盛装))"
)
# 通过国家溯源平台, 在新平台上, 登录省系统
_VIA = re.compile(
    r"(?:通过|经由|登录|登陆|利用|依托|进入|使用|在|于)(?P<name>[^，。；]{0,60}?"
    r"(?:平台|系统|网站|小程序|窗口|邮箱|电子邮件|邮件|传真|信函)(?:（[^（）]{0,80}）)?)"
    r"(?:上(?![传报])|中|内|统一|在线|等方式)?(?:，)?"
)
# 登录“单一窗口”, 通过“回收通”小程序, the name blanked out
_VIA_NAMED = re.compile(
    r"(?:通过|登录|登陆|进入|在(?=□+(?:平台|系统|小程序|网站|模块)?(?:上|中|内)?(?:填报|报送|上传|申报|备案|注册|登记|更新|完善|补录|补报|变更|查询|提交)))"
    r"□{3,30}(?:平台|系统|小程序|网站|模块)?(?:上(?!传|报)|中|内)?"
)
_QUOTED_PORTAL = re.compile(
    r"(?:通过|登录|登陆|进入|在)“(?P<name>[^”]{2,28})”(?P<kind>平台|系统|小程序|网站|模块)?(?!栏|项|一栏|处)"
)
_TELLS = r"[报备申提办说告通书公出移交递披支履进登缴完发送上反推寄签预作咨查]"  # 报送, 备案, 提交 …
# 向所在地县级工业和信息化主管部门(备案), 报市工业和信息化局(批准)
_TO = re.compile(
    rf"向(?P<to>[^，。；向将把]{{0,20}}?(?:□+(?:[处科股室]|中心|[一-鿿]{{2,6}}[局队])?(?:[、和与及][^，。；向将把]{{0,8}}?□+)*|社会|公众|海关|海事机构|[^，。；向将把□]{{2,14}}?(?:中心|协会|机构|[人方]|对象|用户|[委局厅办处科股所站队署会])))"
    rf"(?=[○□]*(?:如实|及时|书面|依法|主动|统一|立即|一次性|进行|电话|口头|当面)?{_TELLS}|$)"
    r"|到(?P<at>[^，。；到]{0,20}?(?:□+|办事处|中心|窗口|机构|派出所|大队|支队|[一-鿿]{2}局))(?=登记|备案|办理|申领|领取|注册)|通过(?P<by>□+)(?=[报申提上填反])|(?:报请|报经|报|经)(?P<for>[^，。；报将把]{0,10}?□+)(?=备案|批准|审批|审核|同意|审定|重新审核)"
)
# 在其产品销售的设区的市, 在作出处罚决定时, 在交易完成后
_PLACE = re.compile(
    r"(?<!所)(?:在|于)(?P<place>[^，。；将把]{0,30}?(?:的市(?=至少)|的市|市|地|区域|范围内?|辖区内?|场所(?!显著|醒目|明显)|境内|现场|时(?!间|限)|期间|过程中|期内|期限内"
    r"|环节|前提下|基础上|醒目位置|显著位置|明显位置|外侧|表面|外包装上|凭证上|网站上?|页面上?|首页|门口|口岸|港(?=申报|报关|报检|卸货|进境|入境)|车间内?|(?:监督|指导|见证|监管)下|(?<=[库区楼室站院])内|[联单证][单据证]上|处|栏|(?<=记录|台账|报告|合同|档案)[上中]|(?<=[件体壳箱面])上(?=加贴|粘贴|贴|标|喷|设置|张贴|注明|悬挂|印)|(?<=[^，。；]{2})中(?!华|国|心|央|型|小|转)))(?=[一-鿿○□])"
)
_AFTERWARDS = re.compile(r"(?:在|于)[^，。；]{1,12}?后(?=[一-鿿])(?![续台方备])")  # 在签收后(上传)
_SENT_TO = re.compile(r"至|到|在|上传|录入|填报|报送|接入|对接|导入")
_NOBODY = frozenset({"社会", "公众", "社会公众"})

# what a pattern only looks at: (?<!初审), (?=证明), (?![^，。；]{0,16}(?:意见))
_LOOKS = re.compile(r"\(\?<?[!=][^()]*(?:\([^()]*\)[^()]*)?\)")

_GROUP = re.compile(r"\((?:\?:)?(?P<words>[^()]*)\)(?P<optional>\?)?")

Verb = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class _VerbWord:
    """A verb of config/actions.yml; ``order`` is how much of it matches at least."""

    order: int
    pattern: re.Pattern[str]
    act: str


@cache
def _verbs() -> dict[str, tuple[_VerbWord, ...]]:
    """The verbs by their first character, longer ones first, so that 报告 does not hide behind
    报; under "" those that several characters can begin."""
    by_first: dict[str, list[_VerbWord]] = {}
    for act, terms in load_actions().actions.items():
        for word in terms.words:
            bare = _LOOKS.sub("", word)
            first = bare[0] if bare[0] not in "([" and bare[1:2] != "?" else ""
            by_first.setdefault(first, []).append(_VerbWord(_length(word), re.compile(word), act))
    general = by_first.pop("", [])
    sorted_words = {
        first: tuple(sorted((*words, *general), key=lambda item: -item.order))
        for first, words in by_first.items()
    }
    return {**sorted_words, "": tuple(sorted(general, key=lambda item: -item.order))}


def _length(word: str) -> int:
    """How many characters a verb's pattern matches at least, what it only looks at left out."""
    bare = re.sub(r"\[[^\]]*\](?:\{[0-9,]*\})?", "", _LOOKS.sub("", word))
    while (group := _GROUP.search(bare)) is not None:
        shortest = "" if group["optional"] else min(group["words"].split("|"), key=len)
        bare = bare[: group.start()] + shortest + bare[group.end() :]
    return min(len(re.sub(r".\?", "", each)) for each in bare.split("|"))


def find_verbs(text: str) -> list[Verb]:
    """Verbs of a text in order: start, end, act; none overlaps another."""
    by_first = _verbs()
    general = by_first[""]
    found: list[Verb] = []
    position = 0
    while position < len(text):
        match = None
        for word in by_first.get(text[position], general):
            if match := word.pattern.match(text, position):
                found.append((position, match.end(), word.act))
                break
        position = match.end() if match else position + 1
    return found


@dataclass(frozen=True, slots=True)
class ActView:
    """A segment and the same with names and adjuncts blanked out, position for position."""

    text: str
    masked: str
    where: Destination | None
    first: int  # where the predicate starts, behind adverbs and adjuncts

    @classmethod
    def of(cls, segment: str) -> ActView:
        """The view of a segment: 通过平台报送信息 is ○○○○报送信息."""
        masked = _VIA_NAMED.sub(_blank, _VIA.sub(_blank, _NAMED.sub(_name, segment)))
        for name in portal_names(segment):
            masked = masked.replace(name, NAME * len(name))
        for span in find_roles(segment):
            if BLANK not in masked[span.start : span.end]:
                masked = masked[: span.start] + NAME * (span.end - span.start) + masked[span.end :]
        where = _where(segment, masked)
        for pattern in (_BRACKET, _MANNER, _TO, _PLACE, _AFTERWARDS):
            masked = pattern.sub(_blank, masked)
        lead = ADVERB.match(masked)
        return cls(segment, masked, where, lead.end() if lead else 0)

    def words(self, start: int, end: int | None = None) -> str:
        """The published words of a stretch, adjuncts left out."""
        stop = len(self.text) if end is None else end
        return "".join(self.text[i] for i in range(start, stop) if self.masked[i] != BLANK)

    def verb_words(self, verb: Verb) -> str:
        """The published words of a verb."""
        return self.text[verb[0] : verb[1]]


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match[0])


def _name(match: re.Match[str]) -> str:
    return NAME * len(match[0])


def _where(segment: str, masked: str) -> Destination | None:
    """The portal, else the addressee that the segment names."""
    urls = find_urls(segment)
    url = urls[0] if urls else None
    names = portal_names(segment)
    if name := _portal(segment, names):
        return Destination(name=name, url=url)
    if names and _SENT_TO.search(segment):
        return Destination(name=names[-1] if "与" in segment else names[0], url=url)
    if to := _TO.search(masked):
        group = next(name for name in ("to", "for", "by", "at") if to[name])
        name = segment[to.start(group) : to.end(group)]
        return None if name in _NOBODY else Destination(name=name, url=url)
    place = _PLACE.search(masked)
    if place and re.match(
        r"[○□]*(?:公布|公告|公开|公示|披露|发布|贮存|存放|张贴|申报|报关|报检)",
        masked[place.end() :],
    ):
        return Destination(name=segment[place.start("place") : place.end("place")], url=url)
    return None


def _portal(segment: str, names: Sequence[str]) -> str | None:
    """The portal of 通过…平台; a mail address where the words only say by mail."""
    if quoted := _QUOTED_PORTAL.search(segment):
        return quoted["name"] + (quoted["kind"] or "")
    via = _VIA.search(segment)
    if via is None:
        return None
    if mail := re.search(r"[\w.-]{1,40}@[\w.-]{1,60}", via["name"]):
        return f"电子邮件（{mail[0]}）" if "邮件" in via["name"] else mail[0]
    named = [name for name in names if name in via["name"]]
    return named[-1] if named else re.sub(r"（.*", "", via["name"]).lstrip("了")
