"""The words of duties: roles (``config/roles.yml``), acts and events (``config/actions.yml``)."""

from __future__ import annotations

from collections.abc import Set
from typing import Literal

from pydantic import BaseModel, ConfigDict

from config.field.field_choice import of_the_field, own_file, shipped_file, validated, with_own
from config.yaml_file import ConfigError, read

_CONFIG = ConfigDict(frozen=True, extra="forbid")
_ALWAYS = ("authority", "any_company", "public")  # every field has them


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


class OwnRoles(BaseModel):
    """The ``roles.yml`` of a field of one's own; ``shipped`` are keys of roles that it keeps."""

    model_config = _CONFIG

    shipped: tuple[str, ...] = ()
    roles: dict[str, RoleTerms]
    anyone: AnyoneTerms | None = None


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


@of_the_field
def load_roles() -> Roles:
    """The field's roles, read once; a field of one's own names the shipped ones that it keeps."""
    own = own_file("roles.yml")
    shipped = Roles.model_validate(read(shipped_file("roles.yml")))
    if own is None:
        return shipped
    content = validated(OwnRoles, own)
    if strange := [key for key in content.shipped if key not in shipped.roles]:
        known = ", ".join(shipped.roles)
        raise ConfigError(f"{own.shown}: shipped: expected some of {known}, got {strange[0]!r}")
    names = {*_ALWAYS, *content.shipped, *content.roles}
    kept = {
        key: _without_strangers(shipped.roles[key], names) for key in (*_ALWAYS, *content.shipped)
    }
    return Roles(roles={**kept, **content.roles}, anyone=content.anyone or shipped.anyone)


def _without_strangers(role: RoleTerms, names: Set[str]) -> RoleTerms:
    """A shipped role that stands in relation only to roles that the field has."""
    related = {
        name: tuple(other for other in getattr(role, name) if other in names)
        for name in ("part_of", "overlaps", "by_activity")
    }
    return role.model_copy(update=related)


@of_the_field
def load_actions() -> Actions:
    """Acts and events, read once: the shipped ones, and those that the field adds."""
    return Actions.model_validate(with_own("actions.yml"))
