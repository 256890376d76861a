"""The archive: one database, its evidence and its search index, as named parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from archive.backends.factory import open_backend
from archive.column_values import utc_now
from archive.errors import ArchiveError
from archive.ports import Backend, Clock
from archive.repositories.acknowledgements import Acknowledgements
from archive.repositories.audit_log import AuditLog
from archive.repositories.changes import Changes
from archive.repositories.crawl_memory import CrawlMemory
from archive.repositories.embeddings import Embeddings
from archive.repositories.feedback import FeedbackLog
from archive.repositories.labels_and_facts import LabelsAndFacts
from archive.repositories.leads.article_leads import Leads
from archive.repositories.leasing.guess_counts import GuessCounts
from archive.repositories.leasing.shared_keys import SharedKeys
from archive.repositories.leasing.worker_list import WorkerList
from archive.repositories.listings import Listings
from archive.repositories.marks import Marks
from archive.repositories.notices import Notices
from archive.repositories.notifier_state import NotifierState
from archive.repositories.outbox import Outbox
from archive.repositories.pages import Pages
from archive.repositories.postings import Postings
from archive.repositories.saved_searches import SavedSearches
from archive.repositories.signed_links import SignedLinks
from archive.repositories.source_states import SourceStates
from archive.repositories.translations import Translations
from archive.repositories.unsubscriptions import Unsubscriptions
from archive.repositories.versions import Versions
from archive.search.engine import Search, SearchRequest
from archive.services.files.stored_evidence import StoredEvidence
from config.time_zone import BEIJING
from domain.records.lease import Lease
from domain.records.observation import IngestResult, Observation
from domain.records.search_hit import SearchResult

if TYPE_CHECKING:
    from archive.read_models.known_ends import KnownEnds
    from archive.read_models.overview import Overview
    from archive.read_models.related_acts import RelatedActPairs
    from archive.services.act_relations import ActRelations
    from archive.services.act_summary import ActSummary
    from archive.services.chain_anchor import ChainAnchor
    from archive.services.classification import ClassificationQueue
    from archive.services.comparisons import Comparisons
    from archive.services.confirmation import Confirmation
    from archive.services.editions import Editions
    from archive.services.files.scans import Scans
    from archive.services.ingest import Ingest
    from archive.services.integrity import Integrity
    from archive.services.leasing.act_claims import ActClaims
    from archive.services.leasing.keeper import LeaseKeeper
    from archive.services.leasing.leases import Leases
    from archive.services.leasing.seat import Seat
    from archive.services.ledger import Ledger
    from archive.services.line_memory import LineMemory
    from archive.services.merging import Merging
    from archive.services.ours.act_reach import ActReach
    from archive.services.ours.corrections import Corrections
    from archive.services.ours.handling_desk import HandlingDesk
    from archive.services.ours.name_reading import NameReading
    from archive.services.ours.obligation_book import ObligationBook
    from archive.services.ours.obligation_upkeep import ObligationUpkeep
    from archive.services.page_looks import PageLooks
    from archive.services.repairs.address_repair import AddressRepair
    from archive.services.repairs.clock_repair import ClockRepair
    from archive.services.retention import Retention
    from archive.services.severity_assessment import SeverityAssessment
    from archive.services.standing.act_effects import ActEffects
    from archive.services.standing.expiry_notes import ExpiryNotes
    from archive.services.version_writer import VersionWriter
    from archive.services.withdrawals import Withdrawals

__all__ = ["Archive", "ArchiveError", "SearchRequest", "utc_now"]


class Archive:
    """Open with :meth:`open`; one per thread; close when done (it is a context manager).

    What is stored is reached by its part (``archive.notices.get(7)``); what several parts do
    together, by the service of that name (``archive.merging.split(3)``). This class only puts
    them together.
    """

    def __init__(self, backend: Backend, clock: Clock, seat: Seat | None = None) -> None:
        db = backend.database
        self._backend = backend
        self._given_seat = seat
        self.clock = clock
        self._compose_repositories()
        self.search_index = backend.index
        self.maintenance = backend.maintenance
        self.evidence = StoredEvidence(db=db, files=backend.evidence)
        self._search = Search(db=db, index=backend.index, vectors=backend.vectors)

    def _compose_repositories(self) -> None:
        db, clock = self._backend.database, self.clock
        self.translations = Translations(db, clock)
        self.versions = Versions(db)
        self.postings = Postings(db, self.versions)
        self.changes = Changes(db, clock)
        self.notices = Notices(db, clock, self.postings, self.translations, self.changes)
        self.labels_and_facts = LabelsAndFacts(db)
        self.embeddings = Embeddings(db)
        self.outbox = Outbox(db, clock)
        self.notifier_state = NotifierState(db, self.outbox)
        self.sources = SourceStates(db, clock, self.outbox)
        self.pages = Pages(db)
        self.listings = Listings(db)
        self.crawl_memory = CrawlMemory(db)
        self.saved_searches = SavedSearches(db, clock)
        self.acknowledgements = Acknowledgements(db, clock)
        self.feedback = FeedbackLog(db, clock)
        self.audit_log = AuditLog(db, clock)
        self.links = SignedLinks(db, clock)
        self.unsubscriptions = Unsubscriptions(db, clock)
        self.marks = Marks(db)
        self.leads = Leads(db, clock)
        self.workers = WorkerList(db)
        self.guesses = GuessCounts(db, clock)
        self.shared_keys = SharedKeys(db)

    @cached_property
    def seat(self) -> Seat:
        """In whose name work is taken: of several archives of one process, or its own."""
        from archive.services.leasing.seat import FOLDER, Seat

        return self._given_seat or Seat(folder=self.data_dir / FOLDER)

    @cached_property
    def leases(self) -> Leases:
        from archive.services.leasing.leases import Leases

        keep = self._keeper.start if self._given_seat is None else lambda: None
        return Leases(db=self._backend.database, clock=self.clock, seat=self.seat, keep=keep)

    @cached_property
    def _keeper(self) -> LeaseKeeper:
        from archive.services.leasing.keeper import LeaseKeeper

        return LeaseKeeper(seat=self.seat, open_leases=self._leases_apart)

    @contextmanager
    def _leases_apart(self) -> Iterator[Leases]:
        """The leases of the same seat by a connection of another thread."""
        with self.reopened() as apart:
            yield apart.leases

    @cached_property
    def claims(self) -> ActClaims:
        from archive.services.leasing.act_claims import ActClaims

        return ActClaims(db=self._backend.database, queue=self.classification, leases=self.leases)

    def under(self, lease: Lease) -> Archive:
        """The same archive for the work of a lease: LeaseLost once another has taken it over."""
        return self.fenced(lambda: self.leases.check([lease]))

    def fenced(self, check: Callable[[], None]) -> Archive:
        """The same archive for work that another may have taken over: ``check`` is asked first
        in each transaction, and what it raises ends that. It is closed with this one."""
        from archive.services.leasing.fenced_database import fenced_database

        fenced = fenced_database(self._backend.database, check)
        return Archive(replace(self._backend, database=fenced), self.clock, self.seat)

    @cached_property
    def summary(self) -> ActSummary:
        from archive.services.act_summary import ActSummary

        return ActSummary(
            db=self._backend.database,
            clock=self.clock,
            index=self._backend.index,
            versions=self.versions,
        )

    @cached_property
    def severity(self) -> SeverityAssessment:
        from archive.services.severity_assessment import SeverityAssessment

        return SeverityAssessment(
            db=self._backend.database,
            clock=self.clock,
            labels_and_facts=self.labels_and_facts,
        )

    @cached_property
    def merging(self) -> Merging:
        from archive.services.merging import Merging

        return Merging(
            db=self._backend.database,
            clock=self.clock,
            index=self._backend.index,
            versions=self.versions,
            postings=self.postings,
            notices=self.notices,
            changes=self.changes,
            summary=self.summary,
            relations=self.relations,
        )

    @cached_property
    def address_repair(self) -> AddressRepair:
        from archive.services.repairs.address_repair import AddressRepair

        return AddressRepair(db=self._backend.database, merging=self.merging)

    @cached_property
    def editions(self) -> Editions:
        from archive.services.editions import Editions

        return Editions(
            db=self._backend.database,
            notices=self.notices,
            summary=self.summary,
            ledger=self.ledger,
        )

    @cached_property
    def ledger(self) -> Ledger:
        from archive.services.ledger import Ledger

        return Ledger(db=self._backend.database, notices=self.notices, summary=self.summary)

    @cached_property
    def effects(self) -> ActEffects:
        from archive.services.standing.act_effects import ActEffects

        return ActEffects(
            db=self._backend.database,
            clock=self.clock,
            summary=self.summary,
            notices=self.notices,
            labels_and_facts=self.labels_and_facts,
            severity=self.severity,
            changes=self.changes,
            ledger=self.ledger,
        )

    @cached_property
    def expiry_notes(self) -> ExpiryNotes:
        from archive.services.standing.expiry_notes import ExpiryNotes

        return ExpiryNotes(
            db=self._backend.database, clock=self.clock, summary=self.summary, changes=self.changes
        )

    @cached_property
    def relations(self) -> ActRelations:
        from archive.services.act_relations import ActRelations
        from archive.services.standing.reference_targets import ReferenceTargets

        return ActRelations(
            db=self._backend.database,
            summary=self.summary,
            notices=self.notices,
            labels_and_facts=self.labels_and_facts,
            editions=self.editions,
            targets=ReferenceTargets(db=self._backend.database),
            effects=self.effects,
        )

    @cached_property
    def withdrawals(self) -> Withdrawals:
        from archive.services.withdrawals import Withdrawals

        return Withdrawals(
            db=self._backend.database,
            postings=self.postings,
            changes=self.changes,
            summary=self.summary,
            effects=self.effects,
        )

    @cached_property
    def version_writer(self) -> VersionWriter:
        from archive.services.version_writer import VersionWriter

        return VersionWriter(
            db=self._backend.database,
            files=self._backend.evidence,
            versions=self.versions,
            changes=self.changes,
            summary=self.summary,
        )

    @cached_property
    def line_memory(self) -> LineMemory:
        from archive.services.line_memory import LineMemory

        return LineMemory(db=self._backend.database)

    @cached_property
    def confirmation(self) -> Confirmation:
        from archive.services.confirmation import Confirmation
        from archive.services.site_template import SiteTemplate

        return Confirmation(
            db=self._backend.database,
            versions=self.versions,
            lines=self.line_memory,
            template=SiteTemplate(db=self._backend.database),
        )

    @cached_property
    def page_looks(self) -> PageLooks:
        from archive.services.page_looks import PageLooks

        return PageLooks(db=self._backend.database)

    @cached_property
    def scans(self) -> Scans:
        from archive.services.files.scans import Scans

        return Scans(
            db=self._backend.database,
            clock=self.clock,
            changes=self.changes,
            summary=self.summary,
        )

    @cached_property
    def ingestion(self) -> Ingest:
        from archive.services.ingest import Ingest

        return Ingest(
            db=self._backend.database,
            versions=self.versions,
            version_writer=self.version_writer,
            withdrawals=self.withdrawals,
            notices=self.notices,
            postings=self.postings,
            merging=self.merging,
            summary=self.summary,
            changes=self.changes,
            relations=self.relations,
            confirmation=self.confirmation,
        )

    @cached_property
    def classification(self) -> ClassificationQueue:
        from archive.services.classification import ClassificationQueue

        return ClassificationQueue(
            db=self._backend.database,
            clock=self.clock,
            index=self._backend.index,
            changes=self.changes,
            versions=self.versions,
            editions=self.editions,
            labels_and_facts=self.labels_and_facts,
            embeddings=self.embeddings,
            relations=self.relations,
            severity=self.severity,
            ledger=self.ledger,
            names=self.names,
            corrections=self.corrections,
        )

    @cached_property
    def corrections(self) -> Corrections:
        from archive.services.ours.corrections import Corrections

        return Corrections(
            db=self._backend.database,
            marks=self.marks,
            audit_log=self.audit_log,
            feedback=self.feedback,
            labels_and_facts=self.labels_and_facts,
            severity=self.severity,
            index=self._backend.index,
        )

    @cached_property
    def handling(self) -> HandlingDesk:
        from archive.services.ours.handling_desk import HandlingDesk

        return HandlingDesk(
            db=self._backend.database,
            acknowledgements=self.acknowledgements,
            obligations=self.obligations,
            audit_log=self.audit_log,
        )

    @cached_property
    def names(self) -> NameReading:
        from archive.services.ours.name_reading import NameReading

        return NameReading(
            db=self._backend.database,
            marks=self.marks,
            summary=self.summary,
            labels_and_facts=self.labels_and_facts,
            severity=self.severity,
        )

    @cached_property
    def obligations(self) -> ObligationBook:
        from archive.services.ours.obligation_book import ObligationBook

        return ObligationBook(
            db=self._backend.database,
            clock=self.clock,
            files=self._backend.evidence,
            audit_log=self.audit_log,
        )

    @cached_property
    def obligation_upkeep(self) -> ObligationUpkeep:
        from archive.services.ours.obligation_upkeep import ObligationUpkeep

        return ObligationUpkeep(db=self._backend.database, book=self.obligations)

    @cached_property
    def reach(self) -> ActReach:
        from archive.services.ours.act_reach import ActReach

        return ActReach(summary=self.summary)

    @cached_property
    def comparisons(self) -> Comparisons:
        from archive.services.comparisons import Comparisons

        return Comparisons(
            changes=self.changes,
            versions=self.versions,
            lines=self.line_memory,
        )

    @cached_property
    def retention(self) -> Retention:
        from archive.services.retention import Retention

        return Retention(
            db=self._backend.database,
            clock=self.clock,
            files=self._backend.evidence,
        )

    @cached_property
    def integrity(self) -> Integrity:
        from archive.services.integrity import Integrity

        return Integrity(
            db=self._backend.database,
            files=self._backend.evidence,
            index=self._backend.index,
            maintenance=self.maintenance,
            summary=self.summary,
        )

    @cached_property
    def chain(self) -> ChainAnchor:
        from archive.services.chain_anchor import ChainAnchor

        return ChainAnchor(db=self._backend.database, files=self._backend.evidence.timestamps)

    @cached_property
    def clock_repair(self) -> ClockRepair:
        from archive.services.repairs.clock_repair import ClockRepair

        return ClockRepair(
            db=self._backend.database,
        )

    @cached_property
    def overview(self) -> Overview:
        from archive.read_models.overview import Overview

        return Overview(
            db=self._backend.database,
            search=self._search,
            postings=self.postings,
            notices=self.notices,
        )

    @cached_property
    def known_ends(self) -> KnownEnds:
        from archive.read_models.known_ends import KnownEnds

        return KnownEnds(
            db=self._backend.database,
        )

    @cached_property
    def related_acts(self) -> RelatedActPairs:
        from archive.read_models.related_acts import RelatedActPairs

        return RelatedActPairs(
            db=self._backend.database,
        )

    @classmethod
    def open(
        cls,
        data_dir: Path,
        *,
        create: bool = True,
        read_only: bool = False,
        url: str | None = None,
        clock: Callable[[], datetime] = utc_now,
        seat: Seat | None = None,
    ) -> Archive:
        """Open the archive in ``data_dir``, or the database at ``url`` with its evidence there,
        and apply migrations. Raises ArchiveError for an unwritable folder, a truncated or foreign
        file, a server that cannot be reached, a schema newer than this program. ``seat``: the one
        of this process, where it has several archives open."""
        backend = open_backend(data_dir, create=create, read_only=read_only, url=url)
        return cls(backend, clock, seat)

    def reopened(self) -> Archive:
        """One more connection to the same archive and seat, for another thread."""
        return Archive.open(
            self.data_dir, create=False, url=self._backend.url, clock=self.clock, seat=self.seat
        )

    def revision(self) -> str:
        """Another text after every commit."""
        return self._backend.database.revision()

    @property
    def path(self) -> Path:
        """The database file; of a server's archive a name in its data folder."""
        return self._backend.path

    @property
    def url(self) -> str | None:
        """The server's database, where it is no file."""
        return self._backend.url

    @property
    def data_dir(self) -> Path:
        return self._backend.path.parent

    @property
    def read_only(self) -> bool:
        return self._backend.read_only

    def ingest(self, observation: Observation, *, confirm: bool = False) -> IngestResult:
        """Store what was seen; see :class:`archive.services.ingest.Ingest`."""
        return self.ingestion.store(observation, confirm=confirm)

    def secret(self, name: str) -> bytes:
        """A key that all processes of the archive share: of a file's archive in its folder, and
        so in no backup; of a server's in the database, as there is no folder that all see."""
        if getattr(self._backend, "url", None) is not None:
            return self.shared_keys.kept(name)
        from config.kept_secret import kept_secret

        return kept_secret(self.data_dir / f"{name}.key")

    def search(self, request: SearchRequest) -> SearchResult:
        """Find notices; see :class:`archive.search.engine.Search`."""
        return self._search(request)

    def transaction(self) -> AbstractContextManager[None]:
        """Several writes as one; nested calls join."""
        return self._backend.database.transaction()

    def on_day(self, day: date) -> Archive:
        """The same archive as it tells acts on a day: status and duties of then. For reading only;
        it is closed with this one."""
        noon = datetime.combine(day, time(12), BEIJING)
        return Archive(self._backend, lambda: noon)

    def close(self) -> None:
        self._leave_seat()
        self._backend.database.close()

    def _leave_seat(self) -> None:
        """Give back what this archive alone has taken."""
        if self._given_seat is None and "leases" in self.__dict__:
            self._keeper.stop()
            self.leases.release_all()
            self.seat.leave()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
