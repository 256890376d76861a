"""Search finds exactly what the text holds, newest first, in every spelling."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.backends.sqlite.connection import SqliteDatabase
from archive.backends.sqlite.search_index import (
    create_search_tables,
    index_notice,
    index_problems,
    notice_texts,
    query_expression,
    rebuild_index,
    reindex_notice,
    remove_notice,
    words_expression,
)
from archive.backends.sqlite.search_ports import SqliteSearchIndex, SqliteVectors
from archive.backends.sqlite.vector_matrix import vector_matrix
from archive.errors import SearchTooCostly
from archive.search import engine
from archive.search.engine import Search, SearchRequest, fuse
from archive.search.filters import Filters
from archive.search.highlighting import highlight, question_terms, snippet
from archive.search.query import MOST_CHOICES, parse_query
from archive.search.tokens import asked_tokens, beginnings, tokens
from benchmarks.bench_search import TABLES
from benchmarks.corpus import TERMS, Corpus
from domain.records.search_hit import SearchResult
from domain.text.normalization import search_key


def search(conn: sqlite3.Connection, query: str, **options: Any) -> SearchResult:
    """Search over a bare connection."""
    database = SqliteDatabase(conn, Path(":memory:"), read_only=False)
    index, vectors = SqliteSearchIndex(database), SqliteVectors(database)
    return Search(db=database, index=index, vectors=vectors)(SearchRequest(query=query, **options))


@dataclass
class Library:
    """A small archive: the tables that search reads, filled by hand."""

    conn: sqlite3.Connection
    texts: dict[int, str] = field(default_factory=dict)

    def add(
        self, text: str, *, title: str = "通知", number: str | None = None,
        published: str | None = "2026-01-01", issuers: str = "[]", jurisdiction: str = "CN",
        topics: tuple[str, ...] = (), severity: str = "grey", index: bool = True,
    ) -> int:  # fmt: skip
        notice = len(self.texts) + 1
        self.texts[notice] = text
        self.conn.execute(
            "INSERT INTO notices (id, title, document_number, issuers, jurisdiction, published,"
            " first_seen, url, severity, relevant_because) VALUES (?,?,?,?,?,?,?,?,?,?)",
            (notice, title, number, issuers, jurisdiction, published, "2026-11-01T00:00:00",
             f"https://example.org/{notice}", severity, "labels" if topics else None),
        )  # fmt: skip
        self.conn.execute("INSERT INTO postings VALUES (?,?,'cn-miit','工信部')", (notice, notice))
        self.conn.execute(
            "INSERT INTO versions VALUES (?,?,1,?,?,?,NULL,?)",
            (notice, notice, title, text, number, issuers),
        )
        for topic in topics:
            self.conn.execute(
                "INSERT INTO labels (notice_id, topic, score) VALUES (?,?,0.9)", (notice, topic)
            )
        if index:
            reindex_notice(self.conn, notice)
        return notice

    def ids(self, query: str, **options: object) -> list[int]:
        return [hit.id for hit in search(self.conn, query, **options).hits]  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    conn = sqlite3.connect(tmp_path / "archive.db", isolation_level=None)
    conn.row_factory = sqlite3.Row  # as the archive opens it
    conn.execute("PRAGMA synchronous=OFF")
    conn.executescript(TABLES)
    create_search_tables(conn)
    yield Library(conn)
    conn.close()


# ------------------------------------------------------------------ recall


def test_random_pieces_are_found_exactly_and_newest_first(library: Library) -> None:
    rng = random.Random(3)
    for n in Corpus(seed=5, characters=300).notices(300):
        library.add(n.text, title=n.title, number=n.document_number, published=n.published)
    days = dict(library.conn.execute("SELECT id, published FROM notices"))
    whole = {
        i: search_key("\n".join((t.title, t.body, t.meta)))
        for i, t in notice_texts(library.conn, list(library.texts)).items()
    }
    queries = [*TERMS[:25]]
    for _ in range(150):
        text = rng.choice(list(library.texts.values()))
        at = rng.randrange(len(text))
        queries.append("".join(text[at : at + rng.randint(1, 9)].split()))
    for query in filter(None, queries):
        if query[0] in '-"“' or '"' in query:
            continue
        key = search_key(query)
        right = sorted((i for i, k in whole.items() if key in k), key=lambda i: (days[i], i))
        result = search(library.conn, query, limit=2000)
        assert [h.id for h in result.hits] == right[::-1], query
        assert library.ids(query, limit=20) == right[::-1][:20]


TEXT = st.text("动力电池回收0123aB-/.%〔〕，。 \n", min_size=1, max_size=30)


@settings(max_examples=300)
@given(TEXT, st.integers(0, 30), st.integers(1, 12))
def test_the_index_never_misses_a_piece(text: str, start: int, size: int) -> None:
    key, piece = search_key(text), search_key(text[start : start + size])
    assert piece in key
    expression = words_expression([piece])
    if expression is None:
        return
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE VIRTUAL TABLE f USING fts5(t, tokenize='ascii')")
    conn.execute("INSERT INTO f VALUES (?)", (" ".join(tokens(key)),))
    assert conn.execute("SELECT count(*) FROM f WHERE f MATCH ?", (expression,)).fetchone()[0] == 1
    conn.close()


@settings(max_examples=300)
@given(TEXT, TEXT, st.integers(0, 30), st.integers(1, 12))
def test_an_index_without_prefixes_proposes_the_same(
    text: str, other: str, start: int, size: int
) -> None:
    """What begins as the query's last piece is asked for by its beginnings."""
    asked = asked_tokens(search_key(text[start : start + size]))
    for key in (search_key(text), search_key(other)):
        found = tokens(key)
        by_prefix = [any(token.startswith(begun) for token in found) for begun in asked.begun]
        assert [begun in beginnings(key) for begun in asked.begun] == by_prefix


