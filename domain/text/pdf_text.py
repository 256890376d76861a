"""Repair text taken from pages: blanks between Chinese characters, lines broken at the edge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.text.compatibility import plain_characters
from domain.text.normalization import INVISIBLE

_CJK = r"\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BLANK = r"[ \u00a0\u2002-\u200b\u3000]"
# For example 动力 电池.
_CJK_GAP = re.compile(
    rf"(?<=[{_CJK}]){_BLANK}(?=[{_CJK}0-9A-Za-z])|(?<=[0-9A-Za-z]){_BLANK}(?=[{_CJK}])"
)
# For example 第 十二 条.
_BROKEN_NUMBER = re.compile(
    rf"第(?:{_BLANK}|\n)*([0-9〇零一二三四五六七八九十百千]+)(?:{_BLANK}|\n)*([条章节款项号])"
)
_DIGIT_GAP = re.compile(rf"(?<=[0-9]){_BLANK}(?=[.%％])|(?<=[0-9][.]){_BLANK}(?=[0-9])")
_SENTENCE_END = re.compile(r"[。！？；：.!?;:][”’」』》】）)]{0,2}$")
# For example 第十二条, （三）, ① or 附件; but not 第十二条规定的 or 第三条、第四条.
_NEW_PART = re.compile(
    r"^(?:第[0-9〇零一二三四五六七八九十百千]+[条章节编](?![规之和或至的第、，,。；款项])"
    r"|[一二三四五六七八九十百]+[、．.]|[（(][0-9一二三四五六七八九十百]+[）)]"
    r"|[0-9]{1,3}(?:[、．）)]|\.(?![0-9]))|[①-⑳●■◆•▪➢✓]|——|附件|附录|附表|注[:：])"
)

# https://www.example.gov.cn/col/ at the end of a line
_ADDRESS_END = re.compile(r"(?:https?://|www\.)[!-~]*$", re.IGNORECASE)
_ADDRESS_REST = re.compile(r"[/\w?=&%#~+\-.]", re.ASCII)
_WORD_BROKEN = re.compile(r"[A-Za-z]{2}-$")

_UNSEEN = {ord(c): None for c in INVISIBLE + "\x00\x02"}


def repair_cjk_spaces(text: str) -> str:
    """Text made readable: no blanks between Chinese characters and digits (第 1 条). Tabs and
    line breaks stay."""
    text = plain_characters(text).replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    text = _BROKEN_NUMBER.sub(r"第\1\2", text)
    text = _DIGIT_GAP.sub("", _CJK_GAP.sub("", text))
    return "\n".join(line.strip(" \u00a0\u3000") for line in text.split("\n"))


def begins_part(line: str) -> bool:
    """Whether a line begins an article, an item, an annex or a note, so never goes on."""
    return bool(_NEW_PART.match(line.lstrip(" \u3000")))


def ends_sentence(line: str) -> bool:
    """Whether a line ends with a sentence or before an enumeration."""
    return bool(_SENTENCE_END.search(line.rstrip()))


def joined_lines(lines: Sequence[str], unbroken: Sequence[bool] = ()) -> str:
    """The lines of one paragraph on one line: words of Latin letters keep a blank between
    them, parts of a web address and of a word that fills its line (``unbroken``) do not."""
    text = ""
    for number, line in enumerate(lines):
        if not text or not line:
            text += line
        elif _WORD_BROKEN.search(text[-3:]) and line[0].islower():
            text = text[:-1] + line
        else:
            whole = number <= len(unbroken) and bool(unbroken) and unbroken[number - 1]
            text += ("" if whole or not _is_word_gap(text, line) else " ") + line
    return text


def _is_word_gap(text: str, line: str) -> bool:
    if not (text[-1].isascii() and line[0].isascii()) or text[-1] in "-/(":
        return False
    return not (_ADDRESS_END.search(text[-300:]) and _ADDRESS_REST.match(line))
