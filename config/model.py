"""Every setting and every fact about a source, as frozen models that refuse unknown keys.

Sources, platforms, topics, the register and the settings file are all read into these
types by :mod:`config.loader`; nothing else in the product reads YAML.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

Severity = Literal["red", "amber", "grey"]
Stage = Literal["draft", "final", "interpretation", "list", "reply", "news", "eia", "case"]
Language = Literal["en", "zh", "both"]
EvidenceLevel = Literal["live", "recorded", "reported", "inferred"]

OWN_USER_AGENT = "noticewatch/0.1 (+regulatory change monitor)"

_DURATION = re.compile(r"(\d+)\s*(s|m|h|d)")
_UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_JURISDICTION = re.compile(r"EU|CN(-[A-Z]{2})?")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")
_WHEN = re.compile(
    r"immediately|daily ([01]\d|2[0-3]):[0-5]\d|"
    r"weekly (mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):[0-5]\d"
)


def parse_duration(text: str) -> int:
    """Seconds of ``30s``, ``15m``, ``1h`` or ``2d``; ValueError for anything else."""
    match = _DURATION.fullmatch(text.strip())
    if not match:
        raise ValueError(f"expected a duration such as 30s, 15m, 1h or 2d, got {text!r}")
    return int(match[1]) * _UNIT_SECONDS[match[2]]


def _duration(text: str) -> str:
    parse_duration(text)
    return text


def _jurisdiction(text: str) -> str:
    if not _JURISDICTION.fullmatch(text):
        raise ValueError(f"expected CN, CN-XX (ISO 3166-2) or EU, got {text!r}")
    return text


def _key(text: str) -> str:
    if not _KEY.fullmatch(text):
        raise ValueError(f"expected lower-case letters, digits, - and _, got {text!r}")
    return text


def _http_url(text: str) -> str:
    if not re.match(r"https?://[^\s/]+", text):
        raise ValueError(f"expected an http or https address, got {text!r}")
    return text


def _when(text: str) -> str:
    if not _WHEN.fullmatch(text):
        raise ValueError(f'expected immediately, "daily HH:MM" or "weekly mon HH:MM", got {text!r}')
    return text


Duration = Annotated[str, AfterValidator(_duration)]
Jurisdiction = Annotated[str, AfterValidator(_jurisdiction)]
Key = Annotated[str, AfterValidator(_key)]
HttpUrl = Annotated[str, AfterValidator(_http_url)]
When = Annotated[str, AfterValidator(_when)]


class Model(BaseModel):
    # Built when first used: a command that reads only the settings need not pay for sources.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Names(Model):
    """A name in Chinese and, where known, in English."""

    zh: str
    en: str | None = None


# --------------------------------------------------------------------- sources


class Column(Model):
    """One notice column (栏目) of a source."""

    key: Key
    url: HttpUrl
    name: Names | None = None
    params: dict[str, str] = Field(default_factory=dict)


class Http(Model):
    """How a source wants to be asked. ``user_agent: browser`` also sends a Referer."""

    min_gap_seconds: float = Field(default=2.0, ge=0)
    user_agent: str = OWN_USER_AGENT
    verify_tls: bool = True
    legacy_tls: bool = False
    proxy: str | None = None
    robots: Literal["obey", "ignore"] = "obey"
    allowed_hosts: tuple[str, ...] = ()  # further host[:port] that redirects and details may use


class Selectors(Model):
    """CSS selectors; ``None`` means: the platform's, else found by the extractor itself."""

    row: str | None = None
    link: str | None = None
    title: str | None = None
    date: str | None = None
    body: str | None = None
    metadata: str | None = None
    number: str | None = None
    attachments: str | None = None
    detail_title: str | None = None
    detail_date: str | None = None


class Expect(Model):
    min_rows: int = Field(default=1, ge=0)
    max_silence_days: int = Field(default=90, ge=1)


class Schedule(Model):
    every: Duration = "1h"

    @property
    def seconds(self) -> int:
        return parse_duration(self.every)


class EvidenceNote(Model):
    """How far a source is verified, and since when."""

    level: EvidenceLevel = "inferred"
    since: date | None = None
    note: str = ""


class Source(Model):
    """A publisher's site with its notice columns: one YAML file (DESIGN section 4)."""

    key: Key
    name: Names
    publisher: str
    jurisdiction: Jurisdiction
    platform: str
    columns: tuple[Column, ...] = Field(min_length=1)
    http: Http = Http()
    selectors: Selectors = Selectors()
    expect: Expect = Expect()
    schedule: Schedule = Schedule()
    evidence: EvidenceNote = EvidenceNote()
    enabled: bool = True
    notes: str = ""

    @model_validator(mode="after")
    def _columns_differ(self) -> Source:
        keys = [column.key for column in self.columns]
        if len(set(keys)) != len(keys):
            raise ValueError(f"columns: expected different keys, got {', '.join(keys)}")
        return self


