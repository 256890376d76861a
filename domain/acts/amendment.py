"""Apply a decision to amend: the act as it reads afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from domain.acts.amendment_parser import Orders
from domain.acts.changing.amendment_clauses import NO_UNIT, Instruction, Place
from domain.acts.changing.annex_rows import annex_of, speaks_of_row, with_cell
from domain.acts.changing.counted_sentences import with_sentence
from domain.acts.changing.named_parts import place_of
from domain.acts.changing.plain_orders import of_a_part
from domain.text.articles import canonical_article, named_articles, split_articles
from domain.text.normalization import normalise
from domain.text.numerals import chinese_numeral, parse_chinese_number

_LABEL = re.compile(r"第([〇零一二三四五六七八九十百千\d]+)条(?:之([一二三四五六七八九十]+))?")
_TOP = re.compile(r"([〇零一二三四五六七八九十百]{1,4})[、．.]")  # of a text without articles
_CLAUSE = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}")
_CLAUSE_NAMED = re.compile(rf"(?<![\d.A-Za-z/])\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?![\d.%]){NO_UNIT}")
_INNER_MARKS = str.maketrans("‘’", "“”")
_NO_LABEL = "第零条"  # until the articles are counted anew
_NEW_ARTICLES = re.compile(r"(?:^|\n)(?=第[〇零一二三四五六七八九十百千\d]+条)")
_ITEM = re.compile(r"\s*[（(]?([〇零一二三四五六七八九十百\d]{1,4})[）)、.．]\s*")


@dataclass(frozen=True, slots=True)
class Amended:
    """The new text, the statements that could not be carried out on the old one, how many were,
    the articles that are worded anew and those that a statement left may have changed, as they
    are then numbered (``unplaced``: it may be any), and the new number of each that moved."""

    text: str
    left: tuple[str, ...]
    applied: int
    replaced: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    unplaced: bool = False
    moved: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    """An article with its paragraphs, or whatever else stands in the text (``key`` None)."""

    key: tuple[int, ...] | None  # 第五条之一 is (5, 1), clause 4.2 of a standard (0, 4, 2)
    label: str
    lines: list[str]
    number: int | None = None  # the new one, where it is ordered
    counted: bool = False  # 第五条之一 that becomes 第六条 is counted with the others
    gone: bool = False
    anew: bool = False  # its whole wording is of the decision
    doubtful: bool = False  # a statement about it could not be carried out


@dataclass(slots=True)
class _Act:
    parts: list[_Part]
    renumber: bool = False
    counts_anew: bool = False  # the decision says so
    unplaced: bool = False
    left: list[str] = field(default_factory=list)
    relabelled: dict[int, str] = field(default_factory=dict)  # clauses by their new numbers
    freed: list[_Part] = field(default_factory=list)  # whose numbers may be taken by others

    def article(self, printed: str | None) -> _Part | None:
        key = _key(printed or "") or _key("第" + (printed or ""))
        return next((p for p in self.parts if key and p.key == key and not p.gone), None)

    def printed(self, label: str) -> str:
        """An article's number in the numerals of the act: 第七条之一 for 第7条之一."""
        arabic = any(part.label[1:2].isdigit() for part in self.parts if part.label[:1] == "第")
        return label if arabic or label == _NO_LABEL else canonical_article(label)

    @property
    def has_articles(self) -> bool:
        return any(part.label.startswith("第") for part in self.parts)

    def is_gone(self, printed: str | None) -> bool:
        """Whether an article went by an earlier order of the same decision."""
        key = _key(printed or "") or _key("第" + (printed or ""))
        return any(part.key == key and part.gone for part in self.parts)

    def placed(self, orders: Orders) -> Orders:
        """The orders with places in this act: 第三项 of a text without articles is its 三、."""
        if self.has_articles:
            return orders
        return replace(orders, instructions=tuple(_by_item(one) for one in orders.instructions))

    def rekey(self) -> None:
        """Know the articles by their new numbers."""
        for part in self.parts:
            part.key = _key(part.label)

    def doubt_numbers(self) -> None:
        """A text without articles may be counted anew or not behind what goes, where no new number
        is said."""
        for gone in self.freed:
            chapter = gone.key[:2] if gone.key and gone.key[0] == 0 else None
            for later in self.parts[self.parts.index(gone) + 1 :]:
                same = chapter is None or (later.key or ())[:2] == chapter
                later.doubtful |= same and id(later) not in self.relabelled

    def annexes(self, label: str) -> list[_Part]:
        """An annex or table of the text, which holds no articles; 附件 may be any of them."""
        held = [part for part in self.parts if part.label.startswith(("附", "表"))]
        found = [part for part in held if label in (part.label, "附件")]
        return [] if any(map(self._holds_articles, found)) else found

    def _holds_articles(self, annex: _Part) -> bool:
        """Whether what follows an annex's head are its articles."""
        following = self.parts[self.parts.index(annex) + 1 :][:1]
        return any(part.key is not None for part in following) and annex.label[0] == "附"

    def leave(self, order: Instruction) -> None:
        """Keep what could not be carried out, and what it may have changed."""
        self.left.append(order.source)
        if order.place.annex is not None:
            self.doubt_annex(order.place.annex, order.source)
            return
        holding = [
            part for part in self.parts
            if order.kind == "words" and order.old and order.old in "\n".join(part.lines)
        ]  # fmt: skip
        for part in holding:  # the decision may count the articles otherwise
            part.doubtful = True
        if not holding or self.article(order.place.article) is not None:
            self.doubt(order.place.article)

    def doubt_annex(self, label: str, statement: str) -> None:
        """A row that is not found is of no article; what else is said of an annex that is not held
        apart may be of any."""
        parts = self.annexes(label)
        for part in parts:
            part.doubtful = True
        if not parts and not speaks_of_row(statement):
            self.unplaced = True

    def doubt(self, printed: str | None) -> None:
        part = self.article(printed) if printed else None
        if part is None:
            self.unplaced = True
        else:
            part.doubtful = True

    def articles(self) -> list[_Part]:
        return [part for part in self.parts if part.key is not None and not part.gone]


