"""Hash the pieces of a text to whole numbers, and ask for them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence

from archive.search.tokens import AskedTokens, beginnings, tokens

Condition = tuple[str, list[list[int]]]
"""A condition over ``search_rows``, and the values of its parameters."""


def gram_hash(piece: str) -> int:
    """A stable number of 32 bits, with its sign."""
    number = zlib.crc32(piece.encode("utf-8", "surrogatepass"))
    return number - (1 << 32) if number >> 31 else number


def grams_of(keys: Iterable[str]) -> list[int]:
    """What a notice is found by: the hash of each piece of its search keys, and of what pieces
    begin with."""
    found: set[int] = set()
    for key in keys:
        found.update(map(gram_hash, tokens(key)))
        found.update(map(_begun, beginnings(key)))
    return sorted(found)


def gram_condition(groups: Sequence[Sequence[AskedTokens]]) -> Condition:
    """Of each group one that has all its pieces; what all must have is asked for at once."""
    asked = [[_hashes(one) for one in group] for group in groups]
    needed = [piece for group in asked if len(group) == 1 for piece in group[0]]
    choices = [[needed]] if needed else []
    choices += [group for group in asked if len(group) > 1]
    wanted = (" OR ".join(["grams @> ?::integer[]"] * len(group)) for group in choices)
    return " AND ".join(f"({either})" for either in wanted), [one for g in choices for one in g]


def _hashes(asked: AskedTokens) -> list[int]:
    return [*map(gram_hash, asked.whole), *map(_begun, asked.begun)]


def _begun(piece: str) -> int:
    return gram_hash(f"{piece}*")  # no piece of a text has this mark at its end
