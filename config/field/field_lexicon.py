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
    regulated_titles: str = _NOTHING
    mention: str = _NOTHING

    @model_validator(mode="after")
    def _known_groups(self) -> FieldLexicon:
        for key in ("named", "possible", "strong", "explicit"):
            self._check_groups(key, self.field, "field")
        self._check_groups("near", self.neighbours, "neighbours")
        return self

    def _check_groups(self, key: str, groups: dict[str, str], called: str) -> None:
        for name in getattr(self, key):
            if name not in groups:
                raise ValueError(f"{key}: expected a group of {called}, got {name!r}")

    @model_validator(mode="after")
    def _patterns(self) -> FieldLexicon:
        texts = {key: value for key, value in self.__dict__.items() if isinstance(value, str)}
        for name in ("field", "neighbours", "aspects"):
            texts |= {f"{name}.{key}": text for key, text in getattr(self, name).items()}
        for place, text in texts.items():
            try:
                re.compile(text)
            except re.error as error:
                raise ValueError(
                    f"{place}: expected a regular expression, got {text!r}: {error}"
                ) from None
        return self


@of_the_field
def load_lexicon() -> FieldLexicon:
    """The field's lexicon, read once; ConfigError for a file that is not as described."""
    return validated(FieldLexicon, field_file("lexicon.yml"))
