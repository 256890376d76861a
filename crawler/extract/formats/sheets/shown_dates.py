"""What a cell shows for a date or a time: 46357 as 2026年12月, 1.25 as 30:00."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from crawler.extract.formats.sheets.chinese_digits import in_chinese, numeral
from crawler.extract.formats.sheets.format_codes import FormatSection, FormatToken, sections

_LAST_DAY = 2_958_466  # the first of January of the year 10000
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August",
           "September", "October", "November", "December")  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEK = "一二三四五六日"


def is_date(section: FormatSection) -> bool:
    return section.has("date", "elapsed", "half", "system_date")


def shown_date(value: float, section: FormatSection, *, from_1904: bool) -> str | None:
    """The text of a day count; None for one that no calendar has."""
    if section.has("system_date"):
        section = sections('yyyy"年"m"月"d"日"')[0]
    fine = _fraction_places(section.tokens)
    if section.has("elapsed"):
        return _elapsed(value, section.tokens, fine)
    moment = _moment(value, fine, from_1904=from_1904)
    if moment is None:
        return None
    half = section.has("half")
    parts = [
        _part(token, moment, section, minutes=_is_minutes(section.tokens, number), half=half)
        for number, token in enumerate(section.tokens)
    ]
    return "".join(parts)


def _fraction_places(tokens: Sequence[FormatToken]) -> int:
    return max((len(t.text.partition(".")[2]) for t in tokens if t.kind == "date"), default=0)


def _moment(value: float, places: int, *, from_1904: bool) -> datetime | None:
    if not 0 <= value < _LAST_DAY:
        return None
    if from_1904:
        start = datetime(1904, 1, 1, tzinfo=UTC)
    else:  # there the year 1900 has a 29th of February, number 60
        start = datetime(1899, 12, 30 if value >= 60 else 31, tzinfo=UTC)
    seconds = round(value * 86_400, places)
    try:
        return start + timedelta(seconds=seconds)
    except OverflowError:
        return None


def _is_minutes(tokens: Sequence[FormatToken], number: int) -> bool:
    """m is minutes right behind hours or right before seconds."""
    if tokens[number].text not in {"m", "mm"}:
        return False
    marks = [
        (place, token.text)
        for place, token in enumerate(tokens)
        if token.kind in {"date", "elapsed"}
    ]
    here = next(n for n, (place, _) in enumerate(marks) if place == number)
    before = marks[here - 1][1] if here else ""
    after = marks[here + 1][1] if here + 1 < len(marks) else ""
    return before.startswith("h") or after.startswith("s")


def _part(
    token: FormatToken, moment: datetime, section: FormatSection, *, minutes: bool, half: bool
) -> str:
    if token.kind == "half":
        return _half("上午/下午" if section.chinese_names else token.text, moment)
    if token.kind != "date":
        return token.text if token.kind in {"text", "/", ".", ","} else ""
    text = token.text
    if text[0] in "hs" or minutes:
        value = moment.minute if minutes else _clock(text, moment, half=half)
        shown = str(value).zfill(2 if len(text.partition(".")[0]) > 1 else 1)
        places = len(text.partition(".")[2])
        return shown + (f".{moment.microsecond:06}"[: places + 1] if places else "")
    return _day_part(text, moment, section)


def _clock(text: str, moment: datetime, *, half: bool) -> int:
    if text[0] == "s":
        return moment.second
    return (moment.hour - 1) % 12 + 1 if half else moment.hour


def _half(text: str, moment: datetime) -> str:
    """Morning or afternoon, in the words of the format: AM/PM, A/P, 上午/下午."""
    first, _, second = text.partition("/")
    return second if moment.hour >= 12 else first


def _day_part(text: str, moment: datetime, section: FormatSection) -> str:
    letter, size = text[0], len(text)
    chinese = section.chinese
    if letter in "ye":
        year = str(moment.year) if size > 2 or letter == "e" else f"{moment.year % 100:02}"
        return in_chinese(year, chinese, as_numeral=False) if chinese else year
    if letter == "a":
        return _WEEK[moment.weekday()] if size == 3 else f"星期{_WEEK[moment.weekday()]}"
    if letter not in "md":
        return ""
    if size > 2:
        return _name(letter, size, moment, chinese=section.chinese_names)
    value = moment.month if letter == "m" else moment.day
    if chinese:
        return in_chinese(numeral(value), chinese, as_numeral=False)
    return str(value).zfill(size)


def _name(letter: str, size: int, moment: datetime, *, chinese: bool) -> str:
    """The name of a month or of a day of the week, short with three letters."""
    if chinese and letter == "d":
        return f"{'周' if size == 3 else '星期'}{_WEEK[moment.weekday()]}"
    if chinese:
        return f"{moment.month if size == 3 else numeral(moment.month)}月"
    name = _MONTHS[moment.month - 1] if letter == "m" else _DAYS[moment.weekday()]
    return name[: {3: 3, 5: 1}.get(size, len(name))]


def _elapsed(value: float, tokens: Sequence[FormatToken], places: int) -> str:
    """Hours, minutes or seconds that have passed, however many."""
    total = round(abs(value) * 86_400, places)
    whole = int(total)
    sizes = {"h": 3600, "m": 60, "s": 1}
    out = "-" if value < 0 and total else ""
    seen = ""
    for token in tokens:
        if token.kind == "elapsed":
            seen = token.text[0]
            out += str(whole // sizes[seen]).zfill(len(token.text))
        elif token.kind == "date" and token.text[0] in "hms":
            letter = token.text[0]
            limit = {"h": 24, "m": 60, "s": 60}[letter]
            size = len(token.text.partition(".")[0])
            out += str(whole // sizes[letter] % limit).zfill(size)
            if fraction := len(token.text.partition(".")[2]):
                out += f"{total % 1:.{fraction}f}"[1:]
        elif token.kind in {"text", "/", ".", ","}:
            out += token.text
    return out
