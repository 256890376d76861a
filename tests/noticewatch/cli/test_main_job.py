"""The main job through the real command, in processes of its own."""

import json
import os
from pathlib import Path

import pytest

from tests.fakes.command import run
from tests.fakes.slack import FakeSlack

LIST_URL = "https://www.mee.gov.cn/zcwj/bwj/"
ACT_URL = "https://www.mee.gov.cn/xxgk2018/xxgk/xxgk03/202611/t20261118_1000001.html"
OTHER_URL = "https://www.mee.gov.cn/zcwj/bwj/202611/t20261110_1000002.shtml"
TITLE = "关于印发《废旧动力电池回收利用环境管理办法》的通知"
LIST = f"""<html><head><meta charset="utf-8"><title>部文件</title></head><body><ul>
<li><a href="../../xxgk2018/xxgk/xxgk03/202611/t20261118_1000001.html">{TITLE}</a>
<span class="date">2026-11-18</span></li>
<li><a href="./202611/t20261110_1000002.shtml">关于开展节能宣传活动的通知</a>
<span class="date">2026-11-10</span></li></ul></body></html>"""
ACT = """<html><head><meta charset="utf-8"></head><body>
<div class="content_top_box"><ul>
<li><div><span>名 称</span>{title}</div></li>
<li><div><span>索 引 号</span>000014672/2026-00999</div></li>
<li><div><span>发布机关</span>生态环境部</div><div><span>生成日期</span>2026-11-18</div></li>
<li><div><span>文 号</span>环固体〔2026〕99号</div></li></ul></div>
<div class="content_body"><h1>{title}</h1><div class="content_body_box">
<p>第一条 为加强废旧动力电池回收利用的环境管理，制定本办法。</p>
<p>第二条 综合利用企业应当自收到废旧动力电池之日起三十日内，在溯源信息平台登记入库信息。</p>
<p>第三条 违反本办法第二条规定的，责令改正，处{fine}罚款。</p>
<p>第四条 本办法自2027年1月1日起施行。</p>
<p>生态环境部</p><p>2026年11月16日</p>
<p>附件：<a href="./W020261118000000000001.pdf">登记表.pdf</a></p></div></div></body></html>"""
OTHER = """<html><head><meta charset="utf-8"></head><body>
<h2 class="neiright_Title">关于开展节能宣传活动的通知</h2><span class="xqLyPc time">2026-11-10</span>
<div class="neiright_JPZ_GK_CP"><p>请各单位认真组织节能宣传活动，按时报送总结。</p></div></body></html>"""


def record(folder: Path, fine: str) -> Path:
    """A replay folder of three pages; ``fine`` is what the act's article 3 threatens."""
    pages = folder / "pages"
    pages.mkdir(exist_ok=True)
    files = {
        "list.html": (LIST_URL, LIST),
        "act.html": (ACT_URL, ACT.format(title=TITLE, fine=fine)),
        "other.shtml": (OTHER_URL, OTHER),
    }
    for name, (_, text) in files.items():
        (pages / name).write_text(text, encoding="utf-8")
    rows = [f"{name}\t{url}" for name, (url, _) in files.items()]
    (pages / "manifest.tsv").write_text("\n".join(["file\turl", *rows]), encoding="utf-8")
    return pages


def poll(folder: Path, pages: Path, *more: str, **environment: str) -> dict:
    done = run(
        folder, "poll", "--json", "--source", "cn-mee", "--replay", str(pages), *more, **environment
    )
    assert done.returncode in {0, 3}, done.stderr
    return json.loads(done.stdout)


def exported(folder: Path) -> list[dict]:
    lines = run(folder, "export").stdout.split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture(params=["sqlite", "postgresql"])
def archive_line(request):
    """What the settings say of the place of the archive."""
    if request.param == "sqlite":
        yield ""
        return
    server = request.getfixturevalue("postgres")
    database = server.new_database()
    yield f"archive_url: {server.url(database)}\n"
    server.drop(database)


@pytest.mark.model
def test_from_recorded_pages_to_one_slack_message_about_one_change(tmp_path, archive_line):
    slack = FakeSlack()
    try:
        (tmp_path / "noticewatch.yml").write_text(
            "channels:\n"
            "  compliance: {type: slack, token_env: TOKEN, channel: C1, "
            f'api_base_url: "{slack.url}"}}\n'
            "subscriptions:\n  - {channel: compliance}\n" + archive_line,
            encoding="utf-8",
        )
        pages = record(tmp_path, "五千元以上二万元以下")
        first = poll(tmp_path, pages, TOKEN="xoxb-test")
        assert [source["new"] for source in first["sources"]] == [2]
        acts = {act["title"]: act for act in exported(tmp_path)}
        act = acts[TITLE]
        assert act["document_number"] == "环固体〔2026〕99号"
        assert act["published"] == "2026-11-18"
        assert act["issuers"] == ["生态环境部"]
        assert act["effective"] == "2027-01-01"
        version = act["postings"][0]["versions"][0]
        assert [file["url"].rsplit("/", 1)[1] for file in version["attachments"]] == [
            "W020261118000000000001.pdf"
        ]
        assert "penalty" in {label["topic"] for label in act["labels"]}
        assert acts["关于开展节能宣传活动的通知"]["labels"] == []

        again = poll(tmp_path, pages, "--recheck", "all", TOKEN="xoxb-test")
        source = again["sources"][0]
        assert (source["new"], source["revised"], source["withdrawn"]) == (0, 0, 0)
        assert again["classified"] == 0
        assert [a["postings"] for a in exported(tmp_path)] == [
            [
                {**p, "last_seen": q["last_seen"]}
                for p, q in zip(a["postings"], b["postings"], strict=True)
            ]
            for a, b in zip(acts.values(), exported(tmp_path), strict=True)
        ]

        told = len(slack.messages)
        record(tmp_path, "一万元以上三万元以下")
        changed = poll(tmp_path, pages, "--recheck", "all", TOKEN="xoxb-test")
        assert changed["sources"][0]["revised"] == 1
        assert changed["alerts"]["failed"] == 0
        news = slack.messages[told:]
        roots = [message for message in news if not message.get("thread_ts")]
        assert len(roots) == 1
        said = json.dumps(news, ensure_ascii=False)
        assert ACT_URL in said
        assert "五千元以上二万元" in said
        assert "一万元以上三万元" in said
        kinds = [change["kind"] for change in exported(tmp_path)[0]["changes"]]
        assert kinds.count("revised") == 1
        found = json.loads(run(tmp_path, "search", "溯源信息平台", "--json").stdout)
        assert [hit["title"] for hit in found["hits"]] == [TITLE]
        assert (tmp_path / "data" / "archive.db").exists() == (archive_line == "")
    finally:
        slack.close()


