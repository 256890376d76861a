"""Numbers by which articles name acts: Order No. 73, 公告2026年第20号, GB/T 34014-2017."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from domain.acts.issuers import bodies_in
from domain.claims.words.claim_bodies import find_bodies
from domain.claims.words.plain_form import plain

_YEAR = r"(?:19|20)\d\d"
# Guobanfa, Gong Xin Bu Lian Jie
_PINYIN = (
    r"\b(?:gong ?xin|guo ?ban|jiao ?yun|fa ?gai|zhong ?ji|huan|shang|shi ?jian|cai)[a-z ]{0,24}"
)
_NO = r"(?:no\.? ?|number |nr\.? ?)?"
_FORMS = (
    # GB/T 34014-2017, GBT34014, HJ 1186
    ("standard", re.compile(
        rf"(?<![a-z])(?P<series>gb/?t|gb|hj/?t|hj|qc/?t|yd/?t|"
        rf"db\d\d/?t?) ?(?P<serial>\d{{3,6}}(?:\.\d{{1,2}})?)(?: ?- ?(?P<year>{_YEAR}))?(?!\d)")),
    # Regulation (EU) 2023/1542
    ("eu", re.compile(
        rf"(?:regulation |"
        rf"directive )?\(?eu\)? ?(?:no\.? ?)?(?P<year>{_YEAR})/(?P<serial>\d{{2,5}})")),
    # Order No. 73, Decree 2 of 2020, Order 73 (2026)
    ("order", re.compile(
        rf"(?<![a-z])(?:order|decree) {_NO}(?P<serial>\d{{1,4}})(?!\d)(?:(?:,? of |/|"
        rf" ?[(\[])(?P<year>{_YEAR})[)\]]?)?")),
    # Announcement No. 20 of 2026, Announcement 20/2026
    ("announcement", re.compile(
        rf"(?<![a-z])announcement {_NO}(?P<serial>\d{{1,3}})(?!\d)(?:(?:,? of |/|, |"
        rf" ?[(\[])(?P<year>{_YEAR})[)\]]?)?")),
    # 2026 Announcement No. 20, Announcement [2026] No. 20, Announcement 2026 No. 20
    ("announcement", re.compile(
        rf"(?<![a-z])announcement,? [(\[]?(?P<year>{_YEAR})[)\]]?,"
        rf"? ?no\.? ?(?P<serial>\d{{1,3}})(?!\d)")),
    ("announcement", re.compile(
        rf"(?P<year>{_YEAR}) announcement {_NO}(?P<serial>\d{{1,3}})(?!\d)")),
    # the announcement on black mass, No. 19 of 2026
    ("announcement", re.compile(
        rf"(?<![a-z])no\.? ?(?P<serial>\d{{1,3}}) of (?P<year>{_YEAR})")),
    # 令第73号, 第73号令, 73号令, 令2020年第2号
    ("order", re.compile(rf"令 ?[(]?(?:(?P<year>{_YEAR})年)?第? ?(?P<serial>\d{{1,4}})号")),
    ("order", re.compile(r"第? ?(?P<serial>\d{1,4})号令(?P<year>)")),
    # 公告2026年第20号, 2026年第20号公告
    ("announcement", re.compile(
        rf"公告 ?[(〔\[]?(?P<year>{_YEAR})年?[)〕\]]? ?第? ?(?P<serial>\d{{1,3}})号")),
    ("announcement", re.compile(rf"(?P<year>{_YEAR})年第(?P<serial>\d{{1,3}})号(?:公告)?")),
    # 工信部联节〔2018〕43号
    ("bracket", re.compile(
        rf"(?P<agency>[\u4e00-\u9fff]{{2,12}})[〔\[(【](?P<year>{_YEAR})[〕\])】]"
        rf" ?第?(?P<serial>\d{{1,4}})号")),
    # [2018] No. 43, (2025) No. 7, No. 43 [2018], 2018 No. 43
    ("bracket", re.compile(
        rf"(?:{_PINYIN})?[〔\[(](?P<year>{_YEAR})[〕\])] ?no\.? ?"
        rf"(?P<serial>\d{{1,4}})(?!\d)(?P<agency>)")),
    ("bracket", re.compile(
        rf"(?<![a-z])no\.? ?(?P<serial>\d{{1,4}}) ?[\[(](?P<year>{_YEAR})[\])](?P<agency>)")),
)  # fmt: skip
_ORDER = re.compile(r"^(?P<body>.*?)令(?:(?P<year>\d{4})年)?第(?P<serial>\d+)号$")
_ANNOUNCED = re.compile(r"^(?P<body>.*?)公告(?P<year>\d{4})年第(?P<serial>\d+)号$")
_BRACKETED = re.compile(r"^(?P<agency>.*?)〔(?P<year>\d{4})〕(?P<serial>\d+)号$")
_STANDARD = re.compile(
    r"^(?P<series>DB\d\d(?:/?T)?|[A-Z]+(?:/T)?) ?(?P<serial>\d+(?:\.\d+)?)(?:-(?P<year>\d{4}))?$"
)
_EU = re.compile(r"\(EU\) ?(?P<year>\d{4})/(?P<serial>\d+)")
_BEFORE = 60  # characters before a number in which its body stands


@dataclass(frozen=True, kw_only=True, slots=True)
class ClaimNumber:
    """A number in a text: its kind, year and serial as far as given, the body or agency code
    before it, and its place."""

    kind: str
    serial: str
    year: int | None
    body: str | None = None
    agency: str = ""
    start: int = 0
    end: int = 0

    def names(self, document_number: str) -> bool:
        """Whether this is that act's number; a standard's year may be left out or be another."""
        real = read_number(document_number)
        if real is None or (real.kind, real.serial) != (self.kind, self.serial):
            return False
        if self.kind != "standard" and self.year and real.year and self.year != real.year:
            return False
        if self.body and real.body and self.body != real.body:
            return False
        if self.kind == "standard":
            return self.agency == real.agency
        return not self.agency or self.agency.endswith(real.agency)


@lru_cache(maxsize=4096)
def read_number(document_number: str) -> ClaimNumber | None:
    """The parts of an act's own number."""
    for kind, form in (
        ("order", _ORDER), ("announcement", _ANNOUNCED), ("bracket", _BRACKETED), ("eu", _EU),
        ("standard", _STANDARD),
    ):  # fmt: skip
        if match := form.search(document_number):
            given = match.groupdict()
            bodies = sorted(bodies_in(given.get("body") or ""))
            year = given.get("year")
            return ClaimNumber(
                kind=kind, serial=given["serial"], year=int(year) if year else None,
                body=bodies[0] if bodies else None,
                agency=given.get("agency") or _series(given.get("series")),
            )  # fmt: skip
    return None


