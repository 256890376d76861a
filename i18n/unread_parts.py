"""The line that says at the end of a file's text which parts of the file are not in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from domain.records.states import AttachmentStatus
from i18n.web_phrases import translator

_MOST_NAMED = 20
_LONGEST_NAME = 80
# 【未读：附件2.rar（不支持）；第3页（无文字）】 at the very end of a text
_NOTE = re.compile(r"【未读：([^\n]{1,4000})】$")


def unread_note(parts: Sequence[tuple[str, AttachmentStatus]]) -> str:
    """The line for these names and states, in the language of the file; '' for none."""
    if not parts:
        return ""
    chinese = translator("zh")
    counted = Counter(f"{_short(name)}（{chinese(why.value)}）" for name, why in parts)
    named = [part if count == 1 else f"{part}×{count}" for part, count in counted.items()][
        :_MOST_NAMED
    ]
    more = f"等{len(parts)}处" if len(counted) > _MOST_NAMED else ""
    return f"【未读：{'；'.join(named)}{more}】"


def unread_of(text: str) -> str:
    """What a file's text says that it lacks; '' if it says nothing of the kind."""
    note = _NOTE.search(text[-4100:])
    return note[1] if note else ""


def _short(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
