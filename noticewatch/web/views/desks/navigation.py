"""Where the pages stand: five desks in the menu, the machine rooms under one gear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[str, str]  # address and name


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """A word of the menu, where it leads, its icon, and the pages that stand behind it."""

    name: str
    href: str
    icon: str
    pages: tuple[Place, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether a page is one of this desk's."""
        own = (self.href, *(href for href, _ in self.pages))
        return any(path == href or (href != "/" and path.startswith(f"{href}/")) for href in own)


DESKS: Sequence[Desk] = (
    Desk(name="Inbox", href="/", icon="inbox"),
    Desk(name="Calendar", href="/deadlines", icon="calendar"),
    Desk(
        name="Law", href="/law", icon="law",
        pages=(
            ("/law", "List of the law"), ("/compare", "Compare"), ("/check", "Check an article"),
        ),
    ),
    Desk(
        name="Provinces", href="/matrix", icon="provinces",
        pages=(("/matrix", "Duties"), ("/map", "Map"), ("/activity", "Activity")),
    ),
    Desk(
        name="Search", href="/search", icon="search",
        pages=(("/search", "Search"), ("/searches", "Saved searches")),
    ),
)  # fmt: skip
GEAR = Desk(
    name="Settings and more",
    href="/settings",
    icon="gear",
    pages=(
        ("/sources", "Sources"),
        ("/alerts", "Delivery"),
        ("/audit", "Audit log"),
        ("/settings", "Settings"),
    ),
)
# What the desks are called in speech leads to them too.
NAMED_SO = {
    "/inbox": "/",
    "/calendar": "/deadlines",
    "/provinces": "/matrix",
    "/delivery": "/alerts",
}


def tabs_of(path: str) -> tuple[Place, ...]:
    """The pages that stand beside this one; none where it stands alone."""
    for desk in (*DESKS, GEAR):
        if desk.holds(path):
            return desk.pages
    return ()
