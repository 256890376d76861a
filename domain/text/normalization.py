"""Bring text to one spelling for comparison, identity and search, and repair PDF text.

Pure functions that every stage uses.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from domain.text.traditional import SIMPLIFIED

# ------------------------------------------------------------------ characters

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e"
    "\u200f\u2060\u2061\u2062\u2063\u2064\u206a\u206b\u206c\u206d\u206e\u206f\ufeff\ufff9\ufffa"
    "\ufffb\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ALIKE = {
    '"': "“”„‟«»「」『』〝〞〟＂｢｣",
    "'": "‘’‚‛＇`´",
    "[": "〔［【﹝〖〘〚",
    "]": "〕］】﹞〗〙〛",
    "-": "‐‑‒–—―−－﹣﹘─━ー",
    "·": "•‧∙⋅・･●",
    "~": "～〜∼",
    "〇": "○◯",
}
# Radicals that PDF fonts put in place of characters and NFKC leaves alone.
_RADICALS = (
    "⺠民⺎兀⺟母⺼月⻁虎⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦"
    "⻩黄⻬齐⻮齿⻰龙⻳龟⻌辶⻖阝⺮竹⺩王⺨犭⺾艹⻊足"
)


def _number_like(code: int) -> str | None:
    """①, ², ½ … keep apart from the plain digit that NFKC would make of them."""
    char = chr(code)
    form, _, _ = unicodedata.decomposition(char).partition(" ")
    if form not in {"<circle>", "<super>", "<fraction>"}:
        return None
    plain = unicodedata.normalize("NFKC", char)
    if not any(c.isdigit() for c in plain):
        return None
    return {"<circle>": f"({plain})", "<super>": f"^{plain}"}.get(form, f" {plain} ")


_BEFORE = {
    code: spelled
    for low, high in (
        (0xB2, 0xBF),
        (0x2070, 0x2090),
        (0x2150, 0x2190),
        (0x2460, 0x24FF),
        (0x3251, 0x32C0),
    )
    for code in range(low, high)
    if (spelled := _number_like(code)) is not None
}
_CLEAN: dict[int, str | None] = {ord(c): None for c in _INVISIBLE}
_CLEAN |= dict.fromkeys((*range(0xFE00, 0xFE10), *range(0x7F, 0x85), *range(0x86, 0xA0)))
_CLEAN |= {c: None for c in range(0x20) if chr(c) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"}
_CLEAN |= {ord(c): plain for plain, alike in _ALIKE.items() for c in alike}
_CLEAN |= {ord(_RADICALS[i]): _RADICALS[i + 1] for i in range(0, len(_RADICALS), 2)}
_BEFORE[0xB4] = "'"
_SPELLED = re.compile("[" + "".join(map(chr, _BEFORE)) + "]")

_SPACES = re.compile(r"\s+")
# A blank means something between two letters, between two digits, and after a point that may
# belong to a number; everywhere else it is layout.
# For example 动力 电池.
_LAYOUT_SPACE = re.compile(
    r"(?<![A-Za-z0-9.,]) | (?![A-Za-z0-9.,])|(?<=[A-Za-z]) (?=[0-9])|(?<=[0-9]) (?=[A-Za-z])"
    r"|(?<=[A-Za-z]) (?=[.,])|(?<=[.,]) (?=[A-Za-z])"
)
_DASHES = re.compile(r"-{2,}")


def normalise(text: str) -> str:
    """The text for comparison: what differs only in width, invisible characters, blanks, line
    breaks or the style of quotes, brackets and dashes comes out equal; a changed letter or
    digit never does. Not for display."""
    if _SPELLED.search(text):
        text = text.translate(_BEFORE)
    text = unicodedata.normalize("NFKC", text).translate(_CLEAN)
    text = _SPACES.sub(" ", text).strip()
    return _DASHES.sub("-", _LAYOUT_SPACE.sub("", text))


_BRACKETS = {ord(c): "[" for c in "({"} | {ord(c): "]" for c in ")}"}
_SEARCH: dict[int, str | None] = {**SIMPLIFIED, **_CLEAN, **_BRACKETS}
# For example 动力 电池.
_OUTSIDE_WORDS = re.compile(
    r"(?<![a-z0-9]) | (?![a-z0-9])|(?<=[a-z]) (?=[0-9])|(?<=[0-9]) (?=[a-z])"
)


def search_key(text: str) -> str:
    """The text as search compares it: NFKC, lower case, simplified characters, one style of
    brackets, quotes and dashes, no blanks except between letters or between digits (GB/T 34014
    is GB/T34014). A piece of a text
    has a key that is a piece of the text's key."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_SEARCH)
    text = _SPACES.sub(" ", text)
    return _OUTSIDE_WORDS.sub("", text)


