"""To whom a prohibition forbids to hand something: without it it would forbid too much."""

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
