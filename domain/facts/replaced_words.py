"""Words that a decision to amend takes away: they are no longer the law and state no fact."""

from __future__ import annotations

import re

_GONE = "〓"  # stands for each character that is no longer the law
_TO = r"(?:修改|修订|修正|调整|更改|替换|变更|提高|降低|缩短|压缩|延长|改)(?:为|成|到|至)"
_QUOTE = r"(?:“[^“”]{1,1000}”|「[^「」]{1,1000}」|\"[^\"\n]{1,1000}\")"
_LIST = rf"{_QUOTE}(?:[、，和及或]{{1,2}}{_QUOTE}){{0,8}}"
# “三十日”统一修改为, “十倍”、“五倍”的规定改为, “一万元”，现调整为
_REPLACED = re.compile(
    rf"(?P<gone>{_LIST})(?:字样|一词|一句|等?的?(?:表述|内容|规定|文字))?[，,]?(?:现|均|统一|分别|全部|相应|一并|一律){{0,2}}{_TO}"
)
# 删去第十条第二款中的“并处五千元罚款”
_DROPPED = re.compile(rf"(?:删[去除掉]|取消|废止)[^“”「」\"。；，\n]{{0,40}}(?P<gone>{_LIST})")
# “并处五千元罚款”一句予以删除
_LEFT_OUT = re.compile(
    rf"(?P<gone>{_LIST})(?:字样|一词|一句|的?(?:表述|内容|规定|文字))?(?:均|一并|予以){{0,2}}(?:删[去除掉]|取消|废止)"
)
# 原办法第三条规定，未备案的处一万元罚款，现修改为
_FORMERLY = re.compile(
    rf"原(?!则)(?:来|先)?[^“”。；\n]{{0,30}}?(?:规定|为|是|明确)(?P<gone>[^“”。；\n]{{1,120}}?)[，,](?:现|此次|本次)(?:统一|将其|拟)?{_TO}"
)
_ORDERS = re.compile(rf"{_TO}|删[去除掉]|取消|废止")
_NUMBER = re.compile(
    r"(?P<place>第[一二三四五六七八九十百\d]{1,6}[条款项])|[0-9.一二三四五六七八九十百千万亿两半]"
)
# The heading of the old column beside the new one: 修改前, 现行条文, 原文
_OLD_COLUMN = re.compile(
    r"^(?:修[改订正]前|调整前|变更前|现行|原(?:条文|文|内容|规定|条款|办法|标准|表述)|旧)"
)
_NEW_COLUMN = re.compile(
    r"修[改订正]后|调整后|变更后|拟修[改订]|修[改订]稿|新(?:条文|规定|标准)|^修[改订正]为"
)


def without_replaced_words(text: str) -> str:
    """The text at its full length, with a filler for the words that are replaced or deleted."""
    if not _ORDERS.search(text):
        return text
    for pattern in (_REPLACED, _DROPPED, _LEFT_OUT):
        text = pattern.sub(_without_quoted, text)
    return _FORMERLY.sub(_without_numbers, text)


def _without_quoted(match: re.Match[str]) -> str:
    gone = re.sub(r"[^“”「」\"]", _GONE, match["gone"])
    return _in_place(match, gone)


def _without_numbers(match: re.Match[str]) -> str:
    return _in_place(match, _NUMBER.sub(lambda one: one["place"] or _GONE, match["gone"]))


def _in_place(match: re.Match[str], gone: str) -> str:
    start, end = match.start("gone") - match.start(), match.end("gone") - match.start()
    return match[0][:start] + gone + match[0][end:]


def old_columns(header: tuple[str, ...]) -> frozenset[int]:
    """Which columns of a table hold the words before an amendment, beside the new ones."""
    names = ["".join(cell.split()) for cell in header]
    if not any(_NEW_COLUMN.search(name) for name in names):
        return frozenset()
    return frozenset(n for n, name in enumerate(names) if _OLD_COLUMN.search(name))
