"""Machine translations by their Chinese text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from archive.column_values import dumps, stamp
from archive.ports import Clock, Database
from domain.records.notice import Translation


class Translations:
    """Machine translations by their Chinese text."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def of(self, texts: Iterable[str]) -> dict[str, Translation]:
        """The kept machine translations of texts, by their Chinese; none where it was
        withheld."""
        return {text: known for text, known in self._kept(texts).items() if known.text}

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those that nobody has translated, and none was withheld for."""
        kept = self._kept(texts)
        return [text for text in texts if text not in kept]

    def save(self, source: str, text: str, provider: str) -> None:
        """Keep a translation; an empty text says that it was withheld."""
        with self._db.transaction():
            self._db.run(
                "INSERT INTO translations VALUES (?,?,?,?) ON CONFLICT (key) DO UPDATE SET"
                " text = excluded.text, provider = excluded.provider, at = excluded.at",
                (_translation_key(source), text, provider, stamp(self._clock())),
            )

    def _kept(self, texts: Iterable[str]) -> dict[str, Translation]:
        keys = {_translation_key(text): text for text in texts}
        rows = self._db.rows(
            f"SELECT * FROM translations WHERE key IN ({self._db.dialect.texts})",  # noqa: S608 (ours)
            (dumps(list(keys)),),
        )
        return {
            keys[row["key"]]: Translation(text=row["text"], provider=row["provider"])
            for row in rows
        }


def _translation_key(source: str) -> str:
    return f"en:{sha256(source.encode('utf-8', 'replace')).hexdigest()}"
