"""Find the versions or acts that a request wants to see compared, or refuse it."""

from __future__ import annotations

from starlette.requests import Request

from archive.read_models.related_acts import bond_between
from domain.diff.compare import diff_versions
from domain.diff.diff_model import Diff
from domain.records.notice import Notice, Version
from noticewatch.web.context import WebContext
from noticewatch.web.refusal import Refusal
from noticewatch.web.request_params import number_parameter
from noticewatch.web.views.compared_acts import ActsCompared

_LONGEST = 400_000  # characters of both texts that are compared on request


def compared(before: Version, after: Version) -> Diff:
    """Raises HTTPException (413) for texts that would take too long."""
    if len(before.text) + len(after.text) > _LONGEST:
        raise Refusal(413, "request.texts_too_long")
    return diff_versions(before, after)


def requested_versions(site: WebContext, request: Request) -> tuple[Version, Version]:
    """``a`` of ``posting`` and ``b`` of ``other``; the same posting without ``other``, its
    two newest versions without ``a`` and ``b``."""
    params = request.query_params
    first = number_parameter(params["posting"], "posting")
    second = number_parameter(params.get("other") or params["posting"], "other")
    newest = site.archive.versions.latest(second)
    last = newest.number if newest else 1
    b = number_parameter(params.get("b") or str(last), "b")
    a = number_parameter(params.get("a") or str(max(1, b - 1)), "a")
    before, after = site.archive.versions.get(first, a), site.archive.versions.get(second, b)
    if before is None or after is None:
        raise Refusal(404, "request.no_versions")
    return before, after


def requested_acts(site: WebContext, request: Request) -> ActsCompared:
    """The notices that ``before`` and ``after`` name. Raises HTTPException (400, 404)."""
    notices = [_named(site, request, name) for name in ("before", "after")]
    before, after = notices
    if before.id == after.id:
        raise Refusal(400, "request.same_notice_twice")
    bond = bond_between(before, after)
    if bond is not None and bond.kind == "amends" and bond.newer == after.id:
        for pair in site.archive.editions.act_pairs(after.id):
            if pair.relation == "amends" and pair.predecessor_id == before.id:
                return ActsCompared(
                    before=before,
                    after=after,
                    before_version=pair.before,
                    after_version=pair.after,
                    bond=bond,
                    amended=True,
                    orders_left=pair.left,
                )
    return ActsCompared(
        before=before,
        after=after,
        before_version=_text_of(site, before),
        after_version=_text_of(site, after),
        bond=bond,
    )


def _named(site: WebContext, request: Request, name: str) -> Notice:
    wanted = number_parameter(request.query_params.get(name), name)
    notice = site.archive.notices.get(wanted, versions=False)
    if notice is None:
        raise Refusal(404, "request.no_notice")
    return notice


def _text_of(site: WebContext, notice: Notice) -> Version:
    version = site.archive.summary.leading_version(notice.id)
    if version is None:
        raise Refusal(404, "request.no_text")
    return version
