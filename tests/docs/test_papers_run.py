"""What the papers tell people to type is typed, and must end well and show what they show."""

from __future__ import annotations

import hashlib
import re
import shlex
import shutil
import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest
import yaml
from click.testing import CliRunner

from archive.store import Archive
from crawler.border.collector_keys import public_text, read_key
from domain.records.obligation import OwedDuty
from noticewatch.cli.main import cli
from tests.docs.house import SECRETS, House, open_house
from tests.docs.papers import PAPERS, ROOT, Block, Step, agrees, blocks, inline_commands, steps

pytestmark = pytest.mark.model
REFERENCE = {"commands.md", "settings.md", "sources.md"}
# What cannot be typed here, by how it begins, and why.
NOT_RUN = {
    "make ": "sets up an environment and runs these tests",
    ". .venv/bin/activate": "the tests run in an environment of their own",
    "python -m pytest": "would run this test in itself",
    "datasette ": "a tool that noticewatch does not bring along",
    "noticewatch serve": "runs until it is stopped; the pages of docs/api.md are asked of it here",
    "noticewatch move": "needs a server; tests/archive/transfer/test_mover.py has one",
    "noticewatch run": "runs until it is stopped; tests/noticewatch/daemon/test_service_run.py does so",
    "noticewatch timestamp": "asks a timestamp service; tests/noticewatch/test_anchor.py has one",
    "noticewatch doctor --head": "asks for a head from a digest; tests/noticewatch/test_anchor.py does",
    "noticewatch train": "takes minutes; tests/classifier trains on a part of the data",
    "noticewatch evaluate FILE.jsonl --baselines": "embeds all training data; tests/classifier does",
}
TYPED = [
    paper
    for paper in PAPERS
    if any(
        not step.command.startswith(tuple(NOT_RUN))
        for block in blocks(paper)
        for step in steps(block)
    )
]
NAMED = list(
    dict.fromkeys(
        command
        for paper in PAPERS
        if paper.name not in REFERENCE
        for command in inline_commands(paper)
        if not command.startswith(tuple(NOT_RUN))
    )
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("papers") / "house"
    folder.mkdir()
    with open_house(folder) as house:
        yield house


@pytest.fixture(scope="module")
def served(built: House, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of ``noticewatch serve`` on the house's archive."""
    house = built.moved_to(tmp_path_factory.mktemp("served") / "house")
    _oblige(house)
    process = subprocess.Popen(
        ["bash", "-c", "exec noticewatch serve --port 0"],
        stderr=subprocess.PIPE,
        text=True,
        cwd=house.folder,
        env=house.surroundings,
    )
    assert process.stderr is not None
    try:
        told = (re.search(r"http://[\d.]+:\d+", line) for line in process.stderr)
        yield next(address[0] for address in told if address)
    finally:
        process.terminate()
        process.wait(20)
        process.stderr.close()


def _oblige(house: House) -> None:
    """One obligation of a company of ours: what its address answers."""
    with Archive.open(house.folder / "data") as archive:
        notice = next(one for one in archive.notices.iterate(relevant=True) if one.duties)
        [duty, *_] = notice.duties
        number = f"{notice.id}-{duty.key}"
        owed = OwedDuty(entity="js", duty_id=number, notice_id=notice.id, duty=duty, due=None)
        archive.obligation_upkeep.keep([owed], date(2026, 11, 23))


@pytest.fixture
def house(built: House, served: str, tmp_path: Path) -> House:
    """A copy to work in, for one paper."""
    moved = built.moved_to(tmp_path / "house")
    return replace(moved, names={**moved.names, "http://127.0.0.1:8000": served})


@pytest.fixture(scope="module")
def shared(built: House, tmp_path_factory: pytest.TempPathFactory) -> House:
    """A copy for the commands in sentences, which build upon each other."""
    moved = built.moved_to(tmp_path_factory.mktemp("named") / "house")
    return replace(moved, names={**moved.names, "--out config/sources": "--out drafts"})


def test_every_block_says_what_it_is() -> None:
    unknown = [
        f"{paper.name}: {block.text[:40]}"
        for paper in PAPERS
        for block in blocks(paper)
        if block.language not in {"sh", "console", "yaml", "sql", "json", "text"}
    ]
    assert unknown == []


@pytest.mark.parametrize("paper", TYPED, ids=lambda paper: paper.name)
def test_what_a_paper_tells_to_type(paper: Path, house: House) -> None:
    for block in blocks(paper):
        if block.language == "yaml":
            follow(block, house)
        for step in steps(block):
            if not step.command.startswith(tuple(NOT_RUN)):
                perform(step, house)


@pytest.mark.parametrize("command", NAMED)
def test_a_command_named_in_a_sentence(
    command: str, shared: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the order of the papers: a copy is restored after it was made. In this process, as
    starting one more for each would take longer than what they do."""
    initial = command.startswith("noticewatch init")  # it overwrites no settings
    monkeypatch.chdir(tmp_path if initial else shared.folder)
    for name, value in SECRETS.items():
        monkeypatch.setenv(name, value)
    done = CliRunner().invoke(cli, shlex.split(shared.here(command))[1:])
    assert done.exit_code == 0, f"{done.output}{done.exception}"


def perform(step: Step, house: House) -> None:
    tool = step.command.split()[0]
    if tool == "curl" and shutil.which(tool) is None:
        pytest.skip("curl is not installed here")
    done = house.run(re.sub(r"^curl ", "curl --silent --show-error --fail ", step.command))
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
    elif "border" in content:
        written = content["border"]["collectors"]["inside"]["public_key"]
        made = public_text(read_key(house.folder / "inside.key"))
        settings = house.folder / "noticewatch.yml"
        settings.write_text(f"{settings.read_text('utf-8')}{text.replace(written, made)}", "utf-8")
    elif "topics" in content:
        (house.folder / "topics.yml").write_text(text, "utf-8")
    elif "topics_file" in content:
        settings = house.folder / "noticewatch.yml"
        settings.write_text(f"{settings.read_text('utf-8')}{text}", "utf-8")


# ------------------------------------------------------------------ the archive, the API

DATA_MODEL = ROOT / "docs" / "data-model.md"
API = ROOT / "docs" / "api.md"


@pytest.fixture
def database(built: House) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(built.folder / "data" / "archive.db")
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


@pytest.mark.parametrize("number", range(5))
def test_the_queries_of_the_data_model_answer(number: int, database: sqlite3.Connection) -> None:
    query = [block.text for block in blocks(DATA_MODEL) if block.language == "sql"][number]
    rows = database.execute(query).fetchall()
    assert rows
    assert all(value is not None for value in tuple(rows[0])[:2])


def test_the_data_model_names_every_table(database: sqlite3.Connection) -> None:
    listed = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    own = {row[0] for row in listed if not re.match("sqlite_|_sqlite|notice_index|search_", row[0])}
    table = re.findall(r"^\| (.*?) \|", DATA_MODEL.read_text("utf-8"), re.M)
    assert own == set(re.findall(r"`(\w+)`", " ".join(table)))


def test_a_version_is_proved_as_the_data_model_says(
    built: House, database: sqlite3.Connection
) -> None:
    """The sums by hand, with nothing but hashes and the file."""

    def sha256(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    before = ""
    versions = database.execute("SELECT * FROM versions ORDER BY id").fetchall()
    assert len(versions) >= 6
    for row in versions:
        stored = next((built.folder / "data" / "evidence").rglob(f"{row['raw_sha256']}*"))
        assert sha256(zlib.decompress(stored.read_bytes(), wbits=47)) == row["raw_sha256"]
        assert sha256(row["text"].encode()) == row["text_sha256"]
        names = ["raw_sha256", "text_sha256", "url", "fetched_at", "title", "record_sha256"]
        lines = [before, *(row[name] for name in names)]
        before = sha256("\n".join(lines).encode())
        assert before == row["chain_sha256"]


def addresses() -> list[str]:
    """What docs/api.md says may be asked for, in its tables."""
    rows = re.findall(r"^\| (`/.*?) \|", API.read_text("utf-8"), re.M)
    return [address for row in rows for address in re.findall(r"`(/[^`]*)`", row)]


@pytest.mark.parametrize("address", addresses())
def test_the_addresses_of_the_api_answer(
    address: str, served: str, database: sqlite3.Connection
) -> None:
    act, posting, raw = database.execute(
        "SELECT p.notice_id, p.id, v.raw_sha256 FROM postings p JOIN versions v "
        "ON v.posting_id = p.id WHERE v.number = 2"
    ).fetchone()
    for written, meant in {
        "obligations/ID": "obligations/1", "before=3": f"before={1 if act != 1 else 2}", "ID": act, "=7": f"={act}", "/7/": f"/{act}/", "posting=P": f"posting={posting}",
        "SHA256": raw, "?…": "?topic=penalty",
    }.items():  # fmt: skip
        address = address.replace(written, str(meant))
    with urlopen(served + address) as answer:
        assert answer.status == 200
        assert answer.read()
