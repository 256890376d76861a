"""Believe a change of a page when a second look shows it too; learn what only moves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from archive.column_values import parse_stamp, stamp
from archive.ports import Database, Row
from archive.repositories.versions import Versions
from archive.services.fingerprints import (
    SeenFields,
    fields_of_observation,
    fields_of_version,
    fingerprint_of_observation,
    fingerprint_of_version,
)
from archive.services.line_memory import LineMemory
from archive.services.site_template import SiteTemplate
from domain.records.notice import Version
from domain.records.observation import Observation
from domain.text.duty_lines import is_matter
from domain.text.volatile_lines import is_moving_number, line_shape, may_change, shapes_of

_CORRECTIONS = 3  # times that the numbers of a line must have been others


class Verdict(StrEnum):
    """What a look says of a page that is not as it was."""

    UNCHANGED = "unchanged"  # only lines that move anyway
    UNCONFIRMED = "unconfirmed"  # a second look will tell
    CONFIRMED = "confirmed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Confirmation:
    """Judges looks at known pages, each against the one before it."""

    db: Database
    versions: Versions
    lines: LineMemory
    template: SiteTemplate

    def judge(self, observation: Observation, version: Version) -> Verdict:
        """Inside the transaction that stores what was seen, or that it must be seen again."""
        volatile = self.lines.of_source(observation.source_key)
        seen = fingerprint_of_observation(observation, version, volatile)
        if seen == fingerprint_of_version(version, volatile):
            self._settle(observation.url)
            return Verdict.UNCHANGED
        first = self._first_look(observation.url)
        if first is None:
            self._keep(observation, version)
            return Verdict.UNCONFIRMED
        verdict = self._second_look(observation, version, first, volatile)
        if verdict is Verdict.UNCONFIRMED:
            self._keep(observation, version)
        else:
            self._settle(observation.url)
        return verdict

    def unconfirmed(self, source_key: str) -> tuple[str, ...]:
        """Addresses whose change waits for a second look, longest waiting first."""
        rows = self.db.rows(
            "SELECT url FROM unconfirmed_changes WHERE source_key = ? ORDER BY at, url",
            (source_key,),
        )
        return tuple(row["url"] for row in rows)

    def seen_at(self, url: str) -> datetime | None:
        """When a change that waits for a second look was seen first."""
        first = self._first_look(url)
        return None if first is None else parse_stamp(first["at"])

    def is_back(self, url: str, at: datetime) -> None:
        """The page is as it was stored: what the look before showed has only moved."""
        first, latest = self._first_look(url), self.versions.latest_at(url)
        if first is None or latest is None:
            return
        from domain.diff.second_look import second_look

        with self.db.transaction():
            moved = second_look(latest[1].text, first["text"], latest[1].text).moving
            self.lines.moved(first["source_key"], moved, at)
            self._settle(url)

    # ------------------------------------------------------------------ the two looks

    def _second_look(
        self, observation: Observation, version: Version, first: Row, volatile: frozenset[str]
    ) -> Verdict:
        from domain.diff.second_look import differing_lines, second_look

        source, at = observation.source_key, observation.capture.fetched_at
        text = observation.parsed.text
        shared = self.template.shared(observation, differing_lines(version.text, text, volatile))
        self.lines.moved(source, shared, at, surely=True)
        volatile |= shared
        looks = second_look(version.text, first["text"], text, volatile)
        self.lines.moved(source, looks.moving, at)
        if looks.changed and (
            self._flips(observation, version, volatile)
            or self._counts_on(observation, version, volatile)
        ):
            return Verdict.UNCHANGED
        seen, before = fields_of_observation(observation, version), fields_of_version(version)
        told = SeenFields.loads(first["fields"])
        if looks.changed or seen.news(told, before):
            return Verdict.CONFIRMED
        left = differing_lines(version.text, text, volatile | looks.moving)
        waits = seen.unsettled(before) or not all(may_change(line) for line in left)
        return Verdict.UNCONFIRMED if waits else Verdict.UNCHANGED

    def _flips(self, observation: Observation, version: Version, volatile: Collection[str]) -> bool:
        """Whether a text comes and goes: it was stored, went, and is here again. Its lines are
        learned unless they may carry a duty."""
        from domain.diff.second_look import differing_lines

        before = [self.versions.get(version.posting_id, version.number - n) for n in (1, 2)]
        if before[0] is None or before[1] is None:
            return False
        text = observation.parsed.text
        if differing_lines(before[0].text, text, volatile) or differing_lines(
            before[1].text, version.text, volatile
        ):
            return False
        lines = differing_lines(version.text, text, volatile)
        if any(is_matter(line) for line in lines):
            return False
        at = observation.capture.fetched_at
        self.lines.moved(observation.source_key, shapes_of(lines), at, surely=True)
        return True

    def _counts_on(
        self, observation: Observation, version: Version, volatile: Collection[str]
    ) -> bool:
        """Whether the same lines, no matter of the notice, have had other numbers in each of the
        last versions and have again: nobody corrects a line a third time."""
        from domain.diff.second_look import differing_lines

        texts = [observation.parsed.text, version.text]
        for back in range(1, _CORRECTIONS):
            earlier = self.versions.get(version.posting_id, version.number - back)
            if earlier is None:
                return False
            texts.append(earlier.text)
        steps = [differing_lines(old, new, volatile) for new, old in pairwise(texts)]
        shapes = {frozenset(line_shape(line) for line in lines) for lines in steps}
        moving = shapes.pop()
        if shapes or not all(is_moving_number(shape) for shape in moving):
            return False
        if any(is_matter(line) for line in steps[0]):
            return False
        at = observation.capture.fetched_at
        self.lines.moved(observation.source_key, moving, at, surely=True)
        return True

    # ------------------------------------------------------------------ the table

    def _first_look(self, url: str) -> Row | None:
        return self.db.row("SELECT * FROM unconfirmed_changes WHERE url = ?", (url,))

    def _keep(self, observation: Observation, version: Version) -> None:
        self.db.run(
            "INSERT INTO unconfirmed_changes VALUES (?,?,?,?,?) ON CONFLICT (url) DO UPDATE SET"
            " source_key = excluded.source_key, at = excluded.at, text = excluded.text,"
            " fields = excluded.fields",
            (
                observation.url,
                observation.source_key,
                stamp(observation.capture.fetched_at),
                observation.parsed.text,
                fields_of_observation(observation, version).dumps(),
            ),
        )

    def _settle(self, url: str) -> None:
        self.db.run("DELETE FROM unconfirmed_changes WHERE url = ?", (url,))
