"""Keep the answers of a source, and what was understood of them, as a replay folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from crawler.adapters.adapter import ListResponse
    from crawler.discovery.probe import Recorded


@dataclass(frozen=True, kw_only=True)
class SourceCapture:
    """A pass that was kept. ``faithful``: a replay of the folder reads the same again."""

    recorded: Recorded
    folder: Path
    answers: int
    faithful: bool


def capture_source(
    app: Application,
    key: str,
    out: Path,
    *,
    notices: int | None,
    heard: Callable[[ListResponse], None] | None = None,
) -> SourceCapture:
    """Poll one source into a scratch archive, so many notices of each list (None: all), and
    write every answer below ``out``."""
    from crawler.discovery.probe import ProbeError, record
    from crawler.replay import Recordings

    source = app.pick_sources((key,))[0]
    folder = out / key
    try:
        recorded = record(source, app.platforms, notices=notices, on_response=heard)
    except ProbeError as error:
        raise NoticewatchError(str(error)) from error
    if not recorded.notices:
        reason = recorded.run.reason or "no notice could be read"
        raise NoticewatchError(f"{key} is {recorded.run.state}: {reason}; nothing was kept")
    answers = Recordings.write(folder, recorded.answers)
    expected = captured_json(recorded, notices)
    (folder / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    replayed = record(source, app.platforms, notices=notices, replay=folder)
    faithful = captured_json(replayed, notices) == expected
    return SourceCapture(recorded=recorded, folder=folder, answers=answers, faithful=faithful)


def captured_json(recorded: Recorded, most: int | None = None) -> dict[str, Any]:
    """What was understood of a pass, without what differs from one to the next; ``most`` is how
    many notices of each list were read (None: all)."""
    return {
        "rows": recorded.run.rows,
        "most": most,
        "notices": [
            {
                "url": notice.url,
                "title": notice.title,
                "published": notice.published.isoformat() if notice.published else None,
                "document_number": notice.document_number,
                "issuers": list(notice.issuers),
                "text": version.text,
                "attachments": [
                    {"name": file.name, "url": file.url, "status": str(file.status)}
                    for file in version.attachments
                ],
            }
            for notice in recorded.notices
            for version in [notice.postings[0].versions[-1]]
        ],
    }
