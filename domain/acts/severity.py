"""Assess the severity of an act or a change by a printed rule, not a score.

RED = a penalty, delisting or refusal that names a company of ours or a supplier, or binding and
(a sanction or deadline of companies tightened, or an effect or comment date within 14 days);
AMBER = binding, a draft that may apply, or a list that strikes companies off; GREY = the rest,
invitations and grants among them. A comment date belongs to a draft, so there "binding" asks
whether the act would bind once it is issued.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from domain.acts.status import NO_LONGER_BINDING
from domain.facts.fact_pairing import pair_facts
from domain.facts.open_dates import first_date, stated_dates
from domain.facts.strictness import direction
from domain.law.duties import Bound, Duty, Modality
from domain.law.headlines.act_kinds import ends_draft
from domain.law.stage_correction import delists, invites, obliges_nobody
from domain.names.mention import NameMention
from domain.records.fact import Fact
from domain.records.reason import Reason, fact_parameter, reason
from domain.records.states import ChangeKind, FactKind

if TYPE_CHECKING:
    from config.model import Severity

NEAR_DAYS = 14
NOT_BINDING_AUTHORITIES = frozenset({"letter", "函", "复函"})
NOT_RELEVANT = reason("severity.not_relevant")
_TIGHTENING = (FactKind.FINE, FactKind.DEADLINE)
_STAGES_NOT_BINDING = frozenset({"interpretation", "list", "reply", "news", "eia", "case"})
_COUNTED_DAYS = frozenset({"severity.takes_effect", "severity.comments_close"})
# 行政处罚决定, 不予许可, 移出名单
_HARMS = re.compile(
    r"处罚(?!裁量|办法|程序)|罚款|责令|撤销|移出|除名|吊销|注销|不予(?:许可|批准|受理|通过|换证|延续)|"
    r"未(?:予|获)?通过|不合格|失信|立案|查封|约谈|曝光|通报批评|取消.{0,12}(?:资格|资质|公告)|警告"
)


# What it puts right binds as the act does: 关于青能规〔2025〕8号文件的更正
_CORRECTS = re.compile(r"更正|勘误|订正")


@dataclass(frozen=True, kw_only=True, slots=True)
class ActState:
    """What the severity of an act or of one change of it depends on.

    ``facts`` are those of the whole act; ``facts_before`` and ``facts_after`` those that
    changed. ``duties`` tell whose the periods are; ``title`` what an act without duties is;
    ``names`` are the companies of ours that the text names. Dates not given are taken from
    ``facts``. Until ``repealed_from`` a repealed act still binds.
    """

    stage: str | None
    authority: str | None
    status: str | None
    facts: Sequence[Fact]
    facts_before: Sequence[Fact] = ()
    facts_after: Sequence[Fact] = ()
    effective: date | None = None
    comment_deadline: date | None = None
    repealed_from: date | None = None
    kind: ChangeKind | None = None
    duties: Sequence[Duty] = ()
    title: str = ""
    names: Sequence[NameMention] = ()

    @property
    def is_draft(self) -> bool:
        return self.stage == "draft" or self.status == "draft"

    @property
    def binds(self) -> bool:
        return self.stage == "final" or (self.stage is None and self.authority is not None)

    def date_of(self, kind: FactKind, given: date | None) -> date | None:
        return given or first_date(self.facts, kind)


@dataclass(frozen=True, slots=True)
class SeverityVerdict:
    """The severity, and the rule that fired with its numbers."""

    severity: Severity
    rule: Reason


def assess_severity(act: ActState, today: date) -> SeverityVerdict:
    """The severity of an act as of a day, by the printed rule. What only a scan says is never
    RED before a person has read it or a second text says it too."""
    verdict = _assess(act, today)
    if verdict.severity != "red" or not any(f.certainty for f in (*act.facts, *act.facts_after)):
        return verdict
    sure = _assess(_without_scans(act), today)
    if sure.severity == "red":
        return sure
    return SeverityVerdict("amber", reason("severity.scan_alone", because=verdict.rule))


def _reads_law(act: ActState) -> bool:
    """Whether a letter answers what a rule asks of companies: 换电企业应当报送，此复."""
    if act.stage != "reply" or obliges_nobody(act.stage, act.title):
        return False
    return any(duty.who.kind is Bound.COMPANY and duty.modality is Modality.MUST
               for duty in act.duties)  # fmt: skip


def _without_scans(act: ActState) -> ActState:
    """The act as it reads without its scans."""
    facts = [fact for fact in act.facts if not fact.certainty]
    stated = set(stated_dates(facts, FactKind.EFFECTIVE_DATE))
    of_scans = set(stated_dates(act.facts, FactKind.EFFECTIVE_DATE)) - stated
    return replace(
        act,
        facts=facts,
        facts_after=[fact for fact in act.facts_after if not fact.certainty],
        effective=None if act.effective in of_scans else act.effective,
    )


def _assess(act: ActState, today: date) -> SeverityVerdict:
    ends = act.repealed_from if act.repealed_from and act.repealed_from > today else None
    if act.status in NO_LONGER_BINDING and not (act.status == "repealed" and ends):
        return SeverityVerdict("grey", reason(f"severity.{act.status}"))
    if harmed := harm_of(act.stage, act.title, act.names):
        return harmed
    if by_kind := _of_kind(act):
        return by_kind
    comments = act.date_of(FactKind.COMMENT_DEADLINE, act.comment_deadline)
    if act.is_draft:
        return _assess_draft(comments, today)
    if not act.binds:
        stage = act.stage if act.stage in _STAGES_NOT_BINDING else "no_rule"
        return SeverityVerdict("grey", reason(f"severity.{stage}"))
    because = [
        *tightened_reasons(
            _of_companies(act.facts_before, act.duties),
            _of_companies(act.facts_after, act.duties),
            kind=act.kind,
        ),
        *_near("severity.takes_effect", act.date_of(FactKind.EFFECTIVE_DATE, act.effective), today),
        *_near("severity.comments_close", comments, today),
    ]
    severity: Severity = "red" if because else "amber"
    if ends:
        because.append(reason("severity.repealed_from", day=ends.isoformat()))
    if not because:
        return SeverityVerdict(severity, reason("severity.binding"))
    return SeverityVerdict(severity, reason("severity.binding_because", because=tuple(because)))


def _of_kind(act: ActState) -> SeverityVerdict | None:
    """What the kind of an act decides alone: a letter, an invitation, a list that strikes off, a
    draft that is given up; None for any other."""
    letter = act.authority in NOT_BINDING_AUTHORITIES and not _CORRECTS.search(act.title)
    if letter and not act.is_draft:
        if _reads_law(act):
            return SeverityVerdict("amber", reason("severity.reads_law"))
        return SeverityVerdict("grey", reason("severity.letter"))
    if invites(act.title):
        return SeverityVerdict("grey", reason("severity.invitation"))
    if act.stage == "list" and delists(act.title):
        return SeverityVerdict("amber", reason("severity.delisting"))
    if act.is_draft and ends_draft(act.title):
        return SeverityVerdict("grey", reason("severity.draft_ended"))
    return None


def harm_of(stage: str | None, title: str, names: Sequence[NameMention]) -> SeverityVerdict | None:
    """RED for an act that punishes, strikes off or refuses a company of ours or a supplier; None
    for any other."""
    against = stage == "case" or delists(title) or _HARMS.search(title)
    told = [one.supplier or one.name for one in names if against or _HARMS.search(one.quote)]
    if not told:
        return None
    companies = tuple(dict.fromkeys(told))
    return SeverityVerdict("red", reason("severity.names_ours", companies=companies))


def _of_companies(facts: Sequence[Fact], duties: Sequence[Duty]) -> list[Fact]:
    """The facts without those of sentences that bind only authorities: an office's own period
    tightens nothing for a company."""
    kinds: dict[str, set[Bound | None]] = {}
    for duty in duties:
        kinds.setdefault(duty.quote, set()).add(duty.who.kind)
    theirs = [quote for quote, bound in kinds.items() if bound == {Bound.AUTHORITY}]
    return [fact for fact in facts if not any(fact.quote in quote for quote in theirs)]


def _assess_draft(comment_deadline: date | None, today: date) -> SeverityVerdict:
    near = _near("severity.comments_close", comment_deadline, today)
    if near:
        return SeverityVerdict("red", reason("severity.draft_would_bind", because=near[0]))
    if comment_deadline is not None and comment_deadline >= today:
        last = comment_deadline.isoformat()
        return SeverityVerdict("amber", reason("severity.draft_may_apply_until", day=last))
    return SeverityVerdict("amber", reason("severity.draft_may_apply"))


def _near(code: str, day: date | None, today: date) -> list[Reason]:
    if day is None or not 0 <= (day - today).days <= NEAR_DAYS:
        return []
    return [reason(code, day=day.isoformat(), days=(day - today).days)]


def rule_as_of(rule: Reason, today: date) -> Reason:
    """A rule as it reads on a later day: the days that are left are counted anew."""
    if rule.code in _COUNTED_DAYS:
        left = (date.fromisoformat(rule.parameters["day"]) - today).days
        return reason(f"{rule.code}_on", day=rule.parameters["day"], left=left)
    parameters = {name: _as_of(value, today) for name, value in rule.parameters.items()}
    return replace(rule, parameters=parameters)


def _as_of(value: object, today: date) -> object:
    if isinstance(value, Reason):
        return rule_as_of(value, today)
    if isinstance(value, tuple):
        return tuple(_as_of(item, today) for item in value)
    return value


def tightened_reasons(
    before: Sequence[Fact], after: Sequence[Fact], *, kind: ChangeKind | None = None
) -> list[Reason]:
    """What became stricter, a reason each: a fine raised, a deadline shortened, either new.

    Without anything before it, a new act tightens nothing; a fine or deadline that a
    revision adds does.
    """
    if not before and kind not in (ChangeKind.REVISED, ChangeKind.ATTACHMENT_REVISED):
        return []
    found: list[Reason] = []
    for old, new in pair_facts(before, after):
        if new is None or new.kind not in _TIGHTENING:
            continue
        if old is None:
            found.append(reason("severity.fact_added", fact=fact_parameter(new)))
        elif direction(old, new) in ("tighter", "mixed"):
            facts = {"before": fact_parameter(old), "after": fact_parameter(new)}
            found.append(reason("severity.fact_changed", **facts))
    return list(dict.fromkeys(found))
