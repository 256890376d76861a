"""Draft a source file from what stands at an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from noticewatch.application.application import Application
from noticewatch.application.sources.source_discovery import discovered, nothing_found
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from config.model import Source
    from crawler.discovery.probe import Discovery


@dataclass(frozen=True, kw_only=True)
class SourceDraft:
    """A source file that is yet to be corrected by hand. ``readers``: sources that read the
    same address already; ``nothing``: why the page gave no rows to go by, else empty."""

    key: str
    text: str
    readers: tuple[str, ...] = ()
    nothing: str = ""


def draft_source(
    app: Application, url: str, *, form: str, key: str | None, jurisdiction: str | None
) -> SourceDraft:
    """The draft from what stands at ``url``; key and jurisdiction are told where not given."""
    _check_words(key, jurisdiction)
    known = _known_sources(app)
    found = discovered(app, url, form)
    if found.detected.notice is not None:
        raise NoticewatchError(
            f"{url} is a notice ({found.detected.notice.title}), no list: give the address of the "
            "list that it stands in"
        )
    where = jurisdiction or _jurisdiction(found)
    name = key or key_from(url, where, known)
    if name in known:
        raise NoticewatchError(
            f"a source {name!r} exists already ({known[name].publisher}); choose another --key"
        )
    return SourceDraft(
        key=name,
        text=source_yaml(found, name, where),
        readers=tuple(
            other.key
            for other in known.values()
            if any(column.url == found.url for column in other.columns)
        ),
        nothing=nothing_found(found),
    )


def save_draft(draft: SourceDraft, folder: Path) -> Path:
    """Write the draft as a new file of the folder, which is made where it does not exist."""
    if draft.nothing:
        raise NoticewatchError(f"{draft.nothing}; nothing was written")
    target = folder / f"{draft.key}.yml"
    if target.exists():
        raise NoticewatchError(f"{target} exists already; choose another --key")
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(draft.text, encoding="utf-8")
    return target


def _check_words(key: str | None, jurisdiction: str | None) -> None:
    """The two words that a person gives, before anything is fetched."""
    from config.loader import load_jurisdictions

    if key is not None and not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", key):
        raise NoticewatchError(
            f"--key: expected lower-case letters, digits, - and _, such as cn-sc-jxt, got {key!r}"
        )
    codes = load_jurisdictions()
    if jurisdiction is not None and jurisdiction not in codes:
        meant = jurisdiction.upper()
        hint = f", perhaps {meant}" if meant in codes else ""
        raise NoticewatchError(
            f"--jurisdiction: expected CN, EU or a province such as CN-ZJ, got {jurisdiction!r}"
            + hint
        )


def _known_sources(app: Application) -> Mapping[str, Source]:
    """The sources there are; none where the folder of one's own is yet to be made."""
    folder = app.settings.sources_dir
    if folder and not (Path(folder).is_dir() and any(Path(folder).glob("*.y*ml"))):
        return {}
    return app.sources


def _jurisdiction(found: Discovery) -> str:
    from domain.acts.issuers import jurisdiction_of

    return jurisdiction_of([found.names.publisher]) or "CN"


def key_from(url: str, jurisdiction: str, taken: Mapping[str, Source] | None = None) -> str:
    """``cn-sc-jxt`` of jxt.sc.gov.cn, ``cn-zj-ningbo-sthjj`` of a city; numbered if taken."""
    host = (urlsplit(url).hostname or "source").lower().removeprefix("www.")
    key = re.sub(r"[^a-z0-9]+", "-", host).strip("-")
    if host.endswith(".gov.cn"):
        place = jurisdiction.lower()
        first, *further = host.removesuffix(".gov.cn").split(".")
        between = [label for label in reversed(further) if label != place[3:]]
        key = "-".join([place, *between, first])
    free = (name for name in chain([key], (f"{key}-{n}" for n in count(2))))
    return next(name for name in free if name not in (taken or {}))


def source_yaml(found: Discovery, key: str, jurisdiction: str) -> str:
    import yaml

    from config.model import Source

    detected = found.detected
    host = urlsplit(found.url).hostname
    publisher = found.names.publisher or host
    columns = [
        {"key": f"c{number}", "name": {"zh": column.name}, "url": column.url}
        for number, column in enumerate(detected.columns, start=1)
    ] or [_column(found)]
    record = {
        "key": key,
        "name": {"zh": publisher},
        "publisher": publisher,
        "jurisdiction": jurisdiction,
        "platform": detected.platform,
        "columns": columns,
        "expect": {"min_rows": max(1, len(found.rows) // 2), "max_silence_days": 90},
        "evidence": _evidence(found),
    }
    Source.model_validate(record)
    body: str = yaml.safe_dump(record, allow_unicode=True, sort_keys=False, width=100)
    said = "as the page names them" if found.names.publisher else "the page does not name them"
    return f"# Correct name and publisher ({said}), jurisdiction; name.en is welcome.\n{body}"


def _column(found: Discovery) -> dict[str, Any]:
    column: dict[str, Any] = {"key": "notices"}
    if found.names.column and found.names.column != found.names.publisher:
        column["name"] = {"zh": found.names.column}
    column["url"] = found.url
    if params := _params(found.detected.parameters):
        column["params"] = params
    return column


def _evidence(found: Discovery) -> dict[str, str]:
    """What this one look has shown, and no more."""
    newest = max((row.published for row in found.rows if row.published), default="undated")
    rows = f"{len(found.rows)} rows" if found.rows else "No row"
    return {
        "level": "live" if found.rows else "inferred",
        "since": datetime.now(UTC).date().isoformat(),
        "note": f"{rows} read when this file was drafted"
        + (f", newest {newest}." if found.rows else "."),
    }


def _params(found: Mapping[str, str]) -> dict[str, str]:
    """Ids that the page gave away, as the fallback for a day when it does not."""
    return {key: value for key, value in found.items() if value and key not in {"url", "webname"}}
