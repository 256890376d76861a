"""Each claim of the README is traced to a command that exists, each number to what it counts."""

from __future__ import annotations

import re

import pytest

from config.loader import load_platforms, load_topics
from noticewatch.demo.story import PUBLISHERS
from tests.docs.papers import PAPERS, ROOT

README = " ".join((ROOT / "README.md").read_text("utf-8").replace("*", "").split())
ROWS = re.findall(r"^\| (.+?) \| (.+?) \|$", (ROOT / "docs" / "claims.md").read_text("utf-8"), re.M)
CLAIMS = [row for row in ROWS if "`" in row[1]]
COMMANDS = sorted({c for _, check in CLAIMS for c in re.findall(r"`([^`]+)`", check)})


@pytest.mark.parametrize("claim", [claim for claim, _ in CLAIMS])
def test_the_readme_says_so(claim: str) -> None:
    assert claim in README


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_is_there(command: str) -> None:
    """Those of noticewatch itself are checked with all other papers' in test_docs.py."""
    verb, *rest = command.split()
    if verb == "make":
        assert re.search(rf"^{rest[0]}:", (ROOT / "Makefile").read_text("utf-8"), re.M)
    elif verb == "python":
        assert module_or_test(rest[1], *rest[2:])
    elif verb == "ls":
        assert list(ROOT.glob(rest[0]))
    else:
        assert verb == "noticewatch"


def module_or_test(module: str, *arguments: str) -> bool:
    if module != "pytest":
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8")
        return '__name__ == "__main__"' in source
    path, _, name = arguments[0].partition("::")
    if not name:
        return (ROOT / path).exists()
    return f"def {name}(" in (ROOT / path).read_text("utf-8")


def test_numbers_in_sentences_are_counted() -> None:
    kinds = len(load_platforms()) - 1  # `auto` is no kind of its own
    assert f"on {kinds} kinds of platform" in README
    assert f"by {len(load_topics())} topics" in README
    assert len(PUBLISHERS) == 4
    assert "four bundled replica sites" in README
    assert 'requires-python = ">=3.11"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_tests_that_papers_name_are_there() -> None:
    """``path::name`` with the path left out where it is that of the name before."""
    missing = []
    for paper in PAPERS:
        path = ""
        for given, name in re.findall(r"`(tests/[\w/.]+\.py)?::(\w+)`", paper.read_text("utf-8")):
            path = given or path
            if not (ROOT / path).is_file() or f"def {name}(" not in (ROOT / path).read_text(
                "utf-8"
            ):
                missing.append(f"{paper.name}: {path}::{name}")
    assert missing == []
