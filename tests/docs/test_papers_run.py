"""What the papers tell people to type is typed, and must end well and show what they show."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.docs.house import House, open_house
from tests.docs.papers import PAPERS, Block, Step, agrees, blocks, inline_commands, steps

pytestmark = pytest.mark.model
REFERENCE = {"commands.md", "settings.md", "sources.md"}
# What cannot be typed here, by how it begins, and why.
NOT_RUN = {
    "make ": "sets up an environment and runs these tests",
    ". .venv/bin/activate": "the tests run in an environment of their own",
    "python -m pytest": "would run this test in itself",
    "datasette ": "a tool that noticewatch does not bring along",
    "noticewatch serve": "runs until it is stopped; the pages of docs/api.md are asked of it here",
    "noticewatch run": "runs until it is stopped; tests/noticewatch/test_run.py does so",
    "noticewatch train": "takes minutes; tests/classifier trains on a part of the data",
}
RUN_PAPERS = [
    paper
    for paper in PAPERS
    if paper.name not in REFERENCE
    and (inline_commands(paper) or any(b.language in {"sh", "console"} for b in blocks(paper)))
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("papers") / "house"
    folder.mkdir()
    with open_house(folder) as house:
        yield house


@pytest.fixture
def house(built: House, tmp_path: Path) -> House:
    return built.moved_to(tmp_path / "house")


@pytest.fixture(scope="module")
def served(built: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``noticewatch serve`` on the house's archive."""
    house = built.moved_to(tmp_path_factory.mktemp("served") / "house")
    process = subprocess.Popen(
        ["bash", "-c", "exec noticewatch serve --port 0"],
        stderr=subprocess.PIPE,
        text=True,
        cwd=house.folder,
        env=house.surroundings,
    )
    try:
        assert process.stderr is not None
        line = next(line for line in process.stderr if "http://127.0.0.1:" in line)
        yield re.search(r"http://127\.0\.0\.1:\d+", line)[0]  # type: ignore[index]
    finally:
        process.terminate()
        assert process.wait(20) == 0


def test_every_block_says_what_it_is() -> None:
    unknown = [
        f"{paper.name}: {block.text[:40]}"
        for paper in PAPERS
        for block in blocks(paper)
        if block.language not in {"sh", "console", "yaml", "sql", "json", "text"}
    ]
    assert unknown == []


@pytest.mark.parametrize("paper", RUN_PAPERS, ids=lambda paper: paper.name)
def test_the_commands_of_a_paper_run_in_its_order(paper: Path, house: House) -> None:
    for block in blocks(paper):
        if block.language == "yaml":
            follow(block, house)
        for step in steps(block):
            perform(step, house)
    for command in inline_commands(paper):
        if "…" not in command:
            perform(Step(command), house)


def perform(step: Step, house: House) -> None:
    if any(step.command.startswith(start) for start in NOT_RUN):
        return
    done = house.run(step.command)
    told = f"$ {step.command}\n{done.stdout}{done.stderr}"
    assert done.returncode == 0, told
    missing = [line for line in step.shown if not agrees(house.here(line), told)]
    assert missing == [], told


def follow(block: Block, house: House) -> None:
    """Write the file that a YAML block shows, where the paper's commands will look for it."""
    text = house.here(block.text)
    content = yaml.safe_load(text)
    if "platform" in content:
        text = re.sub(r"min_gap_seconds: [\d.]+", "min_gap_seconds: 0", text)
        (house.folder / "config" / "sources" / f"{content['key']}.yml").write_text(text, "utf-8")
    elif "topics" in content:
        (house.folder / "topics.yml").write_text(text, "utf-8")
    elif "topics_file" in content:
        settings = house.folder / "noticewatch.yml"
        settings.write_text(f"{settings.read_text('utf-8')}{text}", "utf-8")
