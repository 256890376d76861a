"""Answer what people ask of the archive in Slack: search, duties, dates, a check, health."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from config.time_zone import BEIJING
from domain.records.notice import Notice
from domain.records.states import OutboxState
from i18n.headline_text import duty_text, first_line
from i18n.phrases import SEVERITY_MARK, Lang, jurisdiction_name, state_name, status_name
from i18n.slack_words import due_words, slack_words
from notifier.slack.chat_answers import ChatCard, ChatDesk, ChatLine, chat_desk

if TYPE_CHECKING:
    from archive.store import Archive
    from config.model import Settings
    from config.registered_act import RegisteredAct
    from domain.records.search_hit import SearchHit
    from noticewatch.application.application import Application

_HITS = 10
_NOTICE = re.compile(r"/notices/(\d{1,15})(?:/text)?")  # /notices/7


@dataclass(frozen=True, kw_only=True)
class ArchiveChat:
    """The archive's answers, in lines."""

    settings: Settings
    register: Callable[[], Sequence[RegisteredAct]]
    clock: Callable[[], datetime]

    @property
    def _today(self) -> date:
        return self.clock().astimezone(BEIJING).date()

    def search(self, archive: Archive, words: str, lang: Lang) -> Sequence[ChatLine]:
        """The acts that a question finds."""
        lines = []
        for hit in self._hits(archive, words):
            parts = [jurisdiction_name(hit.jurisdiction, lang)]
            parts += [hit.published.isoformat()] if hit.published else []
            parts += [status_name(hit.status, lang)] if hit.status else []
            title = (hit.title_en if lang == "en" else None) or hit.title
            mark = SEVERITY_MARK.get(hit.severity, SEVERITY_MARK["grey"])
            url = self._page(hit.id) or hit.url
            lines.append(ChatLine(lead=f"{mark} {title}", text=" · ".join(parts), url=url))
        return lines

    def duty(self, archive: Archive, question: str, lang: Lang) -> Sequence[ChatLine]:
        """The duties that answer a question, each with its act and article; none is better than
        one that does not answer."""
        lines = []
        for hit in self._hits(archive, question):
            if hit.answer is None:
                continue
            text = hit.answer.zh if lang == "zh" else hit.answer.en
            where = " ".join(part for part in (hit.title, hit.answer.article) if part)
            lines.append(ChatLine(lead=text, text=where, url=self._page(hit.id) or hit.url))
        return lines

    def due(self, archive: Archive, days: int, lang: Lang) -> Sequence[ChatLine]:
        """What is due within so many days, the nearest first; where companies are known, what is
        or may be theirs."""
        from domain.law.duty_days import next_day
        from noticewatch.application.law.duty_list import DutyFilter, listed_duties

        today = self._today
        notices = archive.overview.relevant_notices()
        found = listed_duties(notices, DutyFilter(days=days), today)
        ours = self._ours(archive, notices)
        dated = [
            (day, item)
            for item in found
            if (day := next_day(item.duty, today)) and (ours is None or item.id in ours)
        ]
        dated.sort(key=lambda pair: (pair[0], pair[1].id))
        return [
            ChatLine(
                lead=day.isoformat(), text=duty_text(item.duty, lang),
                url=self._page(item.notice.id) or item.notice.url,
            )
            for day, item in dated
        ]  # fmt: skip

    def check(self, archive: Archive, text: str, lang: Lang) -> Sequence[ChatLine]:
        """What a text claims and what the official sources held say of it."""
        from noticewatch.application.check.article_check import check_article
        from noticewatch.application.check.check_json import check_json
        from noticewatch.application.check.law_book import HeldLaw

        law = HeldLaw.of(archive, self.register(), self._today, encoder=self.settings.encoder.model)
        report = check_json(check_article(law, text))
        told = (claim for claim in report["claims"] if claim["verdict"] != "opinion")
        return [
            ChatLine(lead=claim["verdict"], text=f"“{claim['text']}” — {claim['en']}")
            for claim in told
        ]

    def mine(self, archive: Archive, person: str, lang: Lang) -> Sequence[ChatLine]:
        """The acts and obligations that somebody has in hand, those with a day first."""
        dated: list[tuple[date, ChatLine]] = []
        acts = set()
        for number in archive.acknowledgements.assigned_to(person):
            notice = archive.notices.get(number, versions=False)
            if notice is None:
                continue
            acts.add(number)
            due = archive.handling.state(number).due
            line = self._act_line(notice, due, lang)
            dated.append((due or date.max, line))
        for item in archive.obligations.find(states=("open", "in_progress"), owner=person):
            if item.notice_id not in acts and item.ended is None:
                words = due_words(item.due, self._today, lang) if item.due else ""
                page = self._page(item.notice_id) or item.url
                line = ChatLine(lead=duty_text(item.duty, lang), text=words, url=page)
                dated.append((item.due or date.max, line))
        return [line for _, line in sorted(dated, key=lambda pair: pair[0])]

    def health(self, archive: Archive, lang: Lang) -> Sequence[ChatLine]:
        """How many sources are in which state, which are not well, what waits to be sent."""
        sources = archive.sources.all()
        counts = Counter(source.state for source in sources)
        words = " · ".join(f"{state_name(state, lang)} {n}" for state, n in counts.most_common())
        lines = [ChatLine(lead=words or "–")]
        waiting = sum(
            n for (_, state), n in archive.outbox.counts().items() if state == OutboxState.DEAD
        )
        if waiting:
            lines.append(ChatLine(lead="", text=slack_words("dead_letters", lang, n=waiting)))
        return lines

    def card(self, archive: Archive, url: str, lang: Lang) -> ChatCard | None:
        """The act of an address of this archive, or of an official page that is kept."""
        notice = self._of_archive(archive, url) or archive.notices.by_url(url)
        if notice is None:
            return None
        title = (notice.title_en if lang == "en" else None) or notice.title
        state = archive.handling.state(notice.id)
        lines = [first_line(notice, None, lang)]
        if state.owner:
            lines.append(slack_words("taken", lang, who=self.settings.team.shown(state.owner)))
        return ChatCard(title=title, lines=lines, url=self._page(notice.id) or notice.url)

    def _of_archive(self, archive: Archive, url: str) -> Notice | None:
        base = self.settings.web.public_url
        if not base or not url.startswith(base.rstrip("/") + "/"):
            return None
        parts = urlsplit(url[len(base.rstrip("/")) :])
        match = _NOTICE.fullmatch(parts.path)
        if match:
            return archive.notices.get(int(match[1]), versions=False)
        asked = parse_qs(parts.query).get("posting", [""])[0] if parts.path == "/compare" else ""
        known = asked.isdecimal() and len(asked) < 16
        posting = archive.postings.get(int(asked)) if known else None
        return archive.notices.by_url(posting.url) if posting else None

    def _act_line(self, notice: Notice, due: date | None, lang: Lang) -> ChatLine:
        words = due_words(due, self._today, lang) if due else ""
        overdue = f"⚠ {words}" if due and due < self._today else words
        title = (notice.title_en if lang == "en" else None) or notice.title
        return ChatLine(lead=title, text=overdue, url=self._page(notice.id) or notice.url)

    def _hits(self, archive: Archive, words: str) -> Iterable[SearchHit]:
        from noticewatch.application.notice_search import Question, find_notices

        asked = Question(query=words, mode="auto", limit=_HITS)
        return find_notices(archive, asked, encoder=self.settings.encoder.model).hits

    def _ours(self, archive: Archive, notices: Sequence[Notice]) -> frozenset[str] | None:
        """The duties of our companies; None where none are known."""
        from config.companies.entities import load_entities
        from config.yaml_file import ConfigError
        from noticewatch.application.me.mine import read_mine

        try:
            entities = load_entities(self.settings.entities_file)
        except ConfigError:
            return None
        return read_mine(archive, notices, entities, self._today).duties if entities else None

    def _page(self, notice_id: int) -> str | None:
        base = self.settings.web.public_url
        return f"{base.rstrip('/')}/notices/{notice_id}" if base else None


def chat_desk_of(app: Application) -> ChatDesk:
    """What the clicks and questions of people are answered with."""
    answers = ArchiveChat(settings=app.settings, register=lambda: app.register, clock=app.clock)
    return chat_desk(app.settings, answers, app.clock)
