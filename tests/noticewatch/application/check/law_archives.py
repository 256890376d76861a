"""Archives of acts for tests: read by the rules, relevant by decree, without the model."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from archive.store import Archive
from archive.transfer.importer import import_lines
from classifier.duties import read_duties
from classifier.stated_versions import version_document, version_facts
from classifier.topics.act_stage import stage_of
from domain.law.classify_task import Classification


def take_in(folder: Path, acts: Iterable[Mapping[str, object]]) -> None:
    """Import acts and read their facts and duties."""
    with Archive.open(folder) as archive:
        import_lines(archive, (json.dumps(act, ensure_ascii=False) for act in acts))
        for task in archive.classification.pending():
            stage = stage_of(task.version.title, task.version.text)
            archive.classification.store(
                Classification(
                    change_id=task.change_id, labels=(), facts=version_facts(task.version),
                    duties=tuple(read_duties(version_document(task.version), stage=stage)),
                    stage=stage or "final",
                    relevant_because="labels", model="test",
                )
            )  # fmt: skip
