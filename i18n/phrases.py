"""Fixed phrases of alerts and digests in English and Chinese, and the format of dates."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Literal

from domain.records.states import ChangeKind, FactKind
from domain.text import safe_output
from domain.text.numerals import parse_chinese_number
from i18n.fact_kinds import KIND_NAMES

if TYPE_CHECKING:
    from config.model import Names

Lang = Literal["en", "zh"]

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

_PARAGRAPH = re.compile(r"正文第(\d+)段")
_TITLE = "标题"
_ARTICLE = re.compile(r"第([0-9零〇一二三四五六七八九十百千]+)条")

SEVERITY_MARK = {"red": "🔴", "amber": "🟠", "grey": "⚪"}

_KINDS: dict[ChangeKind, tuple[str, str]] = {
    ChangeKind.NEW: ("new", "新发布"),
    ChangeKind.REVISED: ("revised", "内容修改"),
    ChangeKind.ATTACHMENT_REVISED: ("attachment revised", "附件修改"),
    ChangeKind.ATTACHMENT_READ: ("scan read", "扫描件已识别"),
    ChangeKind.COPIED: ("copied", "转载"),
    ChangeKind.WITHDRAWN: ("page withdrawn", "页面撤下"),
    ChangeKind.RESTORED: ("page restored", "页面恢复"),
    ChangeKind.RETITLED: ("retitled", "标题修改"),
    ChangeKind.STATUS: ("status changed", "效力状态变化"),
}

_STAGES: dict[str, tuple[str, str]] = {
    "draft": ("Draft, not binding", "征求意见稿，尚无约束力"),
    "final": ("Binding", "正式文件，具有约束力"),
    "interpretation": ("Interpretation", "政策解读"),
    "list": ("List of companies or products", "名单公示"),
    "reply": ("Official reply", "答复"),
    "news": ("News, not binding", "工作动态"),
    "eia": ("Environmental assessment", "环评文件"),
    "case": ("Enforcement case", "执法案例"),
}

_STATUSES: dict[str, tuple[str, str]] = {
    "in_force": ("in force", "现行有效"),
    "not_yet": ("not yet in force", "尚未施行"),
    "amended": ("amended", "已被修改"),
    "partly_repealed": ("partly repealed", "部分失效"),
    "suspended": ("suspended", "暂停实施"),
    "repealed": ("repealed", "已废止"),
    "expired": ("expired", "已失效"),
    "draft": ("draft", "征求意见"),
    "withdrawn_page": ("page withdrawn (no proof of repeal)", "页面撤下（不等于废止）"),
}

_EFFECTS: dict[str, tuple[str, str]] = {
    "tighter": ("TIGHTER", "收紧"),
    "looser": ("LOOSER", "放宽"),
    "higher": ("HIGHER", "提高"),
    "lower": ("LOWER", "降低"),
    "earlier": ("EARLIER", "提前"),
    "later": ("LATER", "推迟"),
    "changed": ("CHANGED", "变化"),
    "new": ("NEW", "新增"),
    "gone": ("GONE", "删除"),
}

_STATES: dict[str, tuple[str, str]] = {
    "ok": ("ok", "正常"),
    "blocked": ("blocked", "被拦截"),
    "failing": ("failing", "访问失败"),
    "layout_changed": ("layout changed", "版面变化"),
    "silent": ("silent", "长期无更新"),
}

PHRASES: dict[str, tuple[str, str]] = {
    "act": ("Act", "文件"),
    "applies_to": ("applies to: {who}", "适用于：{who}"),
    "may_apply_to": ("may apply to: {who}", "可能适用于：{who}"),
    "names_ours": ("names {who}", "点名：{who}"),
    "supplier_of": ("{supplier} (supplier of {who})", "{supplier}（{who}的供应商）"),
    "owned_by": ("owner: {who}", "负责人：{who}"),
    "unowned_list": ("{n:act has|acts have} no owner yet", "{n}件文件尚无负责人"),
    "permit": ("Permit", "许可证件"),
    "permit_ends": (
        "Permit {permit} of {who} ends on {date}",
        "{who}的许可证件（{permit}）将于{date}到期",
    ),
    "for_you": ("For you", "与您相关"),
    "in_force_on": ("in force {date} ({days})", "{date}施行（{days}）"),
    "in_force_since": ("in force since {date}", "自{date}施行"),
    "comments_until": ("comments until {date} ({days})", "意见截止{date}（{days}）"),
    "comments_closed": ("comments closed {date}", "意见征集已于{date}截止"),
    "expires_on": ("expires {date} ({days})", "{date}失效（{days}）"),
    "expired_on": ("expired {date}", "已于{date}失效"),
    "published": ("published {date}", "{date}发布"),
    "change_found": ("change found {date}", "{date}发现变化"),
    "seen": ("seen {date} ({delay})", "{date}发现（{delay}）"),
    "today": ("today", "今天"),
    "days": ("{n:day|days} left", "剩{n}天"),
    "in_days": ("{n} d", "{n}天"),
    "same_day": ("same day", "当天"),
    "days_after": ("{n} d after publication", "发布后{n}天"),
    "days_before": ("dated {n} d ahead", "署期在后{n}天"),
    "was": ("was {before}", "原{before}"),
    "removed": ("removed: {before}", "删除：{before}"),
    "machine": ("Machine translation ({provider})", "机器翻译（{provider}）"),
    "otherwise": ("If not: {what}", "否则：{what}"),
    "rule": ("Severity rule: {rule}", "等级依据：{rule}"),
    "number": ("No. {number}", "文号 {number}"),
    "no_number": ("no document number", "无文号"),
    "archive": ("archive: versions and diff", "存档：版本与对比"),
    "repeal_ahead": ("to be repealed on {date} by {what}", "将于{date}被{what}废止"),
    "example": ("e.g. from {date}: due ", "例如自{date}起算，截止"),
    "holidays": ("public holidays not announced yet", "节假日安排尚未公布"),
    "transition": ("Transition: {words}", "过渡安排：{words}"),
    "no_transition": (
        "Transition for what happened before {date}: NOT STATED",
        "{date}前已发生事项的过渡安排：未载明",
    ),
    "acknowledge": ("Acknowledge", "知悉"),
    "assign": ("I own this", "由我负责"),
    "unsubscribe": ("Unsubscribe", "退订"),
    "copies": ("Also at", "另见"),
    "attachments": ("Attachments", "附件"),
    "more": ("and {n} more", "另有{n}项"),
    "topics": ("Topics", "主题"),
    "text_diff": ("What changed in the text", "文本变化"),
    "continued": ("Diff, continued", "文本变化（续）"),
    "diff_cut": (
        "{n:more changed part is|more changed parts are} in the archive"
        " (notice {id}, change {change})",
        "其余{n}处变化见存档（公告{id}，变更{change}）",
    ),
    "unconfirmed": (
        "UNCONFIRMED: only at {who}, not seen on the issuer's own site · {what}",
        "未经证实：仅见于{who}，未见于发布机关官网 · {what}",
    ),
    "in_the_name_of": ("in the name of {who}", "以{who}名义"),
    "claimed": (
        "claims that it {what}; it is not the issuer's word",
        "自称{what}；并非发布机关所言",
    ),
    "unread": ("not understood: {words}", "无法理解：{words}"),
    "also_claimed": (
        "{what} claims to change it, without being its issuer's word: {url}",
        "{what}自称对其作出变更，并非发布机关所言：{url}",
    ),
    "copies_disagree": (
        "Copies disagree: {who} says otherwise than the official page",
        "文本不一致：{who}所载内容与官方页面不同",
    ),
    "repeals": ("repeals {what}", "废止{what}"),
    "repealed_by": ("repealed by {what}", "被{what}废止"),
    "amends": ("amends {what}", "修改{what}"),
    "extends": ("puts off a term of {what}", "延长{what}的期限"),
    "corrects": ("corrects {what}", "更正{what}"),
    "suspends": ("suspends or resumes {what}", "暂停或恢复实施{what}"),
    "interprets": ("explains {what}", "解释{what}"),
    "implements": ("implements {what}", "落实{what}"),
    "finalises": ("finalises the draft {what}", "由征求意见稿{what}定稿"),
    "edition_of": ("new edition of {what}", "{what}的新版本"),
    "scan_waits": ("scan, being read", "扫描件，识别中"),
    "unsure": (" [scan: not sure]", "［扫描件，存疑］"),
    "probable": ("compared with (probable)", "对比对象（推定）"),
    "by_rules": (
        "Classified by rules (key words): the model was not usable",
        "按规则（关键词）分类：模型当时不可用",
    ),
    "register": (
        "Relevant because it touches a registered act, though no topic was found",
        "未命中主题，但涉及登记在册的法规",
    ),
    "withdrawn_note": (
        "The page is gone from its site; that is no proof of repeal.",
        "页面已从网站撤下；这不能证明文件已废止。",
    ),
    "restored_note": ("The page is back on its site.", "页面已恢复。"),
    "blind": (
        "Blind spot: {who} unreadable since {date}",
        "监测盲区：{who}自{date}起无法读取",
    ),
    "summary_burst": (
        "{n:change|changes} of {acts:act|acts} at once",
        "本次共{n}项变化，涉及{acts}件",
    ),
    "summary_baseline": ("Baseline: {n:relevant act|relevant acts} among"
                         " {total:notice|notices} read",
                         "基线：已读{total}条公告，其中{n}件相关"),
    "letter": ("Official letter, not binding", "复函，不具有普遍约束力"),
    "reminder": ("Not owned after {n} h: {headline}", "{n}小时后仍无人认领：{headline}"),
    "asked_reminder": ("Reminder for {who}: {title}", "提醒{who}：{title}"),
    "date_reminder": (
        "Still not owned, {date} is near: {headline}",
        "仍无人认领，{date}将至：{headline}",
    ),
    "digest_nothing": ("nothing for you", "本期没有需要您关注的内容"),
    "digest_healthy": ("{n} of {total:source|sources} healthy", "{total}个来源中{n}个正常"),
    "digest_covers": (
        "New from {since} to {until}",
        "{since}至{until}的新变化",
    ),
    "digest_week": ("{field}, week {n}: {what}", "{field}第{n}周：{what}"),
    "digest_day": ("{field}, {date}: {what}", "{field}{date}：{what}"),
    "found_late": (
        "found {n:day|days} after publication on {date}",
        "{date}发布，{n}天后发现",
    ),
    "unread_yet": (
        "{n:source|sources} not read yet: nothing is known of them",
        "{n}个来源尚未读取，情况不明",
    ),
    "sec_changed": ("Changed, most urgent first", "变化，紧急在前"),
    "sec_dates": ("Open dates, next 60 days", "未来60天的日期"),
    "sec_minor": ("Changed, not urgent", "有变化，不紧急"),
    "sec_gone": ("Withdrawn, repealed or expired", "撤下、废止或失效"),
    "sec_near": ("May concern you, not told", "可能与您有关，未告警"),
    "near_count": (
        "{n:notice|notices} near the line of relevance; nothing was alerted",
        "{n}件通知接近相关判定线，均未告警",
    ),
    "near_why": ("{percent} %: {where}: “{quote}”", "{percent}%：{where}：“{quote}”"),
    "near_number": ("notice {n}", "存档第{n}号"),
    "sec_coverage": ("What the provinces have", "各省情况"),
    "sec_blind": ("Blind spots", "监测盲区"),
    "sec_activity": ("Relevant changes by week", "每周相关变化"),
    "chain_head": (
        "Archive of {n:version|versions}, chain head {head}. Keep this message: `noticewatch doctor"
        " --head` tells whether the archive still holds it.",
        "存档共{n}个版本，哈希链末端{head}。请保留本信息："
        "可用`noticewatch doctor --head`核对存档是否仍含该末端。",
    ),
    "none": ("none", "无"),
    "cov_rule": ("rule found", "已有规定"),
    "cov_draft": ("draft only", "仅有征求意见稿"),
    "cov_nothing": (
        "nothing found on {n:healthy source|healthy sources} since {date}",
        "自{date}起在{n}个正常来源中未发现",
    ),
    "cov_unreadable": ("unreadable since {date}", "自{date}起无法读取"),
    "cov_unwatched": ("not watched: unknown", "未监测"),
    "cov_unread": ("not watched yet", "尚未监测"),
    "cov_national": ("{state}; national rule applies directly", "{state}；直接适用国家规定"),
    "deadline_on": ("Deadline", "期限"),
    "moved": ("moved", "移动"),
    "renumbered": ("renumbered", "重新编号"),
    "added": ("added", "新增"),
    "removed_part": ("removed", "删除"),
    "att_added": ("attachment added", "新增附件"),
    "att_removed": ("attachment removed", "删除附件"),
    "att_replaced": ("attachment replaced", "替换附件"),
    "att_renamed": ("attachment renamed", "附件改名"),
}  # fmt: skip


@cache
def _jurisdictions() -> dict[str, Names]:
    from config.loader import load_jurisdictions  # pydantic is loaded only where names are shown

    return load_jurisdictions()


def _pick(pair: tuple[str, str], lang: Lang) -> str:
    return pair[1] if lang == "zh" else pair[0]


class Count(int):
    """A number that brings its noun: ``{n:source|sources}`` reads ``1 source``, ``2 sources``."""

    def __format__(self, nouns: str) -> str:
        one, bar, many = nouns.partition("|")
        return f"{int(self)} {one if self == 1 else many}" if bar else format(int(self), nouns)


def counted(value: object) -> object:
    """A whole number as a :class:`Count`, anything else as it is."""
    return Count(value) if isinstance(value, int) else value


def say(key: str, lang: Lang, **values: object) -> str:
    """A phrase in a language, its places filled in."""
    filled = {name: counted(value) for name, value in values.items()}
    return _pick(PHRASES[key], lang).format(**filled)


def kind_name(kind: ChangeKind, lang: Lang) -> str:
    return _pick(_KINDS[kind], lang)


def stage_name(stage: str | None, lang: Lang) -> str:
    return _pick(_STAGES[stage], lang) if stage in _STAGES else ""


def status_name(status: str, lang: Lang) -> str:
    return _pick(_STATUSES[status], lang) if status in _STATUSES else status


def fact_name(kind: str, lang: Lang) -> str:
    return _pick(KIND_NAMES[FactKind(kind)], lang)


def effect_name(effect: str, lang: Lang) -> str:
    return _pick(_EFFECTS[effect], lang) if effect else ""


def state_name(state: str, lang: Lang) -> str:
    return _pick(_STATES[state], lang)


def jurisdiction_name(code: str, lang: Lang) -> str:
    names = _jurisdictions().get(code)
    if names is None:
        return code
    return names.zh if lang == "zh" else names.en or names.zh


def place_name(where: str, lang: Lang) -> str:
    """A place in a text: 第二十四条 reads ``art. 24`` in English, anything else stays."""
    if lang == "zh":
        return where
    if where == _TITLE:
        return "title"
    return _PARAGRAPH.sub(r"para. \1", _ARTICLE.sub(_article, where))


def _article(match: re.Match[str]) -> str:
    number = parse_chinese_number(match[1])
    return f"art. {number}" if isinstance(number, int) else match[0]


def day(value: date, lang: Lang) -> str:
    """``1 Jan 2027`` or ``2027年1月1日``."""
    if lang == "zh":
        return f"{value.year}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date, lang: Lang) -> str:
    """``1 Jan`` or ``1月1日``."""
    if lang == "zh":
        return f"{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]}"


def days_left(value: date, today: date, lang: Lang) -> str:
    left = (value - today).days
    if left == 0:
        return say("today", lang)
    return say("days", lang, n=left)


def local_day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def clip(text: str, limit: int) -> str:
    """The text in one line and at most ``limit`` characters, an ellipsis for what is cut."""
    return safe_output.clip(" ".join(text.split()), limit)


def clip_words(text: str, limit: int) -> str:
    """Like :func:`clip`, cut between two words where the text has blanks."""
    cut = clip(text, limit)
    if cut == " ".join(text.split()) or " " not in cut[limit // 2 :]:
        return cut
    return f"{cut[: cut.rindex(' ')].rstrip(' ,;:')} …"
