"""Recognise issuing bodies as really written: abbreviations, signature blocks, jurisdictions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from domain.acts.titles import fold

# Canonical name -> the other ways in which documents write it.
_CENTRAL: dict[str, tuple[str, ...]] = {
    "全国人民代表大会": ("全国人大", "全国人民代表大会常务委员会", "全国人大常委会"),
    "中共中央": ("中共中央办公厅", "中办"),
    "国务院": ("国务院办公厅", "国办"),
    "工业和信息化部": ("工信部",),
    "国家发展改革委": ("国家发展和改革委员会", "国家发改委", "发展改革委", "发改委"),
    "生态环境部": ("环境保护部", "环保部"),
    "交通运输部": (),
    "商务部": (),
    "市场监管总局": ("国家市场监督管理总局", "国家市场监管总局", "市场监督管理总局"),
    "海关总署": (),
    "财政部": (),
    "科技部": ("科学技术部",),
    "公安部": (),
    "应急管理部": ("应急部",),
    "国家能源局": (),
    "国家标准委": ("国家标准化管理委员会",),
    "自然资源部": (),
    "住房城乡建设部": ("住房和城乡建设部", "住建部"),
    "税务总局": ("国家税务总局",),
    "国家铁路局": (),
    "中国民航局": ("中国民用航空局", "民航局"),
    "国家邮政局": (),
    "人力资源社会保障部": ("人力资源和社会保障部", "人社部"),
    "农业农村部": (),
    "中国人民银行": ("人民银行",),
    "金融监管总局": ("国家金融监督管理总局",),
    "司法部": (),
    "国务院国资委": ("国资委", "国务院国有资产监督管理委员会"),
    "国家数据局": (),
    "国家林草局": ("国家林业和草原局",),
    "水利部": (),
    "教育部": (),
    "最高人民法院": ("最高法",),
    "最高人民检察院": ("最高检",),
}
_CANONICAL = {name: name for name in _CENTRAL} | {
    other: name for name, others in _CENTRAL.items() for other in others
}
# 发展改革委, but not the 发展改革委 of a 省 or 市, nor any 工业和信息化部门.
_CENTRAL_NAMES = re.compile(
    rf"(?<![省市县区州旗盟])(?:{'|'.join(sorted(_CANONICAL, key=len, reverse=True))})(?!门)"
)

PROVINCES = {
    "北京": "CN-BJ", "天津": "CN-TJ", "河北": "CN-HE", "山西": "CN-SX", "内蒙古": "CN-NM",
    "辽宁": "CN-LN", "吉林": "CN-JL", "黑龙江": "CN-HL", "上海": "CN-SH", "江苏": "CN-JS",
    "浙江": "CN-ZJ", "安徽": "CN-AH", "福建": "CN-FJ", "江西": "CN-JX", "山东": "CN-SD",
    "河南": "CN-HA", "湖北": "CN-HB", "湖南": "CN-HN", "广东": "CN-GD", "广西": "CN-GX",
    "海南": "CN-HI", "重庆": "CN-CQ", "四川": "CN-SC", "贵州": "CN-GZ", "云南": "CN-YN",
    "西藏": "CN-XZ", "陕西": "CN-SN", "甘肃": "CN-GS", "青海": "CN-QH", "宁夏": "CN-NX",
    "新疆": "CN-XJ",
}  # fmt: skip
_CITIES = {
    "CN-GD": "深圳 广州 东莞 佛山 珠海 惠州 清远", "CN-JS": "南京 苏州 无锡 常州 南通 徐州 盐城",
    "CN-ZJ": "杭州 宁波 温州 嘉兴 湖州 衢州", "CN-SC": "成都 宜宾 遂宁", "CN-SN": "西安",
    "CN-HB": "武汉 荆门 宜昌 襄阳", "CN-HN": "长沙 株洲 娄底", "CN-AH": "合肥 芜湖 滁州",
    "CN-FJ": "福州 厦门 宁德", "CN-SD": "济南 青岛 烟台", "CN-HA": "郑州 洛阳",
    "CN-GX": "南宁 柳州",
    "CN-JX": "南昌 赣州 宜春 上饶", "CN-LN": "沈阳 大连", "CN-JL": "长春", "CN-HL": "哈尔滨",
    "CN-HE": "石家庄 唐山 保定", "CN-SX": "太原", "CN-GZ": "贵阳", "CN-YN": "昆明", "CN-GS": "兰州",
    "CN-NX": "银川", "CN-QH": "西宁", "CN-XJ": "乌鲁木齐", "CN-XZ": "拉萨", "CN-HI": "海口",
    "CN-NM": "呼和浩特 包头 鄂尔多斯",
}  # fmt: skip
_PLACES = PROVINCES | {city: code for code, cities in _CITIES.items() for city in cities.split()}
_PLACE = "|".join(_PLACES)
_PLACE_START = re.compile(f"(?:中共)?({_PLACE})")
# For example 广东省生态环境厅.
_LOCAL_BODY = re.compile(
    rf"(?:{_PLACE})(?:省|市|(?:壮族|回族|维吾尔)?自治区)?[\u4e00-\u9fff]{{0,14}}?"
    r"(?:厅|局|委员会|委|人民政府(?:办公厅)?)(?![\u4e00-\u9fff]{0,2}(?:部|委|局|厅|署))"
)
# For example 国家税务总局 in 国家税务总局浙江省税务局: an office of the centre in a place.
_BRANCH_OF = re.compile(
    rf"(?:国家税务总局|中国人民银行|国家金融监督管理总局|国家能源局)(?=(?:{_PLACE}))"
)
_KEPT = 200  # characters of a text whose bodies are kept for the next comparison
_OFFICE = re.compile(r"(?:办公厅|办公室|综合司)$")


def canonical(name: str) -> str:
    """One spelling for a body: 工信部 and 中华人民共和国工业和信息化部办公厅 are the same."""
    plain = fold(name).removeprefix("中华人民共和国")
    if plain in _CANONICAL:
        return _CANONICAL[plain]
    shorter = _OFFICE.sub("", plain) or plain
    return _CANONICAL.get(shorter, shorter)


def spellings_of(name: str) -> tuple[str, ...]:
    """The ways in which documents write a body, its one spelling first."""
    return (name, *_CENTRAL.get(name, ()))


def named_bodies(text: str) -> tuple[str, ...]:
    """The bodies that a title or a signature block names, in their order, each once."""
    return _kept_names(text) if len(text) <= _KEPT else _names_in(text)


@lru_cache(maxsize=2048)
def _kept_names(text: str) -> tuple[str, ...]:
    """The titles and issuers of a site's notices come up at each new one."""
    return _names_in(text)


