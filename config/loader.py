"""Read settings, sources, platforms, topics and the register from YAML.

The only module that reads YAML. Whatever is wrong with a file ends in a :class:`ConfigError`
of one sentence that names the file, the place in it and what was expected there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, Field, ValidationError, field_validator

from config.addresses import is_loopback
from config.field.field_choice import (
    choose_field,
    chosen_field,
    field_file,
    own_file,
    shipped_file,
)
from config.model import (
    ENTITIES_FILE,
    Model,
    Names,
    Platform,
    Settings,
    Source,
    Topic,
)
from config.registered_act import ActRegister, RegisteredAct
from config.validation_messages import nearest_hint, sentence
from config.yaml_file import ConfigError, YamlFile, read

__all__ = [
    "DEFAULT_SETTINGS_FILE",
    "ConfigError",
    "load_issuers",
    "load_jurisdictions",
    "load_platforms",
    "load_register",
    "load_settings",
    "load_source",
    "load_sources",
    "load_sources_lenient",
    "load_topics",
]

DEFAULT_SETTINGS_FILE = Path("noticewatch.yml")

M = TypeVar("M", bound=BaseModel)


class _Issuers(Model):
    issuers: dict[str, str]


class _Jurisdictions(Model):
    jurisdictions: dict[str, Names]


class _Topics(Model):
    topics: tuple[Topic, ...] = Field(min_length=1)

    @field_validator("topics")
    @classmethod
    def _differ(cls, topics: tuple[Topic, ...]) -> tuple[Topic, ...]:
        if len({topic.id for topic in topics}) != len(topics):
            raise ValueError("expected topics with different ids")
        return topics


class _TopicsOverlay(Model):
    """An operator's own topics file: entries change or add to the shipped ones.

    A whole taxonomy may be given; its keys besides the topics describe it and change nothing.
    """

    replace_shipped: bool = False
    version: int = 1
    language: tuple[str, ...] = ()
    relevance: dict[str, Any] = Field(default_factory=dict)
    stages: dict[str, Any] = Field(default_factory=dict)
    topics: tuple[dict[str, Any], ...] = Field(min_length=1)


# ------------------------------------------------------------------- settings


def load_settings(path: Path | None = None) -> Settings:
    """The settings file, or the defaults if no path is given and ``noticewatch.yml`` is absent."""
    if path is None:
        if not DEFAULT_SETTINGS_FILE.exists():
            return _with_entities(Settings(), DEFAULT_SETTINGS_FILE)
        path = DEFAULT_SETTINGS_FILE
    file = YamlFile.at(path)
    settings = _with_entities(_validate(Settings, read(file, empty={}), file), path)
    if settings.field_dir is not None:
        choose_field(Path(settings.field_dir))
        from config.field.field_check import check_field  # only a field of one's own needs it

        check_field()
        load_topics()
        _check_register(load_register())
    _check_timezone(settings, file)
    _check_topics(settings, file)
    _check_entities(settings, file)
    return settings


def _with_entities(settings: Settings, path: Path) -> Settings:
    """The settings with the file of entities that stands beside them, where none is named."""
    beside = path.with_name(ENTITIES_FILE)
    if settings.entities_file is not None or not beside.is_file():
        return settings
    return settings.model_copy(update={"entities_file": str(beside)})


def _check_entities(settings: Settings, file: YamlFile) -> None:
    """A misspelt entity would silence a subscription for ever, so it is an error."""
    named = [
        (number, subscription.entity)
        for number, subscription in enumerate(settings.subscriptions)
        if subscription.entity is not None
    ]
    if not named:
        return
    from config.companies.entities import load_entities

    known = [entity.key for entity in load_entities(settings.entities_file)]
    for number, key in named:
        if key not in known:
            raise ConfigError(
                f"{file.shown}: subscriptions.{number}.entity: no entity {key!r} in "
                f"{settings.entities_file or ENTITIES_FILE}{nearest_hint(key, known)}"
            )


def _check_timezone(settings: Settings, file: YamlFile) -> None:
    try:
        ZoneInfo(settings.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"{file.shown}: timezone: expected a time zone such as Asia/Shanghai, "
            f"got {settings.timezone!r}"
        ) from None


def _check_topics(settings: Settings, file: YamlFile) -> None:
    """A misspelt topic would silence a subscription for ever, so it is an error."""
    named = [
        (number, subscription.topics)
        for number, subscription in enumerate(settings.subscriptions)
        if subscription.topics != "all"
    ]
    if not named:
        return
    own = Path(settings.topics_file) if settings.topics_file else None
    known = [topic.id for topic in load_topics(own)]
    for number, topics in named:
        for topic in topics:
            if topic not in known:
                raise ConfigError(
                    f"{file.shown}: subscriptions.{number}.topics: expected all or some of "
                    f"{', '.join(known)}, got {topic!r}"
                )


# -------------------------------------------------------------------- sources


def load_sources(directory: Path | None = None) -> dict[str, Source]:
    """All sources of a folder (the shipped ones by default) by key; the first fault is raised."""
    sources, errors = load_sources_lenient(directory)
    if errors:
        raise errors[0]
    return sources


def load_sources_lenient(
    directory: Path | None = None,
) -> tuple[dict[str, Source], list[ConfigError]]:
    """The sources that can be read and an error for each that cannot, so that a service goes on.

    A folder that is missing or holds no source at all is raised: there is nothing to go on with.
    """
    sources: dict[str, Source] = {}
    errors: list[ConfigError] = []
    origin: dict[str, str] = {}
    platforms = load_platforms()
    for file in _source_files(directory):
        try:
            source = _load_source_file(file, platforms)
            if source.key in sources:
                raise ConfigError(
                    f"{file.shown}: key: expected a key of its own, "
                    f"{source.key!r} is also in {origin[source.key]}"
                )
        except ConfigError as error:
            errors.append(error)
            continue
        sources[source.key] = source
        origin[source.key] = file.shown
    return sources, errors


def load_source(key: str, directory: Path | None = None) -> Source:
    """One source by key, reading only its own file."""
    files = _source_files(directory)
    for file in files:
        if file.stem == key:
            return _load_source_file(file, load_platforms())
    known = [file.stem for file in files]
    raise ConfigError(f"no source {key!r}{nearest_hint(key, known)}")


def _source_files(directory: Path | None) -> list[YamlFile]:
    if directory is None and (own := chosen_field()) and (own / "sources").is_dir():
        directory = own / "sources"
    if directory is None:
        return list(_shipped_folder("sources"))
    if not directory.is_dir():
        raise ConfigError(f"{directory}: expected a folder of source files (*.yml), found none")
    files = [
        YamlFile.at(path)
        for path in sorted(directory.iterdir())
        if path.suffix in {".yml", ".yaml"} and not path.name.startswith(".")
    ]
    if not files:
        raise ConfigError(f"{directory}: expected at least one source file (*.yml), found none")
    return files


def _load_source_file(file: YamlFile, platforms: Mapping[str, Platform]) -> Source:
    source = _validate(Source, read(file), file)
    if source.key != file.stem:
        raise ConfigError(
            f"{file.shown}: key: expected {file.stem!r} as the file is called, got {source.key!r}"
        )
    if source.platform not in platforms:
        raise ConfigError(
            f"{file.shown}: platform: expected one of {', '.join(sorted(platforms))}, "
            f"got {source.platform!r}"
        )
    if source.http.min_gap_seconds == 0 and not all(
        is_loopback(urlsplit(column.url).hostname or "") for column in source.columns
    ):
        raise ConfigError(
            f"{file.shown}: http.min_gap_seconds: expected more than 0 "
            f"(0 is for loopback hosts only), got 0"
        )
    return source


# ------------------------------------------------------------------ platforms


def load_platforms() -> dict[str, Platform]:
    """All CMS platforms by key."""
    platforms = {}
    for file in _shipped_folder("platforms"):
        platform = _validate(Platform, read(file), file)
        if platform.key != file.stem:
            raise ConfigError(
                f"{file.shown}: key: expected {file.stem!r} as the file is called, "
                f"got {platform.key!r}"
            )
        platforms[platform.key] = platform
    return platforms


# ------------------------------------------------------- topics, acts, names


def load_topics(path: Path | None = None) -> tuple[Topic, ...]:
    """The topics that notices are labelled with.

    A file of one's own changes the shipped topics: an entry with a known id replaces the keys it
    names, one with a new id is added; ``replace_shipped: true`` leaves the shipped topics out.
    """
    shipped = field_file("topics.yml")
    topics = _validate(_Topics, read(shipped), shipped).topics
    if path is None:
        return topics
    file = YamlFile.at(path)
    overlay = _validate(_TopicsOverlay, read(file), file)
    return _merge_topics(() if overlay.replace_shipped else topics, overlay, file)


def _merge_topics(
    shipped: Iterable[Topic], overlay: _TopicsOverlay, file: YamlFile
) -> tuple[Topic, ...]:
    topics = {topic.id: topic for topic in shipped}
    for number, topic in enumerate(overlay.topics):
        key = str(topic.get("id", f"({number})"))
        known = topics[key].model_dump(exclude_unset=True) if key in topics else {}
        topics[key] = _validate(Topic, {**known, **topic}, file, place=f"topics.{number}.")
    return tuple(topics.values())


def load_register() -> tuple[RegisteredAct, ...]:
    """The acts that matter, by article (``config/register.yml``)."""
    file = own_file("register.yml")
    if file is None and chosen_field() is not None:
        return ()  # the acts of another field are none of its own
    file = file or shipped_file("register.yml")
    return _validate(ActRegister, read(file), file).acts


def _check_register(acts: Iterable[RegisteredAct]) -> None:
    """The topics of registered acts are topics of the field."""
    known = {topic.id for topic in load_topics()}
    for act in acts:
        for topic in act.topics:
            if topic not in known:
                raise ConfigError(
                    f"{field_file('register.yml').shown}: {act.key}: topics: expected some of "
                    f"{', '.join(sorted(known))}, got {topic!r}"
                )


def load_issuers() -> dict[str, str]:
    """English names of issuing bodies by Chinese name, short forms included."""
    file = shipped_file("issuers.yml")
    return _validate(_Issuers, read(file), file).issuers


def load_jurisdictions() -> dict[str, Names]:
    """Names of CN, its provinces and EU by code."""
    file = shipped_file("jurisdictions.yml")
    return _validate(_Jurisdictions, read(file), file).jurisdictions


# -------------------------------------------------------------------- helpers


def _validate(model: type[M], content: object, file: YamlFile, place: str = "") -> M:
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise ConfigError(f"{file.shown}: {place}{sentence(model, error)}") from None


def _shipped_folder(folder: str) -> Iterator[YamlFile]:
    entries = resources.files("config").joinpath(folder).iterdir()
    for entry in sorted(entries, key=lambda item: item.name):
        if entry.name.endswith(".yml"):
            yield YamlFile(entry, f"config/{folder}/{entry.name}")
