"""Another field by files alone: photovoltaic modules, through the real command line."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.paths import FIXTURES, ROOT

FIELD = FIXTURES / "fields" / "photovoltaics"
LINES = (FIXTURES / "fields" / "photovoltaics_notices.jsonl").read_text(encoding="utf-8")
NOTICES: list[dict[str, Any]] = [json.loads(line) for line in LINES.splitlines()]
OF_THE_FIELD = [notice for notice in NOTICES if notice["relevant"]]
NEAR_ONLY = [notice for notice in NOTICES if not notice["relevant"]]
SETTINGS = """\
data_dir: data
field_dir: {field}
channels:
  digest: {{type: email, host: mail.invented.example, sender: "nw@invented.example", to: [a@invented.example]}}
subscriptions:
  - {{channel: digest, language: both, when: "weekly mon 08:00"}}
"""
BATTERY = re.compile("电池|batter", re.IGNORECASE)
PANEL = "太阳能电池板"  # the older name of a module: no word of batteries

pytestmark = [pytest.mark.model, pytest.mark.timeout(600)]


def run(
    folder: Path, *arguments: str, code: int | None = 0, told: str = ""
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "noticewatch.cli", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        input=told,
        timeout=300,
        check=False,
    )
    if code is not None:
        assert done.returncode == code, (done.stdout, done.stderr)
    return done


def as_json(folder: Path, *arguments: str) -> Any:
    return json.loads(run(folder, *arguments, "--json").stdout)


def settle(folder: Path, field: Path = FIELD) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "noticewatch.yml").write_text(SETTINGS.format(field=field), encoding="utf-8")
    return folder


def import_notices(folder: Path, notices: list[dict[str, Any]]) -> dict[str, Any]:
    lines = [
        {
            "url": f"https://rules.invented.example/wj/{notice['id']}.html",
            **{key: notice[key] for key in ("title", "text", "issuers", "published")},
        }
        for notice in notices
    ]
    file = folder / "notices.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return as_json(folder, "import", str(file))


def battery_words(text: str) -> list[str]:
    text = text.replace(PANEL, "")
    return [text[max(0, hit.start() - 40) : hit.end() + 40] for hit in BATTERY.finditer(text)]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of all notices, of the field and not."""
    folder = settle(tmp_path_factory.mktemp("photovoltaics"))
    assert import_notices(folder, NOTICES)["new"] == len(NOTICES)
    run(folder, "classify")
    return folder


@pytest.fixture(scope="module")
def records(watched: Path) -> dict[str, dict[str, Any]]:
    run(watched, "export", "--out", "all.jsonl")
    lines = (watched / "all.jsonl").read_text(encoding="utf-8").splitlines()
    return {record["title"]: record for record in map(json.loads, lines)}


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of notices that have no battery word themselves."""
    folder = settle(tmp_path_factory.mktemp("quiet"))
    import_notices(
        folder, [one for one in NOTICES if not battery_words(one["title"] + one["text"])]
    )
    return folder


def when(said: dict[str, Any] | None) -> str | None:
    """A time as the labels write it: P10WD, P30D, 2027-03-31, yearly."""
    if not said:
        return None
    if said["date"] or said["recurs"]:
        return str(said["date"] or said["recurs"])
    if said["duration"]:
        return str(said["duration"]).replace("D", "WD" if said["working_days"] else "D")
    return None


def who(said: dict[str, Any]) -> str | None:
    return "anyone" if said["kind"] == "anyone" else said["role"]


def test_the_folders_own_sources_are_watched(watched: Path) -> None:
    shown = as_json(watched, "source", "list")
    assert {source["key"] for source in shown["sources"]} == {"cn-pv-rules", "cn-qh-pv"}


def test_most_notices_are_judged_right(records: dict[str, dict[str, Any]]) -> None:
    """The author of the notices judged them before the field's files were written; 23 of 24."""
    wrong = [
        notice["id"]
        for notice in NOTICES
        if (records[notice["title"]]["relevant_because"] is not None) is not notice["relevant"]
    ]
    assert len(wrong) <= 1, wrong
    assert not {one["id"] for one in NEAR_ONLY} & set(wrong)


def test_most_topics_are_told(records: dict[str, dict[str, Any]]) -> None:
    wrong = [
        notice["id"]
        for notice in OF_THE_FIELD
        if {label["topic"] for label in records[notice["title"]]["labels"]} != set(notice["topics"])
    ]
    assert len(wrong) <= 3, wrong


