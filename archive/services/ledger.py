"""The law in time: how an act reads and applies on a day, and by which act.

Nothing of it is stored: it is derived from the pages and relations that stand now, so that it is
the same whatever came first, and whatever rested on an act goes with it.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import cast

from archive.column_values import parse_day
from archive.ports import Database, Row
from archive.repositories.notices import Notices
from archive.services.act_summary import ActSummary
from config.time_zone import BEIJING
from domain.acts.entry_into_force import first_day_of
from domain.acts.references import also_changes
from domain.law.act_history import ActEvent, ActHistory, EventKind, act_history
from domain.law.act_text import act_text, with_act_text
from domain.law.classify_task import ActPeriod
from domain.law.provisions import Provision, Wording, consolidated_text
from domain.records.effect_terms import ON_PUBLICATION, EffectTerms
from domain.records.notice import Version
from domain.text.articles import provision_number

_DEPTH = 2  # corrections of decisions of decisions
_MOST_EFFECTS = 120
_MOST_EDITS = 30
_FROM_PUBLICATION = re.compile(r"自[^，,。；]{0,8}(?:发布|印发|公布|公告)之日起")
_OF_TEXT = frozenset({"amended", "corrected", "deadline", "extended"})
_WORDS_FIRST = {"corrects": 0, "amends": 1}
# What others say of an act, where they may and their page stands.
_EFFECTS = (
    "SELECT r.kind, r.effect, coalesce(r.terms, '{}') AS terms, n.id, n.document_number,"
    " n.published, n.effective"
    " FROM relations r JOIN notices n ON n.id = r.notice_id"
    " WHERE r.target_id = ? AND r.effect IS NOT NULL AND r.claimed = 0"
    " AND coalesce(n.confirmed, 1) != 0"
    " AND coalesce(n.stage, '') NOT IN ('draft', 'news')"
    " AND EXISTS (SELECT 1 FROM postings p WHERE p.notice_id = n.id AND p.state != 'withdrawn'"
    " AND (p.standing IS NULL OR p.standing = 'official'))"
    " ORDER BY n.published NULLS FIRST, r.id LIMIT ?"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ledger:
    """The law in time: how an act reads and applies on a day, and by which act."""

    db: Database
    notices: Notices
    summary: ActSummary

    def provisions(self, notice_id: int) -> list[Provision]:
        """Every article of an act with the days from and until which it reads so."""
        history = self.history(notice_id)
        return [] if history is None else history.provisions()

    def history(
        self, notice_id: int, depth: int = _DEPTH, told: Sequence[ActEvent] | None = None
    ) -> ActHistory | None:
        """What happened to an act, and what it makes of it; None without any text. A decision that
        was itself corrected counts as corrected (``depth``: how far that is followed). ``told``:
        what others do to it, where it is known (:meth:`told_of`)."""
        lead = self.summary.leads(notice_id)[:1]
        if not lead:
            return None
        notice = self.notices.row(notice_id)
        version = lead[0].version
        pages = self.summary.versions.of_posting(version.posting_id)[-_MOST_EDITS:]
        texts = [act_text(page) for page in pages] or [act_text(version)]
        first = next((place for place, text in enumerate(texts) if text.articles), 0)
        since = self._first_day(notice, version)
        issued = Wording(
            text=texts[first].text, since=since, basis="published", source_id=notice_id,
            source_number=notice["document_number"],
        )  # fmt: skip
        events = [*(self._events(notice_id, depth) if told is None else told)]
        for earlier, page, before in zip(
            texts[first:], pages[first + 1 :], texts[first + 1 :], strict=False
        ):
            seen = page.fetched_at.astimezone(BEIJING).date()
            events.append(
                ActEvent(
                    kind="edited", since=max(seen, since) if since else seen,
                    source_id=notice_id, source_number=notice["document_number"],
                    before=earlier.text, text=before.text,
                )
            )  # fmt: skip
        return act_history(version.title, issued, events, self.last_day(notice_id))

    def periods(self, history: ActHistory, version: Version) -> tuple[ActPeriod, ...]:
        """The times in which an act's text and terms are the same, each with the text then; the
        first has no first day, as it also tells what is to come. None of an act that nothing has
        changed."""
        days = history.turning_days()
        if not days and not history.reworded:
            return ()
        issued = (
            history.wordings[0].text if history.first is None else _text_on(history, history.first)
        )
        texts = [issued, *(_text_on(history, day) for day in days)]
        return tuple(
            ActPeriod(since=day, version=with_act_text(version, text))
            for day, text in zip([None, *days], texts, strict=True)
        )

    def _events(self, notice_id: int, depth: int) -> Iterator[ActEvent]:
        worded: set[int] = set()
        rows = self.db.rows(_EFFECTS, (notice_id, _MOST_EFFECTS))
        for row in sorted(rows, key=_words_first):
            kind = row["effect"].partition(":")[0]
            if kind == "repealed":
                continue
            has_text = kind in _OF_TEXT and row["id"] not in worded
            if has_text:
                worded.add(row["id"])  # the orders of one act are carried out once
            terms = EffectTerms.from_json(json.loads(row["terms"]))
            lead = self.summary.leading_version(row["id"])
            since = self._stated_since(row, terms) if kind != "postponed" else None
            if since is None and not (kind == "corrected" and terms.since is None):
                since = self._first_day(row, lead)
            besides = kind == "corrected" and lead is not None and also_changes(lead.title)
            item_days = self._item_days(row, lead) if has_text else {}
            since = item_days.get("", since)
            if since == date.max:
                continue  # held back before it began
            event = ActEvent(
                own_day=self._first_day(row, lead) if besides else None,
                kind=cast("EventKind", kind), since=since, source_id=row["id"],
                source_number=row["document_number"], published=parse_day(row["published"]),
                text=self._text(row["id"], lead, depth) if has_text else "", terms=terms,
                item_days=item_days,
            )  # fmt: skip
            if kind != "unclear":
                yield event
            if terms.doubtful:
                yield self._doubt(event, row, lead)

    def _doubt(self, event: ActEvent, row: Row, lead: Version | None) -> ActEvent:
        """What words that are not understood may have changed, from the first day that they may
        mean; what corrects counts from the beginning."""
        known = [event.since, self._first_day(row, lead)]
        if lead is not None and _FROM_PUBLICATION.search(act_text(lead).text):
            known.append(event.published)
        days = [day for day in known if day is not None]
        corrects = event.kind == "corrected" and event.since is None
        since = None if corrects else min(days, default=None)
        return replace(event, kind="unclear", since=since, text="", from_beginning=corrects)

    def _stated_since(self, row: Row, terms: EffectTerms) -> date | None:
        if terms.since == ON_PUBLICATION:
            return parse_day(row["published"])
        return parse_day(terms.since)

    def _text(self, notice_id: int, lead: Version | None, depth: int) -> str:
        """The words of a decision, as corrected where they were."""
        if lead is None:
            return ""
        if depth:
            corrected = [row for row in self.db.rows(_EFFECTS, (notice_id, _MOST_EFFECTS))
                         if row["effect"] == "corrected"]  # fmt: skip
            history = self.history(notice_id, depth - 1) if corrected else None
            if history is not None:
                return history.wordings[-1].text
        return act_text(lead).text

    def _item_days(self, decision: Row, lead: Version | None) -> dict[str, date]:
        """The days from which single items of a decision have effect, where later acts put them
        off, or hold them back before they begin (until they let them); the key "" is all of it."""
        found: dict[str, date] = {}
        first = self._first_day(decision, lead) or date.max
        for row in self.db.rows(_EFFECTS, (decision["id"], _MOST_EFFECTS)):
            terms = EffectTerms.from_json(json.loads(row["terms"]))
            items = [provision_number(one) for one in terms.scope]
            since = self._stated_since(row, terms) or parse_day(row["published"])
            if row["effect"] == "postponed" and (new := _iso_day(terms.new)):
                found.update(dict.fromkeys(items, new))
            elif row["effect"] == "suspended" and since and since <= first and not terms.until:
                found.update(dict.fromkeys(items or [""], date.max))
            elif row["effect"] == "resumed" and since:
                held = items or [one for one, day in found.items() if day == date.max]
                found.update((one, since) for one in held if one in found)
        return dict(sorted(found.items()))

    def _first_day(self, notice: Row, version: Version | None) -> date | None:
        """From when an act has effect: the day that its words state, unless another act puts it
        off; else the one that is known of it, else that of its publication."""
        published, known = parse_day(notice["published"]), parse_day(notice["effective"])
        stated = None if version is None else first_day_of(act_text(version).text, published)
        if stated is not None and not (known and known > stated and self._put_off(notice["id"])):
            return stated
        return known or published

    def _put_off(self, notice_id: int) -> bool:
        """Whether another act puts off from when an act has effect."""
        postponing = "SELECT 1 FROM relations WHERE target_id = ? AND effect = 'postponed' LIMIT 1"
        return self.db.value(postponing, (notice_id,)) is not None

    def told_of(self, notice_id: int) -> tuple[ActEvent, ...]:
        """What others do to an act."""
        return tuple(self._events(notice_id, _DEPTH))

    def effects_key(self, told: Sequence[ActEvent]) -> str:
        """A hash of what others do to an act; empty where nobody does anything."""
        events = sorted(repr(event) for event in told)
        return hashlib.sha256("\n".join(events).encode()).hexdigest() if events else ""

    def repealed_on(self, notice_id: int, day: date) -> bool:
        """Whether a repeal has effect on a day (an act whose term ran out first, has expired)."""
        notice = self.notices.row(notice_id)
        repealed, expires = parse_day(notice["repealed_from"]), parse_day(notice["expires"])
        if notice["status"] != "repealed":
            return False
        return (repealed is None or repealed <= day) and not (
            expires is not None and repealed is not None and expires < repealed
        )

    def last_day(self, notice_id: int) -> date | None:
        """The last day (inclusive) on which the act binds, as far as one is known."""
        notice = self.notices.row(notice_id)
        repealed = parse_day(notice["repealed_from"])
        ends = [parse_day(notice["expires"])]
        ends.append(None if repealed is None else repealed - timedelta(days=1))
        return min((day for day in ends if day is not None), default=None)


def _words_first(relation: Row) -> int:
    """What corrects bears an act's orders, then what amends: an order knows the day of its own."""
    return _WORDS_FIRST.get(relation["kind"], 2)


def _iso_day(end: str | None) -> date | None:
    """The day of a term's end; None for a length."""
    return None if not end or end.startswith("P") else parse_day(end)


def _text_on(history: ActHistory, day: date) -> str:
    """The text of an act on a day, without the articles of which it is not known."""
    return consolidated_text([item for item in history.reads_on(day) if item.certain])
