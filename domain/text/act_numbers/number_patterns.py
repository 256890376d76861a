"""The pieces that document numbers (文号) are made of, for all patterns that read them."""

from __future__ import annotations

from domain.text.numerals import NUMERAL_CHARACTERS

BLANKS = r"[ \t\u00a0\u3000\u2002-\u200b]*"
HAN = r"[\u3400-\u4dbf\u4e00-\u9fff〇]"
NUMERALS = f"[{NUMERAL_CHARACTERS}]"
OPEN, CLOSE = r"[〔\[【﹝(〈<{（［﹛｛]", r"[〕\]】﹞)〉>}）］﹜｝]"
# 2026, 20 26, ２０２６, 二〇二六
YEAR = rf"(?:(?:19|20|１９|２０){BLANKS}\d{BLANKS}\d|{NUMERALS}{{4}})"
# 15, 015, 3-1, 十五
SERIAL = rf"(?:\d{{1,6}}(?:-\d{{1,3}})?|{NUMERALS}{{1,8}})"
# 十五届, 第14届: what a congress counts by instead of years
SESSION = rf"第?(?:{NUMERALS}{{1,3}}|\d{{1,2}})届"
KINDS = ("公告", "通告", "令")
KIND = rf"(?:{'|'.join(KINDS)})"
# 工信部联节
AGENCY = rf"(?:(?:{HAN}|[A-Za-z]|\b\d(?={HAN})){{1,24}})"
