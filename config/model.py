"""Every setting and every fact about a source, as frozen models that refuse unknown keys.

Sources, platforms, topics and the settings file are read into these types by
:mod:`config.loader`, the register into those of :mod:`config.registered_act`.
"""

from __future__ import annotations

import re
from datetime import date
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from config.body_level import BodyLevel
from config.machines.border import BorderSettings
from config.machines.worker_roles import WorkerSettings
from config.people import GivenRole, People, Person, check_different
from config.strict_model import Language as Language
from config.strict_model import Model as Model

Severity = Literal["red", "amber", "grey"]
Stage = Literal["draft", "final", "interpretation", "list", "reply", "news", "eia", "case"]
EvidenceLevel = Literal["live", "recorded", "reported", "inferred"]

ENTITIES_FILE = "entities.yml"
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
    alternatives: tuple[HttpUrl, ...] = ()  # where it may have gone: `source verify` tries them


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
    """What a healthy list shows; less is a finding."""

    min_rows: int = Field(default=1, ge=0)
    max_silence_days: int = Field(default=90, ge=1)


class Schedule(Model):
    """How often a source is polled."""

    every: Duration = "1h"

    @property
    def seconds(self) -> int:
        return parse_duration(self.every)


class EvidenceNote(Model):
    """How far a source is verified, and since when."""

    level: EvidenceLevel = "inferred"
    since: date | None = None
    note: str = ""


class Authority(Model):
    """For whom a source speaks, where its publisher's name does not tell: the ``level`` of the
    publisher, and further bodies whose acts are official there (``all`` for a library)."""

    level: BodyLevel | None = None
    speaks_for: tuple[str, ...] | Literal["all"] = ()

    @property
    def bodies(self) -> tuple[str, ...]:
        return ("all",) if self.speaks_for == "all" else self.speaks_for


class Source(Model):
    """A publisher's site with its notice columns: one YAML file."""

    key: Key
    name: Names
    publisher: str
    jurisdiction: Jurisdiction
    region: Key = "any"  # from where it is polled, see docs/workers.md
    authority: Authority = Authority()
    platform: str
    columns: tuple[Column, ...] = Field(min_length=1)
    http: Http = Http()
    selectors: Selectors = Selectors()
    expect: Expect = Expect()
    schedule: Schedule = Schedule()
    evidence: EvidenceNote = EvidenceNote()
    render: bool = False  # its lists exist only after their scripts ran (extra ``browser``)
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
    adapter: str  # a name of crawler/adapters/registry.py, or auto
    paging: Paging = Paging()
    selectors: Selectors = Selectors()
    params: dict[str, str] = Field(default_factory=dict)
    marks: tuple[str, ...] = ()  # any of these strings in a page tells this platform
    article_url: str | None = None  # regular expression of a notice's address
    library: bool = False  # everybody's acts: who publishes them has not issued them
    notes: str = ""


# ---------------------------------------------------------------------- topics


class Bilingual(Model):
    """A text in Chinese, in English where there is one."""

    zh: str
    en: str = ""


class Topic(Model):
    """A label: its terms and example sentences, and what it does not mean."""

    id: Key
    name: Bilingual
    definition: Bilingual
    terms: tuple[str, ...] = ()
    prototypes_zh: tuple[str, ...] = ()
    prototypes_en: tuple[str, ...] = ()
    not_in_topic: Bilingual | None = None
    threshold: float | None = Field(default=None, ge=0, le=1)


# -------------------------------------------------------------------- settings


class EncoderSettings(Model):
    model: str = "bundled"
    """`bundled`, `bundled-full`, `bundled-light`, or a sentence-transformers name or folder."""


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


_THIS_MACHINE = (IPv4Network("127.0.0.1/32"), IPv6Network("::1/128"))


