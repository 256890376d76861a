"""Parse what a decision to amend (修改决定) orders, instruction by instruction.

Understood are 将第X条修改为“…”, 第X条中的“…”修改为“…”, 删去…, 增加一条（款、项）, 第X条改为第Y条,
合并为, lists of errata and tables that set the old wording beside the new one; for an article
(条), a paragraph (款) or an item (项). A statement that orders something and is not understood is
kept as such, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from domain.acts.changing.amending_sheets import named_sheets, sheet_of
from domain.acts.changing.amendment_clauses import (
    BECOMES,
    CORRESPONDINGLY,
    FIRST_QUOTE,
    MOST,
    NUMERAL,
    ORDERS,
    PUBLICATION_DAY,
    QUOTED,
    Instruction,
    Place,
    emptied,
    numbers_stay,
    read_statement,
)
from domain.acts.changing.amendment_tables import TableOrder, table_orders
from domain.acts.changing.annex_rows import annex_of
from domain.acts.changing.clearing_tables import without_cleared
from domain.acts.changing.new_names import RENAMED, named_anew, renamed_by_words
from domain.acts.changing.plain_orders import in_plain_orders, not_ordered, of_a_part
from domain.acts.titles import act_number_key, title_key
from domain.text.act_numbers.standard_numbers import (
    act_numbers,
    find_standard_numbers,
    standard_number,
)
from domain.text.articles import named_articles
from domain.text.document_numbers import find_document_numbers
from domain.text.numerals import parse_chinese_number
from domain.text.written_dates import DAY, written_day

_MAX_TEXT = 200_000
_MOST_KEPT = 40_000  # characters of a decision whose orders are remembered
_PLACEHOLDERS = re.compile(QUOTED)
_SHEET = re.compile(r"《[^《》]{4,40}号修改单》")
_OTHER_MARKS = str.maketrans("‘’「」『』", "“”“”“”")
_BLANKS_IN_LABEL = re.compile(r"第[ \t\u3000]*(?P<number>\d{1,3})[ \t\u3000]*条")
# 五、第五条修改为：按月报送。
_WITHOUT_MARKS = re.compile(
    rf"(?P<order>[^“”\n，。；]{{0,12}}第{NUMERAL}条(?:之[一二三四五六七八九十]+)?(?:修[改订正]|调整|改)为[:：])"
    rf"(?P<text>(?:(?!第{NUMERAL}[条款]|删[去除]|增加|修[改订正]|改为)[^“”\n]){{4,2000}}。)"
)
# 对某号令（已经第188号令改动）再作调整: of what the act has been until now.
_AS_AMENDED = re.compile(
    r"[（(](?:已?经|业经|后经|曾经)[^（）()“”\n]{2,60}(?:修改|修订|修正|改动|调整)[^（）()“”\n]{0,6}[）)]"
)
_CIRCLED = re.compile(r"(?<![^\n。；;])[①-⑳](?=[^“”\n]{0,60}[“\n删增改修])")  # ③6.2删去
_MARK = re.compile(r"(?P<line>\n[ \t\u3000]*)?(?P<mark>[“”\"])")
_NAMED = re.compile(r"《([^《》]{2,120})》(?:[（(][^（）()]*号[^（）()]{0,30}[）)])?")
_NAMED_PLACE = re.compile(
    rf"《[^《》]{{2,120}}》(?:[（(][^（）()]{{0,60}}[）)])?"
    rf"(?:第{NUMERAL}条(?:第[（(]?{NUMERAL}[）)]?[款项])*[、和及与]?(?!《))*[、和及与]?"
)
# 第4条　同一公告第3条中的“…”: a decision that has articles itself.
_OWN_HEAD = re.compile(
    rf"^第{NUMERAL}条[\s\u3000]+(?=[^。；]{{0,40}}(?:《[^《》]+》|号[^。；]{{0,6}}|同一[^。；]{{0,6}}|该[^。；]{{0,6}})第{NUMERAL}条)"
)
_STATEMENT = re.compile(r"[^。；;\n]+")
# 将名称修改为《…》, 更名为《…》: the name that an act has from then on.
_ABOVE = re.compile(r"(?:上述|前述|以上)[^，,。；“”]{0,6}文件")
_QUOTED_ITEM = re.compile(r"“([〇零一二三四五六七八九十]{1,3})、”")  # “三、”第（二）项
_NUMBERED = re.compile(r"\s*(?P<number>[〇一二三四五六七八九十百]{1,4})[、．.]")
_BEFORE_QUOTE = re.compile(rf"(?<=[:：为])\s+(?={QUOTED})")
# “A”有误，应为“B” is said of one place.
_IN_ERROR = re.compile(
    rf"(?<={QUOTED})(?:一?处)?(?:有误|错误|系笔误|为笔误|表述有误)[，,](?=应|现|更|订|改)"
)
# “三十日”，修改为“十日” and “十五日”自2026年7月1日起替换为“十日” say the same.
_BETWEEN = re.compile(rf"(?P<old>{QUOTED})(?P<day>自\s?{DAY}\s?起)?[，,]?现?(?={BECOMES})")
# 自2026年4月1日起 · 作如下调整，2026年4月1日起按调整后的文字执行
_SINCE = re.compile(rf"(?:自\s?|(?<=[，,；;])|^)(?P<day>{DAY})\s?起")
_SAME_DAY = re.compile(r"(?:自)?(?:同日|该日|上述日期|前述日期)\s?起")
# 第一项、第三项自2025年10月1日起生效, 第二条第（二）项自印发之日起实行.
_OWN_ITEM = rf"第[（(]?{NUMERAL}[）)]?[项条点款](?:第?[（(]{NUMERAL}[）)]项?)?"
_ITEMS_SINCE = re.compile(
    rf"(?:本[^第，。；《》]{{1,6}})?(?P<items>{_OWN_ITEM}(?:[、和及与]{{1,2}}{_OWN_ITEM}){{0,12}})(?:的?规定)?\s?自\s?"
    rf"(?:(?P<day>{DAY})|[^，。；]{{0,6}}(?:发布|公布|印发|公告)之日)\s?起[，,]?(?:正式)?(?:施行|实施|实行|执行|生效|起效)"
)
_ITEM_OF = re.compile(
    rf"第[（(]?(?P<number>{NUMERAL})[）)]?[项条点款](?:第?[（(](?P<sub>{NUMERAL})[）)]项?)?"
)
# 自发布之日起 of an order of its own.
_SINCE_PUBLICATION = re.compile(r"自[^，,。；]{0,8}(?:发布|公布|印发|公告)之日起")
_CORRECTING = re.compile(r"误|勘|更正|订正|应[为作是]|[“”]正[“”]")
_SUB_ITEM = re.compile(r"\s*[（(](?P<number>[〇零一二三四五六七八九十\d]{1,3})[）)]")
_OWN_NUMBER = re.compile(rf"\s*第(?P<number>{NUMERAL})条[\s\u3000]")
# 以某号文件调整后的序号为准, 根据《…》.
_IN_PASSING = re.compile(
    r"(?:以|根据|依据|依照|按照|参照|贯彻|落实)(?:《[^《》]*》(?:[（(][^（）()]*[）)])?|[^《》，。]{0,40}号)[^，。]{0,24}(?:为准|规定|要求|，|$)"
)
_MENTIONS_TABLE = re.compile(r"(?:下|附|对照|勘误|修[改订]|上|本|一览|列|见|按)表|表[中列内所]")
# 条文顺序作相应调整, 以下各条依次前移, 第七条至第九条依次改为第六条至第八条.
_COUNTED_ANEW = re.compile(
    r"(?:条文|条款|序号|顺序|编号|条序|各条|以下|其后|其他|其余|后续)[^，,。；]{0,10}(?:相应|依次|顺次|顺序)?[^，,。；]{0,6}"
    r"(?<!不)(?:调整|顺延|前移|后移|顺移|递补|递进|递推|递增|递减|重新(?:编|排)|重编|重排|推移|上移|下移|改排)"
    r"|(?:依次|顺次|逐条)(?:改|调整|变更|顺延|前移|后移|递|重|上|下)"
)
# Words behind which the next sentences are about the act that they name; who only cites another
# act in passing goes on about the first.
_HEADS = re.compile(
    r"(?:修[改订正]|调整|更正|勘误|处理|统一|明确|规定|如下|决定|增加|删[去除]|更名)(?![后前的])[^，,。]{0,12}$|[:：]\s*$"
    rf"|{QUOTED}|^\s*(?:[（(]?[〇一二三四五六七八九十\d]{{1,3}}[）)、.．]\s*)?(?:对|将|关于|有关)?"
    r"(?:文件|文)?[（()）\s]*$"
)
_STRUCK = re.compile(r"\| [（(]?(?:取消|删除|删去|废止)[）)]?$")  # of a row of a table
_SYNONYMS = (("增补", "增加"), ("增列", "增加"), ("列为", "作为"))
# 第一部分, 第三点, 第二条（of 一、二、） of a text without articles: its 一、, 三、.
_SECTION = re.compile(rf"第[（(]?(?P<number>{NUMERAL})[）)]?(?:部分|大?点|大项)(?!之)")
# 前者为“…”。后者为“…”
_FORMER_AND_LATTER = re.compile(
    rf"(?:(?<=[为条款])|[。；;])\s*(?=[前后](?:者|一条)(?:表述|内容)?[为是]?[:：]?{QUOTED})"
)
# “…。”第六条空出: the stop within closes the sentence.
_BEFORE_MORE = re.compile(rf"(?<=[:：为即]){QUOTED}(?=第|原|其[后余他]|以下|后续|条文|该条)")
_AFTER_ARTICLE = re.compile(rf"(?<=[条一二三四五六七八九十])之?后增加[:：]?(?P<text>{QUOTED})")
_OWN_LABEL = re.compile(rf"第{NUMERAL}条(?:之[一二三四五六七八九十]+)?")
# 自某装置国家标准实施之日起: a day that nobody knows yet.
_SOME_DAY = re.compile(
    r"自(?!本|该|发布|公布|印发|公告|颁布|批准|\s?\d{4}\s?年)[^，,。；\ue000-\ue3e7]{2,60}?"
    r"(?:实施|施行|生效|启用|开通|上线|发布|公布|印发|运行|投用)之日起"
)
_CHANGED_FOR = re.compile(r"(?<!替)换[作为]")


@dataclass(frozen=True, slots=True)
class Orders:
    """The instructions for one act, the statements that were not understood, the name that the
    act bears from then on, and whether it is said that what follows is counted anew."""

    instructions: tuple[Instruction, ...]
    unread: tuple[str, ...]
    renamed: str | None = None
    counts_anew: bool = False


@dataclass(frozen=True, slots=True)
class ActNames:
    """How a decision may call the act that it amends: titles, and its document number."""

    titles: tuple[str, ...]
    number: str | None = None

    def named_in(self, statement: str) -> bool | None:
        """Whether a statement names this act; None where it names no act at all."""
        named = _acts_named(statement)
        standard = standard_number(self.number or "")
        is_standard = bool(standard) and standard in named.standards
        if not named.titles and not named.numbers and not is_standard:
            return None  # another standard may be what is cited
        keys = {title_key(title) for title in self.titles}
        keys |= {title_key(sheet) for title in self.titles if (sheet := sheet_of(title))}
        own = _number_value(self.number)
        return (
            is_standard
            or not keys.isdisjoint(named.titles)
            or (own is not None and own in named.numbers)
        )


@dataclass(frozen=True, slots=True)
class _ActsNamed:
    """The titles, numbers and standards that a statement names, as keys."""

    titles: frozenset[str]
    numbers: frozenset[str | None]
    standards: frozenset[str]


@lru_cache(maxsize=4096)
def _acts_named(statement: str) -> _ActsNamed:
    """Read once for all the acts that are asked for."""
    return _ActsNamed(
        frozenset(title_key(title) for title in _NAMED.findall(statement)),
        frozenset(_number_value(number) for number in find_document_numbers(statement)),
        frozenset(act_numbers(_SHEET.sub("", statement))),
    )


def _number_value(number: str | None) -> str | None:
    key = act_number_key(number)
    return key.value if key is not None else None


def read_orders(text: str, *act_titles: str) -> Orders:
    """What a decision orders for the act of that title, or of one of its titles; where it amends
    several acts, what follows that act's name."""
    return read_orders_for(text, ActNames(act_titles))


