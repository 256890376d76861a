"""The words of first lines that tell the kind of an act rather than a duty of it."""

from __future__ import annotations

import re
from datetime import date

from domain.law.headlines.act_kinds import spares_penalties, suspended_what
from domain.law.headlines.chosen_headline import CorrectedWords, Headline, Lead
from domain.records.notice import Notice
from i18n.glossary_terms import roles
from i18n.phrases import Lang, clip, day

# The leads whose first words are found here.
KIND_LEADS = frozenset({
    Lead.EXTENDED, Lead.PUT_OFF, Lead.TERM_MOVED, Lead.CORRECTED, Lead.SUSPENDED, Lead.PENALTIES,
    Lead.TASKS,
})  # fmt: skip
_HAN = re.compile(r"[㐀-鿿]")
_NAME = re.compile(r"(?:公司|企业|厂|中心|合作社)$")
_DATE = re.compile(r"(\d{4})年(0?[1-9]|1[0-2])月(0?[1-9]|[12]\d|30)日")
_UNITS = {
    "工作日": "working days", "个工作日": "working days", "日": "days", "天": "days",
    "个月": "months", "年": "years", "小时": "hours",
}  # fmt: skip
_PERIOD = re.compile(rf"(?P<n>\d{{1,3}})(?P<unit>{'|'.join(_UNITS)})")
_PUT_OFF = {"en": "start put off to {day}", "zh": "推迟至{day}施行"}
_TERM_MOVED = {"en": "time extended to {day}", "zh": "期限延长至{day}"}
_STOPPED = {
    "system": ("reporting system suspended", "填报系统暂停使用"),
    "handling": ("handling of filings suspended", "暂停受理"),
    "rule": ("rule suspended", "暂停执行"),
}


def kind_happened(notice: Notice, chosen: Headline, lang: Lang) -> str:
    """What an act of a special kind does: "validity extended to 30 Sep 2028"."""
    match chosen.lead:
        case Lead.EXTENDED:
            return _extended(chosen, lang)
        case Lead.PUT_OFF:
            return _moved(_PUT_OFF[lang], chosen.starts, chosen.ended, lang)
        case Lead.TERM_MOVED:
            return _moved(_TERM_MOVED[lang], chosen.ends, chosen.ended, lang)
        case Lead.CORRECTED:
            return _corrected(chosen.corrected or CorrectedWords(), lang)
        case Lead.SUSPENDED:
            english, chinese = _STOPPED[suspended_what(notice.title)]
            return from_day(english if lang == "en" else chinese, chosen, lang)
        case Lead.PENALTIES:
            return _penalties(notice, chosen, lang)
        case _:
            return "tasks divided among authorities" if lang == "en" else "任务分工（部门职责）"


def _extended(chosen: Headline, lang: Lang) -> str:
    end, old = chosen.ends, chosen.ended
    if lang == "zh":
        before = f"（原为{day(old, lang)}）" if old and end else ""
        return f"有效期延长至{day(end, lang)}{before}" if end else "有效期延长"
    before = f" (was {day(old, lang)})" if old and end else ""
    return f"time extended: valid until {day(end, lang)}{before}" if end else "time extended"


def _moved(words: str, now: date | None, old: date | None, lang: Lang) -> str:
    """ "start put off to 1 Apr 2027 (was 1 Jan 2027)"."""
    if now is None:
        return words.format(day="").strip()
    before = day(old, lang) if old else ""
    was = (f" (was {before})" if lang == "en" else f"（原为{before}）") if before else ""
    return words.format(day=day(now, lang)) + was


def _corrected(told: CorrectedWords, lang: Lang) -> str:
    """ "correction of Announcement No. 31 of 2026: 15 working days (was 15 days)"."""
    if lang == "zh":
        act = f"{told.year}年第{told.number}号公告" if told.number else ""
        return f"更正{act}" + (f"：{told.old}应为{told.new}" if told.new else "")
    act = f" of Announcement No. {told.number} of {told.year}" if told.number else ""
    text = f"correction{act}"
    if _NAME.search(told.old) and _NAME.search(told.new):
        return f"{text} of a company name"
    old, new = _plain_value(told.old), _plain_value(told.new)
    return f"{text}: {new} (was {old})" if old and new else text