class WebSettings(Model):
    """The web archive: where it listens and who may read it."""

    host: str = "127.0.0.1"
    """Address to bind. Beyond loopback `auth` must be set."""
    port: int = Field(default=8000, ge=0, le=65535)
    """Port of the web archive."""
    auth: Literal["none", "token", "basic", "proxy_header", "oidc"] = "none"
    """Who is asked for what; `none` on loopback only. `oidc`: see below; programs use tokens."""
    public_url: HttpUrl | None = None
    """Address under which readers reach the archive; without it alerts carry no archive link."""
    token_env: str = "NOTICEWATCH_WEB_TOKEN"  # noqa: S105 (a variable's name)
    """Environment variable with the one token or password of all."""
    people_env: str = "NOTICEWATCH_WEB_PEOPLE"
    """Environment variable with the secrets of people, `name:role:secret`, separated by blanks;
    the role of somebody in `people` stands there."""
    proxy_header: str = "X-Forwarded-User"
    """Header in which a trusted proxy names the reader."""
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = _THIS_MACHINE
    """Addresses or networks whose forwarding headers count."""
    editors: tuple[str, ...] | Literal["all"] = "all"
    """Names that may change things; the others read. Of `people` their roles count."""


class OidcSettings(Model):
    """Login by an OpenID Connect provider, for `web.auth: oidc` (extra `oidc`)."""

    issuer: HttpUrl
    """The provider's issuer, exactly as it calls itself."""
    client_id: str
    """As the provider knows the archive; its redirect address is `PUBLIC_URL/login/oidc/back`."""
    client_secret_env: str | None = None
    """Environment variable with the client's secret; a public client has none (PKCE is used)."""
    scopes: tuple[str, ...] = ("openid", "email", "profile")
    """What is asked for."""
    person_claim: str = "email"
    """Claim that names the person: matched with `people` by mail address or id."""
    unverified_mail: bool = False
    """Whether a mail address counts that the provider does not call verified."""
    groups_claim: str = "groups"
    """Claim with the groups of somebody."""
    roles: dict[str, GivenRole] = Field(default_factory=dict)
    """Role of each group, for those who are not in `people`; the highest counts."""
    default_role: GivenRole | None = None
    """Role of those who are in no group; without it they are refused."""
    session_hours: float = Field(default=12, gt=0, le=24 * 30)
    """How long a login lasts."""
    leeway_seconds: int = Field(default=60, ge=0, le=600)
    """How far the clocks of provider and archive may differ."""


class ChannelSettings(Model):
    """What all channels have."""

    purpose: Literal["alerts", "health"] = "alerts"
    """`health` channels tell the operators of sources and deliveries that are not well."""


class TerminalChannel(ChannelSettings):
    type: Literal["terminal"]
    """Kind of channel."""


class FileChannel(ChannelSettings):
    type: Literal["file"]
    """Kind of channel."""
    path: str
    """Folder that gets a file for each message."""


class SlackChannel(ChannelSettings):
    type: Literal["slack"]
    """Kind of channel."""
    channel: str
    """Id of the channel, as in C0123456789."""
    token_env: str = "SLACK_BOT_TOKEN"  # noqa: S105 (a variable's name)
    """Environment variable with the bot token."""
    api_base_url: HttpUrl | None = None
    """Another Slack API address, for a test server."""
    app_token_env: str | None = None
    """Environment variable with the app token: buttons by Socket Mode."""
    signing_secret_env: str | None = None
    """Environment variable with the signing secret: buttons by HTTP at `/slack/actions`."""
    long_diff: Literal["thread", "file"] = "thread"
    """Where a diff goes that is too long for a message; `file` needs the scope files:write."""


class SlackWebhookChannel(ChannelSettings):
    type: Literal["slack_webhook"]
    """Kind of channel."""
    url_env: str = "SLACK_WEBHOOK_URL"
    """Environment variable with the webhook's address."""


class EmailChannel(ChannelSettings):
    type: Literal["email"]
    """Kind of channel."""
    sender: str
    """From, as in `noticewatch <nw@example.com>`."""
    to: tuple[str, ...] = Field(min_length=1)
    """Recipients; each gets a message of their own."""
    host: str = "localhost"
    """Mail server."""
    port: int = 25
    """Its port."""
    security: Literal["none", "starttls", "tls"] = "starttls"
    """How the connection is protected."""
    user_env: str | None = None
    """Environment variable with the user name, if the server asks for one."""
    password_env: str | None = None
    """Environment variable with the password."""


