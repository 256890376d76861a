"""Repair text taken from PDF: blanks between Chinese characters, lines broken at the edge."""

from __future__ import annotations

import re

from domain.text.normalization import INVISIBLE, RADICALS

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
_SENTENCE_END = re.compile(r"[。！？；：.!?;:”’」』》】]$")
# For example 第十二条, （三） or 附件.
_NEW_PART = re.compile(
    r"^(?:第[0-9〇零一二三四五六七八九十百千]+[条章节编]|[一二三四五六七八九十百]+[、．.]"
    r"|[（(][0-9一二三四五六七八九十百]+[）)]|[0-9]{1,3}(?:[、．]|\.(?![0-9]))|附件|附录|附表|注[:：])"
)

_UNSEEN = {ord(c): None for c in INVISIBLE + "\x00\x02"} | {
    ord(RADICALS[i]): RADICALS[i + 1] for i in range(0, len(RADICALS), 2)
}


def repair_cjk_spaces(text: str) -> str:
    """PDF text made readable: no blanks between Chinese characters and digits (第 1 条), lines
    broken at the page's edge joined again. Tabs and blank lines stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    text = _BROKEN_NUMBER.sub(r"第\1\2", text)
    text = _DIGIT_GAP.sub("", _CJK_GAP.sub("", text))
    lines = [line.strip(" \u00a0\u3000") for line in text.split("\n")]
    return "\n".join(_joined(lines))


def _joined(lines: list[str]) -> list[str]:
    """Join a line to the next where it is as wide as the page and ends inside a sentence."""
    widths = sorted(len(line) for line in lines if line and "\t" not in line)
    if not widths:
        return lines
    full = max(14, int(widths[int(len(widths) * 0.9) - (len(widths) == 1)] * 0.85))
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line and "\t" not in line and not _NEW_PART.match(line):
            gap = (
                " "
                if joined[-1][-1:].isascii()
                and line[:1].isascii()
                and (joined[-1][-1:].isalpha() and line[:1].isalpha())
                else ""
            )
            joined[-1] += gap + line
        else:
            joined.append(line)
        open_line = len(line) >= full and "\t" not in line and not _SENTENCE_END.search(line)
    return joined
