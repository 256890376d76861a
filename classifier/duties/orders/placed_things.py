"""Read what is done to a thing or put at a place: 破损电池装入专用箱, 入口张贴警示语."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.duties.leads import ClauseLead
from classifier.duties.setting import Predicate, Setting
from classifier.duties.subjects import find_roles
from domain.law.duties import Modality

# 破损电池装入专用防爆箱, 箱体外侧张贴警示语, 库内存放的电池每日测温
_PLACED = re.compile(
    r"(?:[^，。；]{2,14}(?:的)?(?:电池|箱|柜|容器|包装|模组|货物|库房?|仓库|作业区|贮存区|区域|场所|外侧|位置|门口|入口|车辆|之间|舱))"
    r"(?P<act>(?:单独|分类|集中|统一|全部|逐一|及时|\d{1,3}(?:小时|天|日)内)?(?:装入|放入|存放于?|贮存于?|张贴|悬挂|设置|设有|配备|配齐|加装|安装|粘贴|加贴|移出|移交|转移至|送至|交由)[^，。；]{2,})"
)
_PUT_UP = ("张贴", "悬挂", "设置", "配备", "配齐", "加装", "安装")
_PUT_INTO = ("装入", "放入", "移出", "移交", "转移至", "送至", "交由")


def placed(body: str, setting: Setting) -> Iterator[Predicate]:
    """In an article or an item, what is done to a thing or put at a place."""
    match = _PLACED.match(body)
    if not setting.ordered or match is None or find_roles(body[:4]):
        return
    thing = body[: match.start("act")]
    act = body[match.start("act") :]
    if act.startswith(_PUT_UP):
        yield Predicate(Modality.MUST, setting.sentence, ClauseLead(), act)
    elif act.startswith(_PUT_INTO):
        words = f"将{thing.lstrip('将把')}{act}"
        yield Predicate(Modality.MUST, setting.sentence, ClauseLead(), words)
    else:
        yield Predicate(Modality.MUST, setting.sentence, ClauseLead(topic=thing), act)
