"""Attachments of many sources: a slow source keeps no other waiting."""

from __future__ import annotations

import asyncio
import time

import pytest

from crawler.extract.file_extractor import Extracted, FileExtractor
from crawler.extract.file_readers import FileReaders
from domain.records.states import AttachmentStatus


@pytest.fixture
def slow_files(monkeypatch: pytest.MonkeyPatch) -> None:
    def extract(_: FileExtractor, name: str, body: bytes) -> Extracted:
        time.sleep(0.15 if name.startswith("bomb") else 0)
        return Extracted(AttachmentStatus.OK, body.decode())

    monkeypatch.setattr(FileExtractor, "extract", extract)


@pytest.mark.usefixtures("slow_files")
def test_a_source_with_slow_files_goes_on_in_a_lane_of_its_own() -> None:
    async def go(readers: FileReaders) -> list[float]:
        bombs = [asyncio.create_task(readers.read("county", f"bomb{n}", b"x")) for n in range(6)]
        await asyncio.sleep(0.4)  # the county has changed lanes meanwhile
        waits = []
        for _ in range(5):
            started = time.monotonic()
            found = await readers.read("ministry", "a.docx", "正文".encode())
            assert found is not None
            assert found.text == "正文"
            waits.append(time.monotonic() - started)
        await asyncio.gather(*bombs)
        return waits

    with FileReaders(slow_after=0.1) as readers:
        waits = asyncio.run(go(readers))
    assert max(waits[1:]) < 0.1


@pytest.mark.usefixtures("slow_files")
def test_a_source_that_has_had_its_share_waits_for_the_next_crawl() -> None:
    async def go(readers: FileReaders) -> list[Extracted | None]:
        return [await readers.read("county", "bomb", b"x") for _ in range(3)]

    with FileReaders(most_seconds=0.2) as readers:
        found = asyncio.run(go(readers))
        assert [one is not None for one in found] == [True, True, False]
        assert readers.used("county") >= 0.3
        assert readers.used("ministry") == readers.waited("ministry") == 0