class AppriseChannel(ChannelSettings):
    type: Literal["apprise"]
    """Kind of channel."""
    url_env: str
    """Environment variable with an Apprise address (Feishu, DingTalk, WeCom, Teams …)."""


class WebhookChannel(ChannelSettings):
    """A JSON webhook; the body is signed with HMAC-SHA256 in ``X-Noticewatch-Signature``."""

    type: Literal["webhook"]
    """Kind of channel."""
    url_env: str
    """Environment variable with the address."""
    secret_env: str | None = None
    """Environment variable with the key of the HMAC-SHA256 signature."""


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
    """Who is told of what, in which language, and when."""

    channel: str
    """Name of one of the channels above."""
    topics: tuple[str, ...] | Literal["all"] = "all"
    """Only acts on these topics."""
    jurisdictions: tuple[str, ...] | Literal["all"] = "all"
    """Only these: `CN`, `CN-GD` …, `EU`."""
    publishers: tuple[str, ...] | Literal["all"] = "all"
    """Only acts published by these bodies."""
    stages: tuple[Stage, ...] | Literal["all"] = "all"
    """Only these kinds of text."""
    kinds: tuple[str, ...] | Literal["all"] = "all"
    """Only these kinds of change: `new`, `revised`, `withdrawn` …"""
    words: str = ""
    """A search that the act's text must fit."""
    severities: tuple[Severity, ...] | Literal["all"] = "all"
    """Only these severities."""
    entity: str | None = None
    """Only what applies or may apply to this entity of `entities.yml`."""
    min_score: float = Field(default=0.0, ge=0, le=1)
    """Only labels of at least this score, 0 to 1."""
    language: Language = "both"
    """Language of the messages."""
    when: When = "immediately"
    """`immediately`, `daily HH:MM` or `weekly mon HH:MM`, in the file's time zone."""
    burst: int = Field(default=50, ge=1)
    """More single alerts than this in a pass become one summary."""
    quiet_hours: str | None = Field(default=None, pattern=r"^\d\d:\d\d-\d\d:\d\d$")
    """Hours without alerts, as in `22:00-07:00`; RED is sent all the same."""
    repeat_unowned_hours: int | None = Field(default=None, ge=1)
    """An alert that nobody has taken on is repeated in its thread after so many hours."""
    deputy: str | None = None
    """Who is named then: the id of a person, a Slack user id or a name."""
    unowned_at: str | None = Field(default=None, pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    """Each day at this time one message lists what the channel was told and nobody owns."""


_SELFTEST = r"^(never|(daily|weekly (mon|tue|wed|thu|fri|sat|sun)) ([01]\d|2[0-3]):[0-5]\d)$"


class LogSettings(Model):
    """How the log is written to standard error."""

    format: Literal["lines", "json"] = "lines"
    """Readable lines, or one JSON object a line."""
    level: Literal["debug", "info", "warning", "error"] = "warning"
    """The least serious messages that are written."""


class EvidenceSettings(Model):
    """What vouches for the archive from outside it."""

    timestamp_url: str | None = Field(default=None, pattern=r"^https?://[^\s@]+$")
    """A timestamp service (RFC 3161) that signs the hash chain's head each night; none is asked
    without it. Needs `noticewatch[timestamp]`."""
    timestamp_roots: str | None = None
    """File of the root certificates (PEM) that its signatures must lead to; without it they are
    kept unchecked."""


class BackupSettings(Model):
    """The service's own nightly copies: ``keep`` dated folders in ``dest``, oldest removed."""

    dest: str | None = None
    """Folder of the nightly copies; none are made without it."""
    keep: int = Field(default=7, ge=1)
    """How many copies stay."""
    at: str = Field(default="03:30", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    """Time of day, in the file's time zone."""


def _terminal_only() -> dict[str, Channel]:
    return {"terminal": TerminalChannel(type="terminal")}


class Settings(Model):
    """``noticewatch.yml``. Every key is optional; secrets come from environment variables."""

    data_dir: str = "data"
    """Folder of the archive and its evidence."""
    evidence_url: str | None = Field(default=None, pattern=r"^s3://[^\s/]+")
    """S3-compatible store of new evidence, `s3://BUCKET/FOLDER`, instead of the data folder; its
    address and keys come from `AWS_ENDPOINT_URL`, `AWS_ACCESS_KEY_ID` … Needs `noticewatch[s3]`."""
    archive_url: str | None = Field(default=None, pattern=r"^postgres(ql)?://")
    """PostgreSQL database of the archive, `postgresql://USER@HOST/DATABASE`, instead of a file; its
    password comes from `NOTICEWATCH_ARCHIVE_PASSWORD`. Evidence stays in `data_dir`."""
    timezone: str = "Asia/Shanghai"
    """Time zone of schedules, digests and quiet hours."""
    encoder: EncoderSettings = EncoderSettings()
    """The embedding model."""
    translation: TranslationSettings = TranslationSettings()
    """Machine translation of titles and passages, off by default."""
    web: WebSettings = WebSettings()
    """The web archive."""
    oidc: OidcSettings | None = None
    """Login by an OpenID Connect provider."""
    people: tuple[Person, ...] = ()
    """Who may do what; where there are some, no other name is taken as an owner."""
    channels: dict[str, Channel] = Field(default_factory=_terminal_only)
    """Where messages can go, by a name of your own."""
    subscriptions: tuple[Subscription, ...] = (Subscription(channel="terminal"),)
    """What is sent where and when; without it every channel is told everything at once."""
    topics_file: str | None = None
    """Your own topics, merged over the shipped ones."""
    field_dir: str | None = None
    """Folder with the files of another field of regulation than used power batteries."""
    sources_dir: str | None = None
    """Folder of source files that replaces the shipped ones."""
    entities_file: str | None = None
    """Your companies; without it the `entities.yml` beside this file, where there is one."""
    second_person_for_red: bool = False
    """Whether closing a duty of a RED act needs a second person."""
    keep_evidence_days: int | None = Field(default=None, ge=1)
    """Original bytes of irrelevant notices are deleted after so many days; never without it."""
    log: LogSettings = LogSettings()
    """The log on standard error."""
    workers: WorkerSettings = WorkerSettings()
    """What this process does of the work, where several share it."""
    evidence: EvidenceSettings = EvidenceSettings()
    """What vouches for the archive from outside it."""
    backup: BackupSettings = BackupSettings()
    """The service's own nightly copies."""
    border: BorderSettings = BorderSettings()
    """Collectors on other machines that send what they fetched as signed bundles."""
    selftest: str = Field(default="weekly mon 09:00", pattern=_SELFTEST)
    """When the service sends itself a canary notice through the whole chain, or `never`."""

    @model_validator(mode="before")
    @classmethod
    def _tell_every_channel(cls, given: Any) -> Any:
        """Channels that nobody subscribed to would be silent: without subscriptions each one
        (but for those of the operators) gets everything."""
        if not isinstance(given, dict) or "subscriptions" in given:
            return given
        channels = given.get("channels")
        if not isinstance(channels, dict):
            return given
        told = [
            name
            for name, channel in channels.items()
            if not (isinstance(channel, dict) and channel.get("purpose") == "health")
        ]
        return {**given, "subscriptions": [{"channel": name} for name in told]}

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

    @model_validator(mode="after")
    def _people_are_known(self) -> Settings:
        """Nobody twice, and no name besides them where there are some."""
        check_different(self.people)
        for number, subscription in enumerate(self.subscriptions):
            name = subscription.deputy
            if name and self.people and self.team.find(name) is None:
                known = ", ".join(one.id for one in self.people)
                raise ValueError(
                    f"subscriptions.{number}.deputy: nobody in people is {name!r} (known: {known})"
                )
        return self

    @model_validator(mode="after")
    def _login_is_complete(self) -> Settings:
        if self.web.auth == "oidc" and self.oidc is None:
            raise ValueError("oidc: needed for web.auth oidc (issuer and client_id)")
        return self

    @property
    def team(self) -> People:
        """The people, to be looked up."""
        return People(self.people)
