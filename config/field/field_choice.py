"""Choose the field of regulation: used power batteries as shipped, or a folder of one's own.

The choice is made once, when the settings are read, and holds for the process and for those that
it starts. A folder has the file names of the shipped field (``topics.yml``, ``lexicon.yml``,
``roles.yml`` …); what it may leave out stands in docs/another-field.md.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from importlib import resources
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from config.validation_messages import sentence
from config.yaml_file import ConfigError, YamlFile, read

FIELD_VARIABLE = "NOTICEWATCH_FIELD_DIR"  # how the processes that we start hear of it
NEEDED = ("field.yml", "lexicon.yml", "topics.yml", "roles.yml")

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)


def choose_field(folder: Path) -> None:
    """Take the field from a folder from now on; ConfigError where a file that it needs is
    missing."""
    missing = [name for name in NEEDED if not (folder / name).is_file()]
    if missing:
        raise ConfigError(f"{folder}: expected the files of a field, {missing[0]} is missing")
    os.environ[FIELD_VARIABLE] = str(folder.resolve())


def chosen_field() -> Path | None:
    """The folder of the field; None for the shipped one."""
    folder = os.environ.get(FIELD_VARIABLE)
    return Path(folder) if folder else None


def field_file(name: str) -> YamlFile:
    """A file of the field, or the shipped one where the field has none of that name."""
    return own_file(name) or shipped_file(name)


def own_file(name: str) -> YamlFile | None:
    """A file of a field of one's own; None where it has none, and for the shipped field."""
    folder = chosen_field()
    if folder is None or not (folder / name).is_file():
        return None
    return YamlFile.at(folder / name)


def shipped_file(name: str) -> YamlFile:
    return YamlFile(resources.files("config").joinpath(name), f"config/{name}")


def with_own(name: str) -> dict[str, object]:
    """The shipped file, with what the field's file of that name says instead or besides; of two
    mappings the field's keys are added to the shipped ones."""
    content: dict[str, object] = dict(read(shipped_file(name)))
    own = own_file(name)
    for key, value in (read(own, empty={}) if own else {}).items():
        known = content.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        content[key] = {**known, **value} if both else value  # type: ignore[dict-item]
    return content


def validated(model: type[M], file: YamlFile) -> M:
    """A file as a model; ConfigError with one sentence for the first fault."""
    try:
        return model.model_validate(read(file))
    except ValidationError as error:
        raise ConfigError(f"{file.shown}: {sentence(model, error)}") from None


def of_the_field(read_it: Callable[[], T]) -> Callable[[], T]:
    """A reader of the field's files that reads once for each field."""
    kept: dict[Path | None, T] = {}

    @wraps(read_it)
    def once() -> T:
        folder = chosen_field()
        if folder not in kept:
            kept[folder] = read_it()
        return kept[folder]

    return once
