"""Who pays a fine, and for what: the words of a sentence before its amount."""

from __future__ import annotations

import re
from dataclasses import dataclass

from classifier.facts.cues import without_number

# e.g. ；情节严重的
_TIER = re.compile(
    r"(?:情节(?:较重|严重|特别严重|较轻|轻微|恶劣)|拒不改正|逾期(?:未|不)(?:改正|改|整改)?|后果严重|造成(?:严重)?(?:后果|污染|环境污染)?|再次(?:违法|违反)?)的?"
)
# e.g. 再次违反的
_SAME_OFFENCE = re.compile(
    rf"{_TIER.pattern}|(?:没有|有|无)?(?:违法|非法)|货值|首次|再次|初次|(?:两|二|三|第)[^，]{{0,3}}次|对|其中|仍|不足|超过|情节|构成|(?:属于?|是|为|系)"
)
# e.g. ，由县级以上市场监管部门
_AUTHORITY = re.compile(
    r"[，,]?(?:由|被|会同)?[^，。；的]{0,24}(?:部门|机关|海关|支队|大队|法院|政府|管理局|环境局|监管局)(?:依法|对其|给予|作出)*$"
)
# e.g. ，由市场监管部门责令
_VERB = re.compile(
    r"[，,、]?(?:可以?|应当|一律|由[^，。；]{2,40}?|将|拟|再|另|先)?(?:责令|并处|处以|可处|处(?!置|理|分|境|于|所|方)|给予|予以|没收|并罚|罚款|科处|限期)"
)
_PERSON = (
    r"(?:其|该|本|其他|直接|主要|相关|有关|违法|涉事|所在|负有?(?:直接|领导|管理)?责任的|直接负责的|有责任的|(?:单位|企业|公司)的?(?=直接|主要|负责|相关|法定|其他)){0,4}"
    r"(?:单位|个人|企业|公司|法人|组织|自然人|机构|经营者|法定代表人|负责人|责任人员?|责任者|主管人员|管理人员|从业人员|"
    r"工作人员|领导人员|当事人|行为人|驾驶人员?|车主|业主|所有人|个体工商户|实际控制人|股东|董事|监事|生产者|销售者|使用者|网点|门店|场所)"
)
_PERSONS = rf"{_PERSON}(?:(?:、|和|及|与|或者?|以及|及其){_PERSON}){{0,5}}"
# what follows the one who pays: 处, 并处, 可以处, 给予警告
_PUNISHES = (
    r"(?:的)?[，,：:]?(?:并|可以?|一律|应当|依法|各|分别|再|另|则|由[^，。；]{2,30}?){0,3}"
    r"(?:责令|处(?!置|理|分|境|于|所|方)|给予|予以|没收|罚|科处|警告|按|每|最高|$)"
)
# e.g. 对其直接负责的主管人员处, ，单位处, 属于个人的，处
_PAYER = re.compile(
    rf"(?:(?P<at>对)|(?:^|[，,；：:、除])(?:属于?|是|为|系)?)"
    rf"(?P<who>(?(at)[^，。；：、对处未不违罚]{{0,12}}?){_PERSONS})(?={_PUNISHES})"
)
# e.g. 对未备案的企业处: what is punished stands before the one who pays
_GUILTY = re.compile(
    rf"(?:^|[，,；：:、除]|并|同时|部门|机关)对(?P<offence>[^，。；：对]{{2,60}}?)的(?P<who>{_PERSONS})(?={_PUNISHES})"
)
# e.g. ，并由主管部门对 before the name of the one who pays
_BEFORE_PAYER = re.compile(r"[，,；：:、]?(?:并|同时|除|另)?(?:属于?|是|为|系)?对?$")
_NEW_WORDS = re.compile(
    r".*(?:[：:为成]|罚款[”」][、和及，]{1,2})[“「『\"]", re.DOTALL
)  # 修改为“未备案的，处
_CITED = re.compile(r"^(?:原|现行)[^，。；]{0,24}?(?:规定|明确)[，,：:]")  # 原办法第三条规定，
_NO_OFFENCE = re.compile(r"^(?:除.*|对(?=有|在|擅自|未|不|违|拒))", re.DOTALL)  # 除依法没收外
_PIECES = re.compile(r"；|罚款[，,]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Punished:
    """The offence of a fine and, where the sentence names one, who pays it."""

    offence: str | None
    who: str | None


def read_punished(before: str) -> Punished:
    """Who pays and for what, from the sentence up to an amount, with the amount's tier
    (情节严重的)."""
    left = _CITED.sub("", without_number(_NEW_WORDS.sub("", before)))
    left = _own_offence(left)
    guilty = list(_GUILTY.finditer(left))
    if not guilty or _stated_before(left[: guilty[0].start()]):
        return Punished(offence=_offence(left) or None, who=_who(left))
    last = guilty[-1]
    return Punished(offence=_with_tier(last["offence"], left[last.end() :]), who=last["who"])


def _stated_before(text: str) -> bool:
    """Whether an offence stands before the first 对: 未备案的，对有责任的个人处."""
    return bool(_AUTHORITY.sub("", text).strip("，,；"))


def _own_offence(left: str) -> str:
    """A new offence may begin behind a fine (…罚款；擅自拆解的，每吨处…); a tier, a party or a
    condition of the same offence does not."""
    tail = _PIECES.split(left)[-1]
    if tail == left:
        return left
    verb = _VERB.search(tail)
    subject = tail[: verb.start()] if verb else tail
    subject = re.sub(r"每[^，。；]{1,8}$", "", subject).strip("，,、")
    own = len(subject) >= 4 and re.search(rf"的(?:{_PERSON})?$", subject)
    return tail if own and not _SAME_OFFENCE.match(subject) else left


def _offence(left: str) -> str:
    """The words before the first sanction or party of the sentence."""
    verb = _VERB.search(left)
    offence = left[: verb.start()] if verb else left.split("，")[0]
    payer = _PAYER.search(left)
    if payer is not None and payer.start() <= len(offence):
        offence = left[: payer.start("who")]
        offence = offence[:-12] + _BEFORE_PAYER.sub("", offence[-12:])
    rest = left[len(offence) :]
    offence = _NO_OFFENCE.sub("", offence)
    offence = re.sub(r"[，,]?每[^，。；]{1,8}$", "", offence.strip("，,、：: "))
    offence = offence[:-60] + _AUTHORITY.sub("", offence[-60:])
    return _with_tier(offence, rest)


def _with_tier(offence: str, rest: str) -> str:
    tiers = [match[0].removesuffix("的") for match in _TIER.finditer(rest)]
    if tiers and offence:
        offence = f"{offence}；{tiers[-1]}"
    elif tiers:
        offence = tiers[-1]
    return offence.removesuffix("的")[:160]


def _who(left: str) -> str | None:
    """The party of the last piece; the only one of the sentence where that names none."""
    last = [match["who"] for match in _PAYER.finditer(_PIECES.split(left)[-1])]
    named = last or [match["who"] for match in _PAYER.finditer(left)]
    alone = bool(last) or len(set(named)) == 1
    return named[-1].removeprefix("其") if named and alone else None
