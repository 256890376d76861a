"""An article cut into sentences that may each be a claim."""

from __future__ import annotations

import re

from domain.claims.words.plain_form import is_chinese

_MOST = 400  # claims of one text
_LONGEST = 1200  # characters of one claim
# Behind these a full stop ends no sentence.
_SHORT = re.compile(
    r"(?:\b(?:no|nos|art|arts|mr|ms|mrs|dr|co|ltd|inc|corp|e\.g|i\.e|u\.s|approx|vs|st|cf|para|fig|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec|p|pp|etc|al)|(?-i:(?<![\w.])[A-Z]))\.$",
    re.I,
)
_END = re.compile(
    r"[.!?][\"”’)\]]*(?=\s+[\"“‘(\[]?[A-Z0-9\u4e00-\u9fff])|[。！？][”」』）]?|[；;](?=\s|"
    r"[\u4e00-\u9fff]|$)"
)
# # Heading, - item, 1. item, > quote
_MARKDOWN = re.compile(
    r"^\s*(?:#{1,6}\s+|[-*+•·]\s+|>\s*|\d{1,2}[.)]\s+(?=[A-Z\u4e00-\u9fff])|"
    r"[（(][一二三四五六七八九十\d]{1,2}[）)]\s*)"
)
# BEIJING, Jan. 20 (Wire) --; 本报讯; 新华社北京1月20日电
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Za-z.' ]{2,24}(?:, ?[A-Za-z.]{2,12} ?\d{0,2},?(?: \d{4})?)? ?"
    r"(?:\([^()]{1,30}\))? ?(?:--|"
    r"—|–) |"
    r"(?:本报|本网|[\u4e00-\u9fff]{2,6}(?:社|"
    r"网))(?:[\u4e00-\u9fff]{0,4})?(?:\d{1,2}月\d{1,2}日)?(?:讯|"
    r"电)[ ，:：]*(?:[（(]记者[^（()）]{1,16}[)）])?)\s*"
)
_EMPHASIS = re.compile(r"\*\*|__|`|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\([^)\s]{0,500}\)")
# https://sy.battery.invented.example, without the point that ends the sentence
_ADDRESS = re.compile(r"https?://[^\s，。；）)]*[^\s，。；）).,;:]")
_NAMED_ADDRESS = re.compile(
    r"(?:网址|地址|address|website|portal|platform|reached at|(?:is|was|be|at))[^。.;；]{0,24}$",
    re.I,
)
# Who wrote it, when and where; what the page offers.
_FURNITURE = re.compile(
    r"^(?:by [A-Z][\w .'-]{2,40}$|by [A-Z][\w .'-]{2,40}[|,·]|source ?[:：]|author ?[:：]|"
    r"image ?[:：]|photo ?[:：]|tags? ?[:：]|"
    r"read more|related|subscribe|share this|copyright|©|updated ?[:：]|posted|from ?:|"
    r"to ?:|subject ?:|date ?:|cc ?:|"
    r"dear |hi |hello |kind regards|best regards|regards|yours |来源[:：]|作者[:：]|"
    r"编辑[:：]|责任编辑|发布时间|"
    r"图片来源|免责声明|版权|点击|相关阅读|尊敬的|您好|此致|敬礼)",
    re.I,
)
# , while the 2018 measures …; ，而《…》
_TURN = re.compile(r",? (?:while|whereas) (?=the |[A-Z])|，(?:而|同时)(?=《)")
# （一）, 1. at the start of an item of a list
_ITEM = re.compile(r"^(?:[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[.、．])")
_BROKEN_OFF = 80  # characters of a line that is no heading
_VERBISH = 60  # characters behind which a turn may begin a claim of its own


def split_sentences(text: str) -> list[str]:
    """The sentences of a text in reading order, without furniture; at most some hundred."""
    found: list[str] = []
    for line in _lines(text):
        for sentence in _of_line(line):
            if _long_enough(sentence) and not _FURNITURE.match(sentence):
                found.append(sentence[:_LONGEST])
    return found[:_MOST]


def law_sentences(text: str) -> list[tuple[str, str]]:
    """The sentences of a provision, each with the words that it takes over: a list's items
    have those before the colon."""
    found: list[tuple[str, str]] = []
    opening = ""
    for line in re.split(r"[\n。]", text):
        parts = [part.strip() for part in line.split("；") if part.strip()]
        for place, part in enumerate(parts):
            item = _ITEM.match(part) is not None
            said = opening if item else parts[0] if place else ""
            found.append((part, said))
            if part.endswith("：") or ("：" in part[-60:] and not item):
                opening = part.rpartition("：")[0]
        if parts and not _ITEM.match(parts[-1]) and "：" not in parts[-1]:
            opening = ""
    return [(part, said) for part, said in found if len(part) >= 4]


def case_sentences(text: str) -> list[tuple[str, str]]:
    """The paragraphs of a report on cases: who did what and what came of it belong together."""
    return [(line.strip(), "") for line in text.split("\n") if len(line.strip()) >= 4]


def _lines(text: str) -> list[str]:
    """Paragraphs: a line that was broken in the middle of a sentence goes on in the next."""
    joined: list[str] = []
    for raw in text.replace("\r\n", "\n").split("\n"):
        line = _bare(raw)
        goes_on = (
            bool(joined and joined[-1]) and not _MARKDOWN.match(raw) and _open_end(joined[-1], line)
        )
        if goes_on:
            joined[-1] += ("" if is_chinese(line) else " ") + line
        else:
            joined.append(line)
    return [line for line in joined if line]


def _open_end(before: str, line: str) -> bool:
    """Whether a line broke off: without an end, and the next begins small or it is so long
    that it is no heading."""
    if not line or before[-1] in '.!?。！？;；:：”"':
        return False
    return len(before) > (_BROKEN_OFF if not line[:1].islower() else 50) or (
        is_chinese(before) and is_chinese(line) and len(before) > _BROKEN_OFF // 2
    )


def _bare(raw: str) -> str:
    line = _DATELINE.sub("", _MARKDOWN.sub("", raw.strip()))
    line = _LINK.sub(r"\1", line)
    return _ADDRESS.sub(_said, _EMPHASIS.sub("", line)).strip(" |\t")


def _said(match: re.Match[str]) -> str:
    """An address that the sentence is about stays; a mere link does not."""
    return match[0] if _NAMED_ADDRESS.search(match.string[: match.start()]) else " "


def _of_line(line: str) -> list[str]:
    parts, start = [], 0
    for match in _END.finditer(line):
        if match[0].startswith(".") and _SHORT.search(
            line[max(0, match.start() - 8) : match.start() + 1]
        ):
            continue
        parts.append(line[start : match.end()])
        start = match.end()
    parts.append(line[start:])
    return [piece for part in parts for piece in _turns(part.strip(" ;；"))]


def _turns(sentence: str) -> list[str]:
    """A sentence that turns to something else behind a while is two."""
    match = _TURN.search(sentence)
    if match is None or match.start() < 20 or len(sentence) - match.end() < 20:
        return [sentence]
    if not is_chinese(sentence) and (match.start() < 30 or len(sentence) < _VERBISH):
        return [sentence]
    return [sentence[: match.start()].rstrip(" ,，"), sentence[match.end() :].lstrip(" ,，")]


def _long_enough(sentence: str) -> bool:
    if is_chinese(sentence):
        return len(sentence) >= 8
    return len(sentence) >= 16 and sentence.count(" ") >= 2
