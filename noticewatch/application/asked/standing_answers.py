"""What may answer today: the words that an act still has, and the values that no later act of the
hits has given anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from domain.acts.status import NO_LONGER_BINDING
from domain.claims.words.claim_sentences import law_sentences
from domain.claims.words.partial_days import find_days
from domain.claims.words.quantities import find_quantities, same_quantity
from domain.law.provisions import provisions_on
from domain.questions.question_concepts import Concept
from domain.records.search_hit import QuestionAnswer, SearchHit
from domain.text.articles import provision_number
from noticewatch.application.asked.answer_units import AnswerUnit
from noticewatch.application.asked.quoted_answers import quoted_answer

if TYPE_CHECKING:
    from archive.store import Archive

_READ = 6  # hits that may change what one of them says
_SPACE = re.compile(r"\s+")
# 由9月30日延长至12月31日, “48小时”应为“24小时”
_CHANGE = re.compile(r"(?:延长|推迟|延期|顺延|修改|更正|调整|缩短|改)(?:至|到|为)|应为")
_CITED = re.compile(r"第[一二三四五六七八九十百零\d]+条(?:之[一二三四五六七八九十])?")
_ROUND = re.compile(
    r"((?:19|20)\d\d)年度|\b((?:19|20)\d\d) (?:round|edition|bonus|award|programme|program)\b"
)
_NOT_YET_SAID = re.compile(r"另行(?:通知|公布|公告|规定|发布)")


def standing_units(
    archive: Archive, hit: SearchHit, units: Iterable[AnswerUnit]
) -> list[AnswerUnit]:
    """The units whose sentence stands in the act as it reads today; of an act that nobody worded
    anew all of them."""
    found = list(units)
    history = archive.ledger.history(hit.id) if found else None
    if history is None or not (history.reworded or history.pauses):
        return found
    today = archive.notices.today()
    reads = provisions_on(history.provisions(), today)
    if not reads:
        return found
    text = "".join(_bare(item.text) for item in reads)
    return [unit for unit in found if _bare(unit.quote).rstrip("。；") in text]


def as_changed(
    archive: Archive, hits: Sequence[SearchHit], answer: QuestionAnswer | None
) -> QuestionAnswer | None:
    """The answer, or the sentence of another hit that gives its value anew."""
    own = next((hit for hit in hits if answer and hit.id == answer.notice_id), None)
    if answer is None or own is None:
        return answer
    if _NOT_YET_SAID.search(answer.quote):
        return None  # that it will be told is no answer
    today = archive.notices.today()
    for hit in hits[:_READ]:
        if hit.id == own.id or hit.status in {*NO_LONGER_BINDING, "draft"}:
            continue
        reads = provisions_on(archive.ledger.provisions(hit.id), today)
        whole = "".join(item.text for item in reads)
        if not _names(f"{hit.title}{whole}", own):
            continue
        for item in reads:
            for sentence, _ in law_sentences(item.text):
                if _replaces(sentence, answer):
                    told = quoted_answer(hit, item.article, sentence)
                    return replace(told, notice_id=hit.id)
    return answer


def is_of_its_year(question: str, hit: SearchHit) -> bool:
    """Whether an act may answer a question on a year's round (2027年度): its title names no
    other year's."""
    asked = {match[1] or match[2] for match in _ROUND.finditer(question)}
    told = {match[1] or match[2] for match in _ROUND.finditer(hit.title)}
    return not asked or not told or bool(asked & told)


def is_told_elsewhere(
    archive: Archive, answer: QuestionAnswer, concepts: Sequence[Concept]
) -> bool:
    """Whether a thing asked about does not stand in the answer's article, and stands with a
    number in another one of the same act, which has more of the question."""
    reads = provisions_on(archive.ledger.provisions(answer.notice_id), archive.notices.today())
    sentences = [
        (sentence, f"{opening} {sentence}")
        for item in reads
        for sentence, opening in law_sentences(item.text)
    ]
    quote = _bare(answer.quote).rstrip("。；")
    mine = [said for sentence, said in sentences if quote in _bare(sentence)] or [answer.quote]
    has = max(sum(one.stands_in(said) for one in concepts) for said in mine)
    lacking = [one for one in concepts if not any(one.stands_in(said) for said in mine)]
    lacking = [one for one in lacking if not any(word.isascii() for word in one.spelled)]
    return any(
        one.stands_in(sentence)
        and bool(find_quantities(sentence) or find_days(sentence))
        and sum(other.stands_in(said) for other in concepts) >= has
        for one in lacking
        for sentence, said in sentences
    )


def _names(text: str, act: SearchHit) -> bool:
    number = _bare(act.document_number or "")
    tail = re.search(r"(?:\d{4}年第\d+号|〔\d{4}〕\d+号)$", number)
    return bool(tail and tail[0] in _bare(text)) or act.title in text


def _replaces(sentence: str, answer: QuestionAnswer) -> bool:
    """Whether a sentence replaces the value of the answer, or gives its article another one."""
    match = _CHANGE.search(sentence)
    if match is None:
        return False
    before = sentence[: match.start()]
    if _shares_a_value(before, answer.quote):
        return True
    cited = {provision_number(one) for one in _CITED.findall(before)}
    dated = bool(find_days(sentence[match.end() :])) and bool(find_days(answer.quote))
    return dated and provision_number(answer.article or "") in cited


def _shares_a_value(before: str, quote: str) -> bool:
    days = {(one.month, one.day) for one in find_days(quote) if one.day}
    if any((one.month, one.day) in days for one in find_days(before) if one.day):
        return True
    values = find_quantities(quote)
    return any(same_quantity(a, b) for a in find_quantities(before) for b in values)


def _bare(text: str) -> str:
    return _SPACE.sub("", text)
