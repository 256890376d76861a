"""Recognise slips of the pen: edits that turn no word into another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from domain.diff.edits import Edit
from domain.text.normalization import normalise
from domain.text.segmentation import dictionary_words, is_known_word

_TYPO = 2  # so many characters may be a slip of the pen
_LATIN = re.compile(r"[A-Za-z]")
_EMPTY_WORDS = {"的", "地", "得", "了", "之", "所", "着", "其", "该", "此", "等等"}
_VARIANT_LINES = (
    "其它|其他 帐|账 登陆|登录 陆|录 既|即 象|像 份|分 连|联 撤消|撤销 消|销 唯|惟 做|作",
    "截止|截至 止|至 和|与|及|以及 制定|制订 定|订 按|按照 依|依照|依据|根据 粘|黏 的|地|得",
    "砖|转 布|部 图|涂 予|与 至|到 在|再 他|它|她 含|涵 渡|度 园|圆 阶|价 贮|储 查|察 想|像",
    "型|形 复|覆 搜集|收集 搜|收 己|已|巳 保送|报送 座|坐 讯|迅 炼|练 竟|竞 震|振 付|副 侯|候",
    "材|才 必需|必须 申|伸 带|戴 拆|折 制|置 值|植 检|捡 电磁|电池 电迟|电池",
)
_VARIANTS = [set(pair.split("|")) for line in _VARIANT_LINES for pair in line.split()]


def is_slip(edit: Edit, old: str, new: str) -> bool:
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


def _touched(words: Iterable[str], start: int, size: int) -> Iterator[tuple[str, bool]]:
    """The words that an edit lies in, each with whether it lies wholly inside the edit."""
    position = 0
    for word in words:
        stop = position + len(word)
        if position < start + size and stop > start:
            yield word, start <= position and stop <= start + size
        position = stop


def _shared(old: str, new: str) -> int:
    """How many characters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))
