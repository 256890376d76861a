"""Read what an act's text says of other acts: repeals, amends, implements, cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from domain.acts.amendment_parser import ActNames, read_orders, read_orders_for
from domain.acts.changing.amending_sheets import named_sheets
from domain.acts.changing.amendment_clauses import Instruction
from domain.acts.changing.clearing_tables import ClearedAct, cleared_acts, without_cleared
from domain.acts.changing.named_parts import article_of, named_annexes, named_parts
from domain.acts.changing.new_names import renames
from domain.acts.changing.put_off_days import longer_term, put_off_terms
from domain.acts.changing.unread_changes import Understood, UnreadChange, unread_change
from domain.acts.effect_statements import EffectStatement, effect_statements
from domain.acts.issuers import bodies_in
from domain.acts.titles import act_number_key, title_key
from domain.records.effect_terms import ANY, NO_TERMS, EffectTerms
from domain.records.fact import Fact
from domain.records.fact_values import ReferenceValue
from domain.records.states import FactKind, RelationKind
from domain.text.act_numbers.standard_numbers import (
    act_numbers,
    find_standard_numbers,
    standard_number,
)
from domain.text.articles import canonical_article
from domain.text.document_numbers import find_document_numbers, has_agency_prefix
from domain.text.numerals import parse_chinese_number
from domain.text.written_dates import DAY, written_day

Effect = Literal[
    "repealed", "partly_repealed", "amended", "extended", "deadline", "postponed", "suspended",
    "resumed", "corrected", "unclear",
]  # fmt: skip
_KIND_OF: dict[str, RelationKind] = {
    "extended": "extends", "deadline": "extends", "postponed": "extends",
    "suspended": "suspends", "resumed": "suspends", "corrected": "corrects",
    "partly_repealed": "repeals",
}  # fmt: skip
_RANK: dict[str, int] = {
    "repeals": 0, "corrects": 1, "suspends": 1, "extends": 1, "amends": 1, "interprets": 2,
    "implements": 3, "cites": 4,
}  # fmt: skip
_ENDED = frozenset({"repealed", "partly_repealed"})
_WEAK: frozenset[RelationKind] = frozenset({"cites", "implements", "interprets", "extends"})
_MAX_TEXT = 200_000
_MOST_YEARS = 99  # by which a term is put off at once
_LENGTH = re.compile(r"P(\d+)([YMWD])")
_A_YEAR = {"Y": 1, "M": 12, "W": 53, "D": 366}
_FIRST_YEAR, _LAST_YEAR = "1949", "2199"
_HEAD = 800  # characters in which 根据《…》 states what the act rests on

_SENTENCE = re.compile(r"[^。；;\n]{1,1500}")  # a page without stops must not take forever
# For example 《动力电池回收利用管理暂行办法》（工信部联节〔2018〕43号）.
_NAMED = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:[《〈][^《》〈》]{2,80}[》〉][^《》]{0,60})?)》"
    r"(?:\s*[（(](?P<note>[^（）()]{0,10}[〔\[（(]?[^（）()]{0,40}?号[^（）()]{0,30})[）)])?"
)
# For example 回收利用管理办法（试行）.
_ACT_NAME = re.compile(
    r"(?:法|法典|条例|办法|规定|细则|决定|意见|通知|公告|通告|方案|规范|条件|目录|指南|制度|名录|政策|"
    r"计划|规划|修改单|标准|基准|清单|要求|措施|安排|要点|规则|章程|纲要|令|复函|批复|答复|函)(?:[（(][^（）()]*[）)])*$"
)
_REPEAL = re.compile(r"废止|失效|停止执行|不再(?:执行|适用)|予以取代|被替代")
# For example 继续有效 or 未被废止.
_NOT_REPEAL = re.compile(
    r"(?:未|不)(?:被|予|得)?废止|继续有效|废止(?:程序|情形)|修改(?:或者|或|、)?废止"
    r"|(?:废止|失效)(?:的)?(?:规范性)?文件(?:目录|清单|名单|表)(?=[（(])"
)
_CLAUSE = re.compile(r"[，,]")
# For example 》第十二条 or 》中.
_PART = re.compile(
    r"》(?:[（(][^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)?[）)])?"
    r"(?:中|的?第[〇零一二三四五六七八九十百千\d]+[条章款项]|的?附[件表录]|(?:中)?(?:有关|涉及))"
)
# For example 》作如下修改.
_AMENDED_AFTER = re.compile(
    r"》(?:[（(][^（）()]*[）)])?[^《》。；]{0,40}?(?:作(?:出|部分)?(?:如下)?(?:修改|修订|修正|调整)|修改为|"
    r"(?:条款|内容|规定)(?:作?如下调整|调整如下|修订如下)|"
    r"修改如下|予以修改|(?:进行|作)(?:了)?(?:修改|修订|修正))"
)
# For example 》有效期延长至2027年12月31日.
_EXTENDED = re.compile(
    r"》?(?:[（(][^（）()]*[）)])?[^《》。；]{0,30}?有效期(?:限)?(?:再)?(?:延长|延续|顺延|延展)"
    r"(?:(?:至|到)\s*(?P<year>\d{4,6})年(?P<month>\d{1,4})月(?P<day>\d{1,4})日"
    r"|(?P<years>[〇零一二两三四五六七八九十百千万亿\d]{1,9})年)"
)
_OTHERS = re.compile(r"《[^》]{0,160}》(?:[（(][^（）()]{0,80}[）)])?[、和及与,，]?(?:等)?")
_OTHER_PREDICATE = re.compile(r"为准|不一致|继续|适用|执行|施行|依照|按照|根据")
_LIST_ROW = re.compile(r"\s*(?:[（(]?[\d一二三四五六七八九十]+[）)、.．\t]|《|序号\t)")
_MAY_ORDER = re.compile(
    r"(?:修[改订正]|替换|调整|更正|增[加补]|删[去除]|合并|应|改)(?:为|一)|[\t|]\s*正\s*$|(?:修[改订]|调整)后"
    r"|删[去除]|改[称按用]|换[成用为]|列[作为]第|[编补添][为入一]|续写|加上|不再保留|误[写排印植记]|勘误|提高到|降低到"
    r"|[写读念印][作成为]|→|⇒|->",
    re.M,
)
_CORRECTS_TITLE = re.compile(r"更正|勘误|订正")
_SETS_RIGHT = re.compile(r"勘误|更正|订正|笔误|之误|误[写排印植记]|有误")
_OTHER_CHANGE = re.compile(
    r"展期|延长|延期|修[改订正]|调整|统一|补充|完善|优化|变更|写法|增[加补列]|取消|暂停"
)
_MOST_CITED = 20  # standards of one text
_MOST_ORDERED = 12  # acts of one text
_AMENDS_TITLE = re.compile(r"(?:修改|修订|修正)$")
# 关于修改某市动力电池回收管理办法的决定, 关于某办法第八条的补充通知: the title without 《》.
_BARE_TITLE = re.compile(
    r"关于(?P<verb>修改|修订|修正|调整|更正|勘误|补充|暂停(?:执行|实施)?|暂缓(?:执行|实施)?|停止执行|延长|推迟|恢复(?:执行|实施)?)?"
    r"(?P<name>[^《》，。]{4,60}?(?:办法|规定|条例|细则|规则|方案|规范|标准|目录|制度|意见)(?:[（(][^（）()]{2,8}[）)])?)"
    r"(?=第|的?(?:修改|修订|更正|勘误|补充|调整|决定|公告|通知|复函|函|批复|答复)|有效期|部分|有关|若干|个别|施行|实施|执行|附)"
)
# 《关于修改〈某办法〉的决定》 names the decision, not the rules.
_IN_TITLE = re.compile(
    r"《([^《》〈〉]{0,60}〈[^《》〈〉]{2,100}〉[^《》〈〉]{1,60})》|[《〈]([^《》〈〉]{2,120})[》〉]"
)
_IN_QUOTES = re.compile(r"《[^《》]{2,120}》")
# 关于修改工信部联节〔2018〕43号文件的决定, GB/T 34014—2017第1号修改单.
_CHANGES_TITLE = re.compile(
    r"修改|修订|修正|调整|更正|勘误|订正|变更|暂停|暂缓|停止|中止|延长|延期|推迟|恢复|解除|取消|废止|失效|补充"
)
_LETTER = re.compile(r"(?:函|答复|批复|解释)$")
_AMENDS_NUMBER = re.compile(r"(?:修改|修订|修正)(?!后)")
_SHEET_NAME = re.compile(r"《[^《》]{4,40}号修改单》")
_SHEET = re.compile(
    r"[^，。；\n《》]{0,12}第?[〇一二三四五六七八九十\d]{1,3}号[^，。；\n]{0,6}修改单|[^，。；\n《》]{0,12}修改单"
)
# 按照GB/T 34014—2017第1号修改单执行: the sheet is cited.
_ONLY_CITED = re.compile(
    r"(?:执行|按照?|依据|依照|根据|符合|参照|贯彻|落实|满足)[^，。；\n《》]{0,4}(?:《[^《》]{0,40})?$"
)
_CHANGES_STANDARD = re.compile(
    r"[^，。；\n《》]{0,40}(?:修改|修订|调整|暂缓|暂停|停止|改为|废止|更正|勘误|应为|删|推迟|延)"
)
_PARTS_OF = re.compile(r"(?:的)?(?:部分|有关|相关|个别|第)[^《》]{0,12}(?:条款|内容|规定|条|事项)")
# 某规〔2024〕5号文件第七条不再执行, …号部分内容停止执行.
_PART_OF_NUMBER = re.compile(
    r"(?:文件|文|通知|公告)?(?:\s?[|\t]\s?)?(?:的|中|中的)?"
    r"(?:附[件表录][^，。；]{0,40}|第[〇零一二三四五六七八九十百千\d]+[条章款项点部][^，。；]{0,40}|部分|有关|相关|个别)"
)
# （某规〔2024〕5号）退出使用, …号文件自2026年5月1日起停用: directly behind the number.
_LEAVES_USE = re.compile(
    r"[）)]?(?:文件|文)?[，,]?(?:自[^，。；]{4,14}起|同时|届时|随之|即行|从此|一并|现){0,2}[，,]?"
    r"(?:退出使用|停用|停止使用|不再使用|作废)"
)
# 附件：决定废止的规范性文件目录, 附件1：停用的文件.
_REPEAL_LIST = re.compile(
    r"(?:废止|失效|停止执行|不再执行|停用|停止使用)[^《》。，,]{0,24}(?:目录|清单|一览表|名单|表)\s*$"
    r"|^\s*附(?:件|表)\s?[\d一二三四五六七八九十]{0,2}[:：]?\s*(?:拟?决定|现|予以)?(?:废止|失效|停止执行|不再执行|停用|停止使用|退出使用)的(?:规范性)?文件\s*$"
)
# 序号　文件名称　文号.
_LIST_HEAD = re.compile(
    r"[\s|\u3000]*(?:序号|编号)?[\s|\u3000]*(?:规范性)?(?:文件)?(?:名称?|标题)"
    r"[\s|\u3000]*(?:文件编号|文号|发文字号|$)"
)
# 1　某统计办法　工信厅运行〔2024〕41号, its cells apart by wide blanks.
_CELLS = re.compile(r"\s*[|\u3000\t]+\s*|\s{2,}")
_ROW_NUMBER = re.compile(r"[（(]?\d{1,3}[）)、.．]?")
_KEPT_LIST = re.compile(r"继续有效|保留|修改")
# For example 《新能源汽车动力电池回收管理办法》（以下简称《办法》.
_SHORT = re.compile(
    r"《(?P<title>[^《》]{3,120})》(?P<between>[^。；《》]{0,80}?)(?:以下|下)?简称[:：]?[“\"]?"
    r"《(?P<short>[^《》]{2,20})》"
)
_ONLY_KIND = re.compile(r"《(办法|规定|条例|细则|规则|通知|公告|意见|方案|目录|标准|规范)》")
_FULL_NAME = re.compile(r"[《〈]([^《》〈〉]{5,100})[》〉]")
_WHOLE_NAME = re.compile(r"(?:[（(][^（）()]{2,10}[）)])+$")
# For example 为贯彻落实 or 根据.
_REST_ON = re.compile(
    r"(?:根据|依据|依照|贯彻(?:落实|执行|实施)?|落实|为实施|推动实施)[^。；，,《》]{0,24}$"
)
# 采用依照《某规定》报送的信息: what is used was made by it, the act does not rest on it.
_USES = re.compile(
    r"(?:依照|依据|根据|按照)《》(?:[（(][^（）()]{0,60}[）)])?(?:第[^，。]{1,12}[条款项])?"
    r"(?:报送|提交|填报|取得|获得|认定|作出|确定|公布|备案|登记|申报|处理|处罚|建立|形成|完成)"
)
_AS_ASKED = re.compile(r"按照[^。；，,《》]{0,24}$")
_ASKED = re.compile(r"》[^《》。；，,]{0,40}(?:要求|部署|安排)")
_RESTS_ON_NUMBER = re.compile(
    r"(?:根据|依据|依照|按照|贯彻|落实|转发|为(?:了|更好|进一步)?(?:实施|执行))[^。；，,]{0,60}$"
)
# 实施日期：2026-08-01, 2026-08-01实施: until then the older standard stands.
_BEGINS = re.compile(rf"(?:实施|施行)日期?[:：]?\s?{DAY}|{DAY}\s?起?(?:正式)?(?:实施|施行)")
# 本文件代替GB/T 34014—2012, with all its parts.
_TAKES_PLACE = re.compile(r"本(?:文件|标准|规范)(?:全部)?(?:代替|替代|取代)\s?$")
# 《某办法》解读, 关于《某办法》第十二条适用问题的复函.
_INTERPRETS = re.compile(
    r"解读|答记者问|答复|复函|批复|问答|的解释$|释义|一图读懂|图解|有关问题(?:的)?(?:解释|说明)"
)
_ENDS_HERE = re.compile(r"[。；《]|其余|其他")
_CUSTOMS = re.compile(r"([\u4e00-\u9fff]{2,10}海关)(?=公告|通告)")
_ANSWERS = re.compile(r"(?:答复|复函|批复|解释|函)$|解读|问答|答记者问")
_EXPLAINED = re.compile(
    r"(?:文件|文|附件)?的?(?P<article>第[〇零一二三四五六七八九十百千\d]{1,8}(?:条(?:之[一二三四五六七八九十]{1,2})?|[点项]))"
    r"[^。；，,《》]{0,12}(?:所称|所指|规定的|中的?[“\"])"
)
# 第九条自2025年6月1日起停止执行.
_REPEALED_FROM = re.compile(
    rf"(?:自|从)\s?(?P<day>{DAY})\s?起[^。；]{{0,10}}(?:废止|失效|停止|不再|终止)"
)
# 公告2024年第33号同时废止, 2023年第5号、2024年第33号公告自2026年6月1日起废止
_BARE_ENDED = re.compile(
    r"(?P<numbers>(?:公告|通告|(?:19|20)\d\d年第)[年第\d号、和及公告通]{4,60})"
    r"(?:自[^，。；]{4,16}起)?(?:同时|即行|予以|相应)?(?:废止|停止执行|失效)"
)
_SCOPE_WITHIN = 60  # characters after a name in which its repealed articles stand
_CARRIES_OUT = re.compile(r"(?:贯彻|落实|实施|执行|转发)(?:落实|执行)?(?P<number>.+)$")
_IMPLEMENTING_TITLE = re.compile(
    r"(?<!暂停)(?<!暂缓)(?<!停止)(?<!中止)(?<!恢复)(?<!延期)(?:贯彻|落实|实施|执行|转发)[^《》]{0,12}$"
)


def also_changes(title: str) -> bool:
    """Whether a title announces more than a correction: 关于…勘误、展期和若干写法的通知."""
    return _OTHER_CHANGE.search(_IN_QUOTES.sub("", title)) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """An act named by another; ``effect``: what happens to the named one."""

    kind: RelationKind
    title: str
    document_number: str | None = None
    effect: Effect | None = None
    until: str | None = None  # of an extended term: its new end, or by how much (P2Y)
    unread: str | None = None  # words that are not understood, as a term that no calendar has
    terms: EffectTerms = NO_TERMS

    @property
    def keys(self) -> tuple[str, str | None]:
        """The title key and the key of a number with agency prefix; an order's number counts
        only beside the body that issued it (:attr:`bodies`)."""
        key = act_number_key(self.document_number)
        named = key is not None and (key.full or bool(self.bodies))
        return title_key(self.title) if self.title else "", key.value if key and named else None

    @property
    def bodies(self) -> frozenset[str]:
        """Who issued it, as far as the number says so (工业和信息化部令第38号)."""
        key = act_number_key(self.document_number)
        return numbered_by(self.document_number or "") if key and not key.full else frozenset()


def numbered_by(document_number: str) -> frozenset[str]:
    """The bodies that a document number names; a customs office (天津海关公告2024年第6号) too."""
    office = _CUSTOMS.match(document_number)
    return bodies_in(document_number) or (frozenset((office[1],)) if office else frozenset())


def references(
    title: str,
    text: str,
    facts: Iterable[Fact] = (),
    *,
    attached: Iterable[str] = (),
    binding: bool | Literal["letter"] = True,
    issuers: Sequence[str] = (),
) -> list[Reference]:
    """Every act that is named, each once under its strongest kind. ``attached``: texts of
    attachments, where a decision to repeal has its list; ``issuers``: whose an announcement is
    that is ended by a number without a body.

    ``binding`` is False for drafts, interpretations and news: what they report of a repeal
    or an amendment is only cited. A ``"letter"`` that answers a question words no act anew, and
    yet puts off or pauses what it names.
    """
    letter, binding = binding == "letter", binding is True
    title, text = named_sheets(title), named_sheets(text[:_MAX_TEXT])
    pages = [text, *(item[:_MAX_TEXT] for item in attached)]
    cleared = [_cleared(one) for page in pages for one in cleared_acts(page)]
    text, *annexes = map(without_cleared, pages)
    stated = [
        *cleared, *_from_title(title), *_from_text(text), *_answered(title, text),
        *_from_numbers(title, text),
    ]  # fmt: skip
    if _REPEAL.search(title):
        lists = (item for item in annexes if not _KEPT_LIST.search(item[:60]))
        stated += [one for item in lists for one in _from_text(item, all_rows=True)]
    stated = [_completed(item, issuers) for item in stated]
    keys = {key for item in stated for key in item.keys if key}
    # What the text itself says of an act weighs more than a fact that was read out of it.
    found = [*stated, *(item for item in _from_facts(facts) if not keys & set(item.keys))]
    effects = _effects(title, text[:_MAX_TEXT]) if binding or letter else []
    found += [more for item in effects for more in _worded_too(item, text[:_MAX_TEXT])]
    if not binding:
        found = [
            replace(item, kind="cites", effect=None) if item.effect else item for item in found
        ]
    own = title_key(title)
    once = _each_once(item for item in found if not _is_itself(item, own))
    if binding:
        once = _renaming(_ordered(title, once, text[:_MAX_TEXT]), text[:_MAX_TEXT])
    told = _with_effects([item for item in effects if not _is_itself(item, own)], once)
    told += _also_implemented(stated, told)
    return _with_unclear(title, text[:_MAX_TEXT], told) if binding else told


def _cleared(act: ClearedAct) -> Reference:
    """What a table of a clearing decision makes of an act."""
    named = Reference(kind="cites", title=act.title, document_number=act.number)
    if act.becomes == "unclear":
        return replace(named, effect="unclear", unread=act.said, terms=EffectTerms(doubtful=(ANY,)))
    if act.becomes is None:
        return named
    terms = EffectTerms(scope=act.scope, since=act.since, new=act.until)
    kind = _KIND_OF.get(act.becomes, "amends" if act.becomes == "amended" else "repeals")
    return replace(named, kind=kind, effect=act.becomes, until=act.until, terms=terms)


def _also_implemented(stated: Sequence[Reference], told: Sequence[Reference]) -> list[Reference]:
    """Acts that a text carries out and changes besides."""
    found: list[Reference] = []
    for item in stated:
        if item.kind != "implements":
            continue
        same = [one for one in (*told, *found) if _same_act(one, item)]
        if same and all(one.kind not in ("implements", "cites") for one in same):
            found.append(replace(item, effect=None, terms=NO_TERMS))
    return found


def _with_unclear(title: str, text: str, found: Sequence[Reference]) -> list[Reference]:
    """With what a text seems to change of acts by words that are not understood; what is ended
    as a whole cannot be."""
    short = _short_names(text)
    ended = [item for item in found if item.effect == "repealed"]
    told = list(found)
    for item in _each_act(found)[:_MOST_ORDERED]:
        if not any(_same_act(item, one) for one in ended):
            names = _called(item, short)
            change = unread_change(title, text, names, _understood(item, found))
            if change is not None:
                told = _with_doubt(told, item, change)
    return told


def _with_doubt(
    found: Sequence[Reference], item: Reference, change: UnreadChange
) -> list[Reference]:
    """The doubt goes with the first effect on the act; an act that is else only named has this."""
    same = [one for one in found if _same_act(item, one)]
    if not same:  # a number without a body, which is no key
        return list(found)
    bearer = next((one for one in same if one.effect), same[0])
    terms = replace(bearer.terms, doubtful=change.articles or (ANY,))
    if bearer.effect is None:
        since = change.since.isoformat() if change.since else None
        terms = EffectTerms(since=since, doubtful=terms.doubtful)
    doubted = replace(
        bearer, kind=bearer.kind if bearer.effect else "cites", effect=bearer.effect or "unclear",
        unread=bearer.unread or change.words, terms=terms,
    )  # fmt: skip
    if bearer.effect is None and bearer.kind not in ("cites", "extends"):
        return [*found, doubted]  # an act may be carried out, and yet changed besides
    return [doubted if one is bearer else one for one in found]


def _each_act(found: Sequence[Reference]) -> list[Reference]:
    """One reference an act."""
    acts: list[Reference] = []
    for item in found:
        if not any(_same_act(item, one) for one in acts):
            acts.append(item)
    return acts


def _called(item: Reference, short: Mapping[str, tuple[str, str | None]]) -> ActNames:
    """What a text calls an act: its title, its short names, its number."""
    names = [name for name, (title, _) in short.items() if title == item.title]
    return ActNames((item.title, *names) if item.title else (), item.document_number)


def _understood(item: Reference, found: Sequence[Reference]) -> Understood:
    """What is understood of what a text does to an act, but for orders to word it anew."""
    same = [one for one in found if _same_act(item, one)]
    known = [one for one in same if one.effect not in (None, "amended", "corrected")]
    return Understood(
        articles=tuple(
            canonical_article(article_of(label)) for one in known for label in one.terms.scope
        ),
        anything=bool(known), told=any(one.effect for one in same),
        extended=any(one.effect == "extended" for one in known),
        carried_out=any(one.kind == "implements" for one in same),
    )  # fmt: skip


def _renaming(found: Sequence[Reference], text: str) -> list[Reference]:
    """An act that is amended bears the new name that the text gives it, which is no other
    act's."""
    if not renames(text):
        return list(found)
    names = {item: _new_name(item, text) for item in found if item.effect == "amended"}
    keys = {title_key(name) for name in names.values() if name}
    return [
        replace(item, terms=replace(item.terms, renamed=title_key(name)))
        if (name := names.get(item))
        else item
        for item in found
        if item.keys[0] not in keys
    ]


