"""The people who use the product, the roles that they have, and what each role may do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from config.strict_model import Language, Model

PersonRole = Literal["viewer", "analyst", "approver", "admin"]
"""From the one that may do least to the one that may do all."""

OLD_ROLES: Mapping[str, PersonRole] = {"reader": "viewer", "editor": "admin"}
"""Names of before: a reader only read, an editor could do everything."""


class Right(StrEnum):
    """What somebody may do."""

    READ = "read"
    """Pages, searches, files, the API; a search kept for oneself; a verdict as a proposal."""
    HANDLE = "handle"
    """Take on, assign, note, remind, correct topics and facts, keep articles."""
    CLOSE = "close"
    """Close an act or a duty, say that it is not for us, be the second person of a RED one."""
    OPERATE = "operate"
    """Have channels told of a search, send a message again, ask for a look at a source."""


_LEAST: Mapping[Right, PersonRole] = {
    Right.READ: "viewer",
    Right.HANDLE: "analyst",
    Right.CLOSE: "approver",
    Right.OPERATE: "admin",
}


def may(role: PersonRole, right: Right) -> bool:
    """Whether a role includes a right; each role may do what those before it may."""
    order = get_args(PersonRole)
    return order.index(role) >= order.index(_LEAST[right])


def least_role(right: Right) -> PersonRole:
    """The role that may do least of those that have a right."""
    return _LEAST[right]


def person_role(text: str) -> PersonRole | None:
    """A role by its name of now or of before; None for no role."""
    if text in OLD_ROLES:
        return OLD_ROLES[text]
    return next((role for role in get_args(PersonRole) if role == text), None)


def highest_role(roles: Iterable[PersonRole]) -> PersonRole | None:
    """The role of several that may do most; None of none."""
    return max(roles, key=get_args(PersonRole).index, default=None)


def _known_role(value: object) -> object:
    return OLD_ROLES.get(value, value) if isinstance(value, str) else value


def _mail(text: str) -> str:
    if text.count("@") != 1 or text.startswith("@") or text.endswith("@") or " " in text:
        raise ValueError(f"expected a mail address, got {text!r}")
    return text


GivenRole = Annotated[PersonRole, BeforeValidator(_known_role)]
MailAddress = Annotated[str, AfterValidator(_mail)]


class Person(Model):
    """Somebody who owns acts and duties, clicks in Slack, logs in."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}$")
    """Short name, as it stands in the archive and the audit log; never given to somebody else."""
    name: str = ""
    """Name as it is shown; the id without one."""
    slack: str | None = Field(default=None, pattern=r"^[UW][A-Z0-9]{5,20}$")
    """Slack user id, as in U0123ABCD: whose clicks are this person's, and who is mentioned."""
    mail: MailAddress | None = None
    """Mail address; a login by OIDC or a proxy may name it."""
    language: Language = "both"
    """Language of messages to this person alone."""
    role: GivenRole = "viewer"
    """What this person may do: [people](people.md). `reader` and `editor` are still understood."""

    @field_validator("name")
    @classmethod
    def _one_line(cls, name: str) -> str:
        return " ".join(name.split())[:80]

    @property
    def shown(self) -> str:
        return self.name or self.id


@dataclass(frozen=True, slots=True)
class People:
    """All people of the settings; empty where none are configured."""

    known: tuple[Person, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.known)

    def by_id(self, name: str) -> Person | None:
        return next((one for one in self.known if one.id == name), None)

    def by_slack(self, member: str) -> Person | None:
        return next((one for one in self.known if one.slack == member), None) if member else None

    def by_login(self, name: str) -> Person | None:
        """Whom a login names, by id or mail address."""
        wanted = name.strip().casefold()
        return next(
            (one for one in self.known if wanted in {one.id, (one.mail or one.id).casefold()}),
            None,
        )

    def find(self, name: str) -> Person | None:
        """Whom a name means in files and forms: an id, a mail address, a Slack id, or the shown
        name of one person only."""
        name = name.strip()
        found = self.by_login(name) or self.by_slack(name.removeprefix("slack:"))
        if found is not None:
            return found
        same = [one for one in self.known if one.shown.casefold() == name.casefold()]
        return same[0] if len(same) == 1 else None

    def shown(self, name: str) -> str:
        """The name to show for what stands in the archive."""
        found = self.find(name)
        return found.shown if found else name


def check_different(people: Iterable[Person]) -> None:
    """ValueError where two people share an id, a Slack id or a mail address: a click or login
    would be both of theirs."""
    taken: dict[str, str] = {}
    for number, one in enumerate(people):
        for key, value in (("id", one.id), ("slack", one.slack), ("mail", one.mail)):
            if value is None:
                continue
            word = value.casefold()
            if taken.get(word, one.id) != one.id or (key == "id" and word in taken):
                raise ValueError(f"people.{number}.{key}: {value!r} is somebody else's already")
            taken[word] = one.id
