"""What each jurisdiction requires, a cell a topic, or the honest state where it is silent."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args

from config.model import Source
from domain.acts.authority import legal_rank
from domain.acts.severity import NOT_BINDING_AUTHORITIES
from domain.acts.status import CHANGED_SINCE, NO_LONGER_BINDING
from domain.law.duties import Bound, Duty, Modality, duty_ids
from domain.law.duty_state import current_duties, in_force_on
from domain.law.headlines.headline_choice import is_portal
from domain.records.fact import Fact
from domain.records.notice import Notice
from domain.records.source_run import SourceHealth
from domain.records.states import FactKind
from i18n.visitor_words import Words
from notifier.selection.coverage import Coverage, CoverageState, coverage

MatrixColumn = Literal["traceability-format", "portal", "penalty", "effective"]
MATRIX_COLUMNS: tuple[MatrixColumn, ...] = get_args(MatrixColumn)
CellState = Literal["fact", CoverageState]
NumberedDuty = tuple[str, Duty]  # its id and the duty
_FORMAT_FACTS = (FactKind.CODE_FORMAT, FactKind.DATA_FIELD)
_CODING = re.compile(r"编码|代码|标识|二维码|数字身份")
_TOLD_DUTIES = 2
_LOOKED = ("rule", "draft", "nothing")  # states in which a place was read
_NOTHING = "nothing found on {:healthy source|healthy sources}"


def state_text(state: Coverage, words: Words, *, national_rule: bool) -> str:
    """What is known of a jurisdiction where nothing is stated; "nobody has implemented it"
    is never said."""
    t = words.t
    since = f"{state.since:%Y-%m-%d}" if state.since else ""
    text = {
        "rule": t("rule found"),
        "draft": t("draft only"),
        "nothing": words.say(f"{_NOTHING} since {{}}", state.sources, since)
        if since
        else words.say(_NOTHING, state.sources),
        "unreadable": t("unreadable since {}").format(since) if since else t("unreadable"),
        "unwatched": t("not watched: unknown"),
    }[state.state]
    looked = state.state in ("nothing", "draft")
    if national_rule and state.jurisdiction.startswith("CN-") and looked:
        return words.joined(text, t("national rule applies directly"))
    return text


@dataclass(frozen=True, kw_only=True)
class FieldKnown:
    """What the archive knows of the whole field: relevant notices, sources, their health."""

    relevant: Sequence[Notice]
    sources: Mapping[str, Source]
    health: Sequence[SourceHealth]


@dataclass(frozen=True, kw_only=True)
class MatrixCell:
    text: str
    quote: str = ""
    notice_id: int | None = None
    source: str = ""  # the notice's number, else its title
    published: date | None = None
    state: CellState = "fact"
    duties: tuple[NumberedDuty, ...] = ()
    national: bool = False  # the duties are the nation's, where the province has none of its own
    silence: str = ""  # of those: what is said of the province itself; ``text`` begins so

    @property
    def national_duties(self) -> str:
        """What the nation requires, without what is said of the province."""
        return self.text.removeprefix(self.silence).lstrip(":： ")


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    jurisdiction: str
    cells: Mapping[MatrixColumn, MatrixCell]

    @property
    def stated(self) -> bool:
        """Whether any cell holds a fact."""
        return any(cell.notice_id for cell in self.cells.values())

    def states(self, columns: Iterable[MatrixColumn]) -> bool:
        """Whether a cell of these columns holds a fact."""
        return any(self.cells[column].notice_id for column in columns)

    def silence(self, columns: Iterable[MatrixColumn]) -> list[str]:
        """What is said of the columns instead, each text once."""
        cells = [self.cells[column] for column in columns]
        return list(dict.fromkeys(cell.silence or cell.text for cell in cells))


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a cell is asked: the role where one is given, the day, its column."""

    role: str | None
    day: date
    column: MatrixColumn = "portal"


def _act_duties(notice: Notice, asked: Asked) -> list[NumberedDuty]:
    """The duties of an act that answer a cell, of companies, for its role where one is given;
    only of an act that binds."""
    if notice.stage != "final" or notice.authority in NOT_BINDING_AUTHORITIES:
        return []
    numbered = zip(duty_ids(notice.duties, notice.id), current_duties(notice), strict=True)
    return [
        (number, duty) for number, duty in numbered
        if _binds(duty, asked.role) and _answers(duty, asked.column) and duty.state != "ended"
    ]  # fmt: skip


def _cell_acts(notices: Sequence[Notice], asked: Asked) -> list[tuple[Notice, list[NumberedDuty]]]:
    """The acts whose duties answer a cell, those that bind most first, then the newest; duties
    to come only where none is in force yet."""
    ordered = sorted(notices, key=lambda notice: legal_rank(notice.authority))
    found = [(notice, _act_duties(notice, asked)) for notice in ordered]
    now = [
        (notice, [item for item in duties if in_force_on(item[1], asked.day)])
        for notice, duties in found
    ]
    told = now if any(duties for _, duties in now) else found
    return [(notice, duties) for notice, duties in told if duties]


def _binds(duty: Duty, role: str | None) -> bool:
    if duty.who.kind is Bound.AUTHORITY or duty.modality is Modality.MAY:
        return False
    general = duty.who.role in (None, "any_company")
    return role is None or general or duty.who.role == role


def _answers(duty: Duty, column: MatrixColumn) -> bool:
    if column == "portal":
        return duty.where is not None and is_portal(duty.where)
    if column == "penalty":
        return any(sanction.kinds for sanction in duty.sanctions)
    if column == "traceability-format":
        return duty.act in ("code", "label") or bool(_CODING.search(duty.object))
    return False


