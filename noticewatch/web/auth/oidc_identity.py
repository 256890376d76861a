"""Tell whom a provider's claims mean: somebody of the people, or a role by groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from config.model import OidcSettings
from config.people import People, PersonRole, highest_role


@dataclass(frozen=True, kw_only=True, slots=True)
class OidcIdentity:
    """Who has logged in; ``role`` is None for one of the people, whose role stands there."""

    name: str
    role: PersonRole | None


def identify(
    settings: OidcSettings, people: People, claims: Mapping[str, Any]
) -> OidcIdentity | None:
    """None for somebody who may not come in. A name that the provider does not vouch for (a mail
    address that it calls unverified or says nothing of) means nobody."""
    named = _named(settings, claims)
    known = people.by_login(named) if named else None
    if known is not None:
        return OidcIdentity(name=known.id, role=None)
    groups = _groups(claims.get(settings.groups_claim))
    role = highest_role(settings.roles[name] for name in groups if name in settings.roles)
    role = role or settings.default_role
    if role is None:
        return None
    # Never what could be an id of somebody, now or later.
    shown = named if "@" in named else f"oidc:{named or claims['sub']}"
    return OidcIdentity(name=shown[:80], role=role)


def _named(settings: OidcSettings, claims: Mapping[str, Any]) -> str:
    value = claims.get(settings.person_claim)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        return ""
    by_mail = settings.person_claim == "email"
    if by_mail and not settings.unverified_mail and claims.get("email_verified") is not True:
        return ""
    return value.strip()


def _groups(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
