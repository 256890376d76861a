"""Rank the bodies that issue acts: which of them stands above which other, and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from config.body_level import BODY_LEVELS, BodyLevel
from domain.acts.issuers import PROVINCES, canonical, is_central, jurisdiction_of
from domain.acts.titles import fold

_RANKS = {level: place for place, level in enumerate(BODY_LEVELS)}
_LEGISLATURES = {"全国人民代表大会", "中共中央"}
_STATE = {"国务院", "中国政府网", "国务院公报", "最高人民法院", "最高人民检察院"}
_PROVINCE_NAMES = {code: name for name, code in PROVINCES.items()}
_MUNICIPAL = {"CN-BJ", "CN-TJ", "CN-SH", "CN-CQ"}
# For example 内蒙古自治区, 广东省 or 上海市 at the start of a name; 贵州市场监管局 is of no 贵州市.
_PROVINCE = re.compile(
    rf"(?:中共)?(?P<name>{'|'.join(PROVINCES)})(?:省|市(?!场)|(?:壮族|回族|维吾尔)?自治区)?"
)
# For example 嘉兴市 in 嘉兴市生态环境局, but not 城市 in 城市管理局.
_CITY = re.compile(r"[\u4e00-\u9fff]{1,8}?(?<!城)(?:市|自治州|州|盟|地区)(?!场)")
# For example 桐乡县, 朝阳区 or 某旗; 分局 is a city bureau's office in a county.
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:(?<!市)(?<!自治)(?<!地)(?<!社)区|县|旗)|分局$")
# For example 市生态环境局 or 省工业和信息化厅, as a site speaks of its own place.
_RELATIVE = re.compile(r"(?:省|自治区|市|区|县)(?=[\u4e00-\u9fff]{2,}(?:厅|局|委|委员会|政府|办)$)")
# For example 某省 or 演示省, a province that is none of ours.
_SOME_PROVINCE = re.compile(r"[\u4e00-\u9fff]{0,4}(?:省|自治区)")
_CONGRESS = re.compile(r"人民代表大会|人大(?:常委会)?$")
_GOVERNMENT = re.compile(r"人民政府$|^.{2,6}政府$")
# For example 演示环境部 or 国家某某委员会, of the whole country where no place is named.
_NATIONAL = re.compile(r"(?:国家|全国|中共中央).{2,}|.{3,}部")
_INNER = re.compile(r"(?:编辑|宣传|组织|工作|事业|项目|市场|综合|俱乐|统战|营业|经营|武装|人力)部$")
_OFFICIAL = re.compile(r"(?:厅|局|署|委|委员会|院|办|办公室|部)$")
# For example 某某行业协会 or 某某新闻网: they issue nothing that binds others.
_NO_OFFICE = re.compile(
    r"(?:协会|学会|商会|公司|集团|中心|网|报|社|联盟|平台|研究院|研究所|大学|学院)$"
)
# One office, whatever it was called before and after a reform.
_FIELDS = (
    (re.compile("环境保护|环保"), "生态环境"),
    (re.compile("经济和信息化|经济信息化|经信|工信"), "工业和信息化"),
    (re.compile("发展和改革"), "发展改革"),
    (re.compile("市场监督管理"), "市场监管"),
)
_DEPARTMENT = re.compile(r"(?:司|局|处|办公厅|办公室|中心)$")
_KIND_OF_OFFICE = re.compile(r"(?<=.{3})(?:厅|局|委员会|委)$")


@dataclass(frozen=True, slots=True)
class PublicBody:
    """A body with the level that it stands at; ``name`` in one spelling."""

    name: str
    level: BodyLevel
    jurisdiction: str

    @property
    def rank(self) -> int:
        return _RANKS[self.level]


@lru_cache(maxsize=4096)
def public_body(name: str, jurisdiction: str) -> PublicBody | None:
    """The body of a printed name, as a site of a jurisdiction means it; None for a name that
    is no body's as far as one can tell (a desk, a newspaper)."""
    plain = canonical(fold(name))
    if is_central(plain) or plain in _STATE:
        return PublicBody(plain, _central_level(plain), "CN")
    if relative := _RELATIVE.match(plain):
        plain = _of_this_place(plain, relative[0], jurisdiction)
    province = _PROVINCE.match(plain)
    if province:
        place, rest = PROVINCES[province["name"]], plain[province.end() :]
        spelled = province["name"] + rest
    else:
        place, rest, spelled = jurisdiction_of((plain,)) or jurisdiction, plain, plain
    level = _local_level(rest, named=province is not None)
    if level is None and _NATIONAL.fullmatch(plain) and not _INNER.search(plain):
        return PublicBody(plain, "ministry", "CN")
    return PublicBody(_one_office(spelled), level, place) if level else None