def amend(text: str, orders: Orders) -> Amended:
    """Carry out what a decision orders; what does not fit the text is left and said.

    Articles are named by their old numbers; once one came or went all are counted anew.
    """
    act = _Act(_parts(text), counts_anew=orders.counts_anew)
    given = act.placed(orders).instructions
    then = [one for one in given if one.place.after]
    inserts = [one for one in given if one.kind == "insert" and _new_article(one)]
    first = [one for one in given if one not in inserts and one not in then]
    applied = _carried(act, first)
    for statement in orders.unread:
        named = () if of_a_part(statement) else _named_articles(statement)
        if not named and (annex := annex_of(statement)):
            act.doubt_annex(annex, statement)
            continue
        for place in named or (None,):
            act.doubt(place)
    applied += _carried(act, sorted(inserts, key=lambda order: order.number or 0))
    printed = {id(part): part.label for part in act.articles()}
    act.doubt_numbers()
    if act.renumber:
        _count_anew(act)
    for part in act.articles():
        part.label = act.relabelled.get(id(part), part.label)
    act.rekey()
    applied += _carried(act, then)
    return _amended(act, orders, applied, printed)


def part_text(text: str, label: str) -> str | None:
    """The words of a part of an article (第三条第（二）项) of an act; None where it has none."""
    place = place_of(label)
    part = None if place is None else _Act(_parts(text)).article(place.article)
    lines = None if part is None or place is None else _lines_of(part, place)
    return None if part is None or lines is None else "\n".join(part.lines[lines])


def _carried(act: _Act, orders: Iterable[Instruction]) -> int:
    """Carry out orders one after the other; how many could be."""
    done = 0
    for one in orders:
        whole = one.kind == "insert" and _new_article(one)
        if _insert_article(act, one) if whole else _CARRY[one.kind](act, one):
            done += 1
        else:
            act.leave(one)
    return done


def _amended(act: _Act, orders: Orders, applied: int, printed: Mapping[int, str]) -> Amended:
    kept = [part for part in act.parts if not part.gone]
    moved = {
        old: part.label for part in kept if (old := printed.get(id(part))) and old != part.label
    }
    return Amended(
        "\n".join(part.label + "\n".join(part.lines) for part in kept),
        tuple(dict.fromkeys([*orders.unread, *act.left])),
        applied, replaced=tuple(part.label for part in kept if part.anew),
        doubtful=tuple(part.label for part in kept if part.doubtful), unplaced=act.unplaced,
        moved=moved,
    )  # fmt: skip


