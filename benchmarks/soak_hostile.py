"""A hostile source among those of the soak: floods, heavy pages, slow texts, bombs, false words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from benchmarks.soak_world import World, bad_files
from tests.fakes.site import Site

KEY = "cn-soak-hostile"
MARK = "敌意来源"
"""Stands in each of its titles, so that what is told of it is known from the rest."""

_HEAVY = f"<html><body><div {' '.join(f'a{n}=1' for n in range(150_000))}>x</div></body></html>"
_SLOW = ("\t" * 60_000, "《" * 80_000, "万元" * 60_000, "|" * 80_000, "关于印发" * 30_000)


class HostileSource:
    """A listed site that has been broken into; every attack is one call."""

    def __init__(self, site: Site, world: World) -> None:
        self.site = site
        self._world = world
        self._count = 0

    def attacks(self) -> tuple[Callable[[], None], ...]:
        return (
            self.heavy, self.slow, self.flood, self.bomb, self.claim, self.edit_all, self.wait,
            self.recover, self.flood, self.claim, self.odd_charset,
        )  # fmt: skip

    def _add(self, words: list[str], **more: object) -> str:
        self._count += 1
        day = self._world.clock().date().isoformat()
        return self.site.add(f"{MARK}动力电池回收第{self._count}号规定", day, words, **more)

    def heavy(self) -> None:
        """A page whose one element has 150,000 attributes."""
        self.site.pages[self._add([])].body = _HEAVY

    def slow(self) -> None:
        """Runs of what patterns repeat."""
        for text in _SLOW:
            self._add([f"企业应当在三十日内报送动力电池信息。{text}"])

    def flood(self) -> None:
        for number in range(60):
            self._add([f"第{number}家企业应当在{number + 3}日内报送动力电池信息。"])

    def bomb(self) -> None:
        for number, content in enumerate(bad_files()):
            path = f"/files/{self._count}-{number}.docx"
            self.site.files[path] = ("application/octet-stream", content)
            self._add(["见附件。"], files=[path])

    def claim(self) -> None:
        """Repeal whatever the others have published."""
        for token in list(self._world.expected.new)[-5:]:
            named = f"《关于规范废旧动力电池溯源编码{token}的通知》"
            self._add([f"现决定废止{named}，并延长十十年。"])

    def edit_all(self) -> None:
        """Every page says something else than before."""
        for number, page in enumerate(self.site.pages.values()):
            page.paragraphs = [f"企业应当在{number + self._count}日内报送动力电池信息。"]

    def wait(self) -> None:
        self.site.retry_after = "999999999999"
        self.site.faults["*"] = 503

    def recover(self) -> None:
        self.site.faults.clear()

    def odd_charset(self) -> None:
        self.site.charset = "undefined" if self.site.charset == "utf-8" else "utf-8"


@contextmanager
def hostile_source(folder: Path, world: World, every: str) -> Iterator[HostileSource]:
    """The site and its source file beside the others'."""
    site = Site("某县电池管理局")
    record = site.source(KEY, "CN-ZJ", schedule={"every": every})
    (folder / "sources" / f"{KEY}.yml").write_text(
        yaml.safe_dump(record, allow_unicode=True), encoding="utf-8"
    )
    site.add(f"{MARK}日常工作的通知", world.clock().date().isoformat(), ["照常进行。"])
    try:
        yield HostileSource(site, world)
    finally:
        site.close()