@dataclass(frozen=True, slots=True)
class AmendingStatement:
    """A sentence of a decision. ``words``: with one character for each quoted text; ``sentence``:
    as it stands there; ``named``: whether it names the act that is asked for (None: no act),
    ``meant`` whether it speaks of it; ``since``: its own day; ``renamed`` and ``orders``: what was
    understood of it."""

    words: str
    sentence: str
    shown: str  # without the names of acts
    named: bool | None
    meant: bool
    since: date | None = None
    renamed: str | None = None
    orders: tuple[Instruction, ...] = ()

    @property
    def counts_anew(self) -> bool:
        """Whether it says that the articles behind those that come and go are counted anew."""
        return self.meant and _COUNTED_ANEW.search(self.words) is not None

    @property
    def unread(self) -> bool:
        """Whether it orders something that was not understood."""
        if not self.meant or self.orders or _ITEMS_SINCE.search(self.words):
            return False
        if not_ordered(self.words):
            return False
        counts = _COUNTED_ANEW.search(self.words) or numbers_stay(self.words)
        if counts and not _PLACEHOLDERS.search(self.words):
            return False
        return ORDERS.search(_without_names(RENAMED.sub("", self.words))) is not None


PutOff = tuple[tuple[str, date], ...]
"""Items of a decision, by their numbers, with the days to which another act puts them off."""


