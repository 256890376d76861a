"""The law in time over a large archive: one act as of a day, and what an act that comes costs.

Prints one JSON object, times of the processor. Families of an act of forty articles and three
acts that change it are stored as they come and classified; the rest of the archive are rows of
other notices with their relations, as every question goes by an index. The ledger keeps nothing:
building it is relating every act, and is counted as if all were of such families.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from archive.ports import Database
from archive.store import Archive
from classifier.run import run
from config.loader import load_register, load_topics
from domain.records.observation import Block, Capture, NoticeDates, Observation, ParsedNotice
from domain.text.numerals import chinese_numeral
from noticewatch.application.law.act_as_of import act_as_of, as_of_json

_START = datetime(2026, 6, 1, tzinfo=UTC)
_FIRST = date(2025, 1, 1)
_ARTICLES = 40


def act_text(number: int) -> str:
    articles = (
        f"第{chinese_numeral(i)}条　第{number}类回收企业应当在{i + 4}日内报送台账，并核验电池编码、"
        f"保存转移联单不少于{i}年，落实消防措施，公开回收价格，配备专业人员。"
        for i in range(1, _ARTICLES + 1)
    )
    return "\n".join(articles) + "\n第四十一条　本办法自2025年2月1日起施行。"


def family(number: int) -> Iterator[tuple[str, str, date]]:
    """Title, text and day of an act and of those that change it."""
    title = f"第{number}类动力电池回收管理办法"
    yield title, act_text(number), _FIRST
    for round_ in range(1, 4):
        article = chinese_numeral(10 * round_)
        text = (
            f"一、将《{title}》第{article}条中的“消防措施”修改为“防火措施”。\n"
            f"二、删去第{chinese_numeral(10 * round_ + 1)}条。\n"
            f"本决定自2025年{round_ + 3}月1日起施行。"
        )
        yield f"关于修改《{title}》的决定（{round_}）", text, _FIRST + timedelta(days=60 * round_)


def observation(name: str, title: str, text: str, published: date) -> Observation:
    url = f"https://www.example.gov.cn/{name}.html"
    html = (("Content-Type", "text/html"),)
    body = f"<html>{title}{text}</html>".encode()
    return Observation(
        source_key="bench", column_key="acts", publisher="工业和信息化部", jurisdiction="CN",
        url=url,
        parsed=ParsedNotice(
            title=title,
            blocks=tuple(Block(kind="paragraph", text=line) for line in text.split("\n")),
            document_number=None, issuers=("工业和信息化部",), dates=NoticeDates(listed=published),
            comment_deadline=None, attachments=(),
        ),
        capture=Capture(url=url, status=200, headers=html, body=body, fetched_at=_START),
        attachments=(), baseline=False,
    )  # fmt: skip


def fill(database: Database, count: int) -> None:
    """Other notices, each citing and changing two more."""
    first = int(database.value("SELECT max(id) FROM notices")) + 1
    with database.transaction():
        for number in range(first, first + count):
            database.run(
                "INSERT INTO notices (id, title, jurisdiction, published, stage, first_seen,"
                " changed_at, url, title_key, base_key, issued_by, confirmed)"
                " VALUES (?, ?, 'CN', '2025-03-01', 'final', ?, ?, ?, ?, ?, '[]', 1)",
                (
                    number, f"其他通知{number}", _START.isoformat(), _START.isoformat(),
                    f"https://other.example/{number}", f"其他通知{number}", f"其他通知{number}",
                ),
            )  # fmt: skip
            for target in (number - 1, number - 2):
                database.run(
                    "INSERT INTO relations (notice_id, kind, title, target_id, probable, effect,"
                    " title_key, terms) VALUES (?, 'amends', ?, ?, 0, 'amended', ?, '{}')",
                    (number, f"其他通知{target}", target, f"其他通知{target}"),
                )


def measure(families: int, notices: int, folder: Path) -> dict[str, Any]:
    with Archive.open(folder, clock=lambda: _START) as archive:
        database = archive.ledger.db
        stored: list[list[int]] = []
        for number in range(families):
            stored.append([])
            for place, (title, text, day) in enumerate(family(number)):
                seen = archive.ingest(observation(f"{number}-{place}", title, text, day))
                stored[-1].append(seen.notice_id)
        run(archive, load_topics(), load_register())
        fill(database, notices - 4 * families)
        related = [_relate(archive, number) for acts in stored for number in acts]
        shown = [_show(archive, acts[0], place) for acts in stored for place in range(5)]
    return {
        "notices": notices, "families": families,
        "show_p95_ms": _p95(shown), "relate_p95_ms": _p95(related),
        "relate_mean_ms": round(sum(related) / len(related), 2),
    }  # fmt: skip


def _relate(archive: Archive, notice_id: int) -> float:
    start = time.process_time()
    with archive.ledger.db.transaction():
        archive.relations.relate(notice_id)
    return (time.process_time() - start) * 1000


def _show(archive: Archive, notice_id: int, place: int) -> float:
    start = time.process_time()
    notice = archive.notices.get(notice_id)
    assert notice is not None
    json.dumps(as_of_json(act_as_of(archive, notice, _FIRST + timedelta(days=60 * place + 40))))
    return (time.process_time() - start) * 1000


def _p95(values: list[float]) -> float:
    return round(sorted(values)[int(0.95 * (len(values) - 1))], 2)


def rows_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    minutes = round(found["relate_mean_ms"] * found["notices"] / 60_000, 2)
    return [
        {
            "what": f"show ID --as-of D, {found['notices']:,} notices, p95",
            "value": found["show_p95_ms"], "unit": "ms", "budget": "<= 100 ms",
            "ok": found["show_p95_ms"] <= 100,
        },
        {
            "what": "an act that comes: its relations and what they do, p95",
            "value": found["relate_p95_ms"], "unit": "ms", "budget": "<= 50 ms",
            "ok": found["relate_p95_ms"] <= 50,
        },
        {
            "what": f"the ledger of {found['notices']:,} notices built anew",
            "value": minutes, "unit": "min", "budget": "<= 10 min", "ok": minutes <= 10,
        },
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--notices", type=int, default=100_000)
    parser.add_argument("--families", type=int, default=50)
    parser.add_argument("--quick", action="store_true", help="2,000 notices, 5 families")
    arguments = parser.parse_args()
    notices, families = arguments.notices, arguments.families
    if arguments.quick:
        notices, families = 2_000, 5
    with tempfile.TemporaryDirectory() as folder:
        found = measure(families, notices, Path(folder))
    print(json.dumps({"rows": rows_of(found), "runs": [found]}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