def _new_name(item: Reference, text: str) -> str | None:
    names = ActNames((item.title,) if item.title else (), item.document_number)
    return read_orders_for(text, names).renamed


def _effects(title: str, text: str) -> list[Reference]:
    """The statements that put off, suspend, resume or correct, short names resolved."""
    short = _short_names(text)
    stated = [one for one in effect_statements(title, text) if _is_possible(one.terms)]
    return [_of_statement(one, short) for one in stated]


def _is_possible(terms: EffectTerms) -> bool:
    """Whether an end is one that an act may have: a day of these centuries, or so much later.
    What no calendar has is left to the reading that keeps its words."""
    end = terms.new or terms.by or ""
    if length := _LENGTH.fullmatch(end):
        return 1 <= int(length[1]) <= _MOST_YEARS * _A_YEAR[length[2]]
    return not end or _FIRST_YEAR <= end[:4] <= _LAST_YEAR


def _worded_too(item: Reference, text: str) -> Iterator[Reference]:
    """A notice that puts off a term and words other articles anew amends the act too."""
    if item.kind != "extends" or "“" not in text:
        return
    orders = read_orders(text, item.title).instructions
    articles = {f"第{one.place.article}" for one in orders if one.place.article}
    if articles and (item.effect == "extended" or not articles <= set(item.terms.scope)):
        yield replace(item, kind="amends", effect="amended", until=None, terms=NO_TERMS)


