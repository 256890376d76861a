"""Translate the severity rule that fired into Chinese.

The archive keeps it as one English sentence of fixed phrases; each is replaced by its
Chinese. A phrase that is not known stays English rather than being guessed.
"""

from __future__ import annotations

import re

from i18n.phrases import Lang

PHRASES: tuple[tuple[str, str], ...] = (
    (r"not binding: the act is repealed", "无约束力：文件已废止"),
    (r"repealed from (\d{4}-\d\d-\d\d) on", r"自\1起废止"),
    (r"not binding: the act is expired", "无约束力：文件已失效"),
    (r"not binding: a letter", "无普遍约束力：复函"),
    (r"not binding: an interpretation", "无约束力：政策解读"),
    (r"not binding: a list of companies or products", "无约束力：名单公示"),
    (r"not binding: a reply", "无约束力：答复"),
    (r"not binding: news", "无约束力：工作动态"),
    (r"not binding: an environmental assessment notice", "无约束力：环评文件"),
    (r"not binding: a case", "无约束力：执法案例"),
    (r"not binding: no rule of its own found", "未发现自身规定"),
    (r"draft that would bind", "征求意见稿，定稿后具有约束力"),
    (r"draft that may apply", "征求意见稿，可能适用"),
    (r"\bbinding\b", "具有约束力"),
    (r"takes effect today", "今日施行"),
    (r"takes effect tomorrow", "明日施行"),
    (r"takes effect in (\d+) days", r"\1天后施行"),
    (r"comments close today", "意见征集今日截止"),
    (r"comments close tomorrow", "意见征集明日截止"),
    (r"comments close in (\d+) days", r"\1天后意见征集截止"),
    (r"comments close (\d{4}-\d\d-\d\d)", r"意见征集\1截止"),
    (r"fine raised", "罚款提高"),
    (r"fine lowered", "罚款降低"),
    (r"fine changed", "罚款变化"),
    (r"deadline shortened", "期限缩短"),
    (r"deadline extended", "期限延长"),
    (r"deadline changed", "期限变化"),
    (r"new fine", "新增罚款"),
    (r"new deadline", "新增期限"),
    (r"up to ([\d,.]+) yuan", r"\1元以下"),
    (r"at least ([\d,.]+) yuan", r"\1元以上"),
    (r"the same day", "当日"),
    (r"(\d+) working days?", r"\1个工作日"),
    (r"(\d+) days?", r"\1日"),
    (r"(\d+) months?", r"\1个月"),
    (r"(\d+) years?", r"\1年"),
    (r"(\d+) weeks?", r"\1周"),
    (r"(\d+) hours?", r"\1小时"),
    (r" yuan\b", "元"),
    (r"; ", "；"),
)


def rule_text(rule: str, lang: Lang) -> str:
    """The rule in a language; English is how the archive keeps it."""
    if lang == "en":
        return rule
    for phrase, chinese in PHRASES:
        rule = re.sub(phrase, chinese, rule)
    return rule
