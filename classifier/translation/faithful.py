"""Check that a machine translation kept numbers, dates, negation and modal verbs.

A doubt withholds it: the reader still has the Chinese and the facts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.facts.figures.numbers import CHINESE
from classifier.facts.sentences import fold_width
from domain.text.numerals import parse_chinese_number

_SCALE = {"万": 1e4, "亿": 1e8, "千": 1e3, "百": 1e2}
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
_WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_SMALL)},
    **{word: 20.0 + 10 * value for value, word in enumerate(_TENS)},
    **{word: float(value) for word, value in _ORDINALS.items()},
    "half": 0.5, "once": 1.0, "twice": 2.0, "double": 2.0, "triple": 3.0, "both": 2.0,
    "a": 1.0, "an": 1.0, "single": 1.0, "each": 1.0, "per": 1.0, "every": 1.0, "same": 0.0,
}  # fmt: skip
_POWERS = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "k": 1e3}

_DIGITS = re.compile(r"(?<![\d.])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)([千百]?[万亿]|千)?")
# For example 三十日 or 五万元.
_COUNTED = re.compile(
    rf"({CHINESE}[万亿]{{0,2}}|半)(?=个?(?:工作日|自然日|日|天|月|年|周|小时|分钟|元|万元|亿元|倍|吨|千克|公斤|批|项|条|款|章|部门|家|次|级|类|位|季度)|万|亿)"
)
_PERCENT = re.compile(rf"百分之({CHINESE})")
_YEAR_CN = re.compile(r"[一二][〇零○一二三四五六七八九]{3}(?=年)")
_WORD = rf"(?:{'|'.join([*_WORDS, *_POWERS])})"
# For example 30, 1,000 or two thousand.
_ENGLISH_NUMBER = re.compile(
    r"(?<![\w.])(?:(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:st|nd|rd|th)?|"
    rf"({_WORD}(?:[ -](?:and[ -])?{_WORD})*))"
    r"(?:[ -]?(hundred|thousand|million|billion))?(?![\w])",
    re.IGNORECASE,
)
_MONTH_NAME = re.compile(rf"\b({'|'.join(_MONTHS)}|{'|'.join(m[:3] for m in _MONTHS)})\b", re.I)

# 不 and 无 in words that negate nothing.
_NO_NEGATION = re.compile(
    r"不(?:得)?(?:少于|超过|低于|高于|小于|大于|多于|早于|晚于|迟于)|"
    r"不(?:足|满|断|同|仅|锈钢|动产|管|论|等|定期|可抗力|良)|"
    r"无(?:害化|锡|线|人机|偿|论)|未来|非(?:机动车|金属|化石)|免费"
)
_NEGATION = re.compile(r"不|未|无|禁止|严禁|非(?!常)|免(?:予|于|除)|没有|停止|废止|拒绝|取消|撤销")
_MISSING = re.compile(r"不予|未|不(?!得|准|断|同|仅)")
_FORBIDDEN = re.compile(r"不得|不准|禁止|严禁")
# For example shall not, without or unauthorised.
_NEGATED = re.compile(
    r"\b(?:not|no(?!\.\s*\d)|never|without|none|neither|nor|cannot|prohibit\w*|forbid\w*|forbidden|"
    r"refus\w+|fail\w*|lack\w*|absen\w+|exempt\w*|substandard|"
    r"un(?!der|til|it|i[cfo]|iversal)\w{4,}|in(?:valid|complete|accurate|consistent)\w*|non-?\w+|"
    r"reject\w*|den(?:y|ied|ies)|free (?:from|of)|except\w*|other than|less than|waive\w*)\b|n't\b",
    re.IGNORECASE,
)
# For example must not or prohibited.
_PLAIN_NOT = re.compile(
    r"\b(?:(?:shall|must|may|should|can|do|does|did|is|are|will|need)\s+not|not|never|cannot|"
    r"prohibit\w*|forbid\w*|forbidden|ban|bans|banned)\b|n't\b|"
    r"\bno\s+(?:\w+\s+){1,3}(?:shall|may|can|is|are)\b",
    re.IGNORECASE,
)
# For example not less than or no later.
_BOUND = re.compile(
    r"\b(?:not|no) (?:\w+ )?"
    r"(?:less|fewer|more|exceed\w*|later|lower|higher|greater|below|above|only)\b",
    re.IGNORECASE,
)
_AT_MOST_CN = re.compile(r"不(?:得)?(?:超过|高于|大于|多于|晚于|迟于)|最高|至多")
_AT_LEAST_CN = re.compile(r"不(?:得)?(?:少于|低于|小于|早于)|至少|最低")
# For example at most, not more than or within.
_AT_MOST_EN = re.compile(
    r"exceed|\b(?:most|more than|up to|maximum|max|within|or less|less than|below|under|higher|"
    r"greater|later|limit\w*|cap\w*|ceiling|or fewer|over|above|before|by)\b",
    re.IGNORECASE,
)
# For example at least or not less than.
_AT_LEAST_EN = re.compile(
    r"\b(?:least|less than|fewer than|minimum|min|or more|more than|above|over|lower|below|under|"
    r"earlier|floor|before)\b",
    re.IGNORECASE,
)
# For example 应当 or 必须.
_DUTY_CN = re.compile(
    r"应当|应该|必须|须(?!知)|务必|"
    r"(?<![供响相反效适感对呼顺理])应(?!急|用|对|变|力|届|邀|聘|答|付|运|收|诉|税)|"
    r"(?<![必所急供刚])需(?!求|要求|方)"
)
_SANCTION_CN = re.compile(r"责令|处|没收|予以|给予|施行|实施|负责")  # often "shall" in English
_ORDER_CN = re.compile(r"责令")
# For example 可以 or 有权.
_MAY_CN = re.compile(
    r"可以|有权|(?<![许认不])可(?!靠|能|行|追溯|再生|回收|持续|燃|拆|视|用|疑|持|见|观|利用)"
)
# For example shall or is required to.
_DUTY_EN = re.compile(
    r"\b(?:shall|must|should|requir\w+|oblig\w+|need(?:s|ed)? to|ha(?:ve|s) to|(?:is|are) to|"
    r"needs?|needed|ought|mandatory|will)\b",
    re.IGNORECASE,
)
# For example ordered to.
_ORDER_EN = re.compile(
    r"\b(?:order\w*|instruct\w*|direct\w*|requir\w+|command\w*|demand\w*)\b", re.IGNORECASE
)
# For example may or is entitled to.
_MAY_EN = re.compile(
    r"\b(?:may|can|could|might|allow\w*|permit\w*|option\w*|able to|entitle\w*|right to|"
    r"eligible|possible|\w+able)\b",
    re.IGNORECASE,
)
_HARD_DUTY_EN = re.compile(r"\b(?:shall|must)\b", re.IGNORECASE)
_HAN = re.compile(r"[一-鿿]")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\b[\w-]+\.(?:com|cn|org|net|gov)\b", re.IGNORECASE)


def loss(source: str, english: str) -> str | None:
    """What the translation lost or made up; None if it may be shown."""
    text, _ = fold_width(source)
    return (
        _odd(text, english)
        or _numbers(text, english)
        or _negation(text, english)
        or _modal(text, english)
    )


def _odd(text: str, english: str) -> str | None:
    if not english.strip():
        return "nothing came back"
    if len(_HAN.findall(english)) > max(4, 0.15 * len(english)):
        return "not translated"
    if len(english) > 60 + 12 * len(text) or 4 * len(english) < len(text):
        return "length"
    known = {match[0].lower() for match in _ADDRESS.finditer(text)}
    if any(not _among(match[0].lower(), known) for match in _ADDRESS.finditer(english)):
        return "an address that the text does not hold"
    return None


def _among(address: str, known: set[str]) -> bool:
    return any(address.rstrip(".,;)") in other for other in known)


# ---------------------------------------------------------------- numbers and dates


def _numbers(text: str, english: str) -> str | None:
    stated = set(_stated(text))
    found = set(_found(english))
    for value in sorted(stated):
        if value not in found:
            return f"the number {value:g}"
    written = set(_digits_in(english))
    allowed = stated | {1.0} | set(_loose(text))
    for value in sorted(written):
        if value not in allowed:
            return f"a number that the text does not hold: {value:g}"
    return None


def _stated(text: str) -> Iterator[float]:
    """Numbers that must survive: all digits, and Chinese numerals that count something."""
    for match in _DIGITS.finditer(text):
        value = float(match[1].replace(",", ""))
        for unit in match[2] or "":
            value *= _SCALE[unit]
        yield round(value, 6)
    years = _YEAR_CN.sub("", text)
    for match in _YEAR_CN.finditer(text):
        yield float(parse_chinese_number(match[0].replace("○", "〇")) or 0)
    for match in _PERCENT.finditer(years):
        yield float(parse_chinese_number(match[1]) or 0)
    for match in _COUNTED.finditer(_PERCENT.sub("", years)):
        counted = 0.5 if match[1] == "半" else parse_chinese_number(match[1])
        if counted:
            yield float(counted)


def _loose(text: str) -> Iterator[float]:
    """Numbers that may appear: any Chinese numeral of the text."""
    for match in re.finditer(rf"{CHINESE}[万亿]{{0,2}}", text):
        value = parse_chinese_number(match[0])
        if value is not None:
            yield float(value)
    for match in re.finditer(r"\d+(?:\.\d+)?", text):
        yield float(match[0])


def _found(english: str) -> Iterator[float]:
    for match in _ENGLISH_NUMBER.finditer(english):
        value = float(match[1].replace(",", "")) if match[1] else _spelled(match[2].lower())
        yield round(value * _POWERS.get((match[3] or "").lower(), 1.0), 6)
        yield value
    for match in _MONTH_NAME.finditer(english):
        yield 1.0 + [name[:3] for name in _MONTHS].index(match[1].lower()[:3])
    for match in re.finditer(r"\d+(?:\.\d+)?", english):
        yield float(match[0])


def _digits_in(english: str) -> Iterator[float]:
    for match in _ENGLISH_NUMBER.finditer(english):
        if match[1]:
            value = float(match[1].replace(",", ""))
            yield round(value * _POWERS.get((match[3] or "").lower(), 1.0), 6)


def _spelled(words: str) -> float:
    total = part = 0.0
    for word in re.split(r"[ -]+", words):
        if word in _POWERS:
            part = (part or 1.0) * _POWERS[word]
            if _POWERS[word] >= 1000:
                total, part = total + part, 0.0
        elif word != "and":
            part += _WORDS.get(word, 0.0)
    return total + part


# ------------------------------------------------------------- negation and modal verbs


def _negation(text: str, english: str) -> str | None:
    bare = _NO_NEGATION.sub("", text)
    plain = _BOUND.sub("", english)
    if _FORBIDDEN.search(bare) and not _PLAIN_NOT.search(plain):
        return "a prohibition"
    if _MISSING.search(bare) and not _NEGATED.search(plain):
        return "a negation"
    if not _NEGATION.search(bare) and _PLAIN_NOT.search(plain):
        return "a negation that the text does not hold"
    return None


def _modal(text: str, english: str) -> str | None:
    if _AT_MOST_CN.search(text) and not _AT_MOST_EN.search(english):
        return "an upper limit"
    if _AT_LEAST_CN.search(text) and not _AT_LEAST_EN.search(english):
        return "a lower limit"
    if _ORDER_CN.search(text) and not _ORDER_EN.search(english):
        return "an order"
    duty, may = _DUTY_CN.search(text), _MAY_CN.search(text)
    if duty and not _DUTY_EN.search(english):
        return "a duty"
    if may and not (duty and may[0] == "可") and not _MAY_EN.search(english):
        return "a permission"
    ordered = duty or _SANCTION_CN.search(text)
    if may and not ordered and _HARD_DUTY_EN.search(english):
        return "a permission turned into a duty"
    return None
