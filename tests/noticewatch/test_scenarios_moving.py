"""Move data and prove it: import, burst, tampering, odd starts."""

import json
import shutil
import socket
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from archive.store import Archive
from tests.fakes.command import run
from tests.fakes.slack import FakeSlack


def record(number: int) -> dict:
    name = chr(0x4E00 + number * 37) * 3
    return {
        "url": f"https://gxt.example.gov.cn/art/{number}.html",
        "title": f"{name}市废旧动力电池回收利用管理办法",
        "text": f"第一条 为加强{name}市废旧动力电池回收利用管理，制定本办法。\n"
        f"第二条 企业应当自收到废旧动力电池之日起{number + 2}日内在溯源平台登记。\n"
        f"第三条 违反规定的，处{number + 1}万元以下罚款。",
        "published": "2026-11-01",
        "document_number": f"某工信规〔2026〕{number}号",
    }


def put(folder: Path, *numbers: int) -> dict:
    lines = [json.dumps(record(number), ensure_ascii=False) for number in numbers]
    (folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run(folder, "import", "in.jsonl", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.model
def test_a_burst_after_the_baseline_is_one_summary_that_links_each_act(tmp_path):
    slack = FakeSlack()
    try:
        (tmp_path / "noticewatch.yml").write_text(
            "channels:\n  compliance: {type: slack, token_env: TOKEN, channel: C1, "
            f'api_base_url: "{slack.url}"}}\nsubscriptions:\n  - {{channel: compliance}}\n',
            encoding="utf-8",
        )
        assert put(tmp_path, 1)["baseline"] is True
        run(tmp_path, "notify")
        told = len(slack.messages)
        assert put(tmp_path, *range(10, 70))["classified"] == 60
        dry = json.loads(run(tmp_path, "notify", "--dry-run", "--json").stdout)
        assert "art/10.html" in json.dumps(dry["messages"])
        assert len(slack.messages) == told
        assert run(tmp_path, "notify").returncode == 0
        news = slack.messages[told:]
        assert sum("thread_ts" not in message for message in news) == 1
        said = json.dumps(news, ensure_ascii=False)
        assert all(record(number)["url"] in said for number in range(10, 70))
        run(tmp_path, "notify")
        assert len(slack.messages) == told + len(news)
    finally:
        slack.close()


@pytest.mark.model
def test_an_import_is_labelled_at_once(tmp_path):
    assert put(tmp_path, 5)["classified"] == 1
    act = json.loads(run(tmp_path, "export").stdout)
    assert "penalty" in {label["topic"] for label in act["labels"]}
    assert [f["value"]["max"] for f in act["facts"] if f["kind"] == "fine"] == [60000]
    assert put(tmp_path, 5)["classified"] == 0


@pytest.mark.model
@pytest.mark.model
def test_a_decision_to_amend_is_read_against_the_act(tmp_path):
    base = record(3)
    decision = {
        **record(4),
        "title": f"关于修改《{base['title']}》的决定",
        "text": f"决定对《{base['title']}》作如下修改：\n将第三条中的“4万元”修改为“9万元”。",
    }
    lines = [json.dumps(one, ensure_ascii=False) for one in (base, decision)]
    (tmp_path / "in.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert run(tmp_path, "import", "in.jsonl").returncode == 0
    assert "[-4万元-]{+9万元+}" in run(tmp_path, "show", "2", "--diff", "acts").stdout
    (pair,) = json.loads(run(tmp_path, "show", "2", "--diff", "acts", "--json").stdout)
    assert (pair["notice_id"], pair["relation"], pair["substantive"]) == (1, "amends", True)
    exported = [json.loads(one) for one in run(tmp_path, "export").stdout.splitlines()]
    new = next(change for change in exported[1]["changes"] if change["kind"] == "new")
    fines = [
        [fact["value"]["max"] for fact in new[name] if fact["kind"] == "fine"]
        for name in ("facts_before", "facts_after")
    ]
    assert (exported[0]["status"], fines) == ("amended", [[40_000], [90_000]])
    written = run(tmp_path, "show", "2", "--case", "case")
    assert written.returncode == 0
    assert (tmp_path / "case/acts/1.txt").is_file()
    assert run(tmp_path, "show", "1", "--diff", "acts").returncode == 1


def test_a_row_that_was_altered_shows(tmp_path):
    put(tmp_path, 5)
    for column in ("title", "text", "raw_sha256", "fetched_at", "url"):
        copy = tmp_path / column
        shutil.copytree(tmp_path / "data", copy)
        with sqlite3.connect(copy / "archive.db") as db:
            db.execute(f"UPDATE versions SET {column} = '2020-01-01' WHERE id = 1")
        with closing(Archive.open(copy)) as archive:
            assert archive.integrity.verify(), column
    done = run(tmp_path, "--data-dir", "title", "doctor", "--verify", "--json")
    assert done.returncode == 1
    findings = {item["check"]: item for item in json.loads(done.stdout)["findings"]}
    assert findings["evidence"]["state"] == "error"


def test_the_version_is_known_where_nothing_is_installed(tmp_path):
    done = run(tmp_path, "--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("noticewatch, version ")


def test_a_taken_port_is_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run(tmp_path, "serve", "--port", port)
    assert done.returncode == 1
    assert f"port {port}" in done.stderr
    assert "Traceback" not in done.stderr
