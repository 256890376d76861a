"""The way from a collector to its hub: a folder, or the hub's address."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from archive.backends.spools.whole_files import write_whole
from config.http_post import HttpPostFailed, http_post
from crawler.border.bundle_format import SUFFIX, bundle_name
from noticewatch.application.border.offers import offer_file
from noticewatch.application.user_errors import NoticewatchError

_SECONDS = 300.0  # for a bundle on a slow line
_MOST_ANSWER = 100_000
_MOST_OFFER = 32 * 1024 * 1024


class HubUnreachable(NoticewatchError):
    """The hub cannot be reached now; what was collected waits."""


class HubLink(Protocol):
    """Where bundles go and offers come from."""

    def offer(self) -> bytes | None:
        """The hub's offer; None when there is none."""

    def send(self, number: int, content: bytes) -> int | None:
        """Bring a bundle; the number up to which the hub has all, where it answers so."""

    def acknowledged(self, number: int) -> None:
        """The hub has all bundles up to this number."""


@dataclass(frozen=True, kw_only=True)
class FolderLink:
    """A folder that somebody carries over: a stick, a mail, rsync, a shared disk."""

    folder: Path
    collector: str
    offers: Path | None = None  # another folder in which the offers arrive

    def offer(self) -> bytes | None:
        """The offer that lies in the folder."""
        try:
            return offer_file(self.offers or self.folder, self.collector).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise HubUnreachable(f"the hub's offer cannot be read: {error.strerror}") from error

    def send(self, number: int, content: bytes) -> int | None:
        """Put a bundle there, unless it lies there already."""
        target = self.folder / bundle_name(self.collector, number)
        with suppress(FileNotFoundError):
            if target.stat().st_size == len(content) and target.read_bytes() == content:
                return None
        write_whole(target, content)
        return None

    def acknowledged(self, number: int) -> None:
        """Take away what the hub has."""
        for path in self.folder.glob(f"{self.collector}-*{SUFFIX}"):
            told = path.name.removeprefix(f"{self.collector}-").removesuffix(SUFFIX)
            if told.isdigit() and int(told) <= number:
                path.unlink(missing_ok=True)


@dataclass(frozen=True, kw_only=True)
class WebLink:
    """The hub's web archive, by the collector's own token."""

    address: str
    collector: str
    token: str

    def offer(self) -> bytes | None:
        """The offer that the hub makes now."""
        request = urllib.request.Request(f"{self._base}/offer", headers=self._headers)  # noqa: S310 (https or a loopback address, as the caller has checked)
        try:
            with urllib.request.build_opener(_NoRedirects).open(request, timeout=60) as answer:
                offer: bytes = answer.read(_MOST_OFFER)
                return offer
        except urllib.error.HTTPError as error:
            with error:
                raise HubUnreachable(f"the hub answers {error.code} to {self._base}") from error
        except OSError as error:
            raise HubUnreachable(f"the hub cannot be reached: {error}") from error

    def send(self, number: int, content: bytes) -> int | None:
        """Upload a bundle; what the hub has then."""
        try:
            answer = http_post(
                f"{self._base}/bundles", content, self._headers,
                timeout=_SECONDS, most_bytes=_MOST_ANSWER,
            )  # fmt: skip
        except HttpPostFailed as error:
            raise HubUnreachable(f"the hub cannot be reached: {error}") from error
        told = _told(answer.body)
        if answer.status != 200:
            why = str(told.get("error") or f"status {answer.status}")
            raise HubUnreachable(f"the hub refuses bundle {number}: {why[:300]}")
        received = told.get("received")
        return received if isinstance(received, int) else None

    def acknowledged(self, number: int) -> None:
        """Nothing lies anywhere."""

    @property
    def _base(self) -> str:
        return f"{self.address.rstrip('/')}/border/{self.collector}"

    @property
    def _headers(self) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/octet-stream",
        }


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the token to another host."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _told(body: bytes) -> dict[str, object]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
