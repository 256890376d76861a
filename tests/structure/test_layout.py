"""The house keeps its order: rooms of bounded size, names that mean one thing, no call by heirs.

Import rules are import-linter's (``make check``); what it cannot see stands here.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.paths import HOME

PACKAGES = (
    "config", "domain", "i18n", "archive", "crawler", "classifier", "notifier", "noticewatch",
)  # fmt: skip
MOST_MODULES = 20
# Each of these names is a protocol: every stage is run by ``run.py``.
PROTOCOL_MODULES = {"__init__", "__main__", "run"}
# What adapters and channels share; a jpaas site also answers in jpage's form.
SHARED = {"adapter", "requests", "channel"}
MAY_KNOW = {("jpaas", "jpage")}


def modules() -> list[Path]:
    return [path for name in PACKAGES for path in sorted((HOME / name).rglob("*.py"))]


def classes() -> Iterator[tuple[Path, ast.ClassDef]]:
    for path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                yield path, node


def test_no_room_holds_more_modules_than_one_can_know() -> None:
    rooms: dict[Path, int] = defaultdict(int)
    for path in modules():
        rooms[path.parent] += path.stem != "__init__"
    assert {str(room): count for room, count in rooms.items() if count > MOST_MODULES} == {}


def test_no_module_name_stands_for_two_things() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in modules():
        if path.stem not in PROTOCOL_MODULES and not _is_catalogue(path):
            places[path.stem].append(str(path.relative_to(HOME)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def _is_catalogue(path: Path) -> bool:
    """The catalogues of the languages hold the same modules, one set a language."""
    return path.parent.parent == HOME / "i18n"


def test_no_class_name_stands_for_two_things() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path, node in classes():
        places[node.name].append(str(path.relative_to(HOME)))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_the_archive_is_composed_and_not_inherited() -> None:
    parents = {
        node.name: [base.id for base in node.bases if isinstance(base, ast.Name)]
        for path, node in classes()
        if path.is_relative_to(HOME / "archive")
    }

    def chain(name: str) -> int:
        """How many classes of the archive stand in a row above each other, this one included."""
        return 1 + max((chain(base) for base in parents[name] if base in parents), default=0)

    assert {name: chain(name) for name in parents if chain(name) > 2} == {}


@pytest.mark.parametrize("driver", ["sqlite3", "sqlite_utils", "psycopg"])
def test_only_a_backend_knows_its_driver(driver: str) -> None:
    found = [
        str(path.relative_to(HOME))
        for path in modules()
        if driver in path.read_text(encoding="utf-8")
        and not path.is_relative_to(HOME / "archive" / "backends")
    ]
    assert found == []


@pytest.mark.parametrize(
    ("room", "list_of_them"),
    [("crawler.adapters", "registry"), ("notifier.channels", "channel_factory")],
)
def test_adapters_and_channels_know_nothing_of_each_other(room: str, list_of_them: str) -> None:
    folder = HOME.joinpath(*room.split("."))
    listed = set(_imported(folder / f"{list_of_them}.py", room)) - SHARED
    assert len(listed) > 4
    knowing = {
        (name, other)
        for name in listed
        for other in _imported(folder / f"{name}.py", room)
        if other in listed and other != name
    }
    assert knowing <= MAY_KNOW


def _imported(path: Path, room: str) -> Iterator[str]:
    """The modules of a room that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module.startswith(f"{room}."):
                yield node.module.removeprefix(f"{room}.").split(".")[0]
            elif node.module == room:
                yield from (name.name for name in node.names)
