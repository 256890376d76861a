"""The citations of a text: which acts and articles exist, are held, still bind, and say that."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from domain.claims.act_mentions import find_mentions
from domain.claims.act_names import Mention
from domain.claims.claim_reading import article_number, cited_articles
from domain.claims.known_acts import KnownAct
from domain.claims.words.claim_sentences import split_sentences
from domain.law.provisions import provisions_on
from noticewatch.application.tools.answer_shapes import Answer, fitted, not_found
from noticewatch.application.tools.held_acts import act_json

if TYPE_CHECKING:
    from noticewatch.application.tools.held_acts import HeldActs

_MOST_TEXT = 50_000
# “综合利用企业应当…” or "recyclers shall …": words given as an act's own
_QUOTED = re.compile(r"[“\"「]([^“”\"「」]{8,400})[”\"」]")


def check_citations(acts: HeldActs, text: str) -> Answer:
    """Every act, article and quotation that a text cites, held against what is held."""
    if len(text) > _MOST_TEXT:
        return not_found(f"a text of at most {_MOST_TEXT} characters can be checked")
    rows = [
        _citation(acts, sentence, mention)
        for sentence in split_sentences(text)
        for mention in find_mentions(sentence, acts.names)
    ]
    if not rows:
        return not_found("the text names no act, by number, title or name")
    return fitted({"found": True, "as_of": acts.day.isoformat(), "citations": rows}, "citations")


def _citation(acts: HeldActs, sentence: str, mention: Mention) -> Answer:
    said = sentence[mention.start : mention.end]
    act = mention.act
    if act is None:
        return {"citation": said, **not_found("no act of this name or number is known here")}
    row: Answer = {"citation": said, "found": True, "act": _short(acts, act)}
    if mention.how == "wrong_name":
        row["wrong_name"] = True
    row["articles"] = [_article(acts, act, number) for number in cited_articles(sentence)]
    row["quotations"] = [_quotation(acts, act, words) for words in _QUOTED.findall(sentence)]
    return row


def _short(acts: HeldActs, act: KnownAct) -> Answer:
    wanted = ("id", "key", "title", "document_number", "status", "status_line", "held")
    whole = act_json(acts.entry_of(act))
    return {name: whole[name] for name in wanted}


def _article(acts: HeldActs, act: KnownAct, number: str) -> Answer:
    if act.notice_id is None:
        return {"article": number, **not_found("the text of this act is not held")}
    history = acts.archive.ledger.provisions(act.notice_id)
    label = [item for item in history if article_number(item.article) == number]
    reads = provisions_on(label, acts.day) or label[-1:]
    for item in reads[:1]:
        quotes = acts.quotes((item.source_id, act.notice_id), item.text, item.article)
        return {"article": number, "found": bool(quotes), "quotes": quotes[:1]}
    return {"article": number, **not_found("the text that is held has no such article")}


def _quotation(acts: HeldActs, act: KnownAct, words: str) -> Answer:
    if act.notice_id is None:
        return {"quotation": words, **not_found("the text of this act is not held")}
    quote = acts.quote(act.notice_id, words)
    if quote is None:
        return {"quotation": words, **not_found("these words do not stand in the stored text")}
    return {"quotation": words, "found": True, "quotes": [quote]}