def _ordered(title: str, found: Sequence[Reference], text: str) -> list[Reference]:
    """With the acts that a text only names, and yet orders to be worded anew, and all that it does
    to them: it corrects, amends, puts off."""
    if not _MAY_ORDER.search(text):
        return list(found)
    corrects = _CORRECTS_TITLE.search(title) is not None
    mixed = corrects and also_changes(title)
    changed: list[Reference] = []
    for item in found[:_MOST_ORDERED]:
        known = item.effect in ("amended", "corrected")
        orders = read_orders_for(text, _names_of(item), unnamed=known).instructions
        if not orders or known or item.kind not in ("cites", "implements"):
            changed.append(item)
        changed += _done_by(item, _sorted_orders(orders, corrects=corrects, mixed=mixed))
    return [*changed, *found[_MOST_ORDERED:]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _SortedOrders:
    """The orders for an act by what they do: set right, word anew, put off; ``corrects``: their
    act is a correction."""

    corrects: bool
    correct: Sequence[Instruction]
    amend: Sequence[Instruction]
    put_off: Sequence[EffectTerms]
    longer: str | None


def _sorted_orders(orders: Sequence[Instruction], *, corrects: bool, mixed: bool) -> _SortedOrders:
    correct = [
        one for one in orders
        if (corrects and (one.correcting or not mixed)) or _SETS_RIGHT.search(one.source)
    ]  # fmt: skip
    rest = [one for one in orders if one not in correct]
    put_off = [terms for one in rest if (terms := put_off_terms(one)) is not None]
    longer = [day for one in rest if (day := longer_term(one)) is not None]
    amend = [one for one in rest if put_off_terms(one) is None]
    return _SortedOrders(
        corrects=corrects,
        correct=correct,
        amend=amend,
        put_off=put_off,
        longer=max(longer, default=None),
    )


def _done_by(item: Reference, orders: _SortedOrders) -> Iterator[Reference]:
    """What orders do to an act, but for what is known of it. What an amendment corrects besides has
    no effect of its own, as it counts from the amendment's day."""
    corrected = item.effect == "corrected"
    if orders.correct and not corrected:
        effect: Effect | None = "corrected" if orders.corrects else None
        yield replace(item, kind="corrects", effect=effect, terms=NO_TERMS)
    if orders.amend and item.effect != "amended":
        yield replace(item, kind="amends", effect="amended", terms=NO_TERMS)
    for terms in orders.put_off:
        yield replace(item, kind="extends", effect="deadline", terms=terms, until=None)
    if orders.longer:
        terms = EffectTerms(new=orders.longer)
        yield replace(item, kind="extends", effect="extended", terms=terms, until=orders.longer)


def _names_of(item: Reference) -> ActNames:
    return ActNames((item.title,) if item.title else (), item.document_number)


def _of_statement(one: EffectStatement, short: Mapping[str, tuple[str, str | None]]) -> Reference:
    numbers = act_numbers(one.note)
    meant, number = short.get(one.title, (one.title, numbers[0] if numbers else None))
    terms = one.terms
    until = (terms.new or terms.by) if one.effect == "extended" else None
    return Reference(
        kind=_KIND_OF[one.effect], title=meant, document_number=number, effect=one.effect,
        until=until, terms=terms,
    )  # fmt: skip


def _with_effects(effects: Sequence[Reference], others: Sequence[Reference]) -> list[Reference]:
    """Both, without the weaker word for an act that an effect is stated of; a number that is
    known of it anywhere is kept."""
    found = []
    for item in effects:
        same = next((other for other in others if _same_act(item, other)), None)
        number = item.document_number or (same.document_number if same else None)
        found.append(replace(item, document_number=number))
    rest = [
        item
        for item in others
        if item.kind not in _WEAK or not any(_repeats(item, one) for one in effects)
    ]
    return [*rest, *found]


def _repeats(item: Reference, effect: Reference) -> bool:
    """Whether a weaker word for an act says no more than an effect that is stated of it."""
    if not _same_act(item, effect):
        return False
    if item.kind == "interprets" and item.terms.scope:
        return item.terms.scope == effect.terms.scope
    other = item.effect == "deadline" and item.effect == effect.effect
    return not other or item.terms.scope == effect.terms.scope


def _same_act(one: Reference, other: Reference) -> bool:
    (key, number), (key2, number2) = one.keys, other.keys
    return bool((key and key == key2) or (number and number == number2))


def _is_itself(item: Reference, own: str) -> bool:
    """An act that names its own title speaks of itself, unless it repeals an older one."""
    return bool(item.title) and title_key(item.title) == own and item.kind != "repeals"


def _from_title(title: str) -> list[Reference]:
    found = []
    interprets = _INTERPRETS.search(title) is not None
    for match in _IN_TITLE.finditer(title):
        before = title[: match.start()]
        if interprets:
            found.append(Reference(kind="interprets", title=match[1] or match[2]))
        elif re.search(r"废止[^《》]{0,8}$", before):
            found.append(Reference(kind="repeals", title=match[1] or match[2], effect="repealed"))
        elif (
            _AMENDS_TITLE.search(before)
            or (before.endswith("调整") and _PARTS_OF.match(title[match.end() :]))
            or "修改单" in title[match.end() :]
        ):
            found.append(Reference(kind="amends", title=match[1] or match[2], effect="amended"))
        elif _IMPLEMENTING_TITLE.search(before):
            found.append(Reference(kind="implements", title=match[1] or match[2]))
    if not found and "《" not in title:
        found += _carried_out(title)
    if not found and "《" not in title and (bare := _BARE_TITLE.search(title)):
        amends = re.match("修[改订正]", bare["verb"] or "")
        if amends and title.endswith("决定"):
            found.append(Reference(kind="amends", title=bare["name"], effect="amended"))
        else:
            found.append(Reference(kind="cites", title=bare["name"]))
    if not found and (forwarded := re.search(r"转发(.{6,})$", title)):
        found.append(Reference(kind="implements", title=forwarded[1].strip("《》")))
    return found


def _carried_out(title: str) -> list[Reference]:
    """The act that a title carries out by nothing but its number: 关于贯彻某规〔2024〕7号…."""
    resting = _CARRIES_OUT.search(title)
    behind = resting["number"] if resting else ""
    return [
        Reference(kind="implements", title="", document_number=number)
        for number in find_document_numbers(behind)[:1]
        if behind.startswith(number.partition("〔")[0]) and has_agency_prefix(number)
    ]


def _from_numbers(title: str, text: str) -> list[Reference]:
    """The acts that a title changes by nothing but their number, and the standards that are changed
    by theirs; what they are cited for besides says nothing of them."""
    outside = _IN_QUOTES.sub("", title)
    found = []
    if _CHANGES_TITLE.search(outside) or _LETTER.search(outside):
        effect: Effect | None = "amended" if _AMENDS_NUMBER.search(outside) else None
        kind: RelationKind = "amends" if effect else "cites"
        for number in act_numbers(outside):
            if standard_number(number) or has_agency_prefix(number):
                found.append(Reference(kind=kind, title="", document_number=number, effect=effect))
    own = act_numbers(title)
    text = _SHEET_NAME.sub("", text)
    standards = find_standard_numbers(text)
    cited = [number for _, _, number in standards if number not in own][:_MOST_CITED]
    found += [Reference(kind="cites", title="", document_number=number) for number in cited]
    for start, end, number in standards:
        replaces = _TAKES_PLACE.search(text[max(0, start - 12) : start]) and _BEGINS.search(text)
        if replaces and number not in own:
            found.append(
                Reference(kind="repeals", title="", document_number=number, effect="repealed")
            )
        if _CHANGES_STANDARD.match(text, end):
            match = _SHEET.match(text, end)
            before = text[max(0, start - 12) : start]
            sheet = match is not None and "及其" not in match[0] and not _ONLY_CITED.search(before)
            found.append(
                Reference(
                    kind="amends" if sheet else "cites", title="", document_number=number,
                    effect="amended" if sheet else None,
                )
            )  # fmt: skip
    return found


def _from_text(text: str, *, all_rows: bool = False) -> list[Reference]:
    """``all_rows``: the text is a list of what is repealed."""
    found: list[Reference] = []
    short = _short_names(text)
    listing = all_rows  # below 现决定废止下列文件： each row of the list is repealed
    for sentence in _SENTENCE.finditer(text):
        words = sentence[0]
        listing = listing and (all_rows or _is_list_row(words))
        repeal = _repeals(words)
        early = sentence.start() <= _HEAD
        for match in _NAMED.finditer(words):
            named = _named(words, match, repeal=repeal, early=early)
            if named.title in short:
                meant, number = short[named.title]
                named = replace(named, title=meant, document_number=number)
            if listing and named.kind in {"cites", "implements"}:
                named = replace(named, kind="repeals", effect="repealed")
            found.append(named)
        if listing and "《" not in words:
            rows = _bare_row(words)
            found += rows
            for row in rows:  # what its title names is not what the list is about
                words = words.replace(row.title, "")
        found += _by_number(words, found, repeal=repeal or listing, early=early)
        heads = _REPEAL_LIST.search(words) is not None
        listing = listing or heads or (repeal and words.rstrip().endswith(("：", ":")))
    return [item for item in found if item.document_number or _ACT_NAME.search(item.title)]


def _answered(title: str, text: str) -> list[Reference]:
    """The act of which an answer explains an article: 《某办法》第八条所称“…”，是指…."""
    if not _ANSWERS.search(title):
        return []
    found = _answered_by_number(text[:_MAX_TEXT])
    short = _short_names(text[:_MAX_TEXT])
    for match in _NAMED.finditer(text[:_MAX_TEXT]):
        if part := _EXPLAINED.match(text, match.end()):
            numbers = find_document_numbers(match["note"] or "")
            given = (match["title"], numbers[0] if numbers else None)
            title, number = short.get(match["title"], given)
            terms = EffectTerms(scope=(part["article"],))
            found.append(
                Reference(kind="interprets", title=title, terms=terms, document_number=number)
            )
    return found


def _answered_by_number(text: str) -> list[Reference]:
    """The acts that an answer explains and names by nothing but their number: 某规〔2024〕7号第三点
    所称“…”，自…起算."""
    found = []
    for sentence in _SENTENCE.findall(text):
        for number in find_document_numbers(sentence):
            part = _EXPLAINED.match(sentence, _place_after(sentence, number))
            if part is not None and has_agency_prefix(number):
                terms = EffectTerms(scope=(canonical_article(_as_article(part["article"])),))
                found.append(
                    Reference(kind="interprets", title="", document_number=number, terms=terms)
                )
    return found


def _as_article(label: str) -> str:
    """第三点 of a text without articles is spoken of as its 第三条."""
    return re.sub("[点项]$", "条", label)


def _short_names(text: str) -> dict[str, tuple[str, str | None]]:
    """Title and number of the acts that are called by a short name (以下简称《办法》), or by their
    kind alone where one act of that kind is named in full."""
    named = {}
    for match in _SHORT.finditer(text):
        numbers = find_document_numbers(match["between"])
        named[match["short"]] = (match["title"], numbers[0] if numbers else None)
    for word in dict.fromkeys(_ONLY_KIND.findall(text)):
        full = {
            name for name in _FULL_NAME.findall(text) if _WHOLE_NAME.sub("", name).endswith(word)
        }
        if word not in named and len(full) == 1:
            named[word] = (full.pop(), None)
    return named


def _bare_row(words: str) -> list[Reference]:
    """The act of a row of a list that writes no 《》: its number in the list, title, number."""
    cells = [cell for cell in _CELLS.split(words.strip()) if cell]
    if len(cells) < 2 or not _ROW_NUMBER.fullmatch(cells[0]) or not _ACT_NAME.search(cells[1]):
        return []
    numbers = find_document_numbers(cells[2]) if len(cells) > 2 else []
    named = Reference(
        kind="repeals", title=cells[1], effect="repealed",
        document_number=numbers[0] if numbers else None,
    )  # fmt: skip
    return [_as_handled(named, cells[-1] if len(cells) > 3 else "")]


def _as_handled(named: Reference, how: str) -> Reference:
    """An act of a list with a column that says what becomes of it: 同时废止, 继续有效,
    第一条不再执行，其余保留."""
    scope = named_parts(how.split("其余")[0])
    if scope and _REPEAL.search(how):
        terms = EffectTerms(scope=scope)
        return replace(named, effect="partly_repealed", terms=terms)
    if _KEPT_LIST.search(how) and not _REPEAL.search(how):
        return replace(named, kind="cites", effect=None)
    return named


def _is_list_row(words: str) -> bool:
    """A row that names an act and says nothing else of it."""
    if _LIST_HEAD.match(words) or _bare_row(words):
        return True
    rest = _OTHERS.sub("", words)
    return _LIST_ROW.match(words) is not None and not _OTHER_PREDICATE.search(rest)


def _repeals(words: str) -> bool:
    return any(
        _REPEAL.search(clause) and not _NOT_REPEAL.search(clause) for clause in _CLAUSE.split(words)
    )


def _by_number(
    words: str, named: Sequence[Reference], *, repeal: bool, early: bool
) -> list[Reference]:
    """Acts named by nothing but their number with agency prefix."""
    taken = {item.document_number for item in named}
    numbers = [number for number in find_document_numbers(words) if number not in taken]
    found = []
    for number in numbers:
        if not has_agency_prefix(number):
            if repeal and _ends_bare(words, number):
                found.append(
                    Reference(kind="repeals", title="", document_number=number, effect="repealed")
                )
            continue
        plain = Reference(kind="cites", title="", document_number=number)
        if repeal and (part := _PART_OF_NUMBER.match(words, _place_after(words, number))):
            said = words[part.start() :] if _CELLS.match(part[0]) else part[0]
            scope = (*named_annexes(said), *named_parts(said))
            terms = EffectTerms(scope=scope)
            plain = replace(plain, kind="repeals", effect="partly_repealed", terms=terms)
        elif repeal or _LEAVES_USE.match(words, _place_after(words, number)):
            plain = replace(plain, kind="repeals", effect="repealed")
        elif early and _RESTS_ON_NUMBER.search(words[: _place_before(words, number)]):
            plain = replace(plain, kind="implements")
        found.append(plain)
    return found


def _ends_bare(words: str, number: str) -> bool:
    """Whether an announcement's number stands right before its end: 公告2024年第33号同时废止."""
    match = _BARE_ENDED.search(words)
    return match is not None and number in find_document_numbers(match["numbers"])


def _completed(reference: Reference, issuers: Sequence[str]) -> Reference:
    """An announcement that a notice ends by a number without a body is its own issuer's."""
    number = reference.document_number or ""
    if reference.effect not in _ENDED or reference.bodies or not issuers:
        return reference
    if not number.startswith(("公告", "通告")):
        return reference
    return replace(reference, document_number=f"{issuers[0]}{number}")


def _place_before(words: str, number: str) -> int:
    """Where a number begins, however its brackets are printed; the end where it is not found."""
    place = words.find(number.partition("〔")[0])
    return place if place >= 0 else len(words)


def _place_after(words: str, number: str) -> int:
    """Where the words behind a number begin, however its brackets are printed."""
    serial = number.rpartition("〕")[2]
    place = words.find(serial, words.find(number.partition("〔")[2][:4])) if serial else -1
    return place + len(serial) if place >= 0 else len(words)


def _named(words: str, match: re.Match[str], *, repeal: bool, early: bool) -> Reference:
    """What a sentence says of one act that it names in 《》."""
    numbers = find_document_numbers(match["note"] or "")
    named = Reference(
        kind="cites", title=match["title"], document_number=numbers[0] if numbers else None
    )
    after = words[match.end("title") :]
    # The words before it without the other acts of the same row.
    before = _OTHERS.sub("", words[: match.start()])
    asked = _AS_ASKED.search(before) and _ASKED.match(after)
    rests = bool(asked) or (
        _REST_ON.search(before) is not None and not _USES.search(f"{before}《{after}")
    )
    if repeal and not rests and _is_repealed(before, after):
        if _PART.match(after):
            within = _ENDS_HERE.split(after[:_SCOPE_WITHIN])[0]
            scope = (*named_parts(within), *named_annexes(re.split("[，,]", within)[0]))
            since = _REPEALED_FROM.search(words)
            first = written_day(since["day"]) if since else None
            terms = EffectTerms(scope=scope, since=first.isoformat() if first else None)
            return replace(named, kind="repeals", effect="partly_repealed", terms=terms)
        return replace(named, kind="repeals", effect="repealed")
    extended = _EXTENDED.match(after)
    if extended:
        until = _until(extended)
        unread = None if until else extended[0].strip("》")
        return replace(named, kind="extends", effect="extended", until=until, unread=unread)
    if not rests and _is_amended(before, after):
        return replace(named, kind="amends", effect="amended")
    return replace(named, kind="implements") if early and rests else named


def _until(extended: re.Match[str]) -> str | None:
    """The new end, or by how many years; None where the words name no day and no number."""
    if extended["years"]:
        years = parse_chinese_number(extended["years"])
        return f"P{years}Y" if isinstance(years, int) and 1 <= years <= _MOST_YEARS else None
    try:
        day = date(int(extended["year"]), int(extended["month"]), int(extended["day"]))
    except ValueError:
        return None
    return day.isoformat()


def _is_repealed(before: str, after: str) -> bool:
    if re.search(r"(?:废止|停止执行|不再执行|宣布失效)[^《》，,]{0,12}$", before):
        return True
    said = _REPEAL.search(_NOT_REPEAL.sub(lambda match: "－" * len(match[0]), after))
    return said is not None and _OTHER_PREDICATE.search(after[: said.start()]) is None


def _is_amended(before: str, after: str) -> bool:
    return _AMENDED_AFTER.match(after) is not None or (
        re.search(r"(?:修改|修订|修正)$", before) is not None and not re.match("》的?通知", after)
    )


def _from_facts(facts: Iterable[Fact]) -> list[Reference]:
    found: list[Reference] = []
    kinds: dict[FactKind, RelationKind] = {
        FactKind.REPEALS: "repeals",
        FactKind.CITES: "cites",
        FactKind.IMPLEMENTS: "implements",
    }
    for fact in facts:
        value = fact.value
        if fact.kind in kinds and isinstance(value, ReferenceValue):
            kind = kinds[fact.kind]
            found.append(
                Reference(
                    kind=kind,
                    title=(value.title or "").strip("《》"),
                    document_number=value.document_number or None,
                    effect="repealed" if kind == "repeals" else None,
                )
            )
    return [item for item in found if item.title or item.document_number]


def _each_once(found: Iterable[Reference]) -> list[Reference]:
    """One reference an act: the strongest kind; a number found with it anywhere is kept."""
    best: dict[str, Reference] = {}
    for item in found:
        key, number = item.keys
        same = next((k for k in (key, number) if k and k in best), None) or key or number
        if not same:
            continue
        known = best.get(same)
        if known is None:
            best[same] = item
            continue
        strong, weak = sorted((known, item), key=lambda each: _strength(each))
        best[same] = replace(
            strong,
            title=strong.title or weak.title,
            document_number=strong.document_number or weak.document_number,
        )
    return list(best.values())


def _strength(reference: Reference) -> tuple[int, bool]:
    # A partial repeal found in the text is more exact than a plain one among the facts.
    partly = reference.effect == "partly_repealed"
    return (-1 if partly else _RANK[reference.kind], not reference.document_number)