def _named_articles(statement: str) -> tuple[str, ...]:
    """The articles (as printed after 第) that a statement names outside its quotes."""
    plain = re.sub(r"[“\"][^“”\"]{0,2000}[”\"]", "", statement)
    clauses = tuple(match[0] for match in _CLAUSE_NAMED.finditer(plain))
    return (*(label[1:] for label in named_articles(plain)), *clauses)


def _by_item(order: Instruction) -> Instruction:
    place = order.place
    if place.article is not None or place.item is None:
        return order
    article = f"{chinese_numeral(place.item)}条"
    return replace(order, place=Place(article, item=place.point))


def _parts(text: str) -> list[_Part]:
    """The articles, or a text's 一、二、 with what stands below each."""
    found: list[_Part] = []
    for part in split_articles(text):
        if part.path != part.label and found:
            found[-1].lines += part.text.split("\n")
        else:
            found.append(_part(part.label, part.body))
    return found


def _part(label: str, body: str) -> _Part:
    return _Part(_key(label), label, body.split("\n"))


@lru_cache(maxsize=2048)
def _key(label: str) -> tuple[int, ...] | None:
    if _CLAUSE.fullmatch(label):
        return (0, *(int(number) for number in label.split(".")))
    if top := _TOP.fullmatch(label):
        return int(parse_chinese_number(top[1]) or 0), 0
    match = _LABEL.fullmatch(label)
    number = parse_chinese_number(match[1]) if match else None
    if match is None or number is None:
        return None
    return int(number), int(parse_chinese_number(match[2]) or 0) if match[2] else 0


def _count_anew(act: _Act) -> None:
    number = 0
    for part in act.articles():
        if part.key is not None and part.key[1] and not part.counted:
            continue  # 第五条之一 keeps its number
        number += 1
        if top := _TOP.match(part.label):
            part.label = chinese_numeral(number) + part.label[len(top[1]) :]
            continue
        arabic = part.label[1:2].isdigit()
        part.label = f"第{number if arabic else chinese_numeral(number)}条"


# ------------------------------------------------------------------ orders


def _new_article(order: Instruction) -> bool:
    place = order.place
    return place.paragraph is None and place.item is None and place.sentence is None


def _renumber(act: _Act, order: Instruction) -> bool:
    """The count at the end gives an article its new number, a clause has the one that is said; one
    that is not there shows."""
    part = act.article(order.place.article)
    if order.place.item is not None:
        return part is not None and _renumber_item(part, order)
    if order.text and part is not None:
        act.relabelled[id(part)] = order.text
    if part is not None and part.key and part.key[0] and part.key[1] and order.number:
        part.counted = True
    act.renumber = act.renumber or not order.text
    return part is not None


def _renumber_item(part: _Part, order: Instruction) -> bool:
    """An item has a number that is free from then on."""
    found, taken = (
        _lines_of(part, order.place),
        _lines_of(part, replace(order.place, item=order.number)),
    )
    if found is None or taken is not None or order.number is None:
        return False
    line = part.lines[found.start]
    own = _ITEM.match(line)
    if own is None:
        return False
    number = str(order.number) if own[1].isdigit() else chinese_numeral(order.number)
    part.lines[found.start] = own[0].replace(own[1], number, 1) + line[own.end() :]
    return True


def _delete(act: _Act, order: Instruction) -> bool:
    part = act.article(order.place.article)
    if part is None:
        return False
    if _new_article(order):
        part.gone = True
        if part.label.startswith("第") or (act.counts_anew and _TOP.match(part.label)):
            act.renumber = True
        else:
            act.freed.append(part)
        return True
    found = _lines_of(part, order.place)
    if found is None:
        return False
    if order.place.sentence is not None:
        return _reword_sentence(part, found, order)
    del part.lines[found]
    return True


def _reword_sentence(part: _Part, lines: slice, order: Instruction) -> bool:
    new = with_sentence("\n".join(part.lines[lines]), order.place.sentence or 0, order.text)
    if new is None:
        return False
    part.lines[lines] = new.split("\n")
    return True


def _append(act: _Act, order: Instruction) -> bool:
    """A sentence at the end of a place; of an article with items it is not said where."""
    part = act.article(order.place.article)
    found = None if part is None else _lines_of(part, order.place)
    if part is None or found is None or order.place.sentence is not None:
        return False
    last = found.stop - 1
    if order.place.item is None and _ITEM.match(part.lines[last]):
        return False
    part.lines[last] = part.lines[last].rstrip() + order.text
    return True


