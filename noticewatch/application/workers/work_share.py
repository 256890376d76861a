"""Which part of the work a process does, as the command line says it over the settings."""

from __future__ import annotations

from typing import cast

from config.machines.worker_roles import WORKER_ROLES, WorkerRole
from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError


def with_work_share(app: Application, roles: str | None, regions: str | None) -> Application:
    """The application with the roles and regions of the command line in place of the settings'."""
    given: dict[str, tuple[str, ...]] = {}
    if roles is not None:
        given["roles"] = _known_roles(_names("--roles", roles))
    if regions is not None:
        given["regions"] = _names("--regions", regions)
    if given:
        workers = app.settings.workers.model_copy(update=given)
        app.__dict__["settings"] = app.settings.model_copy(update={"workers": workers})
    return app


def _names(option: str, text: str) -> tuple[str, ...]:
    """The names of a list with commas, each once."""
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise NoticewatchError(f"{option}: expected names with commas between them, got {text!r}")
    return names


def _known_roles(names: tuple[str, ...]) -> tuple[WorkerRole, ...]:
    for name in names:
        if name not in WORKER_ROLES:
            known = ", ".join(WORKER_ROLES)
            raise NoticewatchError(f"--roles: no role {name!r} (known: {known})")
    return cast("tuple[WorkerRole, ...]", names)
