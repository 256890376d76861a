"""Give a command its settings, sources and archive, each read when first used."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from config.file_lock import file_lock
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.services.leasing.seat import Seat
    from archive.store import Archive
    from config.companies.entities import Entity
    from config.model import Platform, Settings, Source, Topic
    from config.registered_act import RegisteredAct


@dataclass
class Application:
    """The global options and everything derived from them."""

    config: Path | None = None
    data_dir_option: Path | None = None
    sources_dir_option: Path | None = None
    json: bool = False
    debug: bool = False
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    seat: Seat | None = None  # in whose name all archives of this process take work

    @cached_property
    def settings(self) -> Settings:
        """The settings file, with the folders of the command line in their place."""
        from config.loader import load_settings

        settings = load_settings(self.config)
        folders = {"data_dir": self.data_dir_option, "sources_dir": self.sources_dir_option}
        given = {name: str(folder) for name, folder in folders.items() if folder}
        return settings.model_copy(update=given) if given else settings

    def choose_field(self) -> None:
        """Read the settings, which name the field: before any file of the field is read."""
        _ = self.settings

    @property
    def terminal(self) -> TextIO | None:
        """Where terminal channels print: with ``--json`` the result stands alone on standard
        output."""
        return sys.stderr if self.json else None

    @property
    def data_dir(self) -> Path:
        return Path(self.settings.data_dir)

    @cached_property
    def sources(self) -> dict[str, Source]:
        from config.loader import load_sources

        directory = self.settings.sources_dir
        return self._verified(load_sources(Path(directory) if directory else None))

    def _verified(self, sources: dict[str, Source]) -> dict[str, Source]:
        """The sources as `source verify` has read them here, where it has."""
        from noticewatch.application.sources.source_overlay import (
            FILE_NAME,
            load_overlay,
            with_overlay,
        )

        if not (self.data_dir / FILE_NAME).exists():
            return sources
        return with_overlay(sources, load_overlay(self.data_dir))

    @cached_property
    def platforms(self) -> dict[str, Platform]:
        from config.loader import load_platforms

        return load_platforms()

    @cached_property
    def topics(self) -> tuple[Topic, ...]:
        from config.loader import load_topics

        path = self.settings.topics_file
        return load_topics(Path(path) if path else None)

    @cached_property
    def register(self) -> tuple[RegisteredAct, ...]:
        from config.loader import load_register

        self.choose_field()
        return load_register()

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """The companies of ``entities.yml``; none where there is no such file."""
        if self.settings.entities_file is None:
            return ()
        from config.companies.entities import load_entities

        return load_entities(self.settings.entities_file)

    @property
    def readable_entities(self) -> tuple[Entity, ...]:
        """The companies; none while their file is faulty, which ``doctor`` tells."""
        from config.yaml_file import ConfigError

        try:
            return self.entities
        except ConfigError:
            return ()

    def pick_entities(self, key: str | None) -> tuple[Entity, ...]:
        """The named entity, or all; NoticewatchError where there is none of that name, or no
        file at all."""
        if not self.entities:
            raise NoticewatchError(
                "no companies are known: write entities.yml beside the settings"
                " (`noticewatch init` shows an example)"
            )
        picked = tuple(item for item in self.entities if key in (None, item.key))
        if not picked:
            known = ", ".join(item.key for item in self.entities)
            raise NoticewatchError(f"no entity {key!r} (known: {known})")
        return picked

    def pick_sources(self, keys: tuple[str, ...]) -> list[Source]:
        """The named sources, or all enabled ones."""
        if not keys:
            return [source for source in self.sources.values() if source.enabled]
        picked = []
        for key in keys:
            if key not in self.sources:
                raise NoticewatchError(self._unknown_source(key))
            picked.append(self.sources[key])
        return picked

    def own_sources(self, keys: tuple[str, ...] = ()) -> list[Source]:
        """The same without those that a collector reads, unless they are named."""
        picked = self.pick_sources(keys)
        if keys or not self.settings.border.collectors:
            return picked
        return [one for one in picked if self.settings.border.reader_of(one.key) is None]

    def _unknown_source(self, key: str) -> str:
        import difflib

        near = difflib.get_close_matches(key, self.sources, n=3)
        hint = f" (did you mean {', '.join(near)}?)" if near else ""
        return f"no source {key!r}{hint}; `noticewatch source list` shows them all"

    @contextmanager
    def archive(self, *, create: bool = True, read_only: bool = False) -> Iterator[Archive]:
        archive = self.open_archive(create=create, read_only=read_only, clock=self.clock)
        try:
            yield archive
        finally:
            archive.close()

    def open_archive(
        self,
        *,
        create: bool = True,
        read_only: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> Archive:
        """One more connection to the archive of the settings; whoever asks closes it."""
        from archive.column_values import utc_now
        from archive.store import Archive

        self.place_evidence()
        return Archive.open(
            self.data_dir,
            create=create,
            read_only=read_only,
            url=self.settings.archive_url,
            clock=clock or utc_now,
            seat=self.seat,
        )

    def place_evidence(self) -> None:
        """Note in the data folder where the settings have evidence kept, for all that open it."""
        from archive.evidence.evidence_place import place_evidence

        place_evidence(self.data_dir, self.settings.evidence_url)

    @contextmanager
    def one_pass(self) -> Iterator[None]:
        """One-shot commands wait for each other, also beside ``run`` and ``serve``."""
        lock = self.writable(self.data_dir / "pass.lock")
        told = False

        def tell() -> None:
            nonlocal told
            if not told:
                click.echo("waiting for another pass to finish …", err=True)
            told = True

        with contextlib.ExitStack() as held:
            with file_lock(door_of(lock), on_wait=tell):
                held.enter_context(file_lock(lock, on_wait=tell))
            yield

    def writable(self, path: Path) -> Path:
        """``path``, whose folder exists and can be written; one sentence when it cannot."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("a"):
                return path
        except OSError as error:
            raise NoticewatchError(
                f"cannot write to the data folder {self.data_dir}: {error.strerror}"
            ) from error


def door_of(lock: Path) -> Path:
    """The file that whoever waits for a lock for himself holds meanwhile."""
    return lock.with_suffix(".door")
