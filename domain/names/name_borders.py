"""Whether a name that stands in a text stands there alone, or within another company's name."""

from __future__ import annotations

import re

from config.companies.localities import Locality, find_place
from domain.names.name_forms import NameForm

_HAN_RUN_LEFT = re.compile(r"[一-鿿]{1,12}$")
# What may stand right before a name that begins with no place: 责令某某, 对某某, 企业名称某某
_BEFORE = re.compile(
    r"(?:[对向与和及或由的为是将给被经在从自让请令至到把因称即如含等原名知示于查告准予销移除罚求权托持导织同合停复购]|"
    r"关于|同意|处罚|撤销|取消|移出|列入|包括|其中|名称|全称|企业|公司|单位|机构|人民共和国|供应商|督促|指出|我[省市区县]|本[省市区县]|该[省市]|"
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
    r"公司(?![一-鿿]{0,6}(?:有限|集团))|企业|[的等与和及或在因未被将已应须对向于为是也均拒不违存提报申经按"
    r"由自从有无收处罚受承同该其涉曾共至到完称要逾拟正取获现仍另还再则并且却擅超作法负董整旗一-]|生产|销售|回收|从事|进口|出口|[^一-鿿a-z0-9]"
)


def stands_alone(text: str, start: int, end: int, form: NameForm) -> bool:
    """Whether ``text[start:end]`` is the name itself, not part of another company's."""
    if not form.chinese:
        return _letters_end(text, start, end)
    if not _left_is_open(text, start, form):
        return False
    rest = text[end : end + 24]
    if form.whole:
        return not rest.startswith(("集团", "有限", "股份", "公司"))
    if _GOES_ON_AS_NAME.match(rest) and not rest.startswith("公司"):
        return False
    return not _LINE_OF_BUSINESS.match(rest) and (not rest or _AFTER.match(rest) is not None)


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
