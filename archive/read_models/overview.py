"""Read what pages and digests show of the whole archive."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import cast

from archive.column_values import parse_stamp, stamp
from archive.ports import Database, Row
from archive.repositories.notices import Notices
from archive.repositories.postings import Postings
from archive.row_mappers import change_of, duty_of, fact_of, mention_of
from archive.search.engine import Search, SearchRequest
from archive.search.filters import Filters
from domain.facts.open_dates import DATED_KINDS
from domain.law.duties import Duty
from domain.names.mention import NameMention
from domain.records.change import Change
from domain.records.fact import Fact, Label
from domain.records.notice import Notice
from domain.records.states import RelationKind

_AT_ONCE = 200

_CHANGES_A_NOTICE = 4  # looked through for each notice wanted

_EACH_DAY = (
    "SELECT '', substr(coalesce(published, first_seen), 1, 10) AS day, count(*)"
    " FROM notices WHERE relevant_because IS NOT NULL AND coalesce(published, first_seen) >= ?"
    " GROUP BY day"
)

_EACH_DAY_AND_TOPIC = (
    "SELECT l.topic, substr(coalesce(n.published, n.first_seen), 1, 10) AS day,"
    " count(DISTINCT n.id) FROM notices n JOIN labels l ON l.notice_id = n.id"
    " WHERE n.relevant_because IS NOT NULL AND coalesce(n.published, n.first_seen) >= ?"
    " GROUP BY l.topic, day"
)

_UNOWNED = (
    "SELECT c.notice_id, max(CASE WHEN c.severity = 'red' THEN 1 ELSE 0 END) AS red,"
    " coalesce(n.published, n.first_seen) AS day, max(c.id) AS latest"
    " FROM changes c JOIN notices n ON n.id = c.notice_id"
    " WHERE c.at > ? AND c.severity IN ('red', 'amber') AND c.kind != 'copied'"
    " AND n.relevant_because IS NOT NULL"
    " AND (c.baseline = 0 OR coalesce(n.published, n.first_seen) >= ?)"
    " AND NOT EXISTS (SELECT 1 FROM acknowledgements a WHERE a.notice_id = n.id"
    " AND a.id = (SELECT max(id) FROM acknowledgements WHERE notice_id = n.id)"
    " AND (a.assignee IS NOT NULL OR a.state IN ('assessed', 'closed')))"
    " GROUP BY c.notice_id, day ORDER BY red DESC, day DESC, latest DESC"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class CentralReference:
    """A notice that names another one: the other direction of a relation."""

    kind: RelationKind
    notice_id: int
    title: str
    document_number: str | None
    probable: bool
    claimed: bool = False  # it says so, and may not


@dataclass(frozen=True, kw_only=True, slots=True)
class NationalAct:
    """A national act and how many notices say that they implement it."""

    id: int
    title: str
    document_number: str | None
    implementing: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """What pages and digests show of the whole archive."""

    db: Database
    search: Search
    postings: Postings
    notices: Notices

    def having(self, query: str, notice_ids: Iterable[int]) -> set[int]:
        """Those of the notices that a search for ``query`` finds."""
        wanted = sorted(set(notice_ids))
        found: set[int] = set()
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            result = self.search(
                SearchRequest(query=query, filters=Filters(ids=some), limit=len(some))
            )
            found |= {hit.id for hit in result.hits}
        return found

    def lately_changed(self, limit: int) -> dict[int, datetime]:
        """The notices with the latest news or real changes, and when that was."""
        rows = self.db.rows(
            "SELECT notice_id, max(at) AS at FROM"
            " (SELECT * FROM changes ORDER BY id DESC LIMIT ?) latest WHERE kind != 'copied'"
            " AND posting_id NOT IN (SELECT id FROM postings WHERE standing = 'copy')"
            " AND (substantive = 1 OR kind IN ('new', 'withdrawn', 'restored', 'status'))"
            " GROUP BY notice_id ORDER BY max(id) DESC LIMIT ?",
            (_CHANGES_A_NOTICE * limit, limit),
        )
        return {row["notice_id"]: parse_stamp(row["at"]) for row in rows}

    def recent_changes(
        self, *, limit: int, relevant_only: bool = False, since: datetime | None = None
    ) -> list[Change]:
        """The latest changes that were news or edits, newest first; copies are neither."""
        rows = self.db.rows(
            "SELECT c.* FROM changes c JOIN notices n ON n.id = c.notice_id"
            " JOIN postings p ON p.id = c.posting_id WHERE c.kind != 'copied'"
            " AND coalesce(p.standing, '') != 'copy' AND (? = 0 OR n.relevant_because IS NOT NULL)"
            " AND c.at > ? ORDER BY c.id DESC LIMIT ?",
            (int(relevant_only), stamp(since) if since else "", limit),
        )
        return [change_of(row) for row in rows]

    def unowned(self, since: datetime) -> list[int]:
        """Relevant acts of which something RED or AMBER came since a time and that nobody owns,
        RED first, then the latest; of a first pass those that were published since then."""
        rows = self.db.rows(_UNOWNED, (stamp(since), since.date().isoformat()))
        return [row["notice_id"] for row in rows]

    def relevant_notices(self) -> list[Notice]:
        """Every relevant notice with its topics and facts, newest first, in few queries.

        Without copies, changes, relations and the passages of its labels.
        """
        rows = self.db.rows(
            "SELECT * FROM notices WHERE relevant_because IS NOT NULL"
            " ORDER BY coalesce(published, substr(first_seen, 1, 10)) DESC, id DESC"
        )
        facts = self.db.rows(
            "SELECT f.* FROM facts f JOIN notices n ON n.id = f.notice_id"
            " WHERE n.relevant_because IS NOT NULL AND f.kind != 'cites' ORDER BY f.id"
        )
        duties = self.db.rows(
            "SELECT d.* FROM duties d JOIN notices n ON n.id = d.notice_id"
            " WHERE n.relevant_because IS NOT NULL AND ? BETWEEN d.since AND d.until"
            " ORDER BY d.id",
            (self.notices.today().isoformat(),),
        )
        return self._light(rows, facts, duties)

    def changing_notices(self) -> list[Notice]:
        """The acts that are not relevant by their own words and change one that is (an extension
        of a term that names the act by its number alone), without facts and duties."""
        rows = self.db.rows(
            "SELECT * FROM notices n WHERE relevant_because IS NULL AND EXISTS ("
            " SELECT 1 FROM relations r JOIN notices t ON t.id = r.target_id"
            " WHERE r.notice_id = n.id AND t.relevant_because IS NOT NULL"
            " AND r.kind IN ('amends', 'extends', 'corrects', 'interprets', 'suspends', 'repeals'))"
            " ORDER BY id"
        )
        return self._light(rows, (), ())

    def law_revision(self) -> str:
        """Changes whenever a duty, a name in a notice or an act does."""
        row = self.db.row(
            "SELECT (SELECT max(changed_at) FROM notices) AS acts,"
            " (SELECT count(*) FROM duties) AS duties, (SELECT max(id) FROM duties) AS last,"
            " (SELECT max(id) FROM names) AS names"
        )
        assert row is not None
        return " ".join(str(value) for value in row)

    def dated_notices(self, since: date, until: date = date.max) -> list[Notice]:
        """Relevant notices that name a day of this time, or a day of each year, with the facts
        that do; light as those of :meth:`field_notices`."""
        says = self.db.dialect
        facts = self.db.rows(
            "SELECT f.* FROM facts f JOIN notices n ON n.id = f.notice_id"  # noqa: S608 (ours)
            f" WHERE n.relevant_because IS NOT NULL AND f.kind IN ({says.texts})"
            f" AND ({says.json_text('f.value')} BETWEEN ? AND ?"
            f" OR {says.json_text('f.value', 'date')} BETWEEN ? AND ?"
            f" OR CAST({says.json_text('f.value', 'yearly')} AS TEXT) NOT IN ('0', 'false'))"
            " ORDER BY f.id",
            (json.dumps(DATED_KINDS), *(2 * (since.isoformat(), until.isoformat()))),
        )
        duties = self.db.rows(
            "SELECT d.* FROM duties d JOIN notices n ON n.id = d.notice_id"  # noqa: S608 (ours)
            " WHERE n.relevant_because IS NOT NULL AND ? BETWEEN d.since AND d.until"
            f" AND ({says.json_text('d.value', 'when', 'date')} BETWEEN ? AND ?"
            f" OR {says.json_text('d.value', 'when', 'recurs')} IS NOT NULL)"
            " ORDER BY d.id",
            (self.notices.today().isoformat(), since.isoformat(), until.isoformat()),
        )
        wanted = json.dumps(sorted({row["notice_id"] for row in (*facts, *duties)}))
        rows = self.db.rows(
            f"SELECT * FROM notices WHERE id IN ({says.numbers}) ORDER BY id",  # noqa: S608 (ours)
            (wanted,),
        )
        return self._light(rows, facts, duties, labels=False)

    def _light(
        self,
        rows: Iterable[Row],
        fact_rows: Iterable[Row],
        duty_rows: Iterable[Row],
        *,
        labels: bool = True,
    ) -> list[Notice]:
        duties: dict[int, list[Duty]] = defaultdict(list)
        for row in duty_rows:
            duties[row["notice_id"]].append(duty_of(row))
        facts: dict[int, list[Fact]] = defaultdict(list)
        for row in fact_rows:
            facts[row["notice_id"]].append(fact_of(row))
        topics: dict[int, list[Label]] = defaultdict(list)
        if labels:
            for row in self.db.rows(
                "SELECT l.notice_id, l.topic, l.score, l.model FROM labels l JOIN notices n"
                " ON n.id = l.notice_id WHERE n.relevant_because IS NOT NULL ORDER BY l.id"
            ):
                label = Label(
                    topic=row["topic"], score=row["score"], evidence=(), model=row["model"]
                )
                topics[row["notice_id"]].append(label)
        names: dict[int, list[NameMention]] = defaultdict(list)
        for row in self.db.rows("SELECT * FROM names ORDER BY id"):
            names[row["notice_id"]].append(mention_of(row))
        gone = self._with_withdrawn_copies()
        return [
            replace(
                self._bare(row, topics.get(row["id"], ()), gone),
                facts=tuple(facts.get(row["id"], ())),
                duties=tuple(duties.get(row["id"], ())),
                names=tuple(names.get(row["id"], ())),
            )
            for row in rows
        ]

    def _with_withdrawn_copies(self) -> set[int]:
        """Notices that have a withdrawn copy; whether all are is looked up one by one."""
        return {
            row[0]
            for row in self.db.rows(
                "SELECT DISTINCT p.notice_id FROM postings p JOIN notices n ON n.id = p.notice_id"
                " WHERE n.relevant_because IS NOT NULL AND p.state = 'withdrawn'"
            )
        }

    def _bare(
        self,
        row: Row,
        labels: Iterable[Label],
        withdrawn: Collection[int],
    ) -> Notice:
        number = row["id"]
        postings = self.postings.of_notice(number, versions=False) if number in withdrawn else ()
        return replace(self.notices.head(row, postings), labels=tuple(labels))

    def weekly_activity(self, since: date) -> dict[str, dict[date, int]]:
        """Relevant notices by topic and Monday of their week of publication; the topic ``""``
        counts each notice once."""
        day = since.isoformat()
        rows = self.db.rows(_EACH_DAY, (day,)) + self.db.rows(_EACH_DAY_AND_TOPIC, (day,))
        found: dict[str, dict[date, int]] = defaultdict(dict)
        for row in rows:
            published = date.fromisoformat(row[1])
            monday = published - timedelta(days=published.weekday())
            found[row[0]][monday] = found[row[0]].get(monday, 0) + row[2]
        return dict(found)

    def references_to(self, notice_id: int) -> list[CentralReference]:
        """Notices whose text names this one, newest first."""
        rows = self.db.rows(
            "SELECT r.kind, n.id, n.title, n.document_number, r.probable, r.claimed"
            " FROM relations r JOIN notices n ON n.id = r.notice_id"
            " WHERE r.target_id = ? AND n.id != ? ORDER BY n.id DESC LIMIT 200",
            (notice_id, notice_id),
        )
        return [
            CentralReference(
                kind=cast("RelationKind", row["kind"]),
                notice_id=row["id"],
                title=row["title"],
                document_number=row["document_number"],
                probable=bool(row["probable"]),
                claimed=bool(row["claimed"]),
            )
            for row in rows
        ]

    def national_acts(self, *, limit: int = 40) -> list[NationalAct]:
        """Relevant national rules, those that most notices implement first."""
        rows = self.db.rows(
            "SELECT n.id, n.title, n.document_number, (SELECT count(DISTINCT r.notice_id)"
            " FROM relations r WHERE r.target_id = n.id AND r.kind = 'implements') c"
            " FROM notices n WHERE n.relevant_because IS NOT NULL AND n.jurisdiction = 'CN'"
            " AND n.stage = 'final' ORDER BY c DESC, n.id DESC LIMIT ?",
            (limit,),
        )
        return [
            NationalAct(id=row[0], title=row[1], document_number=row[2], implementing=row[3])
            for row in rows
        ]

    def implementing(self, notice_id: int | None = None) -> set[int]:
        """Notices that say that they implement this act, or any."""
        rows = self.db.rows(
            "SELECT notice_id FROM relations WHERE kind = 'implements'"
            " AND (? IS NULL OR target_id = ?)",
            (notice_id, notice_id),
        )
        return {row[0] for row in rows}