def latest_format(notices: Iterable[Notice]) -> tuple[Notice, Fact] | None:
    """The newest notice's code or field format: those are facts, no duties."""
    for notice in notices:
        for kind in _FORMAT_FACTS:
            for fact in notice.facts:
                if fact.kind is kind and notice.stage == "final":
                    return notice, fact
    return None


def by_jurisdiction(notices: Iterable[Notice]) -> dict[str, list[Notice]]:
    """Relevant notices of each jurisdiction, newest first."""
    groups: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        groups[notice.jurisdiction].append(notice)
    for group in groups.values():
        group.sort(key=lambda notice: notice.published or date.min, reverse=True)
    return groups


def matrix_row(
    jurisdiction: str,
    notices: Sequence[Notice],
    silence: MatrixCell,
    words: Words,
    asked: Asked,
) -> MatrixRow:
    """One jurisdiction's duties in force of its acts that bind; a cell without shows
    ``silence``."""
    valid = [notice for notice in notices if notice.status not in NO_LONGER_BINDING]
    if silence.state in ("rule", "draft"):
        silence = replace(silence, text=words.joined(silence.text, words.t("not addressed")))
    cells: dict[MatrixColumn, MatrixCell] = {}
    for column in MATRIX_COLUMNS[:-1]:
        cells[column] = _duty_cell(valid, replace(asked, column=column), words) or silence
    dated = next((notice for notice in valid if notice.effective), None)
    cells["effective"] = (
        MatrixCell(
            text=f"{dated.effective}{_mark(dated, words)}",
            quote=dated.title,
            notice_id=dated.id,
            source=dated.document_number or dated.title,
            published=dated.published,
        )
        if dated
        else silence
    )
    return MatrixRow(jurisdiction=jurisdiction, cells=cells)


def _duty_cell(notices: Sequence[Notice], asked: Asked, words: Words) -> MatrixCell | None:
    """The duties of all acts that bind, told from the one that binds most."""
    acts = _cell_acts(notices, asked)
    if acts:
        notice, first = acts[0]
        found = tuple(item for _, duties in acts for item in duties)
        return MatrixCell(
            text=_duties_text([duty for _, duty in found], words) + _mark(notice, words),
            quote=first[0][1].quote,
            notice_id=notice.id,
            source=notice.document_number or notice.title,
            published=notice.published,
            duties=found,
        )
    stated = latest_format(notices) if asked.column == "traceability-format" else None
    return _fact_cell(*stated, words) if stated else None


def _with_national(row: MatrixRow, nation: MatrixRow, words: Words) -> MatrixRow:
    """A province's row with the nation's duties, marked so, where it was read and has none."""
    cells = {
        column: _national_cell(cell, nation.cells[column], words)
        for column, cell in row.cells.items()
    }
    return replace(row, cells=cells)


def _national_cell(cell: MatrixCell, nation: MatrixCell, words: Words) -> MatrixCell:
    duties = tuple(item for item in nation.duties if item[1].state == "in_force")
    if cell.state not in _LOOKED or not duties:
        return cell
    applies = words.t("national rule applies directly")
    text = cell.text if applies in cell.text else words.joined(cell.text, applies)
    told = f"{text}{words.colon}{_duties_text([duty for _, duty in duties], words)}"
    return replace(cell, text=told, quote=nation.quote, duties=duties, national=True, silence=text)


def _duties_text(duties: Sequence[Duty], words: Words) -> str:
    """The first duties with what follows on a breach, and how many more there are."""
    told = [words.duty_and_sanction(duty) for duty in duties[:_TOLD_DUTIES]]
    rest = len(duties) - _TOLD_DUTIES
    more = [words.say("{:more duty|more duties}", rest)] if rest > 0 else []
    return words.joined(*told, *more)


def _fact_cell(notice: Notice, fact: Fact, words: Words) -> MatrixCell:
    text = words.fact(fact) + _mark(notice, words)
    return MatrixCell(
        text=text,
        quote=f"{fact.quote} {fact.where}",
        notice_id=notice.id,
        source=notice.document_number or notice.title,
        published=notice.published,
    )


def _mark(notice: Notice, words: Words) -> str:
    """What a reader must know before relying on the fact."""
    if notice.stage == "draft":
        return f" ({words.t('draft')})"
    if notice.status in CHANGED_SINCE:
        return f" ({words.status(notice.status)})"
    return ""


def jurisdiction_states(
    codes: Iterable[str],
    notices: Sequence[Notice],
    known: FieldKnown,
    words: Words,
) -> dict[str, tuple[CoverageState, str]]:
    """CoverageState and what may be said of each jurisdiction by ``notices``."""
    found = coverage(sorted(codes), notices, known.sources, known.health)
    everything = coverage(["CN"], known.relevant, known.sources, known.health)
    national = any(row.state == "rule" for row in everything)
    return {
        row.jurisdiction: (row.state, state_text(row, words, national_rule=national))
        for row in found
    }


def matrix_rows(
    notices: Sequence[Notice],
    states: Mapping[str, tuple[CoverageState, str]],
    words: Words,
    role: str | None = None,
    day: date | None = None,
) -> list[MatrixRow]:
    """China as a whole, then who states something, then the others, each by their codes; on a
    ``day``, today where none is given."""
    asked = Asked(role=role, day=day or words.today)
    groups = by_jurisdiction(notices)
    rows = []
    for code, (state, text) in sorted(states.items(), key=lambda item: (item[0] != "CN", item[0])):
        silence = MatrixCell(text=text, state=state)
        rows.append(matrix_row(code, groups.get(code, []), silence, words, asked))
    nation = next((row for row in rows if row.jurisdiction == "CN"), None)
    if nation is not None:
        rows = [nation, *(_with_national(row, nation, words) for row in rows if row is not nation)]
    return sorted(rows, key=lambda row: (row.jurisdiction != "CN", not row.stated))