def _names_in(text: str) -> tuple[str, ...]:
    plain = _BRANCH_OF.sub("", fold(text))
    local = [(match.start(), _OFFICE.sub("", match[0])) for match in _LOCAL_BODY.finditer(plain)]
    rest = _LOCAL_BODY.sub(lambda match: " " * len(match[0]), plain)
    central = [(match.start(), _CANONICAL[match[0]]) for match in _CENTRAL_NAMES.finditer(rest)]
    return tuple(dict.fromkeys(name for _, name in sorted(local + central)))


def bodies_in(text: str) -> frozenset[str]:
    """The issuing bodies that a text names, each in its one spelling."""
    return frozenset(named_bodies(text))


def bodies_of(names: Iterable[str]) -> frozenset[str]:
    """Canonical bodies of printed issuers; one string may join several with blanks or commas."""
    found: set[str] = set()
    for name in names:
        named = bodies_in(name)
        found |= named or ({canonical(name)} if name.strip() else set())
    return frozenset(found)


def is_central(body: str) -> bool:
    return canonical(body) in _CENTRAL


def jurisdiction_of(issuers: Iterable[str]) -> str | None:
    """CN when a central body is among them, else the province (or the city's province) of
    the first local one."""
    province: str | None = None
    for name in issuers:
        if any(is_central(body) for body in bodies_in(name)):
            return "CN"
        match = _PLACE_START.match(fold(name).removeprefix("中华人民共和国"))  # 南宁海关
        if match and province is None:
            province = _PLACES[match[1]]
    return province
