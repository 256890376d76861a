"""Read deadlines: how long after what, until which day, or by which day of each year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from classifier.facts.calendar_dates import DATE_BEFORE, DatedSpan, add_months, find_dates
from classifier.facts.cues import ACTION_RIGHT, who_must
from classifier.facts.fact_document import Document, FactTable, make_fact
from classifier.facts.figures.durations import BARE_DURATION, find_durations
from classifier.facts.figures.lengths import duration_value
from classifier.facts.recurring import Item
from classifier.facts.sentences import FactPassage
from classifier.facts.validity import asks_for_comments, comment_date, is_expiry_date
from domain.records.fact import Fact
from domain.records.fact_values import DateValue, DeadlineValue
from domain.records.states import FactKind

_YEARLY_WORD = re.compile(r"每年度?(?:的)?$")
# e.g. 截止日期为
_DATE_LEAD = re.compile(
    r"(?:截止(?:时间|日期|日|期限)?|截至(?:时间|日期)?|最迟(?:于|在|不晚于|应于)?|不晚于|不迟于|不得晚于|不得迟于|延期至|延长至|顺延至|延至|推迟至|"
    r"过渡期(?:限)?(?:截止)?(?:至|到)|整改期(?:限)?至|期限至|限于|限)(?:为|是|到|至|：|:|于){0,2}$"
)
# e.g. 为申报截止日
_LAST_DAY = re.compile(
    r"为[^，。；]{0,8}(?:截止日|截止时间|最后期限|最后一日)|为[^，。；]{0,8}(?:申报|报名|受理|填报|补录|整改|报送|注册|登记)(?:期|时间|阶段|窗口)"
)
_VALID = re.compile(r"(?:以前|之前|前)?(?:继续|均)?有效")
# e.g. 有效期至
_VALIDITY_LEFT = re.compile(
    r"(?:有效期?限?|试行期?|施行|实施期?|执行期?|生效)(?:限|期限)?(?:为|：|:)?(?:至|到|截至|延长至)$"
)
# e.g. 申报时间为
_RANGE_LEAD = re.compile(
    r"(?:申报|报名|填报|提交|补录|受理|上报|报送|申请|登记|整改|征集|注册|录入|缴费|缴纳|过渡)(?:起止)?(?:材料)?(?:(?:系统|平台)?(?:开放|开通|开启))?(?:时间|期限|期|日期|阶段)?(?:为|是|：|:|从|自|于)*(?:(?:即日|[^，。；]{0,8}之日)起至)?$"
)
_SINCE_NOW = re.compile(r"(?:即日|之日)起至$")
# 9月1日至9月30日，企业须登录新平台完成迁移: what must be done within the range
_WITHIN_RANGE = re.compile(
    r"(?:止|期间)?[，,][^，。；]{0,16}?(?:应当|应|须|需|请|务必)[^，。；]{0,14}?"
    r"(?:完成|提交|报送|登录|填报|申报|上传|补录|注册|迁移|办理)"
)
# e.g. 报名材料提交截至
_CLOSES = re.compile(
    r"(?:上传|报送|申报|报名|受理|提交|邮寄|填报|征集|注册|登记|补录)[^，。；]{0,6}截[至止]$"
)
# e.g. 已建成
_STATE_AT = re.compile(
    r"^(?:（[^（）]{0,30}）)?(?:已|(?:生产|出厂|上市|销售|注册|取得|获得|获批|建成|投产|签订|受理|发布|印发|作出|发生|批准|立项|未|进口|办理|购买|交付|制定)"
    r"[^，。；]{0,24}的(?:[，,]|[一-鿿]))"
)
# e.g. 力争
_PAST_LEFT = re.compile(r"(?:已于|已在|曾于|曾在|均已于|已经于|力争|有望|预计|争取)(?:在)?$")
# e.g. 报送时限
_LIMIT_HEADER = re.compile(
    r"^(?!.*(?:有效|保存|质保|贮存|合同|试行)).*(?:时限|期限|完成时间|报送时间|上报时间|截止时间|截止日期|截止日)(?:要求)?$"
)
# e.g. 反馈修改意见
_COMMENT = re.compile(
    r"(?:反馈|提出|提交|发送|报送|反映|寄|发至|来函|来信)?[^，。；]{0,20}(?:意见|建议|异议)"
)
# e.g. 审核意见
_OFFICE = re.compile(r"(?:初审|审核|评审|审查|处理|审批|复核|论证|核查|办理|推荐|验收|专家)意见")


# 前 as the start of another word, e.g. 前往, 前期; not 前提交
_FRONT_WORD = re.compile(r"^(?:瞻|景|沿|期|往|后|提(?!交|出|供|报|请|前))")
_REPORT_RIGHT = re.compile(r"^[，,]?(?:全国|全省|我国|共|累计|已)")  # e.g. ，全国共有
# e.g. 期间登录, 内提交
_ACTS_WITHIN = re.compile(
    r"(?:期间)?内?[，,]?(?=登录|通过|提交|申报|填报|报送|完成|办理|将|向|到|在)"
)


def read_deadlines(document: Document) -> Iterator[Fact]:
    for passage in document.passages:
        for item in find_durations(passage):
            start, end, value = item
            asked = _for_comments(passage, item, document)
            computed = _comment_end(item, document) if asked else None
            if computed is not None:
                yield make_fact(FactKind.COMMENT_DEADLINE, DateValue(computed), passage, start, end)
            else:
                yield make_fact(FactKind.DEADLINE, value, passage, start, end)
        yield from _dated(passage, document)
    for table in document.tables:
        yield from _table_deadlines(table, document)


def _dated(passage: FactPassage, document: Document) -> Iterator[Fact]:
    text = passage.text
    if (
        "月" not in text
        and "年" not in text
        and "-" not in text
        and "/" not in text
        and "." not in text
    ):
        return
    dates = find_dates(passage, document.years)
    for index, found in enumerate(dates):
        following = dates[index + 1] if index + 1 < len(dates) else None
        end = _deadline_end(text, found, following)
        if end is None or is_expiry_date(text, found) or comment_date(passage, found, document):
            continue
        value = _date_value(passage, found)
        if value is not None:
            value = replace(value, who=who_must(passage, found.start))
            yield make_fact(FactKind.DEADLINE, value, passage, found.start, end)


@dataclass(frozen=True, slots=True)
class _DateInText:
    """A date with the words on both sides of it and the date that follows."""

    text: str
    found: DatedSpan
    following: DatedSpan | None

    @property
    def left(self) -> str:
        return self.text[max(0, self.found.start - 24) : self.found.start]

    @property
    def after(self) -> str:
        return self.text[self.found.end : self.found.end + 40]


def _deadline_end(text: str, found: DatedSpan, following: DatedSpan | None) -> int | None:
    """Where the words that make a date a deadline end; None if it is none."""
    date_in_text = _DateInText(text, found, following)
    for rule in _END_RULES:
        end = rule(date_in_text)
        if end is not None:
            return None if end == _NO_DEADLINE else end
    return None


def _past_or_valid(date: _DateInText) -> int | None:
    """力争2026年底, 有效期至2026年底: no deadlines."""
    past = _PAST_LEFT.search(date.left) or _VALIDITY_LEFT.search(date.left)
    return _NO_DEADLINE if past else None


def _within_range(date: _DateInText) -> int | None:
    """9月1日至9月30日，企业应完成迁移; 申报时间：9月1日至9月30日止."""
    if not date.found.ranged:
        return None
    if _WITHIN_RANGE.match(date.after):
        return date.found.end
    if date.after.startswith("止"):
        return date.found.end if _RANGE_LEAD.search(date.left) else _NO_DEADLINE
    return None


def _before_date(date: _DateInText) -> int | None:
    """9月30日前; not 9月30日前有效, 9月30日前已建成的."""
    if _VALID.match(date.after):
        return _NO_DEADLINE
    match = DATE_BEFORE.match(date.after)
    if match is None:
        return None
    rest = date.after[match.end() :]
    other_word = match[0].endswith("前") and _FRONT_WORD.match(rest)
    if _STATE_AT.match(rest) or other_word:
        return _NO_DEADLINE
    return date.found.end + match.end()


def _after_lead(date: _DateInText) -> int | None:
    """截止日期为9月30日, 最迟于9月30日; not 截至9月30日，全国共有…."""
    left, after = date.left, date.after
    if not _DATE_LEAD.search(left) or _REPORT_RIGHT.match(after):
        return None
    bare = re.search(r"截[至止]$", left) and not _CLOSES.search(left)
    if bare and (after.startswith(("，", ",")) or re.search(r"[，。；：（]截.$|^截.$", left)):
        return _NO_DEADLINE
    return date.found.end


def _since_now_or_last_day(date: _DateInText) -> int | None:
    """即日起至9月30日，登录平台申报; 9月30日为申报截止日."""
    left, after = date.left, date.after
    if _SINCE_NOW.search(left) and (_RANGE_LEAD.search(left) or ACTION_RIGHT.match(after)):
        return date.found.end
    if _LAST_DAY.match(after) and not re.search(r"意见|公示", after):
        return date.found.end
    return None


def _open_range(date: _DateInText) -> int | None:
    """申报时间为9月1日至9月30日; 9月1日至9月30日期间登录平台."""
    if not date.found.ranged:
        return None
    if _RANGE_LEAD.search(date.left):
        return date.found.end
    match = _ACTS_WITHIN.match(date.after)
    if match is None:
        return None
    return date.found.end + match.end() if match[0] else _NO_DEADLINE


def _shares_next(date: _DateInText) -> int | None:
    """6月30日、12月31日前: the word behind the second date holds for the first."""
    found, following = date.found, date.following
    if following is None or following.yearly != found.yearly:
        return None
    if not re.fullmatch(r"[、和及与或]{1,2}(?:每年)?", date.text[found.end : following.start]):
        return None
    before = DATE_BEFORE.match(date.text[following.end : following.end + 6])
    return found.end if before else _NO_DEADLINE


def _whole_period(date: _DateInText) -> int | None:
    """2026年6月内完成; 每年第一季度报送, 每年12月内."""
    found, after = date.found, date.after
    if found.has_day:
        return None
    if not found.yearly:
        return found.end if re.match(r"内[^，。；]{0,6}完成", after) else None
    quarter = (
        date.text[found.start : found.end].endswith("季度")
        and not after.startswith("，")
        and ACTION_RIGHT.match(after)
    )
    return found.end if quarter or re.match(r"^(?:内|期间)", after) else None


_NO_DEADLINE = -1  # a rule says that the date is none
_END_RULES: tuple[Callable[[_DateInText], int | None], ...] = (
    _past_or_valid,
    _within_range,
    _before_date,
    _after_lead,
    _since_now_or_last_day,
    _open_range,
    _shares_next,
    _whole_period,
)


def _date_value(passage: FactPassage, found: DatedSpan) -> DeadlineValue | None:
    sentence_left = passage.preceding(found.start, 160)
    earlier = sentence_left[-120:]
    carried = not found.year_stated and bool(re.search(r"每年[^，。；]{1,12}前", earlier))
    every = (
        found.yearly
        or carried
        or bool(_YEARLY_WORD.search(sentence_left))
        or (found.day is None and bool(re.search(r"每年", sentence_left[-40:])))
    )
    if every:
        text = f"--{found.month:02d}-{found.day_of_month:02d}"
        return DeadlineValue(date=text, yearly=True)
    if found.day is None:
        return None
    day = found.day - timedelta(days=1) if found.midnight else found.day
    return DeadlineValue(date=day.isoformat(), yearly=False)


def _table_deadlines(table: FactTable, document: Document) -> Iterator[Fact]:
    """A column 报送时限 or 截止日期, where a cell holds only the length or the day."""
    for head_row, header in enumerate(table.rows[:3]):
        columns = [
            index
            for index, cell in enumerate(header)
            if _LIMIT_HEADER.search("".join(cell.split())) and len(cell) <= 16
        ]
        for number, row in enumerate(table.rows[head_row + 1 :], head_row + 1):
            for index in columns:
                if index < len(row) and row[index].strip():
                    cell = FactPassage(row[index], table.where(number), wrapped=True)
                    yield from _cell_deadline(cell, document)
        if columns:
            return


def _cell_deadline(cell: FactPassage, document: Document) -> Iterator[Fact]:
    if match := BARE_DURATION.fullmatch(cell.text):
        value = duration_value(match)
        if value is not None:
            yield make_fact(FactKind.DEADLINE, value, cell, 0, len(cell.text))
        return
    for found in find_dates(cell, document.years):
        if found.start == 0 and found.end == len(cell.text):
            day = _date_value(cell, found)
            if day is not None:
                yield make_fact(FactKind.DEADLINE, day, cell, found.start, found.end)


def _for_comments(passage: FactPassage, item: Item, document: Document) -> bool:
    if not document.consulting and not (
        re.search(r"(?:公告|发布|公布|印发|公示|刊登|刊发)之日", item[2].trigger or "")
        and asks_for_comments(passage, item[0], item[1])
    ):
        return False
    end = max(passage.sentence_at(item[0]).end, item[1])
    right = _OFFICE.sub("", passage.text[item[1] : min(end, item[1] + 100)])
    left = passage.text[max(0, item[0] - 20) : item[0] + 8]
    if right.startswith(("反馈", "书面反馈", "予以反馈")) and "意见" in document.folded_title:
        return True
    return bool(_COMMENT.search(right[:60])) or bool(
        re.search(r"征求意见|征集意见|意见征集|意见反馈", left)
    )


def _comment_end(item: Item, document: Document) -> str | None:
    """The last day of a comment period counted in calendar days from publication."""
    value = item[2]
    match = re.fullmatch(r"P(\d+)([DWM])", value.duration or "")
    if document.published is None or value.working_days or match is None:
        return None
    if re.search(r"收到|作出", value.trigger or ""):
        return None
    count = int(match[1])
    if match[2] == "M":
        return add_months(document.published, count).isoformat()
    return (document.published + timedelta(days=count * (7 if match[2] == "W" else 1))).isoformat()
