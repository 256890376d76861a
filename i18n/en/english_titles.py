"""Render titles in English from what the glossary and the table of issuers know."""

from __future__ import annotations

import re
from collections.abc import Sequence

from i18n.en.body_names import body_name
from i18n.glossary_terms import glossary, longest_first

_TITLES_NAMED = 4
_LONGEST_TITLE = 300  # characters that are read; more are no title


def document_type(title: str) -> str | None:
    """What kind of act a title names: Measures, Notice, Announcement …

    In 关于印发《…办法》的通知 the act that matters is the inner one.
    """
    title = title[:_LONGEST_TITLE]
    types = glossary().document_types
    inner = (
        re.search(r"《([^《》]+)》", title)
        if re.search(r"印发|公布|发布|征求|征集", title)
        else None
    )
    if inner is None:
        inner = re.search(r"印发(.+?)的(?:通知|函)$", title)
    for text in (inner[1] if inner else "", title):
        text = re.sub(r"[（(][^（）()]*[）)]\s*$", "", text.strip())
        for term in longest_first(types):
            if text.endswith(term):
                return types[term]
    return None


# Stages whose one word says what an act is; "Announcement (list)" would say it twice.
_SAYS_ALL = {"list": "List", "interpretation": "Explanation"}


def title_en(title: str, issuers: Sequence[str], stage: str | None) -> str:
    """An honest English line for a title, not a translation:
    "Measures (draft) · Ministry of Commerce and 5 others · used power batteries, traceability"."""
    kind = _SAYS_ALL.get(stage or "") or document_type(title) or "Notice"
    if stage and stage != "final" and stage not in _SAYS_ALL:
        kind = f"{kind} ({glossary().stages.get(stage, stage)})"
    parts = [kind, _issuers_text(issuers)]
    subjects = title_subjects(title)
    if subjects:
        parts.append(", ".join(subjects))
    return " · ".join(part for part in parts if part)


def _issuers_text(issuers: Sequence[str]) -> str:
    if not issuers:
        return ""
    first = body_name(issuers[0]) or issuers[0]
    others = len(issuers) - 1
    if not others:
        return first
    return f"{first} and {others} other{'' if others == 1 else 's'}"


def title_subjects(title: str) -> list[str]:
    """The first glossary terms in the title, a longer term hiding the shorter inside it."""
    title = title[:_LONGEST_TITLE]
    terms = glossary().terms
    found: list[tuple[int, int, str]] = []
    for term in longest_first(terms):
        for match in re.finditer(re.escape(term), title):
            if not any(match.start() < end and match.end() > start for start, end, _ in found):
                found.append((match.start(), match.end(), terms[term]))
    return list(dict.fromkeys(english for _, _, english in sorted(found)))[:_TITLES_NAMED]
