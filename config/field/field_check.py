"""Look at all files of a field of one's own when the settings are read, so that a fault is told at
once, in one sentence, and not in the midst of the work."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from config.duty_terms import load_actions, load_roles
from config.field.field_choice import field_file
from config.field.field_lexicon import load_lexicon
from config.field.field_names import load_field
from config.glossary import load_glossary, load_question_words
from config.yaml_file import ConfigError


def check_field() -> None:
    """ConfigError for the first fault of the field that was chosen."""
    load_lexicon()
    _check_patterns("field.yml", _goods())
    _check_patterns("roles.yml", _role_words())
    _check_patterns("actions.yml", _action_words())
    _check_roles()
    load_glossary()
    load_question_words()


def _goods() -> Iterator[tuple[str, str]]:
    field = load_field()
    yield "main_goods", field.main_goods
    for number, goods in enumerate(field.goods):
        yield f"goods.{number}.words", goods.words
        yield f"goods.{number}.only", goods.only or ""


def _role_words() -> Iterator[tuple[str, str]]:
    for key, role in load_roles().roles.items():
        for number, words in enumerate(role.words):
            yield f"roles.{key}.words.{number}", words


def _action_words() -> Iterator[tuple[str, str]]:
    known = load_actions()
    for key, action in known.actions.items():
        for number, words in enumerate(action.words):
            yield f"actions.{key}.words.{number}", words
    for key, event in known.events.items():
        for number, words in enumerate(event):
            yield f"events.{key}.{number}", words


def _check_patterns(name: str, patterns: Iterable[tuple[str, str]]) -> None:
    for place, pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ConfigError(
                f"{field_file(name).shown}: {place}: expected a regular expression, "
                f"got {pattern!r}: {error}"
            ) from None


def _check_roles() -> None:
    known = load_roles().roles
    for key, role in known.items():
        for name in (*role.part_of, *role.overlaps, *role.by_activity):
            if name not in known:
                raise ConfigError(
                    f"{field_file('roles.yml').shown}: roles.{key}: expected a role of the field,"
                    f" got {name!r}"
                )
