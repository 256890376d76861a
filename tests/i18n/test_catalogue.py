"""Every reason reads in every language; the English is what the archive has always stored."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

import domain
from domain.acts.severity import ActState, assess_severity
from domain.records.fact import Fact
from domain.records.reason import Reason, StoredReason, fact_parameter, loads_reason, reason
from domain.records.states import FactKind
from i18n.catalogue import catalogue, english, render, render_rule, render_stored, stored
from i18n.phrases import Lang
from i18n.sentence import places

ROOT = Path(domain.__file__).parent.parent
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,}")
TODAY = date(2026, 11, 27)


def fine(low: int, high: int) -> dict[str, Any]:
    value = {"min": low, "max": high, "currency": "CNY", "basis": "fixed"}
    return fact_parameter(Fact.from_json(kind=FactKind.FINE, value=value, quote="", where=""))


def period(duration: str, *, working: bool = False) -> dict[str, Any]:
    value = {"duration": duration, "working_days": working}
    return fact_parameter(Fact.from_json(kind=FactKind.DEADLINE, value=value, quote="", where=""))


BINDING = reason(
    "severity.binding_because",
    because=(
        reason("severity.takes_effect", day="2026-12-01", days=11),
        reason("severity.fact_changed", before=fine(5000, 20000), after=fine(10000, 30000)),
    ),
)
ENDED = reason("act.repealed", title="某办法", number="某部令第1号", since="2026-12-05")

CASES = [
    (reason("severity.binding"), "binding", "具有约束力"),
    (
        BINDING,
        "binding; takes effect in 11 days (2026-12-01);"
        " fine raised 5,000–20,000 → 10,000–30,000 yuan",
        "具有约束力；11天后施行（2026-12-01）；罚款提高：5000元–2万元 → 1万元–3万元",
    ),
    (
        reason("severity.fact_changed", before=period("P30D"), after=period("P15D", working=True)),
        "deadline shortened 30 days → 15 working days",
        "期限缩短：30日 → 15个工作日",
    ),
    (
        reason("severity.fact_added", fact=fine(1000, 2000)),
        "new fine 1,000–2,000 yuan",
        "新增罚款：1000元–2000元",
    ),
    (
        reason("severity.comments_close", day="2026-11-27", days=0),
        "comments close today (2026-11-27)",
        "意见征集今日截止（2026-11-27）",
    ),
    (
        reason("severity.takes_effect", day="2026-11-28", days=1),
        "takes effect tomorrow (2026-11-28)",
        "明日施行（2026-11-28）",
    ),
    (
        reason("severity.draft_may_apply_until", day="2026-12-20"),
        "draft that may apply; comments close 2026-12-20",
        "征求意见稿，可能适用；意见征集2026-12-20截止",
    ),
    (reason("severity.reply"), "not binding: a reply", "无约束力：答复"),
    (
        reason(
            "change.at", reason=reason("change.number", before="三十日", after="十五日"), place="第四条"
        ),
        "number changed: 三十日 → 十五日 (第四条)",
        "数字变化：三十日 → 十五日（第四条）",
    ),
    (
        reason("change.attachment_added", name="附件1.docx"),
        "attachment added: 附件1.docx",
        "新增附件：附件1.docx",
    ),
    (
        reason(
            "change.several",
            reasons=(
                reason("change.punctuation"), reason("change.typo", before="帐", after="账")
            ),
        ),
        "punctuation, typo: 帐 → 账",
        "标点，错字更正：帐 → 账",
    ),
    (
        reason("change.field_changed", field="document_number", before="1号", after="2号"),
        "document number changed: 1号 → 2号",
        "文号变化：1号 → 2号",
    ),
    (
        reason("change.copied", why=reason("identity.same_title_and_text")),
        "copy of a known act: same title and text",
        "已知文件的副本：标题和文字相同",
    ),
    (
        ENDED,
        "repealed by 某办法 (某部令第1号) as of 2026-12-05",
        "自2026-12-05起被某办法（某部令第1号）废止",
    ),
    (
        reason("act.partly_repealed", title="某办法", number=None, since=None),
        "repealed in part by 某办法",
        "被某办法部分废止",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("why", "in_english", "in_chinese"), CASES)
def test_a_reason_reads_in_both_languages(why: Reason, in_english: str, in_chinese: str) -> None:
    assert render(why, "en") == in_english
    assert render(why, "zh") == in_chinese
    assert loads_reason(why.dumps()) == why


def test_every_code_has_its_sentence_in_every_language_with_the_same_places() -> None:
    first, *others = (catalogue(lang).sentences for lang in get_args(Lang))
    assert len(first) > 70
    for other in others:
        assert first.keys() == other.keys()
        assert {code: places(text) for code, text in first.items()} == {
            code: places(text) for code, text in other.items()
        }


def test_no_chinese_template_holds_an_english_sentence() -> None:
    texts = {c: t for c, t in catalogue("zh").sentences.items() if isinstance(t, str)}
    assert {c: t for c, t in texts.items() if ENGLISH.search(re.sub(r"\{\w+\}", "", t))} == {}


def _codes_written() -> set[str]:
    """The codes that the product's own code names."""
    codes = set()
    for room in ("domain", "archive", "crawler", "notifier", "noticewatch"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                    "reason",
                    "Refusal",
                }:
                    at = 1 if getattr(node.func, "id", "") == "Refusal" else 0
                    first = node.args[at] if len(node.args) > at else None
                    if isinstance(first, ast.Constant) and isinstance(first.value, str):
                        codes.add(first.value)
    return codes


def test_every_code_that_is_written_is_in_the_catalogues() -> None:
    codes = _codes_written()
    assert len(codes) > 15
    assert codes - catalogue("en").sentences.keys() == set()


def test_a_rule_counts_its_days_from_today() -> None:
    kept = stored(BINDING)
    assert render_rule(kept, "en", TODAY).startswith(
        "binding; takes effect 2026-12-01 (4 days left)"
    )
    assert render_rule(kept, "zh", TODAY).startswith("具有约束力；2026-12-01施行（剩4天）")
    late = render_rule(kept, "en", date(2026, 12, 2))
    assert late.startswith("binding; takes effect 2026-12-01; fine")


def test_a_row_of_an_earlier_release_shows_its_english_sentence() -> None:
    kept = StoredReason("binding; takes effect in 11 days (2026-12-01)")
    assert render_stored(kept, "zh") == kept.english
    assert render_rule(kept, "zh", TODAY) == kept.english


def test_what_is_stored_in_english_is_what_the_code_renders() -> None:
    act = ActState(stage="final", authority="部门规章", status="in_force", facts=())
    verdict = assess_severity(act, TODAY)
    assert stored(verdict.rule) == StoredReason("binding", verdict.rule)
    assert english(verdict.rule) == render_stored(stored(verdict.rule), "en")


def test_a_code_of_a_later_release_is_shown_as_it_is() -> None:
    assert render(reason("severity.of_tomorrow", day=1), "zh") == "severity.of_tomorrow"


def test_reasons_that_read_alike_are_said_once() -> None:
    """A period of two years is the same in working days."""
    alike = tuple(
        reason("severity.fact_added", fact=period("P2Y", working=working))
        for working in (True, False)
    )
    why = reason("severity.binding_because", because=alike)
    assert render(why, "en") == "binding; new deadline 2 years"
