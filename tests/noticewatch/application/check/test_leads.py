"""Kept articles: leads and never notices, checked again when the law moves."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from archive.store import Archive
from archive.transfer.case_file import case_files
from config.loader import load_register
from domain.records.lead import NewLead
from noticewatch.application.check.lead_upkeep import check_leads, lead_reports
from tests.noticewatch.application.check.invented_acts import ACTS
from tests.noticewatch.application.check.law_archives import take_in
from tests.noticewatch.invoked import as_json, run

TEXT = "根据浙江省新能源汽车废旧动力电池回收利用管理办法，废旧动力电池贮存时间不得超过6个月。"
DAY = date(2026, 11, 30)


def imported(folder: Path, lines: list[dict[str, object]]) -> dict[str, object]:
    """What the command says of the lines."""
    file = folder.parent / "lines.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    return as_json("import", str(file), "--data-dir", str(folder))


def test_media_in_an_import_is_a_lead_and_never_an_alert(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    media = {
        "kind": "media", "title": "Battery wire", "url": "https://wire.example/1",
        "published": "2026-05-02", "text": "Order 73 took effect on 1 May 2026.",
    }  # fmt: skip
    report = imported(folder, [media, media])
    assert (report["leads"], report["new"]) == (2, 0)
    with Archive.open(folder) as archive:
        assert archive.notices.is_empty()
        [lead] = archive.leads.all()
        assert archive.outbox.undelivered_since() == {}
    assert (lead.title, lead.published, lead.report["counts"]["contradicted"]) == (
        "Battery wire", date(2026, 5, 2), 1,
    )  # fmt: skip
    [listed] = as_json("check", "--list", "--data-dir", str(folder))["leads"]
    assert (listed["counts"]["contradicted"], listed["rests_on"]) == (1, ["miit-order-73"])


def test_a_media_line_without_text_is_named(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"kind": "media", "title": "x"}\n', "utf-8")
    report = as_json("import", str(file), "--data-dir", str(tmp_path / "data"), code=1)
    assert report["errors"] == [{"line": 1, "message": "text is missing"}]


def test_a_lead_is_checked_again_when_its_act_changes(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    take_in(folder, ACTS[:1])
    with Archive.open(folder) as archive:
        number, new = archive.leads.keep(NewLead(title="memo", text=TEXT, who="anna"))
        assert (number, new) == (1, True)
        assert archive.leads.keep(NewLead(title="again", text=TEXT, who="li")) == (1, False)
        assert check_leads(archive, load_register(), DAY) == []
        first = archive.leads.get(1)
        assert first is not None
        assert first.report["claims"][0]["verdict"] == "supported"
        assert check_leads(archive, load_register(), DAY) == []
        assert archive.leads.get(1).checked == first.checked  # nothing changed, nothing done
    take_in(folder, ACTS[2:])
    with Archive.open(folder) as archive:
        [moved] = check_leads(archive, load_register(), DAY)
        [claim] = moved.moved
        assert (claim.text, claim.before, claim.after) == (TEXT, "supported", "outdated")
        assert [lead.id for lead in archive.leads.moved_since(first.added)] == [1]
    printed = run("check", "--list", "--data-dir", str(folder)).stdout
    assert "lead 1: supported → outdated" in printed


def test_the_case_folder_holds_the_reports_on_articles(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    take_in(folder, ACTS[:1])
    with Archive.open(folder) as archive:
        archive.leads.keep(NewLead(title="memo", text=TEXT, who="anna"))
        check_leads(archive, load_register(), DAY)
        files = dict(case_files(archive, 1, lead_reports(archive, 1)))
        assert "贮存时间不得超过6个月" in files["leads/1.html"].decode()
        assert b"leads/1.html" in files["SHA256SUMS"]
        assert archive.leads.remove(1)
        assert lead_reports(archive, 1) == []
