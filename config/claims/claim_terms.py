"""The words of claims (``config/claim_terms.yml``), read once, when first needed."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict

from config.field.field_choice import of_the_field, with_own

_CONFIG = ConfigDict(frozen=True, extra="forbid")


class ConceptWords(BaseModel):
    """The words of one idea in both languages; a star at an English one stands for any ending."""

    model_config = _CONFIG

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


class PortalTerms(BaseModel):
    """A portal: its name, its other names, the act behind it and the days of its use."""

    model_config = _CONFIG

    key: str
    zh: str
    names: tuple[str, ...]
    act: str
    since: date | None = None
    until: date | None = None


class ClaimTerms(BaseModel):
    """``config/claim_terms.yml``."""

    model_config = _CONFIG

    bodies: dict[str, tuple[str, ...]]
    acts: dict[str, tuple[str, ...]]
    wrong_names: dict[str, str]
    portals: tuple[PortalTerms, ...]
    concepts: dict[str, ConceptWords]
    opposites: tuple[tuple[str, str], ...]
    neutral_en: str
    light_en: str
    light_zh: str
    neutral_zh: str


@of_the_field
def load_claim_terms() -> ClaimTerms:
    """The shipped words, and those that the field adds, read once."""
    return ClaimTerms.model_validate(with_own("claim_terms.yml"))
