"""Notice that an act seems to change another one by words that no reader understands.

What such words name is then not known, rather than told as it read before. An act that is only
cited, rested on, carried out or published again is not changed by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from domain.acts.amendment_parser import ActNames, Statement, read_orders_for, statements
from domain.acts.changing.amendment_clauses import QUOTED, Instruction
from domain.acts.effect_statements import effects_in
from domain.acts.titles import title_key
from domain.text.act_numbers.standard_numbers import find_standard_numbers
from domain.text.articles import canonical_article, named_articles
from domain.text.document_numbers import find_document_numbers
from domain.text.numerals import chinese_numeral
from domain.text.written_dates import DAY, written_day

# The act that is asked for, and any other, stand as one character each.
_THIS, _OTHER = "\uf8fe", "\uf8fd"
_ACT = f"[{_THIS}{_OTHER}]"
_MOST_TEXT = 60_000
_MOST_STATEMENTS = 4_000
_NAME = re.compile(
    r"《(?P<title>[^《》]{2,120}(?:[《〈][^《》〈》]{2,80}[》〉][^《》]{0,60})?)》"
    r"(?:\s?[（(](?P<note>[^（）()]{0,60})[）)])?"
)
# 原办法, 该通知: the act that was named last.
_THE_SAME = re.compile(
    r"(?:原|该|同一|上述|前述|前款|此前的?)(?:管理)?"
    r"(?:办法|规定|通知|公告|方案|条例|细则|意见|规则|标准|目录|规范|条件|指南|文件|制度)"
)
# 天津海关2024年第6号公告, whose one spelling has the kind in front.
_NUMBER_FIRST = re.compile(
    r"(?:[\u4e00-\u9fff]{2,12}(?:部|委|局|署|厅|会|关|院))?\d{4}年第\d{1,4}号(?:公告|通告|令)"
)
_ARTICLE = (
    r"第[〇零一二三四五六七八九十百\d]{1,6}[条章款项目](?:之[一二三四五六七八九十])?"
    r"(?:第[（(]?[〇零一二三四五六七八九十\d]{1,4}[）)]?[款项目])*"
)
_ARTICLES = rf"{_ARTICLE}(?:[、和及与至到，]{{1,2}}{_ARTICLE})*"
_PART = (
    rf"(?:{_ARTICLES}|附(?:件|表|录)\s?[\d一二三四五六七八九十]{{0,3}}"
    r"|\d{1,2}(?:\.\d{1,2})+条?)"
)

# ---------------------------------------------------------------- what only cites

# 按照《…》第八条规定的 · 违反《…》第五条 · 依《…》, but not 不再执行《…》.
_CITED = re.compile(
    r"(?:根据|依据|依照|按照|遵照|遵守|参照|参考|比照|对照|贯彻|落实|宣传|学习|(?<!不)(?<!再)符合|违反|满足|"
    r"(?<![不再止停缓])(?:执行|实施|适用)|详见|参见|(?<!意)见|衔接|配套|属于|列入|纳入|达到|转发|印发|"
    r"发布|公布|颁布|出台|制定|起草|解读|(?<![的可])依|(?<![的数依])据|(?<![的])按)"
    rf"[^，。{_THIS}{_OTHER}]{{0,16}}{_ACT}(?:[、和及与以]{{1,2}}{_ACT})*(?:等[^，。]{{0,8}})?"
    rf"(?:的?{_PART})?(?:的?(?:有关|相关|具体)?(?:规定|要求|精神|部署|安排|标准|程序|条件|内容)的?)?"
)
# 《…》施行后 · 《…》（2024年修订）印发以来 · 《…》修订期间.
_SINCE_THEN = re.compile(
    rf"{_ACT}(?:自[^，。]{{0,20}})?(?:正式)?"
    r"(?:施行|实施|发布|印发|公布|出台|生效|执行|颁布|修订|修改|修改完成|废止)"
    r"(?:之日|日)?(?:后|前|以来|以后|之前|起|期间|时|过程中|情况|工作|进展|的(?=[^，。]{0,12}(?:企业|单位|项目|产品)))"
)
# 新修订的《…》 · 修订后的《…》 · 已废止的《…》.
_AS_CHANGED = re.compile(
    r"(?:新|已|经|最新|重新|此次)?(?:修订|修改|修正|调整|更新|更名|废止|失效|变更)"
    rf"(?:后的?|的|公布的|印发的|发布的)[^，。{_THIS}{_OTHER}]{{0,4}}{_ACT}"
)
_OF_ANOTHER = re.compile(rf"{_OTHER}(?:的?{_PART})?")
# 《…》第三章对暂停服务作了规定 · 《…》解读: what it says is told.
_TOLD = re.compile(
    rf"{_ACT}(?:{_PART})?(?:对|就|将)[^，。；]{{1,40}}(?:作|做)[了出][^，。；]{{0,8}}规定"
    rf"|{_ACT}(?:{_PART})?(?:明确|规定|要求|指出|强调)了?[：:，]"
    rf"|{_ACT}[^，。；]{{0,6}}(?:解读|问答|宣传|宣讲|培训)"
)
# 本决定第三条 speaks of itself.
_OWN = re.compile(
    rf"本(?:办法|规定|条例|决定|细则|规则|通知|公告|意见|方案|复函|函|标准|修改单)的?{_PART}"
)
# 拟修订 · 如有调整 · 另有规定的 · 推动…修订: nothing is changed yet.
_NOT_YET = re.compile(
    r"拟|如(?:有|遇|需|果|发生)|若|另有|(?<!经)研究|推动|推进|加快|启动|适时|建议|征求|正在|组织开展|计划|"
    r"配合|参与|承担|尚未|未(?:被|予|作|经)?|不(?:得|因|会|影响)|无需|是否|擅自|申请|需要|确需|可以?|有权|逾期"
)

# ---------------------------------------------------------------- what seems to change

_VERB = (
    r"(?:(?:修改|修订|修正|更正)(?!单|对照|表|说明|后的|前的)|修补|调整|变更|更改|更名|改[为成按由至用称]|换[为成]|替换|取代|代替|替代|"
    r"增补|增加|增列|增设|补充|补入|添加|删|剔除|去掉|取消|废止|废除|撤销|撤回|失效|作废|无效|"
    r"停止|停用|停办|停征|中止|终止|暂停|暂缓|暂不|缓期|缓行|缓办|缓至|延长|延期|延后|延缓|延至|延续|顺延|展期|展延|"
    r"推迟|推后|宽限|提前|缩短|压缩|缩减|放宽|收紧|提高|降低|上调|下调|调[高低增减至]|升至|降至|增至|减至|减为|增为|"
    r"合并|并入|归并|拆分|拆为|分拆|分设|单列|移至|移入|移到|重排|重新编|前移|后移|"
    r"订正|勘误|勘正|有误|误[为写排作印]|笔误|应[为作系]|不再|冻结|恢复|解除|免于|免予|豁免|"
    r"到此为止|止于|转为|变为|另行规定为|(?:按|以)[^，。；]{1,24}(?:理解|为准)|让位于|作(?=\ue000)|重新表述|重述|以[^，。]{1,24}为准)"
)
# 变更登记 · 调整的，应当 · 修改时 · 终止后: a word for something else.
_NO_CHANGE = (
    r"(?!过?的(?:[，,、]|应|须|可|企业|单位)|的(?!决定|通知|规定|条款|内容|为|是)"
    r"|时[，,]|手续|登记|申请|备案|报告|情况|情形|计划|工作|研究|前|后的|之前|之后|程序|意见|使用|经营|生产|运营|营业)"
)
_BRIDGE = rf"[^，。；{_THIS}{_OTHER}]"
_AFTER = re.compile(
    rf"{_THIS}(?P<bridge>(?:[、和及与]{_OTHER})*{_BRIDGE}{{0,60}}?){_VERB}{_NO_CHANGE}"
)
_AFTER_PART = re.compile(
    rf"{_THIS}(?P<bridge>(?:中|内|的|所附|附的)?(?:关于)?{_PART}[^。；{_THIS}{_OTHER}]{{0,120}}?)"
    rf"{_VERB}{_NO_CHANGE}"
)
_BEFORE = re.compile(
    r"(?:修改|修订|修正|调整|变更|更改|更名|停止|暂停|中止|终止|暂缓|暂不|废止|废除|撤销|撤回|取消|不再|延长|延期|延缓|延后|"
    r"推迟|恢复|解除|更正|订正|勘误|补充|完善|替代|代替|取代|替换|合并|拆分|删[除去减]|冻结|豁免|停用)"
    rf"[^，。；{_THIS}{_OTHER}]{{0,16}}{_THIS}(?!的?(?:通知|决定|公告)[》〉])"
)
# 第六条按年报掌握, 第三条从宽执行: of a letter that explains, or of an article.
_HANDLED = re.compile(
    rf"{_ARTICLES}[^。；{_THIS}{_OTHER}]{{0,40}}?(?:按(?!原|照?(?:本|该|原|上述)|规定)[^，。；]{{1,20}}(?:掌握|把握|执行|计算|办理|处理)"
    r"|可不|可以不|不作要求|暂不|不予(?:适用|执行)|从宽|从严)"
)
_ANY_VERB = re.compile(_VERB + _NO_CHANGE)
_SUBJECT = re.compile(
    r"应当|必须|不得|可以|(?:企业|单位|公司|机构|各地|部门)[^，。；]{0,4}(?:应|可|须|要|自行|及时|加快|不|的，)"
)
_OPENS = re.compile(
    r"(?:如下|下列)[^。；]{0,20}(?:修[改订正]|调整|更正|补充|决定)|(?:如下|下列|以下)[^。；]{0,12}[:：]?$|现[^。；]{0,60}如下"
)
# 条文顺序作相应调整: the count is the amended text's.
_COUNTED_ANEW = re.compile(
    r"(?:条文|条款|款项|序号|顺序|编号|条序)[^，。；]{0,10}(?:相应|依次|顺次)?[^，。；]{0,4}(?:调整|顺延|修改|编排)"
    r"|(?:作|作出|做出?|进行)相应(?:的)?(?:调整|修改|变动)|重新公布|依次顺延|依次递[延补]"
)
# 第七条至第九条依次改为第六条至第八条.
_RANGES = re.compile(
    rf"{_ARTICLE}[至到—-]{{1,2}}{_ARTICLE}[，,]?(?:的序号)?(?:依次|分别|相应|顺次)[^，。；]{{0,4}}"
    rf"(?:改|调整|变更|顺延|前移|后移|递补)(?:为{_ARTICLE}(?:[至到—-]{{1,2}}{_ARTICLE})?)?"
)
_QUOTE = re.compile(QUOTED)
_TARGETS = re.compile(rf"(?:作为|改为|列为|调整为|变为|合并为|拆分为|归并为)(?:新的?)?{_ARTICLES}")
_BESIDE = re.compile(rf"{_ARTICLES}之?[前后](?=[^，。；]{{0,6}}增)")
_LONGER = re.compile(r"(?:有效|试行)期限?(?:再|均|分别)?(?:延长|延续|顺延|延展)")
_UNCHANGED = re.compile(
    rf"{_PART}(?:的内容|的规定)?(?:保持|维持|均)?(?:不变|不动|不作(?:修改|调整))"
)
_SINCE = re.compile(rf"自\s?(?P<day>{DAY})\s?起")
_ANNEX = re.compile(r"附(?:件|表|录)\s?[\d一二三四五六七八九十]{0,3}|目录|清单|名录|表\d")

# ---------------------------------------------------------------- the title

_TITLE_VERB = re.compile(
    r"修改|修订|修正|调整|更正|勘误|订正|变更|增补|删[除减去]|废止|失效|停止|暂停|中止|终止|暂缓|缓期|延长|延期|延缓|"
    r"延后|顺延|展期|推迟|取消|合并|拆分|更名|替换|恢复|解除|豁免|修改单|撤销"
)
_TITLE_MORE = re.compile(r"补充|完善|进一步明确")
_LETTER = re.compile(r"(?:函|答复|批复|解释)$")
_PUBLISHED = re.compile(r"印发|发布|公布|颁布|颁发|转发|公开征求|征求")
_QUOTED_NAME = re.compile(r"[《〈][^《》〈》]{2,120}[》〉]")


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
    anything at all, whether its term is extended."""

    articles: tuple[str, ...] = ()
    anything: bool = False
    extended: bool = False


