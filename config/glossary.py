"""The locked glossary (``config/glossary.yml``), read once, when first needed."""

from __future__ import annotations

from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from config.yaml_file import YamlFile, read

Terms = dict[str, str]


class Glossary(BaseModel):
    """English for Chinese, one section a purpose; sections are searched longest term first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    document_types: Terms
    stages: Terms
    terms: Terms
    parameters: Terms
    units: Terms
    duties: Terms
    triggers: Terms
    actors: Terms
    bases: Terms
    tiers: Terms
    objects: Terms


@cache
def load_glossary() -> Glossary:
    file = YamlFile(resources.files("config").joinpath("glossary.yml"), "config/glossary.yml")
    return Glossary.model_validate(read(file))
