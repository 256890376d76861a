"""The checks of ``noticewatch doctor`` in their order: each says what to do about one thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from noticewatch.application.application import Application
from noticewatch.doctor import (
    border_checks,
    database_checks,
    installation_checks,
    machine_checks,
    operation_checks,
    settings_checks,
)
from noticewatch.doctor.check_result import CheckResult

Check = Callable[[Application], Iterator[CheckResult]]

WITHOUT_SETTINGS: tuple[Check, ...] = (
    installation_checks.python,
    installation_checks.shadowed,
    installation_checks.sqlite,
)
CHECKS: tuple[Check, ...] = (
    *WITHOUT_SETTINGS,
    settings_checks.configuration,
    settings_checks.companies,
    settings_checks.people,
    settings_checks.secrets_in_file,
    settings_checks.channels,
    settings_checks.slack,
    settings_checks.time_zone,
    database_checks.database,
    operation_checks.archive,
    machine_checks.clock,
    machine_checks.disk,
    machine_checks.permissions,
    operation_checks.last_success,
    operation_checks.service,
    operation_checks.backups,
    border_checks.collectors,
    installation_checks.file_formats,
    installation_checks.model,
    installation_checks.translation,
)
