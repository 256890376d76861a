"""Show what the settings file says, without its secrets: nothing is changed here."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from noticewatch.web.context import WebContext
from noticewatch.web.templating import render_page
from noticewatch.web.views.pickable_people import people_to_pick


def settings_page(site: WebContext, request: Request) -> Response:
    """Channels, subscriptions, people and companies as they are in force."""
    settings = site.settings
    return render_page(
        site,
        request,
        "settings.html",
        channels=[
            (name, channel.type, channel.purpose) for name, channel in settings.channels.items()
        ],
        subscriptions=settings.subscriptions,
        people=people_to_pick(site),
        entities=site.entities,
        login=settings.web.auth,
        zone=settings.timezone,
        translation=settings.translation.provider,
        model=settings.encoder.model,
    )
