"""Order acts for a search that stops somewhere: a flood of a lower site's hides no higher one's."""

from __future__ import annotations

from archive.ports import Dialect
from config.body_level import BODY_LEVELS

_PLACES = " ".join(f"WHEN '{level}' THEN {place}" for place, level in enumerate(BODY_LEVELS))


def highest_first(dialect: Dialect) -> str:
    """The level of those who issued an act (they are all of one), as a term of ORDER BY."""
    return f"CASE {dialect.json_text('issued_by', 0, 1)} {_PLACES} ELSE {len(BODY_LEVELS)} END"


def most_official_first(dialect: Dialect) -> str:
    """Acts that their issuer has published, of them those of the same issuers (the parameter),
    then the highest body's; as terms of ORDER BY over ``notices``."""
    same = "coalesce(issued_by, '') != coalesce(?, '')"
    return f"coalesce(confirmed, 1) = 0, {same}, {highest_first(dialect)}"