def _split(act: _Act, order: Instruction) -> bool:
    """An article of two paragraphs becomes two articles."""
    part = act.article(order.place.article)
    if part is None:
        return False
    spans = _paragraphs(part)
    if len(spans) != 2 or part.key is None:
        return False
    second = ["\u3000" + part.lines[spans[1].start], *part.lines[spans[1].start + 1 :]]
    del part.lines[spans[1]]
    at = act.parts.index(part) + 1
    act.parts.insert(at, _Part(None, _NO_LABEL, second, number=0))
    act.parts[at].key = (part.key[0], 0)
    act.renumber = True
    return True


def _respell(act: _Act, order: Instruction) -> bool:
    """An article becomes the several that are quoted."""
    part = act.article(order.place.article)
    texts = [text for text in _NEW_ARTICLES.split(order.text) if text.strip()]
    if part is None or len(texts) < 2 or not all(_LABEL.match(text) for text in texts):
        return False
    part.lines = ("\u3000" + _without_label(texts[0])).split("\n")
    part.anew = True
    below = [_key(label[0]) for text in texts[1:] if (label := _LABEL.match(text))]
    if all(key and key[1] for key in below):  # 第四条之一 moves no number
        at = act.parts.index(part) + 1
        act.parts[at:at] = [replace(_new_part(text), anew=True) for text in texts[1:]]
    else:
        _put_behind(act, part, [_worded(text) for text in texts[1:]])
    return True


def _worded(text: str) -> _Part:
    lines = ("\u3000" + _without_label(text)).split("\n")
    return _Part((0, 0), _NO_LABEL, lines, anew=True)


def _put_behind(act: _Act, part: _Part, new: list[_Part]) -> None:
    """Articles that stand behind another one from then on; all are counted anew."""
    at = act.parts.index(part) + 1
    for one in new:
        one.key = (part.key[0] if part.key else 0, 0)
    act.parts[at:at] = new
    act.renumber = True


def _detach(act: _Act, order: Instruction) -> bool:
    """A paragraph becomes the article behind its own."""
    part = act.article(order.place.article)
    found = None if part is None else _lines_of(part, order.place)
    if part is None or part.key is None or found is None or len(_paragraphs(part)) < 2:
        return False
    if order.number != part.key[0] + 1:
        return False
    lines = part.lines[found]
    del part.lines[found]
    _put_behind(act, part, [_Part((0, 0), _NO_LABEL, ["\u3000" + lines[0].strip(), *lines[1:]])])
    return True


def _empty(act: _Act, order: Instruction) -> bool:
    """An article that went into another one; the others keep their numbers."""
    part = act.article(order.place.article)
    if part is None:
        return act.is_gone(order.place.article)
    part.gone = True
    return True


def _replace(act: _Act, order: Instruction) -> bool:
    part = act.article(order.place.article)
    if part is None:
        return False
    if _new_article(order):
        if order.old and not _reads_so(part, order.old):
            return False
        label = _LABEL.match(order.text)
        if label and _key(label[0]) != part.key and part.label.startswith("第"):
            act.renumber = True
        part.lines = ("\u3000" + _without_label(order.text)).split("\n")
        part.anew = True
        return True
    found = _lines_of(part, order.place)
    if found is None:
        return False
    if order.place.sentence is not None:
        return _reword_sentence(part, found, order)
    new = order.text
    if order.place.item is not None and not _ITEM.match(new):
        old = _ITEM.match(part.lines[found.start])
        new = (old[0] if old else "") + new
    if found.start == 0:  # the first line begins with the blank after the number
        new = "\u3000" + _without_label(new)
    part.lines[found] = new.split("\n")
    return True


def _reads_so(part: _Part, old: str) -> bool:
    """Whether an article reads as a table has it before the change; it may leave something out."""
    own = "".join(normalise("".join(part.lines)).split())
    given = "".join(normalise(old).split())
    return "…" in given or "略" in given or given in own


def _change_cell(act: _Act, order: Instruction) -> bool:
    """A cell of a table becomes another."""
    parts = act.annexes(order.place.annex or "")
    if len(parts) != 1:
        return False
    part = parts[0]
    if not speaks_of_row(order.source):
        return _words_in(part, slice(None), order)
    new = with_cell(part.lines, order.source, order.old, order.text)
    if new is None:
        return False
    part.lines = new
    return True