@pytest.mark.parametrize(
    "query",
    ["工信部联节〔2026〕17号", "工信部联节[2026]17号", "工信部联节（2026）17号",
     "工信部联节【２０２６】第17号", "工信部联节〔2026〕 17号", "number:联节〔2026〕17号",
     "文号:工信部联节(2026)17号"],
)  # fmt: skip
def test_document_numbers_in_every_bracket_style(library: Library, query: str) -> None:
    wanted = library.add("正文", number="工信部联节〔2026〕17号")
    library.add("正文", number="工信部联节〔2026〕170号")
    library.add("正文", number="工信部联节〔2025〕17号")
    assert library.ids(query) == [wanted]


@pytest.mark.parametrize("query", ["GB/T34014", "gb/t 34014-2017", "ＧＢ/T 34014—2017"])
def test_a_standard_with_and_without_the_blank(library: Library, query: str) -> None:
    found = [library.add(f"按照{name}执行") for name in ("GB/T 34014-2017", "GB/T34014-2017")]
    library.add("按照GB/T 34015-2017执行")
    assert sorted(library.ids(query)) == found


def test_and_is_the_blank(library: Library) -> None:
    wanted = library.add("溯源台账")
    library.add("溯源平台")
    assert library.ids("溯源 AND 台账") == [wanted]
    assert library.ids('溯源 "台账') == [wanted]


def test_announcement_number_in_either_order(library: Library) -> None:
    wanted = library.add("正文", number="商务部公告2026年第20号")
    assert library.ids("商务部2026年第20号公告") == [wanted]


def test_spellings_are_one(library: Library) -> None:
    wanted = library.add("廢舊動力電池回收利用，罰款５０００元，ＧＢ／Ｔ 34014")
    for query in (
        "废旧动力电池",
        "廢舊動力電池",
        "罚款5000元",
        "罰款５０００元",
        "gb/t 34014",
        '"GB/T 34014"',
    ):
        assert library.ids(query) == [wanted], query


def test_marks_inside_a_word_are_text(library: Library) -> None:
    first = library.add("标准GB/T 34014-2017，比例12.5%，时间10:30，代码A-B")
    library.add("标准GB/T 34014，比例125，时间1030，代码AB")
    for query in ("34014-2017", "12.5%", "10:30", "A-B", "GB/T 34014-2017", "014-20"):
        assert library.ids(query) == [first], query


# ------------------------------------------------------------------ language