@dataclass(slots=True)
class _OrderReading:
    """Where the reading of a decision stands: the place that 其中 means, whether what names no act
    speaks of the one that is asked for, the number and day of the decision's own item."""

    names: ActNames
    days: Mapping[tuple[str, str], date]
    place: Place = field(default_factory=Place)
    meant: bool = True
    before: bool = True
    annex: str | None = None  # the last one that was named
    here: str | None = None  # the one that the statement speaks of
    item: str = ""
    sub: str = ""
    group_day: date | None = None
    group_corrects: bool = False
    last_day: date | None = None  # that a statement before has said
    put_off: PutOff = ()

    def enter(self, printed: str, statement: str, above: str) -> bool | None:
        """Follow a statement: of which item it is, and whether it names the act."""
        self._number(printed)
        named = self.names.named_in(statement)
        self.meant = self.before
        if named is not None:
            self.meant, self.place = named, Place()
        elif _ABOVE.search(statement) and self.names.named_in(above):
            self.meant, self.place = True, Place()  # 上述两份文件
        self._enter_annex(statement)
        cites = named is False and self.before and not _HEADS.search(_without_names(statement))
        passes = named is True and not self.before and _IN_PASSING.search(statement)
        self.before = self.before if cites or passes else self.meant
        return named

    def _enter_annex(self, statement: str) -> None:
        """Which annex a statement speaks of; a row (序号2) is of the one that was named last."""
        said = annex_of(_without_names(statement))
        named = self.annex if said == "附件" else said
        self.here = said and (named or said)
        if said is not None or named_articles(statement):
            self.annex = self.here

    def placed(self, order: Instruction) -> Instruction:
        """An order of a statement that speaks of an annex, where it names no other place."""
        nowhere = order.kind == "words" and order.place == Place() and not order.everywhere
        return replace(order, place=Place(annex=self.here)) if self.here and nowhere else order

    def _number(self, printed: str) -> None:
        if head := _NUMBERED.match(printed) or _OWN_NUMBER.match(printed):
            self.place, self.item, self.sub, self.annex = Place(), head["number"], "", None
            self.group_day, self.group_corrects = None, False
        elif below := _SUB_ITEM.match(printed):
            self.sub = below["number"]
        if printed.rstrip().endswith((":", "：")) or "表如下" in printed:
            self.group_day = _day_in(printed)
            self.group_corrects = _CORRECTING.search(printed) is not None

    def since(self, statement: str) -> date | None:
        """The day of its own that a statement has, or its item, or what stands above it; the day
        to which another act puts its item off goes before them."""
        item = parse_chinese_number(self.item or self.sub)
        for number, day in self.put_off:
            if item is not None and parse_chinese_number(number) == item:
                return day
        own = self.days.get((self.item, self.sub)) or self.days.get((self.item, ""))
        same = _SAME_DAY.search(statement) or CORRESPONDINGLY.search(statement)
        said = _day_in(statement) or (self.last_day if same else None)
        self.last_day = said or self.last_day
        return said or own or self.group_day

    def corrects(self, printed: str) -> bool:
        return self.group_corrects or _CORRECTING.search(printed) is not None


