"""What `noticewatch source verify` found on this machine, laid over the source files.

A column that has moved is read where it was found, as long as its source file still names the
address that was wrong: a later release that corrects the file wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, ValidationError

from config.model import EvidenceNote, HttpUrl, Key, Model, Source
from config.validation_messages import sentence
from config.yaml_file import ConfigError, YamlFile, read

FILE_NAME = "sources-verified.yml"  # in the data folder
_HEAD = (
    "# Written by `noticewatch source verify`: what it read on this machine, and where columns\n"
    "# stand now. Delete this file to go back to the source files.\n"
)


class ColumnOverlay(Model):
    """Where a column stands now; ``was`` is the address that its source file names."""

    was: HttpUrl
    url: HttpUrl
    params: dict[str, str] = Field(default_factory=dict)


class SourceOverlay(Model):
    """A source as it was read, and the columns of it that have moved."""

    evidence: EvidenceNote
    columns: dict[Key, ColumnOverlay] = Field(default_factory=dict)


class OverlayFile(Model):
    """All of them by the key of the source."""

    sources: dict[Key, SourceOverlay] = Field(default_factory=dict)


def load_overlay(folder: Path) -> OverlayFile:
    """The overlay of a data folder; an empty one where nothing was verified yet."""
    path = folder / FILE_NAME
    if not path.exists():
        return OverlayFile()
    file = YamlFile.at(path)
    try:
        return OverlayFile.model_validate(read(file, empty={}))
    except ValidationError as error:
        raise ConfigError(f"{file.shown}: {sentence(OverlayFile, error)}") from None


def save_overlay(folder: Path, overlay: OverlayFile) -> Path:
    """Write it whole, or not at all."""
    import yaml

    path = folder / FILE_NAME
    content = overlay.model_dump(mode="json", exclude_defaults=True)
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=True, width=100)
    folder.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(_HEAD + text, encoding="utf-8")
    new.replace(path)
    return path


def with_overlay(sources: Mapping[str, Source], overlay: OverlayFile) -> dict[str, Source]:
    """The sources as they were read on this machine."""
    known = overlay.sources
    return {key: _laid_over(one, known[key]) if key in known else one
            for key, one in sources.items()}  # fmt: skip


def _laid_over(source: Source, overlay: SourceOverlay) -> Source:
    columns = []
    for column in source.columns:
        moved = overlay.columns.get(column.key)
        if moved is not None and moved.was == column.url:
            column = column.model_copy(update={"url": moved.url, "params": moved.params})
        columns.append(column)
    newer = source.evidence.since is None or (
        overlay.evidence.since is not None and overlay.evidence.since >= source.evidence.since
    )
    evidence = overlay.evidence if newer else source.evidence
    return source.model_copy(update={"columns": tuple(columns), "evidence": evidence})
