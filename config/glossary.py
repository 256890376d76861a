"""The locked glossary (``config/glossary.yml``) and the words of questions: places
(``config/question_cities.yml``), names of keys, stop words and the lexicon of both languages
(``config/question_words.yml``). Each is read once, when first needed."""

from __future__ import annotations

from functools import cache, cached_property
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from config.companies import localities
from config.duty_terms import load_roles
from config.field.field_choice import (
    chosen_field,
    field_file,
    of_the_field,
    own_file,
    with_own,
)
from config.yaml_file import YamlFile, read

Terms = dict[str, str]


class Glossary(BaseModel):
    """English for Chinese, one section a purpose; sections are searched longest term first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_types: Terms
    stages: Terms
    terms: Terms
    parameters: Terms
    units: Terms
    duties: Terms
    triggers: Terms
    actors: Terms
    bases: Terms
    tiers: Terms
    objects: Terms


@of_the_field
def load_glossary() -> Glossary:
    """The shipped terms, and those that the field adds, read once."""
    return Glossary.model_validate(with_own("glossary.yml"))


_CONFIG = ConfigDict(frozen=True, extra="forbid")
Names = dict[str, tuple[str, ...]]


class Cities(BaseModel):
    """``config/question_cities.yml``: how questions speak of the cities of ``cities.yml``, by the
    code of their province."""

    model_config = _CONFIG

    with_suffix: Names
    unasked: Names
    counties: dict[str, dict[str, str]]
    other_names: Names

    @cached_property
    def cities(self) -> dict[str, dict[str, str]]:
        """The cities that a question may name, each with its English name."""
        return {
            code: {
                name: city.en
                for name, city in known.items()
                if name not in (*self.with_suffix.get(code, ()), *self.unasked.get(code, ()))
            }
            | self.counties.get(code, {})
            for code, known in localities.load_cities().items()
        }


class QuestionWords(BaseModel):
    """``config/question_words.yml``: what a question may call a key of the archive.

    ``lexicon`` gives the Chinese of the texts for an English word or phrase.
    """

    model_config = _CONFIG

    national: tuple[str, ...]
    no_places: tuple[str, ...]
    roles: Names
    topics: Names
    stages: Names
    publishers: Names
    stop_words: dict[Literal["en", "zh"], tuple[str, ...]]
    lexicon: Names


@cache
def load_cities() -> Cities:
    """The shipped cities, read once."""
    return Cities.model_validate(_read("question_cities.yml"))


@of_the_field
def load_question_words() -> QuestionWords:
    """The shipped words of questions, and those that the field adds, read once; for a field of
    one's own only those of the roles and topics that it has, with their names."""
    words = QuestionWords.model_validate(with_own("question_words.yml"))
    if chosen_field() is None:
        return words
    own = own_file("question_words.yml")
    of_topics: Any = (read(own, empty={}) if own else {}).get("topics") or {}
    roles = {
        key: (role.en, role.zh, *words.roles.get(key, ()))
        for key, role in load_roles().roles.items()
    }
    topics = {key: (*names, *of_topics.get(key, ())) for key, names in _topic_names().items()}
    return words.model_copy(update={"roles": roles, "topics": topics})


def _topic_names() -> Names:
    """What the field's topics are called."""
    topics = read(field_file("topics.yml")).get("topics") or ()
    named = {str(topic.get("id")): topic.get("name") or {} for topic in topics}
    return {
        key: tuple(str(name).lower() for name in (names.get("en"), names.get("zh")) if name)
        for key, names in named.items()
    }


def _read(name: str) -> dict[str, object]:
    return read(YamlFile(resources.files("config").joinpath(name), f"config/{name}"))
