"""Recognise a document number (文号) as printed, in all its shapes."""

from __future__ import annotations

import re

from crawler.extract.dom import clean_text, squeeze
from domain.text.document_numbers import is_index_number

_OPEN, _CLOSE = r"[〔\[［﹝（(【〈<﹛｛{]", r"[〕\]］﹞）)】〉>﹜｝}]"
_YEAR = r"(?:19|20)\d{2}"
_CN = "[一二三四五六七八九十百零〇○]+"
_AGENCY = r"[\u4e00-\u9fffA-Za-z]{1,24}"

BRACKETED = re.compile(
    rf"{_AGENCY}\s{{0,9}}{_OPEN}\s{{0,9}}{_YEAR}\s{{0,9}}年?\s{{0,9}}{_CLOSE}\s{{0,9}}第?\s{{0,9}}\d{{1,5}}\s{{0,9}}号"
)
ANNOUNCEMENT = re.compile(
    rf"(?:[\u4e00-\u9fff、\s]{{0,60}}?(?:公告|通告|令|公报|通报)\s{{0,9}}[（(]?\s{{0,9}})?{_YEAR}\s{{0,9}}年\s{{0,9}}第\s{{0,9}}(?:\d{{1,4}}|{_CN})\s{{0,9}}号"
    r"(?:\s{0,9}(?:公告|通告|令))?[）)]?"
)
_NUMBERED = re.compile(
    rf"[\u4e00-\u9fff、\s]{{2,60}}?(?:公告|通告)\s{{0,9}}[（(]?\s{{0,9}}第\s{{0,9}}(?:\d{{1,4}}|{_CN})\s{{0,9}}号[）)]?"
)
ORDER = re.compile(
    rf"[\u4e00-\u9fff、\s]{{0,60}}?令\s{{0,9}}[（(]?\s{{0,9}}第?\s{{0,9}}(?:\d{{1,4}}|{_CN})\s{{0,9}}号[）)]?"
)
_ORDER_TAIL = re.compile(rf"第?\s{{0,9}}(?:\d{{1,4}}|{_CN})\s{{0,9}}号")
_EMPTY = {"", "无", "暂无", "-", "--", "—", "/", "〔〕号", "[]号", "〔〕", "没有", "空", "无文号"}
_TITLE_TAIL = re.compile(r"[（(【〔\[]\s{0,9}([^（）()]*?号)\s{0,9}[）)】〕\]]\s{0,9}$")
_NUMBER_IN_PARENS = re.compile(
    rf"[（(]\s{{0,9}}({_YEAR}\s{{0,9}}年\s{{0,9}}第\s{{0,9}}\d{{1,4}}\s{{0,9}}号)\s{{0,9}}[）)]"
)

_TAIL_IN_PARENS = re.compile(rf"[（(]\s{{0,9}}({BRACKETED.pattern})\s{{0,9}}[）)]\s{{0,9}}$")
_TAIL_PLAIN = re.compile(rf"{BRACKETED.pattern}\s{{0,9}}$")
_AT_START = re.compile(rf"({BRACKETED.pattern})[\s：:]+\S{{4,}}")
_START = re.compile(
    r"((?:[\u4e00-\u9fff、 ]{0,40}?)(?:公告|通告|令)\s{0,9}[（(]?"
    rf"\s{{0,9}}(?:{_YEAR}\s{{0,9}}年\s{{0,9}})?第\s{{0,9}}(?:\d{{1,4}}|{_CN})\s{{0,9}}号[）)]?)"
)
_EUROPEAN = re.compile(
    r"[A-Z][A-Za-z, ]{4,80}?\s(\((?:EU|EC|EEC|EU, Euratom)\)\s(?:No\s)?\d{1,4}/\d{2,4})\b"
)
_LABELLED = re.compile(r"^(?:文\s{0,9}号|发文字号|发文文号|文件编号)[:：]\s{0,9}(.+)$")


def whole(text: str) -> str | None:
    """The number if the text is one and nothing else, white space removed."""
    value = squeeze(text).strip("：:。；;，,")
    while len(value) > 2 and value[0] in "（(【" and value[-1] in "）)】" and _balanced(value):
        value = value[1:-1]
    if value in _EMPTY or len(value) > 70 or is_index_number(value):
        return None
    for pattern in (BRACKETED, ANNOUNCEMENT, _NUMBERED, ORDER):
        if pattern.fullmatch(value):
            return value
    return None


def _balanced(value: str) -> bool:
    """Whether the first bracket closes with the last character."""
    depth = 0
    for position, char in enumerate(value):
        depth += char in "（(【"
        depth -= char in "）)】"
        if depth == 0:
            return position == len(value) - 1
    return False


def from_label(value: str) -> str | None:
    """The number in a metadata cell; such cells may hold plainer forms than running text."""
    text = squeeze(value).strip("：:。；;，,")
    if text in _EMPTY or is_index_number(text) or re.search(r"〔〕|\[\]|（）|\(\)", text):
        return None
    if number := whole(text):
        return number
    if match := BRACKETED.search(text):
        return match[0]
    plausible = re.fullmatch(
        r"[\u4e00-\u9fffA-Za-z0-9〔〕\[\]［］（）()【】﹝﹞第年、\-]{3,50}号", text
    )
    return text if plausible else None


def from_title(title: str) -> str | None:
    """The notice's own number in its title: in parentheses at the end, or an announcement's
    number at the start. A number cited in the middle is another act's."""
    text = clean_text(title)[:400]
    if match := _EUROPEAN.match(text):
        return clean_text(match[1])
    match = _TITLE_TAIL.search(text)
    if match and (number := whole(match[1])):
        return number
    if match := _TAIL_IN_PARENS.search(text):
        return squeeze(match[1])
    match = _TAIL_PLAIN.search(text)
    if match and not re.search(r"[的《]", match[0]):
        return squeeze(match[0])
    if match := _AT_START.match(text):
        return squeeze(match[1])
    match = _START.match(text)
    if match and "关于" not in match[1] and "根据" not in match[1]:
        return squeeze(match[1])
    match = _NUMBER_IN_PARENS.search(text)
    return squeeze(match[1]) if match and match.end() >= len(text) - 2 else None


def from_lines(lines: list[str], limit: int = 14) -> str | None:
    """The number that stands on a line of its own at the head of the body."""
    head = [clean_text(line) for line in lines[:limit]]
    for position, line in enumerate(head):
        if len(line) >= 40 and "。" in line:
            break  # the act speaks: numbers from here on are other acts'
        if len(line) > 90:
            continue
        if number := whole(line):
            before = head[position - 1] if position else ""
            if (
                _bare(number)
                and len(before) <= 40
                and re.search(r"(?:公告|通告|令)$", squeeze(before))
            ):
                return number if _ORDER_TAIL.fullmatch(number) is None else squeeze(before) + number
            return number
        if _ORDER_TAIL.fullmatch(squeeze(line)) and position:
            before = squeeze(head[position - 1])
            if len(before) <= 60 and before.endswith(("令", "公告", "通告")):
                return before + squeeze(line)
        match = re.match(rf"\s*({BRACKETED.pattern})\s+(?:签发人|关于|\S{{2,}})", line)
        if match and not re.search(r"[，。；《]", match[1]):
            return squeeze(match[1])
        match = _LABELLED.match(line)
        if match and (number := from_label(match[1])):
            return number
    return None


def _bare(number: str) -> bool:
    return bool(re.fullmatch(rf"{_YEAR}年第.*", number) or _ORDER_TAIL.fullmatch(number))
