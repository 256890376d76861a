"""What a hub makes of a collector's bundles is what it would have read itself."""

from __future__ import annotations

import random
from pathlib import Path

from crawler.border.bundle_format import bundle_name
from noticewatch.demo.replica import Replica
from noticewatch.demo.replica_site import ReplicaFile
from tests.fakes.files import docx
from tests.noticewatch.application.border.border_world import (
    NAME,
    BorderWorld,
    exported,
    names,
    sightless,
)


def test_bundles_at_once_make_the_same_archive_byte_for_byte(world: BorderWorld) -> None:
    first, second = world.site("trs_static"), world.site("nfcms_static", notices=2)
    world.pass_on()
    world.publish(first, 4)
    world.publish(second, 5)
    world.pass_on()
    world.carry()
    report = world.receive()
    assert names(report.reception.taken) == [1, 2, 3, 4]
    assert exported(world.archive).count(b"\n") == 7
    assert exported(world.archive) == exported(world.direct)


def _something_happens(world: BorderWorld, chance: random.Random, step: int) -> dict[str, Replica]:
    """A day of the month: something is published, edited, withdrawn, put back, or breaks."""
    site = chance.choice(world.sites)
    article = chance.choice(site.site.articles)
    what = ("publish", "edit", "withdraw", "restore", "attach", "fault", "nothing")[step % 7]
    if what == "publish":
        world.publish(site, 10 + step)
    elif what == "edit":
        changed = [*article.paragraphs[:-1], f"二、逾期不报送的，处{step + 2}万元以上罚款。"]
        site.site.edit(article, paragraphs=changed)
    elif what == "withdraw":
        site.site.withdraw(article, text=bool(step % 2))
    elif what == "restore":
        for gone in site.site.articles:
            site.site.restore(gone)
    elif what == "attach":
        body = docx(f"<w:p><w:r><w:t>附件第{step}号登记表</w:t></w:r></w:p>")
        world.publish(site, 40 + step, files=[ReplicaFile(f"附件{step}.docx", body)])
    elif what == "fault":
        return {chance.choice(["server_error", "challenge", "not_found"]): site}
    return {}


def _spoiled(here: Path, chance: random.Random) -> None:
    """Of what is on its way: some come twice, some cut, some forged, some later."""
    for path in sorted(here.glob("*.nwb")):
        raw, fate = path.read_bytes(), chance.randrange(5)
        if fate == 0:
            path.write_bytes(raw[: len(raw) * 2 // 3])
        elif fate == 1:
            middle = len(raw) // 2
            path.write_bytes(raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :])
        elif fate == 2:
            path.unlink()


def test_a_month_of_late_doubled_cut_forged_bundles_ends_as_a_direct_one(
    world: BorderWorld,
) -> None:
    chance = random.Random(7)
    for platform in ("trs_static", "hanweb_jpaas", "gkmlpt"):
        world.site(platform, notices=3)
    refused = gaps = 0
    for step in range(28):
        faults = _something_happens(world, chance, step)
        world.pass_on(hours=26 if step % 3 else 0.7, faults=faults)
        if step % 4 == 3:
            world.carry()
            _spoiled(world.here, chance)
            report = world.receive()
            refused += len(report.reception.refused)
            gaps += len(report.reception.gaps)
        if step % 12 == 11:
            world.carry(bundle_name(NAME, 1))
            world.offer()
    world.carry()
    world.receive()
    assert refused > 0
    assert gaps > 0
    assert sightless(world.archive) == sightless(world.direct)
    assert world.archive.integrity.verify() == []
    assert {one.key: one.state for one in world.archive.sources.all()} == {
        one.key: one.state for one in world.direct.sources.all()
    }