def statements(
    text: str, names: ActNames, *, unnamed: bool = True, put_off: PutOff = ()
) -> Iterator[AmendingStatement]:
    """The sentences of a decision with what each orders for an act. ``unnamed``: whether those
    before any act is named speak of it."""
    if len(text) > _MOST_KEPT:
        return _statements(text, names, unnamed, put_off)
    return iter(_statements_lately(text, names, unnamed, put_off))


@lru_cache(maxsize=64)
def _statements_lately(
    text: str, names: ActNames, unnamed: bool, put_off: PutOff
) -> tuple[AmendingStatement, ...]:
    """The same for a decision that is read again and again, for each of its effects."""
    return tuple(_statements(text, names, unnamed, put_off))


def printed_statements(text: str) -> Iterator[str]:
    """The sentences of a text as printed, with one character for each quoted text."""
    plain, quoted = _without_quotes(_QUOTED_ITEM.sub(r"第\1项", _bare(text)))
    for match in _STATEMENT.finditer(_joined(plain, quoted)):
        yield _OWN_HEAD.sub("", match[0].strip())


def _statements(
    text: str, names: ActNames, unnamed: bool, put_off: PutOff
) -> Iterator[AmendingStatement]:
    plain, quoted = _without_quotes(_QUOTED_ITEM.sub(r"第\1项", _bare(text)))
    reading = _OrderReading(
        names, _item_days(plain), meant=unnamed, before=unnamed, put_off=put_off
    )
    for match in _STATEMENT.finditer(_joined(plain, quoted)):
        raw = match[0].strip()
        printed = _OWN_HEAD.sub("", raw)
        words = _new_articles(in_plain_words(printed), quoted)
        renaming = RENAMED.search(words)
        statement = RENAMED.sub("", words)
        named = reading.enter(raw, statement, plain[: match.start()])
        statement = _without_names(_of_one(statement, names))
        read: list[Instruction] = []
        if reading.meant and _orders(statement) and not _SOME_DAY.search(words):
            read, reading.place = read_statement(statement, reading.place)
            read = [reading.placed(one) for one in read]
        source = _shown(_without_names(_of_one(RENAMED.sub("", printed), names)), quoted)
        order = Instruction(
            kind="words", place=Place(), source=source, since=reading.since(statement),
            correcting=reading.corrects(printed),
        )  # fmt: skip
        yield AmendingStatement(
            words=words, sentence=_shown(printed, quoted), shown=source, named=named,
            meant=reading.meant, since=order.since,
            renamed=renaming[1] if reading.meant and renaming else None,
            orders=tuple(_completed(one, quoted, order) for one in read),
        )  # fmt: skip


