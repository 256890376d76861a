"""``python -m benchmarks.cost``: does every reader's time and memory grow in line with its input?

Each input repeats one part of one of the product's own patterns (:mod:`.pattern_pumps`), at two
sizes. A finding is an input of the larger size that takes more than :data:`SLOW_SECONDS` and
more than :data:`FACTOR` times as long for each character as the smaller one, or more than
:data:`MOST_SECONDS` at all, or more memory than :data:`MOST_BYTES` a kilobyte. It is written to
``benchmarks/results/cost.json`` and the run ends with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
import tracemalloc
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.cost_readers import READERS, Reader
from benchmarks.pattern_pumps import Unit, patterns, pumped, units
from classifier.time_limit import TimeUp, time_limit

ROOT = Path(__file__).parent.parent
RESULTS = Path(__file__).parent / "results"
SMALL, LARGE = 4_000, 16_000
FACTOR = 2.0  # of time a character, from the small to the large size
SLOW_SECONDS = 0.25  # less is noise
MOST_SECONDS = 4.0  # for the large size, and a quarter of it for the small one
MOST_BYTES = 400_000  # of memory for a kilobyte of input, on top of SPARE_BYTES
SPARE_BYTES = 8_000_000
_MEASURED = 40  # inputs a reader whose memory is measured: that takes its own time


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """An input that costs more than its size allows."""

    reader: str
    kind: str
    unit: Unit
    measured: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What one reader went through."""

    reader: str
    inputs: int
    slowest_ms_per_kb: float
    slowest: Unit
    most_kb_per_kb: float
    seconds: float


def seconds_of(reader: Reader, text: str) -> float:
    """What one reading takes; :data:`MOST_SECONDS` for one that was stopped then."""
    started = time.process_time()
    try:
        with time_limit(MOST_SECONDS):
            reader.read(text)
    except TimeUp:
        return MOST_SECONDS
    except ValueError:
        pass  # a refusal in the reader's own words
    return time.process_time() - started


def bytes_of(reader: Reader, text: str) -> int:
    """The most memory that one reading held."""
    tracemalloc.start()
    try:
        with time_limit(10 * MOST_SECONDS):
            reader.read(text)
    except (TimeUp, ValueError):
        pass
    finally:
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    return held


def too_slow(reader: Reader, unit: Unit) -> tuple[float, Finding | None]:
    """Seconds for the small size, and the finding where the large one costs out of proportion."""
    small = seconds_of(reader, pumped(unit, SMALL))
    if small < SLOW_SECONDS * SMALL / LARGE / FACTOR:  # even its square is no trouble yet
        return small, None
    large = seconds_of(reader, pumped(unit, LARGE))
    linear = large < SLOW_SECONDS or large < small * FACTOR * LARGE / SMALL
    if linear and large < MOST_SECONDS and small < MOST_SECONDS * SMALL / LARGE:
        return small, None
    told = f"{small * 1000:.0f} ms for {SMALL} characters, {large * 1000:.0f} ms for {LARGE}"
    return small, Finding(reader=reader.name, kind="time", unit=unit, measured=told)


def too_large(reader: Reader, unit: Unit) -> tuple[float, Finding | None]:
    """Bytes of memory a byte of input, and the finding where that is too much."""
    text = pumped(unit, LARGE)
    held = max(0, bytes_of(reader, text) - SPARE_BYTES)
    size = len(text.encode("utf-8", "replace"))
    if held <= MOST_BYTES * size / 1024:
        return held / size, None
    told = f"{held >> 10} KiB for {size >> 10} KiB"
    return held / size, Finding(reader=reader.name, kind="memory", unit=unit, measured=told)


def examine(reader: Reader, chosen: Sequence[Unit]) -> tuple[Outcome, list[Finding]]:
    """One reader with its inputs."""
    reader.read(pumped(("", "一", ""), 100))  # what is loaded once is not counted
    started = time.monotonic()
    slowest: tuple[float, Unit] = (0.0, ("", "", ""))
    most = 0.0
    findings: list[Finding] = []
    for number, unit in enumerate(chosen):
        seconds, found = too_slow(reader, unit)
        slowest = max(slowest, (seconds, unit))
        findings += [found] if found else []
        if number < _MEASURED:
            ratio, found = too_large(reader, unit)
            most = max(most, ratio)
            findings += [found] if found else []
    outcome = Outcome(
        reader=reader.name,
        inputs=len(chosen),
        slowest_ms_per_kb=round(slowest[0] * 1_000_000 / SMALL, 2),
        slowest=slowest[1],
        most_kb_per_kb=round(most, 1),
        seconds=round(time.monotonic() - started, 1),
    )
    return outcome, findings


def run(inputs: int, seed: int, readers: Sequence[Reader], place: str = "") -> dict[str, object]:
    """Every reader with its share of the inputs, chosen by ``seed`` from the patterns that stand
    under ``place``."""
    used = [one for one in patterns(ROOT) if one.where.startswith(place)]
    known = list({unit: None for one in used for unit in units(one.pattern)})
    chance = random.Random(seed)
    chance.shuffle(known)
    share = min(len(known), max(1, inputs // len(readers)))
    outcomes, findings = [], []
    for number, reader in enumerate(readers):
        start = number * share % len(known)
        outcome, found = examine(reader, (known + known)[start : start + share])
        outcomes.append(asdict(outcome))
        findings += found
        print(f"{outcome} {len(found)} findings", file=sys.stderr, flush=True)
        for one in found[:10]:
            print(f"  {one.kind}: {one.unit!r} {one.measured}", file=sys.stderr, flush=True)
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": seed,
        "inputs": sum(int(str(one["inputs"])) for one in outcomes),
        "beyond": len(findings),
        "findings": [asdict(one) for one in findings[:200]],
        "readers": outcomes,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--patterns", default="", help="only those of files whose path begins so")
    parser.add_argument("--reader", action="append", default=[], help="only this one")
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    arguments = parser.parse_args()
    wanted = [one for one in READERS if not arguments.reader or one.name in arguments.reader]
    result = run(arguments.inputs, arguments.seed, wanted, arguments.patterns)
    if not arguments.no_write:
        RESULTS.mkdir(exist_ok=True)
        told = json.dumps(result, ensure_ascii=False, indent=2) + "\n"
        (RESULTS / "cost.json").write_text(told, encoding="utf-8")
    print(json.dumps({"inputs": result["inputs"], "beyond": result["beyond"]}))
    sys.exit(1 if result["beyond"] else 0)


if __name__ == "__main__":
    main()
