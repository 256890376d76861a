"""Turn lines into coloured text for the terminal, plain where colours are not wanted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import click

from notifier.render.lines import Line, TextRun
from notifier.render.plain_text import run_text


def as_payload(lines: Iterable[Line], severity: str) -> dict[str, Any]:
    """What the outbox keeps: runs of text with their style, coloured only when printed."""
    return {
        "severity": severity,
        "lines": [
            {"role": line.role, "segs": [[seg.style, seg.text, seg.url] for seg in line.segs]}
            for line in lines
        ],
    }


def print_text(payload: Mapping[str, Any], *, colour: bool) -> str:
    """The payload as the text to print."""
    return "\n".join(
        "".join(_styled(seg, line["role"], payload["severity"], colour) for seg in line["segs"])
        for line in payload["lines"]
    )


def _styled(raw: Sequence[Any], role: str, severity: str, colour: bool) -> str:
    seg = TextRun(style=raw[0], text=raw[1], url=raw[2])
    if not colour:
        return run_text(seg)
    if seg.url:
        link = click.style(seg.url, fg="blue", underline=True)
        if seg.url == seg.text:
            return link
        return f"{click.style(seg.text, bold=seg.style == 'strong')}\n  {link}"
    if seg.style == "insert":
        return click.style(seg.text, fg="green", bold=True)
    if seg.style == "delete":
        return click.style(seg.text, fg="red", strikethrough=True)
    if role == "headline" and seg.style == "strong":
        tone = {"red": "red", "amber": "yellow"}.get(severity)
        return click.style(seg.text, fg=tone, bold=True)
    if seg.style == "strong":
        return click.style(seg.text, bold=True)
    return click.style(seg.text, dim=True) if seg.style == "dim" else seg.text
