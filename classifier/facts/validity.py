"""Facts that are one date: taking effect, expiry, and the end of a comment period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from classifier.facts.calendar_dates import (
    DATE_BEFORE,
    DatedSpan,
    YearContext,
    add_months,
    find_dates,
)
from classifier.facts.fact_document import Document, FactTable, make_fact
from classifier.facts.figures.numbers import CHINESE
from classifier.facts.sentences import FactPassage
from domain.law.headlines.act_kinds import extends_validity
from domain.records.fact import Fact
from domain.records.fact_values import DateValue
from domain.records.states import FactKind
from domain.text.numerals import parse_chinese_number

_SELF = (
    r"本(?:办法|规定|细则|条例|通知|公告|决定|规则|标准|意见|方案|措施|指南|规范|规程|基准|令|通告|目录|法|"
    r"实施细则|暂行办法|暂行规定|实施意见|文件|规划|导则|清单)"
)
# e.g. 起施行
_EFFECT_AFTER = re.compile(
    r"(?:零时|0时)?(?:起|开始|之日起)?[，,]?(?:正式(?:落地)?|全面|统一|同时|依法|追溯|强制|落地|在全国范围内|在全[省市]范围内)?(?:开始|予以)?"
    r"(?:施行|实施|执行|生效|试行|起施行)(?P<after>.{0,6})"
)
# e.g. 施行日期为
_EFFECT_BEFORE = re.compile(
    r"(?:(?:施行|实施|生效|执行)(?:日期|时间|之日|日)(?:为|是|定为|：|:)?|"
    r"(?:自|从|定于|将于|拟于|于)(?:发布之日起至)?)$"
)
# e.g. 实施日期：
_DATED_LABEL = re.compile(r"(?:施行|实施|生效|执行)(?:日期|时间|之日|日)(?:为|是|定为|：|:)?$")
_DATED_HEADER = re.compile(r"(?:施行|实施|生效|执行)(?:日期|时间|日)$")
# e.g. 在产车型自
_TRANSITIONAL = re.compile(r"(?:车型|产品|企业|项目|车辆|电池|设施|装置)[，,]?(?:自|从|于)$")
_PLAINLY = re.compile(  # 2026-11-01实施, or 起，本办法施行
    r"(?:正式|全面)?(?:施行|实施|生效)(?=[。；，,）]|$)|起[，,]本[一-鿿]{1,8}?(?:正式)?(?:施行|实施|生效)"
)
# e.g. 的《旧办法》
_OLD_ACT = re.compile(
    r"^(?:的[^，。；]{0,4}[《“]|以来|后|前|期间|的原|的[^，。；]{0,30}(?:同时)?(?:废止|失效))"
)
# e.g. 自发布之日起30日后施行
_FROM_ISSUE = re.compile(
    r"(?:自|从|于)(?:本[一-鿿]{1,6})?(?P<what>印发|公布|发布|颁布|下发|签发|发文|刊登|公告)(?:之日起?|之?后)"
    rf"(?:满)?(?:(?P<n>\d{{1,3}}|{CHINESE})(?P<u>日|天|个月|年)(?:后|之后|起|届满之日起)?)?"
    r"(?:[，,])?(?:开始|正式)?(?:施行|实施|执行|生效|试行)(?P<after>.{0,4})"
)
# e.g. 有效期为五年
_TERM = re.compile(
    rf"(?:有效期|试行期|暂行期|施行期|执行期|实施期|政策期)(?:限|间)?(?:为|是|：|:|暂定|定为)?"
    rf"(?P<issue>自?(?:本[一-鿿]{{1,6}})?(?:发布|印发|公布|施行|实施|生效)之日起)?(?P<n>\d{{1,2}}|{CHINESE}|半)(?P<u>年|个月)(?P<half>半)?"
)
# e.g. 试行两年。
_SHORT_TERM = re.compile(
    rf"(?:试行|暂定)(?P<n>\d{{1,2}}|{CHINESE})(?P<u>年|个月)(?P<half>半)?(?=[。；，,]|$)"
)
# e.g. 有效期至
_EXPIRY_BEFORE = re.compile(
    r"(?:(?:有效期限?|有效|试行期限?|试行|施行|实施|执行|执行期限|实施期限|政策期限|延续执行|继续执行)"
    r"(?:（[^（）]{0,12}）)?(?:截止|延长|延续|期限)?(?:为|：|:)?(?:至|到|截至)|(?:失效日期|废止日期|有效期(?:截止|至)|届满之日|到期日|终止日期?)(?:为|：|:)?)$"
)
# e.g. 有效期限为三年，自
_EXPIRY_RANGE = re.compile(
    r"(?:有效期限?|(?:施行|实施|执行|试行)(?:期?(?:限|间)?|时间))(?:为|是|：|:|暂定)?"
    rf"(?:(?:\d{{1,2}}|{CHINESE})(?:年|个月)[，,（])?(?:即|自|从|为|：|:){{0,3}}$"
)
# e.g. 有效期延长至
_EXTENDED = re.compile(
    r"(?:有效期|施行|试行|执行期限)[^。；]{0,40}延(?:长|续|期)(?:执行|施行)?(?:[^，。；]{1,6}[，,])?(?:至|到)$"
)
# e.g. 止试行
_RANGE_IN_FORCE = re.compile(r"(?:止|期间)?[，,]?(?:试行|施行|实施|执行|有效)")
# e.g. 止，自动失效
_EXPIRY_AFTER = re.compile(
    r"(?:止|起)?(?:到期|届满|期满)?(?:自动)?(?:失效|自行废止)|(?:到期|届满|期满)(?:自动)?(?:废止|终止)|止?停止执行|(?:以前|之前|前)(?:继续)?有效"
)
_UNTIL = re.compile(r"(?:施行|实施|执行|试行|生效)[，,](?:至|到)$")
# e.g. 许可证有效期
_NOT_OF_ACT = re.compile(
    r"许可证|证书|合同|执照|资质|批文|报告|标志|认证|批准文件|名单|公告名单|资格|保函|检验|密钥|账号|委托书|协议|身份证|授权"
)
_COMMENT_WORD = re.compile(r"意见|建议|异议|反馈|反映|提出|来信|来函|来电")
# e.g. 审核意见
_OFFICE_OPINION = re.compile(
    r"(?:初审|审核|评审|审查|处理|审批|复核|论证|核查|办理|推荐|验收|鉴定|批复|专家|结论)意见"
)
_OPINION = re.compile(r"意见|建议|异议")
# e.g. 有异议的，请于
_OBJECTS = re.compile(r"(?:异议|意见|意见建议)(?:的)?[，,][^，。；]{0,10}$")
# e.g. 将修改意见反馈我部
_ASKED = re.compile(
    r"(?:反馈|提出|反映|函告|回复|提交|报送|发送|寄)[^。；]{0,20}(?:意见|建议|异议)"
    r"|(?:如有|若有|有|不同|书面|修改|反馈)[^，。；]{0,6}(?:意见|建议|异议)[^。；]{0,60}(?:反馈|提出|反映|函告|回复|来函|发送|寄|报)"
    r"|(?:意见|建议|异议)(?:[^，。；]{0,8}(?:反馈|征集|征求|截[止至])|(?:可|请|应|须)(?:于|在))|(?:征集|征求)[^，。；]{0,12}(?:意见|建议)"
    r"|将[^，。；]{0,10}(?:意见|建议)[^。；]{0,20}(?:反馈|发|寄|函告|报)"
)
# e.g. 公示时间为
_COMMENT_RANGE = re.compile(
    r"(?:(?:公示|征求意见|意见)[，,]|公示|征求意见|征集意见|意见征集|征求|征集|公开征求意见|反馈|公告|异议|公众参与|起止)(?:的)?(?:起止)?(?:时间|期限|期间?|日期|时限|时段)?内?"
    rf"(?:为|是|：|:)?(?:(?:\d{{1,2}}|{CHINESE})个?(?:工作日|自然日|日|天)[（，,])?(?:为|是|：|:|从|自|于|即|（){{0,2}}$"
)
# e.g. 截止日期为
_COMMENT_END = re.compile(
    r"(?:截止|截至|截止时间|截止日期|截止日|期限|时限|时间|日期)(?:为|是|到|至|：|:|于){0,2}$|(?:止于|不晚于|不迟于|最迟(?:于)?|延长至|延期至|日起至|延至|开放至)$"
)
# e.g. 申报材料
_SUBMISSION = re.compile(
    r"材料|申报|初审|报告|台账|方案|总结|填报|名单|信息表|登记|数据|补录|结果|进展|情况"
)


def read_validity(document: Document) -> Iterator[Fact]:
    """Effective, expiry and comment dates; computed ones rest on the publication date."""
    effective: date | None = None
    for passage in document.passages:
        for fact in _effective(passage, document):
            effective = effective or _day(fact)
            yield fact
    for table in document.tables:
        yield from _effect_column(table, document)
    for passage in document.passages:
        yield from _expiry(passage, document, effective)
    for passage in document.passages:
        if document.consulting or _OPINION.search(passage.text):
            yield from _comment_dates(passage, document)


def _day(fact: Fact) -> date | None:
    return fact.value.day if isinstance(fact.value, DateValue) else None


def _effective(passage: FactPassage, document: Document) -> Iterator[Fact]:
    text = passage.text
    if "行" not in text and "效" not in text and "实施" not in text:
        return
    for found in find_dates(passage, document.years):
        if stated := _stated_effect(text, found):
            day, end = stated
            value = DateValue(day.isoformat())
            yield make_fact(FactKind.EFFECTIVE_DATE, value, passage, found.start, end)
    if document.published is not None:
        yield from _effective_from_issue(passage, document.published)


def _stated_effect(text: str, found: DatedSpan) -> tuple[date, int] | None:
    """The day on which a text says that it takes effect, and where its words end."""
    before, after = text[max(0, found.start - 16) : found.start], text[found.end :]
    if found.day is None or not found.has_day:
        return None
    if found.since is not None and is_expiry_date(text, found):
        other = _NOT_OF_ACT.search(text[max(0, found.start - 30) : found.start])
        return None if other else (found.since, found.end)
    match = _EFFECT_AFTER.match(after)
    labelled = bool(_DATED_LABEL.search(before))
    led = match and (_EFFECT_BEFORE.search(before) or after[0] == "起")
    if not (labelled or _PLAINLY.match(after) or led) or _TRANSITIONAL.search(before):
        return None
    if match and _OLD_ACT.match(after[match.end() - len(match["after"]) :]):
        return None
    day = found.since if labelled and found.since else found.day
    return day, found.end + (match.end() - len(match["after"]) if match else 0)


def _effective_from_issue(passage: FactPassage, published: date) -> Iterator[Fact]:
    """自发布之日起30日后施行: counted from the day of publication."""
    for match in _FROM_ISSUE.finditer(passage.text):
        if _OLD_ACT.match(match["after"]):
            continue
        day = _after(published, match["n"], match["u"]) if match["n"] else published
        value = DateValue(day.isoformat())
        yield make_fact(FactKind.EFFECTIVE_DATE, value, passage, match.start(), match.end())


def _effect_column(table: FactTable, document: Document) -> Iterator[Fact]:
    """The days in a column 实施日期 of a list of standards."""
    for head_row, header in enumerate(table.rows[:3]):
        columns = [n for n, cell in enumerate(header) if _DATED_HEADER.match("".join(cell.split()))]
        for number, row in enumerate(table.rows[head_row + 1 :], head_row + 1):
            for column in columns:
                if column < len(row) and row[column].strip():
                    cell = FactPassage(row[column], table.where(number))
                    for found in find_dates(cell, document.years)[:1]:
                        if found.day is not None and found.has_day:
                            yield make_fact(
                                FactKind.EFFECTIVE_DATE,
                                DateValue(found.day.isoformat()),
                                cell,
                                found.start,
                                found.end,
                            )
        if columns:
            return


def _after(day: date, amount: str, unit: str) -> date:
    count = min(int(parse_chinese_number(amount) or 0), 1200)
    if unit in ("日", "天"):
        return day + timedelta(days=count)
    return add_months(day, count * (12 if unit == "年" else 1))


def _expiry(passage: FactPassage, document: Document, effective: date | None) -> Iterator[Fact]:
    for found in find_dates(passage, document.years):
        if found.day is None or not is_expiry_date(passage.text, found):
            continue
        start = passage.sentence_at(found.start).start
        words = passage.text[start : found.start]
        if _NOT_OF_ACT.search(words[-30:]) or _of_extended_act(words, document):
            continue
        day = found.day - timedelta(days=1) if found.midnight else found.day
        value = DateValue(day.isoformat())
        yield make_fact(FactKind.EXPIRY_DATE, value, passage, found.start, found.end)
    yield from _terms(passage, effective, document)


def _of_extended_act(words: str, document: Document) -> bool:
    """Whether an act that extends another one states the other's last day: 《细则》原定有效期至…"""
    return extends_validity(document.folded_title) and not re.search(_SELF, words)


