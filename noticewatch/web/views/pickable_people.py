"""Whom an act can be given to: the people that settings, logins and companies name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from config.people import Right, may
from noticewatch.application.user_errors import NoticewatchError
from noticewatch.web.auth.users import secret_holders

if TYPE_CHECKING:
    from noticewatch.web.context import WebContext


def people_to_pick(site: WebContext) -> list[str]:
    """Their names in order; none where nobody is named, and a name is typed instead."""
    if site.settings.people:
        return [one.shown for one in site.settings.people]
    try:
        editors = [
            one.name
            for one in secret_holders(os.environ.get(site.settings.web.people_env, ""))
            if may(one.role, Right.HANDLE)
        ]
    except NoticewatchError:
        editors = []
    named = site.settings.web.editors
    responsible = [
        name
        for entity in site.entities
        for name in (entity.people.owner, entity.people.deputy)
        if name
    ]
    return sorted({*editors, *(named if named != "all" else ()), *responsible})