class Paging(Model):
    """Where page N of a list stands.

    ``style`` says how; ``pattern`` is a file name (``index_{n}.html``) for static lists;
    ``offset`` is what page 2 is called (TRS: 1, one-based sites: 2).
    """

    style: Literal["none", "static", "param_json", "query", "records"] = "none"
    pattern: str = ""
    offset: int = 2
    page_size: int = 20


class Platform(Model):
    """A CMS platform: which adapter reads it, how it pages, how it is recognised."""

    key: str
    name: str
    adapter: Literal[
        "static_list", "jpage", "jpaas", "json_list", "html_fragment", "harvest", "auto"
    ]
    paging: Paging = Paging()
    selectors: Selectors = Selectors()
    params: dict[str, str] = Field(default_factory=dict)
    marks: tuple[str, ...] = ()  # any of these strings in a page tells this platform
    article_url: str | None = None  # regular expression of a notice's address
    notes: str = ""


# ---------------------------------------------------------------------- topics


class Bilingual(Model):
    zh: str
    en: str = ""


class Topic(Model):
    id: Key
    name: Bilingual
    definition: Bilingual
    terms: tuple[str, ...] = ()
    prototypes_zh: tuple[str, ...] = ()
    prototypes_en: tuple[str, ...] = ()
    not_in_topic: Bilingual | None = None
    threshold: float | None = Field(default=None, ge=0, le=1)


class Relevance(Model):
    """What makes a notice ours at all, in words and in terms."""

    zh: str
    en: str = ""
    anchor_terms: tuple[str, ...] = ()  # any one raises the suspicion of relevance, none proves it
    exclude_terms: tuple[str, ...] = ()