def test_operators(library: Library) -> None:
    a = library.add("回收 企业 登记")
    b = library.add("回收 单位 备案", title="关于备案的通知")
    c = library.add("企业 备案", issuers='["商务部"]')
    assert library.ids("回收 企业") == [a]
    assert library.ids("登记 OR 备案") == [c, b, a]
    assert library.ids("企业 登记 OR 备案") == [c, a]
    assert library.ids("备案 -企业") == [b]
    assert library.ids("title:备案") == [b]
    assert library.ids("标题：备案") == [b]
    assert library.ids("issuer:商务部") == [c]
    assert library.ids("body:通知") == []
    assert library.ids('"回收 企业"') == [a]
    assert library.ids('"企业 回收"') == []
    assert library.ids("不存在的词") == []
    assert library.ids("") == [c, b, a]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "-",
        "OR",
        "title:",
        "（",
        "《》",
        '"未闭合',
        "a OR",
        "- -",
        "NEAR(",
        "*",
        "回收*",
        "\x00",
    ],
)
def test_odd_queries_are_no_error(library: Library, query: str) -> None:
    only = library.add('回收"企业（一）《办法》')
    assert set(library.ids(query)) <= {only}


def test_long_queries(library: Library) -> None:
    text = "".join(t.text for t in Corpus(seed=9, characters=2000).notices(2)).replace("\n", "")
    wanted = library.add(text)
    library.add("别的")
    assert library.ids(text) == [wanted]
    assert library.ids(" ".join(text[i : i + 3] for i in range(0, 900, 3))) == [wanted]
    assert library.ids(" OR ".join(text[i : i + 3] for i in range(0, 90, 3))) == [wanted]
    assert library.ids("回收\ud800") == library.ids("回收")


@given(st.text(max_size=30))
def test_any_query_is_understood_by_the_index(text: str) -> None:
    expression = query_expression(parse_query(text))
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(TABLES)
        create_search_tables(conn)
        asked = "SELECT rowid FROM notice_index WHERE notice_index MATCH ?"
        assert expression is None or conn.execute(asked, (expression,)).fetchall() == []


def test_filters_and_field_filters(library: Library) -> None:
    a = library.add("回收一", topics=("portal",), severity="red", published="2026-03-01")
    b = library.add("回收二", jurisdiction="CN-GD", published="2025-05-01")
    library.conn.execute("INSERT INTO changes VALUES (?, 'revised')", (b,))
    assert library.ids("回收", filters=Filters(topics=["portal"])) == [a]
    assert library.ids("回收 topic:portal") == [a]
    assert library.ids("回收 -topic:portal") == [b]
    assert library.ids("-status:draft severity:red") == [a]
    assert library.ids("回收", filters=Filters(jurisdictions=["CN-GD"])) == [b]
    assert library.ids("回收", filters=Filters(since=date(2026, 1, 1))) == [a]
    assert library.ids("回收", filters=Filters(until=date(2025, 5, 1))) == [b]
    assert library.ids("回收", filters=Filters(change_kinds=["revised"])) == [b]
    assert library.ids("回收", filters=Filters(severities=["red"])) == [a]
    assert library.ids("回收", filters=Filters(relevant_only=True)) == [a]
    assert library.ids("回收", filters=Filters(publishers=["工信部"])) == [a, b]
    assert library.ids("回收", filters=Filters(topics=["penalty"])) == []


def test_facets_count_all_hits(library: Library) -> None:
    for i in range(6):
        library.add("回收", published=f"{2025 + i % 2}-01-01", topics=("portal",) if i < 2 else ())
    library.add("别的")
    result = search(library.conn, "回收", limit=2, facets=True)
    assert result.total == 6
    assert result.facets["year"] == {"2026": 3, "2025": 3}
    assert result.facets["topic"] == {"portal": 2}
    assert result.facets["jurisdiction"] == {"CN": 6}


# ------------------------------------------------------------------ many notices


@pytest.fixture
def many(library: Library) -> Library:
    """1,500 notices in odd order of days; 回收 stands in most, 溯源 in one of ten."""
    rng = random.Random(2)
    library.conn.execute("BEGIN")
    for i in range(1500):
        words = "回收登记" if i % 5 else "备案登记"
        day = f"20{rng.randint(20, 26)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        library.add(f"{words}{'溯源' if i % 10 == 0 else ''}{i}号", published=day)
    library.conn.execute("COMMIT")
    return library


