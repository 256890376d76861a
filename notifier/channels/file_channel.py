"""Write what would be sent into files.

``path`` is a folder (one JSON file a message, named by its dedupe key) or, with a suffix, one
file to which a JSON line a message is added. Both can be asked what is already there.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from config.model import FileChannel
from domain.records.message import OutboxItem
from notifier.channels.channel import BaseChannel, Result, Retry, Sent
from notifier.render.json_renderer import JsonRenderer


class FileSender(BaseChannel):
    renderer = JsonRenderer()

    def __init__(self, settings: FileChannel) -> None:
        self._path = Path(settings.path)

    def send(self, item: OutboxItem, root: OutboxItem | None) -> Result:
        record = {
            "channel": item.channel,
            "kind": item.kind,
            "dedupe_key": item.dedupe_key,
            "thread": item.thread,
            "in_reply_to": root.dedupe_key if root else None,
            **item.payload,
        }
        try:
            return Sent(receipt={"file": self._write(item, record)})
        except OSError as error:
            return Retry(error=f"{type(error).__name__}: {error}")

    def ask(self, item: OutboxItem, root: OutboxItem | None) -> Result | None:
        try:
            if not self._path.suffix:
                target = self._target(item)
                return Sent(receipt={"file": str(target)}) if target.exists() else None
            return Sent(receipt={"file": str(self._path)}) if self._has_line(item) else None
        except OSError as error:
            return Retry(error=f"{type(error).__name__}: {error}", unknown=True)

    def _target(self, item: OutboxItem) -> Path:
        name = hashlib.sha256(item.dedupe_key.encode()).hexdigest()[:24]
        return self._path / f"{item.kind}-{name}.json"

    def _write(self, item: OutboxItem, record: dict[str, Any]) -> str:
        if not self._path.suffix:
            target = self._target(item)
            target.parent.mkdir(parents=True, exist_ok=True)
            part = target.with_suffix(".part")
            part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
            part.replace(target)
            return str(target)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        torn = self._path.exists() and not self._ends_whole()
        line = ("\n" if torn else "") + json.dumps(record, ensure_ascii=False) + "\n"
        with self._path.open("ab") as file:
            file.write(line.encode())
            file.flush()
            os.fsync(file.fileno())
        return str(self._path)

    def _ends_whole(self) -> bool:
        with self._path.open("rb") as file:
            if file.seek(0, os.SEEK_END) == 0:
                return True
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"

    def _has_line(self, item: OutboxItem) -> bool:
        if not self._path.exists():
            return False
        with self._path.open(encoding="utf-8", errors="replace") as file:
            return any(_key_of(line) == item.dedupe_key for line in file)


def _key_of(line: str) -> object:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record.get("dedupe_key") if isinstance(record, dict) else None
