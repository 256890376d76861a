"""Write the reference pages from the program itself: ``make docs``.

``commands.md`` from the command line's own help, ``settings.md`` from the settings model and
the sentences that stand under its fields, ``sources.md`` from the source files. A test compares
the pages with what this writes, so they cannot fall behind.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import click
from pydantic import BaseModel

from config import model, people
from config.loader import load_sources
from config.machines import border, worker_roles
from config.model import Settings, Source
from noticewatch.cli.main import cli

HERE = Path(__file__).parent
README = HERE.parent / "README.md"
BENCHMARKS = HERE.parent / "benchmarks"
MADE = "<!-- Made by `make docs`: change the program, not this page. -->\n"
GLOBAL = {"config_", "data_dir_", "sources_dir_", "json_", "debug_", "help"}
LEVELS = {
    "live": "read by noticewatch itself",
    "recorded": "its selectors were tested on recorded responses",
    "reported": "another project reports having read it",
    "inferred": "address and shape inferred; expect some to be wrong",
}


# ------------------------------------------------------------------------ commands


def commands(group: click.Group = cli, name: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command with its full name."""
    for part, command in sorted(group.commands.items()):
        full = f"{name} {part}".strip()
        if isinstance(command, click.Group):
            yield from commands(command, full)
        else:
            yield full, command


def commands_page() -> str:
    lines = [
        "# Commands\n", MADE,
        "Exit codes: 0 done · 1 error, in one sentence · 2 wrong usage · 3 done, but a source or a "
        "delivery is not well.\n",
        "These options stand before or after any command:\n", *_options(cli, GLOBAL - {"help"}),
    ]  # fmt: skip
    for name, command in commands():
        usage = " ".join([name, *(_argument(p) for p in _arguments(command))])
        lines += [f"\n## {usage}\n", _paragraph(command.help or "")]
        options = _options(command, {p.name for p in command.params if p.name} - GLOBAL)
        lines += ["", *options] if options else []
    return "\n".join(lines) + "\n"


def _arguments(command: click.Command) -> list[click.Argument]:
    return [p for p in command.params if isinstance(p, click.Argument)]


def _argument(parameter: click.Argument) -> str:
    name = (parameter.metavar or parameter.name or "").upper().strip("[]")
    shown = f"{name}…" if parameter.nargs == -1 else name
    return shown if parameter.required else f"[{shown}]"


def _options(command: click.Command, names: set[str]) -> list[str]:
    with click.Context(command) as ctx:
        records = [
            record
            for parameter in command.params
            if isinstance(parameter, click.Option) and parameter.name in names
            for record in [parameter.get_help_record(ctx)]
            if record
        ]
    return [f"- `{flags}` {_paragraph(text)}".rstrip() for flags, text in records]


def _paragraph(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\b", "")).strip()


# ------------------------------------------------------------------------ settings


def field_sentences() -> dict[str, dict[str, str]]:
    """The sentence under each field of a class of the settings."""
    modules = (model, people, worker_roles, border)
    files = [Path(str(module.__file__)) for module in modules]
    nodes = [node for file in files for node in ast.parse(file.read_text(encoding="utf-8")).body]
    found: dict[str, dict[str, str]] = {}
    for node in nodes:
        if not isinstance(node, ast.ClassDef):
            continue
        sentences = found.setdefault(node.name, {})
        for field, after in zip(node.body, node.body[1:], strict=False):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                sentences[field.target.id] = _paragraph(str(after.value.value))
    return found


def settings_page() -> str:
    lines = [
        "# Settings\n", MADE,
        "`noticewatch.yml`; every key is optional. Secrets never stand in it: a key that ends in "
        "`_env` names the environment variable that holds one. `noticewatch init` writes a first "
        "file.\n",
    ]  # fmt: skip
    for heading, described in settings_models():
        lines += [f"\n## {heading}\n", "| key | values | default | |", "|---|---|---|---|"]
        lines += [_row(described, name) for name in described.model_fields]
    return "\n".join(lines) + "\n"


def settings_models() -> list[tuple[str, type[BaseModel]]]:
    """Every model that the settings file is made of, with its heading."""
    found: list[tuple[str, type[BaseModel]]] = [("The file", Settings)]
    for name, field in Settings.model_fields.items():
        for part in _models(field.annotation):
            kind = part.model_fields.get("type")
            heading = f"{name}, `type: {get_args(kind.annotation)[0]}`" if kind else name
            found.append((heading, part))
            found += [
                (f"{name}.{key}", inner)
                for key, nested in part.model_fields.items()
                for inner in _models(nested.annotation)
            ]
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for inner in get_args(annotation) for part in _models(inner)]


def _row(described: type[BaseModel], name: str) -> str:
    field = described.model_fields[name]
    owner = next(c for c in described.__mro__ if name in inspect.get_annotations(c))
    sentence = field_sentences().get(owner.__name__, {}).get(name, "")
    default = (
        "required" if field.is_required() else _shown(field.get_default(call_default_factory=True))
    )
    return f"| `{name}` | {_values(field.annotation)} | {default} | {sentence} |"


def _shown(value: Any) -> str:
    if isinstance(value, tuple) and value and not isinstance(value[0], BaseModel):
        return ", ".join(f"`{part}`" for part in value)
    if isinstance(value, BaseModel | dict | tuple):
        return "see below" if value else ""
    return f"`{value}`" if value not in (None, "") else ""


