"""Read how an issuer speaks of itself: 我关2024年第6号公告 is its own announcement."""

from __future__ import annotations

import re
from collections.abc import Sequence

# 我关2024年第6号公告, 我委公告2025年第3号, but not 我局收悉.
_WE = re.compile(
    r"我(?:关|局|委|部|厅|署|办|院)(?:发布的|印发的)?"
    r"(?=(?:公告|通告|令)?(?:\d{4}年)?第?\d{1,4}号|(?:公告|通告)[（(〔\[]?\d{4})"
)


def in_full(text: str, issuers: Sequence[str]) -> str:
    """A text in which the one issuer's acts bear its name."""
    return _WE.sub(issuers[0], text) if len(issuers) == 1 else text