class Taxonomy(Model):
    """``topics.yml``: topics, stages and the words of relevance."""

    version: int = 1
    language: tuple[str, ...] = ("zh", "en")
    relevance: Relevance
    stages: dict[Stage, Bilingual]
    topics: tuple[Topic, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _topics_differ(self) -> Taxonomy:
        ids = [topic.id for topic in self.topics]
        if len(set(ids)) != len(ids):
            raise ValueError("expected topics with different ids")
        return self


class RegisteredAct(Model):
    """An act in force that matters, with the articles and fines known of it.

    ``articles`` holds those that are ours, by number: for a wide law the rest does not count.
    ``repeals`` and ``repealed_by`` name the
    other act by its document number, else by its title.
    """

    key: Key
    title: str
    title_en: str
    document_number: str | None = None
    issuers: tuple[str, ...] = ()
    jurisdiction: Jurisdiction = "CN"
    published: date | None = None
    effective: date | None = None
    expires: date | None = None
    status: Literal[
        "in_force", "not_yet", "amended", "partly_repealed", "repealed", "expired", "draft"
    ]
    url: str | None = None
    aliases: tuple[str, ...] = ()
    articles: dict[str, str] = Field(default_factory=dict)
    fines: str = "amount not read"
    repeals: tuple[str, ...] = ()
    repealed_by: str | None = None
    topics: tuple[str, ...] = ()
    evidence: EvidenceNote = EvidenceNote()


# -------------------------------------------------------------------- settings


class EncoderSettings(Model):
    model: str = "bundled"


class TranslationSettings(Model):
    """Machine translation of titles and passages; off unless a provider is named.

    ``openai``: ``url`` up to /v1 and ``model``. ``deepl``: ``url`` for the paid service.
    ``argos``: the operator's argostranslate. ``ctranslate2``: ``model`` is a folder.
    """

    provider: Literal["none", "openai", "deepl", "argos", "ctranslate2"] = "none"
    """Who translates; `openai` is any endpoint that speaks its chat completions."""
    url: HttpUrl | None = None
    """Of `openai` the address up to `/v1`, of `deepl` that of the paid service."""
    model: str | None = None
    """Of `openai` the model's name, of `ctranslate2` the folder of the model."""
    key_env: str | None = None
    """Environment variable with the key."""
    timeout_seconds: float = Field(default=10, gt=0, le=60)
    """The longest wait for one text."""
    budget_seconds: float = Field(default=30, gt=0, le=300)
    """The longest that a pass waits for translations before its alerts go out without."""
    passages: int = Field(default=6, ge=0, le=40)
    """Passages of an act that are translated beside its title."""

    @model_validator(mode="after")
    def _complete(self) -> TranslationSettings:
        needed = {"openai": ("url", "model"), "deepl": ("key_env",), "ctranslate2": ("model",)}
        for name in needed.get(self.provider, ()):
            if getattr(self, name) is None:
                raise ValueError(f"translation.{name}: needed for provider {self.provider}")
        return self


class WebSettings(Model):
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    auth: Literal["none", "token", "basic", "proxy_header"] = "none"
    public_url: HttpUrl | None = None
    token_env: str = "NOTICEWATCH_WEB_TOKEN"  # noqa: S105 (a variable's name)
    people_env: str = "NOTICEWATCH_WEB_PEOPLE"  # name:reader|editor:secret, separated by blanks
    proxy_header: str = "X-Forwarded-User"
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")  # whose forwarding headers count
    editors: tuple[str, ...] | Literal["all"] = "all"  # who may change things, by name


Purpose = Literal["alerts", "health"]


class TerminalChannel(Model):
    type: Literal["terminal"]
    purpose: Purpose = "alerts"


class FileChannel(Model):
    type: Literal["file"]
    path: str
    purpose: Purpose = "alerts"


class SlackChannel(Model):
    type: Literal["slack"]
    channel: str
    token_env: str = "SLACK_BOT_TOKEN"  # noqa: S105 (a variable's name)
    api_base_url: HttpUrl | None = None
    app_token_env: str | None = None
    signing_secret_env: str | None = None
    long_diff: Literal["thread", "file"] = "thread"  # a file needs the scope files:write
    purpose: Purpose = "alerts"


class SlackWebhookChannel(Model):
    type: Literal["slack_webhook"]
    url_env: str = "SLACK_WEBHOOK_URL"
    purpose: Purpose = "alerts"


class EmailChannel(Model):
    type: Literal["email"]
    sender: str
    to: tuple[str, ...] = Field(min_length=1)
    host: str = "localhost"
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "starttls"
    user_env: str | None = None
    password_env: str | None = None
    purpose: Purpose = "alerts"


class AppriseChannel(Model):
    type: Literal["apprise"]
    url_env: str
    purpose: Purpose = "alerts"


class WebhookChannel(Model):
    """A JSON webhook; the body is signed with HMAC-SHA256 in ``X-Noticewatch-Signature``."""

    type: Literal["webhook"]
    url_env: str
    secret_env: str | None = None
    purpose: Purpose = "alerts"


Channel = Annotated[
    TerminalChannel
    | FileChannel
    | SlackChannel
    | SlackWebhookChannel
    | EmailChannel
    | AppriseChannel
    | WebhookChannel,
    Field(discriminator="type"),
]


class Subscription(Model):
    channel: str
    topics: tuple[str, ...] | Literal["all"] = "all"
    jurisdictions: tuple[str, ...] | Literal["all"] = "all"
    publishers: tuple[str, ...] | Literal["all"] = "all"
    stages: tuple[Stage, ...] | Literal["all"] = "all"
    kinds: tuple[str, ...] | Literal["all"] = "all"
    words: str = ""  # a search that the act's text must fit
    severities: tuple[Severity, ...] | Literal["all"] = "all"
    min_score: float = Field(default=0.0, ge=0, le=1)
    language: Language = "both"
    when: When = "immediately"
    burst: int = Field(default=50, ge=1)
    quiet_hours: str | None = Field(default=None, pattern=r"^\d\d:\d\d-\d\d:\d\d$")
    repeat_unowned_hours: int | None = Field(default=None, ge=1)
    deputy: str | None = None


_SELFTEST = r"^(never|(daily|weekly (mon|tue|wed|thu|fri|sat|sun)) ([01]\d|2[0-3]):[0-5]\d)$"


class LogSettings(Model):
    """How the log is written to standard error."""

    format: Literal["lines", "json"] = "lines"
    level: Literal["debug", "info", "warning", "error"] = "warning"


class BackupSettings(Model):
    """The service's own nightly copies: ``keep`` dated folders in ``dest``, oldest removed."""

    dest: str | None = None
    keep: int = Field(default=7, ge=1)
    at: str = Field(default="03:30", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")


def _terminal_only() -> dict[str, Channel]:
    return {"terminal": TerminalChannel(type="terminal")}


class Settings(Model):
    """``noticewatch.yml``. Every key is optional; secrets come from environment variables."""

    data_dir: str = "data"
    timezone: str = "Asia/Shanghai"
    encoder: EncoderSettings = EncoderSettings()
    translation: TranslationSettings = TranslationSettings()
    """Machine translation of titles and passages, off by default."""
    web: WebSettings = WebSettings()
    channels: dict[str, Channel] = Field(default_factory=_terminal_only)
    subscriptions: tuple[Subscription, ...] = (Subscription(channel="terminal"),)
    topics_file: str | None = None
    sources_dir: str | None = None
    keep_evidence_days: int | None = Field(default=None, ge=1)  # of irrelevant notices
    log: LogSettings = LogSettings()
    backup: BackupSettings = BackupSettings()
    selftest: str = Field(default="weekly mon 09:00", pattern=_SELFTEST)

    @model_validator(mode="after")
    def _channels_exist(self) -> Settings:
        for number, subscription in enumerate(self.subscriptions):
            if subscription.channel not in self.channels:
                known = ", ".join(sorted(self.channels)) or "none"
                raise ValueError(
                    f"subscriptions.{number}.channel: no channel {subscription.channel!r} "
                    f"(known: {known})"
                )
        return self
