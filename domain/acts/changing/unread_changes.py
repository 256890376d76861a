"""Notice that an act seems to change another one by words that no reader understands.

What such words name is then not known, rather than told as it read before. An act that is only
cited, rested on, carried out or published again is not changed by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from domain.acts.amendment_parser import (
    ActNames,
    AmendingStatement,
    in_plain_words,
    printed_statements,
    read_orders_for,
    statements,
)
from domain.acts.changing.amendment_clauses import NO_UNIT, QUOTED, Instruction
from domain.acts.changing.annex_rows import speaks_of_row
from domain.acts.changing.marked_acts import (
    ARTICLES,
    ITS,
    OTHER,
    PART,
    THE_SAME,
    THIS,
    marked_acts,
)
from domain.acts.changing.named_parts import article_of
from domain.acts.changing.plain_orders import of_a_part
from domain.acts.changing.spoken_articles import MEASURES, may_speak_of_article, speaks_of_article
from domain.acts.effect_statements import effects_in
from domain.acts.titles import title_key
from domain.text.articles import canonical_article, named_articles
from domain.text.numerals import chinese_numeral
from domain.text.written_dates import DAY, written_day

_MOST_TEXT = 60_000
_MOST_STATEMENTS = 4_000
_SOME_ANNEX = "附件"
# 拟修订 · 如有调整 · 另有规定的 · 推动…修订: nothing is changed yet.
_NOT_YET = re.compile(
    r"拟|如(?:有|遇|需|果|发生)|若|另有|(?<!经)研究|推动|推进|加快|启动|适时|建议|征求|正在|组织开展|计划|"
    r"配合|参与|承担|尚未|未(?:被|予|作|经)?|不(?:得|因|会|影响)|无需|是否|擅自|申请|需要|确需|可以?|有权|逾期"
)

_VERB = (
    rf"(?:[作为](?={QUOTED})|"
    r"(?:修改|修订|修正|更正)(?!单|对照|表|说明|后的|前的)|修补|调整|变更|更改|更名|改[为成按由至用称]|换[为成]|替换|取代|代替|替代|"
    r"增补|增加|增列|增设|补充|补入|添加|删|剔除|去掉|取消|废止|废除|撤销|撤回|失效|作废|无效|"
    r"停止|停用|停办|停征|中止|终止|暂停|暂缓|暂不|缓期|缓行|缓办|缓至|延长|延期|延后|延缓|延至|延续|顺延|展期|展延|"
    r"推迟|推后|宽限|提前|缩短|压缩|缩减|放宽|收紧|提高|降低|上调|下调|调[高低增减至]|升至|降至|增至|减至|减为|增为|"
    r"合并|并入|归并|拆分|拆为|分拆|分设|单列|移至|移入|移到|重排|重新编|前移|后移|"
    r"订正|勘误|勘正|有误|误[为写排作印]|笔误|应[为作系]|不再|冻结|恢复|解除|免于|免予|豁免|"
    r"往后推|推[到至迟后]|先停|停下|停[收发]|接着[^，。；]{0,3}[行用]|续行|行至|用[到至](?=[^，。；]{2,20}止)|为止|"
    r"改[按用以]|换[用以]|续写|加上|补上|添上|列作|照原样|照旧样|退出(?:使用|执行)|(?:重新)?启用|不再|"
    r"(?:原件|原稿|文本|正本|底稿|定稿)[^，。；]{0,4}[作是为](?=[\ue000-\ue3e7])|"
    r"到此为止|止于|转为|变为|另行规定为|(?:按|以)[^，。；]{1,24}(?:理解|为准)|让位于|重新表述|重述|以[^，。]{1,24}为准)"
)
# 变更登记 · 调整的，应当 · 修改时 · 终止后: a word for something else.
_NO_CHANGE = (
    r"(?!过?的(?:[，,、]|应|须|可|企业|单位)|的(?!决定|通知|规定|条款|内容|为|是)"
    r"|时[，,]|手续|登记|申请|备案|报告|情况|情形|计划|工作|研究|前|后的|后[，,]|之前|之后|程序|意见|使用|经营|生产|运营|营业)"
)
_OF_ANOTHER = re.compile(rf"{OTHER}(?:的?{PART})?")
_BRIDGE = rf"[^，。；{THIS}{OTHER}]"
_AFTER = re.compile(
    rf"{THIS}(?P<bridge>(?:[、和及与]{OTHER})*{_BRIDGE}{{0,60}}?){_VERB}{_NO_CHANGE}"
)
_AFTER_PART = re.compile(
    rf"{THIS}(?P<bridge>(?:中|内|的|所附|附的)?(?:关于)?{PART}[^。；{THIS}{OTHER}]{{0,120}}?)"
    rf"{_VERB}{_NO_CHANGE}"
)
_VERB_BEFORE = (
    r"(?:修改|修订|修正|调整|变更|更改|更名|停止|暂停|中止|终止|暂缓|暂不|废止|废除|撤销|撤回|取消|不再|延长|延期|延缓|延后|"
    r"推迟|恢复|解除|更正|订正|勘误|补充|完善|替代|代替|取代|替换|合并|拆分|删[除去减]|冻结|豁免|停用)"
)
_BEFORE_ANY = re.compile(_VERB_BEFORE)
_BEFORE = re.compile(
    rf"{_VERB_BEFORE}[^，。；{THIS}{OTHER}]{{0,16}}{THIS}(?!的?(?:通知|决定|公告)[》〉])"
)
# 第六条按年报掌握, 第三条从宽执行: of a letter that explains, or of an article.
_SO = (
    r"(?:按(?!原|照?(?:本|该|原|上述)|规定)[^，。；]{1,20}(?:掌握|把握|执行|计算|办理|处理)"
    r"|可不|可以不|不作要求|暂不|不予(?:适用|执行)|从宽|从严)"
)
_HANDLED_SO = re.compile(_SO)
_HANDLED = re.compile(rf"{ARTICLES}[^。；{THIS}{OTHER}]{{0,40}}?{_SO}")
_ANY_VERB = re.compile(_VERB + _NO_CHANGE)
# 换成, 移作, 补入, 续写: words that change only where a title announces that something does.
_ANY_WIDE_VERB = re.compile(
    rf"(?:{_VERB}|改(?!革|善|造|进|装|正)|换(?!电|证|领)|移(?!交|送|动|出)|补(?!贴|助|偿)|删|停(?!车)|推(?!进|动|广|荐)"
    rf"|延(?!安)|提高|降低|加上|续(?!签)|前移|后移|列[作为]|编[作为]|用[到至]|为止|照原|恢复|退出|启用|误){_NO_CHANGE}"
)
# 顺延期内补记的，不依第十二条处理: by which article somebody is treated, which reads as before.
_TREATED = re.compile(
    rf"(?<=的[，,])(?:不|免予?)适用(?:本?[^，。；]{{0,4}}?)?{ARTICLES}(?:的?[^，。；]{{0,6}}规定)?"
    rf"|不?(?:依照?|按照?|依据|根据)(?:本?[^，。；]{{0,4}}?)?{ARTICLES}(?:的?规定)?"
    r"(?:予以|给予|进行)?(?:处理|处罚|处置|办理|追究|执行)"
)
# 《办法》第六条所称平面图，应当标明…; 第十一条规定的补码，由…出具, but no measure that is set anew.
_EXPLAINS = re.compile(
    rf"{THIS}(?:的|中的?)?{ARTICLES}(?:中)?(?:所[称指说]的?|(?:所)?规定的)"
    rf"(?:“[^”]{{1,20}}”|[\ue000-\ue3e7]|(?![^，,]{{0,20}}(?:{MEASURES}|[年限]限|限[值额]|指标|[率额]|数值))[^，,。；{THIS}{OTHER}]{{1,24}})"
    r"[，,]?(?:应当?|必须|由|以|是指|指|包括|可以|不包括)"
)
_CHANGES_PLAINLY = re.compile(
    r"修[改订正]|调整|变更|更改|改[为按由至成]|替换|延长|推迟|顺延|暂停|停止|中止|不再|提高|降低|缩短|废止|取消|恢复"
)
# 第五条继续执行, but not 继续执行至2026年.
_GOES_ON = re.compile(r"继续(?:执行|有效|施行|适用|实施)(?![至到一二三两半\d])")
_SUBJECT = re.compile(
    r"应当|必须|不得|可以|(?:企业|单位|公司|机构|各地|部门)[^，。；]{0,4}(?:应|可|须|要|自行|及时|加快|不|的，)"
)
_OPENS = re.compile(
    r"(?:如下|下列)[^。；]{0,20}(?:修[改订正]|调整|更正|补充|决定)|(?:如下|下列|以下)[^。；]{0,12}[:：]?$|现[^。；]{0,60}如下"
)
_BY_TABLE = re.compile(r"(?:见|按)?[^，。；]{0,6}(?:下表|附表|对照表|表中|表格|勘误表)")
_QUOTE = re.compile(QUOTED)
_TARGETS = re.compile(rf"(?:作为|改为|列为|调整为|变为|合并为|拆分为|归并为)(?:新的?)?{ARTICLES}")
_BESIDE = re.compile(rf"{ARTICLES}(?:之?[前后]|之间)(?=[^，。；]{{0,6}}增)")
_CLAUSE_NAMED = re.compile(rf"(?<![\d.])\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?![\d.%]){NO_UNIT}")
_BESIDE_CLAUSE = re.compile(r"\d{1,2}(?:\.\d{1,2})+条?之?[前后](?=[，,]?增)")
_RENUMBERED = re.compile(
    r"原?\d{1,2}(?:\.\d{1,2})+(?:的?(?:编号|序号|条号))?(?:相应|依次)?改编?为\d{1,2}(?:\.\d{1,2})+(?![\d.])"
)
_LONGER = re.compile(r"(?:有效|试行)期限?(?:再|均|分别)?(?:延长|延续|顺延|延展)")
_UNCHANGED = re.compile(
    rf"{PART}(?:的?(?:内容|规定|编号|序号|条号))?(?:保持|维持|均)?(?:不变|不动|不作(?:修改|调整))"
)
_SINCE = re.compile(rf"自\s?(?P<day>{DAY})\s?起")
_ANNEX = re.compile(r"附(?:件|表|录)\s?[\d一二三四五六七八九十]{0,3}|目录|清单|名录|表\d")

# What a title says of what its act does: 关于延长…的通知.
_TITLE_VERB = re.compile(
    r"修改|修订|修正|调整|更正|勘误|订正|变更|增补|删[除减去]|废止|失效|停止|暂停|中止|终止|暂缓|缓期|延长|延期|延缓|"
    r"延后|顺延|展期|推迟|取消|合并|拆分|更名|替换|恢复|解除|豁免|修改单|撤销"
)
# 勘误启事, 关于打包修改文件的决定, 关于衔接事项的公告, 关于重新启用的通告.
_TITLE_WIDELY = re.compile(
    _TITLE_VERB.pattern
    + r"|改|正误|打包|衔接|延续|继续|启用|停用|停[止办]|过渡|退出|时间的?通知|期限的?通知"
)
_TITLE_MORE = re.compile(r"补充|完善|进一步明确")
_LETTER = re.compile(r"(?:函|答复|批复|解释)$")
_PUBLISHED = re.compile(r"印发|发布|公布|颁布|颁发|转发|公开征求|征求")
_QUOTED_NAME = re.compile(r"[《〈][^《》〈》]{2,120}[》〉]")


# 《…》 · 17号 · GB/T 34015 · 该办法 · 其第二条: what names an act, or means the last one.
_MAY_MEAN = re.compile(rf"{THE_SAME.pattern}|{ITS.pattern}")
_SOME_ACT = re.compile(rf"[《〈]|\d\s?号|[A-Z]{{2}}|{_MAY_MEAN.pattern}")
# 第八条 · 附件2 · 4.2 · 期限为四十五日.
_SOME_PART = re.compile(r"第[^，。；]{1,8}[条章款项目]|附[件表录]|\d\.\d|[日天月年吨元倍份次成%％]")
_WORDS_OF_CHANGE = (_ANY_VERB, _BEFORE_ANY, _HANDLED_SO, _OPENS)


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreadChange:
    """Words that seem to change an act and were not understood: the articles that they name (none:
    it may be any), the day that they give, the first of them."""

    articles: tuple[str, ...]
    since: date | None
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """What other readers have understood of what a text does to an act: of which articles, whether
    anything at all, whether its term is extended, whether the text carries it out; ``told``:
    whether any effect on it is told, without which orders that were read are not carried out."""

    articles: tuple[str, ...] = ()
    anything: bool = False
    told: bool = True
    extended: bool = False
    carried_out: bool = False


def unread_change(
    title: str, text: str, names: ActNames, understood: Understood
) -> UnreadChange | None:
    """What a text seems to change of the act of these names by words that were not understood."""
    text = text[:_MOST_TEXT]
    about = _about(title, names)
    if not (about or _announces(title)) and not _could_change(text, names):
        return None
    read_rows = read_orders_for(text, names).instructions if understood.told else ()
    tabled = {_label(order) for order in read_rows}
    found: list[tuple[tuple[str, ...], AmendingStatement]] = []
    read = 0
    last = _Last(about=about, announced=about, changes=_announces(title), tabled=bool(tabled))
    for said in _own_statements(text, names, about=about):
        one = said if understood.told else replace(said, orders=())
        marked = _marked(one, names, last)
        known = _known_of(one)
        if understood.anything:
            known |= _effects_of(one, names, last)
        elsewhere = tabled | set(understood.articles)
        read += bool(one.orders)
        if understood.carried_out and _explains(marked):
            last.follow(one, marked)
            continue
        longer = understood.extended and _LONGER.search(marked)
        doubted = None if longer else _doubted(marked, one, (known, elsewhere), last)
        if doubted is not None:
            found.append((doubted, one))
        last.follow(one, marked)
    if not found and about and not read and not understood.anything:
        return _of_form(title, text, names)
    if not found:
        return None
    return UnreadChange(
        articles=_joined([articles for articles, _ in found]),
        since=_earliest([one for _, one in found]), words=found[0][1].sentence[:200],
    )  # fmt: skip


def _explains(marked: str) -> bool:
    """Whether a statement of rules that carry the act out only says how an article is meant."""
    return _EXPLAINS.search(marked) is not None and _CHANGES_PLAINLY.search(marked) is None


def _joined(found: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """All the articles; none, that is any, where one statement names none."""
    if not all(found):
        return ()
    return tuple(dict.fromkeys(article for articles in found for article in articles))


def _earliest(found: Sequence[AmendingStatement]) -> date | None:
    days = [written_day(match["day"]) for one in found if (match := _SINCE.search(one.sentence))]
    return min((day for day in days if day is not None), default=None)


@dataclass(slots=True)
class _Last:
    """What the statements so far have spoken of."""

    about: bool  # the title is about the act
    changes: bool  # the title announces a change
    announced: bool  # a statement without a name means it
    named_this: bool = False
    tabled: bool = False  # rows of tables are understood

    def follow(self, one: AmendingStatement, marked: str) -> None:
        if THIS in marked:
            self.named_this = True
        elif OTHER in marked:
            self.named_this = False
        if one.named is False:
            self.announced = self.about and not one.meant and self.announced
        elif THIS in marked and _OPENS.search(marked):
            self.announced = True


def _could_change(text: str, names: ActNames) -> bool:
    """Whether any sentence has a word of change beside the act, or may mean it: what a text whose
    title announces no change must have, to seem to change the act."""
    if any(names.named_in(one) or _MAY_MEAN.search(one) for one in _with_words_of_change(text)):
        return True
    return any(_may_speak(one, names) for one in _with_an_article(text))


def _may_speak(sentence: str, names: ActNames) -> bool:
    if not (names.named_in(sentence) or _MAY_MEAN.search(sentence)):
        return False
    return may_speak_of_article(marked_acts(in_plain_words(sentence), names, same=THIS))


@lru_cache(maxsize=8)
def _with_an_article(text: str) -> tuple[str, ...]:
    """The sentences that name an act and an article or a value, read once for all acts."""
    return tuple(
        one for one in printed_statements(text) if _SOME_ACT.search(one) and _SOME_PART.search(one)
    )


@lru_cache(maxsize=8)
def _with_words_of_change(text: str) -> tuple[str, ...]:
    """The sentences that name some act and have a word of change, read once for all acts."""
    return tuple(
        one for one in printed_statements(text)
        if _SOME_ACT.search(one)
        and any(word.search(in_plain_words(one)) for word in _WORDS_OF_CHANGE)
    )  # fmt: skip


def _announces(title: str) -> bool:
    """Whether a title announces a change, of whatever act."""
    outside = _QUOTED_NAME.sub("", title)
    return _TITLE_WIDELY.search(outside) is not None and _PUBLISHED.search(outside) is None


def _about(title: str, names: ActNames) -> bool:
    """Whether a title announces a change of the act: by its name, its number or its plain words."""
    outside = _QUOTED_NAME.sub("", title)
    if not any(one.search(outside) for one in (_TITLE_VERB, _TITLE_MORE, _LETTER)):
        return False
    if (said := _PUBLISHED.search(outside)) and not re.search("修改单|决定", outside[said.end() :]):
        return False
    named = names.named_in(title.replace("〈", "《").replace("〉", "》"))
    if named is not None:
        return named
    return any(len(key) >= 4 and key in title_key(title) for key in map(title_key, names.titles))


def _own_statements(text: str, names: ActNames, *, about: bool) -> Iterator[AmendingStatement]:
    """The statements up to the whole text of the act, where one follows."""
    keys = {title_key(name) for name in names.titles if name}
    for place, one in enumerate(statements(text, names, unnamed=about)):
        whole = one.words if len(one.words) <= 120 else ""
        if place and whole and "《" not in whole and title_key(whole) in keys:
            return
        if place > _MOST_STATEMENTS or re.match(r"第一章[\s\u3000]", one.words):
            return
        yield one


def _marked(one: AmendingStatement, names: ActNames, last: _Last) -> str:
    same = THIS if last.named_this or last.announced else OTHER
    return marked_acts(one.words, names, same=same)


def _doubted(
    marked: str, one: AmendingStatement, known: tuple[set[str], set[str]], last: _Last
) -> tuple[str, ...] | None:
    """The articles that a statement seems to change and nobody understood; None for none.
    ``known``: of which the statement is understood, and of which the rest of the text is."""
    if not _seems(marked, one, last) and not (one.unread and last.announced):
        return None
    here, elsewhere = known
    if of_a_part(marked) and not one.orders:
        return ()
    named = _articles_in(marked)
    left = tuple(label for label in named if label not in here | elsewhere)
    if named and not left:
        return None
    if left and one.counts_anew:
        return ()  # what is behind it has another number by then
    if not named and (one.orders or here or _OPENS.search(marked) or _BY_TABLE.search(marked)):
        return None
    if not named and speaks_of_row(marked):
        return (_SOME_ANNEX,)
    if not named and elsewhere and not _QUOTE.search(marked):
        return None  # what it announces is understood below
    return left


def _seems(marked: str, one: AmendingStatement, last: _Last) -> bool:
    """Whether a statement seems to change the act."""
    if _seems_widely(marked, one, last) or _speaks(marked, one, last):
        return True
    if THIS in marked:
        return _of_this(marked)
    if not (last.announced and one.meant) or OTHER in marked:
        return False
    if _HANDLED.search(marked):
        return True
    match = _ANY_VERB.search(marked)
    if match is None or _not_yet(marked[: match.start()]):
        return False
    return bool(_articles_in(marked) or _QUOTE.search(marked)) or last.announced


def _speaks(marked: str, one: AmendingStatement, last: _Last) -> bool:
    """Whether a statement speaks of an article in a way that is not known to change nothing."""
    if last.tabled and ("|" in marked or _BY_TABLE.search(marked)):
        return False
    meant = last.announced and one.meant
    return speaks_of_article(_TREATED.sub("", marked), announced=meant)


def _seems_widely(marked: str, one: AmendingStatement, last: _Last) -> bool:
    """Whether a statement of an act whose title announces a change of what it does not name, seems
    to change the act that was named last."""
    if not last.changes or not one.meant or (last.tabled and "|" in marked):
        return False
    if THIS not in marked and (OTHER in marked or not last.named_this):
        return False
    marked = _GOES_ON.sub("", _TREATED.sub("", marked))
    if not (_articles_in(marked) or _QUOTE.search(marked)):
        return False
    match = _ANY_WIDE_VERB.search(marked)
    return match is not None and not _not_yet(marked[: match.start()])


def _of_this(marked: str) -> bool:
    for pattern in (_AFTER, _AFTER_PART):
        for match in pattern.finditer(marked):
            bridge = match["bridge"]
            if not _NOT_YET.search(bridge) and not _SUBJECT.search(bridge):
                return not _not_yet(marked[: match.start()])
    if THIS in marked and (handled := _HANDLED.search(marked)):
        return marked[: handled.start()].endswith(THIS)
    before = _BEFORE.search(marked)
    return before is not None and not _not_yet(marked[: before.start()])


def _not_yet(before: str) -> bool:
    """Whether the words of the same clause make a plan, a condition or a request of a change."""
    clause = re.split("[，,：:]", before)[-1]
    return _NOT_YET.search(clause) is not None or _SUBJECT.search(clause) is not None


def _articles_in(marked: str) -> tuple[str, ...]:
    """The articles of the act that a statement names, but for new numbers."""
    plain = _OF_ANOTHER.sub(OTHER, marked)
    plain = _RENUMBERED.sub("", _BESIDE_CLAUSE.sub("", plain))
    plain = _UNCHANGED.sub("", _BESIDE.sub("", _TARGETS.sub("", plain)))
    found = [canonical_article(label) for label in named_articles(plain)]
    found += _CLAUSE_NAMED.findall(plain)
    if not found and (annex := _ANNEX.findall(plain)):
        found = ["".join(one.split()) for one in annex]
    return tuple(dict.fromkeys(found))


def _known_of(one: AmendingStatement) -> set[str]:
    """The articles of which the orders of a statement are understood."""
    return {_label(order) for order in one.orders} | {_new_label(order) for order in one.orders}


def _effects_of(one: AmendingStatement, names: ActNames, last: _Last) -> set[str]:
    """The articles of which the effects that a statement has are understood."""
    found: set[str] = set()
    for effect in effects_in(one.sentence, _default(names, last)):
        scope = map(article_of, effect.terms.scope)
        found.update([*scope] or _articles_in(_marked(one, names, last)) or ("all",))
    return found


def _label(order: Instruction) -> str:
    """The article that an order is about."""
    label = order.place.article or order.place.annex or ""
    return canonical_article(f"第{label}" if "条" in label else label)


def _new_label(order: Instruction) -> str:
    """The number of an article that an order puts in."""
    return "" if order.number is None else f"第{chinese_numeral(order.number)}条"


def _default(names: ActNames, last: _Last) -> tuple[str, str] | None:
    return (names.titles[0], "") if last.announced and names.titles else None


def _of_form(title: str, text: str, names: ActNames) -> UnreadChange | None:
    """A title that announces a change of which nothing was understood."""
    outside = _QUOTED_NAME.sub("", title)
    if (
        not text.strip()
        or not _TITLE_VERB.search(outside)
        or read_orders_for(text, names).instructions
    ):
        return None
    named = tuple(canonical_article(one) for one in named_articles(outside))
    return UnreadChange(articles=named, since=None, words=title)