def _orders(statement: str) -> bool:
    """Whether a statement orders something that can be carried out."""
    if ORDERS.search(statement) is None or _ITEMS_SINCE.search(statement):
        return False
    return not (not_ordered(statement) or of_a_part(statement))


def read_orders_for(
    text: str, names: ActNames, *, unnamed: bool = True, put_off: PutOff = ()
) -> Orders:
    """What a decision orders for an act. ``unnamed``: whether orders before any act is named are
    meant for it."""
    if len(text) > _MOST_KEPT:
        return _read_orders(text, names, unnamed, put_off)
    return _orders_lately(text, names, unnamed, put_off)


@lru_cache(maxsize=64)
def _orders_lately(text: str, names: ActNames, unnamed: bool, put_off: PutOff) -> Orders:
    return _read_orders(text, names, unnamed, put_off)


def _read_orders(text: str, names: ActNames, unnamed: bool, put_off: PutOff) -> Orders:
    told = [*statements(text, names, unnamed=unnamed, put_off=put_off)]
    found = [order for one in told for order in one.orders]
    unread = [one.shown for one in told if one.unread]
    name = next((one.renamed for one in reversed(told) if one.renamed), None)
    name = name or renamed_by_words(text, names.titles)
    tables = _tables_for(text, names, told)
    if tables:  # the table words what the sentences only announce
        worded = {one.place.article for one in tables}
        found = [
            one
            for one in found
            if one.kind not in ("replace", "empty") or one.place.article not in worded
        ]
        unread = [words for words in unread if "“" in words]
    anew = any(one.counts_anew for one in told)
    if not anew and any(one.meant and numbers_stay(one.words) for one in told):
        found = [emptied(one) for one in found]
    if anew:
        found = [replace(one, kind="delete") if one.kind == "empty" else one for one in found]
        tables = [
            replace(one, kind="delete")
            if one.kind == "empty" and _STRUCK.search(one.source)
            else one
            for one in tables
        ]
    return Orders(tuple([*found, *tables][:MOST]), tuple(unread[:MOST]), name, anew)


