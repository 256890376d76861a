"""Decide by a printed rule whether a change is substantive or cosmetic, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.diff.diff_model import AttachmentDiff, FieldDiff, PartDiff, Span
from domain.diff.edits import NUMERAL, PUNCTUATION, Edit, edits, in_new_order, without_moved_items
from domain.diff.spans import character_spans
from domain.diff.typos import is_slip
from domain.records.reason import Reason, reason
from domain.text.normalization import normalise
from domain.text.segmentation import BOUNDS, MODALS, SAME_BOUND, WordToken, cut_words, quantity
from domain.text.traditional import simplify

_NEGATION = re.compile(r"[不未无非免禁勿莫]")
# For example 省级生态环境部门 or 国务院.
_AUTHORITY = re.compile(
    r"部门|机关|机构|政府|国务院|委员会|办公室|总局|[局厅署]|[省市县区州乡镇]级|省|市|县|国家|中央|地方|"
    r"海关|法院|公安|人民银行|(?<![一两几全内外大])部(?![分位署件])|当地|上级|本级|所在地"
)
_UNIT = re.compile(r"工作日|自然日|[日月年天周元吨克]|公斤|小时|季度|%|‰|℃")
_DAY = re.compile(r"((?:19|20)\d{2})[-/.](\d{1,2})[-/.](\d{1,2})")
_STAGE_MARKS = re.compile(r"征求意见稿|草案|试行|暂行|送审稿|修订|废止|失效")


@dataclass(frozen=True, slots=True)
class Significance:
    """Whether a difference matters, and why."""

    substantive: bool
    reason: Reason


def _matters(code: str, **parameters: object) -> Significance:
    return Significance(True, reason(f"change.{code}", **parameters))


def _cosmetic(code: str, **parameters: object) -> Significance:
    return Significance(False, reason(f"change.{code}", **parameters))


def assess_significance(
    parts: Sequence[PartDiff], fields: Sequence[FieldDiff], attachments: Sequence[AttachmentDiff]
) -> Significance:
    """The verdict on a whole diff: the first substantive reason, else the cosmetic ones."""
    renumbered = renumbering(parts)
    verdicts = [v for part in parts for v in assess_part(part, renumbered)]
    verdicts += [_judge_field(field) for field in fields]
    verdicts += [v for attachment in attachments for v in _judge_attachment(attachment)]
    for verdict in sorted(verdicts, key=_rank):
        if verdict.substantive:
            return verdict
    reasons = tuple(dict.fromkeys(v.reason for v in verdicts))
    if not reasons:
        return _cosmetic("none")
    return _cosmetic("several", reasons=reasons[:3]) if len(reasons) > 1 else verdicts[0]


_RANK = {"change.number": 0, "change.unit": 1, "change.modal": 2, "change.authority": 3}


def _rank(verdict: Significance) -> int:
    """What decides first: a number, a unit, a duty, an authority, then everything else."""
    why = verdict.reason
    return _RANK.get(why.parameters["reason"].code if why.code == "change.at" else why.code, 9)


def renumbering(parts: Sequence[PartDiff]) -> Mapping[object, object]:
    """Old article number to new one, for the references that follow."""
    mapped: dict[object, object] = {}
    for part in parts:
        if part.label_before and part.label_after and part.label_before != part.label_after:
            mapped[quantity(part.label_before)] = quantity(part.label_after)
    return mapped


def assess_part(part: PartDiff, renumbered: Mapping[object, object]) -> Iterator[Significance]:
    """A verdict for each edit of a part; ``renumbered`` as :func:`renumbering` gives it."""
    where = part.label_after or part.label_before or ""
    if part.kind in {"added", "removed"}:
        text = "".join(span.text for span in part.spans)
        if PUNCTUATION.sub("", normalise(text)) or part.label_after or part.label_before:
            yield (
                _matters(f"text_{part.kind}_at", place=where)
                if where
                else _matters(f"text_{part.kind}")
            )
        else:
            yield _cosmetic("punctuation")
        return
    if part.kind in {"moved", "renumbered"}:
        yield _cosmetic(part.kind)
    spans = in_new_order(part.spans)
    if spans != part.spans:
        yield _cosmetic("sentences_moved")
    for edit in without_moved_items(list(edits(spans))):
        verdict = assess_edit(edit, renumbered)
        if where and verdict.substantive:
            yield _matters("at", reason=verdict.reason, place=where)
        else:
            yield verdict


def assess_edit(edit: Edit, renumbered: Mapping[object, object] | None = None) -> Significance:
    """Whether one edit says something else, and what kind of edit it is."""
    if simplify(edit.deleted) == simplify(edit.inserted):
        return _cosmetic("traditional_characters")
    old_words, new_words = cut_words(edit.deleted), cut_words(edit.inserted)
    numbers = _judge_numbers(edit, old_words, new_words, renumbered or {})
    if numbers is not None:
        return numbers
    old = PUNCTUATION.sub("", _without_numbers(old_words))
    new = PUNCTUATION.sub("", _without_numbers(new_words))
    if old == new:
        numeric = any(w.numeric for w in (*old_words, *new_words))
        return _cosmetic("number_spelling" if numeric else "punctuation")
    shown = {"before": _short(edit.deleted), "after": _short(edit.inserted)}
    if _modals(edit, edit.deleted) != _modals(edit, edit.inserted) or _counted(
        _NEGATION, old
    ) != _counted(_NEGATION, new):
        return _matters("modal", **shown)
    if _counted(_AUTHORITY, old) != _counted(_AUTHORITY, new):
        return _matters("authority", **shown)
    if _unit_after_number(edit) and _counted(_UNIT, old) != _counted(_UNIT, new):
        return _matters("unit", **shown)
    if is_slip(edit, old, new) or _are_slips(edit):
        return _cosmetic("typo", **shown)
    return _matters("wording", **shown)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 24 else text[:23] + "…"


def _without_numbers(words: Sequence[WordToken]) -> str:
    return "".join(w.key for w in words if not w.numeric)


def _counted(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(pattern.findall(text))


def _judge_numbers(
    edit: Edit,
    old: Sequence[WordToken],
    new: Sequence[WordToken],
    renumbered: Mapping[object, object],
) -> Significance | None:
    """A verdict if the edit touches numbers; None if their values are the same."""
    before = [q for w in old if w.numeric for q in _quantities(w.raw)]
    after = [q for w in new if w.numeric for q in _quantities(w.raw)]
    stray = _counted(NUMERAL, _without_numbers(old)) != _counted(NUMERAL, _without_numbers(new))
    if before == after and not stray:
        return None
    shown = {"before": _short(edit.deleted), "after": _short(edit.inserted)}
    references = [q for q in (*before, *after) if q[1].startswith("第")]
    followed = [renumbered.get(q, q) for q in before]
    if not stray and len(references) == len(before) + len(after) and followed == after:
        plain = [PUNCTUATION.sub("", _without_numbers(words)) for words in (old, new)]
        if plain[0] == plain[1]:
            return _cosmetic("reference_renumbered")
    return _matters("number", **shown)


def _quantities(word: str) -> list[tuple[float | str, str]]:
    """Value and unit; of a date such as 2026-01-31 those of 2026年1月31日."""
    day = _DAY.fullmatch(normalise(word))
    if day is None:
        return [quantity(word)]
    return [(float(value), unit) for value, unit in zip(day.groups(), "年月日", strict=True)]


def _modals(edit: Edit, middle: str) -> Counter[str]:
    """Duties, permissions, negations and bounds in and around the edit: what stands around it is
    the same on both sides, so that a difference is the edit's (应当 → 应 is none)."""
    keys = (normalise(w.raw) for w in cut_words(edit.left + middle + edit.right))
    return Counter(
        MODALS.get(key) or SAME_BOUND.get(key, key)
        for key in keys
        if key in MODALS or key in BOUNDS
    )


