"""Translate what the next alerts will show; bounded, cached, and never in an alert's way."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from archive.store import Archive
from classifier.translation.faithful import loss
from classifier.translation.providers import Provider, make_provider
from classifier.translation.translation_http import TranslationFailed
from config.model import TranslationSettings

MOST_TEXTS = 200  # of one pass; the rest comes with the next
_LONGEST = 1200  # characters of a text worth a translation
_HAN = re.compile(r"[一-鿿]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


@dataclass(kw_only=True, slots=True)
class TranslationReport:
    translated: int = 0
    withheld: int = 0
    errors: list[str] = field(default_factory=list)


def run(
    archive: Archive,
    settings: TranslationSettings,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> TranslationReport:
    """Titles first, then passages, of the relevant acts whose changes wait for the notifier.

    Ends after ``budget_seconds``, or when the provider failed twice in a row. What failed is
    tried again with the act's next change; what was withheld is not.
    """
    report = TranslationReport()
    try:
        provider = make_provider(settings)
    except TranslationFailed as error:
        report.errors.append(str(error))
        return report
    if provider is None:
        return report
    end = clock() + settings.budget_seconds
    failures = 0
    for batch in _batches(_wanted(archive, settings), provider):
        left = min(settings.timeout_seconds * len(batch), end - clock())
        if failures >= 2 or left <= 0:
            break
        try:
            _keep(archive, provider, batch, left, report)
            failures = 0
        except TranslationFailed as error:
            failures += 1
            report.errors.append(f"{provider.name}: {error}")
    return report


def _wanted(archive: Archive, settings: TranslationSettings) -> list[str]:
    titles: list[str] = []
    passages: list[str] = []
    for change in archive.outbox.unselected_changes():
        notice = None if change.baseline else archive.notices.get(change.notice_id, versions=False)
        if notice is None or notice.relevant_because is None:
            continue
        titles.append(notice.title)
        evidence = (item.text for label in notice.labels for item in label.evidence)
        passages += list(dict.fromkeys(evidence))[: settings.passages]
    texts = [
        text
        for text in dict.fromkeys([*titles, *passages])
        if _HAN.search(text) and len(text) <= _LONGEST
    ]
    return archive.translations.missing(texts)[:MOST_TEXTS]


def _batches(texts: Sequence[str], provider: Provider) -> Iterator[list[str]]:
    size = provider.at_once
    for start in range(0, len(texts), size):
        yield list(texts[start : start + size])


def _keep(
    archive: Archive, provider: Provider, texts: list[str], seconds: float,
    report: TranslationReport,
) -> None:  # fmt: skip
    found = provider.translate(texts, seconds)
    for source, english in zip(texts, found, strict=True):
        english = _UNSEEN.sub(" ", english).strip()
        lost = loss(source, english)
        if lost is None:
            archive.translations.save(source, english, provider.name)
            report.translated += 1
        else:
            archive.translations.save(source, "", f"{provider.name}: withheld ({lost})")
            report.withheld += 1
