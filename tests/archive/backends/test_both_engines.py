"""The same acts on both engines: the same export, byte by byte, and the same search."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest

from archive.search.filters import Filters
from archive.store import Archive, SearchRequest
from archive.transfer.exporter import write_export
from domain.law.classify_task import Classification
from domain.records.fact import Label
from domain.records.search_hit import SearchResult
from tests.archive.conftest import Clock
from tests.builders import make_observation
from tests.fakes.postgres_server import PostgresServer

_WORDS = (
    "废旧动力电池", "回收利用", "溯源管理平台", "新能源汽车", "生产者责任", "综合利用企业", "处",
    "二万元以上", "罚款", "2026a", "GB/T 33598-2017", "第17号", "（试行）", "登记入库信息", "WEEE",
)  # fmt: skip
_QUERIES = (
    "电", "电池", "动力电池", "废旧动力电池回收", "GB/T 33598", "33598-20", "we", "2026", "第17号",
    "电池 罚款", "罚款 OR 登记", "电池 -罚款", "处二万元", "没有的话", "title:回收", "", "试行 平台",
    "topic:portal", "-topic:portal 电池", "jurisdiction:CN-GD", "利用企业处", "〔2026〕3号",
)  # fmt: skip


@pytest.fixture(scope="module")
def archives(
    tmp_path_factory: pytest.TempPathFactory, postgres: PostgresServer
) -> Iterator[tuple[Archive, Archive]]:
    """One archive on each engine, filled alike."""
    database = postgres.new_archive()
    folder = tmp_path_factory.mktemp("engines")
    with (
        Archive.open(folder / "one", clock=Clock()) as one,
        Archive.open(folder / "two", clock=Clock(), url=postgres.url(database)) as two,
    ):
        for archive in (one, two):
            _fill(archive)
        yield one, two
    postgres.drop(database)


def _fill(archive: Archive) -> None:
    random = Random(7)
    for number in range(48):
        words = random.choices(_WORDS, k=12)
        seen = make_observation(
            f"https://a.gov.cn/{number}",
            f"关于{words[0]}的通知{number}",
            "，".join(words) * 3,
            published=date(2026, 1, 1) + timedelta(days=random.randrange(300)),
            jurisdiction="CN-GD" if number % 3 else "CN",
            files={"a.txt": words[1].encode()} if number % 7 == 0 else {},
        )
        archive.ingest(seen)
    for task in archive.classification.pending(1000):
        label = Label(
            topic=("portal", "penalty")[task.notice_id % 2], score=0.9, evidence=(), model="m"
        )
        archive.classification.store(
            Classification(
                change_id=task.change_id, labels=(label,), facts=(), stage="final", model="m",
                relevant_because="labels",
            )
        )  # fmt: skip


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_exports_are_equal_bytes(archives: tuple[Archive, Archive], form: str) -> None:
    written = [io.BytesIO(), io.BytesIO()]
    counts = [
        write_export(archive, out, form) for archive, out in zip(archives, written, strict=True)
    ]
    assert counts[0] == counts[1] > 0
    assert written[0].getvalue() == written[1].getvalue()


def test_the_chain_verifies_on_both(archives: tuple[Archive, Archive]) -> None:
    assert [archive.integrity.verify() for archive in archives] == [[], []]
    ends = [archive.chain.head() for archive in archives]
    assert ends[0] == ends[1]


@pytest.mark.parametrize("query", _QUERIES)
def test_searches_find_the_same_in_the_same_order(
    archives: tuple[Archive, Archive], query: str
) -> None:
    one, two = (_answers(archive, query) for archive in archives)
    assert one == two


def _answers(archive: Archive, query: str) -> list[object]:
    """All pages, newest first and by rank, with totals, facets and snippets."""
    found: list[object] = []
    cursor: str | None = None
    for _ in range(12):
        request = SearchRequest(query=query, limit=9, cursor=cursor, facets=True)
        page = archive.search(request)
        found.append(_shown(page))
        cursor = page.next_cursor
        if cursor is None:
            break
    ranked = archive.search(SearchRequest(query=query, order="rank", limit=50))
    narrowed = archive.search(
        SearchRequest(query=query, filters=Filters(topics=["portal"], since=date(2026, 5, 1)))
    )
    return [*found, _shown(ranked), _shown(narrowed)]


def _shown(page: SearchResult) -> object:
    return replace(page, took_ms=0.0)
