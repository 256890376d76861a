"""Answer a question in the act's own words: a line that says where they stand, and the quote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.records.search_hit import QuestionAnswer, SearchHit
from i18n.phrases import jurisdiction_name, place_name

_NATION = "CN"


def quoted_answer(
    hit: SearchHit, article: str | None, text: str, *, quote: str | None = None, value: str = ""
) -> QuestionAnswer:
    """The answer by a sentence of a hit; ``value`` is what it says in short, in English."""
    draft = hit.status == "draft"
    where = place_name(article or "", "en")
    where = where if where.isascii() else ""  # 八、
    line = " ".join(part for part in (value, f"({where})" if where else "") if part)
    if not value:
        line = f"{where}: see the quoted text" if where else "see the quoted text"
    return QuestionAnswer(
        notice_id=hit.id,
        en=f"Draft: {line}" if draft else line[:1].upper() + line[1:],
        zh=("征求意见稿：" if draft else "") + text,
        quote=quote or text,
        article=article,
    )


def with_place(answer: QuestionAnswer | None, hits: Sequence[SearchHit]) -> QuestionAnswer | None:
    """The answer with the province before it: what one asks of its own is not the nation's."""
    hit = next((one for one in hits if answer and one.id == answer.notice_id), None)
    if answer is None or hit is None or hit.jurisdiction == _NATION:
        return answer
    return replace(
        answer,
        en=f"{jurisdiction_name(hit.jurisdiction, 'en')} · {answer.en}",
        zh=f"{jurisdiction_name(hit.jurisdiction, 'zh')} · {answer.zh}",
    )
