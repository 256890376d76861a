"""English sentences of why a source, one of its lists or one of its pages is as it is."""

from __future__ import annotations

from i18n.sentence import Sentence


def _few_rows(rows: int, least: int) -> str:
    counted = "1 row" if rows == 1 else f"{rows} rows"
    return f"{counted} in the list where at least {least} are expected"


def _silent(newest: str, days: int) -> str:
    return f"the newest notice is of {newest}, older than {days} days"


def _flood(waiting: int) -> str:
    counted = "1 notice waits" if waiting == 1 else f"{waiting} notices wait"
    return f"more is new or changed than a source may bring in 24 hours: at least {counted}"


def _unit_answers(path: str, said: str, message: str) -> str:
    return f"the unit answers {path}={said} {message}".rstrip()


def _interface_answers(path: str, value: str, wanted: str, message: str) -> str:
    told = f": {message}" if message else ""
    return f"the interface answers {path}={value or 'nothing'} instead of {wanted}{told}"


def _pages_no_notice(count: int, url: str, why: str) -> str:
    shown = "1 page is" if count == 1 else f"{count} pages are"
    return f"{shown} no notice any more for a day and longer; {url}: {why}"


SOURCE_REASONS: dict[str, Sentence] = {
    # how the pass went
    "source.failures_in_a_row": "{count} requests in a row failed, the last one: {why}",
    "source.wait_asked": "{why}; it asks to wait {seconds} s",
    "source.pass_broke_off": "the pass broke off: {error}",
    "source.host_of_another": "another worker reads {host} just now",
    "source.time_up": "the time of this pass is over",
    "source.not_collected": "the collector has brought no answer for this address",
    "source.column_page": "column page: {why}",
    "source.known_not_read": "known page not read: {why}",
    "source.not_read_yet": "notice not read yet: {why}",
    "source.still_not_read": "notice still not read: {why}",
    "source.row_only": "notice kept from its list row only: {why}",
    "source.not_understood": "notice not understood: {error}",
    "source.flood": _flood,
    "source.day_is_full": "this source has used up its requests or bytes for 24 hours",
    "source.not_stored_whole": "of this notice the first {most} characters are stored",
    "source.page_too_heavy": "the page takes more time or memory to read than a page may",
    "source.list_not_understood": "the list could not be understood: {error}",
    "source.attachments_wait": (
        "reading attachments of this source took {seconds} s; the others wait for the next pass"
    ),
    "source.attachment_not_read": "attachment not read: {why}",
    "source.listed_page_missing": "the page of a listed notice is missing",
    # what the site answers
    "source.http_status": "HTTP {status}",
    "source.refuses": "the site refuses the request (HTTP {status})",
    "source.script_challenge": "the site answers with a script challenge (HTTP {status})",
    "source.challenge_with_status": "a challenge page came with HTTP {status} ({mark})",
    "source.challenge_instead_of_notice": "a challenge page came instead of the notice ({mark})",
    "source.challenge_instead_of_list": (
        "a challenge or block page came instead of the list ({mark})"
    ),
    "source.html_not_json": "an HTML page came where JSON was due: a block or challenge page",
    "source.broken_json": "the answer is not valid JSON ({error})",
    "source.slow_down": "the site asks to slow down (HTTP {status})",
    "source.server_fails": "the server fails (HTTP {status})",
    "source.not_found": "the address does not exist (HTTP {status})",
    "source.unexpected_status": "an unexpected answer (HTTP {status}) from {url}",
    "source.oversize": "the answer is larger than allowed",
    "source.bomb": "the answer expands beyond the size allowed",
    "source.truncated": "the answer was cut off",
    # what stands in a notice's or a file's place
    "source.not_a_notice": "what stands at the address is not the notice: {why}",
    "source.pages_no_notice": _pages_no_notice,
    "source.several_no_notice": "{count} pages answer with no notice, the last one: {why}",
    "source.answer_empty": "it is empty",
    "source.answer_login": "a login ({words})",
    "source.answer_maintenance": "maintenance ({words})",
    "source.answer_error": "an error ({words})",
    "source.answer_busy": "the site is busy ({words})",
    "source.answer_withheld": "nothing is shown yet ({words})",
    "source.answer_loading": "it only says that it loads ({words})",
    "source.answer_json": "data (JSON)",
    "source.answer_page": "a page in place of a file",
    "source.answer_other": "another text without the title of the notice",
    "source.answer_anothers": "the page of another notice: {title} ({url})",
    "source.answer_cut": "it breaks off",
    "source.answer_little": "the heading with {left} characters where there were {before}",
    # the way to the site
    "source.timeout": "no complete answer in time",
    "source.host_unresolved": "the host name cannot be resolved",
    "source.named_host_unresolved": "the host name {host} cannot be resolved",
    "source.resolves_inside": "{host} resolves to an inner address",
    "source.connection_refused": "the connection was refused",
    "source.connection_failed": "the connection failed ({error})",
    "source.redirect_circle": "the redirects lead in a circle",
    "source.redirects_many": "more than {most} redirects",
    "source.redirect_nowhere": "the site redirects to an address that is none",
    "source.redirect_refused": "a redirect was refused: {why}",
    "source.leads_off": "the address leads off: {why}",
    "source.other_host": "{host} is another host than the source's own",
    "source.internal_host": "{host} is a private or loopback address",
    "source.scheme_missing": "an address without scheme is not http",
    "source.scheme": "{scheme} is not http",
    "source.row_leads_inside": (
        "the row {title} leads to an inner address and is kept as text only: {url}"
    ),
    "source.render_missing": (
        "its lists need a browser: pip install 'noticewatch[browser]' and Chromium of the system"
    ),
    "source.render_failed": "the browser could not show the page ({error})",
    "source.robots_forbid": "robots.txt forbids this address",
    "source.robots_wait": "robots.txt answers {status}, which asks crawlers to wait",
    # what the list holds
    "source.few_rows": _few_rows,
    "verify.few_dates": "{dated} of {rows} rows have a date",
    "verify.notice_lacks": "the first notice of the list reads without its {fields}",
    "source.silent": _silent,
    "source.backwards": "the dates go backwards: newest {newest}, before {before}",
    "source.list_leads_on": "the list only leads from one request to the next",
    "source.no_links": "the list holds no notice link",
    "source.undated": "no row of the list is dated",
    "source.some_undated": "{undated} of {rows} rows carry no date that can be read",
    "source.interface_fails": "the list's interface fails; the rows of the column's page are read",
    "source.no_dated_link": "no row of a link plus a date",
    "source.rows_undated": "rows carry no date",
    "source.rows_commented": "the page has no live rows; these stand inside an HTML comment",
    "source.selector_missed": "configured selector {selector} found no dated row",
    "source.used_instead": "{why}; used {used}",
    "source.ids_drifted": "ids drifted: {difference}",
    "source.id_differs": "{name} is {site} on the site, {configured} in the configuration",
    "source.no_frame": "the column page has no frame {selector}",
    "source.no_unit": "the column page names no unit (queryData)",
    "source.no_unit_own_rows": "the column page has no unit; used its own rows",
    "source.empty_unit": "the unit's answer is empty or holds no notice link",
    "source.unit_answers": _unit_answers,
    "source.no_records": "the record interface was read but it holds no record",
    "source.records_malformed": "the record interface was read but records are malformed",
    "source.interface_answers": _interface_answers,
    "source.items_lead_nowhere": "items: {path} leads to nothing; the answer has {has}",
    "source.field_leads_nowhere": ("{name} {given} leads to nothing; an entry of {path} has {has}"),
    "source.field_not_given": "{name} is not given; an entry of {path} has {has}",
    # what stands in a JSON answer
    "shape.text": "text ({text})",
    "shape.list": "a list",
    "shape.empty_list": "an empty list",
    "shape.only": "only {value}",
    "shape.names": "{names}",
}
