"""Render reasons in a language from its catalogue."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from domain.records.reason import Reason, StoredReason
from i18n.sentence import Catalogue, fill

if TYPE_CHECKING:
    from i18n.phrases import Lang


@cache
def catalogue(lang: Lang) -> Catalogue:
    """The sentences of a language by code; loaded at the first reason that is rendered."""
    return _chinese() if lang == "zh" else _english()


def _english() -> Catalogue:
    from i18n.en.act_reasons import ACT_REASONS
    from i18n.en.applicability_reasons import APPLICABILITY_REASONS
    from i18n.en.change_reasons import CHANGE_REASONS
    from i18n.en.request_reasons import REQUEST_REASONS
    from i18n.en.source_reasons import SOURCE_REASONS

    sentences = {
        **ACT_REASONS, **APPLICABILITY_REASONS, **CHANGE_REASONS, **REQUEST_REASONS,
        **SOURCE_REASONS,
    }  # fmt: skip
    return Catalogue(sentences=sentences, joint="; ")


def _chinese() -> Catalogue:
    from i18n.zh.act_reasons import ACT_REASONS
    from i18n.zh.applicability_reasons import APPLICABILITY_REASONS
    from i18n.zh.change_reasons import CHANGE_REASONS
    from i18n.zh.request_reasons import REQUEST_REASONS
    from i18n.zh.source_reasons import SOURCE_REASONS

    sentences = {
        **ACT_REASONS, **APPLICABILITY_REASONS, **CHANGE_REASONS, **REQUEST_REASONS,
        **SOURCE_REASONS,
    }  # fmt: skip
    return Catalogue(sentences=sentences, joint="；")


def render(reason: Reason, lang: Lang) -> str:
    """The sentence of a reason; a code of a later release is shown as it is."""
    known = catalogue(lang)
    sentence = known.sentences.get(reason.code)
    if sentence is None:
        return reason.code
    values = {name: _rendered(value, lang) for name, value in reason.parameters.items()}
    return fill(sentence, values, known.joint)


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
    from domain.acts.severity import rule_as_of  # only where a deadline of a rule has passed

    return render(rule_as_of(kept.reason, today), lang)


def _rendered(value: Any, lang: Lang) -> Any:
    if isinstance(value, Reason):
        return render(value, lang)
    if isinstance(value, tuple):
        # Two facts may read alike: "new deadline 2 years" is said once.
        return tuple(dict.fromkeys(_rendered(item, lang) for item in value))
    return value
