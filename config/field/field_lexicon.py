"""How a text shows that it is of the field (``config/lexicon.yml``)."""

from __future__ import annotations

import re

from pydantic import BaseModel, ConfigDict, model_validator

from config.field.field_choice import field_file, of_the_field, validated

_NOTHING = r"(?!)"  # matches nowhere


class FieldLexicon(BaseModel):
    """``config/lexicon.yml``: regular expressions, case ignored; see the file for what each is.

    ``field``, ``neighbours`` and ``aspects`` are groups by name, in the order that trained heads
    know; ``named``, ``possible``, ``strong`` and ``explicit`` name groups of ``field``, ``near``
    groups of ``neighbours``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    trace: str
    others: str = _NOTHING
    thing: str
    life_end: str = _NOTHING
    taken_back: str = _NOTHING
    own_act: str
    context: str
    field: dict[str, str]
    neighbours: dict[str, str] = {}
    aspects: dict[str, str] = {}
    named: tuple[str, ...]
    named_too: str = _NOTHING
    possible: tuple[str, ...] = ()
    strong: tuple[str, ...]
    explicit: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    near_too: str = _NOTHING
    new_thing: tuple[str, ...] = ()
    neighbour_titles: str = _NOTHING
    mention: str = _NOTHING

    @model_validator(mode="after")
    def _known_groups(self) -> FieldLexicon:
        for name in (*self.named, *self.possible, *self.strong, *self.explicit):
            if name not in self.field:
                raise ValueError(f"expected a group of field, got {name!r}")
        for name in self.near:
            if name not in self.neighbours:
                raise ValueError(f"expected a group of neighbours, got {name!r}")
        return self

    @model_validator(mode="after")
    def _patterns(self) -> FieldLexicon:
        texts = [value for value in self.__dict__.values() if isinstance(value, str)]
        groups = (self.field, self.neighbours, self.aspects)
        for text in (*texts, *(text for group in groups for text in group.values())):
            try:
                re.compile(text)
            except re.error as error:
                raise ValueError(f"expected a regular expression, got {text!r}: {error}") from None
        return self


@of_the_field
def load_lexicon() -> FieldLexicon:
    """The field's lexicon, read once; ConfigError for a file that is not as described."""
    return validated(FieldLexicon, field_file("lexicon.yml"))
