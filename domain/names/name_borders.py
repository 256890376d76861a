"""Whether a name that stands in a text stands there alone, or within another company's name."""

from __future__ import annotations

import re

from config.companies.localities import Locality, find_place
from domain.names.mention import NameKind
from domain.names.name_forms import NameForm

_HAN_RUN_LEFT = re.compile(r"[一-鿿]{1,12}$")
# What may stand right before a name that begins with no place: 责令某某, 对某某, 企业名称某某
_BEFORE = re.compile(
    r"(?:[对向与和及或由的为是将给被经在从自让请令至到把因称即如含等原名知示于查告准予销移除罚求权托持导织同合停复购了过曾系]|"
    r"关于|同意|处罚|撤销|取消|移出|列入|包括|其中|名称|全称|企业|公司|单位|机构|人民共和国|供应商|督促|指出|我[省市区县]|本[省市区县]|该[省市]|"
    r"(?:受让|转让|出让|供货|供应|需求|收货|发货|委托|受托|合作|[甲乙丙买卖供需])方|(?:经销|供应|承包|运营|制造)商|生产者|"
    r"委托|通报|约谈|曝光|公布|认定|授予|批准|检查|查处|发现|涉及|提供|公示|立案|申请人|当事人|处置方|"
    r"收货人|发货人|托运人|承运人|法人|客户|例如|原为|更名|变更)$"
)
_BRANCH = re.compile(r"[一-鿿()]{0,12}?分(?:公司|厂|店|部)")
# A longer name goes on without a word of grammar: 某某|新能源科技有限公司
_GOES_ON_AS_NAME = re.compile(
    r"[^的与和及在对向将被为由等因未已应须或，。；：、\s]{1,18}?"
    r"(?:有限|公司|集团|工厂|合作社|经营部|商行|中心|研究院|研究所|合伙)"
)
_LINE_OF_BUSINESS = re.compile(
    r"\(?(?:集团|股份|实业|控股|投资|贸易|进出口|科技|新能源|能源|新材料|材料|电池|锂电|钴业|锂业|镍业|"
    r"循环|环保|环境|资源|再生|汽车|化工|金属|工业|电子|动力|物流|运输|检测|机械|电源|储能|国际|矿业|"
    r"有色|绿色|智能|电气|电器|技术|供应链)"
)
# What may follow a short name: a mark, 公司, or the grammar of a sentence.
_AFTER = re.compile(
    r"公司(?![一-鿿]{0,6}(?:有限|集团))|企业|"
    r"[的等与和及或在因未被将已应须对向于为是也均拒不违存提报申按由自从有无收处罚受承同该其涉曾共至到完称要逾拟正取获现仍另还再则并且却擅超作法负董整旗一-]|"
    r"经(?!济|贸|营部|纬)|生产|销售|回收|从事|进(?:口|行|入)|出(?:口|具|售)|发(?:运|货|出|布|生|现|往|送)|"
    r"开(?:展|始|工)|停(?:产|止|业)|接(?:受|到)|交(?:付|货|由)|装(?:运|货)|办理|落实|所属|下属|位于|供货|使用|采(?:购|用)|购(?:买|入|进)|签(?:订|署|收|约)|"
    r"贮存|拆解|处置|加工|\d{4}年|[^一-鿿a-z0-9]"
)
# 华桐集团|控股有限公司: a group's name that goes on is another company's.
_GROUP_GOES_ON = re.compile(r"[一-鿿()]{0,10}(?:有限|股份)")
# Aurora Cells| Technology GmbH, New |Aurora Cells: words with a capital are part of a name.
_LATIN_GOES_ON = re.compile(r"[ \-&]{1,3}(?P<word>[A-Z][A-Za-z]*)")
_LATIN_BEGINS = re.compile(r"(?P<word>[A-Z][A-Za-z]*)[ \-&]{1,3}$")
_LEGAL_FORMS = frozenset({"co", "ltd", "inc", "llc", "corp", "limited", "company", "corporation"})
_NO_NAME = frozenset(
    {"the", "by", "from", "of", "and", "to", "for", "with", "supplier", "company", "manufacturer",
     "importer", "exporter", "seller", "buyer", "shipper", "consignee", "name", "producer"}
)  # fmt: skip


def stands_alone(text: str, start: int, end: int, form: NameForm) -> bool:
    """Whether ``text[start:end]`` is the name itself, not part of another company's."""
    if not form.chinese:
        return _letters_end(text, start, end)
    if not _left_is_open(text, start, form):
        return False
    rest = text[end : end + 24]
    if form.whole:
        goes_on = form.key.endswith("集团") and (
            _GROUP_GOES_ON.match(rest) or _LINE_OF_BUSINESS.match(rest)
        )
        return not goes_on and not rest.startswith(("集团", "有限", "股份", "公司"))
    if _GOES_ON_AS_NAME.match(rest) and not rest.startswith("公司"):
        return False
    return not _LINE_OF_BUSINESS.match(rest) and (not rest or _AFTER.match(rest) is not None)


def is_latin_part(text: str, start: int, end: int, form: NameForm) -> bool:
    """Whether a name in Latin letters is only part of a longer one: Aurora Cells| Technology."""
    if form.chinese or form.kind is NameKind.CREDIT_CODE:
        return False
    left = _LATIN_BEGINS.search(text[max(0, start - 24) : start])
    if left is not None and left["word"].lower() not in _NO_NAME:
        return True
    right = _LATIN_GOES_ON.match(text[end : end + 24])
    if right is None or right["word"].lower() in _NO_NAME:
        return False
    return form.kind is NameKind.SHORT or right["word"].lower() not in _LEGAL_FORMS


def is_branch(text: str, end: int, form: NameForm) -> bool:
    """Whether a branch of the company is named: 某某有限公司苏州分公司."""
    return form.whole and form.chinese and _BRANCH.match(text[end : end + 20]) is not None


def _letters_end(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (_is_letter(before) or _is_letter(after))


def _is_letter(char: str) -> bool:
    return bool(char) and char.isascii() and char.isalnum()


def _left_is_open(text: str, start: int, form: NameForm) -> bool:
    match = _HAN_RUN_LEFT.search(text[max(0, start - 12) : start])
    if match is None:
        return text[start - 1 : start] != ")" or form.home != "" or form.whole
    run = match[0]
    place = _place_at_end(run)
    if place is not None:
        return run.endswith(form.home or "-") if not form.whole else _contains(place, form)
    if form.home and form.key.startswith(form.home):
        return True
    return _BEFORE.search(run) is not None


def _place_at_end(run: str) -> Locality | None:
    """The place whose name ends the words: 江苏省, 浙江, 苏州市."""
    for length in range(min(6, len(run)), 1, -1):
        place = find_place(run[-length:])
        if place is not None:
            return place
    return None


def _contains(place: Locality, form: NameForm) -> bool:
    """Whether a place before a name is only where the company is: 江苏省|苏州某某有限公司."""
    home = find_place(form.home) if form.home else None
    if home is None or place.province != home.province:
        return False
    return place.city is None or place.city == home.city
