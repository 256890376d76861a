"""The duties of the evaluation's acts as claims: word for word, with another number, turned round.

A floor under what is measured: no claim that was made wrong is supported, none that is word for
word is contradicted.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from archive.store import Archive
from config.loader import load_register
from domain.text.numerals import parse_chinese_number
from i18n.headline_text import duty_text
from noticewatch.application.check.article_check import check_article
from noticewatch.application.check.law_book import HeldLaw
from tests.noticewatch.application.check.law_archives import take_in
from tests.paths import ROOT

_NUMBER = re.compile(
    r"(?<![第年月\d.])(\d{1,3}|[二三四五六七八九十]{1,3})(?=个?(?:工作日|日内|日前|个?月|年|小时|吨|万元|%))"
)
_HEAD = re.compile(r"^(第[^条]{1,6}条|[（(][一二三四五六七八九十]+[）)])\s*")


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldLaw]:
    folder: Path = tmp_path_factory.mktemp("duties-as-claims")
    lines = []
    for line in (ROOT / "tests/evaluation/duties.jsonl").read_text("utf-8").splitlines():
        act = json.loads(line)
        kept = {key: act[key] for key in ("title", "issuers", "published", "text") if act.get(key)}
        lines.append({"url": f"https://ev.example/{len(lines)}.html", **kept})
    take_in(folder, lines)
    with Archive.open(folder) as archive:
        yield HeldLaw.of(archive, load_register(), date(2027, 3, 1))


def sentences(law: HeldLaw) -> Iterator[tuple[str, str, str]]:
    """Title, sentence and English sentence of each duty, each sentence once."""
    for act in law.acts:
        if act.notice_id is None:
            continue
        seen = set()
        for duty in law.notices[act.notice_id].duties:
            words = _HEAD.sub("", duty.quote.strip()).rstrip("。；;")
            if words not in seen and len(words) >= 10 and "。" not in words and "\n" not in words:
                seen.add(words)
                yield act.title, words, duty_text(duty, "en")


def verdicts(law: HeldLaw, claims: list[str]) -> Counter[str]:
    return Counter(
        claim.verdict.value for text in claims for claim in check_article(law, text).claims
    )


def test_word_for_word_they_are_supported(law: HeldLaw) -> None:
    found = verdicts(law, [f"根据《{title}》，{words}。" for title, words, _ in sentences(law)])
    assert found["supported"] >= 0.95 * found.total()
    assert found["contradicted"] == found["outdated"] == found["none"] == 0


def test_with_another_number_none_is_supported(law: HeldLaw) -> None:
    claims = []
    for title, words, _ in sentences(law):
        if match := _NUMBER.search(words):
            other = int(parse_chinese_number(match[1]) or 0) * 2 + 3
            claims.append(
                f"根据《{title}》，{words[: match.start()]}{other}{words[match.end() :]}。"
            )
    found = verdicts(law, claims)
    assert found["supported"] == 0
    assert found["contradicted"] >= 0.75 * found.total()


def test_turned_into_a_permission_none_is_supported(law: HeldLaw) -> None:
    claims = [
        f"根据《{title}》，{words.replace(force, '可以', 1)}。"
        for title, words, _ in sentences(law)
        for force in ("应当", "不得")
        if force in words and words.count("应当") + words.count("不得") == 1
    ]
    found = verdicts(law, claims)
    assert found["supported"] == 0
    assert found["contradicted"] >= 0.95 * found.total()


def test_in_english_none_is_contradicted(law: HeldLaw) -> None:
    claims = [
        f"Under 《{title}》, {english[0].lower()}{english[1:]}."
        for title, _, english in sentences(law)
        if "see text" not in english and "Those concerned" not in english
    ]
    found = verdicts(law, claims)
    assert found["contradicted"] == 0
    assert found["supported"] + found["partly"] >= 0.5 * found.total()
