"""English sentences of why a request is turned down."""

from __future__ import annotations

from i18n.sentence import Sentence

REQUEST_REASONS: dict[str, Sentence] = {
    "request.no_obligation": "no such obligation",
    "request.no_notice": "no such notice",
    "request.no_versions": "no such versions",
    "request.no_evidence": "no such evidence",
    "request.no_source": "no such source",
    "request.no_saved_search": "no such saved search",
    "request.no_dead_letter": "no such dead letter",
    "request.no_text": "no text is kept",
    "request.no_data_fields": "no data fields",
    "request.no_login": "there is no login here",
    "request.no_sources_served": "this archive is served without its sources",
    "request.no_page": "Not Found",
    "request.method": "Method Not Allowed",
    "request.fault": "internal error",
    "request.archive_says": "{text}",
    "request.unknown_link": "this link is not known here",
    "request.notice_of_link_gone": "the notice of this link is no longer here",
    "request.texts_too_long": "these texts are too long to compare on a page",
    "request.form_too_large": "this form is too large",
    "request.form_too_old": "this form is too old: open the page again",
    "request.name_taken": "a subscription has this name; choose another",
    "request.editors_end_subscription": "only editors may end a subscription",
    "request.editors_check": "only editors may ask for a check",
    "request.editors_tell_channel": "only editors may have a channel told",
    "request.editors_send_again": "only editors may send a message again",
    "request.editors_handle": "only editors may change how a notice is handled",
    "request.editors_remind": "only editors may have a channel reminded",
    "request.search_name_missing": "name: a saved search needs a name",
    "request.day_not_to_come": "on: expected a day that is still to come",
    "request.name_missing": "who: expected a name",
    "request.same_notice_twice": "before and after: expected two different notices",
    "request.date": "{name}: expected a date such as {example}",
    "request.number": "{name}: expected a number",
    "request.between": "{name}: expected {least} to {most}",
    "request.query_too_long": "q: expected at most {most} characters",
    "request.search_too_costly": (
        "q: this search asks too much: use fewer words (OR, minus and filters: {most} at most)"
    ),
    "request.many_at_once": "too many searches at once: wait for those before",
    "request.cursor_unknown": "cursor: expected the next_cursor of the page before",
    "request.channel_unknown": "channel: expected one of the settings' channels",
    "request.posting_unknown": "posting: expected a posting's id",
    "request.topic_unknown": "topic: expected a topic's id",
    "request.one_of": "{name}: expected {known}",
}
