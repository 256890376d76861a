"""Name in English what a duty acts on: the glossary's own term, else a phrase of known words."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from i18n.en.noun_phrases import noun_phrase
from i18n.glossary_terms import glossary, longest_first

_JOINTS = {"、": ", ", "和": " and ", "及": " and ", "与": " and ", "或": " or "}
_LINK = re.compile(r"(.+) the link between them$")  # X与Y的对应关系


@lru_cache(maxsize=4096)
def english_object(chinese: str) -> str | None:
    """The English of a noun phrase where every word of it is known, else None."""
    text = re.sub(r"[“”《》（）()\s]", "", chinese)
    if text in known_objects():
        return known_objects()[text]
    phrase = noun_phrase(chinese)
    if phrase is not None:
        return phrase.english
    return None if "的" in text else glossary_words(text)


@lru_cache(maxsize=4096)
def glossary_words(text: str) -> str | None:
    """A phrase without 的 in the order of its words, each known to the glossary."""
    words = known_objects()
    order = longest_first(words)
    parts: list[str] = []
    while text:
        term = next((term for term in order if text.startswith(term)), None)
        if term is not None:
            parts.append(f" {words[term]} ")
            text = text[len(term) :]
        elif text[0] in _JOINTS:
            parts.append(_JOINTS[text[0]])
            text = text[1:]
        elif match := re.match(r"[A-Za-z0-9./-]+", text):
            parts.append(f" {match[0]} ")
            text = text[match.end() :]
        else:
            return None
    said = re.sub(r"\s+,", ",", " ".join("".join(parts).split()))
    said = _LINK.sub(r"the link between \1", said)
    return said or None


@cache
def known_objects() -> dict[str, str]:
    """The glossary's terms for what a duty acts on and what a limit measures."""
    known = glossary()
    return {**known.parameters, **known.terms, **known.objects}
