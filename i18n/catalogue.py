"""Render reasons in a language from its catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from domain.acts.severity import rule_as_of
from domain.records.reason import Reason, StoredReason
from i18n.en.act_reasons import ACT_REASONS as EN_ACTS
from i18n.en.change_reasons import CHANGE_REASONS as EN_CHANGES
from i18n.en.request_reasons import REQUEST_REASONS as EN_REQUESTS
from i18n.en.source_reasons import SOURCE_REASONS as EN_SOURCES
from i18n.phrases import Lang
from i18n.sentence import Catalogue, fill
from i18n.zh.act_reasons import ACT_REASONS as ZH_ACTS
from i18n.zh.change_reasons import CHANGE_REASONS as ZH_CHANGES
from i18n.zh.request_reasons import REQUEST_REASONS as ZH_REQUESTS
from i18n.zh.source_reasons import SOURCE_REASONS as ZH_SOURCES

CATALOGUES: Mapping[Lang, Catalogue] = {
    "en": Catalogue(sentences={**EN_ACTS, **EN_CHANGES, **EN_REQUESTS, **EN_SOURCES}, joint="; "),
    "zh": Catalogue(sentences={**ZH_ACTS, **ZH_CHANGES, **ZH_REQUESTS, **ZH_SOURCES}, joint="；"),
}


def render(reason: Reason, lang: Lang) -> str:
    """The sentence of a reason; a code of a later release is shown as it is."""
    catalogue = CATALOGUES[lang]
    sentence = catalogue.sentences.get(reason.code)
    if sentence is None:
        return reason.code
    values = {name: _rendered(value, lang) for name, value in reason.parameters.items()}
    return fill(sentence, values, catalogue.joint)


def english(reason: Reason) -> str:
    """The English sentence, as the archive stores it."""
    return render(reason, "en")


def stored(reason: Reason) -> StoredReason:
    """A reason with the English sentence that is kept beside it."""
    return StoredReason(english(reason), reason)


def render_stored(kept: StoredReason, lang: Lang) -> str:
    """A kept reason in a language; of a row without code the English sentence as it is."""
    if kept.reason is None or lang == "en":
        return kept.english
    return render(kept.reason, lang)


def render_rule(kept: StoredReason, lang: Lang, today: date) -> str:
    """A severity rule as it reads today: the days left are counted anew."""
    if kept.reason is None:
        return kept.english
    return render(rule_as_of(kept.reason, today), lang)


def _rendered(value: Any, lang: Lang) -> Any:
    if isinstance(value, Reason):
        return render(value, lang)
    if isinstance(value, tuple):
        # Two facts may read alike: "new deadline 2 years" is said once.
        return tuple(dict.fromkeys(_rendered(item, lang) for item in value))
    return value
