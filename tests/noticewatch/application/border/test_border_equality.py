"""What a hub makes of a collector's bundles is what it would have read itself."""

from __future__ import annotations

from tests.noticewatch.application.border.border_world import BorderWorld, exported, names


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
