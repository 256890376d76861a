"""Read from an act's own words on which day it enters into force."""

from __future__ import annotations

import re
from datetime import date

from domain.acts.extension import later_by
from domain.text.written_dates import DAY, LENGTH, written_day, written_length

_QUOTED = re.compile(r"[“\"][^“”\"]{0,4000}[”\"]")
_IT = (
    r"(?:本(?:办法|规定|条例|决定|细则|规则|通知|公告|意见|方案|标准|规范|目录|制度|指南|修改单)"
    r"|(?:^|[。；;，,\n\u3000 ]))"
)
_VERB = r"(?:施行|实施|执行|生效|起效)"
# 本办法自2026年4月1日起施行, 自发布之日起施行, 自公布之日起30日后施行.
_STATED = re.compile(
    rf"{_IT}[^。；;\n《》]{{0,20}}?自\s?(?P<day>{DAY})\s?(?:零时)?起[，,]?\s?(?:正式|开始|全面)?{_VERB}"
    rf"|{_IT}[^。；;\n《》]{{0,20}}?自(?:发布|公布|印发|颁布|公告|批准|发文)之日起"
    rf"(?:满?(?P<after>{LENGTH})(?:后|之后)?(?:起)?)?[，,]?\s?(?:正式|开始)?{_VERB}"
)


def first_day_of(text: str, published: date | None) -> date | None:
    """The day from which an act says that it is in force; None where it says none. The last such
    statement outside quoted wordings counts, as acts end with it."""
    found = list(_STATED.finditer(_QUOTED.sub("“”", text)))
    if not found:
        return None
    last = found[-1]
    if last["day"]:
        return written_day(last["day"])
    length = written_length(last["after"] or "")
    if published is None or not last["after"]:
        return published
    return later_by(published, length) if length else None