BAD = {
    "unknown source": (["poll", "--source", "cn-mie"], "cn-mie", 1),
    "unknown command": (["pol"], "pol", 2),
    "unknown notice": (["show", "99"], "99", 1),
    "bad date": (["search", "x", "--since", "soon"], "--since", 1),
    "bad topic": (["search", "x", "--topic", "nothing"], "nothing", 1),
    "missing settings": (["--config", "nowhere.yml", "poll"], "nowhere.yml", 1),
    "bad week": (["digest", "--week", "2026-99", "--out", "d"], "2026-99", 1),
    "no replay": (["poll", "--replay", "nowhere"], "nowhere", 2),
}


@pytest.mark.parametrize("case", BAD, ids=BAD)
def test_bad_input_is_one_clear_sentence(tmp_path, case):
    arguments, word, code = BAD[case]
    done = run(tmp_path, *arguments)
    assert done.returncode == code, done.stderr
    assert word in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_broken_source_file_names_file_and_key(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "cn-x.yml").write_text("key: cn-x\nname: {zh: 甲}\n", encoding="utf-8")
    done = run(tmp_path, "--sources-dir", str(tmp_path / "sources"), "poll")
    assert done.returncode == 1
    assert "cn-x.yml" in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1


def test_a_truncated_archive_is_said_and_left_alone(tmp_path):
    assert run(tmp_path, "search", "x").returncode == 0
    path = tmp_path / "data" / "archive.db"
    for leftover in (tmp_path / "data").glob("archive.db-*"):
        leftover.unlink()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    done = run(tmp_path, "search", "x")
    assert done.returncode == 1
    assert "archive.db" in done.stderr
    assert len(done.stderr.strip().split("\n")) == 1
    assert path.read_bytes() == whole[: len(whole) // 2]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_data_folder_is_said(tmp_path):
    (tmp_path / "data").mkdir(mode=0o500)
    done = run(tmp_path, "search", "x")
    assert done.returncode == 1
    assert "data" in done.stderr


def test_a_file_where_the_data_folder_should_be_is_said(tmp_path):
    (tmp_path / "data").write_text("not a folder")
    done = run(tmp_path, "poll", "--source", "cn-mee", "--replay", str(tmp_path))
    assert done.returncode == 1
    assert "data" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreachable_host_fails_with_its_reason(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "cn-x.yml").write_text(
        "key: cn-x\nname: {zh: 甲}\npublisher: 甲\njurisdiction: CN\nplatform: auto\n"
        'columns: [{key: a, url: "http://127.0.0.1:9/a/"}]\nhttp: {min_gap_seconds: 0}\n',
        encoding="utf-8",
    )
    done = run(tmp_path, "--sources-dir", str(tmp_path / "sources"), "poll", "--json")
    assert done.returncode == 3, done.stderr
    source = json.loads(done.stdout)["sources"][0]
    assert source["state"] == "failing"
    assert "refused" in source["reason"]


@pytest.mark.parametrize("arguments", [["--json", "search", "电池"], ["search", "电池", "--json"]])
def test_global_options_work_before_and_after_the_command(tmp_path, arguments):
    done = run(tmp_path, *arguments)
    assert json.loads(done.stdout)["total"] == 0


def test_import_search_show_and_export(tmp_path):
    line = {
        "url": "https://a.example/1",
        "title": "江苏省废旧动力电池回收管理办法",
        "text": "第一条 处五千元以上二万元以下罚款。\n第二条 自2027年1月1日起施行。",
        "issuers": ["江苏省工业和信息化厅"],
        "published": "2026-11-01",
    }
    file = tmp_path / "notices.jsonl"
    file.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(run(tmp_path, "import", str(file), "--json").stdout)["new"] == 1
    assert json.loads(run(tmp_path, "import", str(file), "--json").stdout)["unchanged"] == 1
    hits = json.loads(run(tmp_path, "search", "罚款", "--json").stdout)
    assert hits["total"] == 1
    number = str(hits["hits"][0]["id"])
    assert "江苏省废旧动力电池回收管理办法" in run(tmp_path, "show", number).stdout
    assert exported(tmp_path)[0]["jurisdiction"] == "CN-JS"
    for kind in ("csv", "xlsx", "warc"):
        out = tmp_path / f"out.{kind}"
        assert run(tmp_path, "export", "--format", kind, "--out", str(out)).returncode == 0
        assert out.stat().st_size > 100
    copy = tmp_path / "copy"
    assert run(tmp_path, "backup", str(copy)).returncode == 0
    assert (copy / "archive.db").exists()
    assert run(tmp_path, "doctor", "--verify").returncode == 0