def test_most_duties_are_read(records: dict[str, dict[str, Any]]) -> None:
    """29 of 38 by who, act and time at the first look."""
    found, missing = 0, []
    for notice in OF_THE_FIELD:
        read = [
            (who(duty["who"]), duty["act"], when(duty["when"]))
            for duty in records[notice["title"]]["duties"]
        ]
        for duty in notice["duties"]:
            wanted = (duty["who_role"], duty["act"], duty["when"])
            if wanted in read:
                read.remove(wanted)
                found += 1
            else:
                missing.append((notice["id"], wanted))
    assert found >= 29, missing


def test_the_roles_of_the_field_can_be_asked_for(watched: Path) -> None:
    duties = as_json(watched, "duties", "--role", "station_operator")["duties"]
    told = {duty["who"]["role"] for duty in duties}
    # What binds every company binds a station's operator too.
    assert {"station_operator"} <= told <= {"station_operator", "any_company", None}
    refused = run(watched, "duties", "--role", "battery_maker", code=1).stderr
    assert battery_words(refused.replace("'battery_maker'", "")) == []


def test_duties_are_listed_for_programs(watched: Path) -> None:
    duties = as_json(watched, "duties")["duties"]
    [told] = [one for one in duties if one["verb"] == "报送" and one["when"]["duration"] == "P30D"]
    assert told["en"].startswith("Power station operators must report")
    assert "shutdown" in told["en"]


def test_the_law_of_the_field_only(watched: Path) -> None:
    acts = as_json(watched, "law")["acts"]
    titles = {act["title"] for act in acts}
    assert {"退役光伏组件回收利用管理暂行办法", "晶体硅光伏组件回收再利用通用技术要求"} <= titles
    assert not any("动力" in title for title in titles)
    assert "is not its right name" in run(watched, "law", "PV Scrap Law").stdout
    assert "Takes effect on 1 Mar 2027" in run(watched, "law", "PV Module Measures").stdout


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("光伏电站运营单位 多久报送", {("role", "station_operator")}),
        ("how long do module recyclers have?", {("role", "module_recycler")}),
        ("what must battery makers do?", set()),
        ("penalties for late reports", {("topic", "penalties")}),
    ],
)
def test_questions_are_read_with_roles_and_topics_of_the_field(
    watched: Path, question: str, filters: set[tuple[str, str]]
) -> None:
    found = as_json(watched, "search", question)
    assert {(one["kind"], one["value"]) for one in found["filters"]} == filters


def test_a_search_finds_the_act_that_answers(watched: Path) -> None:
    found = as_json(watched, "search", "光伏电站运营单位停运后多久报送")
    assert found["hits"][0]["title"] == "退役光伏组件回收利用管理暂行办法"
    assert "within 30 days" in found["answer"]["en"]


def test_the_digest_names_the_field(watched: Path) -> None:
    year, week, _ = datetime.now(tz=UTC).isocalendar()
    run(watched, "digest", "--week", f"{year}-W{week:02}", "--out", "mail")
    [text] = (watched / "mail").glob("*.txt")
    told = text.read_text(encoding="utf-8")
    assert told.startswith("PV modules, week ")
    assert "photovoltaic modules" in told
    assert battery_words(told) == []
    run(watched, "notify", "--dry-run")


@pytest.mark.parametrize(
    "arguments",
    [
        ["source", "list"],
        ["law"],
        ["law", "pv-measures-invented"],
        ["law", "no such act"],
        ["duties"],
        ["duties", "--json"],
        ["duties", "--role", "nobody"],
        ["duties", "--topic", "nothing"],
        ["search", "退役组件", "--json"],
        ["search", "who must report?"],
        ["search", "role of recyclers in Hainan"],
        ["show", "1"],
        ["show", "3", "--json"],
        ["export"],
        ["digest", "--out", "mail"],
        ["notify", "--dry-run"],
        ["doctor"],
        ["init", "--out", "fresh.yml", "--yes"],
        ["selftest"],
    ],
    ids=" ".join,
)
def test_no_command_says_a_word_of_batteries(quiet: Path, arguments: list[str]) -> None:
    done = run(quiet, *arguments, code=None)
    said = done.stdout + done.stderr
    for made in (*(quiet / "mail").glob("*.txt"), quiet / "fresh.yml"):
        said += made.read_text(encoding="utf-8") if made.exists() else ""
    assert battery_words(said) == []


