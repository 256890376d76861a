"""Closeness in meaning by the vectors that the archive has already."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from archive.store import Archive
from noticewatch.application.asked.stored_meaning import HeldSentence, StoredMeaning
from tests.builders import make_observation

TEXT = "第一条　回收企业应当每月报送。\n第二条　贮存场所不得露天堆放。\n第三条　运输车辆应当备案。"


def _unit(*values: float) -> bytes:
    vector = np.array(values, "<f4")
    return (vector / np.linalg.norm(vector)).tobytes()


def _filled(archive: Archive) -> int:
    notice = archive.ingest(
        make_observation("https://a.gov.cn/1", "动力电池管理办法", TEXT)
    ).notice_id
    archive.embeddings.save(
        notice,
        "test",
        {"title": _unit(1, 1, 1), "2 第一条": _unit(1, 0, 0), "3 第二条": _unit(0, 1, 0)},
    )
    return notice


def test_the_sentence_whose_passage_is_near_comes_near(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        notice = _filled(archive)
        asked = np.array([0.1, 1.0, 0.0], np.float32)
        meaning = StoredMeaning(archive, lambda: (asked, "test"))
        report, store, transport = meaning.closeness(
            [
                HeldSentence(notice, "回收企业应当每月报送。"),
                HeldSentence(notice, "贮存场所不得露天堆放。"),
                HeldSentence(notice, "运输车辆应当备案。"),
            ]
        ) or (None, None, None)
    assert report is not None
    assert store is not None
    assert store > report
    assert transport is None  # its passage was not encoded


def test_without_vectors_of_this_encoder_nothing_is_said(tmp_path: Path) -> None:
    with Archive.open(tmp_path) as archive:
        notice = _filled(archive)
        sentences = [HeldSentence(notice, "回收企业应当每月报送。")]
        other = StoredMeaning(archive, lambda: (np.ones(3, np.float32), "other"))
        none = StoredMeaning(archive, lambda: None)
        assert other.closeness(sentences) is None
        assert none.closeness(sentences) is None
