"""Is a change substantive or cosmetic, and why: a printed rule, not a score."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from archive.alignment import align
from archive.diff_model import AttachmentDiff, FieldDiff, PartDiff, Span
from archive.spans import character_spans, diff_spans
from archive.textnorm import normalise, simplify
from archive.words import (
    BOUNDS,
    MODALS,
    SAME_BOUND,
    Word,
    cut,
    dictionary_words,
    is_known_word,
    quantity,
)

_CONTEXT = 6
_TYPO = 2  # so many characters may be a slip of the pen
_PUNCTUATION = re.compile(r"[^\w%‰℃<>=≤≥±+]+")
_NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两]")
_NEGATION = re.compile(r"[不未无非免禁勿莫]")
_AUTHORITY = re.compile(
    r"部门|机关|机构|政府|国务院|委员会|办公室|总局|[局厅署]|[省市县区州乡镇]级|省|市|县|国家|中央|地方|"
    r"海关|法院|公安|人民银行|(?<![一两几全内外大])部(?![分位署件])|当地|上级|本级|所在地"
)
_UNIT = re.compile(r"工作日|自然日|[日月年天周元吨克]|公斤|小时|季度|%|‰|℃")
_LATIN = re.compile(r"[A-Za-z]")
_SENTENCE = re.compile(r"[^。；;！？!?\n]+[。；;！？!?\n]*|[。；;！？!?\n]+")
# What may stand between two items of an enumeration that changed places.
_ITEMS = re.compile(r"(?:(?![对向由给被把将为比])[\u4e00-\u9fffA-Za-z、]){0,24}")
_EMPTY_WORDS = {"的", "地", "得", "了", "之", "所", "着", "其", "该", "此", "等等"}
_VARIANT_LINES = (
    "其它|其他 帐|账 登陆|登录 陆|录 既|即 象|像 份|分 连|联 撤消|撤销 消|销 唯|惟 做|作",
    "截止|截至 止|至 和|与|及|以及 制定|制订 定|订 按|按照 依|依照|依据|根据 粘|黏 的|地|得",
    "砖|转 布|部 图|涂 予|与 至|到 在|再 他|它|她 含|涵 渡|度 园|圆 阶|价 贮|储 查|察 想|像",
    "型|形 复|覆 搜集|收集 搜|收 己|已|巳 保送|报送 座|坐 讯|迅 炼|练 竟|竞 震|振 付|副 侯|候",
    "材|才 必需|必须 申|伸 带|戴 拆|折 制|置 值|植 检|捡 电磁|电池 电迟|电池",
)
_VARIANTS = [set(pair.split("|")) for line in _VARIANT_LINES for pair in line.split()]
_DAY = re.compile(r"((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})")
_STAGE_MARKS = re.compile(r"征求意见稿|草案|试行|暂行|送审稿|修订|废止|失效")


@dataclass(frozen=True, slots=True)
class Edit:
    """One replaced, added or removed run with what stands around it."""

    deleted: str
    inserted: str
    left: str
    right: str
    before: str = ""  # all that stayed since the edit before it
    after: str = ""  # and until the next one

    @property
    def keys(self) -> tuple[str, str]:
        """What was deleted and inserted, without blanks and punctuation."""
        return _bare(self.deleted), _bare(self.inserted)


@dataclass(frozen=True, slots=True)
class Verdict:
    substantive: bool
    reason: str


def judge(
    parts: Sequence[PartDiff], fields: Sequence[FieldDiff], attachments: Sequence[AttachmentDiff]
) -> Verdict:
    """The verdict on a whole diff: the first substantive reason, else the cosmetic ones."""
    renumbered = renumbering(parts)
    verdicts = [v for part in parts for v in judge_part(part, renumbered)]
    verdicts += [_judge_field(field) for field in fields]
    verdicts += [v for attachment in attachments for v in _judge_attachment(attachment)]
    for verdict in sorted(verdicts, key=lambda v: _RANK.get(v.reason.partition(":")[0], 9)):
        if verdict.substantive:
            return verdict
    reasons = list(dict.fromkeys(v.reason for v in verdicts))
    return Verdict(False, ", ".join(reasons[:3]) if reasons else "no change of text")


_RANK = {
    "number changed": 0,
    "unit changed": 1,
    "modal or negation changed": 2,
    "authority changed": 3,
}


def renumbering(parts: Sequence[PartDiff]) -> Mapping[object, object]:
    """Old article number to new one, for the references that follow."""
    mapped: dict[object, object] = {}
    for part in parts:
        if part.label_before and part.label_after and part.label_before != part.label_after:
            mapped[quantity(part.label_before)] = quantity(part.label_after)
    return mapped


def judge_part(part: PartDiff, renumbered: Mapping[object, object]) -> Iterator[Verdict]:
    where = part.label_after or part.label_before or ""
    if part.kind in {"added", "removed"}:
        text = "".join(span.text for span in part.spans)
        if _PUNCTUATION.sub("", normalise(text)) or part.label_after or part.label_before:
            yield Verdict(True, f"text {part.kind}" + (f": {where}" if where else ""))
        else:
            yield Verdict(False, "punctuation")
        return
    if part.kind in {"moved", "renumbered"}:
        yield Verdict(False, f"{part.kind} without change of text")
    spans = in_new_order(part.spans)
    if spans != part.spans:
        yield Verdict(False, "sentences moved")
    for edit in _without_moved_items(list(edits(spans))):
        verdict = judge_edit(edit, renumbered)
        place = f" ({where})" if where and verdict.substantive else ""
        yield Verdict(verdict.substantive, verdict.reason + place)


def edits(spans: Sequence[Span]) -> Iterator[Edit]:
    """The edits of a part, neighbouring deletions and insertions as one."""
    index = 0
    while index < len(spans):
        if spans[index].op == "equal":
            index += 1
            continue
        end = index
        while end < len(spans) and spans[end].op != "equal":
            end += 1
        run = spans[index:end]
        before = spans[index - 1].text if index else ""
        after = spans[end].text if end < len(spans) else ""
        yield Edit(
            "".join(s.text for s in run if s.op == "delete"),
            "".join(s.text for s in run if s.op == "insert"),
            before[-_CONTEXT:],
            after[:_CONTEXT],
            before,
            after,
        )
        index = end


def _bare(text: str) -> str:
    return _PUNCTUATION.sub("", normalise(text))


def in_new_order(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans of a part whose sentences stand in another order, as if those of the old text
    had stood in the new one's order; the same spans where nothing moved."""
    old = _SENTENCE.findall("".join(s.text for s in spans if s.op != "insert"))
    new = _SENTENCE.findall("".join(s.text for s in spans if s.op != "delete"))
    if min(len(old), len(new)) < 2:
        return spans
    pairs = align([_bare(one) for one in old], [_bare(one) for one in new])
    if all(pair.kept for pair in pairs):
        return spans
    place = {pair.before: float(pair.after) for pair in pairs}
    last = -1.0
    for index in range(len(old)):  # what has no counterpart stays behind what it stood behind
        last = place.setdefault(index, last + 0.5)
    ordered = sorted(range(len(old)), key=lambda index: (place[index], index))
    return diff_spans("".join(old[index] for index in ordered), "".join(new))


