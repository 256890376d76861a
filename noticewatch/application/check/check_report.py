"""A checked article as a page of its own: for a colleague, a mail or a case folder."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from noticewatch.application.check.check_json import (
    CheckedClaimJson,
    CheckedSlotJson,
    CheckJson,
    ConflictJson,
)

_MEANING = {
    "contradicted": "an official source says otherwise",
    "outdated": "it once was so, but no longer",
    "partly": "one part is borne out, another is not found",
    "none": "no official source held speaks of it; that does not make it false",
    "supported": "every part is borne out by an official source",
    "opinion": "a view, a forecast or market news",
}
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%;margin:.4rem 0 1.4rem}"
    "th,td{border:1px solid #999;padding:.3rem .5rem;text-align:left;vertical-align:top}"
    "blockquote{margin:1.2rem 0 .2rem;padding-left:.8rem;border-left:4px solid #999}"
    ".contradicted,.outdated{border-color:#b00}.supported{border-color:#080}.partly{border-color:#b70}"
)


def check_page(report: CheckJson, title: str) -> str:
    """The report as HTML that needs nothing else; whatever the article holds is text in it."""
    parts = [
        "<!doctype html><html lang=en><head><meta charset=utf-8>",
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{escape(title)}</h1>",
        f"<p>Checked against the official sources held, as of {escape(report['as_of'])}.</p>",
        _counts(report["counts"]), *_conflicts(report["conflicts"]),
        *(_claim(claim) for claim in report["claims"]), "</body></html>",
    ]  # fmt: skip
    return "\n".join(parts)


def _counts(counts: dict[str, int]) -> str:
    rows = [
        f"<tr><th>{escape(name)}<td>{counts.get(name, 0)}<td>{escape(meaning)}"
        for name, meaning in _MEANING.items()
    ]
    return f"<table>{''.join(rows)}</table>"


def _conflicts(found: Iterable[ConflictJson]) -> Iterable[str]:
    rows = [
        "<tr>"
        + "".join(
            f"<td>{escape(part)}" for part in (item["slot"], item["about"], item["a"], item["b"])
        )
        for item in found
    ]
    if rows:
        yield "<h2>Where the two texts disagree</h2>"
        yield f"<table><tr><th>what<th>about<th>this text<th>the other{''.join(rows)}</table>"


def _claim(claim: CheckedClaimJson) -> str:
    verdict = escape(claim["verdict"])
    rows = "".join(_slot(slot) for slot in claim["slots"])
    table = (
        f"<table><tr><th>slot<th>claim<th>official<th>equal<th>source{rows}</table>" if rows else ""
    )
    return (
        f'<blockquote class="{verdict}">{escape(claim["text"])}</blockquote>'
        f"<p><b>{verdict}</b> – {escape(claim['en'])}</p>{table}"
    )


def _slot(slot: CheckedSlotJson) -> str:
    equal = {True: "yes", False: "no", None: "not known"}[slot["equal"]]
    cells = (slot["slot"], slot["claim"], slot["official"] or "–", equal)
    return "<tr>" + "".join(f"<td>{escape(cell)}" for cell in cells) + f"<td>{_source(slot)}"


def _source(slot: CheckedSlotJson) -> str:
    source = slot["source"]
    if source is None:
        return "–"
    url = source["url"] or ""
    title = escape(source["title"])
    if url.startswith(("https://", "http://")):
        title = f'<a href="{escape(url)}" rel="noreferrer">{title}</a>'
    article = f", article {escape(source['article'])}" if source["article"] else ""
    quote = f"<br>“{escape(source['quote'])}”" if source["quote"] else ""
    return f"{title}{article} ({escape(source['evidence'])}){quote}"
