"""The words that tell whether a duty is a company's own (``config/applicability.yml``)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from config.field.field_choice import of_the_field, with_own

_CONFIG = ConfigDict(frozen=True, extra="forbid")


class PermitTerms(BaseModel):
    """A permit: what people call it in entities.yml, its name in the law, who is named
    by it, and which subjects are none of its holders."""

    model_config = _CONFIG

    kind: str
    document: str
    holders: str
    not_for: str | None = None


class NearTrade(BaseModel):
    """A trade outside the field, and the roles whose companies may have it besides."""

    model_config = _CONFIG

    words: str
    roles: tuple[str, ...]


class NewArea(BaseModel):
    """Where an area under its own administration lies."""

    model_config = _CONFIG

    province: str
    city: str | None = None


class ApplicabilityTerms(BaseModel):
    """``config/applicability.yml``."""

    model_config = _CONFIG

    permits: dict[str, PermitTerms]
    other_sides: dict[str, str]
    other_trades: str
    near_trades: tuple[NearTrade, ...]
    works_anywhere: tuple[str, ...]
    regions: dict[str, tuple[str, ...]]
    new_areas: dict[str, NewArea]


@of_the_field
def load_applicability_terms() -> ApplicabilityTerms:
    """The shipped words, and those that the field adds, read once."""
    return ApplicabilityTerms.model_validate(with_own("applicability.yml"))