def _unit_after_number(edit: Edit) -> bool:
    return bool(NUMERAL.search(normalise(edit.left)[-1:]))


def _are_slips(edit: Edit) -> bool:
    """Two slips close together were joined into one edit for the reader: judge each alone."""
    spans = character_spans(edit.deleted, edit.inserted)
    same = sum(len(span.text) for span in spans if span.op == "equal")
    changed = sum(len(span.text) for span in spans if span.op != "equal")
    if len(spans) < 4 or 2 * same < changed:
        return False
    around = (Span(op="equal", text=edit.left), *spans, Span(op="equal", text=edit.right))
    return not any(assess_edit(one).substantive for one in edits(around))


def _judge_field(field: FieldDiff) -> Significance:
    if field.field == "title":
        before, after = field.before or "", field.after or ""
        if _counted(_STAGE_MARKS, before) != _counted(_STAGE_MARKS, after):
            return _matters("title_stage")
        numbers = [
            [quantity(w.raw) for w in cut_words(text) if w.numeric] for text in (before, after)
        ]
        if numbers[0] != numbers[1]:
            return _matters("title_number", title=_short(after))
        return _cosmetic("title_corrected")
    if not field.before:
        return _cosmetic("field_added", field=field.field)
    return _matters(
        "field_changed",
        field=field.field,
        before=_short(field.before),
        after=_short(field.after or ""),
    )


def _judge_attachment(diff: AttachmentDiff) -> Iterator[Significance]:
    name = diff.name_after or diff.name_before or ""
    if diff.kind in {"added", "removed"}:
        yield _matters(f"attachment_{diff.kind}", name=_short(name))
    elif diff.kind == "renamed":
        yield _cosmetic("attachment_renamed")
    elif not diff.parts:
        yield (
            _matters("attachment_unread", name=_short(name))
            if diff.unread
            else _cosmetic("attachment_same_text")
        )
    else:
        for part in diff.parts:
            for verdict in assess_part(part, renumbering(diff.parts)):
                yield Significance(
                    verdict.substantive,
                    reason("change.attachment", name=_short(name), reason=verdict.reason),
                )
