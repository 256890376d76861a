"""Read the names of our companies and suppliers out of notices, and again when they change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.ports import Database
from archive.repositories.labels_and_facts import LabelsAndFacts
from archive.repositories.marks import Marks
from archive.services.act_summary import ActSummary
from archive.services.severity_assessment import SeverityAssessment
from domain.names.mention import NameMention
from domain.names.name_forms import NameForm, fingerprint
from domain.names.name_search import mentions_in
from domain.records.notice import Version
from domain.records.states import AttachmentStatus, ChangeState
from i18n.catalogue import english

_MARK = "names:forms"
_AT_ONCE = 50


@dataclass(kw_only=True, slots=True)
class NameReading:
    """Reads names at classification, once it was told which; see :meth:`look_for`."""

    db: Database
    marks: Marks
    summary: ActSummary
    labels_and_facts: LabelsAndFacts
    severity: SeverityAssessment
    forms: tuple[NameForm, ...] = ()

    def look_for(self, forms: Sequence[NameForm]) -> int:
        """From now on these names are read. Where they differ from those of the last time every
        notice is read again; how many were. Nobody is told of what old notices name."""
        self.forms = tuple(forms)
        known = fingerprint(self.forms) if self.forms else None
        if self.marks.get(_MARK) == known:
            return 0
        numbers = [row["id"] for row in self.db.rows("SELECT id FROM notices ORDER BY id")]
        for at in range(0, len(numbers), _AT_ONCE):
            with self.db.transaction():
                for number in numbers[at : at + _AT_ONCE]:
                    self._read_again(number)
        self.marks.set(_MARK, known)
        return len(numbers)

    def _read_again(self, notice_id: int) -> None:
        before = self.labels_and_facts.names_of(notice_id)
        if self.read(notice_id) == before:
            return
        verdict = self.severity.reassess_notice(notice_id)
        self.db.run(
            "UPDATE changes SET severity = ?, severity_rule = ?, severity_rule_data = ?"
            " WHERE notice_id = ? AND state = ? AND kind = 'new'",
            (
                verdict.severity, english(verdict.rule), verdict.rule.dumps(), notice_id,
                ChangeState.CLASSIFIED,
            ),
        )  # fmt: skip

    def look_again_later(self) -> None:
        """Forget which names were read: the next :meth:`look_for` reads every notice again."""
        self.marks.set(_MARK, "unknown")

    def read_if_told(self, notice_id: int) -> None:
        """Read a notice's names, unless nobody said which."""
        if self.forms:
            self.read(notice_id)

    def read(self, notice_id: int) -> list[NameMention]:
        """Read and store the names in the leading text of a notice; inside a transaction."""
        version = self.summary.leading_version(notice_id) if self.forms else None
        found = [] if version is None else names_in(version, self.forms)
        self.labels_and_facts.save_names(notice_id, found)
        return found


def names_in(version: Version, forms: Sequence[NameForm]) -> list[NameMention]:
    """The companies that a version names in its title, body and attachments; each by one name
    of a kind, at its first place."""
    kept: dict[tuple[str, str | None, str], NameMention] = {}
    for text, place in _parts(version):
        for one in mentions_in(text, forms, place):
            kept.setdefault((one.entity, one.supplier, one.kind.value), one)
    return list(kept.values())


def _parts(version: Version) -> Iterator[tuple[str, str]]:
    yield version.title, "标题"
    yield version.text, "正文"
    readable = (AttachmentStatus.OK, AttachmentStatus.PARTIAL)
    for item in version.attachments:
        yield item.name, f"附件《{item.name}》"
        if item.status in readable:
            yield item.text, f"附件《{item.name}》"
