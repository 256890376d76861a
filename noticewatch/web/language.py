"""Choose the language of a page."""

from __future__ import annotations

from starlette.requests import Request

from i18n.phrases import Lang


def language_of(request: Request) -> Lang:
    """As chosen on a page, else what the browser asks for first."""
    chosen = request.query_params.get("lang") or request.cookies.get("lang")
    wanted = chosen or request.headers.get("accept-language", "").strip().lower()[:2]
    return "zh" if wanted == "zh" else "en"