def _values(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{value}`" for value in inner)
    if origin is Annotated:
        return _values(inner[0])
    if origin in {Union, UnionType}:
        shown = dict.fromkeys(_values(part) for part in inner if part is not type(None))
        return " or ".join(shown)
    if origin is tuple:
        values = _values(inner[0])
        return values if values == "see below" else f"list of {values}"
    if origin is dict or _models(annotation):
        return "see below"
    return {int: "number", float: "number", bool: "`true`, `false`"}.get(annotation, "text")


# ------------------------------------------------------------------------- sources


def evidence_table() -> str:
    """How many sources stand at each level of evidence."""
    counted = Counter(source.evidence.level for source in load_sources().values())
    lines = ["| evidence | sources | meaning |", "|---|---|---|"]
    lines += [f"| {level} | {counted[level]} | {text} |" for level, text in LEVELS.items()]
    return "\n".join(lines) + "\n"


def sources_page() -> str:
    sources = load_sources()
    lines = [
        "# What it watches\n", MADE,
        f"{len(sources)} sources with {sum(len(s.columns) for s in sources.values())} columns. "
        "The level says how far a source is verified:\n",
        evidence_table(),
    ]  # fmt: skip
    lines += ["| jurisdiction | source | key | columns | platform | evidence | since |"]
    lines += ["|---|---|---|---|---|---|---|"]
    ordered = sorted(
        sources.values(), key=lambda s: (s.jurisdiction != "CN", s.jurisdiction, s.key)
    )
    return "\n".join([*lines, *map(_source_row, ordered)]) + "\n"


def _source_row(source: Source) -> str:
    columns = "、".join(column.name.zh if column.name else column.key for column in source.columns)
    name = f"{source.name.zh} · {source.name.en}" if source.name.en else source.name.zh
    cells = [
        source.jurisdiction, name, f"`{source.key}`", columns, source.platform,
        source.evidence.level, str(source.evidence.since or ""),
    ]  # fmt: skip
    return "| " + " | ".join(cells) + " |"


# ------------------------------------------------------------------------ README

HEADLINES = (
    "nothing changed: CPU, whole process",
    "the same: peak memory",
    "pages edited: missed",
    "adaptive re-checks",
    "2 characters, terms: p95",
    "hybrid, all classes: p95",
    "index for each byte",
    "everything renumbered",
    "marked characters",
    "notices a CPU second",
    "relevance recall",
    "first page, p95",
    "search page, p95",
    "notice page, p95",
)


def figures_table() -> str:
    """What ``make bench`` measured: the rows that speak for a budget."""
    document = json.loads((BENCHMARKS / "results.json").read_text(encoding="utf-8"))
    rows = [
        (row, result["at"][:10])
        for result in document["results"].values()
        for row in result["rows"]
    ]
    lines = ["| what | measured | beside | budget | on |", "|---|---|---|---|---|"]
    for row, day in rows:
        if any(words in row["what"] for words in HEADLINES):
            value = f"{row['value']:g} {row.get('unit', '')}".strip()
            beside, budget = row.get("reference", ""), row["budget"]
            lines.append(f"| {row['what']} | {value} | {beside} | {budget} | {day} |")
    return "\n".join(lines) + "\n"


def peers_table() -> str:
    """What ``make bench-peers`` measured."""
    return (BENCHMARKS / "peers.md").read_text(encoding="utf-8")


def soak_table() -> str:
    """What ``make soak``, ``make soak-steady`` and ``make rest`` saw."""
    month, steady, rest = (
        json.loads((BENCHMARKS / "results" / f"{name}.json").read_text(encoding="utf-8"))
        for name in ("soak", "soak_steady", "rest")
    )
    faults, alerts, service = month["faults"], month["alerts"], month["service"]
    memory = steady["memory"]["rss_mib"]
    rows = {
        "faults played at the sources": faults["played"],
        "of them named rightly in the source's state": faults["right_state_seen"],
        "`kill -9` and orderly restarts": f"{service['kills']} and {month['plan']['stops']}",
        "alerts expected": alerts["expected"],
        "delivered / doubled / lost": " / ".join(
            str(alerts[name]) for name in ("delivered", "doubled", "lost")
        ),
        "longest orderly stop": f"{max(service['stop_seconds'])} s",
        "memory by tenths of a run without restarts": ", ".join(f"{mib:.0f}" for mib in memory)
        + " MiB",
        f"an hour at rest, {rest['sources']} sources": f"{rest['cpu_percent_of_one_core']:.2f} % of "
        f"a core, {rest['rss_peak_mib']:.0f} MiB",
        "on": ", ".join(str(one["at"])[:10] for one in (month, steady, rest)),
    }
    sources = month["plan"]["sources"]
    lines = [f"| {month['plan']['days']} days, {sources} sources | |", "|---|---|"]
    return "\n".join([*lines, *(f"| {what} | {value} |" for what, value in rows.items())]) + "\n"


PAGES = {"commands.md": commands_page, "settings.md": settings_page, "sources.md": sources_page}
PARTS = {
    "evidence": evidence_table,
    "figures": figures_table,
    "soak": soak_table,
    "peers": peers_table,
}


def readme() -> str:
    """The README with the tables between its marks made anew."""
    text = README.read_text(encoding="utf-8")
    for name, make in PARTS.items():
        begin, end = f"<!-- {name}: made by `make docs` -->\n", f"<!-- end of {name} -->"
        before, _, rest = text.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise ValueError(f"README.md: expected the marks of {name}")
        text = f"{before}{begin}\n{make()}\n{end}{after}"
    return text


def main() -> None:
    for name, make in PAGES.items():
        (HERE / name).write_text(make(), encoding="utf-8")
    README.write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