def _plain_value(words: str) -> str:
    """A period or a day in English; '' for anything else."""
    if match := _DATE.fullmatch(words.strip()):
        return day(date(int(match[1]), int(match[2]), int(match[3])), "en")
    match = _PERIOD.fullmatch(words.strip())
    if match is None:
        return ""
    unit = _UNITS[match["unit"]]
    return f"{match['n']} {unit if match['n'] != '1' else unit.removesuffix('s')}"


def _penalties(notice: Notice, chosen: Headline, lang: Lang) -> str:
    spares = spares_penalties(notice.title)
    if lang == "zh":
        name = "不予处罚清单" if spares else "处罚裁量基准"
        name += f"（{day(notice.effective, lang)}施行）" if notice.effective else ""
        return name + (f"，罚款{_yuan(chosen, lang)}" if chosen.fines and not spares else "")
    name = "list of breaches not punished" if spares else "penalty standard"
    name += f", in force {day(notice.effective, lang)}" if notice.effective else ""
    return name + (f", fines of {_yuan(chosen, lang)}" if chosen.fines and not spares else "")


def _yuan(chosen: Headline, lang: Lang) -> str:
    low, high = chosen.fines or (0, 0)
    if lang == "en":
        return f"¥{low:,}–{high:,} over all tiers" if low != high else f"¥{high:,}"
    return f"{low:,}元至{high:,}元（各档合计范围）" if low != high else f"{high:,}元"


def from_day(text: str, chosen: Headline, lang: Lang) -> str:
    """The words with their first day: "reporting system suspended from 1 Jul 2026"."""
    if chosen.starts is None:
        return text
    if lang == "zh":
        return f"{text}（自{day(chosen.starts, lang)}起）"
    return f"{text} from {day(chosen.starts, lang)}"


def campaign_text(chosen: Headline, lang: Lang) -> str:
    """A campaign with its days: "enforcement campaign 15 Apr 2026 to 31 Aug 2026"."""
    start, end = chosen.starts, chosen.ends
    if lang == "zh":
        since = f"自{day(start, lang)}" if start else ""
        told = f"专项行动（{since}至{day(end, lang)}）" if end else "专项行动"
    else:
        since = f" {day(start, lang)}" if start else ""
        told = f"enforcement campaign{since} to {day(end, lang)}" if end else "enforcement campaign"
    targets = _targets(chosen, lang) if chosen.pair is None else ""
    return f"{told} — {targets}" if targets else told


def _targets(chosen: Headline, lang: Lang) -> str:
    """Whom a campaign looks at: "checks of recyclers, collection outlets"."""
    known = roles().roles
    names = [known[role].en if lang == "en" else known[role].zh for role in chosen.targets]
    if not names:
        return ""
    return f"checks of {', '.join(names)}" if lang == "en" else f"检查对象：{'、'.join(names)}"


def listed_text(chosen: Headline, lang: Lang) -> str:
    """How many companies a list names or an act strikes off; no number where it is not read."""
    count = chosen.companies
    if chosen.lead is Lead.LISTED:
        return f"list of {count} companies" if lang == "en" else f"公布名单，共{count}家企业"
    if chosen.codes:
        return _codes_lost(chosen, lang)
    if lang == "zh":
        who = f"{count}家企业" if count else "文中所列企业"
        return f"拟将{who}移出名单" if chosen.proposed else f"{who}被移出名单"
    who = str(count) if count else "companies named"
    return f"{who} to be struck off the list" if chosen.proposed else f"{who} struck off the list"


def _codes_lost(chosen: Headline, lang: Lang) -> str:
    """ "codes of 17 companies to be cancelled"."""
    count = chosen.companies
    if lang == "zh":
        whose = f"{count}家企业" if count else "部分企业"
        return f"{'拟' if chosen.proposed else ''}注销{whose}的代码"
    who = f"codes of {count} companies" if count else "codes of the companies named"
    return f"{who} {'to be ' if chosen.proposed else ''}cancelled"


def english_line(title_en: str) -> str:
    """An English title without the parts that have no English: of issuers not in the table."""
    parts = [part for part in title_en.split(" · ") if not _HAN.search(part)]
    return clip(" · ".join(parts), 90)
