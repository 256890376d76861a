"""Deadlines that name a day without a date: 当日, 次日前, 每月10日前, 每季度首月的10日前."""

from __future__ import annotations

import re
from collections.abc import Iterator

from classifier.facts.cues import MODAL, who_must
from classifier.facts.sentences import FactPassage
from domain.records.fact_values import DeadlineValue
from domain.text.numerals import parse_chinese_number

Item = tuple[int, int, DeadlineValue]  # start, end, value

# e.g. 接收后当日内, 接收当日24时前
_SAME_DAY = re.compile(
    r"(?P<word>(?:[一-鿿]{0,12}?)(?:当日|当天|同日|即日))(?P<in>内|之内|\d{1,2}[时点](?:\d{1,2}分)?(?:之前|以前|前)|"
    r"[一-鿿]{1,2}(?<![的为起因也仍均已未不无可是有气最])|[，,](?=应|须))"
)
_DONE = re.compile(r"完成|办理|办结|报送|填报|上传|内|之内|\d{1,2}[时点]")
# e.g. 次日12时前
_NEXT_DAY = re.compile(
    r"(?:次日|第二日|第二天|翌日|次一工作日|次一个工作日|下一个?工作日)(?:\d{1,2}(?:时|点|[:：]\d\d))?(?:内|之前|以前|前)"
)
# e.g. 每月10日前
_MONTHLY = re.compile(
    r"(?P<every>(?:每个?|下一?个?)(?:季度?|半年)(?:的)?(?:首月|末月|第一个月|第1个月|最后一个月|次月)|季度首月|每个?月(?:度)?|次月|下个?月)(?:的)?"
    r"(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})[日号](?:以前|之前|前)"
)


def find_near_days(passage: FactPassage) -> Iterator[Item]:
    """当日 and 次日前."""
    for match in _NEXT_DAY.finditer(passage.text):
        if MODAL.search(passage.preceding(match.start(), 80)):
            who = who_must(passage, match.start())
            value = DeadlineValue(duration="P1D", working_days="工作" in match[0], who=who)
            yield match.start(), match.end(), value
    for match in _SAME_DAY.finditer(passage.text):
        if _accept_same_day(passage, match):
            who = who_must(passage, match.start())
            value = DeadlineValue(duration="P0D", working_days=False, who=who)
            yield match.start(), match.end("word"), value


def _accept_same_day(passage: FactPassage, match: re.Match[str]) -> bool:
    left = passage.preceding(match.start("in"), 80)
    word = match["word"]
    if word.endswith("即日") or re.search(
        r"(?:节|活动|签约|会议|事发|事故|案发)(?:当日|当天)$", word
    ):
        return False
    if re.search(r"(?:后|的|之日|接收|入库|出库|收到)(?:的)?(?:当日|当天)$", word) and _DONE.match(
        match["in"]
    ):
        return True
    return bool(re.search(r"应|须|需|必须|务必|请|要求|责令|要", left))


def find_monthly(passage: FactPassage) -> Iterator[Item]:
    """每月10日前: so many days from the start of each month."""
    for match in _MONTHLY.finditer(passage.text):
        day = int(parse_chinese_number(match["n"]) or 0)
        if 1 <= day <= 31:
            value = DeadlineValue(
                duration=f"P{day}D",
                working_days=False,
                trigger=match["every"],
                who=who_must(passage, match.start()),
            )
            yield match.start(), match.end(), value
