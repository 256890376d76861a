"""Read one YAML file and name it and its keys in error messages."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ConfigError(Exception):
    """A setting or a source file is wrong; the message is one sentence for its author."""


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A YAML file and the name it has in messages."""

    path: Traversable
    shown: str

    @classmethod
    def at(cls, path: Path) -> YamlFile:
        return cls(path, str(path))

    @property
    def stem(self) -> str:
        return self.path.name.rpartition(".")[0]


def read(file: YamlFile, empty: dict[str, Any] | None = None) -> dict[str, Any]:
    """The mapping in a YAML file; ``empty`` is what a file without content stands for."""
    try:
        text = file.path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{file.shown}: expected a YAML file, found none") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file.shown}: expected text in UTF-8, found other bytes") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(f"{file.shown}: expected a readable file: {reason}") from None
    try:
        content = _parse(text)
    except yaml.YAMLError as error:
        raise ConfigError(f"{file.shown}: {_fault(error)}") from None
    if content is None and empty is not None:
        return empty
    if not isinstance(content, dict):
        found = "nothing" if content is None else f"a {type(content).__name__}"
        raise ConfigError(f"{file.shown}: expected keys with values (key: value), found {found}")
    return content


def _parse(text: str) -> Any:
    """The text's one document; a key given twice is the mistake it is."""
    loader = _SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None
        _refuse_repeated_keys(node)
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_repeated_keys(root: yaml.Node) -> None:
    waiting = [root]
    done: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in done:
            continue
        done.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting.extend(node.value)
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                waiting.append(value)
                if isinstance(key, yaml.ScalarNode):
                    if key.value in seen:
                        raise yaml.constructor.ConstructorError(
                            problem=f"the key {key.value!r} stands there twice",
                            problem_mark=key.start_mark,
                        )
                    seen.add(key.value)


def _fault(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "not readable"
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = " ".join(str(problem).split())
    if mark is None:
        return f"expected valid YAML: {problem}"
    return f"line {mark.line + 1}: expected valid YAML: {problem} (column {mark.column + 1})"
