"""Read what a sanction says: its kinds and sums, and the range over all its steps."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from classifier.duties.statements import Statement
from classifier.facts.figures.amounts import Amount, find_amounts
from domain.law.duties import Sanction, SanctionTier

# 给予警告, 责令限期改正, 处一万元以下罚款
_KINDS = (
    ("warning", re.compile(r"警告|警示(?!标|牌)|通报批评|(?:予以|进行|全[省市区县国系统]+)通报")),
    ("order_to_correct", re.compile(
        r"责令(?:其|立即|限期|停止违法行为[，、]){0,4}(?:改正|整改|停止违法|限期|退运|拆除|召回)|限期(?:改正|整改)"
    )),
    ("fine", re.compile(r"罚款|处以?[^，。；]{0,16}元(?!以[上下]?的?货)")),
    ("confiscation", re.compile(r"没收")),
    ("suspension", re.compile(
        r"责令(?:其)?(?:停[产业]|停止(?:生产|营业|经营|销售|使用))|停产整[治顿]|停业整顿|(?<![拟需要请])暂停|停用|限制生产"
        r"|停办|[年月日]内不(?:再|予)?(?:采信|承运)"
    )),
    ("delisting", re.compile(
        r"撤销[^，。；]{0,10}公告|移出[^，。；]{0,8}(?:名单|名录)|取消(?:其)?[^，。；]{0,16}(?:资格|公告|称号|备案)|撤销[^，。；]{0,6}备案"
        r"|撤销[^，。；]{0,6}资格|从[^，。；]{0,14}(?:目录|名单|名录)[^，。；]{0,4}(?:移除|移出|删除|剔除)"
    )),
    ("credit_record", re.compile(
        r"信用(?:记录|档案|惩戒|信息)|失信|记入[^，。；]{0,8}信用|异常名录"
    )),
    ("referral", re.compile(
        r"移[送交](?:司法|公安|有关|[^，。；]{0,4}(?:执法|主管)部门|[^，。；]{0,8}(?:处理|查处|机关))"
    )),
    ("revocation", re.compile(
        r"吊销|注销(?:其)?[^，。；]{0,8}(?:代码|编码|账[户号]|备案|登记|资格)"
    )),
)  # fmt: skip


# 原“三千元以上一万元以下”的规定不再适用: an old sum
_NO_LONGER = re.compile(r"原[^，。；]{0,40}(?:不再适用|不再执行|停止执行|废止)")


def read_sanction(text: str, statement: Statement) -> Sanction:
    """Kinds and sums of a sanction; the range over all its steps."""
    text = _NO_LONGER.sub("", text)
    kinds = tuple(name for name, pattern in _KINDS if pattern.search(text))
    if not kinds and "追究刑事责任" in text:
        kinds = ("referral",)
    amounts = (
        [amount for amount in find_amounts(text) if _is_sum(text, amount)]
        if "fine" in kinds
        else []
    )
    if any(
        amount.basis == "fixed" for amount in amounts
    ):  # sums, where multiples stand beside them
        amounts = [amount for amount in amounts if amount.basis == "fixed"]
    lows = [amount.low or None for amount in amounts]  # none where only the upper end is stated
    highs = [amount.high for amount in amounts if amount.high is not None]
    known = [low for low in lows if low is not None]
    return Sanction(
        article=statement.article, kinds=kinds,
        min=_plain(min(known)) if known and len(known) == len(lows) else None,
        max=_plain(max(highs)) if highs else None,
        basis=_basis(text, amounts), quote=statement.quote,
    )  # fmt: skip


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value


def _is_sum(text: str, amount: Amount) -> bool:
    after, before = (
        text[amount.end : amount.end + 8],
        text[max(0, amount.start - 14) : amount.start],
    )
    if (
        amount.basis == "fixed" and re.match(r"(?:以[上下])?的(?!罚款)|违法所得|货值", after)
    ) or re.search(
        r"(?:违法所得|货值金额?|价值|投资额?|数额|不足|没有违法所得[^，]{0,4})(?:在|为|达|不足|超过)?$",
        before,
    ):
        return False
    return bool(re.search(r"罚|处", text[max(0, amount.start - 40) : amount.end + 12]))


def _basis(text: str, amounts: Sequence[Amount]) -> str | None:
    if not amounts:
        return None
    first = amounts[0]
    if first.basis == "multiple":
        return (
            "percent"
            if "%" in text[first.start : first.end] or "分之" in text[first.start : first.end]
            else "multiple"
        )
    before = text[max(0, first.start - 10) : first.start]
    if re.search(r"每(?:辆|吨|台|件|块|组|套|个|次|批|公斤|千克|只)[^，。；]{0,6}$", before):
        return "per_unit"
    return "per_day" if re.search(r"(?:每(?:逾期一)?|按)[日天][^，。；]{0,6}$", before) else "fixed"


def merged_sanctions(first: Sanction, second: Sanction) -> Sanction:
    """A sanction with its next step: the kinds of both, the range over both."""
    paid = [step for step in (first, second) if step.basis is not None]
    sums = [step for step in paid if step.basis not in ("multiple", "percent")] or paid
    lows = [step.min for step in sums if step.min is not None]
    highs = [step.max for step in sums if step.max is not None]
    return replace(
        first, kinds=tuple(dict.fromkeys((*first.kinds, *second.kinds))),
        min=min(lows) if lows and len(lows) == len(sums) else None,
        max=max(highs) if highs else None,
        basis=sums[0].basis if sums else None, tiers=(*first.tiers, *second.tiers),
    )  # fmt: skip


def tiers_of(rows: Sequence[tuple[str, str]], statement: Statement) -> tuple[SanctionTier, ...]:
    """Tiers of a discretion table: (condition, sanction text) a row."""
    found = []
    for condition, text in rows:
        one = read_sanction(text, statement)
        if "fine" not in one.kinds and re.search(r"[\d一二三四五六七八九十百千万]元", text):
            one = read_sanction(f"处{text}罚款", statement)  # 1万元以上2万元以下
        found.append(SanctionTier(condition=condition, min=one.min, max=one.max))
    return tuple(found)
