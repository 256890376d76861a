"""Turn a text into features: words of the field in all eras, and of its neighbours.

A topic is an aspect (a fine, a portal, a code …) of the field. The groups of the field's lexicon
(:mod:`config.field.field_lexicon`) say how surely a text is of the field, whether it is of a
neighbour, and which aspects it names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from config.field.field_choice import of_the_field
from config.field.field_lexicon import FieldLexicon, load_lexicon

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class CompiledLexicon:
    """The field's lexicon with its patterns compiled."""

    terms: FieldLexicon
    trace: re.Pattern[str]
    others: re.Pattern[str]
    thing: re.Pattern[str]
    life_end: re.Pattern[str]
    near: re.Pattern[str]
    groups: tuple[tuple[str, re.Pattern[str]], ...]  # field:, neighbour: and aspect: by name


@of_the_field
def compiled_lexicon() -> CompiledLexicon:
    """The lexicon of the field that was chosen, compiled once."""
    terms = load_lexicon()
    near = (*(terms.neighbours[name] for name in terms.near), terms.near_too, terms.others)
    return CompiledLexicon(
        terms=terms,
        trace=re.compile(terms.trace, re.IGNORECASE),
        others=re.compile(terms.others, re.IGNORECASE),
        thing=re.compile(terms.thing, re.IGNORECASE),
        life_end=re.compile(terms.life_end, re.IGNORECASE),
        near=re.compile("|".join(near), re.IGNORECASE),
        groups=tuple((name, re.compile(p, re.IGNORECASE)) for name, p in _groups(terms).items()),
    )


def _groups(terms: FieldLexicon) -> dict[str, str]:
    return {
        **{f"field:{name}": pattern for name, pattern in terms.field.items()},
        **{f"neighbour:{name}": pattern for name, pattern in terms.neighbours.items()},
        **{f"aspect:{name}": pattern for name, pattern in terms.aspects.items()},
    }


def feature_names() -> tuple[str, ...]:
    """Names of the features, in their order."""
    derived = (
        "strong", "strong_alone", "weak_only", "neighbour_only",
        "other_battery", "other_battery_only", "no_battery", "power_only",
    )  # fmt: skip
    terms = load_lexicon()
    crossed = tuple(f"strong*{name}" for name in terms.aspects)
    return (*_groups(terms), *derived, *crossed)


def has_trace(text: str) -> bool:
    """True if anything in the text could be of the field."""
    return compiled_lexicon().trace.search(text) is not None


def features(text: str) -> Floats:
    """Counts of each group (0 to 1), derived flags, and aspects seen beside a strong mark."""
    lexicon, own = compiled_lexicon(), own_words(text)
    terms = lexicon.terms
    counts = np.fromiter(
        (
            min(len(pattern.findall(own if name.startswith("field:") else text)), 2) / 2
            for name, pattern in lexicon.groups
        ),
        np.float32,
    )
    fields, neighbours = len(terms.field), len(terms.neighbours)
    seen = dict(zip(terms.field, counts, strict=False))
    strong = any(seen[name] for name in terms.strong)
    weak = bool(counts[:fields].any())
    near = bool(counts[fields : fields + neighbours].any())
    other = own != text
    explicit = any(seen[name] for name in terms.explicit)
    named = bool(terms.new_thing) and all(word in own for word in terms.new_thing)
    new_only = named and lexicon.life_end.search(own) is None
    derived = np.array(
        [
            strong, strong and not near, weak and not strong, near and not strong,
            other, other and not explicit, lexicon.thing.search(own) is None, new_only,
        ],
        np.float32,
    )  # fmt: skip
    crossed = (counts[fields + neighbours :] > 0) * np.float32(strong)
    return np.concatenate([counts, derived, crossed]).astype(np.float32)


def own_words(text: str) -> str:
    """The text without the things of neighbouring fields."""
    return compiled_lexicon().others.sub("〓", text)


def has_thing(own: str) -> bool:
    """True if a text (its :func:`own_words`) speaks of the field's thing or what is in one."""
    return compiled_lexicon().thing.search(own) is not None


def is_end_of_life(own: str) -> bool:
    """True if a text (its :func:`own_words`) speaks of the end of use, of codes or transport."""
    return compiled_lexicon().life_end.search(own) is not None


def is_strong(text: str) -> bool:
    """True if the text bears a strong mark of the field."""
    own, terms = own_words(text), load_lexicon()
    return any(re.search(terms.field[name], own, re.IGNORECASE) for name in terms.strong)


def has_neighbour(text: str) -> bool:
    """True if the text names a neighbouring field."""
    return compiled_lexicon().near.search(text) is not None
