"""Names that somebody types: where there are people, the id of one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from config.model import Settings


def person_named(settings: Settings, name: str) -> str:
    """The name itself where no people are configured; NoticewatchError for one who is not
    among them."""
    if not settings.people:
        return name
    found = settings.team.find(name)
    if found is None:
        from config.validation_messages import nearest_hint

        hint = nearest_hint(name, [one.id for one in settings.people])
        raise NoticewatchError(f"nobody in people is {name!r}{hint}")
    return found.id