def _tables_for(text: str, names: ActNames, told: Sequence[AmendingStatement]) -> list[Instruction]:
    """The orders of the tables that are meant for an act: it is the one of whose tables a
    statement speaks, else the one that was named last before the table."""
    orders = [one for one in table_orders(text[:_MAX_TEXT]) if _for(one, names)]
    if not orders:
        return []
    days = _item_days(_without_quotes(_bare(text))[0])
    speaking = {
        one.meant for one in told if _MENTIONS_TABLE.search(one.words) and "|" not in one.words
    }
    heads: dict[str, list[bool]] = {}
    for one in told:
        heads.setdefault(one.sentence, []).append(one.meant)
    first = min((day for day in days.values() if day > date.min), default=None)
    found = []
    for order in orders:
        meant = heads.get(order.head, [])
        last = meant[min(order.table, len(meant) - 1)] if meant else True
        if order.act or (speaking == {True}) or (speaking != {False} and last):
            since = next(
                (one.since or (above.since if above else None)
                 for above, one in pairwise([None, *told]) if one and one.sentence == order.head),
                None,
            )  # fmt: skip
            found.append(replace(order.instruction, since=since or first))
    return found


def _bare(text: str) -> str:
    text = _CIRCLED.sub(lambda match: f"（{ord(match[0]) - 0x245F}）", text[:_MAX_TEXT])
    text = _AS_AMENDED.sub("", named_sheets(without_cleared(text)))
    plain = _BLANKS_IN_LABEL.sub(r"第\g<number>条", _PLACEHOLDERS.sub("", text[:_MAX_TEXT]))
    return named_anew("\n".join(map(_in_marks, plain.split("\n"))))


def _in_marks(line: str) -> str:
    """A line whose wordings stand between “”, where it has others or none."""
    if "“" in line or '"' in line:
        return line
    if whole := _WITHOUT_MARKS.fullmatch(line):
        return f"{whole['order']}“{whole['text']}”"
    return line.translate(_OTHER_MARKS)


def _of_one(statement: str, names: ActNames) -> str:
    """A statement about several acts without the places in the others: 《甲》第四条、《乙》第三条
    中的“…”修改为“…”."""
    if len(_NAMED.findall(statement)) < 2:
        return statement
    return _NAMED_PLACE.sub(lambda match: match[0] if names.named_in(match[0]) else "", statement)


def _for(order: TableOrder, names: ActNames) -> bool:
    named = names.named_in(order.act)
    return named is not False


def _without_names(statement: str) -> str:
    for number in find_document_numbers(statement):
        statement = statement.replace(number, "")
    for start, end, _ in reversed(find_standard_numbers(statement)):
        statement = statement[:start] + statement[end:]
    return _NAMED.sub("", statement)


