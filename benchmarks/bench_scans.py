"""Reading scanned pages: wrong characters, facts, processor time and memory.

Prints one JSON object. The pages are drawn here with the fonts of this machine, in three types
and four sizes, with figures redrawn for each, and then spoilt as scanners spoil them: noise, blur,
lean, quarter turns, seals, JPEG. Read in the product's own child process, one page at a time.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

from rapidfuzz.distance import Levenshtein

from classifier.facts import extract_facts_from_text
from crawler.extract.scans.scan_engine import is_available
from crawler.extract.scans.scan_reader import ScanReader
from domain.records.scan import Spans
from domain.records.states import FactKind
from tests.fakes import scans

PAGES = 24
SIZES = (16, 14, 12, 10.5)
_FACTS = {FactKind.FINE, FactKind.DEADLINE, FactKind.EFFECTIVE_DATE, FactKind.THRESHOLD}
_WIDTH = 450  # points of a line
_SENTENCES = (
    "第{n}条 综合利用企业应当自收到废旧动力电池之日起{a}个工作日内，通过国家溯源平台报送信息。",
    "第{n}条 违反本办法规定，未按要求报送溯源信息的，责令改正，处{b}万元以上{c}万元以下罚款。",
    "第{n}条 镍钴锰综合回收率应不低于{d}%，锂回收率应不低于{e}%，能耗不高于{f}千克标准煤每吨。",
    "第{n}条 回收拆解企业应当建立台账，如实记录车辆识别代号和电池编码，保存期限不少于{g}年。",
    "第{n}条 梯次利用产品应当符合《车用动力电池回收利用》系列标准要求，并粘贴可追溯标识。",
    "第{n}条 本办法自{y}年{m}月{k}日起施行，有效期{g}年。",
)


class Spoilt(NamedTuple):
    """One page: its words and what became of them."""

    kind: str
    sentences: list[str]
    body: bytes


def pages(count: int, seed: int = 5) -> Iterator[Spoilt]:
    """So many pages, the kinds of damage in turn."""
    rng = random.Random(seed)
    kinds = ("clean", "noisy", "askew", "turned 90", "turned 180", "seal", "fine noise", "jpeg")
    for number in range(count):
        kind = kinds[number % len(kinds)]
        size = SIZES[number // 2 % len(SIZES)]
        sentences = [_redrawn(rng, n) for n in range(1, 7)]
        lines = [line for sentence in sentences for line in _broken(sentence, size)]
        yield Spoilt(kind, sentences, _body(kind, lines, size, number))


def _redrawn(rng: random.Random, number: int) -> str:
    low = rng.randint(1, 30)
    return _SENTENCES[(number - 1) % len(_SENTENCES)].format(
        n="一二三四五六"[number - 1], a=rng.choice((5, 10, 15, 20, 30)), b=low,
        c=low + rng.randint(1, 70), d=rng.randint(90, 99),
        e=f"{rng.randint(80, 96)}.{rng.randint(1, 9)}", f=rng.randint(100, 4000),
        g=rng.randint(2, 10), y=rng.choice((2026, 2027)),
        m=rng.randint(1, 12), k=rng.randint(1, 28),
    )  # fmt: skip


def _broken(sentence: str, size: float) -> list[str]:
    """The sentence in lines of the page, the first set back."""
    lines, line = [], "　　"
    for word in re.findall(r"[!-~]+|.", sentence):
        if len(line) + len(word) > _WIDTH / size:
            lines.append(line)
            line = ""
        line += word
    return [*lines, line]


def _body(kind: str, lines: list[str], size: float, seed: int) -> bytes:
    sheet = scans.drawn(lines, size=size)
    if kind == "seal":
        sheet = scans.stamped(sheet, 400, 72 + 1.75 * size * (len(lines) - 1))
    if kind == "clean":
        return scans.as_pdf([sheet])
    noise = {"noisy": 22.0, "fine noise": 30.0, "jpeg": 10.0}.get(kind, 14.0)
    lean = {"askew": 2.2, "noisy": -0.8}.get(kind, 0.5)
    spoilt = scans.scanned(sheet, askew=lean, noise=noise, seed=seed)
    if kind.startswith("turned"):
        spoilt = spoilt.rotate(int(kind.split()[1]), expand=True)
    return scans.as_pdf([spoilt], quality=35 if kind == "jpeg" else 80)


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _values(text: str, unsure: Spans = ()) -> dict[str, bool]:
    """The facts of a text, and whether each is marked as not sure."""
    doubtful = {_bare(text[max(0, start - 3) : end + 3]) for start, end in unsure}
    return {
        f"{fact.kind}|{fact.value!r}": any(part in _bare(fact.quote) for part in doubtful)
        for fact in extract_facts_from_text(text, "办法")
        if fact.kind in _FACTS
    }


def measure(count: int) -> dict[str, Any]:
    """Read the pages and compare."""
    wrong: dict[str, int] = {}
    characters = facts = right_facts = wrong_facts = marked = 0
    children = resource.RUSAGE_CHILDREN
    before = resource.getrusage(children)
    with ScanReader() as reader:
        started = time.monotonic()
        for page in pages(count):
            step = reader.next_page("a.pdf", page.body, {})
            read, words = step.file.text, _bare("".join(page.sentences))
            errors = Levenshtein.editops(words, _bare(read))
            wrong[page.kind] = wrong.get(page.kind, 0) + len(errors)
            characters += len(words)
            unsure = step.file.scans.unsure
            marked += sum(end - start for start, end in unsure)
            true, told = _values("\n".join(map(_bare, page.sentences))), _values(read, unsure)
            facts += len(true)
            right_facts += len(true.keys() & told.keys())
            wrong_facts += sum(
                not doubtful for value, doubtful in told.items() if value not in true
            )
        wall = time.monotonic() - started
    used = resource.getrusage(children)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    figures = {
        "wrong characters": (100 * sum(wrong.values()) / characters, "%", 0.3),
        "facts read right": (100 * right_facts / facts, "%", None),
        "wrong facts without a mark": (wrong_facts, f"of {facts}", None),
        "characters marked as not sure": (100 * marked / characters, "%", None),
        "processor time a page": (cpu / count, "CPU-s", 8),
        "memory of the child": (used.ru_maxrss / 1024, "MiB", 1200),
    }
    rows = [_row(what, *figure) for what, figure in figures.items()]
    notes = [f"{count} pages, {characters} characters, {wall:.0f} s; wrong by kind: {wrong}"]
    return {"rows": rows, "notes": notes}


def _row(what: str, value: float, unit: str, most: float | None) -> dict[str, Any]:
    within = None if most is None else value <= most
    budget = "" if most is None else f"≤ {most:g} {unit}"
    return {"what": what, "value": round(value, 3), "unit": unit, "budget": budget, "ok": within}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a third of the pages")
    count = PAGES // 3 if parser.parse_args().quick else PAGES
    if not is_available():
        print(json.dumps({"rows": [], "notes": ["the extra ocr is not installed"]}))
        return
    print(json.dumps(measure(count), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
