"""Translate the archive's English reasons and severity rules for the visitor.

Both are kept as one English sentence with its numbers; what is not known here stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from i18n.phrases import Lang, days_left
from i18n.rule_text import PHRASES

_NEAR = re.compile(
    r"(takes effect|comments close) (?:today|tomorrow|in \d+ days) \((\d{4}-\d\d-\d\d)\)"
)
_WORDS: tuple[tuple[str, str], ...] = (
    *PHRASES,
    (r"takes effect", "施行"),
    (r"first seen", "首次发现"),
    (r"copy of a known act", "已知文件的副本"),
    (r"another copy of the act has had this text before", "另一处文本此前已有此内容"),
    (r"number changed in the title", "标题中的数字变化"),
    (r"number changed", "数字变化"),
    (r"modal or negation changed", "义务或否定词变化"),
    (r"authority changed", "主管部门变化"),
    (r"unit changed", "单位变化"),
    (r"wording changed", "措辞变化"),
    (r"title changed its stage", "标题显示阶段变化"),
    (r"title corrected", "标题更正"),
    (r"attachment replaced, text not readable", "附件被替换，文字无法读取"),
    (r"attachment replaced, same text", "附件被替换，文字相同"),
    (r"attachment renamed", "附件改名"),
    (r"attachment added", "新增附件"),
    (r"attachment removed", "删除附件"),
    (r"\battachment\b", "附件"),
    (r"text added", "新增文字"),
    (r"text removed", "删除文字"),
    (r"same number, other spelling", "数字写法不同"),
    (r"reference follows the renumbering", "条款引用随编号调整"),
    (r"no change of text", "文字无变化"),
    (r"moved without change of text", "移动，文字未变"),
    (r"renumbered without change of text", "仅重新编号"),
    (r"\btypo\b", "错字更正"),
    (r"\bpunctuation\b", "标点"),
    (r"document number", "文号"),
    (r"comment deadline", "意见截止日期"),
    (r"\bvalidity\b", "有效性"),
    (r"repealed in part by ", "部分废止："),
    (r"repealed by ", "被废止："),
    (r"amended by ", "被修改："),
    (r" as of (?=\d)", "，自"),
    (r"the page is back, unchanged", "页面已恢复，内容未变"),
    (r"the address leads to an error page", "地址指向错误页"),
    (r"the address leads to the home page", "地址指向首页"),
    (r"the row left the list", "列表中已无此条"),
    (
        r"the notice left the list although the list still covers its date",
        "列表仍覆盖其日期，但已无此条",
    ),
    (r" changed:", "变化:"),
    (r" added$", "新增"),
)
_ZH = tuple((re.compile(pattern), word) for pattern, word in _WORDS)
_LOOSE = re.compile(r"(?<=[\u4e00-\u9fff\d–]) (?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff]) (?=\d)")


def rule_text(rule: str, lang: Lang, today: date) -> str:
    """A severity rule as it reads today: the days left are counted anew."""

    def near(match: re.Match[str]) -> str:
        day = date.fromisoformat(match[2])
        left = f" ({days_left(day, today, lang)})" if day >= today else ""
        return f"{match[1]} {day}{left}"

    return _in(lang)(_NEAR.sub(near, rule))


def reason_text(reason: str, lang: Lang) -> str:
    """Why a change is substantive or cosmetic."""
    return _in(lang)(reason)


def _in(lang: Lang) -> Callable[[str], str]:
    return _chinese if lang == "zh" else str


def _chinese(text: str) -> str:
    for pattern, word in _ZH:
        text = pattern.sub(word, text)
    text = _LOOSE.sub("", text)
    return (
        text.replace(", ", "，")
        .replace("; ", "；")
        .replace(": ", "：")
        .replace(" (", "（")
        .replace(")", "）")
    )
