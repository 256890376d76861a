"""Tell the archive which names to look for: those of entities.yml."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from noticewatch.application.application import Application

if TYPE_CHECKING:
    from archive.store import Archive

log = logging.getLogger(__name__)


def look_for_names(app: Application, archive: Archive) -> None:
    """Names of entities and suppliers are read from now on; where ``entities.yml`` changed, in
    every notice again. A faulty file is logged and changes nothing: the rest goes on."""
    from config.yaml_file import ConfigError
    from domain.names.name_forms import name_forms

    if archive.read_only:
        return
    try:
        forms = name_forms(app.entities)
    except ConfigError as error:
        log.warning("names of companies are not read: %s", error)
        archive.names.look_again_later()
        return
    archive.names.look_for(forms)
