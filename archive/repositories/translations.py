"""Machine translations that were made once and are kept, by their Chinese text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from archive.backends.sqlite.connection import Connected, dumps, stamp
from domain.records.notice import Translation


class Translations(Connected):
    def translations(self, texts: Iterable[str]) -> dict[str, Translation]:
        """The kept machine translations of texts, by their Chinese; none where it was
        withheld."""
        return {text: known for text, known in self._kept(texts).items() if known.text}

    def without_translation(self, texts: Sequence[str]) -> list[str]:
        """Those that nobody has translated, and none was withheld for."""
        kept = self._kept(texts)
        return [text for text in texts if text not in kept]

    def save_translation(self, source: str, text: str, provider: str) -> None:
        """Keep a translation; an empty text says that it was withheld."""
        with self.write_tx():
            self._run(
                "INSERT INTO translations VALUES (?,?,?,?) ON CONFLICT (key) DO UPDATE SET"
                " text = excluded.text, provider = excluded.provider, at = excluded.at",
                (_translation_key(source), text, provider, stamp(self.clock())),
            )

    def _kept(self, texts: Iterable[str]) -> dict[str, Translation]:
        keys = {_translation_key(text): text for text in texts}
        rows = self._rows(
            "SELECT t.* FROM translations t JOIN json_each(?) wanted ON wanted.value = t.key",
            (dumps(list(keys)),),
        )
        return {
            keys[row["key"]]: Translation(text=row["text"], provider=row["provider"])
            for row in rows
        }


def _translation_key(source: str) -> str:
    return f"en:{sha256(source.encode('utf-8', 'replace')).hexdigest()}"
