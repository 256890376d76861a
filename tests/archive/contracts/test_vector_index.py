"""Every backend's vectors: the closest notices by cosine, in step with what is stored."""

from __future__ import annotations

import numpy as np
import pytest

from archive.ports import Backend
from tests.archive.contracts.engines import Engine
from tests.archive.contracts.stored_notices import delete_notice, rolled_back, store_notice

EAST, NORTH, BETWEEN = (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)


def save(
    backend: Backend, notice: int, vector: tuple[float, ...], *, place: str = "title",
    encoder: str = "e",
) -> None:  # fmt: skip
    """Store one vector, or replace the one in its place."""
    kind = "title" if place == "title" else "passage"
    stored = np.array(vector, dtype="<f4").tobytes()
    with backend.database.transaction():
        backend.database.run(
            "DELETE FROM vectors WHERE encoder = ? AND notice_id = ? AND place = ?",
            (encoder, notice, place),
        )
        backend.database.run(
            "INSERT INTO vectors (encoder, kind, notice_id, place, vector) VALUES (?, ?, ?, ?, ?)",
            (encoder, kind, notice, place, stored),
        )


def nearest(
    backend: Backend, vector: tuple[float, ...] = EAST, *, count: int = 10,
    allowed: set[int] | None = None, encoder: str = "e",
) -> list[tuple[int, float]]:  # fmt: skip
    found = backend.vectors.nearest(encoder, np.array(vector, dtype=np.float32), count, allowed)
    return [(notice, round(score, 4)) for notice, score in found]


@pytest.fixture
def three(backend: Backend) -> list[int]:
    """Notices whose vectors look east, north and between."""
    ids = [store_notice(backend, name) for name in ("甲", "乙", "丙")]
    for notice, vector in zip(ids, (EAST, NORTH, BETWEEN), strict=True):
        save(backend, notice, vector)
    return ids


def test_no_vectors_no_notices(backend: Backend) -> None:
    assert nearest(backend) == []


def test_the_closest_stand_first_with_their_cosine(backend: Backend, three: list[int]) -> None:
    east, north, between = three
    assert nearest(backend) == [(east, 1.0), (between, 0.7071), (north, 0.0)]
    assert nearest(backend, (-1.0, 0.0))[-1] == (east, -1.0)


def test_the_length_of_a_vector_does_not_count(backend: Backend, three: list[int]) -> None:
    save(backend, three[1], (300.0, 0.3))
    assert nearest(backend, (0.01, 0.0))[:2] == [(three[0], 1.0), (three[1], 1.0)]


def test_no_more_than_asked_for(backend: Backend, three: list[int]) -> None:
    assert nearest(backend, count=2) == [(three[0], 1.0), (three[2], 0.7071)]


def test_only_allowed_notices(backend: Backend, three: list[int]) -> None:
    """The count is of allowed ones: closer notices that are not allowed take no place."""
    _, north, between = three
    assert nearest(backend, allowed={north, between}, count=1) == [(between, 0.7071)]
    assert nearest(backend, allowed={north, 999}) == [(north, 0.0)]
    assert nearest(backend, allowed=set()) == []


def test_a_notice_counts_once_by_its_best_passage(backend: Backend, three: list[int]) -> None:
    east, north, between = three
    save(backend, north, BETWEEN, place="0")
    save(backend, north, (2.0, 1.0), place="1")
    assert nearest(backend) == [(east, 1.0), (north, 0.8944), (between, 0.7071)]


def test_every_encoder_has_its_own_vectors(backend: Backend, three: list[int]) -> None:
    save(backend, three[1], (0.0, 0.0, 1.0), encoder="other")
    assert nearest(backend, (0.0, 0.0, 1.0), encoder="other") == [(three[1], 1.0)]
    assert len(nearest(backend)) == 3
    assert nearest(backend, encoder="unknown") == []


@pytest.mark.parametrize("vector", [(0.0, 0.0), (float("nan"), 1.0), (1.0, 0.0, 0.0)])
def test_a_vector_that_fits_nothing_finds_nothing(
    backend: Backend, three: list[int], vector: tuple[float, ...]
) -> None:
    """Without length or direction, or of another size than the stored ones."""
    assert nearest(backend, vector) == []
    assert len(nearest(backend)) == len(three)


@pytest.mark.parametrize("writer", ["same connection", "another connection"])
def test_answers_follow_what_is_stored(
    backend: Backend, engine: Engine, three: list[int], writer: str
) -> None:
    """Vectors that a backend keeps in memory are read anew when some were put, replaced or
    removed, also by another process."""
    east, north, between = three
    other = backend if writer == "same connection" else engine.open()
    assert len(nearest(backend)) == 3
    delete_notice(other, east)
    assert nearest(backend) == [(between, 0.7071), (north, 0.0)]
    save(other, north, EAST)
    assert nearest(backend) == [(north, 1.0), (between, 0.7071)]
    added = store_notice(other, "丁")
    save(other, added, (1.0, 0.1))
    assert [notice for notice, _ in nearest(backend)] == [north, added, between]
    with other.database.transaction():
        other.database.run("DELETE FROM vectors")
    assert nearest(backend) == []


def test_rolled_back_vectors_are_not_answered(backend: Backend, three: list[int]) -> None:
    before = nearest(backend)
    with rolled_back(backend.database):
        backend.database.run("DELETE FROM vectors WHERE notice_id = ?", (three[0],))
        assert len(nearest(backend)) == 2
    assert nearest(backend) == before