def _without_moved_items(found: Sequence[Edit]) -> Iterator[Edit]:
    """The edits without those that only put the items of an enumeration in another order."""
    index = 0
    while index < len(found):
        pair = found[index : index + 2]
        if len(pair) == 2 and _items_swapped(*pair):
            index += 2
            continue
        yield found[index]
        index += 1


def _items_swapped(one: Edit, other: Edit) -> bool:
    """甲、乙、丙 → 乙、甲、丙, the two edits on either side of what stayed."""
    (gone, came), (gone_too, came_too) = one.keys, other.keys
    between = one.after
    listed = "、" in one.deleted + one.inserted + between + other.deleted + other.inserted
    return (
        listed
        and bool(gone or came)
        and sorted(filter(None, (gone, gone_too))) == sorted(filter(None, (came, came_too)))
        and between == other.before
        and _ITEMS.fullmatch(between) is not None
        and not _NUMERAL.search(gone + came)
    )


def judge_edit(edit: Edit, renumbered: Mapping[object, object] | None = None) -> Verdict:
    if simplify(edit.deleted) == simplify(edit.inserted):
        return Verdict(False, "traditional or simplified characters")
    old_words, new_words = cut(edit.deleted), cut(edit.inserted)
    numbers = _judge_numbers(edit, old_words, new_words, renumbered or {})
    if numbers is not None:
        return numbers
    old = _PUNCTUATION.sub("", _without_numbers(old_words))
    new = _PUNCTUATION.sub("", _without_numbers(new_words))
    if old == new:
        numeric = any(w.numeric for w in (*old_words, *new_words))
        return Verdict(False, "same number, other spelling" if numeric else "punctuation")
    shown = f": {_short(edit.deleted)} → {_short(edit.inserted)}"
    if _modals(edit, edit.deleted) != _modals(edit, edit.inserted) or _counted(
        _NEGATION, old
    ) != _counted(_NEGATION, new):
        return Verdict(True, "modal or negation changed" + shown)
    if _counted(_AUTHORITY, old) != _counted(_AUTHORITY, new):
        return Verdict(True, "authority changed" + shown)
    if _unit_after_number(edit) and _counted(_UNIT, old) != _counted(_UNIT, new):
        return Verdict(True, "unit changed" + shown)
    if _is_slip(edit, old, new) or _are_slips(edit):
        return Verdict(False, "typo" + shown)
    return Verdict(True, "wording changed" + shown)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"


