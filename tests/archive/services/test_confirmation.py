"""A change of a known page is stored when two looks show it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from archive.store import Archive
from domain.records.observation import Observation
from domain.records.reason import reason
from tests.builders import START

URL = "https://www.miit.gov.cn/a/1.html"
TITLE = "关于开展废旧动力电池联合执法专项行动的通知"
TEXT = ("各有关单位：", "网点应当在十日内报送。", "本市天气 晴", "特此通知")
EDITED = ("各有关单位：", "网点应当在三十日内报送。", "本市天气 晴", "特此通知")

Observe = Callable[..., Observation]


def look(archive: Archive, observation: Observation) -> str:
    result = archive.ingest(observation, confirm=True)
    if result.unconfirmed:
        return "unconfirmed"
    return str(result.kind) if result.kind else "unchanged"


def test_the_second_look_makes_the_version(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(URL, TITLE, TEXT))
    assert look(archive, observe(URL, TITLE, EDITED)) == "unconfirmed"
    assert archive.confirmation.unconfirmed("cn-miit") == (URL,)
    assert archive.notices.counts()["versions"] == 1
    assert look(archive, observe(URL, TITLE, EDITED)) == "revised"
    assert archive.confirmation.unconfirmed("cn-miit") == ()
    assert archive.integrity.verify() == []


def test_without_asking_for_it_a_change_is_stored_at_once(
    archive: Archive, observe: Observe
) -> None:
    archive.ingest(observe(URL, TITLE, TEXT))
    assert archive.ingest(observe(URL, TITLE, EDITED)).kind == "revised"


@pytest.mark.parametrize(
    "more",
    [{"number": "工信部节〔2026〕9号"}, {"issuers": ("商务部",)}, {"files": {"表.csv": b"1"}}],
    ids=["number", "issuer", "file"],
)
def test_what_stands_beside_the_text_is_confirmed_too(
    archive: Archive, observe: Observe, more: dict[str, object]
) -> None:
    archive.ingest(observe(URL, TITLE, TEXT))
    assert look(archive, observe(URL, TITLE, TEXT, **more)) == "unconfirmed"
    assert look(archive, observe(URL, TITLE, TEXT)) == "unchanged"
    assert look(archive, observe(URL, TITLE, TEXT, **more)) == "unconfirmed"
    assert look(archive, observe(URL, TITLE, TEXT, **more)) in {"revised", "attachment_revised"}


def test_an_issuer_that_differs_at_each_look_is_never_told(
    archive: Archive, observe: Observe
) -> None:
    archive.ingest(observe(URL, TITLE, TEXT, issuers=("商务部",)))
    for name in ("教育部", "科学技术部", "财政部"):
        assert look(archive, observe(URL, TITLE, TEXT, issuers=(name,))) == "unconfirmed"


def weather(word: str) -> tuple[str, ...]:
    return (*TEXT[:2], f"本市天气 {word}", TEXT[3])


def test_a_line_that_has_moved_twice_needs_no_second_look(
    archive: Archive, observe: Observe
) -> None:
    archive.ingest(observe(URL, TITLE, TEXT))
    for word in ("阴", "雨", "阴", "雨"):
        look(archive, observe(URL, TITLE, weather(word)))
    assert look(archive, observe(URL, TITLE, weather("雨"))) == "unchanged"
    other = URL.replace("1.html", "2.html")
    archive.ingest(observe(other, "关于别的事项的通知", weather("阴")))
    assert look(archive, observe(other, "关于别的事项的通知", weather("雨"))) == "unchanged"
    foreign = observe(other, "关于别的事项的通知", weather("雪"), source="cn-mee")
    assert look(archive, foreign) == "unconfirmed"


def test_what_is_back_as_it_was_was_no_change(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(URL, TITLE, TEXT))
    look(archive, observe(URL, TITLE, EDITED))
    archive.confirmation.is_back(URL, START)
    assert archive.confirmation.unconfirmed("cn-miit") == ()
    assert look(archive, observe(URL, TITLE, EDITED)) == "unconfirmed"


def test_a_learned_line_is_not_among_the_reasons(archive: Archive, observe: Observe) -> None:
    archive.ingest(observe(URL, TITLE, TEXT))
    archive.line_memory.moved("cn-miit", {"本市天气晴", "本市天气雨"}, START, surely=True)
    both = ("各有关单位：", "网点应当在十日内报送 。", "本市天气 雨", "特此通知。")
    assert look(archive, observe(URL, TITLE, both)) == "unconfirmed"
    assert look(archive, observe(URL, TITLE, both)) == "revised"
    change = archive.changes.find()[-1]
    assert not change.substantive
    diff = archive.comparisons.of_change(change.id)
    assert diff is not None
    assert "天气" not in "".join(span.text for part in diff.parts for span in part.spans)


def test_lines_that_have_stood_still_for_long_are_forgotten(archive: Archive) -> None:
    archive.line_memory.moved("cn-miit", {"甲"}, START, surely=True)
    archive.line_memory.moved("cn-miit", {"乙"}, START + timedelta(days=200))
    archive.line_memory.moved("cn-miit", {"乙"}, START + timedelta(days=201))
    assert archive.line_memory.of_source("cn-miit") == {"乙"}


def test_a_page_that_is_no_notice_is_kept_with_its_first_moment(archive: Archive) -> None:
    looks = archive.page_looks
    first, second = reason("source.answer_empty"), reason("source.answer_json")
    looks.note_faulty(URL, "cn-miit", first, START)
    noted = looks.note_faulty(URL, "cn-miit", second, START + timedelta(hours=5))
    assert (noted.since, noted.looks, noted.why.code) == (START, 2, second.code)
    looks.told(URL, START)
    assert [page.told for page in looks.faulty_pages("cn-miit")] == [True]
    looks.sound(URL)
    assert looks.faulty(URL) is None


def test_a_file_that_fails_waits_ever_longer(archive: Archive) -> None:
    waits = []
    for _ in range(4):
        archive.page_looks.file_failed(URL, START)
        moment = archive.page_looks.file_wait(URL).not_before
        assert moment is not None
        waits.append((moment - START).total_seconds() / 3600)
    assert waits == [0, 1, 2, 4]
    archive.page_looks.file_read(URL)
    assert archive.page_looks.file_wait(URL).tries == 0
