"""What a field is called and what it deals in (``config/field.yml``)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from config.field.field_choice import field_file, of_the_field, validated

_CONFIG = ConfigDict(frozen=True, extra="forbid")


class BothNames(BaseModel):
    """A name in both languages."""

    model_config = _CONFIG

    en: str
    zh: str


class Goods(BaseModel):
    """Goods that a company may deal in: its words for them in ``entities.yml``, those of the law
    (a regular expression), and where a whole sentence is of them alone."""

    model_config = _CONFIG

    handles: tuple[str, ...]
    words: str
    only: str | None = None


class SelfTestText(BaseModel):
    """An invented act that the self-test sends through everything."""

    model_config = _CONFIG

    title: str
    body: tuple[str, ...]


class FieldNames(BaseModel):
    """``config/field.yml``: ``subject`` names the field in a sentence, ``short`` in a heading;
    ``thing`` is what activities are about where a text says it once for several; ``common`` are
    words that every act of the field has; ``same_words`` older terms with those of today;
    ``main_goods`` (a regular expression) what the field is about."""

    model_config = _CONFIG

    subject: BothNames
    short: BothNames
    thing: str
    common: tuple[str, ...] = ()
    same_words: dict[str, str] = {}
    main_goods: str
    goods: tuple[Goods, ...] = ()
    self_test: SelfTestText


@of_the_field
def load_field() -> FieldNames:
    """The field's names and goods, read once; ConfigError for a file that is not as described."""
    return validated(FieldNames, field_file("field.yml"))
