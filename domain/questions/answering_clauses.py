"""The clauses of a text that state a fact of a kind, each with what it takes over.

A sentence that states several periods is cut between them, so that each is told with its own
words: 应当在接收之日起15日内报送接收信息 and 在完成再生利用之日起30日内报送再生材料的去向.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.claims.words.claim_sentences import law_sentences
from domain.questions.fact_questions import AskedFact, AskedTime

_NUMBER = r"(?:\d{1,7}(?:\.\d{1,3})?|[一二两三四五六七八九十百半]{1,4})"
# 15日, 7个工作日, 三年, 半年, 24小时
_DURATION = re.compile(
    rf"(?<!\d)(?!(?:19|20)\d\d年){_NUMBER}\s?(?:个)?(?:工作日|日(?!前)|天|小时|个月|年(?!\d|度|\s?\d)|分钟|周)"
)
# 2026年5月31日, 12月15日, 9月底, 每月5日, 每季度首月10日前
_DAY = re.compile(
    r"\d{1,2}月(?:\d{1,2}日|底)|[每各下首上次]\S{0,6}(?:\d{1,2}日|月底|季度末)|年底前"
)
# 每月5日, 每季度, 每年, 每周一
_RHYTHM = re.compile(r"每(?:个)?(?:年|季度?|月|周|半年|日|两年)|(?:年|季度|月)(?:首月)?\d{1,2}日前")
_MONEY = re.compile(rf"(?:{_NUMBER}|\d{{1,3}}(?:,\d{{3}})+)\s?(?:万|亿|千)?元|\d倍")
_FINE = re.compile(r"罚款|罚")
_EFFECT = re.compile(r"(?:\d日|之日)[^。；]{0,6}(?:施行|实施|执行|生效|启用|上线)")
_VALIDITY = re.compile(r"有效期|试行期|失效|过渡期")
_DOCUMENTS = re.compile(
    r"(?:提交|提供|出具|报送|附|携带|包括|持)[^。]{0,40}(?:材料|文件|单证|报告|证明|执照|合同|凭证|说明|单)"
)
_PORTAL = re.compile(r"平台|系统|小程序|网址|https?://|邮箱")
# 30%, 3米, 2吨, 1500千克, 0.30 mm, 26位, 2人
_AMOUNT = re.compile(
    rf"(?<![第一])(?:{_NUMBER}|\d{{1,3}}(?:,\d{{3}})+)\s?(?:%|‰|万?吨|千克|公斤|kg|mm|cm|米|平方米|立方米|℃|位|人"
    rf"|个(?!工作日|月)|辆|包|组|套|家|次|名(?!单)|kWh|mg(?:/[mL]³?)?|MB|倍|万辆|万?元)"
    r"|百分之[一二三四五六七八九十]{1,4}"
)
_CUT = re.compile(r"(?<=[，,；;])")


@dataclass(frozen=True, kw_only=True, slots=True)
class AnsweringClause:
    """A clause with the sentence it stands in, and the words before a list that it belongs to."""

    text: str
    sentence: str
    opening: str
    article: str | None
    alone: bool  # whether it states the only value of its sentence


def clauses_of(
    provisions: Iterable[tuple[str | None, str]], fact: AskedFact, time: AskedTime
) -> Iterator[AnsweringClause]:
    """The clauses of articles (label, text) that state a fact of a kind."""
    for article, text in provisions:
        for sentence, opening in law_sentences(text):
            pieces = _pieces(sentence, fact, time)
            for piece in pieces:
                yield AnsweringClause(
                    text=piece, sentence=sentence, opening=opening, article=article,
                    alone=len(pieces) == 1,
                )  # fmt: skip


def _pieces(sentence: str, fact: AskedFact, time: AskedTime) -> list[str]:
    """The stretches of a sentence with one value each; what states none belongs to the one
    before, and the first words to the first."""
    pieces: list[str] = []
    gathered, stated = "", False
    for part in _CUT.split(sentence):
        states = states_fact(part, fact, time)
        if states and stated:
            pieces.append(gathered)
            gathered = ""
        gathered += part
        stated = stated or states
    return [*pieces, gathered] if stated else []


def states_fact(text: str, fact: AskedFact, time: AskedTime) -> bool:
    """Whether words state a value of a kind."""
    match fact:
        case AskedFact.PERIOD:
            return _states_time(text, time)
        case AskedFact.FINE:
            return bool(_FINE.search(text) and _MONEY.search(text))
        case AskedFact.LIMIT:
            return bool(_AMOUNT.search(text))
        case AskedFact.COMMENTS:
            return bool(_DAY.search(text) and "意见" in text)
    return bool(_OF_KIND[fact].search(text))


_OF_KIND = {
    AskedFact.EFFECT: _EFFECT, AskedFact.VALIDITY: _VALIDITY, AskedFact.DOCUMENTS: _DOCUMENTS,
    AskedFact.PORTAL: _PORTAL,
}  # fmt: skip


def _states_time(text: str, time: AskedTime) -> bool:
    if time is AskedTime.OFTEN:
        return bool(_RHYTHM.search(text))
    if time is AskedTime.LONG:
        return bool(_DURATION.search(text))
    return bool(_DAY.search(text) or _DURATION.search(text) or _RHYTHM.search(text))
