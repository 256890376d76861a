"""What a hub offers its collectors to pull: sources, what it has, which pages it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.border.collector_keys import kept_key, public_text
from crawler.border.signed_document import NotSigned, parse_document, sign_document
from domain.records.remote.collected import WantedPage
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (
        Ed25519PrivateKey,
        Ed25519PublicKey,
    )

    from archive.backends.spools.receiver_inbox import ReceiverInbox
    from archive.store import Archive
    from config.model import Platform, Source

OFFER_MAGIC = b"NWOFFER1\n"
BORDER_FOLDER = "border"  # in the data folder of a hub
HUB_KEY = "hub.key"


@dataclass(frozen=True, kw_only=True)
class HubOffer:
    """An offer as a collector reads it."""

    collector: str
    made: datetime
    chain: str  # of the log that ``received`` counts
    received: int
    sources: tuple[Source, ...]
    platforms: Mapping[str, Platform]
    registered: frozenset[str]
    wanted: tuple[WantedPage, ...]


def offer_name(collector: str) -> str:
    """The file of an offer."""
    return f"{collector}.offer"


def hub_key(app: Application) -> Ed25519PrivateKey:
    """The key by which this hub signs its offers, made when it is first needed."""
    return kept_key(app.data_dir / BORDER_FOLDER / HUB_KEY)


def hub_public_key(app: Application) -> str:
    """What a collector is given to know this hub's offers by."""
    return public_text(hub_key(app))


def sources_of(app: Application, collector: str) -> list[Source]:
    """The sources that a collector reads."""
    reader_of = app.settings.border.reader_of
    return [one for one in app.pick_sources(()) if reader_of(one.key) == collector]


def write_offer(app: Application, archive: Archive, inbox: ReceiverInbox, collector: str) -> bytes:
    """The signed offer for one collector."""
    from crawler.run import with_copies

    delivered = inbox.delivered(collector)
    content: dict[str, Any] = {
        "collector": collector,
        "made": app.clock().isoformat(),
        "chain": delivered.chain if delivered else "",
        "received": delivered.number if delivered else 0,
        "sources": [one.model_dump(mode="json") for one in sources_of(app, collector)],
        "platforms": {key: one.model_dump(mode="json") for key, one in app.platforms.items()},
        "registered": sorted(with_copies(archive, None)),
        "wanted": [[page.source_key, page.url] for page in inbox.wanted(collector)],
    }
    return sign_document(OFFER_MAGIC, content, hub_key(app))


def read_offer(raw: bytes, key: Ed25519PublicKey, collector: str) -> HubOffer:
    """An offer that this hub signed for this collector; one sentence for any other."""
    from config.model import Platform, Source

    try:
        document = parse_document(OFFER_MAGIC, raw)
        document.check(key)
        said = document.content
        offer = HubOffer(
            collector=str(said["collector"]),
            made=datetime.fromisoformat(said["made"]),
            chain=str(said["chain"]),
            received=int(said["received"]),
            sources=tuple(Source.model_validate(one) for one in said["sources"]),
            platforms={k: Platform.model_validate(v) for k, v in said["platforms"].items()},
            registered=frozenset(map(str, said["registered"])),
            wanted=tuple(WantedPage(source_key=str(k), url=str(u)) for k, u in said["wanted"]),
        )
    except NotSigned as error:
        raise NoticewatchError(f"the hub's offer is not used: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        why = str(error).splitlines()[0][:120]
        raise NoticewatchError(
            f"the hub's offer is of another release and is not used: {why}"
        ) from error
    if offer.collector != collector:
        raise NoticewatchError(
            f"the hub's offer is for {offer.collector}, this collector is {collector}"
        )
    return offer


def offer_file(folder: Path, collector: str) -> Path:
    """Where an offer lies in a folder."""
    return folder / offer_name(collector)
