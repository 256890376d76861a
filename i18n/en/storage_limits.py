"""Write how much may be stored, and for how long: store at most 5 t of retired power batteries."""

from __future__ import annotations

import re

from i18n.en.noun_phrases import noun_phrase

# 贮存退役动力电池总量, 存放废旧动力电池, 单批贮存时间
_STORED = re.compile(
    r"(?P<each>单批|每批|同一批次?|单次)?的?(?:电池)?(?:贮存|存放|堆放|暂存|储存|存储|堆存)"
    r"(?P<what>[一-鿿、]{0,16}?)的?"
    r"(?P<of>总量|数量|总数|总重量?|重量|质量|量|时间|期限|周期|期|时长)?"
)
_TIMES = frozenset({"时间", "期限", "周期", "期", "时长"})
_KINDS = frozenset({"things", "materials", "known"})


def stored_within(name: str, bound: str, thing: str, *, lasting: bool) -> str | None:
    """The predicate for a limit of storage; None for any other. ``name`` is the limit's parameter,
    ``bound`` "at most 5 t", ``thing`` what the duty is about; ``lasting``: it limits a time."""
    match = _STORED.fullmatch(name)
    if match is None or (match["of"] is not None and (match["of"] in _TIMES) is not lasting):
        return None
    what = noun_phrase(match["what"] or thing) if match["what"] or thing else None
    known = what is not None and set(what.kinds) <= _KINDS and not what.has_person
    if match["what"] and not known:
        return None
    english = what.english if what is not None and known else ""
    if match["each"]:
        english = f"each batch of {english}" if english else "each batch"
    if lasting:
        return f"store {english} for {bound}" if english else None
    return f"store {bound} of {english}" if english and not match["each"] else None
