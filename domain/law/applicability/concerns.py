"""Whom of our companies an act concerns: what an alert says in its first lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from config.companies.entities import Entity
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.duty_verdicts import Applicability, DutyVerdict
from domain.law.applicability.judge import judge_all
from domain.law.duties import Duty, Modality
from domain.names.mention import NameMention


@dataclass(frozen=True, kw_only=True, slots=True)
class Concern:
    """A company that duties of an act bind, or may; ``roles`` are those it is bound by."""

    entity: Entity
    verdict: DutyVerdict
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Concerned:
    """The companies that an act concerns, and those that its text names."""

    concerns: tuple[Concern, ...] = ()
    names: tuple[NameMention, ...] = ()
    named: tuple[Entity, ...] = ()  # those of the names

    def is_for(self, key: str | None = None) -> bool:
        """Whether an act applies to a company (to any where none is named) or names it or one
        of its suppliers."""
        applies = any(
            item.verdict is DutyVerdict.APPLIES and key in (None, item.entity.key)
            for item in self.concerns
        )
        return applies or any(key in (None, one.entity) for one in self.names)

    def may_be_for(self, key: str) -> bool:
        """Whether an act applies or may apply to a company, or names it."""
        return self.is_for(key) or any(item.entity.key == key for item in self.concerns)


NOBODY = Concerned()


def concerned(
    duties: Sequence[Duty],
    scope: ActScope,
    entities: Sequence[Entity],
    names: Sequence[NameMention] = (),
) -> Concerned:
    """The companies that an act's duties bind or may bind; permissions bind nobody."""
    found = []
    for entity in entities:
        judged = judge_all(duties, scope, entity)
        binding = [
            one
            for duty, one in zip(duties, judged, strict=True)
            if duty.modality is not Modality.MAY and one.verdict is not DutyVerdict.DOES_NOT
        ]
        if binding:
            found.append(_concern(entity, binding))
    known = {entity.key: entity for entity in entities}
    ours = tuple(one for one in names if one.entity in known)
    named = tuple(known[key] for key in dict.fromkeys(one.entity for one in ours))
    return Concerned(concerns=tuple(found), names=ours, named=named)


def _concern(entity: Entity, binding: Sequence[Applicability]) -> Concern:
    applying = [one for one in binding if one.verdict is DutyVerdict.APPLIES]
    if not applying:
        return Concern(entity=entity, verdict=DutyVerdict.MAY_APPLY)
    roles = {role for one in applying for role in one.because.parameters.get("roles", ())}
    return Concern(entity=entity, verdict=DutyVerdict.APPLIES, roles=tuple(sorted(roles)))
