"""Tell each changed act of a digest on one line: the first line, its age, who has it."""

from __future__ import annotations

from domain.records.states import ChangeKind
from i18n.phrases import clip, local_day, say, short_day
from notifier.messages.alert import RenderContext
from notifier.messages.digest_inputs import DigestInputs
from notifier.messages.digest_model import ChangedAct
from notifier.messages.headline import headline
from notifier.selection.matching import Candidate

LATE_DAYS = 7  # an act found later than so many days after its publication says its age
_LONGEST_LINE = 400


def changed_act(inputs: DigestInputs, item: Candidate, setting: RenderContext) -> ChangedAct:
    """One act on one line, as the alert told it."""
    notice, change = item.notice, item.change
    both = setting.language == "both"
    return ChangedAct(
        notice_id=notice.id,
        severity=item.severity,
        line=clip(headline(notice, change, setting.lang), _LONGEST_LINE),
        second=clip(headline(notice, change, "zh"), _LONGEST_LINE) if both else "",
        title=notice.title,
        url=notice.url,
        page=setting.page(change),
        notes=tuple(note for note in (_age(item, setting), _owner(inputs, item, setting)) if note),
        owned=bool(inputs.handled.owner(notice.id)),
    )


def _age(item: Candidate, setting: RenderContext) -> str:
    """How old an act was when it was found; '' for one found in time, and for a change of one
    that was known."""
    published = item.notice.published
    if item.change.kind is not ChangeKind.NEW or published is None:
        return ""
    found = local_day(item.change.at, setting.zone)
    days = (found - published).days
    if days <= LATE_DAYS:
        return ""
    day = short_day(published, setting.lang)
    return say("found_late", setting.lang, n=days, date=day)


def _owner(inputs: DigestInputs, item: Candidate, setting: RenderContext) -> str:
    owner = inputs.handled.owner(item.notice.id)
    return say("owned_by", setting.lang, who=owner) if owner else ""
