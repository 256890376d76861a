"""Check what vouches for the archive: its chain, its evidence, timestamps, heads kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from noticewatch.application.application import Application
from noticewatch.doctor.check_result import CheckResult, error, ok, warning

_RESTORE = "restore a backup (`noticewatch restore DIR`)"


def evidence(app: Application) -> Iterator[CheckResult]:
    """Honest about pruning: bytes deleted by age can no longer be checked, and are counted."""
    with app.archive() as archive:
        problems = archive.integrity.verify()
        pruned = archive.evidence.pruned_count()
    for problem in problems:
        yield error("evidence", " ".join(problem.split()), _RESTORE)
    if not problems:
        left = f"; {pruned} originals were pruned by age and cannot be checked" if pruned else ""
        yield ok("evidence", f"hash chain and stored originals are intact{left}")


def timestamps(app: Application) -> Iterator[CheckResult]:
    """Every timestamp is sound, and the chain still holds the head that it signs."""
    from noticewatch.application.timestamping import TimestampUnusable, check_timestamps

    with app.archive() as archive:
        if next(archive.chain.tokens(), None) is None:
            return
        try:
            checked = list(check_timestamps(app, archive))
        except TimestampUnusable as problem:
            yield warning("timestamps", str(problem), "put that right to have them checked")
            return
    for item in checked:
        if item.problem:
            yield error("timestamps", f"{item.name}: {item.problem}", _RESTORE)
    sound = [item for item in checked if not item.problem]
    if sound:
        known = all(item.signer_known for item in sound)
        who = "" if known else "; signatures are not checked without `evidence.timestamp_roots`"
        newest = sound[-1]
        yield ok(
            "timestamps",
            f"{len(sound)} in order; the newest of {newest.signed_at:%Y-%m-%d %H:%M} vouches for "
            f"{newest.versions} versions{who}",
        )


def known_heads(app: Application, *, heads: Sequence[str]) -> Iterator[CheckResult]:
    """The chain still holds the heads that a digest or a backup has kept."""
    with app.archive() as archive:
        places = {head: archive.chain.place_of(head.strip().lower()) for head in heads}
    for head, versions in places.items():
        if versions is None:
            detail = f"{head} is not in the chain: what was stored before it was altered or is lost"
            yield error("chain head", detail, _RESTORE)
        else:
            yield ok("chain head", f"{head} vouches for the first {versions} versions")