# Where characters can stand for others: not among the Han characters and Hangul themselves.
_VARIANT_RANGES = (
    (0xA0, 0x180), (0x2B0, 0x370), (0x1D00, 0x1DC0), (0x2000, 0x2E00), (0x2E80, 0x2FE0),
    (0x3000, 0x3400), (0xF900, 0xFB10), (0xFE10, 0xFFF0),
)  # fmt: skip


@lru_cache(maxsize=1)
def _variants() -> tuple[dict[str, str], re.Pattern[str]]:
    """For each character of a search key the ones that become it, and a pattern for characters
    that become several."""
    alike: dict[str, list[str]] = {}
    several: list[str] = []
    codes = [c for low, high in _VARIANT_RANGES for c in range(low, high)]
    for code in (*range(0x21, 0x7F), *codes, *SIMPLIFIED):
        char = chr(code)
        key = search_key(char)
        if len(key) > 1:
            several.append(char)
        elif key and key != char:
            alike.setdefault(key, []).append(char)
    classes = {key: "".join(chars) for key, chars in alike.items()}
    return classes, re.compile("[" + re.escape("".join(several)) + "]|[^\u0000-\uffff]")


def search_pattern(key: str) -> re.Pattern[str]:
    """A pattern that finds a search key in text as it stands, without making the text's key;
    it misses characters that stand for several (:func:`has_ligatures`)."""
    classes, _ = _variants()
    pieces: list[str] = []
    for index, char in enumerate(key):
        if index:
            inside_word = _one_word(key[index - 1], char)
            pieces.append(_UNSEEN_GAP if inside_word else _ANY_GAP)
        if char == " ":
            pieces.append(r"\s+")
        elif char in classes:
            pieces.append("[" + re.escape(char + classes[char]) + "]")
        else:
            pieces.append(re.escape(char))
    return re.compile("".join(pieces))


def has_ligatures(text: str) -> bool:
    """True if a character of the text becomes several in its search key (㎡, ①, ㈠)."""
    return bool(_variants()[1].search(text))


_UNSEEN_GAP = "[" + re.escape(_INVISIBLE) + "]*"
_ANY_GAP = r"[\s" + re.escape(_INVISIBLE) + "]*"


def _one_word(left: str, right: str) -> bool:
    """Two letters, or two digits: a blank between them would count."""
    if not (left.isascii() and right.isascii()):
        return False
    return (left.isalpha() and right.isalpha()) or (left.isdigit() and right.isdigit())


# ------------------------------------------------------------------ PDF text

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


