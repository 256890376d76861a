"""What a check of ``noticewatch doctor`` answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One check: what was looked at, how it is, and what to do when it is not well."""

    check: str
    state: Literal["ok", "warning", "error"]
    detail: str
    advice: str = ""


def ok(check: str, detail: str) -> CheckResult:
    return CheckResult(check=check, state="ok", detail=detail)


def error(check: str, detail: str, advice: str) -> CheckResult:
    return CheckResult(check=check, state="error", detail=detail, advice=advice)


def warning(check: str, detail: str, advice: str) -> CheckResult:
    return CheckResult(check=check, state="warning", detail=detail, advice=advice)
