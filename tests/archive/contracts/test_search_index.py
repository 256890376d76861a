"""Every backend's full-text index: it proposes every hit, newest first, and counts facets."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import SearchTooCostly
from archive.ports import Backend, Place, SearchCandidates
from archive.search.engine import Search, SearchRequest
from archive.search.filters import Filters, where_of
from archive.search.query import parse_query
from domain.records.search_hit import SearchResult
from tests.archive.contracts.engines import Engine
from tests.archive.contracts.stored_notices import delete_notice, rolled_back, store_notice


def candidates(backend: Backend, query: str, filters: Filters | None = None) -> SearchCandidates:
    parsed = parse_query(query)
    return backend.index.candidates(
        parsed, where_of(filters or Filters(), parsed, backend.database.dialect)
    )


def proposed(backend: Backend, query: str, filters: Filters | None = None) -> list[int]:
    places, count = candidates(backend, query, filters).newest_first(None)
    ids = [notice for _, notice in places]
    assert len(ids) <= count
    return ids


def search(backend: Backend, query: str, *, facets: bool = False) -> SearchResult:
    find = Search(db=backend.database, index=backend.index, vectors=backend.vectors)
    return find(SearchRequest(query=query, facets=facets))


def hits(backend: Backend, query: str) -> list[int]:
    return [hit.id for hit in search(backend, query).hits]


# Put and remove


def test_an_empty_index_finds_nothing_and_has_no_problems(backend: Backend) -> None:
    assert proposed(backend, "电池") == proposed(backend, "") == []
    assert backend.index.problems() == []
    assert backend.index.texts([1, 2]) == {}
    assert backend.index.rebuild() == 0


def test_a_notice_is_found_once_it_was_put(backend: Backend) -> None:
    notice = store_notice(backend, text="废旧动力电池", indexed=False)
    assert proposed(backend, "动力电池") == []
    with backend.database.transaction():
        backend.index.put(notice)
    assert proposed(backend, "动力电池") == [notice]
    with backend.database.transaction():
        backend.index.put(notice)
    assert proposed(backend, "动力电池") == [notice]


def test_put_again_follows_the_stored_text(backend: Backend) -> None:
    notice = store_notice(backend, text="废旧动力电池", published="2026-01-01")
    with backend.database.transaction():
        backend.database.run("UPDATE versions SET text = '报废机动车'")
        backend.database.run("UPDATE notices SET published = '2026-02-02'")
        backend.index.put(notice)
    assert proposed(backend, "动力电池") == []
    assert proposed(backend, "报废机动车") == [notice]
    assert list(candidates(backend, "").everything(None)) == [("2026-02-02", notice)]


def test_a_removed_notice_is_not_found(backend: Backend) -> None:
    gone, kept = store_notice(backend, "甲电池通知"), store_notice(backend, "乙电池通知")
    with backend.database.transaction():
        backend.index.remove(gone)
        backend.index.remove(999)  # an unknown one is no error
    assert proposed(backend, "电池通知") == hits(backend, "电池通知") == [kept]
    assert candidates(backend, "").count_everything() == 1


def test_putting_a_deleted_notice_removes_it(backend: Backend) -> None:
    notice = store_notice(backend, "电池通知")
    delete_notice(backend, notice)
    with backend.database.transaction():
        backend.index.put(notice)
    assert proposed(backend, "电池通知") == []
    assert backend.index.problems() == []


def test_the_index_is_rolled_back_with_the_rows(backend: Backend) -> None:
    kept = store_notice(backend, "电池通知")
    with rolled_back(backend.database):
        added = store_notice(backend, "电池公告")
        backend.index.remove(kept)
        assert proposed(backend, "电池") == [added]
    assert proposed(backend, "电池") == [kept]
    assert backend.index.problems() == []


# Rebuild and problems


def test_a_rebuilt_index_finds_the_same(backend: Backend) -> None:
    ids = [store_notice(backend, f"第{n}号电池通知", published=f"2026-0{n}-01") for n in (1, 2, 3)]
    before = [proposed(backend, query) for query in ("电池通知", "2号", "")]
    told: list[tuple[int, int]] = []
    assert backend.index.rebuild(lambda done, of: told.append((done, of))) == 3
    assert [proposed(backend, query) for query in ("电池通知", "2号", "")] == before
    assert before[0] == ids[::-1]
    assert told[-1] == (3, 3)


def test_a_missing_notice_is_a_problem_that_a_rebuild_mends(backend: Backend) -> None:
    notice = store_notice(backend, "电池通知", indexed=False)
    [problem] = backend.index.problems()
    assert "not in the search index" in problem
    assert backend.index.rebuild() == 1
    assert backend.index.problems() == []
    assert proposed(backend, "电池通知") == [notice]


def test_an_entry_without_a_notice_is_a_problem_that_a_rebuild_mends(backend: Backend) -> None:
    delete_notice(backend, store_notice(backend, "电池通知"))
    [problem] = backend.index.problems()
    assert "no notice" in problem
    assert backend.index.rebuild() == 0
    assert backend.index.problems() == []
    assert proposed(backend, "") == []


# Candidates


def test_candidates_stand_newest_first(backend: Backend) -> None:
    """By day of publication, then by id; a notice without one stands by its first sighting."""
    days = ["2026-01-31", "2026-02-01", "2025-12-31", None, "2026-02-01"]
    ids = [store_notice(backend, "电池通知", published=day) for day in days]
    expected: list[Place] = [
        ("2026-11-01", ids[3]), ("2026-02-01", ids[4]), ("2026-02-01", ids[1]),
        ("2026-01-31", ids[0]), ("2025-12-31", ids[2]),
    ]  # fmt: skip
    places, count = candidates(backend, "电池通知").newest_first(None)
    assert (list(places), count) == (expected, 5)
    listed = candidates(backend, "")
    assert (list(listed.everything(None)), listed.count_everything()) == (expected, 5)
    assert list(listed.everything(expected[1])) == expected[2:]


def test_common_words_stand_newest_first_too(backend: Backend) -> None:
    """Many candidates are handed out over several months, with and without a filter."""
    with backend.database.transaction():
        for number in range(1100):
            store_notice(
                backend, "电池通知", published=f"2026-{1 + number % 5:02}-{1 + number % 27:02}",
                jurisdiction="CN" if number % 2 else "CN-GD", raw=b"",
            )  # fmt: skip
    some = candidates(backend, "电池通知")
    places, count = some.newest_first(None)
    listed = list(places)
    assert (listed, count) == (list(some.everything(None)), 1100)
    assert listed == sorted(listed, reverse=True)
    after = listed[700]
    following, _ = candidates(backend, "电池通知").newest_first(after)
    assert [place for place in following if place < after] == listed[701:]
    half = proposed(backend, "电池通知", Filters(jurisdictions=("CN-GD",)))
    assert len(half) == 550
    assert half == [notice for _, notice in listed if notice in set(half)]


@pytest.mark.parametrize(
    "query", ["动力电池", "动 电池", '"动力电池"', "粤工信", "GB/T 2026", "电池 OR 机动车", "回", "-报废 电池"]
)  # fmt: skip
def test_nothing_that_the_text_holds_is_left_out(backend: Backend, query: str) -> None:
    """The index may propose too much, never too little; the exact check decides."""
    texts = [
        "废旧动力电池回收",
        "报废机动车",
        "粤工信〔2026〕1号",
        "动物 电池",
        "gb/t 2026-1 ＧＢ",
        "",
    ]
    ids = [store_notice(backend, "通知", text) for text in texts]
    parsed = parse_query(query)
    stored = backend.index.texts(ids)
    expected = {notice for notice in ids if parsed.matches(stored[notice])}
    assert expected
    assert expected <= set(proposed(backend, query))
    assert hits(backend, query) == sorted(expected, reverse=True)


def test_the_exact_check_refuses_what_only_looks_alike(backend: Backend) -> None:
    """The pairs of a phrase stand in the text, the phrase does not."""
    store_notice(backend, text="动力 力电 电池")
    notice = store_notice(backend, text="动力电池")
    assert hits(backend, "动力电池") == [notice]
    assert search(backend, "动力电池").total == 1


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), None),
        (Filters(jurisdictions=("cn-gd",)), {1}),
        (Filters(topics=("battery", "steel")), {0, 1}),
        (Filters(severities=("red",)), {1}),
        (Filters(since=date(2026, 2, 1), until=date(2026, 2, 28)), {1}),
        (Filters(publishers=("cn-miit",)), {0, 1, 2}),
        (Filters(topics=("none",)), set()),
    ],
)
def test_filters_decide_what_is_allowed(
    backend: Backend, filters: Filters, expected: set[int] | None
) -> None:
    ids = three_notices(backend)
    allowed = None if expected is None else {ids[place] for place in expected}
    for query in ("通知", ""):
        some = candidates(backend, query, filters)
        assert some.allowed() == allowed
        wanted = sorted(ids if allowed is None else allowed, reverse=True)
        assert proposed(backend, query, filters) == wanted
        assert [notice for _, notice in some.everything(None)] == wanted
        assert some.count_everything() == len(wanted)


# Texts and facets


def three_notices(backend: Backend) -> list[int]:
    return [
        store_notice(backend, "甲通知", published="2025-12-01", topics=("battery",)),
        store_notice(
            backend, "乙通知", published="2026-02-01", jurisdiction="CN-GD", severity="red",
            topics=("battery", "steel"),
        ),
        store_notice(backend, "丙通知", published="2026-03-01"),
    ]  # fmt: skip


def test_texts_hold_title_body_and_day(backend: Backend) -> None:
    notice = store_notice(backend, "甲通知", "正文一", published="2026-02-01")
    texts = backend.index.texts([notice, 999])
    assert list(texts) == [notice]
    assert (texts[notice].title, texts[notice].body, texts[notice].published) == (
        "甲通知", "正文一", "2026-02-01",
    )  # fmt: skip


def test_facets_count_what_the_index_proposes(backend: Backend) -> None:
    first, second, third = three_notices(backend)
    everything = {
        "topic": {"battery": 2, "steel": 1},
        "jurisdiction": {"CN": 2, "CN-GD": 1},
        "year": {"2026": 2, "2025": 1},
        "severity": {"grey": 2, "red": 1},
    }
    assert backend.index.facet_counts(parse_query(""), None) == everything
    assert backend.index.facet_counts(parse_query("通知"), None) == everything
    assert backend.index.facet_counts_of([first, second, third]) == everything
    only = {
        "topic": {"battery": 1}, "jurisdiction": {"CN": 1}, "year": {"2025": 1},
        "severity": {"grey": 1},
    }  # fmt: skip
    assert backend.index.facet_counts(parse_query("甲通"), None) == only
    assert backend.index.facet_counts(parse_query("通知"), {first}) == only
    assert backend.index.facet_counts_of([first]) == search(backend, "甲通", facets=True).facets
    nothing: dict[str, dict[str, int]] = {name: {} for name in everything}
    assert backend.index.facet_counts_of([]) == nothing
    assert backend.index.facet_counts(parse_query("没有"), None) == nothing


def test_facets_follow_what_is_stored(backend: Backend, engine: Engine) -> None:
    """Counts that a backend keeps are made anew after a write, also one of another process."""
    first, *_ = three_notices(backend)
    assert backend.index.facet_counts(parse_query(""), None)["topic"] == {"battery": 2, "steel": 1}
    other = engine.open()
    store_notice(other, "丁通知", topics=("steel",))
    assert backend.index.facet_counts(parse_query(""), None)["topic"] == {"battery": 2, "steel": 2}
    with other.database.transaction():
        other.index.remove(first)
    delete_notice(other, first)
    assert backend.index.facet_counts(parse_query(""), None)["topic"] == {"steel": 2, "battery": 1}


def test_questions_end_when_their_time_is_over(backend: Backend) -> None:
    for number in range(60):
        store_notice(backend, text=f"废旧动力电池回收第{number}号")

    def ask_for_ever() -> None:
        with backend.index.bounded(0.0):
            for _ in range(1_000):
                proposed(backend, "电池 OR 动力 OR 回收")

    with pytest.raises(SearchTooCostly, match="too long"):
        ask_for_ever()
    with backend.index.bounded(30):
        assert len(proposed(backend, "电池")) == 60
    assert len(proposed(backend, "电池")) == 60, "and nothing is bounded afterwards"
