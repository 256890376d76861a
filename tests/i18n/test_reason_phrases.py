"""Say in Chinese every reason that a page can show."""

import re
from datetime import date
from pathlib import Path

import pytest

from i18n.reason_phrases import reason_text, rule_text
from i18n.web_phrases import ZH
from noticewatch import web

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("binding", "binding", "具有约束力"),
        (
            "binding; takes effect in 11 days (2026-12-01)",
            "binding; takes effect 2026-12-01 (4 days left)",
            "具有约束力；施行2026-12-01（剩4天）",
        ),
        (
            "binding; takes effect tomorrow (2026-11-01)",
            "binding; takes effect 2026-11-01",
            "具有约束力；施行2026-11-01",
        ),
        (
            "binding; fine raised 5,000–20,000 → 10,000–30,000 yuan",
            "binding; fine raised 5,000–20,000 → 10,000–30,000 yuan",
            "具有约束力；罚款提高5,000–20,000 → 10,000–30,000元",
        ),
        (
            "draft that may apply; comments close 2026-12-20",
            "draft that may apply; comments close 2026-12-20",
            "征求意见稿，可能适用；意见征集2026-12-20截止",
        ),
        ("not binding: a reply", "not binding: a reply", "无约束力：答复"),
    ],
)
def test_a_rule_counts_its_days_from_today(rule, english, chinese):
    assert rule_text(rule, "en", TODAY) == english
    assert rule_text(rule, "zh", TODAY) == chinese


@pytest.mark.parametrize(
    ("reason", "chinese"),
    [
        (
            "number changed: 三十日 → 十五个工作日 (第四条)",
            "数字变化：三十日 → 十五个工作日（第四条）",
        ),
        ("attachment added: 附件1.docx", "新增附件：附件1.docx"),
        ("punctuation, typo: 帐 → 账", "标点，错字更正：帐 → 账"),
        ("repealed by 某办法 as of 2026-12-05", "被废止：某办法，自2026-12-05"),
        ("something nobody foresaw", "something nobody foresaw"),
    ],
)
def test_a_reason_reads_in_chinese(reason, chinese):
    assert reason_text(reason, "zh") == chinese
    assert reason_text(reason, "en") == reason


def test_every_phrase_of_the_pages_has_its_chinese():
    """What the templates say by ``t("…")`` and ``w.say("…")``; codes and states have tables."""
    folder = Path(web.__file__).parent / "templates"
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.html"))
    said = re.findall(r"""(?<![\w.])(?:t|w\.say)\("([^"]+)"|(?<![\w.])t\('([^']+)'\)""", source)
    phrases = {double or single for double, single in said} - {"level "}
    assert len(phrases) > 150
    assert phrases - set(ZH) == set()