def is_expiry_date(text: str, found: DatedSpan) -> bool:
    """Whether a date in a text ends the validity of the act."""
    before = text[max(0, found.start - 26) : found.start]
    if found.since is not None and (
        _EXPIRY_RANGE.search(before) or _ranged(before, text[found.end :][:8])
    ):
        return True
    if _EXTENDED.search(text[max(0, found.start - 60) : found.start]):
        return True
    if _UNTIL.search(before) and re.match(
        r"止|为止|终止|失效|结束|届满|[。；，,]|$", text[found.end :]
    ):
        return True
    return bool(_EXPIRY_BEFORE.search(before) or _EXPIRY_AFTER.match(text[found.end :][:12]))


def _ranged(before: str, after: str) -> bool:
    """自2026年4月1日起至2028年3月31日止试行."""
    return bool(re.search(r"[自从]$", before) and _RANGE_IN_FORCE.match(after))


def _counted_from(text: str, position: int, years: YearContext) -> date | None:
    """有效期五年，自2026年9月1日起计算: the day that stands right after the term."""
    match = re.match(r"[，,（]?[自从](?=\d|二)", text[position : position + 4])
    if not match:
        return None
    begins = FactPassage(text[position + match.end() : position + 40], "")
    first = next(iter(find_dates(begins, years)), None)
    return first.day if first is not None and first.start == 0 else None


