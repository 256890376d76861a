"""Say how surely a text names the subject of the field: retired or waste traction or lithium
power batteries, their codes, their processing.

A notice is never relevant on a likeness alone: some passage of it must have the subject. The
batteries of neighbouring fields (铅蓄电池, 电动自行车电池 …) are hidden before anything is asked.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache, lru_cache

from classifier.topics.lexicon import FIELD, has_battery, has_neighbour, is_end_of_life, own_words

# Phrases that no neighbouring field uses of its own batteries.
_NAMED = (
    "waste_power", "waste_lithium", "power_recycling", "recycling_power", "cascade",
    "field_standard", "english",
)  # fmt: skip
# For example 退役动力电池, 黑粉, 车电一体 or 动力电池溯源信息平台.
_NAMED_TOO = (
    r"退役(?:[^，。；、]{0,6})?(?:电池|电芯|模组|电池包)|黑粉|电极粉|black mass|车电一体"
    r"|(?:磷酸铁锂|三元|锂)(?:废旧?|退役)电(?:池|芯)"
    r"|动力(?:蓄)?电池溯源|新能源汽?车[^，。；]{0,12}溯源|监测与动力"
    r"|(?:新能源|电动)(?:汽车|公交车?|客车|货车|车辆)[^，。；]{0,12}(?:废旧?|旧|换下的?|拆下的?)电池"
)
# These speak of used batteries or of their codes, but in the words of other batteries as well.
_POSSIBLE = (
    "pack_code", "used_cell", "waste_battery", "battery_recycling", "recovered_metal",
    "waste_chemistry", "retired", "black_mass",
)  # fmt: skip

# For example 关于电动汽车召回的公告 or 药品追溯码规范: the title of a neighbour.
_NEIGHBOURS_TITLE = re.compile(
    r"召回|以旧换新|置换|购置税|准入|车型目录|车辆生产企业及产品|充电|碳足迹|产能|出口(?:许可|管制)"
    r"|药品|食品|农产品|医疗器械|疫苗|气瓶|钢瓶|化肥|农药|种子|食盐|烟花|家电|轮胎|钢铁|塑料|光伏|风电"
)


_TAKEN_BACK = re.compile(r"收回|返还|交还|退回|淘汰|残值|期满|处置")
# For example 职称评审专业, 课题经费 or 听取汇报: the field is named, nothing is stated of it.
_MENTION = re.compile(
    r"培训班|研修班|培训费|课程|讲座|竞赛|教材|展会|展区|展位|展览|博览会|论坛|招商|招聘|编制|职称|评审专业"
    r"|课题|科技(?:进步|计划)|经费|预算|理事|党支部|主题党日|听取.{0,30}汇报|汇报会"
)


class NamesBattery(IntEnum):
    """How surely a text has the subject."""

    NONE = 0
    POSSIBLE = 1
    NAMED = 2


@lru_cache(maxsize=4096)
def subject_of(text: str) -> NamesBattery:
    """How surely a text has the subject of the field."""
    own = own_words(text)
    if _pattern(_NAMED, _NAMED_TOO).search(own):
        return NamesBattery.NAMED
    ended = is_end_of_life(own) or _TAKEN_BACK.search(own) is not None
    if _pattern(_POSSIBLE, "").search(own) or (has_battery(own) and ended):
        return NamesBattery.POSSIBLE
    return NamesBattery.NONE


def is_mention(text: str) -> bool:
    """True if a text reads like one that only mentions what it names: a course, a budget line."""
    return _MENTION.search(text) is not None


def names_neighbour(text: str) -> bool:
    """True if a text names a neighbouring field and does not name the subject of this one."""
    return has_neighbour(text) and subject_of(text) < NamesBattery.NAMED


def titles_neighbour(title: str) -> bool:
    """True if a title is of a neighbouring field by its words and does not name ours."""
    return _NEIGHBOURS_TITLE.search(title) is not None and subject_of(title) < NamesBattery.NAMED


@cache
def _pattern(names: tuple[str, ...], more: str) -> re.Pattern[str]:
    parts = [*(FIELD[name] for name in names), *([more] if more else [])]
    return re.compile("|".join(parts), re.IGNORECASE)
