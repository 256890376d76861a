"""Tell whose number a document number is by its agency code: 工信部联节, 国办发, 粤环."""

from __future__ import annotations

import re
from functools import lru_cache

from domain.acts.issuers import named_bodies
from domain.acts.titles import fold
from domain.text.document_numbers import normalise_document_number

# Agency code (代字) of central bodies, as the beginning of a number.
_CENTRAL_CODES = tuple(
    (re.compile(code), body)
    for code, body in (
        (r"国(?:办)?(?:发|函|令)", "国务院"),
        (r"中(?:办)?发", "中共中央"),
        (r"工信(?:部|厅)|工厅", "工业和信息化部"),
        (r"发改", "国家发展改革委"),
        (r"环(?!保)", "生态环境部"),
        (r"交(?!通)", "交通运输部"),
        (r"商(?:办|建|流通|产|消费|资|贸|服贸|综|电|财|规|务部)", "商务部"),
        (r"国市监|市监", "市场监管总局"),
        (r"署", "海关总署"),
        (r"财(?!政)", "财政部"),
        (r"国科", "科技部"),
        (r"国能", "国家能源局"),
        (r"国标委", "国家标准委"),
        (r"国资", "国务院国资委"),
        (r"应急", "应急管理部"),
        (r"自然资", "自然资源部"),
        (r"税总", "税务总局"),
        (r"银发", "中国人民银行"),
        (r"公(?:通|传|治|交)", "公安部"),
        (r"国(?:铁|铁设备|铁运)", "国家铁路局"),
        (r"国邮", "国家邮政局"),
        (r"民航", "中国民航局"),
    )
)
# The one character of a province that no lower place is called by as well.
_PROVINCE_CODES = {
    "津": "天津", "沪": "上海", "渝": "重庆", "冀": "河北", "晋": "山西", "内": "内蒙古",
    "辽": "辽宁", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西",
    "鲁": "山东", "豫": "河南", "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西",
    "琼": "海南", "川": "四川", "黔": "贵州", "滇": "云南", "藏": "西藏", "陕": "陕西",
    "甘": "甘肃",
}  # fmt: skip
# For example 安吉 of 安吉县生态环境局.
_PLACE_OF = re.compile(r"[\u4e00-\u9fff]{1,12}?(?=省|市|区|县|旗|州|盟)")
# 粤工信, 浙环发, 沪经信: place and field; 川府, 苏政: the government itself.
_FIELD_CODES = tuple(
    (re.compile(code), name)
    for code, name in (
        (r"(?:工信|经信)", "工业和信息化"),
        (r"环", "生态环境"),
        (r"(?:发改)", "发展改革"),
        (r"(?:市监)", "市场监管"),
        (r"(?:府|政)", "人民政府"),
        (r"(?:财)", "财政"),
        (r"(?:商)", "商务"),
        (r"(?:交)", "交通运输"),
    )
)


@lru_cache(maxsize=4096)
def number_bodies(document_number: str | None) -> tuple[str, ...]:
    """The names of the bodies that a number names or is coded for; empty when it says nothing."""
    if not document_number:
        return ()
    spelled = fold(normalise_document_number(document_number[:200]))
    named = named_bodies(spelled)
    if named:
        return named
    code = spelled.partition("〔")[0] if "〔" in spelled else ""
    for pattern, body in _CENTRAL_CODES:
        if code and pattern.match(code):
            return (body,)
    return _of_province(code)


def _of_province(code: str) -> tuple[str, ...]:
    place = _PROVINCE_CODES.get(code[:1])
    if place is None:
        return ()
    field = next((name for pattern, name in _FIELD_CODES if pattern.match(code[1:])), None)
    return (f"{place}{field}",) if field else ()


def bears_code_of(document_number: str | None, publisher: str) -> bool:
    """Whether a number without a code that is known begins with a character of a publisher's
    place: 安环 is 安吉县生态环境局's, and not 德清县生态环境局's."""
    code = (document_number or "").partition("〔")[0][:1]
    place = _PLACE_OF.match(publisher)
    return bool(code and place and code in place[0])


def is_joint(document_number: str | None) -> bool:
    """Whether a number says that several bodies issued the act (工信部联节)."""
    return "联" in (document_number or "").partition("〔")[0][:12]
