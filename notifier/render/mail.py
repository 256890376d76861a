"""Compose mails: header-safe, text and HTML, the same Message-ID for every try."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from i18n.phrases import SEVERITY_MARK, Lang, clip, say
from notifier.render.lines import Line, TextRun
from notifier.render.link_addresses import unsubscribe_url
from notifier.render.plain_text import as_text

TONES = {"red": "#d32f2f", "amber": "#e08a00", "grey": "#8a93a3"}
_SUBJECT = 180
_AS_THEY_ARE = ("message-id", "in-reply-to", "references", "list-id", "list-unsubscribe")
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+")


class _Policy(EmailPolicy):
    """Headers made of addresses are never encoded: the standard policy does that to a word
    longer than a line, and then no mail program finds the address in it."""

    def fold(self, name: str, value: Any) -> str:
        if name.lower() not in _AS_THEY_ARE:
            return str(super().fold(name, value))
        return f"{name}: {str(value).replace(', ', ',' + self.linesep + ' ')}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() not in _AS_THEY_ARE:
            return bytes(super().fold_binary(name, value))
        return self.fold(name, value).encode()


class BadAddress(ValueError):
    """A mail address in the settings that is none."""


def parse_address(text: str) -> Address:
    """``Name <local@domain>`` or ``local@domain`` as an Address; BadAddress otherwise."""
    name, spec = parseaddr(text)
    local, at, domain = spec.rpartition("@")
    if not at or not _LOCAL.fullmatch(local) or not re.fullmatch(r"[A-Za-z0-9_.\-\[\]:]+", domain):
        raise BadAddress(f"expected a mail address, got {text!r}")
    return Address(display_name=" ".join(name.split()), username=local, domain=domain)


def message_id(key: str, sender: Address) -> str:
    """The Message-ID that belongs to a dedupe key: equal keys, equal ids."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.domain}>"


@dataclass(frozen=True, kw_only=True, slots=True)
class MailAddresses:
    """Who sends the mails of a channel, and to whom."""

    sender: str
    to: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MailContent:
    """What a mail says."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MailHeaders:
    """What the headers of one mail to one recipient are made of."""

    key: str
    channel: str
    sender: str
    to: str
    date: datetime
    reply_key: str | None = None
    public_url: str | None = None


def mail_payload(content: MailContent, headers: MailHeaders) -> dict[str, Any]:
    """What the outbox keeps of one mail to one recipient."""
    public_url = headers.public_url
    return {
        "sender": headers.sender,
        "to": headers.to,
        "subject": clip(content.subject, _SUBJECT),
        "text": content.text,
        "html": content.html,
        "date": format_datetime(headers.date),
        "key": headers.key,
        "reply_key": headers.reply_key,
        "unsubscribe": unsubscribe_url(public_url) if public_url else None,
        "list_id": f"{re.sub(r'[^a-z0-9-]', '-', headers.channel.lower())}.noticewatch",
    }


def compose(payload: Mapping[str, Any]) -> EmailMessage:
    """The message as it is sent and as ``digest --out`` writes it; BadAddress is raised."""
    sender, to = parse_address(payload["sender"]), parse_address(payload["to"])
    message = EmailMessage(policy=_Policy())
    message["From"] = sender
    message["To"] = to
    message["Subject"] = payload["subject"]
    message["Date"] = payload["date"]
    message["Message-ID"] = message_id(payload["key"], sender)
    if payload.get("reply_key"):
        root = message_id(payload["reply_key"], sender)
        message["In-Reply-To"] = root
        message["References"] = root
    message["List-Id"] = f"<{payload['list_id']}.{sender.domain}>"
    by_mail = f"<mailto:{sender.addr_spec}?subject=unsubscribe>"
    if payload.get("unsubscribe"):  # a message queued by an older version has none
        message["List-Unsubscribe"] = f"<{payload['unsubscribe']}>, {by_mail}"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        message["List-Unsubscribe"] = by_mail
    message["Auto-Submitted"] = "auto-generated"
    # Chinese in quoted-printable would be three times its size.
    message.set_content(payload["text"], cte="base64")
    message.add_alternative(payload["html"], subtype="html", cte="base64")
    return message


@cache
def templates() -> Environment:
    """The HTML templates, everything escaped."""
    environment = Environment(
        loader=PackageLoader("notifier", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["dots"] = coloured_dots
    return environment


def coloured_dots(text: str) -> Markup:
    """Severity marks as coloured dots: many mail clients have no colour emoji."""
    html = str(escape(text))
    for severity, mark in SEVERITY_MARK.items():
        html = html.replace(mark, f'<span style="color:{TONES[severity]};">●</span>')
    return Markup(html)  # noqa: S704 (escaped above, and only our own dots added)


def lines_mail(
    lines: Sequence[Line], subject: str, lang: Lang, public_url: str | None = None
) -> MailContent:
    """Subject, text and HTML of an alert or a summary."""
    page = templates().get_template("alert.html.j2")
    leave = leave_line(public_url, lang)
    return MailContent(
        subject=subject,
        text=as_text([*lines, *leave]) + "\n",
        html=page.render(lines=lines, subject=subject, lang=lang, leave=leave),
    )


def leave_line(public_url: str | None, lang: Lang) -> list[Line]:
    """The last line of a mail: the way off the list; none without a public archive."""
    if not public_url:
        return []
    link = TextRun(text=say("unsubscribe", lang), url=unsubscribe_url(public_url))
    return [Line(role="meta", segs=(link,))]
