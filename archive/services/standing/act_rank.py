"""Order acts for a search that stops somewhere: a flood of a lower site's hides no higher one's."""

from __future__ import annotations

from config.body_level import BODY_LEVELS

_PLACES = " ".join(f"WHEN '{level}' THEN {place}" for place, level in enumerate(BODY_LEVELS))

HIGHEST_FIRST = f"CASE json_extract(issued_by, '$[0][1]') {_PLACES} ELSE {len(BODY_LEVELS)} END"
"""The level of those who issued an act (they are all of one), as a term of ORDER BY."""

MOST_OFFICIAL_FIRST = f"confirmed IS 0, issued_by IS NOT ?, {HIGHEST_FIRST}"
"""Acts that their issuer has published, of them those of the same issuers (the parameter), then
the highest body's; as terms of ORDER BY over ``notices``."""
