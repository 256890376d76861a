"""The words of which English noun phrases are composed (``config/phrase_words.yml``)."""

from __future__ import annotations

from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from config.yaml_file import YamlFile, read

_Words = dict[str, str]


class PhraseWords(BaseModel):
    """English for Chinese by the kind of thing that a word names, read once."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    attributes: _Words
    things: _Words
    materials: _Words
    documents: _Words
    devices: _Words
    people: _Words
    bodies: _Words
    places: _Words
    processes: _Words
    modifiers: _Words
    measures: tuple[str, ...]
    done_by: _Words
    verbs: _Words
    alone: _Words
    events: _Words

    @property
    def nouns(self) -> dict[str, _Words]:
        """The sections of nouns by name."""
        names = ("attributes", "things", "materials", "documents", "devices", "people")
        return {name: getattr(self, name) for name in (*names, "bodies", "places", "processes")}


@cache
def load_phrase_words() -> PhraseWords:
    """The shipped words, read when a duty is first written in English."""
    path = resources.files("config") / "phrase_words.yml"
    return PhraseWords.model_validate(read(YamlFile(path, "config/phrase_words.yml")))
