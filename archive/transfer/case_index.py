"""The index page of a case folder: it is read in any browser, printed, and needs no program."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from archive.services.editions import ActPair
from domain.law.headlines.headline_choice import tellable_change
from domain.records.change import Change
from domain.records.notice import Notice, Posting, Version
from i18n.catalogue import render_stored
from i18n.duty_parts import duty_parts
from i18n.headline_text import first_line
from i18n.phrases import jurisdiction_name, kind_name, place_name, stage_name, status_name

_STYLE = """
:root{color-scheme:light dark;--ink:#16202b;--line:#dde3ea;--ground:#fff;--link:#0b57a4}
@media(prefers-color-scheme:dark){:root{--ink:#e7ecf2;--line:#313c48;--ground:#12181f;--link:#8ec2ff}}
body{margin:0 auto;max-width:72rem;padding:24px;color:var(--ink);background:var(--ground);
font:15px/1.6 system-ui,"Noto Sans","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
h1{font-size:26px;line-height:1.3;margin:0 0 8px}
h2{font-size:18px;margin:32px 0 8px;break-after:avoid}
p,li{margin:8px 0}a{color:var(--link)}table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:8px 16px 8px 0;border-bottom:1px solid var(--line);
overflow-wrap:break-word}.mono,a{overflow-wrap:anywhere}
thead th,.small{font-size:13px}.says{font-weight:600}
@page{size:A4;margin:14mm}
@media print{body{max-width:none;padding:0;font-size:10pt}
a{color:inherit}tr,li{break-inside:avoid}}
"""


def version_place(posting: Posting, version: Version) -> str:
    """The folder of a version."""
    return f"copy-{posting.id}/version-{version.number}"


def pair_title(pair: ActPair) -> str:
    """What another act is to this one, and its title."""
    probable = " (probable)" if pair.probable else ""
    return f"{pair.relation}{probable}: {pair.before.title}"


def index_page(notice: Notice, diffs: set[int], pairs: Sequence[ActPair]) -> str:
    """What the act says first, its duties, every version and change, and how it is checked."""
    title = escape(notice.title)
    change = tellable_change(notice)
    english = f"<p>{escape(notice.title_en)}</p>" if notice.title_en else ""
    acts = "".join(
        f'<li><a href="acts/{pair.predecessor_id}.txt">{escape(pair_title(pair))}</a></li>'
        for pair in pairs
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<h1 lang="zh-CN">{title}</h1>{english}'
        f'<p class="says">{escape(first_line(notice, change, "en"))}</p>'
        f'<p lang="zh-CN">{escape(first_line(notice, change, "zh"))}</p>'
        f"<table>{_known(notice, change)}</table>{_duties(notice)}"
        "<h2>Versions</h2><table><thead><tr><th>Address</th><th>Version</th><th>Fetched (UTC)</th>"
        "<th>Text</th><th>Response</th><th>sha256 of the response</th></tr></thead>"
        f"{_versions(notice)}</table>"
        f"<h2>Changes</h2><ul>{_changes(notice.changes, diffs)}</ul>"
        f"<h2>Compared with other acts</h2><ul>{acts or '<li>none</li>'}</ul>"
        '<p class="small">Every file is listed with its sha256 in SHA256SUMS. chain_sha256 in '
        "record.json covers the version stored before it in the whole archive, its response, its "
        "text, its address, its time, its title and its metadata.</p></body></html>"
    )


def _known(notice: Notice, change: Change | None) -> str:
    facts = [
        ("Document number", notice.document_number),
        ("Issuers", "、".join(notice.issuers)),
        ("Jurisdiction", jurisdiction_name(notice.jurisdiction, "en")),
        ("Published", notice.published),
        ("In force from", notice.effective),
        ("Until", notice.expires),
        ("Kind of text", stage_name(notice.stage, "en")),
        ("Status", status_name(notice.status, "en") if notice.status else None),
        ("Severity of the act", _severity(notice)),
        ("Severity of what was told", _severity(change) if change else None),
        ("Official address", notice.url),
    ]
    return "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(str(value or 'not known'))}</td></tr>"
        for name, value in facts
        if value or name not in ("Until", "Severity of what was told")
    )


def _severity(told: Notice | Change) -> str:
    return f"{told.severity.upper()}: {told.severity_rule or 'no rule fired'}"


def _duties(notice: Notice) -> str:
    if not notice.duties:
        return ""
    rows = []
    for duty in notice.duties:
        parts = duty_parts(duty, "en")
        where = place_name(duty.article, "en") if duty.article else ""
        cells = (parts.who, parts.must, parts.by, parts.otherwise, where)
        told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
        rows.append(f'<tr>{told}<td lang="zh-CN" class="small">{escape(duty.quote)}</td></tr>')
    return (
        "<h2>Duties</h2><table><thead><tr><th>Who</th><th>Duty</th><th>By when</th><th>If not</th>"
        f"<th>Article</th><th>Quote</th></tr></thead>{''.join(rows)}</table>"
    )


def _versions(notice: Notice) -> str:
    return "".join(
        _version_row(posting, version)
        for posting in notice.postings
        for version in posting.versions
    )


def _version_row(posting: Posting, version: Version) -> str:
    place = version_place(posting, version)
    return (
        f'<tr><td class="mono">{escape(posting.url)}</td>'
        f"<td>{version.number}</td>"
        f"<td>{version.fetched_at:%Y-%m-%d %H:%M:%S}</td>"
        f'<td><a href="{place}/text.txt">text</a></td>'
        f'<td><a href="{place}/response.bin">response</a></td>'
        f'<td class="small mono">{version.raw_sha256}</td></tr>'
    )


def _changes(changes: Iterable[Change], diffs: set[int]) -> str:
    return "".join(
        f"<li>{change.at:%Y-%m-%d %H:%M} UTC · {escape(kind_name(change.kind, 'en'))} · "
        f"{escape(change.posting_url)} · {escape(render_stored(change.why, 'en'))}"
        + (f' · <a href="changes/{change.id}.txt">diff</a>' if change.id in diffs else "")
        + "</li>"
        for change in changes
    )