def _change_words(act: _Act, order: Instruction) -> bool:
    if order.place.annex is not None:
        return _change_cell(act, order)
    if order.place.article is None:
        if not order.everywhere and _count_of(act, order.old) != 1:
            return False  # it does not say where
        return sum(_words_in(part, slice(None), order) for part in act.parts if not part.gone) > 0
    part = act.article(order.place.article)
    found = None if part is None else _lines_of(part, order.place)
    return part is not None and found is not None and _words_in(part, found, order)


def _count_of(act: _Act, words: str) -> int:
    """In how many parts some words stand."""
    texts = ("\n".join(part.lines) for part in act.parts if not part.gone)
    return sum(words in text for text in texts)


def _words_in(part: _Part, lines: slice, order: Instruction) -> bool:
    old = "\n".join(part.lines[lines])
    if not order.old or (order.once and not _stands_once(old, order.old)):
        return False
    new = old.replace(order.old, order.text)
    if new == old:  # “‘某’平台” stands for “某”平台
        new = old.replace(_as_printed(order.old), _as_printed(order.text))
    if new == old:  # the decision may write the words in another width
        new = normalise(old).replace(normalise(order.old), order.text)
        if new == normalise(old):
            return False
    part.lines[lines] = new.split("\n")
    return True


def _as_printed(quoted: str) -> str:
    """Quoted words with the marks that they have where they stand."""
    return quoted.translate(_INNER_MARKS)


def _stands_once(text: str, amount: str) -> bool:
    """Whether an amount stands in a text once, and not as a part of a larger one (三十日, 十日)."""
    whole = rf"(?<![\d.〇零一二三四五六七八九十百千万]){re.escape(amount)}"
    return len(re.findall(whole, text)) == 1 == text.count(amount)


def _insert_inside(act: _Act, order: Instruction) -> bool:
    """A new paragraph or item; number 0 means at the end."""
    part = act.article(order.place.article)
    if part is None:
        return False
    place = order.place
    if place.item == 0 and (own := _ITEM.match(order.text)):  # the new item bears its number
        place = replace(place, item=int(parse_chinese_number(own[1]) or 0))
    if place.item is not None:
        items = _items(part, place.paragraph)
        following = next((i for n, i in items if place.item and n >= place.item), None)
        end = items[-1][1] + 1 if items else len(part.lines)
        at = end if following is None else following
        _shift_items(part, place, at)
    else:
        starts = [span.start for span in _paragraphs(part)]
        number = place.paragraph or len(starts) + 1
        at = starts[number - 1] if number <= len(starts) else len(part.lines)
    part.lines[at:at] = _as_item(part, place, order.text).split("\n")
    return True


def _as_item(part: _Part, place: Place, text: str) -> str:
    """A new item with its number, printed as the items beside it are."""
    beside = [match for line in part.lines if (match := _ITEM.match(line))]
    if not place.item or _ITEM.match(text) or not beside:
        return text
    number = str(place.item) if beside[0][1].isdigit() else chinese_numeral(place.item)
    return beside[0][0].replace(beside[0][1], number, 1) + text


def _shift_items(part: _Part, place: Place, at: int) -> None:
    """Count the items from a line on one further, as a new one takes the number of the first."""
    items = _items(part, place.paragraph)
    if not any(line == at and number == place.item for number, line in items):
        return
    for number, line in items:
        if line >= at:
            old = _ITEM.match(part.lines[line])
            assert old is not None
            counted = old[0].replace(old[1], chinese_numeral(number + 1), 1)
            part.lines[line] = counted + part.lines[line][old.end() :]


def _insert_article(act: _Act, order: Instruction) -> bool:
    """New articles in front of which ``number - 1`` stand, or beside the named one; 第七条之一
    stands below 第七条 and moves no number."""
    if order.place.article and _CLAUSE.fullmatch(order.place.article):
        own = _CLAUSE.match(order.text)
        return _insert_clause(act, own[0] if own else order.place.article, order.text)
    if order.number and not act.has_articles:
        return _insert_top(act, order)
    new = [_new_part(text) for text in _NEW_ARTICLES.split(order.text) if text.strip()]
    if not new:
        return False
    for one in new:
        one.label = act.printed(one.label)
    if len(new) == 1 and new[0].label == _NO_LABEL and (order.place.article or "").count("之"):
        new[0].label = act.printed(f"第{order.place.article}")
        new[0].key = _key(new[0].label)
    below = new[0].key is not None and new[0].key[1] > 0
    at = _place_below(act, new[0]) if below else _place_of(act, order)
    if at is None:
        return False
    act.parts[at:at] = new
    act.renumber = act.renumber or not below
    return True


