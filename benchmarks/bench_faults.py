"""Imports killed with SIGKILL at random moments, two at once, and a full disk, as users meet them.

Prints one JSON object. Every run is the real command in a process of its own; afterwards the
export must hold each notice of the file exactly once, and the archive must verify.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-c", "from noticewatch.cli.main import main; main()"]


def write_notices(path: Path, first: int, count: int) -> list[str]:
    """Notices that are not alike; their addresses."""
    dice = random.Random(first)
    urls = []
    with path.open("w", encoding="utf-8") as file:
        for number in range(first, first + count):
            text = "".join(chr(0x4E00 + dice.randrange(3000)) for _ in range(500))
            urls.append(f"https://www.x{number % 7}.gov.cn/{number}.html")
            line = {
                "url": urls[-1],
                "title": f"关于{text[:8]}第{number}号事项的通知",
                "text": text,
                "published": "2026-01-01",
                "document_number": f"甲发〔2026〕{number + 1}号",
            }
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return urls


def command(folder: Path, *arguments: str) -> list[str]:
    return [*COMMAND, "--data-dir", str(folder), *arguments]


def start(folder: Path, source: Path) -> subprocess.Popen[bytes]:
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command(folder, "import", str(source)), stdout=quiet, stderr=quiet)


def wrong_counts(folder: Path, urls: list[str]) -> dict[str, int]:
    """What the export has lost or holds twice, and the problems that the check finds."""
    done = subprocess.run(command(folder, "export"), capture_output=True, check=True)
    notices = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    found = Counter(copy["url"] for notice in notices for copy in notice["postings"])
    versions = sum(len(copy["versions"]) for notice in notices for copy in notice["postings"])
    check = subprocess.run(command(folder, "doctor", "--verify"), capture_output=True, check=False)
    return {
        "lost": len(set(urls) - set(found)),
        "double": sum(n - 1 for n in found.values()) + versions - len(found),
        "problems": check.stdout.decode().count("error"),
    }


def killed(folder: Path, source: Path, urls: list[str], times: int) -> dict[str, int]:
    """Import again and again, killed at a random moment of its work each time."""
    dice = random.Random(11)
    idle = 0
    for _ in range(times):
        process = start(folder, source)
        time.sleep(dice.uniform(0.3, 2.0))
        idle += process.poll() is not None
        process.send_signal(signal.SIGKILL)
        process.wait()
    start(folder, source).wait()
    return {**wrong_counts(folder, urls), "had ended before the kill": idle}


def two_at_once(folder: Path, parts: list[Path], urls: list[str]) -> dict[str, int]:
    for process in [start(folder, part) for part in parts]:
        process.wait()
    return wrong_counts(folder, urls)


def full_disk(folder: Path, source: Path, urls: list[str]) -> dict[str, int]:
    """No file may grow over one megabyte; then there is room again."""
    limited = subprocess.run(
        command(folder, "import", str(source)), capture_output=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)),
    )  # fmt: skip
    said = limited.returncode == 1 and limited.stderr.startswith(b"Error: ")
    start(folder, source).wait()
    return {**wrong_counts(folder, urls), "unclear": int(not said)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--notices", type=int, default=10_000)
    parser.add_argument("--quick", action="store_true", help="10 kills, 300 notices")
    given = parser.parse_args()
    kills, count = (10, 300) if given.quick else (given.kills, given.notices)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [folder / "one.jsonl", folder / "two.jsonl"]
        urls = [write_notices(path, n * count, count) for n, path in enumerate(sources)]
        wrong: dict[str, dict[str, int]] = {
            f"import of {count} notices killed {kills} times": killed(
                folder / "killed", sources[0], urls[0], kills
            ),
            "two imports at once": two_at_once(folder / "two", sources, urls[0] + urls[1]),
            "an import on a full disk, then with room": full_disk(
                folder / "full", sources[0], urls[0]
            ),
        }
    rows: list[dict[str, Any]] = [
        {"what": f"{what}: {name}", "value": value, "budget": "0", "ok": value == 0}
        for what, counted in wrong.items()
        for name, value in counted.items()
    ]
    print(json.dumps({"rows": rows}, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
