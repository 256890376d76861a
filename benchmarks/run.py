"""Run every benchmark, each in a process of its own, and write results.json and a table.

Each ``bench_*.py`` prints one JSON object: ``{"rows": [{"what", "value", "unit", "reference",
"ratio", "budget", "ok"}], "notes": [...]}``. Ratios are taken within one run on one machine;
absolute figures belong to the machine that results.json describes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def run_one(path: Path, arguments: list[str]) -> dict[str, Any]:
    """The JSON that a benchmark prints last, or its failure."""
    command = [sys.executable, "-m", f"benchmarks.{path.stem}", *arguments]
    done = subprocess.run(command, cwd=HERE.parent, capture_output=True, text=True, check=False)
    sys.stderr.write(done.stderr[-2000:])
    if done.returncode:
        return {"rows": [], "notes": [f"failed with exit code {done.returncode}"]}
    result: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])
    return result


def machine() -> dict[str, Any]:
    return {
        "python": platform.python_version(),
        "system": platform.platform(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
    }


def as_table(results: dict[str, Any]) -> str:
    lines = [
        "| benchmark | what | value | beside | ratio | budget | |",
        "|---|---|---|---|---|---|---|",
    ]
    for name, result in results.items():
        for row in result["rows"]:
            cells = [
                name,
                row["what"],
                f"{row['value']:g} {row.get('unit', '')}".strip(),
                str(row.get("reference") or ""),
                f"{row['ratio']:.2f}" if row.get("ratio") is not None else "",
                str(row.get("budget", "")),
                {True: "within", False: "OVER", None: ""}[row.get("ok")],
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "only", nargs="*", help="names such as search, diff, poll, classify; the others' are kept"
    )
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a first look")
    arguments = parser.parse_args()
    kept = HERE / "results.json"
    results = json.loads(kept.read_text())["results"] if arguments.only and kept.exists() else {}
    for path in sorted(HERE.glob("bench_*.py")):
        name = path.stem.removeprefix("bench_")
        if arguments.only and name not in arguments.only:
            continue
        print(f"… {name}", file=sys.stderr)
        result = run_one(path, ["--quick"] if arguments.quick else [])
        results[name] = {**result, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        keep(results)
    print(as_table(results))


def keep(results: dict[str, Any]) -> None:
    """Write what has been measured so far: a run that is ended keeps what it has."""
    document = {"machine": machine(), "results": results}
    (HERE / "results.json").write_text(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    (HERE / "results.md").write_text(as_table(results))


if __name__ == "__main__":
    main()
