"""Read deadlines: how long after what, until which day, or by which day of each year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from classifier.facts.calendar_dates import DATE_BEFORE, DatedSpan, add_months, find_dates
from classifier.facts.cues import ACTION_RIGHT, who_must
from classifier.facts.durations import BARE_DURATION, find_durations
from classifier.facts.fact_document import Document, FactTable, make_fact
from classifier.facts.lengths import duration_value
from classifier.facts.recurring import Item
from classifier.facts.sentences import FactPassage
from classifier.facts.validity import asks_for_comments, comment_date, is_expiry_date
from domain.records.fact import Fact
from domain.records.states import FactKind

_YEARLY_WORD = re.compile(r"每年度?(?:的)?$")
_DATE_LEAD = re.compile(
    r"(?:截止(?:时间|日期|日|期限)?|截至(?:时间|日期)?|最迟(?:于|在|不晚于|应于)?|不晚于|不迟于|不得晚于|不得迟于|延期至|延长至|顺延至|延至|推迟至|"
    r"过渡期(?:限)?(?:截止)?(?:至|到)|整改期(?:限)?至|期限至|限于|限)(?:为|是|到|至|：|:|于){0,2}$"
)
_LAST_DAY = re.compile(
    r"为[^，。；]{0,8}(?:截止日|截止时间|最后期限|最后一日)|为[^，。；]{0,8}(?:申报|报名|受理|填报|补录|整改|报送|注册|登记)(?:期|时间|阶段|窗口)"
)
_VALID = re.compile(r"(?:以前|之前|前)?(?:继续|均)?有效")
_VALIDITY_LEFT = re.compile(
    r"(?:有效期?限?|试行期?|施行|实施期?|执行期?|生效)(?:限|期限)?(?:为|：|:)?(?:至|到|截至|延长至)$"
)
_RANGE_LEAD = re.compile(
    r"(?:申报|报名|填报|提交|补录|受理|上报|报送|申请|登记|整改|征集|注册|录入|缴费|缴纳|过渡)(?:起止)?(?:材料)?(?:(?:系统|平台)?(?:开放|开通|开启))?(?:时间|期限|期|日期|阶段)?(?:为|是|：|:|从|自|于)*(?:(?:即日|[^，。；]{0,8}之日)起至)?$"
)
_SINCE_NOW = re.compile(r"(?:即日|之日)起至$")
# 9月1日至9月30日，企业须登录新平台完成迁移: what must be done within the range
_WITHIN_RANGE = re.compile(
    r"(?:止|期间)?[，,][^，。；]{0,16}?(?:应当|应|须|需|请|务必)[^，。；]{0,14}?"
    r"(?:完成|提交|报送|登录|填报|申报|上传|补录|注册|迁移|办理)"
)
_CLOSES = re.compile(
    r"(?:上传|报送|申报|报名|受理|提交|邮寄|填报|征集|注册|登记|补录)[^，。；]{0,6}截[至止]$"
)
_STATE_AT = re.compile(
    r"^(?:（[^（）]{0,30}）)?(?:已|(?:生产|出厂|上市|销售|注册|取得|获得|获批|建成|投产|签订|受理|发布|印发|作出|发生|批准|立项|未|进口|办理|购买|交付|制定)"
    r"[^，。；]{0,24}的(?:[，,]|[一-鿿]))"
)
_PAST_LEFT = re.compile(r"(?:已于|已在|曾于|曾在|均已于|已经于|力争|有望|预计|争取)(?:在)?$")
_LIMIT_HEADER = re.compile(
    r"^(?!.*(?:有效|保存|质保|贮存|合同|试行)).*(?:时限|期限|完成时间|报送时间|上报时间|截止时间|截止日期|截止日)(?:要求)?$"
)
_COMMENT = re.compile(
    r"(?:反馈|提出|提交|发送|报送|反映|寄|发至|来函|来信)?[^，。；]{0,20}(?:意见|建议|异议)"
)
_OFFICE = re.compile(r"(?:初审|审核|评审|审查|处理|审批|复核|论证|核查|办理|推荐|验收|专家)意见")


def read_deadlines(document: Document) -> Iterator[Fact]:
    for passage in document.passages:
        for item in find_durations(passage):
            start, end, value = item
            asked = _for_comments(passage, item, document)
            computed = _comment_end(item, document) if asked else None
            if computed is not None:
                yield make_fact(FactKind.COMMENT_DEADLINE, computed, passage, start, end)
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
            yield make_fact(
                FactKind.DEADLINE, value | who_must(passage, found.start), passage, found.start, end
            )


def _deadline_end(text: str, found: DatedSpan, following: DatedSpan | None) -> int | None:
    """Where the words that make a date a deadline end; None if it is none."""
    after = text[found.end : found.end + 40]
    left = text[max(0, found.start - 24) : found.start]
    if _PAST_LEFT.search(left) or _VALIDITY_LEFT.search(left):
        return None
    if found.ranged and _WITHIN_RANGE.match(after):
        return found.end
    if found.ranged and after.startswith("止"):
        return found.end if _RANGE_LEAD.search(left) else None
    if _VALID.match(after):
        return None
    if match := DATE_BEFORE.match(after):
        if _STATE_AT.match(after[match.end() :]) or (
            re.match(r"^(?:瞻|景|沿|期|往|后|提(?!交|出|供|报|请|前))", after[match.end() :])
            and match[0].endswith("前")
        ):
            return None
        return found.end + match.end()
    if _DATE_LEAD.search(left) and not re.match(r"^[，,]?(?:全国|全省|我国|共|累计|已)", after):
        bare = re.search(r"截[至止]$", left) and not _CLOSES.search(left)
        if bare and (after.startswith(("，", ",")) or re.search(r"[，。；：（]截.$|^截.$", left)):
            return None
        return found.end
    if _SINCE_NOW.search(left) and (_RANGE_LEAD.search(left) or ACTION_RIGHT.match(after)):
        return found.end
    if _LAST_DAY.match(after) and not re.search(r"意见|公示", after):
        return found.end
    if found.ranged:
        if _RANGE_LEAD.search(left):
            return found.end
        if match := re.match(
            r"(?:期间)?内?[，,]?(?=登录|通过|提交|申报|填报|报送|完成|办理|将|向|到|在)", after
        ):
            return found.end + match.end() if match[0] else None
    if (
        following is not None
        and following.yearly == found.yearly
        and re.fullmatch(r"[、和及与或]{1,2}(?:每年)?", text[found.end : following.start])
    ):
        return found.end if DATE_BEFORE.match(text[following.end : following.end + 6]) else None
    if not found.yearly and not found.has_day and re.match(r"内[^，。；]{0,6}完成", after):
        return found.end
    if found.yearly and not found.has_day:
        quarter = (
            text[found.start : found.end].endswith("季度")
            and not after.startswith("，")
            and ACTION_RIGHT.match(after)
        )
        if quarter or re.match(r"^(?:内|期间)", after):
            return found.end
    return None


def _date_value(passage: FactPassage, found: DatedSpan) -> dict[str, Any] | None:
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
        return {"date": f"--{found.month:02d}-{found.day_of_month:02d}", "yearly": True}
    if found.day is None:
        return None
    day = found.day - timedelta(days=1) if found.midnight else found.day
    return {"date": day.isoformat(), "yearly": False}


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
        re.search(r"(?:公告|发布|公布|印发|公示|刊登|刊发)之日", str(item[2].get("trigger", "")))
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
    match = re.fullmatch(r"P(\d+)([DWM])", str(value.get("duration")))
    if document.published is None or value["working_days"] or match is None:
        return None
    if re.search(r"收到|作出", str(value.get("trigger", ""))):
        return None
    count = int(match[1])
    if match[2] == "M":
        return add_months(document.published, count).isoformat()
    return (document.published + timedelta(days=count * (7 if match[2] == "W" else 1))).isoformat()
