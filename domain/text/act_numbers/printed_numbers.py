"""Read a notice's own document number (文号) where it is printed: cell, title, head of the text.

The number comes back as printed, without blanks; :mod:`domain.text.document_numbers` gives
it one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.text.act_numbers.number_patterns import (
    AGENCY,
    CLOSE,
    KIND,
    NUMERALS,
    OPEN,
    SERIAL,
    SESSION,
    YEAR,
)
from domain.text.document_numbers import find_document_numbers, is_index_number
from domain.text.normalization import INVISIBLE

_SERIAL = rf"(?:第|字第)?\s*{SERIAL}\s*号"
# 某工信节〔2026〕3号, 某港关〔2026〕第7号公告, 公告〔2026〕第3号
BRACKETED = rf"{AGENCY}\s*{OPEN}\s*{YEAR}\s*年?\s*{CLOSE}\s*{_SERIAL}(?:\s*{KIND})?"
# 中华人民共和国某部, empty where the number stands alone
_BODIES = r"[\u4e00-\u9fff、\s]{0,60}?"
_ANNOUNCED = rf"(?:{KIND}|公报|通报)"
# 2026年第20号, 某部公告 2026年第20号, 某部公告（2026年第20号）, 某部 2026年第20号公告
_OF_YEAR = (
    rf"(?:{_BODIES}{_ANNOUNCED}\s*[（(]?\s*)?{YEAR}\s*年\s*第\s*{SERIAL}\s*号(?:\s*{KIND})?[）)]?"
    rf"|{_BODIES}{YEAR}\s*年\s*第\s*{SERIAL}\s*号\s*{KIND}"
)
# 某部公告第20号, 某部令（第20号）, 令第20号
_NUMBERED = rf"{_BODIES}{KIND}\s*[（(]?\s*第?\s*{SERIAL}\s*号[）)]?"
# 国务院第701号令
_KIND_LAST = rf"{_BODIES}第\s*{SERIAL}\s*号\s*{KIND}"
# 某省人民代表大会常务委员会公告〔十五届〕第12号, 公告（十四届第九号）
_OF_SESSION = rf"{_BODIES}{KIND}\s*{OPEN}\s*{SESSION}\s*{CLOSE}?\s*第\s*{SERIAL}\s*号\s*{CLOSE}?"

_FORMS = tuple(
    re.compile(form) for form in (BRACKETED, _OF_YEAR, _OF_SESSION, _NUMBERED, _KIND_LAST)
)
_BRACKETED = re.compile(BRACKETED)
_LONGEST, _LONGEST_LINE, _LONGEST_PROMULGATION = 70, 90, 400
_TAIL = re.compile(rf"第?\s*{SERIAL}\s*号")
_OF_YEAR_ONLY = re.compile(rf"{YEAR}\s*年\s*第.*")
_EMPTY = {"", "无", "暂无", "-", "--", "—", "/", "〔〕号", "[]号", "〔〕", "没有", "空", "无文号"}
# （总第500号）: how many there were so far, behind the number
_IN_TOTAL = re.compile(r"[（(]\s*总\s*第\s*\d{1,6}\s*[号期]\s*[）)]\s*$")
# （登记号：某规范性文件〔2026〕5号）: by what else it is known
_REGISTERED = re.compile(r"[（(](?:规范性文件)?(?:登记|统一|备案)(?:编)?号[^（）()]{1,40}[）)]\s*$")
# 某省工业和信息化厅文件 before the number, in one line with it
_PAPER_HEAD = re.compile(r"^.*文件\s*")
# Another act's number, alone on its line
_CITED = re.compile(r"(?:根据|依据|按照|依照|转发|参照|参见|详见|执行|废止)")
_PAPER_TAIL = re.compile(r"(?<=号)文件?$")
_EMPTY_BRACKETS = re.compile(r"〔〕|\[\]|（）|\(\)")
# A cell holds plainer forms than running text: 甲－2026－7号
_PLAUSIBLE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9〔〕\[\]［］（）()【】﹝﹞第年、\-]{3,50}号")

_TITLE_TAIL = re.compile(r"[（(【〔\[]\s*([^（）()]*?号)\s*[）)】〕\]]\s*$")
_NUMBER_IN_PARENS = re.compile(rf"[（(]\s*({YEAR}\s*年\s*第\s*\d{{1,4}}\s*号)\s*[）)]")
_TAIL_IN_PARENS = re.compile(rf"[（(]\s*({BRACKETED})\s*[）)]\s*$")
_TAIL_PLAIN = re.compile(rf"{BRACKETED}\s*$")
_AT_START = re.compile(rf"({BRACKETED})[\s：:]+\S{{4,}}")
_START = re.compile(
    rf"((?:[\u4e00-\u9fff、 ]{{0,40}}?){KIND}\s*[（(]?"
    rf"\s*(?:{YEAR}\s*年\s*)?第\s*(?:\d{{1,4}}|{NUMERALS}{{1,8}})\s*号[）)]?)"
)
_EUROPEAN = re.compile(
    r"[A-Z][A-Za-z, ]{4,80}?\s(\((?:EU|EC|EEC|EU, Euratom)\)\s(?:No\s)?\d{1,4}/\d{2,4}"
    r"|(?:No\s)?\d{2,4}/\d{1,4}/(?:EU|EC|EEC|Euratom))\b"
)
_LABELLED = re.compile(r"^(?:文\s*号|发文字号|发文文号|文件编号)[:：]\s*(.+)$")
_BEFORE_SIGNER = re.compile(rf"\s*({BRACKETED})\s+(?:签发人|关于|\S{{2,}})")
# 某自由贸易试验区管理委员会 某自贸管规〔2026〕3号
_BEHIND_BODY = re.compile(
    rf"[\u4e00-\u9fff、\s]{{2,60}}(?:部|委|局|厅|署|院|室|府|会|中心|行)\s+(?=[\u4e00-\u9fff]{{2}})({BRACKETED})"
)
# （2021年7月27日国务院令第746号公布　自2022年3月1日起施行）
_PROMULGATED = re.compile(
    r"[（(]?\s*(?:(?:19|20)\d{2}|[〇零○一二三四五六七八九]{4})\s*年[^《]{0,150}?号\s*(?:公布|发布|颁布|施行)(?![了的])"
)
_PUBLISHED = re.compile(r"(?<=号)\s*(?:公布|发布|颁布|施行)")
_UNSEEN = {ord(char): None for char in INVISIBLE}


def whole(text: str) -> str | None:
    """The number if the text is one and nothing else, white space removed."""
    text = _REGISTERED.sub("", text)
    counted = _IN_TOTAL.search(text)
    value = _PAPER_TAIL.sub("", _unbracketed(squeezed(_IN_TOTAL.sub("", text))))
    if "文件" in value:
        value = _PAPER_HEAD.sub("", value)
    elif behind := _BEHIND_BODY.fullmatch(text.strip()):
        value = squeezed(behind[1])
    if value in _EMPTY or len(value) > _LONGEST or is_index_number(value):
        return None
    if (counted and _bare(value)) or _CITED.match(value):
        return None  # the issue of a gazette; another act's
    return value if any(form.fullmatch(value) for form in _FORMS) else None


def squeezed(text: str) -> str:
    """The text without white space and characters that cannot be seen."""
    return "".join(text.translate(_UNSEEN).split())


def _unbracketed(text: str) -> str:
    """Without the brackets and marks around the whole."""
    value = text.strip("：:。；;，,")
    while len(value) > 2 and value[0] in "（(【" and value[-1] in "）)】" and _balanced(value):
        value = value[1:-1]
    return value


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
    """The number in a metadata cell; such cells may hold plainer forms than running text. Of
    several numbers the first is the act's."""
    text = squeezed(value).strip("：:。；;，,")
    if text in _EMPTY or is_index_number(text) or _EMPTY_BRACKETS.search(text):
        return None
    if number := whole(text):
        return number
    if match := _BRACKETED.search(text):
        return match[0]
    return text if _PLAUSIBLE.fullmatch(text) else None


