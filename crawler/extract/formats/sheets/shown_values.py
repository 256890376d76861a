"""What a cell shows for its value and number format: 0.95 as 95%, 1234 as 00001234."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from crawler.extract.formats.sheets.chinese_digits import in_chinese
from crawler.extract.formats.sheets.format_codes import FormatSection, FormatToken, sections
from crawler.extract.formats.sheets.shown_dates import is_date, shown_date

_GENERAL = FormatSection(tokens=(FormatToken(kind="general", text="General"),))
_LONGEST_GENERAL = 11  # characters that a cell shows of a number without a format
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b, "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip


def shown_number(value: float, code: str, *, from_1904: bool = False) -> str:
    """The text of a number, date or time in a format."""
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
    conditional = [each for each in found[:2] if each.condition is not None]
    if conditional:
        for each in conditional:
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
        text = _decimal(value, section)
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


def _decimal(value: float, section: FormatSection) -> str:
    """Digits in their places, also with other characters between them: 138-0000-0000, 1.5万."""
    tokens = list(section.tokens)
    point = next((n for n, token in enumerate(tokens) if token.kind == "."), len(tokens))
    places = sum(token.kind == "digit" for token in tokens[point:])
    percents = sum(token.kind == "%" for token in tokens)
    scaled = Decimal(repr(value)) * 100**percents / 1000 ** _scaling(tokens, point)
    rounded = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    whole, _, fraction = f"{rounded:f}".partition(".")
    return _whole(whole, tokens[:point], _grouped(tokens, point)) + _fractional(
        fraction, tokens[point:]
    )


def _scaling(tokens: Sequence[FormatToken], point: int) -> int:
    """How many commas stand behind the last digit before the point: each is a thousand."""
    last = max((n for n, t in enumerate(tokens[:point]) if t.kind == "digit"), default=-1)
    if point == len(tokens) or last < 0:
        behind = tokens[last + 1 :]
    else:
        end = max(n for n, t in enumerate(tokens) if t.kind == "digit")
        behind = [*tokens[last + 1 : point], *tokens[end + 1 :]]
    return sum(token.kind == "," for token in behind)


def _grouped(tokens: Sequence[FormatToken], point: int) -> bool:
    places = [n for n, token in enumerate(tokens[:point]) if token.kind == "digit"]
    return any(t.kind == "," for t in tokens[places[0] : places[-1]]) if places else False


def _whole(digits: str, tokens: Sequence[FormatToken], grouped: bool) -> str:
    """The part before the point; its first place takes all digits that have no place."""
    digits = digits.lstrip("0")
    places = len(_places(tokens))
    padded = digits.rjust(places)
    left = len(padded)
    chunks = iter([padded[: left - places + 1], *padded[left - places + 1 :]])
    out = "" if places else digits
    for token in tokens:
        if token.kind != "digit":
            out += token.text if token.kind in {"text", "%"} else ""
            continue
        for char in next(chunks):
            left -= 1
            shown = char.strip() or token.text.strip("#?")
            out += shown + ("," if grouped and shown and left and left % 3 == 0 else "")
    return out


def _fractional(digits: str, tokens: Sequence[FormatToken]) -> str:
    needed = max((n for n, t in enumerate(_places(tokens), 1) if t == "0"), default=0)
    shown = max(len(digits.rstrip("0")), needed)
    out, position = "", 0
    for token in tokens:
        if token.kind == "digit":
            out += digits[position : position + 1] if position < shown else ""
            position += 1
        elif token.kind == ".":
            out += "." if not out or out[-1] != "." else ""
        elif token.kind in {"text", "%"}:
            out += token.text
    return out


def _places(tokens: Sequence[FormatToken]) -> list[str]:
    return [token.text for token in tokens if token.kind == "digit"]


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