def test_common_words_come_newest_first_and_page_by_page(many: Library) -> None:
    days = dict(many.conn.execute("SELECT id, published FROM notices"))
    for query, total in (("回收", 1200), ("登记", 1500), ("回", 1200), ("溯源", 150)):
        right = sorted((i for i, t in many.texts.items() if query in t), key=lambda i: (days[i], i))
        right.reverse()
        seen: list[int] = []
        cursor = None
        for _ in range(4):
            result = search(many.conn, query, limit=30, cursor=cursor)
            seen += [h.id for h in result.hits]
            cursor = result.next_cursor
        assert seen == right[:120]
        assert search(many.conn, query, limit=2000).total == total == len(right)
    assert search(many.conn, "溯源 登记 -30号", limit=300).total < 150


def test_changed_and_removed_notices(many: Library) -> None:
    many.conn.execute("UPDATE versions SET text = '改成别的' WHERE posting_id = 7")
    reindex_notice(many.conn, 7)
    remove_notice(many.conn, 8)
    assert many.ids("改成别的") == [7]
    found = search(many.conn, "回收", limit=2000)
    assert {7, 8}.isdisjoint(h.id for h in found.hits)
    assert found.total == 1198
    assert index_problems(many.conn) == ["1 notices are not in the search index; run rebuild-index"]
    many.conn.execute("BEGIN IMMEDIATE")
    assert rebuild_index(many.conn) == 1500
    many.conn.execute("COMMIT")
    assert index_problems(many.conn) == []
    assert search(many.conn, "回收", limit=2000).total == 1199


def test_indexing_rolls_back_with_its_transaction(library: Library) -> None:
    library.add("回收", index=False)
    library.conn.execute("BEGIN IMMEDIATE")
    index_notice(library.conn, 1, title="", body="回收", meta="", published=None)
    library.conn.execute("ROLLBACK")
    assert library.ids("回收") == []


# ------------------------------------------------------------------ meaning


def store(library: Library, notice: int, place: str, vector: list[float]) -> None:
    library.conn.execute(
        "INSERT INTO vectors VALUES (?, 'test', 'passage', ?, ?)",
        (notice, place, np.array(vector, dtype="<f4").tobytes()),
    )


def test_meaning_and_hybrid(library: Library) -> None:
    a, b, c = library.add("回收"), library.add("回收 罚款"), library.add("别的")
    store(library, a, "title", [0, 1, 0])
    store(library, b, "title", [0, 0, 2])
    store(library, c, "title", [3, 0.1, 0])
    store(library, c, "p1", [0, 0, 1])
    query = np.array([1, 0.2, 0], dtype=np.float32)
    options = {"vector": query, "encoder_id": "test"}
    assert library.ids("anything", mode="meaning", **options)[:2] == [c, a]
    hybrid = search(library.conn, "罚款", mode="hybrid", vector=query, encoder_id="test")
    assert {h.id for h in hybrid.hits} == {a, b, c}
    assert hybrid.hits[0].id in (b, c)
    assert hybrid.mode == "hybrid"
    assert library.ids("anything -别的", mode="meaning", **options) == [a, b]
    assert library.ids("罚款", mode="hybrid", filters=Filters(severities=["red"]), **options) == []
    assert search(library.conn, "罚款", mode="hybrid").mode == "text"


def test_stored_vectors_are_read_anew(library: Library) -> None:
    a, b = library.add("一"), library.add("二")
    store(library, a, "title", [1, 0])
    first = vector_matrix(library.conn, "test")
    assert vector_matrix(library.conn, "test") is first
    store(library, b, "title", [0, 1])
    assert len(vector_matrix(library.conn, "test").notice_ids) == 2
    assert vector_matrix(library.conn, "other").nearest(np.ones(2, dtype=np.float32), 5) == []
    assert vector_matrix(library.conn, "test").nearest(np.ones(3, dtype=np.float32), 5) == []
    assert vector_matrix(library.conn, "test").nearest(np.zeros(2, dtype=np.float32), 5) == []