def _central_level(name: str) -> BodyLevel:
    if name in _LEGISLATURES:
        return "legislature"
    return "state_council" if name in _STATE else "ministry"


def _of_this_place(name: str, word: str, jurisdiction: str) -> str:
    """省生态环境厅 on a site of Zhejiang is 浙江省生态环境厅."""
    province = _PROVINCE_NAMES.get(jurisdiction)
    of_province = word in {"省", "自治区"} or (word == "市" and jurisdiction in _MUNICIPAL)
    return province + name if province and of_province else name


def _local_level(rest: str, *, named: bool) -> BodyLevel | None:
    """The level by what stands behind the province; ``named``: a province stands before."""
    city = _CITY.match(rest)
    if _COUNTY.search(rest[city.end() :] if city else rest):
        return "county"
    if city or (rest.startswith("市") and not rest.startswith("市场")):
        return "city_government" if _governs(rest) else "city"
    if rest.startswith(("区", "县", "旗")):
        return "county"
    if not named and not _SOME_PROVINCE.match(rest):
        return None
    if _CONGRESS.search(rest):
        return "provincial_legislature"
    return "provincial_government" if _GOVERNMENT.search(rest) else "province"


def _governs(name: str) -> bool:
    return bool(_CONGRESS.search(name) or _GOVERNMENT.search(name))


def _one_office(name: str) -> str:
    for old, new in _FIELDS:
        name = old.sub(new, name)
    return _KIND_OF_OFFICE.sub("", name)


def publisher_body(name: str, jurisdiction: str, level: BodyLevel | None = None) -> PublicBody:
    """The body behind a site, at the level that its source states or its name tells."""
    known = public_body(name, jurisdiction) or PublicBody(
        canonical(name), _unknown_level(fold(name), jurisdiction), jurisdiction
    )
    return known if level is None else PublicBody(known.name, level, known.jurisdiction)


def _unknown_level(name: str, jurisdiction: str) -> BodyLevel:
    """Of a publisher whose name tells nothing, by where it is."""
    if _NO_OFFICE.search(name):
        return "other"
    if jurisdiction == "CN":
        return "ministry"
    if name.endswith("厅"):
        return "province"
    return "city" if _OFFICIAL.search(name) else "other"


def outranks(one: PublicBody, other: PublicBody) -> bool:
    """Whether a body may speak for another and change its acts: a superior in its place. A
    ministry stands above departments, not above a province's congress and government."""
    if _is_department(other, one):
        return True
    if one.level == "other" or one.rank >= other.rank or not other.jurisdiction.startswith("CN"):
        return False
    if one.level == "ministry":
        return other.level not in {"provincial_legislature", "provincial_government"}
    if one.jurisdiction == "CN" and one.rank < _RANKS["ministry"]:
        return True
    if one.jurisdiction != other.jurisdiction:
        return False
    city = _CITY.match(one.name)
    return one.rank <= _RANKS["province"] or bool(city and other.name.startswith(city[0]))


def _is_department(part: PublicBody, whole: PublicBody) -> bool:
    """Whether a body is a department of another: 工业和信息化部节能与综合利用司."""
    same = (part.level, part.jurisdiction) == (whole.level, whole.jurisdiction)
    rest = part.name.removeprefix(whole.name)
    return same and whole.level != "other" and rest != part.name and bool(_DEPARTMENT.search(rest))


def highest(bodies: Iterable[PublicBody]) -> frozenset[PublicBody]:
    """Those of the highest level among them."""
    known = frozenset(bodies)
    top = min((body.rank for body in known), default=0)
    return frozenset(body for body in known if body.rank == top)


def may_change(actors: Iterable[PublicBody], issuers: Iterable[PublicBody]) -> bool:
    """Whether bodies may repeal, amend or extend what others issued: one of the issuers
    itself, or a superior of one."""
    targets = highest(issuers)
    return not targets or any(
        actor == target or outranks(actor, target)
        for actor in highest(actors)
        for target in targets
    )
