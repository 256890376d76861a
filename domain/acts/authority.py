"""Rank an act: law, 行政法规, 部门规章, 地方性法规, 政府规章, 规范性文件 …."""

from __future__ import annotations

import re
from collections.abc import Sequence

from domain.acts.titles import title_key

# For example 行政处罚裁量权基准.
_DISCRETION = re.compile(
    r"裁量(?:权)?(?:基准|规则|标准)|免罚清单|不予(?:行政)?处罚(?:事项)?清单|减免责清单"
)
_LETTER = re.compile(r"函(?:\(.*\)|（.*）)?$")
# For example 管理办法（试行）.
_NORMATIVE = re.compile(
    r"(?:通知|意见|办法|规定|细则|公告|通告|方案|决定|规范|条件|措施|规则|指南|目录|政策)(?:[（(][^（）()]*[）)])*$"
)
_NOT_AN_ACT = re.compile(r"解读|答记者问|问答|公示$|名单|新闻|一图读懂|受理|拟批准|中标|招标|采购")


# Which acts bind more, first those that bind most; local rules stand beside those of departments.
_ORDER = (
    ("law",), ("行政法规",), ("地方性法规",), ("部门规章", "政府规章"), ("规范性文件", "裁量基准"),
)  # fmt: skip


def legal_rank(authority: str | None) -> int:
    """The place of an act among others: 0 a law … 4 a normative document, 5 what is no act."""
    return next((rank for rank, names in enumerate(_ORDER) if authority in names), len(_ORDER))


def authority(
    title: str, issuers: Sequence[str], document_number: str | None, *, local: bool
) -> str | None:
    """The rank of an act, from title, number and issuers; None for what is no act."""
    number = document_number or ""
    plain = title_key(title).removesuffix("~draft")
    state = any(name.endswith(("人民政府", "国务院")) or name == "国务院" for name in issuers)
    congress = any("人民代表大会" in name or "人大" in name for name in issuers)
    order = "令" in number
    if _DISCRETION.search(title):
        return "裁量基准"
    if _NOT_AN_ACT.search(title):
        return None
    if re.search(r"法(?:典)?$", plain) and (plain.startswith("中华人民共和国") or congress):
        return "law"
    if plain.endswith("条例") or congress:
        if local:
            return "地方性法规"
        return "law" if congress and not plain.endswith("条例") else "行政法规"
    if order and local:
        return "政府规章"
    if order:
        return "行政法规" if state else "部门规章"
    if _NORMATIVE.search(title.strip()) and not _LETTER.search(title):
        return "规范性文件"
    told = title.strip().endswith("通报")  # offices number what they tell all as letters too
    if _LETTER.search(title) or (re.search(r"函[〔\[（(]", number) and not told):
        return "letter"
    return "规范性文件" if "〔" in number else None