def _terms(passage: FactPassage, effective: date | None, document: Document) -> Iterator[Fact]:
    """A term in years or months, counted from the day of effect or, where the text says so,
    from the day of issue."""
    text, published, years = passage.text, document.published, document.years
    for pattern in (_TERM, _SHORT_TERM):
        for match in pattern.finditer(text):
            counted = _counted_from(text, match.end(), years)
            start = effective or counted
            if match.groupdict().get("issue"):
                start = start or published
            if start is None:
                continue
            left = passage.preceding(match.start())
            near = left + passage.sentence_at(match.start()).text
            own = (
                counted
                or re.search(_SELF, left)
                or re.search(r"施行|实施|执行|试行|生效|政策", near)
            )
            if not own or _NOT_OF_ACT.search(left[-24:]):
                continue
            day = DateValue(_term_end(start, match).isoformat())
            yield make_fact(FactKind.EXPIRY_DATE, day, passage, match.start(), match.end())


def _term_end(effective: date, match: re.Match[str]) -> date:
    months = 6 if match["n"] == "半" else int(parse_chinese_number(match["n"]) or 0)
    if match["u"] == "年" and match["n"] != "半":
        months = months * 12 + (6 if match["half"] else 0)
    return add_months(effective, min(months, 1200)) - timedelta(days=1)