def _without_numbers(words: Sequence[Word]) -> str:
    return "".join(w.key for w in words if not w.numeric)


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def _judge_numbers(
    edit: Edit, old: Sequence[Word], new: Sequence[Word], renumbered: Mapping[object, object]
) -> Verdict | None:
    """A verdict if the edit touches numbers; None if their values are the same."""
    before = [q for w in old if w.numeric for q in _quantities(w.raw)]
    after = [q for w in new if w.numeric for q in _quantities(w.raw)]
    stray = _counted(_NUMERAL, _without_numbers(old)) != _counted(_NUMERAL, _without_numbers(new))
    if before == after and not stray:
        return None
    shown = f": {_short(edit.deleted)} → {_short(edit.inserted)}"
    references = [q for q in (*before, *after) if q[1].startswith("第")]
    followed = [renumbered.get(q, q) for q in before]
    if not stray and len(references) == len(before) + len(after) and followed == after:
        plain = [_PUNCTUATION.sub("", _without_numbers(words)) for words in (old, new)]
        if plain[0] == plain[1]:
            return Verdict(False, "reference follows the renumbering")
    return Verdict(True, "number changed" + shown)


def _quantities(word: str) -> list[tuple[float | str, str]]:
    """Value and unit; of a date such as 2026-01-31 those of 2026年1月31日."""
    day = _DAY.fullmatch(normalise(word))
    if day is None:
        return [quantity(word)]
    return [(float(value), unit) for value, unit in zip(day.groups(), "年月日", strict=True)]


def _modals(edit: Edit, middle: str) -> Counter[str]:
    """Duties, permissions, negations and bounds in and around the edit: what stands around it is
    the same on both sides, so that a difference is the edit's (应当 → 应 is none)."""
    keys = (normalise(w.raw) for w in cut(edit.left + middle + edit.right))
    return Counter(
        MODALS.get(key) or SAME_BOUND.get(key, key)
        for key in keys
        if key in MODALS or key in BOUNDS
    )


def _touched(words: Iterable[str], start: int, size: int) -> Iterator[tuple[str, bool]]:
    """The words that an edit lies in, each with whether it lies wholly inside the edit."""
    position = 0
    for word in words:
        stop = position + len(word)
        if position < start + size and stop > start:
            yield word, start <= position and stop <= start + size
        position = stop


def _unit_after_number(edit: Edit) -> bool:
    return bool(_NUMERAL.search(normalise(edit.left)[-1:]))