def _insert_top(act: _Act, order: Instruction) -> bool:
    """A new 七、 of a text without articles; all are counted anew."""
    at = _place_of(act, order)
    if at is None:
        return False
    act.parts.insert(at, _Part((0, 0), "〇、", _without_label(order.text).split("\n")))
    act.parts[at].key = (order.number or 0, 0)
    act.renumber = True
    return True


def _insert_clause(act: _Act, label: str, text: str) -> bool:
    """A clause of a standard stands after the one before it by its number."""
    key = _key(label)
    before = [
        place
        for place, part in enumerate(act.parts)
        if part.key and key and part.key[:2] == key[:2] and part.key < key and not part.gone
    ]
    if not before or act.article(label) is not None:
        return False
    plain = text[len(label) :].lstrip() if text.startswith(label) else text
    act.parts.insert(before[-1] + 1, _Part(key, label, ("\u3000" + plain).split("\n")))
    return True


def _place_below(act: _Act, new: _Part) -> int | None:
    """After 第七条, and after 第七条之一 for 第七条之二."""
    assert new.key is not None
    number, below = new.key[:2]
    before = [
        place
        for place, part in enumerate(act.parts)
        if part.key and part.key[0] == number and part.key[1] < below and not part.gone
    ]
    return before[-1] + 1 if before else None


def _place_of(act: _Act, order: Instruction) -> int | None:
    articles = [part for part in act.articles() if part.key is not None and not part.key[1]]
    if order.number is not None and 1 < order.number <= len(articles) + 1:
        last = articles[order.number - 2]
        at = act.parts.index(last) + 1
        while at < len(act.parts) and _is_below(act.parts[at], last):
            at += 1
        return at
    if order.number == 1 and articles:
        return act.parts.index(articles[0])
    beside = act.article(order.place.article) if order.place.article else None
    return None if beside is None else act.parts.index(beside) + order.after


def _is_below(part: _Part, other: _Part) -> bool:
    """Whether a part is 第七条之一 of the other's 第七条."""
    return bool(part.key and other.key and part.key[0] == other.key[0] and part.key[1])


def _new_part(text: str) -> _Part:
    label = _LABEL.match(text)
    printed = label[0] if label else _NO_LABEL
    return _Part(_key(printed), printed, ("\u3000" + _without_label(text)).split("\n"))


_CARRY = {
    "replace": _replace,
    "words": _change_words,
    "delete": _delete,
    "empty": _empty,
    "split": _split,
    "respell": _respell,
    "detach": _detach,
    "insert": _insert_inside,
    "append": _append,
    "renumber": _renumber,
}


# ------------------------------------------------------------------ inside an article


def _without_label(text: str) -> str:
    if clause := _CLAUSE.match(text):
        return text[clause.end() :].lstrip(" \u3000")
    if top := _TOP.match(text):
        return text[top.end() :].lstrip(" \u3000")
    while _LABEL.match(text):  # by the decision, and by the wording itself
        text = _LABEL.sub("", text, count=1).lstrip(" \u3000")
    return text


def _paragraphs(part: _Part) -> list[slice]:
    """The paragraphs (款); items belong to the one that they stand under."""
    starts = [i for i, line in enumerate(part.lines) if not i or not _ITEM.match(line)]
    return [slice(a, b) for a, b in zip(starts, [*starts[1:], len(part.lines)], strict=True)]


def _items(part: _Part, paragraph: int | None) -> list[tuple[int, int]]:
    """Number and line of each item, of one paragraph or of the whole article."""
    spans = _paragraphs(part)
    if paragraph is not None and paragraph > len(spans):
        return []
    lines: Iterable[int] = range(len(part.lines))
    if paragraph:
        lines = range(spans[paragraph - 1].start, spans[paragraph - 1].stop)
    found = []
    for i in lines:
        match = _ITEM.match(part.lines[i])
        number = parse_chinese_number(match[1]) if match else None
        if number is not None:
            found.append((int(number), i))
    return found


def _lines_of(part: _Part, place: Place) -> slice | None:
    if place.item is not None:
        line = next((i for n, i in _items(part, place.paragraph) if n == place.item), None)
        return None if line is None else slice(line, line + 1)
    if place.paragraph is not None:
        spans = _paragraphs(part)
        return spans[place.paragraph - 1] if 0 < place.paragraph <= len(spans) else None
    return slice(0, len(part.lines))