def test_a_claim_is_checked_against_the_law_of_the_field(quiet: Path) -> None:
    memo = "PV Module Measures take effect on 1 May 2027. Module recyclers must report in 10 days."
    done = run(quiet, "check", "-", code=None, told=memo)
    assert "contradicted" in done.stdout
    assert "2027-03-01" in done.stdout
    assert battery_words(done.stdout + done.stderr) == []


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def site(quiet: Path) -> Iterator[str]:
    port = free_port()
    served = subprocess.Popen(
        [sys.executable, "-m", "noticewatch.cli", "serve", "--port", str(port)],
        cwd=quiet,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            break
        except OSError:
            assert served.poll() is None, "the web archive ended"
            time.sleep(0.5)
    yield address
    served.send_signal(signal.SIGTERM)
    served.wait(timeout=60)


@pytest.mark.parametrize(
    "path",
    [
        "/", "/law", "/matrix", "/map", "/search", "/search?q=recyclers", "/deadlines", "/compare",
        "/check", "/activity", "/searches", "/sources", "/settings", "/alerts", "/notices/1",
        "/feed.atom?relevant=1", "/api/v1/openapi.json", "/api/v1/duties?role=nobody",
    ],
)  # fmt: skip
def test_no_page_says_a_word_of_batteries(site: str, path: str) -> None:
    try:
        with urllib.request.urlopen(site + path, timeout=60) as answer:
            page = answer.read().decode("utf-8")
    except urllib.error.HTTPError as refused:
        page = refused.read().decode("utf-8")
    assert battery_words(page) == []
    if path in ("/", "/law", "/notices/1"):
        assert "光伏组件" in page


# Each fault: file, its right words, the wrong ones (None: the file is away), what is to be told.
FAULTS = [
    ("field.yml", "", None, "field.yml"),
    ("lexicon.yml", "", None, "lexicon.yml"),
    ("topics.yml", "", None, "topics.yml"),
    ("roles.yml", "", None, "roles.yml"),
    ("lexicon.yml", "trace: '光伏|", "trace: '光伏((|", "lexicon.yml: .*trace"),
    ("lexicon.yml", "worn_short: '(?:", "worn_short: '((?:", "lexicon.yml: .*worn_short"),
    ("lexicon.yml", "named: [worn_module,", "named: [cooks,", "lexicon.yml: .*named.*cooks"),
    ("roles.yml", "shipped: [importer,", "shipped: [cook,", "roles.yml: .*cook"),
    ("roles.yml", "- 收集企业", "- 收集(企业", "roles.yml: .*module_collector"),
    ("roles.yml", "overlaps: [module_recycler]", "overlaps: [cook]", "roles.yml: .*cook"),
    ("actions.yml", "- '计提'", "- '计(提'", "actions.yml: .*set_aside"),
    ("field.yml", "words: 光伏玻璃", "words: 光伏(玻璃", "field.yml: .*goods"),
    ("field.yml", "common:", "comon:", "field.yml: .*comon"),
    ("field.yml", ", zh: 废旧光伏组件}", "}", "field.yml: .*subject"),
    ("topics.yml", "id: penalties", "id: recycling-duties", "topics.yml: .*ids"),
    ("register.yml", "topics: [standards-limits]", "topics: [portal]", "register.yml: .*portal"),
]


@pytest.mark.parametrize(
    ("file", "right", "wrong", "told"), FAULTS, ids=[f"{one[0]}-{one[2]}" for one in FAULTS]
)
def test_a_fault_in_the_folder_is_one_sentence(
    tmp_path: Path, file: str, right: str, wrong: str | None, told: str
) -> None:
    field = tmp_path / "field"
    shutil.copytree(FIELD, field)
    if wrong is None:
        (field / file).unlink()
    else:
        text = (field / file).read_text(encoding="utf-8")
        assert right in text
        (field / file).write_text(text.replace(right, wrong, 1), encoding="utf-8")
    done = run(settle(tmp_path / "desk", field), "doctor", code=None)
    assert done.returncode == 1, done.stdout
    faults = [line for line in (done.stdout + done.stderr).splitlines() if re.search(told, line)]
    assert len(faults) == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