def unread_change(
    title: str, text: str, names: ActNames, understood: Understood
) -> UnreadChange | None:
    """What a text seems to change of the act of these names by words that were not understood."""
    text = text[:_MOST_TEXT]
    about = _about(title, names)
    tabled = {_label(order) for order in read_orders_for(text, names).instructions}
    found: list[tuple[tuple[str, ...], Statement]] = []
    read = 0
    last = _Last(about=about, announced=about)
    for one in _own_statements(text, names, about=about):
        marked = _marked(one, names, last)
        known = _known_of(one) | tabled | set(understood.articles)
        if understood.anything:
            known |= _effects_of(one, names, last)
        read += bool(one.orders)
        longer = understood.extended and _LONGER.search(marked)
        doubted = None if longer else _doubted(marked, one, known, last)
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


def _joined(found: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """All the articles; none, that is any, where one statement names none."""
    if not all(found):
        return ()
    return tuple(dict.fromkeys(article for articles in found for article in articles))


def _earliest(found: Sequence[Statement]) -> date | None:
    days = [written_day(match["day"]) for one in found if (match := _SINCE.search(one.sentence))]
    return min((day for day in days if day is not None), default=None)


@dataclass(slots=True)
class _Last:
    """What the statements so far have spoken of."""

    about: bool  # the title is about the act
    announced: bool  # a statement without a name means it
    named_this: bool = False

    def follow(self, one: Statement, marked: str) -> None:
        if _THIS in marked:
            self.named_this = True
        elif _OTHER in marked:
            self.named_this = False
        if one.named is False:
            self.announced = self.about and not one.meant and self.announced
        elif _THIS in marked and _OPENS.search(marked):
            self.announced = True


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


def _own_statements(text: str, names: ActNames, *, about: bool) -> Iterator[Statement]:
    """The statements up to the whole text of the act, where one follows."""
    keys = {title_key(name) for name in names.titles if name}
    for place, one in enumerate(statements(text, names, unnamed=about)):
        whole = one.words if len(one.words) <= 120 else ""
        if place and whole and "《" not in whole and title_key(whole) in keys:
            return
        if place > _MOST_STATEMENTS or re.match(r"第一章[\s\u3000]", one.words):
            return
        yield one


def _marked(one: Statement, names: ActNames, last: _Last) -> str:
    """A statement with one character for each act, without what only cites."""
    plain = _NAME.sub(lambda match: _mark(match, names), one.words)
    plain = _NUMBER_FIRST.sub(lambda match: _THIS if names.named_in(match[0]) else _OTHER, plain)
    for number in find_document_numbers(plain):
        if number in plain:
            plain = plain.replace(number, _THIS if names.named_in(number) else _OTHER)
    for start, end, number in reversed(find_standard_numbers(plain)):
        plain = plain[:start] + (_THIS if names.named_in(number) else _OTHER) + plain[end:]
    same = _THIS if last.named_this or last.announced else _OTHER
    plain = _THE_SAME.sub(same, plain)
    plain = re.sub(rf"({_ACT})[（(][^（）()]{{0,40}}[）)]", r"\1", plain)
    for pattern in (_OWN, _AS_CHANGED, _CITED, _SINCE_THEN, _TOLD):
        plain = pattern.sub(_blank, plain)
    return _COUNTED_ANEW.sub("", _RANGES.sub("", plain))


def _blank(match: re.Match[str]) -> str:
    """What only cites leaves nothing but the other act that it names."""
    return "" if _THIS in match[0] else re.sub(f"[^{_OTHER}]", "", match[0])


def _mark(match: re.Match[str], names: ActNames) -> str:
    return _THIS if names.named_in(match[0].replace("〈", "《").replace("〉", "》")) else _OTHER


def _doubted(marked: str, one: Statement, known: set[str], last: _Last) -> tuple[str, ...] | None:
    """The articles that a statement seems to change and nobody understood; None for none."""
    if not _seems(marked, one, last) and not (one.unread and last.announced):
        return None
    named = _articles_in(marked)
    understood = bool(one.orders) or bool(known)
    left = tuple(label for label in named if label not in known)
    if understood and (not left or not named):
        return None
    if not named and _OPENS.search(marked):
        return None
    return left


def _seems(marked: str, one: Statement, last: _Last) -> bool:
    """Whether a statement seems to change the act."""
    if _THIS in marked:
        return _of_this(marked)
    if not (last.announced and one.meant) or _OTHER in marked:
        return False
    if _HANDLED.search(marked):
        return True
    match = _ANY_VERB.search(marked)
    if match is None or _not_yet(marked[: match.start()]):
        return False
    return bool(_articles_in(marked) or _QUOTE.search(marked)) or last.announced


def _of_this(marked: str) -> bool:
    for pattern in (_AFTER, _AFTER_PART):
        for match in pattern.finditer(marked):
            bridge = match["bridge"]
            if not _NOT_YET.search(bridge) and not _SUBJECT.search(bridge):
                return not _not_yet(marked[: match.start()])
    if _THIS in marked and (handled := _HANDLED.search(marked)):
        return marked[: handled.start()].endswith(_THIS)
    before = _BEFORE.search(marked)
    return before is not None and not _not_yet(marked[: before.start()])


def _not_yet(before: str) -> bool:
    """Whether the words of the same clause make a plan, a condition or a request of a change."""
    clause = re.split("[，,：:]", before)[-1]
    return _NOT_YET.search(clause) is not None or _SUBJECT.search(clause) is not None


def _articles_in(marked: str) -> tuple[str, ...]:
    """The articles of the act that a statement names, but for new numbers."""
    plain = _OF_ANOTHER.sub(_OTHER, marked)
    plain = _UNCHANGED.sub("", _BESIDE.sub("", _TARGETS.sub("", plain)))
    found = [canonical_article(label) for label in named_articles(plain)]
    found += re.findall(r"(?<![\d.])\d{1,2}(?:\.\d{1,2}){1,3}(?![\d.%])", plain)
    if not found and (annex := _ANNEX.findall(plain)):
        found = ["".join(one.split()) for one in annex]
    return tuple(dict.fromkeys(found))


def _known_of(one: Statement) -> set[str]:
    """The articles of which the orders of a statement are understood."""
    return {_label(order) for order in one.orders} | {_new_label(order) for order in one.orders}


def _effects_of(one: Statement, names: ActNames, last: _Last) -> set[str]:
    """The articles of which the effects that a statement has are understood."""
    found: set[str] = set()
    for effect in effects_in(one.sentence, _default(names, last)):
        found.update(effect.terms.scope or _articles_in(_marked(one, names, last)) or ("all",))
    return found


def _label(order: Instruction) -> str:
    """The article that an order is about."""
    label = order.place.article or ""
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
