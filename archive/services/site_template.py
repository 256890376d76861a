"""Tell the lines that are a site's own from those of one notice, by its other pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from archive.ports import Database
from domain.records.observation import Observation
from domain.text.duty_lines import is_matter
from domain.text.normalization import normalise
from domain.text.volatile_lines import line_shape, may_change

_TITLES = 500  # rows of the source's lists
_OTHERS = 20  # pages of a site that are asked whether they show a line too
_FEW = 2  # of them at least
_MOST = 0.6  # and this part of them
_LINE = 300  # characters of a line that may be a title
_PROSE = ("。", "；", "！", "？")
# For example the dot and the day of · 关于某事的通知 2026-11-20.
_BESIDE = re.compile(
    r"^[\s·•*>-]+|[\s(（\[]*(?:(?:19|20)\d{2}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[\s)）\]]*$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteTemplate:
    """What the pages of a source have in common."""

    db: Database

    def shared(self, observation: Observation, lines: Collection[str]) -> frozenset[str]:
        """Shapes of those lines, no prose, that most other pages of the source show too, or that
        only name another notice of its lists. A line that may be matter of the notice must stand
        there letter for letter, any other one may hold other numbers."""
        wanted = {_mark(line): line_shape(line) for line in lines if _may_be_shared(line)}
        if not wanted:
            return frozenset()
        titles = self._other_titles(observation)
        found = {line_shape(line) for line in lines if _undated(line) in titles}
        found &= set(wanted.values())
        others = self._other_texts(observation)
        if len(others) >= _FEW:
            least = max(_FEW, _MOST * len(others))
            counts = _counted(others, wanted)
            found |= {wanted[mark] for mark, count in counts.items() if count >= least}
        return frozenset(found)

    def _other_titles(self, observation: Observation) -> frozenset[str]:
        """The titles in the source's lists but the page's own."""
        rows = self.db.rows(
            "SELECT title FROM listings WHERE source_key = ? AND url != ?"
            " GROUP BY title ORDER BY max(last_listed) DESC LIMIT ?",
            (observation.source_key, observation.url, _TITLES),
        )
        return frozenset(normalise(row["title"]) for row in rows)

    def _other_texts(self, observation: Observation) -> list[str]:
        """The stored text of other pages of the source, each with the one just seen there."""
        rows = self.db.rows(
            "SELECT v.text, u.text AS seen"
            " FROM postings p JOIN versions v ON v.posting_id = p.id"
            " AND v.number = (SELECT max(number) FROM versions WHERE posting_id = p.id)"
            " LEFT JOIN unconfirmed_changes u ON u.url = p.url"
            " WHERE p.source_key = ? AND p.url != ? AND v.text != ''"
            " ORDER BY u.url IS NULL, p.id DESC LIMIT ?",
            (observation.source_key, observation.url, _OTHERS),
        )
        return [f"{row['text']}\n{row['seen'] or ''}" for row in rows]


def _counted(texts: Iterable[str], wanted: Collection[str]) -> Counter[str]:
    """In how many texts each of the wanted lines stands."""
    return Counter(
        mark for text in texts for mark in {_mark(line) for line in text.split("\n")} & {*wanted}
    )


def _mark(line: str) -> str:
    """What two lines must have in common to be the same line of a template."""
    return normalise(line) if is_matter(line) else line_shape(line)


def _may_be_shared(line: str) -> bool:
    return may_change(line) and not line.rstrip().endswith(_PROSE)


def _undated(line: str) -> str:
    return normalise(_BESIDE.sub("", line.strip()[:_LINE]))