# ----------------------------------------------------------------- comment period


def asks_for_comments(passage: FactPassage, start: int, end: int) -> bool:
    """Whether the sentence itself asks for comments, in a text that nowhere else does."""
    return bool(_ASKED.search(_OFFICE_OPINION.sub("", passage.around(start, end))))


def comment_date(passage: FactPassage, found: DatedSpan, document: Document) -> bool:
    """Whether a date is the end of a period for comments or objections."""
    if not document.consulting and not asks_for_comments(passage, found.start, found.end):
        return False
    text = passage.text
    before = text[max(0, found.start - 24) : found.start]
    if found.ranged and _COMMENT_RANGE.search(before):
        return True
    near = passage.around(found.start, found.end)
    if len(near) < 24 and _COMMENT_END.search(before):  # 截止时间：8月1日。 of what stands beside
        near = text[max(0, found.start - 120) : found.end + 120]
    context = _OFFICE_OPINION.sub("", near)
    if not _COMMENT_WORD.search(context) and not re.search(r"征求意见|公示", before):
        return False
    after = text[found.end : found.end + 60].split("。")[0]
    if re.match(r"[-至到起]", after):
        return False  # the start of a period whose end could not be read
    if DATE_BEFORE.match(after) or _COMMENT_END.search(before):
        return _asks_for_comments(before, after, context, document)
    return False


def _asks_for_comments(before: str, after: str, context: str, document: Document) -> bool:
    if _COMMENT_END.search(before) and re.search(
        r"(?:意见|建议|异议|反馈|征求|征集|公示)[^，。；]{0,14}$", before
    ):
        return True
    after = _OFFICE_OPINION.sub("", after)
    if re.search(r"意见|建议|异议", after) or _OBJECTS.search(before):
        return True
    if _SUBMISSION.search(after):
        return False
    return bool(re.search(r"意见|建议|异议", context)) or (
        "反馈" in after and bool(re.search(r"征求意见|意见征集|征集意见", document.folded_title))
    )


def _comment_dates(passage: FactPassage, document: Document) -> Iterator[Fact]:
    for found in find_dates(passage, document.years):
        if found.day is None or not comment_date(passage, found, document):
            continue
        day = found.day - timedelta(days=1) if found.midnight else found.day
        value = DateValue(day.isoformat())
        yield make_fact(FactKind.COMMENT_DEADLINE, value, passage, found.start, found.end)
