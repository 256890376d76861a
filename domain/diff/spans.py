"""Compare one article, row or paragraph word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from domain.diff.alignment import equal_pairs
from domain.diff.diff_model import Span
from domain.text.normalization import normalise
from domain.text.segmentation import WordToken, cut_words

_TOKEN_CELLS = 6_000_000  # words times words that are compared directly
_FINE = 400  # units up to which a replaced run is looked at character by character
_JOIN = 2  # edits with so few equal characters between them are read as one
_SENTENCE_END = "。；！？;!?\n"

_Edit = tuple[list[WordToken], list[WordToken], bool]  # old words, new words, are they equal


def diff_spans(before: str, after: str) -> tuple[Span, ...]:
    """Spans from one text to the other. Numbers are marked whole; what differs in width, blanks
    or style of punctuation only counts as equal and shows the new text."""
    if before == after or normalise(before) == normalise(after):
        return (Span(op="equal", text=after),) if after else ()
    old, new = cut_words(before), cut_words(after)
    edits: list[_Edit] = []
    for some_old, some_new in _sections(old, new):
        edits += _word_edits(some_old, some_new)
    refined = [fine for edit in _united(edits) for fine in _refined(edit)]
    return _as_spans(_joined(_united(refined)))


def character_spans(before: str, after: str) -> tuple[Span, ...]:
    """Spans of the fewest characters that differ; numbers whole."""
    return _as_spans(_fine_edits(cut_words(before), cut_words(after)))


def _sections(
    old: list[WordToken], new: list[WordToken]
) -> Iterator[tuple[list[WordToken], list[WordToken]]]:
    """Long texts are first aligned sentence by sentence."""
    if len(old) * len(new) <= _TOKEN_CELLS:
        yield old, new
        return
    a, b = _sentences(old), _sentences(new)
    pairs = equal_pairs([_key(s) for s in a], [_key(s) for s in b])
    i = j = 0
    for x, y in [*pairs, (len(a), len(b))]:
        gap_old = [w for s in a[i:x] for w in s]
        gap_new = [w for s in b[j:y] for w in s]
        if gap_old or gap_new:
            yield gap_old, gap_new
        if x < len(a):
            yield a[x], b[y]
        i, j = x + 1, y + 1


def _sentences(words: list[WordToken]) -> list[list[WordToken]]:
    sentences: list[list[WordToken]] = [[]]
    for word in words:
        sentences[-1].append(word)
        if word.key[-1:] in _SENTENCE_END or "\n" in word.raw:
            sentences.append([])
    return [s for s in sentences if s]


def _key(words: Sequence[WordToken]) -> tuple[str, ...]:
    return tuple(w.key for w in words)


def _word_edits(old: list[WordToken], new: list[WordToken]) -> Iterator[_Edit]:
    if _key(old) == _key(new):
        yield old, new, True
        return
    start = 0
    while start < min(len(old), len(new)) and old[start].key == new[start].key:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end].key == new[-1 - end].key:
        end += 1
    if start:
        yield old[:start], new[:start], True
    a, b = old[start : len(old) - end], new[start : len(new) - end]
    if len(a) * len(b) > _TOKEN_CELLS:
        yield a, b, False
    else:
        matcher = SequenceMatcher(None, _key(a), _key(b), autojunk=False)
        for tag, a1, a2, b1, b2 in matcher.get_opcodes():
            yield a[a1:a2], b[b1:b2], tag == "equal"
    if end:
        yield old[len(old) - end :], new[len(new) - end :], True


def _united(edits: Sequence[_Edit]) -> list[_Edit]:
    """Neighbours of one kind made one; an edit without effect made equal."""
    united: list[_Edit] = []
    for old, new, same in edits:
        if not old and not new:
            continue
        same = same or _nothing_changed(old, new)
        if united and united[-1][2] == same:
            united[-1][0].extend(old)
            united[-1][1].extend(new)
        else:
            united.append((list(old), list(new), same))
    return united


def _nothing_changed(old: Sequence[WordToken], new: Sequence[WordToken]) -> bool:
    return bool(old and new) and normalise(_text(old)) == normalise(_text(new))


def _text(words: Sequence[WordToken]) -> str:
    return "".join(w.raw for w in words)


def _length(words: Sequence[WordToken]) -> int:
    return sum(len(w.key) for w in words)


def _refined(edit: _Edit) -> list[_Edit]:
    """Where whole words mark more than twice what changed in them: characters instead. Numbers
    stay whole."""
    old, new, same = edit
    if same or not old or not new:
        return [edit]
    fine = _fine_edits(old, new)
    marked = sum(_length(a) + _length(b) for a, b, equal in fine if not equal)
    return fine if _length(old) + _length(new) > 2 * marked else [edit]


def _fine_edits(old: Sequence[WordToken], new: Sequence[WordToken]) -> list[_Edit]:
    from rapidfuzz.distance import Indel

    a, b = _characters(old), _characters(new)
    if len(a) > _FINE or len(b) > _FINE:
        return [(list(old), list(new), False)]
    ops = Indel.opcodes([w.key for w in a], [w.key for w in b])
    return _united(
        [
            (a[op.src_start : op.src_end], b[op.dest_start : op.dest_end], op.tag == "equal")
            for op in ops
        ]
    )


def _characters(words: Sequence[WordToken]) -> list[WordToken]:
    """One word a character, but for numbers; blanks stay with the character before them."""
    found: list[WordToken] = []
    for word in words:
        found += [word] if word.numeric else (_single(word) or [word])
    return found


def _single(word: WordToken) -> list[WordToken]:
    singles: list[WordToken] = []
    lead = ""
    for char in word.raw:
        key = normalise(char)
        if key:
            singles.append(WordToken(lead + char, key))
            lead = ""
        elif singles:
            singles[-1] = WordToken(singles[-1].raw + char, singles[-1].key)
        else:
            lead += char
    return singles


def _joined(edits: list[_Edit]) -> list[_Edit]:
    """Edits with at most two equal characters between them become one, unless that marks more
    than twice what changed."""
    joined: list[_Edit] = []
    for edit in edits:
        joined.append(edit)
        if len(joined) < 3 or edit[2] or not joined[-2][2] or joined[-3][2]:
            continue
        between = joined[-2][1]
        if _length(between) > _JOIN or "\n" in _text(between):
            continue
        old = [w for e in joined[-3:] for w in e[0]]
        new = [w for e in joined[-3:] for w in e[1]]
        truly = sum(_length(a) + _length(b) for a, b, same in _fine_edits(old, new) if not same)
        if _length(old) + _length(new) <= 2 * truly:
            joined[-3:] = [(old, new, False)]
    return joined


def _as_spans(edits: Sequence[_Edit]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for old, new, same in edits:
        if same:
            spans.append(Span(op="equal", text=_text(new)))
            continue
        if old:
            spans.append(Span(op="delete", text=_text(old)))
        if new:
            spans.append(Span(op="insert", text=_text(new)))
    return tuple(span for span in spans if span.text)
