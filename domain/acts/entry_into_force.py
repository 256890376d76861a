"""Read from an act's own words on which day it enters into force."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from domain.acts.extension import later_by
from domain.text.articles import provision_number
from domain.text.written_dates import DAY, LENGTH, written_day, written_length

_QUOTED = re.compile(r"[“\"][^“”\"]{0,4000}[”\"]")
_IT = (
    r"(?:本(?:办法|规定|条例|决定|细则|规则|通知|公告|意见|方案|标准|规范|目录|制度|指南|修改单)"
    r"|(?:^|[。；;，,\n\u3000 ]))"
)
_VERB = r"(?:施行|实施|实行|执行|生效|起效)"
# 本办法自2026年4月1日起施行, 自发布之日起施行, 自公布之日起30日后施行, of a standard
# 2024-05-28发布 2024-12-01实施.
_STATED = re.compile(
    rf"{_IT}[^。；;\n《》]{{0,20}}?自\s?(?P<day>{DAY})\s?(?:零时)?起[，,]?\s?(?:正式|开始|全面)?{_VERB}"
    rf"|{_IT}[^。；;\n《》]{{0,20}}?自(?:发布|公布|印发|颁布|公告|批准|发文)之日起"
    rf"(?:满?(?P<after>{LENGTH})(?:后|之后)?(?:起)?)?[，,]?\s?(?:正式|开始)?{_VERB}"
    rf"|(?P<new>{DAY})\s?起[，,]?(?:照|按照?|依)(?:新|调整后|修[改订]后|改动后|变更后)的?"
    r"(?:内容|规定|条文|文本|标准)?(?:办理|执行|施行)"
    rf"|发布[，,\s\u3000]{{0,4}}(?P<standard>{DAY})\s?(?:实施|施行)"
)

# 本公告第一项自…起生效, 其中第四条自…起施行: a part of the act only.
_OF_A_PART = re.compile(r"(?:项|条|款|章)(?:的规定)?\s?自|其中")
# 其中第四条、第五条缓期至2026年9月1日起实施.
_OWN_ARTICLES = re.compile(
    r"(?P<articles>第[〇零一二三四五六七八九十百\d]{1,6}条(?:[、和及与]第[〇零一二三四五六七八九十百\d]{1,6}条)*)"
    rf"(?:的规定)?(?:自|(?:缓期|推迟|延期|延后|暂缓)(?:至|到)|于)\s?(?P<day>{DAY})\s?起?[，,]?(?:正式|开始)?{_VERB}"
)
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百\d]{1,6}条")


def article_first_days(text: str) -> dict[str, date]:
    """The articles of an act that have effect from a day of their own, by their number in any
    spelling (:func:`provision_number`)."""
    found: dict[str, date] = {}
    for match in _OWN_ARTICLES.finditer(_QUOTED.sub("“”", text)):
        day = written_day(match["day"])
        before = text[max(0, match.start() - 2) : match.start()]
        if day is not None and "》" not in before:
            found.update(
                {provision_number(one): day for one in _ARTICLE.findall(match["articles"])}
            )
    return found


@lru_cache(maxsize=256)
def first_day_of(text: str, published: date | None) -> date | None:
    """The day from which an act says that it is in force; None where it says none. The last such
    statement outside quoted wordings counts, as acts end with it."""
    plain = _QUOTED.sub("“”", text)
    found = [match for match in _STATED.finditer(plain) if not _OF_A_PART.search(match[0])]
    if not found:
        return None
    last = found[-1]
    if stated := last["day"] or last["new"] or last["standard"]:
        return written_day(stated)
    length = written_length(last["after"] or "")
    if published is None or not last["after"]:
        return published
    return later_by(published, length) if length else None


_ENDS = r"(?:自行|自动|即行|同时)?(?:失效|废止|停止执行|停止施行|终止)"
# 有效期至2026年12月31日, 试行期至…止, 有效期三年, 试行二年, 施行至2026年12月31日,
# 2026年8月31日后自行失效.
_LAST = re.compile(
    rf"(?:有效期限?|试行期限?|执行期限?|实施期限?|施行期限?)(?:为|自[^，,。；]{{2,30}})?"
    rf"(?:延长|截)?(?:至|到)\s?(?P<day>{DAY})"
    rf"|(?:施行|试行|执行|实施|实行|有效|[，,]行)(?:截)?(?:至|到)\s?(?P<until>{DAY})"
    rf"|(?<!自)(?P<after>{DAY})\s?(?:后|之后|到期后?|期满后?|届满后?)[，,]?{_ENDS}"
    rf"|自\s?(?P<from>{DAY})\s?起[，,]?(?:自行|自动)失效"
    rf"|(?:有效期限?|试行期限?|试行)(?:为|共)?(?P<length>[〇零一二三四五六七八九十两\d]{{1,3}}年)(?=[，,。；;）)]|$)"
)


def last_day_of(text: str, first: date | None) -> date | None:
    """The last day (inclusive) of an act's term by its own words; None where it states none. The
    last statement outside quoted wordings counts."""
    found = list(_LAST.finditer(_QUOTED.sub("“”", text)))
    if not found:
        return None
    last = found[-1]
    if stated := last["day"] or last["until"] or last["after"]:
        return written_day(stated)
    if last["from"]:
        day = written_day(last["from"])
        return None if day is None else day - timedelta(days=1)
    length = written_length(last["length"])
    end = later_by(first, length) if first is not None and length else None
    return None if end is None else end - timedelta(days=1)
