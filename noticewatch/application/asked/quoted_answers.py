"""Answer a question in the act's own words: a line that says where they stand, and the quote."""

from __future__ import annotations

from domain.records.search_hit import QuestionAnswer, SearchHit
from i18n.phrases import place_name


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
