"""What a cell shows for its value and number format: 0.95 as 95%, 1234 as 00001234."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from crawler.extract.formats.sheets.chinese_digits import in_chinese
from crawler.extract.formats.sheets.decimal_places import decimal_text
from crawler.extract.formats.sheets.format_codes import (
    FormatSection,
    FormatToken,
    section_of,
    sections,
)
from crawler.extract.formats.sheets.shown_dates import is_date, shown_date

_GENERAL = section_of([FormatToken("general", "General")])
_LONGEST_GENERAL = 11  # characters that a cell shows of a number without a format
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip


def shown_number(value: float, code: str, *, from_1904: bool = False) -> str:
    """The text of a number, date or time in a format."""
    if code == "General":
        return _general(value)
    section, signed = _section_for(value, sections(code))
    if is_date(section):
        shown = shown_date(value, section, from_1904=from_1904)
        return _general(value) if shown is None else shown
    text = _shown(abs(value), section)
    return f"-{text}" if signed and value < 0 and any(c in "123456789" for c in text) else text


def shown_text(value: str, code: str) -> str:
    """The text of a cell that holds text: formats may put words around it."""
    found = sections(code)
    section = found[3] if len(found) > 3 else found[-1]
    if len(found) > 3 and not section.tokens:
        return ""
    if not section.has("text_place") or section.has("digit", "date"):
        return value
    return "".join(value if token.kind == "text_place" else token.text for token in section.tokens)


def _section_for(value: float, found: Sequence[FormatSection]) -> tuple[FormatSection, bool]:
    """The section that is used for a value, and whether a minus is still to be written."""
    if any(each.condition for each in found[:2]):
        for each in found[:2]:
            if each.condition and _COMPARE[each.condition[0]](value, each.condition[1]):
                return each, True
        rest = [each for each in found[:3] if each.condition is None]
        return (rest[-1] if rest else _GENERAL), True
    if value < 0 and len(found) > 1:
        return found[1], False
    if value == 0 and len(found) > 2:
        return found[2], False
    return found[0], True


def _shown(value: float, section: FormatSection) -> str:
    if section.has("general"):
        number = _general(value)
        if section.chinese:
            number = in_chinese(number, section.chinese, as_numeral=True)
        return "".join(number if t.kind == "general" else _literal(t) for t in section.tokens)
    if section.has("text_place"):
        return "".join(
            _general(value) if t.kind == "text_place" else _literal(t) for t in section.tokens
        )
    if not section.has("digit"):
        return "".join(map(_literal, section.tokens))
    if section.has("exponent"):
        text = _scientific(value, section)
    elif section.has("/"):
        text = _fraction(value, section)
    else:
        text = decimal_text(value, section.tokens)
    return in_chinese(text, section.chinese, as_numeral=False) if section.chinese else text


def _literal(token: FormatToken) -> str:
    return token.text if token.kind in {"text", "%", "/", ".", ","} else ""


def _general(value: float) -> str:
    """A number without a format: whole numbers in full, others as far as a cell shows them."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    if abs(value) >= 1e15 or 0 < abs(value) < 1e-9:
        return f"{value:.6g}".replace("e", "E")
    whole = len(str(int(abs(value))))
    text = f"{value:.{max(_LONGEST_GENERAL - 1 - whole, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _scientific(value: float, section: FormatSection) -> str:
    kinds = [token.kind for token in section.tokens]
    exponent = kinds.index("exponent")
    places = 0
    if "." in kinds[:exponent]:
        places = kinds[kinds.index(".") : exponent].count("digit")
    width = section.tokens[exponent].text.count("0")
    mantissa, _, power = f"{value:.{places}e}".partition("e")
    sign = "-" if power.startswith("-") else "+"
    plain = section.tokens[exponent].text[1] == "-" and sign == "+"
    return f"{mantissa}E{'' if plain else sign}{str(abs(int(power))).zfill(width)}"


def _fraction(value: float, section: FormatSection) -> str:
    """# ?/? as 1 1/2; with a whole number behind the line that is the denominator."""
    kinds = [token.kind for token in section.tokens]
    line = kinds.index("/")
    under = "".join(t.text for t in section.tokens[line + 1 :]).strip()
    above = "".join(t.text for t in section.tokens[:line]).rstrip()
    mixed = " " in above.strip()
    whole, rest = (int(value), value - int(value)) if mixed else (0, value)
    if under.isdigit() and int(under):
        over, below = round(rest * int(under)), int(under)
    else:
        found = Fraction(rest).limit_denominator(10 ** max(min(len(under), 4), 1) - 1)
        over, below = found.numerator, found.denominator
    if over == below:
        whole, over = whole + 1, 0
    if not over:
        return str(whole)
    return f"{whole} {over}/{below}" if whole else f"{over}/{below}"