def test_many_vectors_are_kept_as_a_file(library: Library, tmp_path: Path) -> None:
    rows = [
        (1, "big", "passage", str(i), np.eye(1, 4, i % 4, dtype="<f4").tobytes())
        for i in range(6000)
    ]
    library.add("一")
    library.conn.execute("BEGIN")
    library.conn.executemany("INSERT INTO vectors VALUES (?,?,?,?,?)", rows)
    library.conn.execute("COMMIT")
    matrix = vector_matrix(library.conn, "big")
    files = sorted(tmp_path.glob("archive-vectors-*.npy"))
    assert len(files) == 2
    library.conn.execute("DELETE FROM vectors WHERE place = '0'")
    assert len(vector_matrix(library.conn, "big").notice_ids) == len(matrix.notice_ids) - 1
    assert len(list(tmp_path.glob("archive-vectors-*.npy"))) == 2


def test_fusion_prefers_what_both_lists_have() -> None:
    fused = fuse([(1, 9.0), (2, 8.0)], [(2, 0.9), (3, 0.8)])
    assert [notice for notice, _ in fused] == [2, 1, 3]
    assert fused[0][1] == pytest.approx(1 / 62 + 1 / 61)


# ------------------------------------------------------------------ what is shown


def test_rank_puts_titles_first(library: Library) -> None:
    titled = library.add("说明", title="关于溯源管理的通知", published="2020-01-01")
    library.add("溯源", published="2026-01-01")
    assert library.ids("溯源", order="rank")[0] == titled


def test_highlights_in_the_original_spelling() -> None:
    pieces = list(
        highlight("《廢舊動力電池》第１ 條，工信部〔2026〕1号", "动力电池 第1条 部[2026]")
    )
    assert "".join(text for text, _ in pieces) == "《廢舊動力電池》第１ 條，工信部〔2026〕1号"
    assert [text for text, hit in pieces if hit] == ["動力電池", "第１ 條", "部〔2026〕"]


@pytest.mark.timeout(20)
@given(st.text(max_size=40), st.text(max_size=12))
@settings(max_examples=200, deadline=None)
def test_marking_ends_whatever_was_asked_and_loses_nothing(text: str, asked: str) -> None:
    for query in (parse_query(asked), question_terms(asked), question_terms("\x00")):
        assert "".join(piece for piece, _ in highlight(text, query)) == text


def test_snippets_are_cut_around_the_hit() -> None:
    text = "开头。" * 100 + "这里有溯源编码的要求。" + "结尾。" * 100
    shown = snippet(text, "溯源编码", width=60)
    assert "**溯源编码**" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) <= 60 + 6
    assert snippet("短文", "没有") == "短文"
    assert snippet("", "没有") == ""
    hostile = snippet("<script>溯源</script>", "溯源", marks=("", ""))
    assert hostile == "<script>溯源</script>"


def test_a_query_may_have_so_many_choices(library: Library) -> None:
    library.add("废旧动力电池回收")
    most = " OR ".join(["电池"] * MOST_CHOICES)
    assert search(library.conn, most).total == 1
    assert search(library.conn, " ".join(["电池"] * 400)).total == 1
    refused = " ".join(f"-铅{number}" for number in range(MOST_CHOICES + 1))
    for query in (f"{most} OR 回收", f"{most} -锂矿", f"{most} topic:penalty", f"电池 {refused}"):
        with pytest.raises(SearchTooCostly):
            search(library.conn, query)


def test_a_search_that_runs_out_of_time_goes_on_with_the_next_page(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [
        library.add(
            "甲乙" + ("丙丁" if number % 40 == 0 else "丙乙丁"),
            published=f"2026-01-{number % 28 + 1:02}",
        )
        for number in range(200)
    ]
    monkeypatch.setattr(engine, "CHECK_SECONDS", 0.0)
    found: list[int] = []
    cursor, pages = None, 0
    while cursor is not None or not pages:
        page = search(library.conn, '"甲乙丙丁"', cursor=cursor, limit=20)
        found += [hit.id for hit in page.hits]
        cursor, pages = page.next_cursor, pages + 1
    assert sorted(found) == wanted[::40]
    assert pages > 3
