"""Turn lines into plain text: mail's text part, chat through apprise, files, logs."""

from __future__ import annotations

from collections.abc import Iterable

from notifier.render.lines import Line, TextRun


def run_text(seg: TextRun) -> str:
    """A run with its marks: ``{+inserted+}``, ``[-deleted-]``, a link's address behind it."""
    if seg.url:
        return seg.url if seg.url == seg.text else f"{seg.text}\n  {seg.url}"
    if seg.style == "insert":
        return f"{{+{seg.text}+}}"
    if seg.style == "delete":
        return f"[-{seg.text}-]"
    return seg.text


def _small_text(seg: TextRun) -> str:
    """A run of a small line, whose links stand within it."""
    return f"{seg.text}: {seg.url}" if seg.url and seg.url != seg.text else run_text(seg)


def as_text(lines: Iterable[Line]) -> str:
    return "\n".join(
        "".join((_small_text if line.role == "meta" else run_text)(seg) for seg in line.segs)
        for line in lines
    )
