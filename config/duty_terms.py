"""The words of duties: roles (``config/roles.yml``), acts and events (``config/actions.yml``)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict

from config.yaml_file import YamlFile, read

_CONFIG = ConfigDict(frozen=True, extra="forbid")


class RoleTerms(BaseModel):
    """A role: whom it binds, its English plural, its words as regular expressions.

    ``part_of`` are wider roles whose duties are its own too; ``overlaps`` roles that the law of
    some years counts it among; ``by_activity`` roles that may have this one too by what they do
    (a recycler that ships is a consignor); ``moves`` says that it works across provinces.
    """

    model_config = _CONFIG

    kind: Literal["company", "authority", "public"]
    en: str
    zh: str
    words: tuple[str, ...]
    part_of: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    by_activity: tuple[str, ...] = ()
    moves: bool = False


class AnyoneTerms(BaseModel):
    """The words for any unit and any individual."""

    model_config = _CONFIG

    en: str
    zh: str
    words: tuple[str, ...]


class Roles(BaseModel):
    """``config/roles.yml``."""

    model_config = _CONFIG

    roles: dict[str, RoleTerms]
    anyone: AnyoneTerms


class ActionTerms(BaseModel):
    """What a duty asks for: its English verb and its words as regular expressions; ``verbs``
    are closer English verbs of single Chinese ones (迁移: move)."""

    model_config = _CONFIG

    en: str
    words: tuple[str, ...]
    verbs: dict[str, str] = {}


class Actions(BaseModel):
    """``config/actions.yml``: acts, and the events that start or end a period."""

    model_config = _CONFIG

    actions: dict[str, ActionTerms]
    events: dict[str, tuple[str, ...]]


@cache
def load_roles() -> Roles:
    """The shipped roles, read once."""
    file = YamlFile(resources.files("config").joinpath("roles.yml"), "config/roles.yml")
    return Roles.model_validate(read(file))


@cache
def load_actions() -> Actions:
    """The shipped acts and events, read once."""
    file = YamlFile(resources.files("config").joinpath("actions.yml"), "config/actions.yml")
    return Actions.model_validate(read(file))
