"""Write an act that has no English of its own from its verb and its object."""

from __future__ import annotations

from functools import lru_cache

from i18n.en.noun_phrases import noun_phrase
from i18n.glossary_terms import longest_first, phrase_words

# Verbs whose object may be a person or a company.
_OF_PERSONS = frozenset(
    {"委托", "聘请", "安排", "指派", "指定", "明确", "配备", "配置", "配齐", "组织", "疏散", "撤离",
     "确定", "配合"}
)  # fmt: skip


@lru_cache(maxsize=4096)
def verb_phrase(verb: str, thing: str) -> str | None:
    """切断高压电路 is "cut off the high-voltage circuit"; None where a part is not known."""
    words = phrase_words()
    said = thing if thing.startswith(verb) else f"{verb}{thing}"
    known = next((word for word in longest_first(words.verbs) if said.startswith(word)), None)
    if said in words.alone:
        return words.alone[said]
    if known is None:
        return None
    phrase = noun_phrase(said[len(known) :])
    if phrase is None or (phrase.has_person and known not in _OF_PERSONS):
        return None
    return f"{words.verbs[known]} {phrase.english}"
