"""``python -m benchmarks.fuzz --inputs 1000000``: hostile bytes for every parser.

Three engines share the targets of :mod:`benchmarks.fuzz_targets`: ``mutate`` (seeded, fast, the
bulk), ``hypothesis`` (shrinks what it finds) and ``atheris`` (guided by coverage; only where
that package is installed). An exception that a parser's contract does not name, a broken
promise or an input that takes longer than five seconds is a finding: it is written to
``benchmarks/results/`` and the run ends with exit code 1.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import signal
import sys
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.fuzz_targets import TARGETS, Target
from tests.fakes.files import zipped

RESULTS = Path(__file__).parent / "results"
HANG_SECONDS = 5.0
MOST_FINDINGS = 20
MOST_BYTES = 40_000
ZIP = b"PK\x03\x04"
NASTY = (
    "\0", "\u2028", "\u202e", "\ufeff", "\ud7ff", "𠮷", "９", "〇", "零", "兆", "〔〔", "年月日",
    "<!--", "]]>", "</td", '"', "&#x110000;", "&nbsp;", "-1", "9" * 30, "1e999", "2026", "号",
    "NaN", "{", "[", "\\u", "javascript:", "//", "data:", "%00", "..", "null", "第", "条", "万元",
)  # fmt: skip


class Hang(Exception):
    """An input took too long."""


@dataclass
class Tally:
    """What one target went through."""

    inputs: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    findings: list[dict[str, Any]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    def ring(*_: object) -> None:
        raise Hang(f"longer than {seconds} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def attempt(target: Target, data: bytes, tally: Tally) -> bool:
    """One input; False and a finding, each place in the code once, when the target broke."""
    started = time.perf_counter()
    tally.inputs += 1
    try:
        with alarm(HANG_SECONDS):
            target.check(data)
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        frame = frames[-2 if isinstance(error, Hang) else -1]
        kind = f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}"
        if kind not in tally.kinds and len(tally.findings) < MOST_FINDINGS:
            tally.kinds.add(kind)
            finding = {"kind": kind, "message": str(error)[:200], "input_hex": data.hex()}
            tally.findings.append(finding)
            print(f"  {target.name}: {kind}: {str(error)[:100]}", file=sys.stderr)
        return False
    finally:
        tally.slowest = max(tally.slowest, time.perf_counter() - started)
    return True


# ------------------------------------------------------------------ making inputs


def mutated(chance: random.Random, seeds: list[bytes]) -> bytes:
    """A seed with one to six wounds; inside the members of a zip, its container left whole."""
    seed = chance.choice(seeds)
    if seed.startswith(ZIP) and chance.random() < 0.7:
        return _in_zip(chance, seed)
    data = bytearray(seed)
    for _ in range(chance.randint(1, 6)):
        chance.choice(WOUNDS)(chance, data, seeds)
    return bytes(data[:MOST_BYTES])


def _in_zip(chance: random.Random, seed: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(seed)) as archive:
        members: dict[str, bytes | str] = {n: archive.read(n) for n in archive.namelist()}
    name = chance.choice(list(members))
    wounded = bytearray(members.pop(name) or b"x")  # type: ignore[arg-type]
    for _ in range(chance.randint(1, 4)):
        chance.choice(WOUNDS)(chance, wounded, [seed])
    if chance.random() < 0.1:
        name = chance.choice(("../../x", "a\\b", "/", "附件.zip", "x" * 300))
    members[name] = bytes(wounded[:MOST_BYTES])
    return zipped(members)


def _flip(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    for _ in range(chance.randint(1, 4)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)


def _cut(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    start = chance.randrange(len(data) + 1)
    del data[start : start + chance.choice((1, 3, 30, len(data)))]


def _repeat(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice((3, 9, 60))]
    data[start:start] = part * chance.choice((1, 2, 40))


def _insert(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    start = chance.randrange(len(data) + 1)
    data[start:start] = chance.choice(NASTY).encode("utf-8", "replace")


def _splice(chance: random.Random, data: bytearray, seeds: list[bytes]) -> None:
    other = chance.choice(seeds)
    start, size = chance.randrange(len(other) + 1), chance.choice((6, 30, 400))
    place = chance.randrange(len(data) + 1)
    data[place : place + chance.choice((0, size))] = other[start : start + size]


def _digits(chance: random.Random, data: bytearray, _: list[bytes]) -> None:
    for place, byte in enumerate(data[:2000]):
        if 48 <= byte <= 57 and chance.random() < 0.3:
            data[place] = chance.randrange(48, 58)


WOUNDS: tuple[Callable[[random.Random, bytearray, list[bytes]], None], ...] = (
    _flip, _cut, _repeat, _insert, _splice, _digits, _insert, _splice,
)  # fmt: skip


# ------------------------------------------------------------------ engines


def by_mutation(target: Target, count: int, seed: int, tally: Tally) -> None:
    chance = random.Random(f"{seed} {target.name}")
    seeds = list(target.seeds())
    for data in seeds[:count]:
        attempt(target, data, tally)
    for _ in range(max(0, count - len(seeds))):
        attempt(target, mutated(chance, seeds), tally)


def by_hypothesis(target: Target, count: int, _: int, tally: Tally) -> None:
    """Seeds with a hole filled by any text or bytes, and plain bytes; failures are shrunk."""
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    seeds = list(target.seeds())
    filling = st.text(max_size=60).map(lambda text: text.encode("utf-8", "replace"))
    holes = st.tuples(st.sampled_from(seeds), st.floats(0, 1), st.integers(0, 40), filling)

    def filled(parts: tuple[bytes, float, int, bytes]) -> bytes:
        whole, place, gone, new = parts
        at = int(place * len(whole))
        return whole[:at] + new + whole[at + gone :]

    @settings(
        max_examples=count, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.one_of(holes.map(filled), st.binary(max_size=400), filling))
    def search(data: bytes) -> None:
        assert attempt(target, data, tally)

    with contextlib.suppress(AssertionError, BaseExceptionGroup):
        search()


def by_atheris(target: Target, count: int, seed: int, tally: Tally) -> None:
    """Coverage-guided; libFuzzer leaves the process at its end, so each run gets a fork."""
    import os
    import tempfile

    import atheris  # type: ignore[import-not-found,unused-ignore]

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, data in enumerate(target.seeds()):
            (corpus / str(number)).write_bytes(data[:MOST_BYTES])
        report = Path(folder) / "report.json"
        child = os.fork()
        if child == 0:

            def one(data: bytes) -> None:
                attempt(target, bytes(data), tally)
                if tally.inputs % 500 == 0 or tally.findings or tally.inputs >= count:
                    kept = {"inputs": tally.inputs, "findings": tally.findings}
                    report.write_text(json.dumps({**kept, "slowest": tally.slowest}))

            atheris.instrument_all()
            arguments = [sys.argv[0], f"-runs={count}", f"-seed={seed + 1}", "-verbosity=0"]
            atheris.Setup([*arguments, f"-max_len={MOST_BYTES}", str(corpus)], one)
            atheris.Fuzz()
            os._exit(0)
        os.waitpid(child, 0)
        kept = json.loads(report.read_text()) if report.exists() else {"inputs": 0, "findings": []}
    tally.inputs += kept["inputs"]
    tally.findings += kept["findings"]
    tally.slowest = max(tally.slowest, kept.get("slowest", 0.0))


ENGINES = {"mutate": by_mutation, "hypothesis": by_hypothesis, "atheris": by_atheris}


# ------------------------------------------------------------------ the run


def fuzz(inputs: int, engine: str, seed: int, only: list[str]) -> dict[str, Any]:
    """Every target with its share of the inputs."""
    chosen = [target for target in TARGETS if not only or target.name in only]
    shares = sum(target.share for target in chosen)
    rows = []
    for target in chosen:
        tally = Tally()
        started = time.monotonic()
        ENGINES[engine](target, round(inputs * target.share / shares), seed, tally)
        tally.seconds = time.monotonic() - started
        rows.append(
            {
                "target": target.name, "inputs": tally.inputs, "findings": tally.findings,
                "seconds": round(tally.seconds, 1), "slowest_ms": round(tally.slowest * 1000, 1),
            }
        )  # fmt: skip
        print(
            f"{target.name}: {tally.inputs} inputs, {len(tally.findings)} findings, "
            f"{tally.seconds:.0f} s, slowest {tally.slowest * 1000:.0f} ms",
            file=sys.stderr,
        )
    return {
        "engine": engine,
        "seed": seed,
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "inputs": sum(row["inputs"] for row in rows),
        "findings": sum(len(row["findings"]) for row in rows),
        "targets": rows,
    }


def keep(result: dict[str, Any]) -> Path:
    """One file an engine; other engines' results stay."""
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"fuzz_{result['engine']}.json"
    path.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--engine", choices=list(ENGINES), default="mutate")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--target", action="append", default=[], help="only this one")
    parser.add_argument("--no-write", action="store_true", help="leave benchmarks/results alone")
    arguments = parser.parse_args()
    result = fuzz(arguments.inputs, arguments.engine, arguments.seed, arguments.target)
    if not arguments.no_write:
        print(f"written to {keep(result)}", file=sys.stderr)
    print(json.dumps({key: result[key] for key in ("engine", "inputs", "findings")}))
    sys.exit(1 if result["findings"] else 0)


if __name__ == "__main__":
    main()