def from_title(title: str) -> str | None:
    """The notice's own number in its title: in parentheses at the end, or an announcement's
    number at the start. A number cited in the middle is another act's."""
    text = " ".join(title[:400].translate(_UNSEEN).split())
    if match := _EUROPEAN.match(text):
        return match[1]
    match = _TITLE_TAIL.search(text)
    if match and (number := whole(match[1])):
        return number
    if match := _TAIL_IN_PARENS.search(text):
        return squeezed(match[1])
    match = _TAIL_PLAIN.search(text)
    if match and not re.search(r"[的《]", match[0]):
        return squeezed(match[0])
    if match := _AT_START.match(text):
        return squeezed(match[1])
    match = _START.match(text)
    if match and "关于" not in match[1] and "根据" not in match[1]:
        return squeezed(match[1])
    match = _NUMBER_IN_PARENS.search(text)
    return squeezed(match[1]) if match and match.end() >= len(text) - 2 else None


def from_lines(lines: Sequence[str], limit: int = 14) -> str | None:
    """The number that stands on a line of its own at the head of a text, or in the line that
    says when and by which order the act was published."""
    head = [" ".join(line[:_LONGEST_PROMULGATION].split()) for line in lines[:limit]]
    for position, line in enumerate(head):
        if number := _promulgated(line):
            return number
        if len(line) >= 40 and "。" in line:
            break  # the act speaks: numbers from here on are other acts'
        before = squeezed(head[position - 1]) if position else ""
        if len(line) <= _LONGEST_LINE and (number := _of_line(line, before)):
            return number
    return None


def _of_line(line: str, before: str) -> str | None:
    """The number of a short line; its kind may stand in the line before it."""
    if number := whole(line):
        return _joined(number, before)
    if _TAIL.fullmatch(squeezed(line)) and _ends_with_kind(before, 60):
        return before + squeezed(line)
    if number := _first_of_several(line):
        return number
    match = _BEFORE_SIGNER.match(line)
    if match and not re.search(r"[，。；《]", match[1]):
        return squeezed(match[1])
    labelled = _LABELLED.match(line)
    return from_label(labelled[1]) if labelled else None


def _joined(number: str, before: str) -> str:
    """A number without its kind, behind the line that gives the kind."""
    if _TAIL.fullmatch(number) and _ends_with_kind(before, 40):
        return before + number
    return number


def _ends_with_kind(line: str, longest: int) -> bool:
    return len(line) <= longest and line.endswith(("令", "公告", "通告"))


def _first_of_several(line: str) -> str | None:
    """The first number of a line that holds nothing but numbers, one for each body."""
    parts = [part for part in re.split(r"[\s、，,；;]+", line) if part]
    numbers = [number for part in parts if (number := whole(part)) and not _bare(number)]
    return numbers[0] if len(numbers) == len(parts) > 1 else None


def _promulgated(line: str) -> str | None:
    """The number in 2021年7月27日国务院令第746号公布; of later amendments behind it none counts."""
    if not _PROMULGATED.match(line):
        return None
    published = _PUBLISHED.search(line)
    numbers = find_document_numbers(line[: published.start()]) if published else []
    return numbers[-1] if numbers else None


def _bare(number: str) -> bool:
    return bool(_OF_YEAR_ONLY.fullmatch(number) or _TAIL.fullmatch(number))
