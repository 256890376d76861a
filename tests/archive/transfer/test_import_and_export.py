"""Import of JSON lines and the four exports."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from warcio.archiveiterator import ArchiveIterator

from archive.store import Archive, ArchiveError
from archive.transfer.exporter import (
    csv_lines,
    table_row,
    write_export,
    write_warc,
    write_xlsx,
)
from archive.transfer.importer import import_lines, own_number, signed_by
from archive.transfer.notice_json import notice_json
from domain.records.observation import Observation
from domain.text.safe_output import safe_cell

Observe = Callable[..., Observation]
TEXT = "粤工信规字〔2026〕5号\n各有关单位：\n现将有关事项通知如下，请遵照执行。\n广东省工业和信息化厅\n2026年5月6日"


def line(url: str = "https://gdii.gd.gov.cn/1.html", **more: Any) -> str:
    given = {"url": url, "title": "关于电池回收的通知", "text": TEXT, "published": "2026-05-06"}
    return json.dumps(given | more, ensure_ascii=False)


def run(archive: Archive, *lines: str | bytes) -> dict[str, Any]:
    report = import_lines(archive, lines, now=archive.clock())
    return {
        "new": report.new, "copied": report.copied, "changed": report.revised,
        "unchanged": report.unchanged, "errors": len(report.errors), "baseline": report.baseline,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "bodies"),
    [
        ("生态环境部、海关总署", ("生态环境部", "海关总署")),
        (["青海省财政厅 青海省商务厅"], ("青海省财政厅", "青海省商务厅")),
        (
            "国家市场监督管理总局（国家标准化管理委员会）",
            ("国家市场监督管理总局（国家标准化管理委员会）",),
        ),
        ("电池、储能产业联盟", ("电池、储能产业联盟",)),
    ],
)
def test_bodies_that_one_text_names_are_several(
    archive: Archive, given: str | list[str], bodies: tuple[str, ...]
) -> None:
    run(archive, line(issuers=given))
    (notice,) = archive.notices.iterate()
    assert notice.issuers == bodies


def test_import_fills_in_what_the_text_states(archive: Archive) -> None:
    assert run(archive, line())["new"] == 1
    (notice,) = archive.notices.iterate()
    assert notice.document_number == "粤工信规字〔2026〕5号"
    assert notice.issuers == ("广东省工业和信息化厅",)
    assert notice.jurisdiction == "CN-GD"
    assert notice.published == date(2026, 5, 6)
    assert notice.postings[0].source_key == "import"
    assert notice.postings[0].versions[0].text == TEXT


def test_import_is_idempotent_and_versions_other_content(archive: Archive) -> None:
    lines = [line(f"https://a.gov.cn/{n}", title=f"通知{n}号事项") for n in range(3)]
    assert run(archive, *lines)["baseline"]
    again = run(archive, *lines)
    assert (again["unchanged"], again["new"], again["baseline"]) == (3, 0, False)
    changed = line("https://a.gov.cn/1", title="通知1号事项", text=TEXT + "\n新增一条。")
    assert run(archive, changed)["changed"] == 1
    (change,) = [item for item in archive.changes.find() if item.kind == "revised"]
    assert (change.from_version, change.to_version, change.baseline) == (1, 2, False)
    assert all(item.baseline for item in archive.changes.find() if item.kind == "new")


def test_an_interrupted_first_import_stays_a_baseline(archive: Archive) -> None:
    def lines() -> Any:
        for number in range(150):
            yield line(f"https://a.gov.cn/{number}", title=f"关于第{number}号事项的通知",
                       document_number=f"粤工信〔2026〕{number + 1}号")  # fmt: skip
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_lines(archive, lines(), now=archive.clock())
    stored = archive.notices.counts()["postings"]
    assert 0 < stored <= 150
    assert run(archive, line("https://a.gov.cn/last", title="末"))["baseline"]
    assert not run(archive, line("https://a.gov.cn/after", title="后"))["baseline"]


def test_bad_lines_are_named_and_skipped(archive: Archive) -> None:
    report = import_lines(
        archive,
        [line("https://a.gov.cn/1"), "{broken", "[]", '{"title": "t", "text": ""}',
         line("https://a.gov.cn/2", published="soon"), line("https://a.gov.cn/3", title=7),
         b"\xff\xfe", "", line("https://a.gov.cn/4", title="另一通知", text="别的内容。")],
        now=archive.clock(),
    )  # fmt: skip
    assert [problem.line for problem in report.errors] == [2, 3, 4, 5, 6, 7]
    assert report.errors[4].message == "title: expected text, got int"
    assert archive.notices.counts()["postings"] == 2


def test_strange_characters(archive: Archive) -> None:
    text = "第一行\u2028仍是第一行\x00\n第二行\ud800"
    run(archive, json.dumps({"url": "内部文件1", "title": "标题\x00", "text": text}))
    (notice,) = archive.notices.iterate()
    version = notice.postings[0].versions[0]
    assert (notice.title, notice.url, notice.jurisdiction) == ("标题", "内部文件1", "CN")
    assert version.text == "第一行\u2028仍是第一行\n第二行?"
    assert archive.pages.due_pages("import", archive.clock(), everything=True) == []


def test_attachments_of_an_import(archive: Archive) -> None:
    run(archive, line(attachments=[{"name": "附件1", "text": "编码规则24位"}]))
    result = run(archive, line(attachments=[{"name": "附件1", "text": "编码规则26位"}]))
    assert result["changed"] == 1
    kinds = [change.kind for change in archive.changes.find()]
    assert kinds == ["new", "attachment_revised"]


def test_identity_works_for_imports(archive: Archive) -> None:
    run(archive, line("https://a.gov.cn/1"))
    assert run(archive, line("https://b.gov.cn/1", title="广东省关于电池回收的通知"))["copied"] == 1


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("通知", "工信部联节〔2026〕17号\n各单位：", "工信部联节〔2026〕17号"),
        ("通知", "（工信部联节〔2026〕17号）\n各单位：", "工信部联节〔2026〕17号"),
        ("通知（环办〔2026〕3号）", "各单位：", "环办〔2026〕3号"),
        ("通知", "根据工信部联节〔2026〕17号文件要求，现通知如下。", None),
        ("转发《通知（环办〔2026〕3号）》的通知", "各单位：", None),
        ("办法", "中华人民共和国某某部令 第73号\n第一条 企业应当登记。", "某某部令第73号"),
        ("办法", "中华人民共和国国家某某总局令　第29号\n第一条", "国家某某总局令第29号"),
        ("公告", "某某部公告2026年第43号（总第500号）\n各单位：", "某某部公告2026年第43号"),
        ("条例", "（2021年7月27日国务院令第746号公布）\n第一条", "国务院令第746号"),
        ("关于废止环办〔2020〕3号文件的通知", "各单位：", None),
    ],
)
def test_own_number(title: str, text: str, expected: str | None) -> None:
    assert own_number(title, text) == expected


def test_signed_by() -> None:
    text = "正文提到国家能源局的规定。\n工业和信息化部  生态环境部\n2026年4月27日"
    assert signed_by(text) == ("工业和信息化部", "生态环境部")
    forward = f"现转发给你们。\n{text}\n广东省工业和信息化厅\n2026年5月8日\n（联系人：某某）"
    assert signed_by(forward) == ("广东省工业和信息化厅",)
    assert signed_by("请报送工业和信息化部节能与综合利用司联系人名单及电话。") == ()


KEYS = {
    "id", "title", "document_number", "issuers", "jurisdiction", "published", "effective",
    "status", "stage", "labels", "facts", "duties", "names", "headline", "relations", "severity", "severity_rule",
    "relevant_because", "expires", "authority", "postings", "changes",
}  # fmt: skip


def test_export_and_import_again(archive: Archive, observe: Observe, tmp_path: Path) -> None:
    archive.ingest(observe(text=TEXT, files={"附件.txt": "内容".encode()}))
    exported = json.loads(json.dumps(notice_json(next(archive.notices.iterate()))))
    assert set(exported) == KEYS
    posting = exported["postings"][0]
    assert set(posting) == {
        "url", "source", "column", "title", "first_seen", "last_seen", "state", "versions",
        "publisher", "standing", "disagrees",
    }  # fmt: skip
    version = posting["versions"][0]
    assert set(version) == {
        "number", "fetched_at", "raw_sha256", "text_sha256", "title", "text", "validity",
        "attachments",
    }  # fmt: skip
    assert set(version["attachments"][0]) == {"name", "url", "sha256", "bytes", "status", "text"}
    assert set(exported["changes"][0]) == {
        "id", "kind", "at", "posting_url", "from_version", "to_version", "substantive", "reason",
        "labels", "facts_before", "facts_after", "duties_before", "duties_after",
    }  # fmt: skip
    assert exported["changes"][0]["kind"] == "new"
    line = {"url": posting["url"], "title": version["title"], "text": version["text"],
            "attachments": version["attachments"], "published": exported["published"]}  # fmt: skip
    with Archive.open(tmp_path / "second", clock=archive.clock) as second:
        import_lines(second, [json.dumps(line)], now=second.clock())
        (again,) = second.notices.iterate()
        assert again.postings[0].versions[0].text_sha256 == version["text_sha256"]
        assert again.postings[0].versions[0].attachments[0].text == "内容"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(archive: Archive, observe: Observe, start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"
    archive.ingest(observe(title=f'{start}HYPERLINK("http://x.example")', text="正文"))
    rows = [table_row(notice) for notice in archive.notices.iterate()]
    (title,) = [row["title"] for row in csv.DictReader(io.StringIO("".join(csv_lines(rows))))]
    assert title.startswith("'")
    book = io.BytesIO()
    write_xlsx(book, rows)
    sheet = openpyxl.load_workbook(book).active
    assert [cell.data_type for cell in sheet[2] if cell.value] == ["n"] + ["s"] * (
        len([cell for cell in sheet[2] if cell.value]) - 1
    )
    assert str(sheet["B2"].value).startswith("'")


def test_warc_holds_every_response(archive: Archive, observe: Observe) -> None:
    pages = [
        observe(text=TEXT, files={"a.txt": b"one"}),
        observe(text=TEXT + "改", files={"a.txt": b"one"}),
    ]
    for page in pages:
        archive.ingest(page)
    target = io.BytesIO()
    assert write_warc(target, archive, archive.notices.iterate()) == 4
    target.seek(0)
    found = [
        (record.rec_headers.get_header("WARC-Target-URI"), record.content_stream().read())
        for record in ArchiveIterator(target)
        if record.rec_type == "response"
    ]
    assert [body for _, body in found] == [
        pages[0].capture.body,
        b"one",
        pages[1].capture.body,
        b"one",
    ]
    assert found[0][0] == pages[0].url


@pytest.mark.parametrize("format_", ["jsonl", "csv", "xlsx", "warc"])
def test_write_export(archive: Archive, observe: Observe, format_: str) -> None:
    archive.ingest(observe(text=TEXT, published=date(2024, 5, 6)))
    archive.ingest(
        observe("https://b.gov.cn/", "别的通知", "别的内容。" * 30, published=date(2026, 5, 6))
    )
    for since, expected in {None: 2, date(2026, 1, 1): 1, date(2030, 1, 1): 0}.items():
        target = io.BytesIO()
        assert write_export(archive, target, format_, since=since) == expected
        assert bool(target.getvalue()) == (format_ != "jsonl" or expected > 0)
        if format_ == "jsonl":
            assert len(target.getvalue().splitlines()) == expected
    with pytest.raises(ArchiveError, match="no export format"):
        write_export(archive, io.BytesIO(), "pdf")


def test_an_edit_of_an_old_act_is_exported_since(archive: Archive, observe: Observe) -> None:
    for text in (TEXT, TEXT + "新增。"):
        archive.ingest(observe(text=text, published=date(2024, 5, 6)))
    target = io.BytesIO()
    assert write_export(archive, target, "jsonl", since=date(2026, 1, 1)) == 1
