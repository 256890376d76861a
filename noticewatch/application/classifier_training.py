"""Fit the topic heads anew: the shipped examples, and what the staff said of notices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from noticewatch.application.application import Application
from noticewatch.application.user_errors import NoticewatchError

if TYPE_CHECKING:
    from archive.store import Archive
    from classifier.topics.examples import Example


def train_heads(app: Application, *, allow_worse: bool, out: Path | None) -> dict[str, Any]:
    """Fit and keep the heads; the answer is what ``train --json`` prints."""
    from classifier.topics.heads import HEADS_DIR
    from classifier.topics.train import WorseThanBefore
    from classifier.topics.train import train as fit

    with app.archive() as archive:
        extra = feedback_examples(archive)
    try:
        result = fit(
            app.topics,
            extra=extra,
            encoder=app.settings.encoder.model,
            folder=out or HEADS_DIR,
            allow_worse=allow_worse,
        )
    except WorseThanBefore as error:
        raise NoticewatchError(
            f"nothing was written, the new heads would be worse: {error}; --allow-worse keeps them"
        ) from error
    except OSError as error:
        raise NoticewatchError(f"the heads cannot be written: {error}; choose --out") from error
    return {
        "examples": result.examples,
        "from_feedback": len(extra),
        "encoder": result.encoder,
        "scores": result.scores,
        "folder": str(result.folder),
        "below_floor": list(result.below_floor),
    }


def feedback_examples(archive: Archive) -> list[Example]:
    """The latest verdict on each notice as a labelled text: title and first paragraphs."""
    from classifier.topics.examples import Example

    latest = {entry.notice_id: entry for entry in archive.feedback.find()}
    examples = []
    for notice_id, entry in latest.items():
        notice = archive.notices.get(notice_id, versions=False)
        if notice is None:
            continue
        labels: tuple[str, ...] = tuple(label.topic for label in notice.labels)
        if entry.verdict == "not_relevant":
            labels = ()
        elif entry.verdict == "wrong_topic":
            labels = (entry.topic,) if entry.topic else ()
        examples.append(Example(notice.title, labels, "feedback", "feedback"))
    return examples
