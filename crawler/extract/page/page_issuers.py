"""Find the issuing bodies: in signature block, title, number line, metadata table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from crawler.extract import printed_dates
from crawler.extract.dom import clean_text, squeeze

_SUFFIX = (
    r"部|委员会|委|局|厅|办公室|办|署|院|会|银行|行|政府|中心|司|处|站|所|总队|支队|大队|集团|公司|"
    r"组|社|党组|工会|指挥部|学会|协会|法院|检察院|大学|学院|海关|分局|专员公署|基金"
)
_ORG = re.compile(
    rf"[\u4e00-\u9fff·（）()“”]{{2,40}}(?:{_SUFFIX})(?:[（(][\u4e00-\u9fff、]{{2,40}}[）)])?"
)
_NOT_ORG = re.compile(
    r"^(?:各|附件?|抄送|主送|联系|根据|本|该|其|有关|相关|依据|按照|经|为|由|向|报|与|和|及|第|一、|二、|特此|此|凡)|"
    r"关于|印发|通知|公告|通告|部门$|各有关|如下|现将|以下|同意|请|已经|应当|可以|可|不得|提供|办理|下载|"
    r"(?:年|月|日).*(?:年|月|日)|的|了|是|在|将|者|等单位|等部门"
)
_CROWD = re.compile(r"[一二三四五六七八九十两多几\d]+\s*(?:个)?(?:部门|部委|委局|单位|部委局)")
# 某某监督管理局行政处罚信息公开表, 某某海事局行政许可决定书
_BEFORE_A_PENALTY = re.compile(
    r"([\u4e00-\u9fff]{2,40}?(?:局|厅|委员会|委|部|署|支队|总队|政府|办公室))"
    r"(?:行政(?:处罚|许可|强制|检查|监管)|监管措施|责令改正|约谈)[\u4e00-\u9fff]{0,12}?(?:表|书|公示|公告|信息|名单)"
)
_SEAL = re.compile(r"[（(]\s*(?:盖章|公章|印章|章|代章|代)\s*[）)]|\s*(?:盖章|公章)\s*$")
_ACT = re.compile(
    r"(?:通知|公告|通告|办法|规定|意见|指引|方案|决定|公示|细则|条例|批复|函|令|规范|标准|目录|指南|规划|计划|名单|"
    r"措施|要求|规则|准则|清单|声明|通报)(?:[（(].{1,30}[）)])?$"
)
_FULL_BODY = re.compile(r"(?:厅|局|委员会|委|部|人民政府|办公室|总局|署|办公厅|银行)$")
_DATED_SIGNATURE = re.compile(
    r"^(?P<who>.{3,80}?)\s*(?P<day>(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[〇零○一二三四五六七八九]{4}年.{2,6}日)$"
)
_FIRM = re.compile(r"(?:公司|集团|厂|店)$")  # signs no act; its name may stand in a list


def is_body_name(text: str) -> bool:
    """Whether a text is the name of one public body (or of a firm that publishes)."""
    name = squeeze(text)
    if not 3 <= len(name) <= 45 or _CROWD.search(name) or _NOT_ORG.search(name):
        return name in {"国务院", "外交部", "公安部"} and not _CROWD.search(name)
    return bool(_ORG.fullmatch(name))


def split_names(text: str) -> tuple[str, ...]:
    """Names in a cell or a line, separated by blanks, 、 or commas; () if any is no body."""
    cleaned = _SEAL.sub("", clean_text(text)).strip("：:。；; ")
    if not cleaned:
        return ()
    pieces = [piece for piece in re.split(r"[\s、，,；;/|]+", cleaned) if piece]
    pieces = _attach_brackets(pieces)
    if len(pieces) > 1 and all(len(piece) == 1 for piece in pieces):
        pieces = ["".join(pieces)]
    if pieces and all(is_body_name(piece) for piece in pieces):
        return tuple(dict.fromkeys(pieces))
    joined = squeeze(cleaned)
    if len(pieces) > 1 and max(len(piece) for piece in pieces) <= 2 and is_body_name(joined):
        return (joined,)
    return ()


def _attach_brackets(pieces: list[str]) -> list[str]:
    merged: list[str] = []
    for piece in pieces:
        if merged and merged[-1].count("（") > merged[-1].count("）"):
            merged[-1] += piece
        else:
            merged.append(piece)
    return merged


def from_title(title: str) -> tuple[str, ...]:
    """Names before 关于 (or before 公告, 令); 五部门 names none."""
    text = clean_text(title)
    for mark in ("关于", "印发", "转发", "公开征求", "办公厅关于"):
        if mark in text:
            head = text.split(mark, 1)[0].strip()
            names = split_names(head)
            if names:
                return names
            break
    if match := _BEFORE_A_PENALTY.match(text):
        return split_names(match[1])
    match = re.match(
        r"^([\u4e00-\u9fff、\s]{3,60}?)(?:公告|通告|令)\s*[（(]?\s*(?:第|(?:19|20)\d{2}\s*年)", text
    )
    return split_names(match[1]) if match else ()


def from_number(number: str | None) -> tuple[str, ...]:
    """Who a number names: 广州市人民政府令第179号."""
    if not number:
        return ()
    match = re.match(r"^(.{3,60}?)(?:公告|通告|令)[（(]?(?:第|(?:19|20)\d{2}年)", number)
    return split_names(match[1]) if match else ()


def from_head(lines: list[str]) -> tuple[str, ...]:
    """Names in the title that the body repeats at its head."""
    names: list[str] = []
    for line in lines[:12]:
        if len(line) > 160 or line.endswith(("：", ":")):
            break
        if "关于" in line:
            if line.lstrip().startswith(("点击", "政策", "解读", "【", "相关")):
                continue
            before = squeeze(line.split("关于", 1)[0])
            return from_title(line) or (tuple(dict.fromkeys(names)) if not before else ())
        if names and squeeze(line) in {"令", "公告", "通告"}:
            return tuple(dict.fromkeys(names))
        names.extend(split_names(line))
    return ()


def signature(lines: list[str]) -> tuple[tuple[str, ...], date | None]:
    """The signature block: names in the lines before a line that is only a date.

    The first such block counts: what follows it is the text that the notice hands on.
    """
    bare: date | None = None
    for position, line in enumerate(lines):
        if len(line) > 100:
            continue
        day = printed_dates.is_date_only(line)
        if day is not None:
            names = _names_before(lines, position)
            if names:
                return names, day
            if position >= len(lines) - 6 and position > 0 and bare is None:
                bare = day
            continue
        match = _DATED_SIGNATURE.match(line)
        names = split_names(match["who"]) if match else ()
        if names and not _FIRM.search(names[-1]) and (day := printed_dates.first_date(line)):
            return (*_names_before(lines, position), *names), day
    return (), bare


def _names_before(lines: list[str], position: int) -> tuple[str, ...]:
    collected: list[str] = []
    for line in reversed(lines[max(0, position - 14) : position]):
        names = split_names(line) if len(line) <= 120 else ()
        if not names or any(_FIRM.search(name) for name in names):
            break
        collected[:0] = names
    return tuple(dict.fromkeys(collected))


@dataclass(frozen=True, kw_only=True, slots=True)
class IssuerWitnesses:
    """Where a page names its issuing bodies, read so far as each place goes."""

    signed: tuple[str, ...]
    number: tuple[str, ...]
    head: tuple[str, ...]
    title: tuple[str, ...]
    issuer_cells: tuple[str, ...]
    publisher_cells: tuple[str, ...]
    buyer_cells: tuple[str, ...]
    source: str
    title_text: str


def choose(found: IssuerWitnesses) -> tuple[str, ...]:
    """The issuing bodies, from the best witness; a longer list that contains it wins."""
    stated, publisher, buyer = (
        next((names for cell in cells if (names := split_names(cell))), ())
        for cells in (found.issuer_cells, found.publisher_cells, found.buyer_cells)
    )
    chosen = found.signed or found.number or found.head or found.title
    chosen = chosen or stated or publisher or buyer
    for other in (stated, found.title, found.head, publisher):
        if len(other) > len(chosen) and set(chosen) <= set(other):
            chosen = other
    if not chosen and _ACT.search(found.title_text):
        names = split_names(found.source)
        if names and all(_FULL_BODY.search(name) and len(name) >= 5 for name in names):
            chosen = names
    return chosen
