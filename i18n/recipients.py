"""To whom a prohibition forbids to hand something, and how something may only be done: without it
a sentence would forbid or order too much."""

from __future__ import annotations

import re

from domain.law.duties import Duty, Modality

# 不得交售给(其他单位或者个人), 严禁转让给(无资质的企业)
_TO = re.compile(
    r"(?:不得|禁止|严禁|不准)[^，。；]{0,24}?(?<=[一-鿿])(?:给|(?<=交)[由予与至]|(?<=[售卖送租让])[予与至])"
    r"(?P<whom>[^，。；]{2,30})"
)
# 不得向(个人)出售
_TOWARDS = re.compile(
    r"(?:不得|禁止|严禁|不准)[^，。；]{0,8}?向(?P<whom>[^，。；]{2,24}?)"
    r"(?=出售|销售|转让|转移|提供|交售|移交|交付|出租|出借|赠)"
)
_OTHERS = re.compile(r"(?:任何)?(?:其他|其它|上述以外|此外)")


def forbidden_recipient(duty: Duty) -> str:
    """The text's words for whom something must not be handed to; '' where it names nobody."""
    if duty.modality is not Modality.MUST_NOT:
        return ""
    match = _TOWARDS.search(duty.quote) or _TO.search(duty.quote)
    return match["whom"] if match else ""


def is_anyone_else(recipient: str) -> bool:
    """Whether everybody is meant but those named before: 其他单位或者个人."""
    return _OTHERS.match(recipient) is not None


_HOW_ONLY = frozenset({"import", "export", "transport", "sell"})


def asked_manner(duty: Duty) -> str:
    """How something may only be done, where a duty asks no more: of 应当以密封袋装方式进口 the
    words 以密封袋装方式."""
    if duty.modality is not Modality.MUST or duty.act not in _HOW_ONLY or not duty.verb:
        return ""
    how = rf"(?P<how>以[^，。；以]{{2,16}}?(?:方式|形式)){re.escape(duty.verb)}"
    match = re.search(how, duty.quote)
    return match["how"] if match else ""
