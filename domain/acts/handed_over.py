"""Read whether an act hands a body's duties over to another one (职责划转)."""

from __future__ import annotations

import re

_MOST = 20_000  # characters of a text that are looked at
# 网点管理职责由经信部门划转至商务部门; 改由同级商务主管部门承担.
_HANDED_OVER = re.compile(
    r"职[责能权][^。；\n]{0,40}?(?:划转|划归|划入|移交|移转|转隶|转由|改由)"
    r"|(?:改由|转由)[^。；\n]{2,30}?(?:承担|负责|行使|履行)"
)


def hands_over(text: str) -> bool:
    """Whether a text says so."""
    return _HANDED_OVER.search(text[:_MOST]) is not None
