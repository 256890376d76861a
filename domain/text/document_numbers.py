"""Find document numbers (文号) in text, bring them to one spelling, refuse what is none."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from domain.text.act_numbers.number_patterns import (
    AGENCY,
    BLANKS,
    CLOSE,
    HAN,
    KIND,
    OPEN,
    SERIAL,
    SESSION,
    YEAR,
)
from domain.text.numerals import chinese_numeral, parse_chinese_number

_S = BLANKS
_SN = rf"{BLANKS}\n?[ \t\u00a0\u3000]*"
_YEAR, _SERIAL, _KIND = rf"(?P<year>{YEAR})", rf"(?P<serial>{SERIAL})", rf"(?P<kind>{KIND})"
_BODY_ENDS = (
    "办公厅", "办公室", "委员会", "人民政府", "常务委员会", "部", "委", "局", "署", "院", "厅",
    "会", "办", "行", "主席", "政府", "海关",
)  # fmt: skip
_LONGEST_BODY, _MOST_BODIES = 24, 12
# Behind a mark, an empty line or a day (2021年7月27日国务院) a body's name may begin.
_BEFORE_A_BODY = re.compile(
    r"[。;;!?!?:《》\"“”()〔〕\[\]]|\n\s*\n|(?<=[0-9〇零一二三四五六七八九十])[ ]?日"
)
_BETWEEN_BODIES = " \t\u3000、,，"

# 工信部联节〔2026〕17号, 某港关〔2026〕第7号公告
_BRACKETED = re.compile(
    rf"(?P<agency>{AGENCY}){_S}{OPEN}{_S}{_YEAR}{_S}年?{_S}{CLOSE}{_SN}(?:第|字第)?{_S}{_SERIAL}{_S}号"
)
# 某省人民代表大会常务委员会公告〔十五届〕第12号, 公告（十四届第九号）
_OF_SESSION = re.compile(
    rf"{_KIND}{_SN}{OPEN}{_S}(?P<session>{SESSION}){_S}{CLOSE}?{_SN}第{_S}{_SERIAL}{_S}号"
)
# 商务部公告2026年第20号, 公告（2025年第101号）, 国务院令第715号
_KIND_FIRST = re.compile(
    rf"(?<!号){_KIND}{_SN}(?:{OPEN}{_S})?(?:{_YEAR}{_S}年{_SN})?第{_S}{_SERIAL}{_S}号"
)
# 2026年第20号公告, 第73号令
_KIND_LAST = re.compile(
    rf"(?:{_YEAR}{_S}年{_S})?第{_S}{_SERIAL}{_S}号{_S}(?:{CLOSE}{_S})?{_KIND}(?!牌)"
)
# 2026年第17号: a number cell that gives no more
_BARE = re.compile(rf"{_YEAR}{_S}年{_S}第{_S}{_SERIAL}{_S}号")
_HAN_CHARACTER = re.compile(HAN)
_NOT_A_KIND = re.compile(r"(?:责|命|法|指|禁|口|司|勒|军|时|夏|冬|节|律|县)$")

# What runs into an agency code in running text and is no part of it.
_LEAD_WORDS = re.compile(
    r"(?:通知|公告|通告|意见|决定|办法|规定|细则|方案|文件|文号|编号|字号|发文|来文|批复|函告|"
    r"根据|依据|按照|依照|遵照|贯彻|落实|执行|实施|施行|参照|参见|详见|查阅|印发|发布|公布|转发|下发|废止|"
    r"免除|取消|停止|暂停|中止|终止|撤销|恢复|延长|调整|更正|解除|豁免|凡|把|"
    r"修改|替代|代替|有关|以及|或者|并与|的|以|按|由|为|即|是|见|将|号|于|至|从|被|对|等|就)"
)
# 经渝经信发〔2024〕88号统一后: a code begins with its province, with 经 only in 经信.
_LINKS = re.compile(
    r"^(?:(?:和|与|及|或|原)+|经(?=[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼国工环商]))"
)
# For example 11440000MB2C9156XA/2026-00123 or 000014349/2026-00021.
_INDEX = re.compile(
    r"[0-9A-Za-z_]{3,24}(?:-[0-9A-Za-z]{1,12}){0,3}/(?:19|20)\d{2}(?:\d{2})?(?:\d{2})?[-_]?\d{2,8}"
    r"|\d{8,9}-\d{2,3}[-_](?:19|20)\d{2}[-_]\d{2,8}"
    r"|[0-9A-Z]{9,18}[-_](?:\d{2,3}[-_])?(?:19|20)\d{2}[-_]\d{3,8}"
)
_INDEX_LABEL = re.compile(r"^(?:索引号|索\s*引\s*号|信息索引号)[::]?")
_NO_CODE = {"公告", "通告", "令", "通知", "文", "文件", "发文", "附件", "编号", "文号"}


def is_index_number(text: str) -> bool:
    """An index number (索引号) such as 696785044/2026-00017; never a document number."""
    text = "".join(unicodedata.normalize("NFKC", text).split())
    return bool(_INDEX.fullmatch(_INDEX_LABEL.sub("", text)))


def find_document_numbers(text: str) -> list[str]:
    """The document numbers in a text, in reading order, each once, in the one spelling of
    :func:`normalise_document_number`."""
    if "号" not in text:
        return []
    text = _plain(text)
    found: list[tuple[int, str]] = []
    taken = bytearray(len(text))  # 1 where a number stands already
    for match in _BRACKETED.finditer(text):
        number = _bracketed(match)
        if number:
            begins = match.end("agency") - len(number.partition("〔")[0])
            found.append((begins, number))
            taken[begins : match.end()] = b"\1" * (match.end() - begins)
    for pattern in (_OF_SESSION, _KIND_FIRST, _KIND_LAST):
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            number = _announcement(match, text)
            if number:
                found.append((match.start(), number))
                taken[match.start() : match.end()] = b"\1" * len(match[0])
    return list(dict.fromkeys(number for _, number in sorted(found)))


@lru_cache(maxsize=4096)
def normalise_document_number(text: str) -> str:
    """One spelling for every way of writing a document number: 〔 〕, Arabic digits, no blanks,
    公告2026年第20号 and 令第73号 with the issuing body in front where it is given. A text that
    is no document number comes back without blanks."""
    plain = _plain(text).strip()
    numbers = find_document_numbers(plain)
    if numbers:
        return numbers[0]
    bare = _BARE.fullmatch(plain)
    if bare:
        return f"{_year(bare)}年第{_serial(bare)}号"
    return "".join(plain.split())


def has_agency_prefix(number: str) -> bool:
    """True if the number alone names its act: it has an agency code (代字) or, for an
    announcement or order, the issuing body in front."""
    number = normalise_document_number(number)
    agency, bracket, _ = number.partition("〔")
    if bracket:
        return len(agency) >= 2 and agency not in _NO_CODE
    match = re.match(r"(.*?)(?:公告|通告|令)(?:\d{4}年)?第", number)
    return bool(match and match.group(1))


def _plain(text: str) -> str:
    """Half-width digits and letters, without the characters that cannot be seen."""
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<![\u4e00-\u9fff])国令(?=第)", "国务院令", text)
    return re.sub(r"[\u00ad\u200b-\u200f\u2060\ufeff\x00]", "", text)


def _bracketed(match: re.Match[str]) -> str | None:
    before = match.string[: match.start()].rstrip()[-1:]
    agency = _trim_agency(match["agency"], linked=before in {*"》)]〕、,;。("})
    year, serial = _year(match), _serial(match)
    if not agency or year is None or serial is None:
        return None
    return f"{agency}〔{year}〕{serial}号"


def _trim_agency(run: str, *, linked: bool) -> str:
    """What of the characters before the bracket is the agency code; ``linked`` says that a
    title or number stands before them, so that a leading 和 is a conjunction."""
    end = 0
    for match in _LEAD_WORDS.finditer(run):
        if match.end() < len(run):
            end = match.end()
    rest = run[end:]
    if end or linked:
        rest = _LINKS.sub("", rest)
    elif len(rest) > 3 and rest[0] == "原":
        rest = rest[1:]
    return rest if len(rest) >= 2 or rest == "令" else ""


def _announcement(match: re.Match[str], text: str) -> str | None:
    before = text[max(0, match.start() - 120) : match.start()]
    kind = match["kind"]
    if kind == "令" and match.re is not _KIND_LAST and _NOT_A_KIND.search(before):
        return None
    serial = _serial(match)
    if serial is None:
        return None
    return f"{_issuing_body(before)}{kind}{_counted_by(match)}第{serial}号"


def _counted_by(match: re.Match[str]) -> str:
    """What stands before the serial number: 2026年, 〔十五届〕 or nothing."""
    if match.re is _OF_SESSION:
        count = parse_chinese_number(match["session"].strip("第届"))
        return f"〔{chinese_numeral(int(count))}届〕" if count else ""
    return f"{year}年" if match["year"] and (year := _year(match)) else ""


def _issuing_body(before: str) -> str:
    """The issuing bodies that stand directly before 公告, 令 or the year."""
    before = _BEFORE_A_BODY.split(before)[-1].replace("\n", " ").rstrip()
    body = _bodies_at_end(before)
    for lead in _LEAD_WORDS.finditer(body):
        if lead.end() < len(body):
            body = body[: lead.start()] + "\0" * (lead.end() - lead.start()) + body[lead.end() :]
    body = _LINKS.sub("", body.rpartition("\0")[2])
    body = re.sub(r"[ \t\u3000、,]+", "", body)
    return body.replace("中华人民共和国", "")


def _bodies_at_end(text: str) -> str:
    """The longest end of a text that is names of bodies and nothing else; empty if none is.

    From right to left, as a pattern with this much freedom would take for ever on some texts.
    """
    size = len(text)
    least: list[int | None] = [None] * size + [0]  # names needed from a place to the end
    han = [bool(_HAN_CHARACTER.match(char)) for char in text]
    start = size
    for place in range(size - 1, -1, -1):
        if not han[place]:
            # A separator belongs to the name before it.
            least[place] = least[place + 1] if text[place] in _BETWEEN_BODIES else None
            continue
        for end in range(place + 1, min(place + _LONGEST_BODY, size) + 1):
            for name in _BODY_ENDS:
                rest = least[end + len(name)] if text.startswith(name, end) else None
                if rest is not None and rest < (least[place] or _MOST_BODIES + 1) - 1:
                    least[place] = rest + 1
            if end == size or not han[end]:
                break
        if least[place] is not None:
            start = place
    return text[start:]


def _year(match: re.Match[str]) -> int | None:
    raw = "".join(match["year"].split())
    value = parse_chinese_number(raw)
    return int(value) if value is not None and 1949 <= value <= 2100 else None


def _serial(match: re.Match[str]) -> str | None:
    raw = match["serial"]
    if "-" in raw:
        return raw
    value = parse_chinese_number(raw)
    return str(int(value)) if value is not None else None
