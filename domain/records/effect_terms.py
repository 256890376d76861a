"""What an act's statement about another one says of days, articles and terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, kw_only=True, slots=True)
class EffectTerms:
    """The terms of an effect, as far as they are stated.

    ``scope`` are the articles concerned (第十五条), all of them if empty; ``since`` and ``until``
    the first and last day (ISO) of the effect; ``what`` the text's word for the term (过渡期),
    ``old`` and ``new`` its end before and after (an ISO day or duration), ``by`` the ISO duration
    by which it is put off; ``renamed`` the title key of the name that the act bears from then on;
    ``doubtful`` the articles that words which are not understood seem to change (:data:`ANY` for
    any of them).
    """

    scope: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    what: str | None = None
    old: str | None = None
    new: str | None = None
    by: str | None = None
    renamed: str | None = None
    doubtful: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The stored form: only what is stated."""
        stated = {item.name: getattr(self, item.name) for item in fields(self)}
        return {
            key: list(value) if isinstance(value, tuple) else value
            for key, value in stated.items()
            if value
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        names = {item.name for item in fields(cls)}
        known = {key: part for key, part in value.items() if key in names}
        lists = {name: tuple(known.get(name, ())) for name in ("scope", "doubtful")}
        return cls(**{**known, **lists})


ON_PUBLICATION = "publication"
"""Stands for a first day that is the day of publication."""

NO_TERMS = EffectTerms()
"""Nothing is stated of terms."""

ANY = "*"
"""Stands for any article."""