def _is_slip(edit: Edit, old: str, new: str) -> bool:
    """One or two characters that turn a non-word into a word, a doubled character, a swap of
    neighbours, another spelling: nothing that says something else."""
    if _LATIN.search(old + new):  # a code's letter says something, but for its case
        return min(len(old), len(new)) > 2 and old.casefold() == new.casefold()
    if sorted(old) == sorted(new) and len(old) <= 4:
        return True
    if _are_variants(edit, old, new):
        return True
    if max(len(old), len(new)) > _TYPO:
        return False
    if {old, new} <= _EMPTY_WORDS | {""}:
        return True
    shared = _shared(old, new)
    left, right = normalise(edit.left) + old[:shared], normalise(edit.right)
    old, new = old[shared:], new[shared:]
    shared = _shared(old[::-1], new[::-1])
    if shared:
        old, new, right = old[:-shared], new[:-shared], old[-shared:] + right
    extra = new if not old else old if not new else ""
    if extra and (left.endswith(extra) or right.startswith(extra)):
        return True
    before, after = _covering(left, old, right), _covering(left, new, right)
    if old and new:
        return not (before.known and after.known) and not (before.whole and after.whole)
    return not (before.whole if old else after.whole)


def _are_variants(edit: Edit, old: str, new: str) -> bool:
    """Two spellings that are taken for each other, as characters or as the words around them."""
    leads, tails = (normalise(edit.left)[-1:], ""), (normalise(edit.right)[:1], "")
    pairs = [{a + old + b, a + new + b} for a in leads for b in tails]
    return any(pair <= variants for pair in pairs for variants in _VARIANTS)


@dataclass(frozen=True, slots=True)
class _Covering:
    """Of the words that an edit lies in: are all in the dictionary, are all wholly in the edit."""

    known: bool
    whole: bool


def _covering(left: str, middle: str, right: str) -> _Covering:
    touched = list(_touched(dictionary_words(left + middle + right), len(left), len(middle)))
    return _Covering(
        all(is_known_word(word) for word, _ in touched),
        bool(middle) and all(whole for _, whole in touched),
    )


def _shared(old: str, new: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _are_slips(edit: Edit) -> bool:
    """Two slips close together were joined into one edit for the reader: judge each alone."""
    spans = character_spans(edit.deleted, edit.inserted)
    same = sum(len(span.text) for span in spans if span.op == "equal")
    changed = sum(len(span.text) for span in spans if span.op != "equal")
    if len(spans) < 4 or 2 * same < changed:
        return False
    around = (Span(op="equal", text=edit.left), *spans, Span(op="equal", text=edit.right))
    return not any(judge_edit(one).substantive for one in edits(around))


def _judge_field(field: FieldDiff) -> Verdict:
    name = field.field.replace("_", " ")
    if field.field == "title":
        before, after = field.before or "", field.after or ""
        if _counted(_STAGE_MARKS, before) != _counted(_STAGE_MARKS, after):
            return Verdict(True, "title changed its stage")
        numbers = [[quantity(w.raw) for w in cut(text) if w.numeric] for text in (before, after)]
        if numbers[0] != numbers[1]:
            return Verdict(True, f"number changed in the title: {_short(after)}")
        return Verdict(False, "title corrected")
    if not field.before:
        return Verdict(False, f"{name} added")
    return Verdict(True, f"{name} changed: {_short(field.before)} → {_short(field.after or '')}")


def _judge_attachment(diff: AttachmentDiff) -> Iterator[Verdict]:
    name = diff.name_after or diff.name_before or ""
    if diff.kind in {"added", "removed"}:
        yield Verdict(True, f"attachment {diff.kind}: {_short(name)}")
    elif diff.kind == "renamed":
        yield Verdict(False, "attachment renamed")
    elif not diff.parts:
        yield Verdict(
            diff.unread,
            f"attachment replaced, text not readable: {_short(name)}"
            if diff.unread
            else "attachment replaced, same text",
        )
    else:
        for part in diff.parts:
            for verdict in judge_part(part, renumbering(diff.parts)):
                reason = f"attachment {_short(name)}: {verdict.reason}"
                yield Verdict(verdict.substantive, reason)
