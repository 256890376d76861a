"""Whom of our companies an act concerns, as the first lines of an alert say it."""

from __future__ import annotations

from config.companies.entities import Entity
from domain.law.applicability.concerns import Concern, Concerned
from domain.law.applicability.duty_verdicts import DutyVerdict
from domain.names.mention import NameMention
from i18n.glossary_terms import roles
from i18n.phrases import Lang, say


def applies_to(concerned: Concerned, lang: Lang) -> str:
    """``applies to: Shanghai Import Co. (importers); may apply to: …``; '' for nobody."""
    parts = []
    for verdict, key in (
        (DutyVerdict.APPLIES, "applies_to"), (DutyVerdict.MAY_APPLY, "may_apply_to"),
    ):  # fmt: skip
        some = [one for one in concerned.concerns if one.verdict is verdict]
        if some:
            who = _comma(lang).join(_with_roles(one, lang) for one in some)
            parts.append(say(key, lang, who=who))
    return ("; " if lang == "en" else "；").join(parts)


def owners(concerned: Concerned) -> tuple[str, ...]:
    """Who answers for the companies that an act applies to or names, each once."""
    applying = [one.entity for one in concerned.concerns if one.verdict is DutyVerdict.APPLIES]
    found = [entity.people.owner for entity in (*applying, *concerned.named)]
    return tuple(dict.fromkeys(name for name in found if name))


def names_text(concerned: Concerned, lang: Lang) -> str:
    """Which companies a notice names: ``names 某某有限公司 (supplier of Shanghai Import Co.)``."""
    known = {entity.key: entity for entity in concerned.named}
    told: dict[tuple[str, str | None], str] = {}
    for one in concerned.names:
        told.setdefault((one.entity, one.supplier), _named(one, known.get(one.entity), lang))
    return say("names_ours", lang, who=_comma(lang).join(told.values())) if told else ""


def _named(one: NameMention, entity: Entity | None, lang: Lang) -> str:
    owner = entity_name(entity, lang) if entity is not None else one.entity
    if one.supplier is None:
        return owner
    return say("supplier_of", lang, supplier=one.supplier, who=owner)


def entity_name(entity: Entity, lang: Lang) -> str:
    """A company's name in a language, else the other one."""
    return (entity.name.en if lang == "en" else entity.name.zh) or entity.shown


def _with_roles(one: Concern, lang: Lang) -> str:
    name = entity_name(one.entity, lang)
    known = roles().roles
    terms = [known[role] for role in one.roles if role in known]
    if not terms:
        return name
    listed = _comma(lang).join(term.zh if lang == "zh" else term.en for term in terms)
    return f"{name}（{listed}）" if lang == "zh" else f"{name} ({listed})"


def _comma(lang: Lang) -> str:
    return ", " if lang == "en" else "、"
