"""The companies of the people who use the product: ``entities.yml`` beside the settings.

What they do, where they are, what they deal in, whom they buy from. The file is read here and
never sent anywhere.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator

from config.companies.credit_code import credit_code_fault
from config.companies.localities import Locality, find_place
from config.duty_terms import load_roles
from config.model import Key, Model
from config.validation_messages import nearest_hint, sentence
from config.yaml_file import ConfigError, YamlFile, read

# Other words for a key that people write.
_SAME_AS = {
    "short": "aliases", "short_name": "aliases", "short_names": "aliases", "alias": "aliases",
    "former": "former_names", "former_name": "former_names", "previous_names": "former_names",
}  # fmt: skip
_GENERAL_ROLES = frozenset({"any_company"})


def _text(value: object) -> object:
    """A number that YAML made of a code or a permit's number is the text that was written."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _credit_code(text: str) -> str:
    code = "".join(text.split()).upper()
    fault = credit_code_fault(code)
    if fault is not None:
        raise ValueError(fault)
    return code


def _role(text: str) -> str:
    known = company_roles()
    if text not in known:
        raise ValueError(f"unknown role {text!r}{nearest_hint(text, known)}")
    return text


def _place(text: str) -> str:
    if find_place(text) is None:
        raise ValueError(
            f"unknown place {text!r}: expected a province's code such as CN-SH, or a city by name"
        )
    return text


def _named(value: object) -> object:
    return {"zh": value} if isinstance(value, str) else value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _name(text: str) -> str:
    """A name of one character would be found everywhere."""
    if len(text.strip()) < 2:
        raise ValueError(f"expected a name of two characters or more, got {text!r}")
    return text.strip()


def company_roles() -> list[str]:
    """The roles of config/roles.yml that an entity may have."""
    roles = load_roles().roles
    return [
        name
        for name, terms in roles.items()
        if terms.kind == "company" and name not in _GENERAL_ROLES
    ]


Text = Annotated[str, BeforeValidator(_text)]
CreditCode = Annotated[str, BeforeValidator(_text), AfterValidator(_credit_code)]
Role = Annotated[str, AfterValidator(_role)]
PlaceName = Annotated[str, AfterValidator(_place)]
Name = Annotated[str, BeforeValidator(_text), AfterValidator(_name)]
Listed = Annotated[tuple[Name, ...], BeforeValidator(_listed)]


class EntityName(Model):
    """A company's registered name, in Chinese and, where it has one, in English."""

    zh: Name | None = None
    en: Name | None = None

    @model_validator(mode="after")
    def _some(self) -> EntityName:
        if not (self.zh or self.en):
            raise ValueError("expected zh or en, found neither")
        return self


class Party(Model):
    """A company that notices may name: its registered, short and former names, its credit code."""

    name: Annotated[EntityName, BeforeValidator(_named)]
    aliases: Listed = ()
    """Short names and brands, as notices write them."""
    former_names: Listed = ()
    """Names that it had before."""
    credit_code: CreditCode | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_word_for_each(cls, given: Any) -> Any:
        """``short_name`` is an alias, ``former_name`` a former name, also within ``name``."""
        return _with_names_in_place(given) if isinstance(given, dict) else given

    @property
    def shown(self) -> str:
        return self.name.zh or self.name.en or ""


class Permit(Model):
    """A permit and its last day."""

    kind: Text
    number: Text | None = None
    until: date | None = None


class EntityPeople(Model):
    """Who is told of an entity's duties: its owner, then the deputy."""

    owner: str | None = None
    deputy: str | None = None


class Entity(Party):
    """A company of ours."""

    key: Key
    roles: tuple[Role, ...] = Field(min_length=1)
    places: tuple[PlaceName, ...] = Field(min_length=1)
    """Where it is: provinces by code, cities by name."""
    deals_in: tuple[PlaceName, ...] = ()
    """Where it deals without having a place there."""
    handles: tuple[Key, ...] = ()
    """What it deals in: packs, cells, black_mass …"""
    permits: tuple[Permit, ...] = ()
    suppliers: tuple[Party, ...] = ()
    people: EntityPeople = EntityPeople()

    @property
    def located(self) -> tuple[Locality, ...]:
        """Where it is."""
        return _places(self.places)

    @property
    def dealing(self) -> tuple[Locality, ...]:
        """Where it deals without having a place there."""
        return _places(self.deals_in)


class _Entities(Model):
    entities: tuple[Entity, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _differ(self) -> _Entities:
        keys = [entity.key for entity in self.entities]
        twice = next((key for key in keys if keys.count(key) > 1), None)
        if twice is not None:
            raise ValueError(f"expected different keys, {twice!r} stands there twice")
        return self


def _with_names_in_place(given: dict[str, Any]) -> dict[str, Any]:
    found = dict(given)
    name = found.get("name")
    if isinstance(name, dict):
        found["name"] = {key: value for key, value in name.items() if key not in _SAME_AS}
        found |= {key: value for key, value in name.items() if key in _SAME_AS and key not in found}
    for word, meant in _SAME_AS.items():
        if word in found:
            more, known = _listed(found.pop(word)), _listed(found.get(meant) or [])
            if isinstance(more, list) and isinstance(known, list):
                more = [*known, *more]
            found[meant] = more
    return found


def _places(names: tuple[str, ...]) -> tuple[Locality, ...]:
    return tuple(place for name in names if (place := find_place(name)) is not None)


def load_entities(path: Path | str | None) -> tuple[Entity, ...]:
    """The entities of a file; none where there is no file. ConfigError says in one sentence what
    is wrong with it."""
    if path is None:
        return ()
    file = YamlFile.at(Path(path))
    content: dict[str, Any] = read(file)
    try:
        return _Entities.model_validate(content).entities
    except ValidationError as error:
        raise ConfigError(f"{file.shown}: {sentence(_Entities, error)}") from None


def names_of(party: Party) -> tuple[str, ...]:
    """The registered names of a company in both languages."""
    return tuple(name for name in (party.name.zh, party.name.en) if name)