def find_numbers(text: str) -> list[ClaimNumber]:
    """The numbers of acts that a text names, in reading order."""
    searched = plain(text)
    found: list[ClaimNumber] = []
    for kind, form in _FORMS:
        for match in form.finditer(searched):
            if any(match.start() < one.end and one.start < match.end() for one in found):
                continue
            found.append(_named(kind, match, text))
    return sorted(found, key=lambda item: item.start)


def _named(kind: str, match: re.Match[str], text: str) -> ClaimNumber:
    given = match.groupdict()
    start = match.start("agency") if given.get("agency") else match.start()
    body, begins = _body_before(text, start) if kind in ("order", "announcement") else (None, start)
    year = given.get("year")
    return ClaimNumber(
        kind=kind, serial=given["serial"], year=int(year) if year else None, body=body,
        agency=given.get("agency") or _series(given.get("series")), start=begins, end=match.end(),
    )  # fmt: skip


def _series(series: str | None) -> str:
    """GB/T for gbt and GB/T."""
    plain_series = (series or "").upper().replace("/", "")
    return (
        f"{plain_series[:-1]}/T"
        if len(plain_series) > 2 and plain_series.endswith("T")
        else plain_series
    )


def _body_before(text: str, start: int) -> tuple[str | None, int]:
    """The body whose name ends where the number begins, and where that name begins."""
    head = text[max(0, start - _BEFORE) : start]
    for body in find_bodies(head):
        between = head[body.end :].strip().removeprefix("'s").removeprefix("’s").strip()
        if between in ("", "(", "（"):
            return body.name, start - len(head) + body.start
    return None, start