def _joined(plain: str, quoted: list[str]) -> str:
    """A decision's text in which an order and its wordings stand in one sentence, and what comes
    after a wording that ends with a stop in another one."""

    def ended(match: re.Match[str]) -> str:
        return f"{match[0]}。" if quoted[ord(match[0]) - FIRST_QUOTE].endswith("。") else match[0]

    plain = _FORMER_AND_LATTER.sub("，", _BEFORE_QUOTE.sub("", plain))
    return _BEFORE_MORE.sub(ended, plain)


@lru_cache(maxsize=4096)
def in_plain_words(statement: str) -> str:
    """A statement with synonyms as one word and without what stands between a wording and what
    becomes of it."""
    for word, same in _SYNONYMS:
        statement = statement.replace(word, same)
    statement = _SECTION.sub(r"第\g<number>项", statement)
    statement = _IN_ERROR.sub("", _CHANGED_FOR.sub("改为", statement))
    statement = _BETWEEN.sub(lambda match: (match["day"] or "") + match["old"], statement)
    return in_plain_orders(statement)


def _new_articles(words: str, quoted: list[str]) -> str:
    """A statement with the number of each new article that only its wording bears: 第五条后增加
    “第五条之一　…”."""

    def labelled(match: re.Match[str]) -> str:
        own = _OWN_LABEL.match(quoted[ord(match["text"]) - FIRST_QUOTE])
        return match[0] if own is None else f"后增加一条，作为{own[0]}：{match['text']}"

    return _AFTER_ARTICLE.sub(labelled, words)


def _item_days(plain: str) -> dict[tuple[str, str], date]:
    """The days of their own that a decision gives to its items, by their numbers as printed."""
    found: dict[tuple[str, str], date] = {}
    for match in _ITEMS_SINCE.finditer(plain):
        day = written_day(match["day"]) if match["day"] else PUBLICATION_DAY
        if day is not None:
            items = _ITEM_OF.finditer(match["items"])
            found.update({(one["number"], one["sub"] or ""): day for one in items})
    return found


def _day_in(statement: str) -> date | None:
    match = _SINCE.search(statement)
    if match is not None:
        return written_day(match["day"])
    return PUBLICATION_DAY if _SINCE_PUBLICATION.search(statement) else None


def _completed(one: Instruction, quoted: list[str], order: Instruction) -> Instruction:
    """An instruction with its wordings in place of their marks."""
    joint = "" if one.kind == "words" else "\n"
    return replace(
        one, source=order.source, old=_filled(one.old, quoted),
        text=_filled(one.text, quoted, joint), since=order.since, correcting=order.correcting,
    )  # fmt: skip


# ------------------------------------------------------------------ quotes


def _without_quotes(text: str) -> tuple[str, list[str]]:
    """The text with one character for each quoted text. A quote of several paragraphs opens
    anew at each of them and closes once."""
    quoted: list[str] = []
    plain: list[str] = []
    start = depth = last = 0
    for match in _MARK.finditer(text):
        mark, at = match["mark"], match.start("mark")
        if mark == "“" or (mark == '"' and not depth):
            if not depth:
                plain.append(text[last:at])
                start = at + 1
            anew = depth == 1 and match["line"] is not None
            depth += not anew
        elif depth:
            depth -= 1
            if not depth and len(quoted) < MOST:
                plain.append(chr(FIRST_QUOTE + len(quoted)))
                quoted.append(_unquoted(text[start:at]))
            last = at + 1
    if not depth:
        plain.append(text[last:])
    return "".join(plain), quoted


def _unquoted(text: str) -> str:
    """A quoted text without the marks that open its further paragraphs."""
    return "\n".join(line.strip().removeprefix("“") for line in text.split("\n")).strip()


def _filled(marks: str, quoted: list[str], joint: str = "") -> str:
    """The wordings that marks stand for; words that are none stay as they are."""
    apart = re.sub(rf"(?<={QUOTED})(?={QUOTED})", joint, marks)
    return _PLACEHOLDERS.sub(lambda mark: quoted[ord(mark[0]) - FIRST_QUOTE], apart)


def _shown(statement: str, quoted: list[str]) -> str:
    return re.sub(QUOTED, lambda mark: f"“{_filled(mark[0], quoted)}”", statement)
