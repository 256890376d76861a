"""A diff as plain text: whole for a file, shortened for a terminal."""

from __future__ import annotations

from domain.diff.diff_model import Diff, PartDiff

_MARKS = {"equal": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
_AROUND = 40  # characters of unchanged text shown on either side of an edit


def whole_diff(diff: Diff, why: str) -> str:
    """A diff for reading: [-deleted-] and {+inserted+}, part by part; ``why`` is its reason in
    words."""
    lines = [_judgement(diff, why), ""]
    lines += [f"{item.field}: {item.before or '-'} → {item.after or '-'}" for item in diff.fields]
    for part in diff.parts:
        lines += [_whole_part(part), ""]
    for file in diff.attachments:
        lines.append(
            f"attachment {file.kind}: {file.name_before or '-'} → {file.name_after or '-'}"
        )
        lines += [_whole_part(part) for part in file.parts]
    return "\n".join(lines) + "\n"


def _whole_part(part: PartDiff) -> str:
    text = "".join(_MARKS[span.op].format(span.text) for span in part.spans)
    return f"{part.kind} {' → '.join(_labels(part))}\n{text}"


def shortened_diff(diff: Diff, why: str) -> str:
    """The diff for a terminal: ``[-removed-]{+added+}``, unchanged text cut short; ``why`` is its
    reason in words."""
    lines = [_judgement(diff, why)]
    for field in diff.fields:
        lines.append(f"{field.field}: [-{field.before or ''}-]{{+{field.after or ''}+}}")
    lines += [_shortened_part(part) for part in diff.parts]
    for attachment in diff.attachments:
        names = dict.fromkeys(n for n in (attachment.name_before, attachment.name_after) if n)
        lines.append(f"attachment {attachment.kind}: {' → '.join(names)}")
        lines += ["  " + _shortened_part(part).replace("\n", "\n  ") for part in attachment.parts]
    return "\n".join(lines)


def _shortened_part(part: PartDiff) -> str:
    labels = _labels(part)
    label = " → ".join(labels)
    if part.kind in {"moved", "renumbered"}:
        where = f"{(part.position_before or 0) + 1} → {(part.position_after or 0) + 1}"
        return f"{part.kind} {label}" if len(labels) > 1 else f"moved {label} ({where})"
    marked = "".join(
        _MARKS[span.op].format(
            _shortened(span.text, i, len(part.spans)) if span.op == "equal" else span.text
        )
        for i, span in enumerate(part.spans)
    )
    return f"{part.kind} {label}{'' if marked[:1].isspace() else ' '}{marked}".replace("  ", " ")


def _shortened(text: str, index: int, count: int) -> str:
    if len(text) <= 2 * _AROUND:
        return text
    head = "" if index == 0 else text[:_AROUND]
    tail = "" if index == count - 1 else text[-_AROUND:]
    return f"{head}…{tail}"


def _judgement(diff: Diff, why: str) -> str:
    return f"{'substantive' if diff.substantive else 'cosmetic'}: {why}"


def _labels(part: PartDiff) -> list[str]:
    """The labels that a part has, each once."""
    both = (part.label_before, part.label_after)
    return list(dict.fromkeys(label for label in both if label))
