"""Chinese sentences of the severity rule, of one act as copies, and of what ends an act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.facts.strictness import direction
from domain.records.states import FactKind
from i18n.fact_text import fact_text
from i18n.sentence import Sentence, fact_of_parameter

_WORDS = {
    FactKind.FINE: {"tighter": "罚款提高", "looser": "罚款降低", "": "罚款变化"},
    FactKind.DEADLINE: {"tighter": "期限缩短", "looser": "期限延长", "": "期限变化"},
}
_NAMES = {FactKind.FINE: "罚款", FactKind.DEADLINE: "期限"}


def _near(days: int) -> str:
    return {0: "今日", 1: "明日"}.get(days, f"{days}天后")


def _takes_effect(day: str, days: int) -> str:
    return f"{_near(days)}施行（{day}）"


def _comments_close(day: str, days: int) -> str:
    """意见征集今日截止（2026-12-01）, 11天后意见征集截止（2026-12-01）."""
    what = f"{days}天后意见征集截止" if days > 1 else f"意见征集{_near(days)}截止"
    return f"{what}（{day}）"


def _left(left: int) -> str:
    """The days left in brackets; nothing when the day is over."""
    if left < 0:
        return ""
    return f"（剩{left}天）" if left else "（今天）"


def _takes_effect_on(day: str, left: int) -> str:
    return f"{day}施行{_left(left)}"


def _comments_close_on(day: str, left: int) -> str:
    return f"意见征集{day}截止{_left(left)}"


def _fact_added(fact: Mapping[str, Any]) -> str:
    new = fact_of_parameter(fact)
    return f"新增{_NAMES[new.kind]}：{fact_text(new, 'zh')}"


def _fact_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """罚款提高：5000元–2万元 → 1万元–3万元."""
    old, new = fact_of_parameter(before), fact_of_parameter(after)
    words = _WORDS[new.kind]
    what = words.get(direction(old, new), words[""])
    return f"{what}：{fact_text(old, 'zh')} → {fact_text(new, 'zh')}"


def _ended(verb: str, title: str, number: str | None, since: str | None) -> str:
    """自2026-12-05起被某办法（某部令第1号）废止."""
    start = f"自{since}起" if since else ""
    return f"{start}被{title}{f'（{number}）' if number else ''}{verb}"


def _repealed(title: str, number: str | None, since: str | None) -> str:
    return _ended("废止", title, number, since)


def _partly_repealed(title: str, number: str | None, since: str | None) -> str:
    return _ended("部分废止", title, number, since)


def _amended(title: str, number: str | None, since: str | None) -> str:
    return _ended("修改", title, number, since)


def _term_ends(day: str, ahead: int) -> str:
    """有效期将于2026-12-31届满."""
    when = f"（{ahead}天后）" if ahead else "（今日为最后一日）"
    return f"有效期将于{day}届满{when}，延期的除外"


ACT_REASONS: dict[str, Sentence] = {
    "severity.not_relevant": "不相关",
    "severity.near_line": "不相关，但接近判定线（{percent}%）",
    "severity.repealed": "无约束力：文件已废止",
    "severity.expired": "无约束力：文件已失效",
    "severity.letter": "无普遍约束力：复函",
    "severity.interpretation": "无约束力：政策解读",
    "severity.invitation": "无约束力：邀请或资助事项",
    "severity.names_ours": "处罚、移出名单或不予许可涉及{companies}",
    "severity.delisting": "有企业被移出名单",
    "severity.list": "无约束力：名单公示",
    "severity.reply": "无约束力：答复",
    "severity.news": "无约束力：工作动态",
    "severity.eia": "无约束力：环评文件",
    "severity.case": "无约束力：执法案例",
    "severity.no_rule": "未发现自身规定",
    "severity.binding": "具有约束力",
    "severity.binding_because": "具有约束力；{because}",
    "severity.draft_would_bind": "征求意见稿，定稿后具有约束力；{because}",
    "severity.draft_may_apply": "征求意见稿，可能适用",
    "severity.draft_may_apply_until": "征求意见稿，可能适用；意见征集{day}截止",
    "severity.draft_ended": "征求意见稿不再推进",
    "severity.reads_law": "对企业义务所依规定的官方答复",
    "severity.scan_alone": "{because}——仅据扫描件识别：经人工核对后方为红色",
    "severity.takes_effect": _takes_effect,
    "severity.comments_close": _comments_close,
    "severity.takes_effect_on": _takes_effect_on,
    "severity.comments_close_on": _comments_close_on,
    "severity.repealed_from": "自{day}起废止",
    "severity.fact_added": _fact_added,
    "severity.fact_changed": _fact_changed,
    "identity.same_number": "文号相同",
    "identity.misread_number": "除文号外完全相同",
    "identity.same_title_and_attachment": "标题和附件相同",
    "identity.same_title_and_text": "标题和文字相同",
    "identity.same_title_similar_text": "标题相同，文字近似",
    "identity.same_title_text_attached": "标题相同，文字见附件",
    "identity.similar_text": "文字近似",
    "act.repealed": _repealed,
    "act.partly_repealed": _partly_repealed,
    "act.amended": _amended,
    "act.term_ends": _term_ends,
    "act.effect_undone": "原废止或修改依据已撤下或不成立",
}
