"""Write in English what a time is counted from: 场所启用 is "the start of use of the premises"."""

from __future__ import annotations

import re
from functools import lru_cache

from i18n.en.noun_phrases import noun_phrase
from i18n.en.word_forms import with_article
from i18n.glossary_terms import longest_first, phrase_words

# 装船48小时前, 维修完毕之日, 出岛前
_ENDS = re.compile(r"(?:之日|之后|之前|当日|后|前|时|日)?(?:\d{1,3}个?(?:小时|日|天|工作日))?$")


@lru_cache(maxsize=4096)
def event_phrase(chinese: str) -> str | None:
    """An event as English that follows "after" or "before"; None where it is not known whole."""
    text = re.sub(r"\s", "", chinese[:60])
    text = _ENDS.sub("", text)
    if re.search(r"^进入[一-鿿]{2,3}省境?内?$", text):
        return "entering the province"
    text = text.removeprefix("发生")
    parts = [_one_event(part) for part in re.split("、|或者|或", text) if part]
    known = [part for part in parts if part]
    return " or ".join(known) if parts and len(known) == len(parts) else None


def _one_event(text: str) -> str | None:
    """启用, 网点启用, 调拨: a known event, with what it happens to."""
    events = phrase_words().events
    if text in events:
        return events[text]
    for ending in longest_first(events):
        if text.endswith(ending):
            return _of(text[: -len(ending)], events[ending])
    process = noun_phrase(text)
    if process and process.plain and process.kinds == ("processes",):
        return with_article(process.english) if " of " in process.english else process.english
    return None


def _of(subject: str, event: str) -> str | None:
    """The event with its subject, which is told where the event is a noun of its own."""
    phrase = noun_phrase(subject)
    if phrase is None or not phrase.plain:
        return None
    if event.endswith(" passed") or phrase.has_person:
        return None
    if re.match(r"\w+ing\b", event):  # 货物进站: entering the station
        return event if " the " in event else f"{event} the {phrase.english}"
    if " of " in event and event.split(" of ")[-1].startswith(("the ", "material")):
        return None
    return f"{event} of {with_article(phrase.english)}"
