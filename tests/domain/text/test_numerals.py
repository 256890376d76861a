"""Read Chinese numerals."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text.numerals import parse_chinese_number


@pytest.mark.parametrize(
    ("text", "value"),
    [("一百二十", 120), ("二〇二六", 2026), ("二0二六", 2026), ("五十万", 500_000), ("3.5万", 35_000), ("十五", 15),
     ("一百零五", 105), ("一百五", 150), ("三千零五十", 3050), ("两千", 2000), ("1,000", 1000),
     ("５０００", 5000), ("一亿二千万", 120_000_000), ("三点五万", 35_000), ("0.5", 0.5),
     ("壹万贰仟", 12_000), ("二○二六", 2026), ("廿五", 25), ("九十五点五", 95.5), ("百", 100), ("十", 10), ("〇", 0),
     ("10⁴", 10_000), ("5×10³", 5000), ("2.5×10⁴", 25_000), ("10⁻³", 0.001), ("10^6", 1_000_000), ("98²", None),
     ("", None), ("五千元", None), ("万", None), ("abc", None), ("十百", None)],
)  # fmt: skip
def test_numerals(text: str, value: float | None) -> None:
    assert parse_chinese_number(text) == value


@given(st.integers(1, 99_999_999))
def test_numerals_written_out_are_read_back(number: int) -> None:
    assert parse_chinese_number(_written(number)) == number


def _written(number: int) -> str:
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return _written(high) + "万" + (zero + _written(low) if low else "")
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        elif text:
            gap = True
    return text
