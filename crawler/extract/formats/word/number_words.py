"""Write a list's number as Word shows it: 3 as 三, 叁, ③, iii or c."""

from __future__ import annotations

from collections.abc import Callable

from domain.text.numerals import chinese_numeral

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_LEGAL_TRADITIONAL = str.maketrans("一二三四五六七八九十百千", "壹貳參肆伍陸柒捌玖拾佰仟")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"


def number_text(value: int, style: str) -> str:
    """A number in one of the number formats of WordprocessingML (ECMA-376 part 1, 17.18.59);
    decimal in those that no Chinese document uses, nothing for bullets."""
    if style in {"none", "bullet"}:
        return ""
    writer = _WRITERS.get(style)
    return (writer(value) if writer and 0 < value < 10_000 else "") or str(value)


def _roman(value: int) -> str:
    text = ""
    for unit, letters in _ROMAN:
        count, value = divmod(value, unit)
        text += letters * count
    return text


def _letter(value: int) -> str:
    """a to z, then aa, bb, cc."""
    turns, letter = divmod(value - 1, 26)
    return chr(ord("a") + letter) * (turns + 1) if turns < 30 else ""


def _ordinal(value: int) -> str:
    last = value % 10 if value % 100 not in {11, 12, 13} else 0
    return f"{value}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(last, 'th') }"


def _digits(value: int) -> str:
    return str(value).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))


def _counting(value: int) -> str:
    return chinese_numeral(value) if value < 100 else _digits(value)


def _legal(value: int, letters: dict[int, int]) -> str:
    """壹拾贰 where plain numerals say 十二."""
    plain = chinese_numeral(value)
    return ("一" + plain if plain.startswith("十") else plain).translate(letters)


def _from(characters: str) -> Callable[[int], str]:
    return lambda value: characters[value - 1] if value <= len(characters) else ""


def _sixty_years(value: int) -> str:
    return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]


def _full_width(value: int) -> str:
    return str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))


_WRITERS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": _full_width, "decimalFullWidth2": _full_width,
    "upperRoman": lambda value: _roman(value).upper(), "lowerRoman": _roman,
    "upperLetter": lambda value: _letter(value).upper(), "lowerLetter": _letter,
    "ordinal": _ordinal, "numberInDash": lambda value: f"- {value} -",
    "chineseCountingThousand": chinese_numeral, "taiwaneseCountingThousand": chinese_numeral,
    "japaneseCounting": chinese_numeral, "chineseCounting": _counting,
    "taiwaneseCounting": _counting, "koreanCounting": _counting,
    "ideographDigital": _digits, "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": lambda value: _legal(value, _LEGAL),
    "japaneseLegal": lambda value: _legal(value, _LEGAL_TRADITIONAL),
    "ideographLegalTraditional": lambda value: _legal(value, _LEGAL_TRADITIONAL),
    "ideographTraditional": _from(_STEMS), "ideographZodiac": _from(_BRANCHES),
    "ideographZodiacTraditional": _sixty_years,
    "decimalEnclosedCircle": _from(_CIRCLED), "decimalEnclosedCircleChinese": _from(_CIRCLED),
    "decimalEnclosedFullstop": _from("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalEnclosedParen": _from("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "ideographEnclosedCircle": _from("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
}  # fmt: skip
