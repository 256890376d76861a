"""Turn a request down with a reason that pages can say in every language."""

from __future__ import annotations

from starlette.exceptions import HTTPException

from domain.records.reason import Reason, StoredReason
from i18n.catalogue import english

_BY_STATUS = {404: "request.no_page", 405: "request.method"}
_FAULT = Reason("request.fault")


class Refusal(HTTPException):
    """A request that is turned down; its detail, as the API gives it, is English."""

    def __init__(self, status: int, code: str, **parameters: object) -> None:
        self.reason = Reason(code, parameters)
        super().__init__(status, english(self.reason))


def refusal_reason(error: Exception) -> StoredReason:
    """Why a page cannot be shown, whoever raised the error."""
    if isinstance(error, Refusal):
        return StoredReason(error.detail, error.reason)
    if isinstance(error, HTTPException):
        code = _BY_STATUS.get(error.status_code)
        return StoredReason(error.detail, Reason(code) if code else None)
    return StoredReason(english(_FAULT), _FAULT)
