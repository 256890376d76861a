"""Read how an issuer speaks of its own acts and of its government's orders.

我关2024年第6号公告 is its own announcement, 省政府令第181号 the order of its province. What
another body may have issued keeps its words.
"""

# ruff: noqa: E501 (a pattern reads best on one line)
from __future__ import annotations

import re
from collections.abc import Sequence

from domain.acts.issuers import PROVINCES

_PROVINCE_NAMES = {code: name for name, code in PROVINCES.items()}
_REGIONS = {
    "内蒙古": "自治区", "广西": "壮族自治区", "西藏": "自治区", "宁夏": "回族自治区",
    "新疆": "维吾尔自治区", "北京": "市", "天津": "市", "上海": "市", "重庆": "市",
}  # fmt: skip
_NUMBER = r"第?\s?[〇零一二三四五六七八九十百\d]{1,6}\s?号"
# 我关2024年第6号公告, 我委公告2025年第3号, 本厅2025年第3号公告, but not 我局收悉.
_WE = re.compile(
    r"[我本](?:关|局|委|部|厅|署|办|院|会|行|中心|府|省政府|市政府)(?:发布的|印发的|公布的)?"
    r"(?=(?:公告|通告|令)?(?:\d{4}年)?第?\d{1,4}号|(?:公告|通告)[（(〔\[]?\d{4})"
)
# 省政府令第181号, 省人民政府第181号令, 自治区政府令第3号, 市政府令第12号; not 甘肃省政府令, 某市政府令.
_ORDER = re.compile(
    r"(?P<place>省|自治区|市)(?:人民)?政府(?:令(?P<after>"
    rf"{_NUMBER})|(?P<before>{_NUMBER})令)"
)
# 部令第73号, 厅令第3号, 第73号部令.
_DEPARTMENT_ORDER = re.compile(
    rf"(?<![\u4e00-\u9fff])(?:部|署|总局)令(?P<after>{_NUMBER})|(?P<before>{_NUMBER})(?:部|署|总局)令"
)
# 第188号令, 令第188号, of a body that issues orders; 2024年第6号公告, of whose announcements it speaks.
_BARE_ORDER = re.compile(rf"(?<=[（(，,。；、\n\s经被对将按]){_NUMBER}令(?!牌)")
_BARE_ANNOUNCEMENT = re.compile(
    r"(?<![\u4e00-\u9fff\d])(?P<year>\d{4}年)第(?P<serial>\d{1,4})号(?P<kind>公告|通告)"
)
_PLACE_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,12}$")
_ORDERING = re.compile(r"(?:人民政府(?:办公厅|办公室)?|部|总局|署)$")
_CITY = re.compile(r"^(?P<city>[\u4e00-\u9fff]{2,8}?(?:市|自治州|州|盟|地区))(?!场)")
_LEADS = re.compile(
    r"(?:关于|对|将|把|按|按照|依照|依据|根据|落实|贯彻|执行|实施|修改|调整|更正|再次|废止|所刊|原|和|与|及|经|的|由|在|以|暂停|延长|停止|恢复|施行|适用|印发|公布|发布|为|本|我|即|自|至|至于|其中|因|据|见|是|指|有关|涉及)$"
)


def in_full(text: str, issuers: Sequence[str], jurisdiction: str = "") -> str:
    """A text in which the one issuer's acts bear its name, and the orders of its government
    that one's."""
    if len(issuers) != 1 or "号" not in text:
        return text
    own = issuers[0].removeprefix("中华人民共和国")
    text = _WE.sub(own, text)
    text = _ORDER.sub(lambda match: _of_government(match, own, jurisdiction), text)
    if _ORDERING.search(own):
        body = re.sub("办公[厅室]$", "", own)
        text = _DEPARTMENT_ORDER.sub(lambda match: _ordered_by(match, body), text)
        text = _BARE_ORDER.sub(lambda match: f"{body}令{match[0].removesuffix('令')}", text)
    return _BARE_ANNOUNCEMENT.sub(rf"{own}\g<kind>\g<year>第\g<serial>号", text)


def _ordered_by(match: re.Match[str], body: str) -> str:
    return f"{body}令{match['after'] or match['before']}"


def _of_government(match: re.Match[str], own: str, jurisdiction: str) -> str:
    """省政府令第181号 in full, where no name of a place stands before it."""
    before = match.string[max(0, match.start() - 6) : match.start()]
    han = _PLACE_BEFORE.search(before)
    if han is not None and not _LEADS.search(han[0]):
        return match[0]
    government = _government(match["place"], own, jurisdiction)
    return match[0] if government is None else _ordered_by(match, government)


def _government(place: str, own: str, jurisdiction: str) -> str | None:
    """The government that a body of a place calls 省政府, 自治区政府 or 市政府."""
    province = _PROVINCE_NAMES.get(jurisdiction)
    if province is None:
        return None
    kind = _REGIONS.get(province, "省")
    if place == kind or (place == "自治区" and kind.endswith("自治区")):
        return f"{province}{kind}人民政府"
    rest = own.removeprefix(province).removeprefix(kind)
    city = _CITY.match(rest)
    return f"{city['city']}人民政府" if place == "市" and city else None