def repair_cjk_spaces(text: str) -> str:
    """PDF text made readable: no blanks between Chinese characters and digits (第 1 条), lines
    broken at the page's edge joined again. Tabs and blank lines stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_UNSEEN)
    text = _BROKEN_NUMBER.sub(r"第\1\2", text)
    text = _DIGIT_GAP.sub("", _CJK_GAP.sub("", text))
    lines = [line.strip(" \u00a0\u3000") for line in text.split("\n")]
    return "\n".join(_joined(lines))


_UNSEEN = {ord(c): None for c in _INVISIBLE + "\x00\x02"} | {
    ord(_RADICALS[i]): _RADICALS[i + 1] for i in range(0, len(_RADICALS), 2)
}


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


# ------------------------------------------------------------------ titles

# For example 管理办法-政策文件 or 管理办法_工业和信息化部.
_SITE_SUFFIX = re.compile(
    r"(?:_.*|[-|](?:意见征集|征求意见|政策文件|通知公告|政务公开|信息公开|法律法规|新闻|首页|政策|公示公告|文件发布)"
    r"(?:[-|_].*)?|[-|][^-|()]*(?:网|门户|网站|政府|委员会|厅|局|部|总署|平台))$"
)
# For example 管理办法(2026年第20号) or 管理办法(工信部联节[2026]17号).
_NUMBER_SUFFIX = re.compile(
    r"(?:\((?:[^()]*\[(?:19|20)\d{2}\][^()]*号|(?:公告|令)?(?:19|20)\d{2}年第\d+号|第[\d〇零一二三四五六七八九十百]+号)\)"
    r"|\[[^\[\]]*年第\d+号\])$"
)
_BODY = r"(?:部|委|局|署|院|厅|会|办|行|办公厅|办公室|委员会|政府|部门|单位|司|总局|公司|中心|海关)"
_ISSUERS = re.compile(rf"^(?:(?!关于|《).){{0,200}}?{_BODY}(?=关于|印发|联合印发|发布|公布|就《)")
# For example 关于印发《管理办法》的通知.
_WRAPPED = re.compile(
    r"^(?:关于)?(?:联合)?(?:印发|发布|公布|颁布|下发|修订印发|重新印发|实施|施行|批准发布)"
    r"(?:(?:施行|实施))?[《<](?P<title>.+)[》>](?:的)?(?:通知|公告|通告|函|令|决定)?$"
)
# For example 关于公布符合条件企业名单的公告.
_WRAPPED_PLAIN = re.compile(
    r"^(?:关于)?(?:联合)?(?:印发|发布|公布|颁布)(?P<title>[^《》]{4,})的(?:通知|公告|通告|函)$"
)
# For example 公开征求对《管理办法》的意见 or 关于《管理办法》(征求意见稿)公开征求意见的通知.
_DRAFT = re.compile(
    r"^(?:关于)?(?:再次)?(?:公开)?(?:征求|征集|对|就)?(?:社会公众)?对?[《<](?P<title>.+)[》>]"
    r"(?:\(?(?:征求意见稿|公开征求意见稿)\)?)?(?:再次)?(?:向社会)?(?:公开)?(?:征求|征集)?(?:公众|社会|社会各界)?的?意见(?:建议)?"
    r"(?:的(?:通知|公告|通告|函|公示))?$"
)
_DRAFT_MARK = re.compile(r"\((?:公开)?征求意见稿\)|\(草案[^()]*\)|\(送审稿\)")
_WRAPPERS_MAX = 4


def normalise_title(title: str) -> str:
    """A title for identity: the act's own name without issuers, 关于印发…的通知, 书名号, blanks,
    number and the site's suffix. A forward (转发) keeps its wrapper, a draft its mark."""
    text = normalise(title).replace(" ", "")
    text = _SITE_SUFFIX.sub("", text) if not text.startswith("_") else text
    whole = text
    for _ in range(_WRAPPERS_MAX):
        peeled = _peel(text)
        if len(peeled) < 4 or peeled == text:
            break
        text = peeled
    text = re.sub(r"[《》<>\"'\[\]·]", "", text).strip("。.,，;；:：-").casefold()
    return text or whole.casefold()


def _peel(text: str) -> str:
    """One wrapper less."""
    text = _NUMBER_SUFFIX.sub("", text)
    issuers = _ISSUERS.match(text)
    if issuers and "转发" not in issuers.group():
        text = text[issuers.end() :]
    if "转发" in text.partition("《")[0]:
        return text
    draft = _DRAFT.match(text)
    if draft and _balanced(draft["title"]):
        inner = draft["title"]
        return inner if _DRAFT_MARK.search(inner) else inner + "(征求意见稿)"
    wrapped = _WRAPPED.match(text) or _WRAPPED_PLAIN.match(text)
    if wrapped and _balanced(wrapped["title"]):
        return wrapped["title"]
    if text.startswith("《") and text.endswith("》") and _balanced(text[1:-1]):
        return text[1:-1]
    return text.removeprefix("关于") if len(text) > 6 else text


def _balanced(title: str) -> bool:
    """False if the brackets around it belong to two titles (《甲》和《乙》)."""
    depth = 0
    for char in title:
        depth += (char in "《<") - (char in "》>")
        if depth < 0:
            return False
    return depth == 0
