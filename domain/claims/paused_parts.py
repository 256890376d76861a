"""The parts of an act that are not applied for the time being, as far as the order names them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# 暂停执行某文第二条第（一）项关于移交期限的规定; 暂缓实施第五条第二项
_PAUSES = re.compile(r"暂停|暂缓|中止|停止执行")
_ITEM = re.compile(r"第[（(]?([一二三四五六七八九十]{1,3})[）)]?项")
_LABEL = re.compile(r"^[（(]([一二三四五六七八九十]{1,3})[）)]")


@dataclass(frozen=True, kw_only=True, slots=True)
class PausedPart:
    """An article that is not applied; of one with ``items`` these alone."""

    article: str
    items: frozenset[str] = frozenset()

    def covers(self, article: str, sentence: str) -> bool:
        """Whether a sentence of an article is not applied."""
        if article != self.article:
            return False
        label = _LABEL.match(sentence)
        return not self.items or (label is not None and label[1] in self.items)


def paused_items(order: str) -> frozenset[str]:
    """The items that the sentences of an order pause; none where it pauses the whole article."""
    pausing = [part for part in re.split(r"[。；\n]", order) if _PAUSES.search(part)]
    return frozenset(item for part in pausing for item in _ITEM.findall(part))
