"""Classifying in a process of its own, started by the service when there is work.

The model lives and dies with it, so that the service stays small; a crash of native code or a
hang costs one process. It ends with its standard input, so that ``kill -9`` of the service
leaves no orphan.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.paths import child_environment
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

SILENT_SECONDS = 600.0


class StageFailed(Exception):
    """The process ended badly or fell silent; the message says how."""


@dataclass(frozen=True, kw_only=True)
class StageResult:
    """What one run of the process did."""

    classified: int = 0
    rules_only: bool = False
    errors: tuple[str, ...] = ()
    not_read_whole: tuple[str, ...] = ()


async def classify_apart(
    app: Application, progress: Callable[[int], None], *, silent_seconds: float = SILENT_SECONDS
) -> StageResult:
    """Run the process until nothing is left to classify. Cancelling ends it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "noticewatch.daemon.stage_process",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        env=child_environment(),
    )  # fmt: skip
    assert process.stdin is not None
    assert process.stdout is not None
    report: dict[str, Any] = {}
    try:
        process.stdin.write(json.dumps(app_options(app)).encode() + b"\n")
        await process.stdin.drain()
        while line := await asyncio.wait_for(process.stdout.readline(), silent_seconds):
            news = json.loads(line)
            if "failed" in news:
                raise StageFailed(news["failed"])
            progress(news["classified"])
            report = news if news.get("done") else report
        code = await asyncio.wait_for(process.wait(), 30)
    except TimeoutError as error:
        raise StageFailed(f"no sign of life for {silent_seconds:.0f} s") from error
    except (OSError, ValueError) as error:
        raise StageFailed(f"the process broke off: {error}") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if code or not report:
        raise StageFailed(f"the process ended with {code}")
    return StageResult(
        classified=report["classified"],
        rules_only=report["rules_only"],
        errors=tuple(report["errors"]),
        not_read_whole=tuple(report.get("not_read_whole", ())),
    )


def app_options(app: Application) -> dict[str, Any]:
    """The global options as another process needs them."""
    given = {
        "config": app.config, "data_dir_option": app.data_dir_option,
        "sources_dir_option": app.sources_dir_option,
    }  # fmt: skip
    options = {name: str(path) for name, path in given.items() if path is not None}
    return {**options, "part_of": app.seat.id} if app.seat else options


def _end_with_input() -> None:
    """The service closed the pipe or died: nothing here is worth finishing."""
    while os.read(0, 1024):  # not through a buffer, whose lock would outlive the main thread
        pass
    os._exit(0)


def _first_line() -> bytes:
    line = b""
    while not line.endswith(b"\n") and (part := os.read(0, 1)):
        line += part
    return line


def main() -> None:
    from archive.errors import ArchiveError
    from config.loader import ConfigError
    from noticewatch.application import pipeline
    from noticewatch.application.logging_setup import set_up_logging
    from noticewatch.application.workers.seating import new_seat, seated

    line = _first_line()
    if not line.endswith(b"\n"):  # the service was gone before it had said what to do
        return
    options = json.loads(line)
    threading.Thread(target=_end_with_input, daemon=True).start()
    part_of = options.pop("part_of", "")
    app = Application()
    for name, text in options.items():
        setattr(app, name, Path(text))
    set_up_logging(app.settings)
    try:
        with seated(app, new_seat(app, part_of=part_of)), app.archive() as archive:
            report = pipeline.classify_stage(
                app, archive, progress=lambda count: _say(classified=count)
            )
    except (ArchiveError, ConfigError, NoticewatchError) as error:  # one sentence, no traceback
        _say(failed=str(error))
        return
    _say(
        classified=report.classified, rules_only=report.rules_only, errors=report.errors,
        not_read_whole=report.not_read_whole, done=True,
    )  # fmt: skip


def _say(**news: Any) -> None:
    sys.stdout.write(json.dumps(news, ensure_ascii=True) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
