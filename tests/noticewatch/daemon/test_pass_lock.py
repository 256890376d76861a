"""Share one lock between batches and commands."""

import asyncio

from config.file_lock import file_lock
from noticewatch.daemon.pass_lock import PassLock


def test_batches_share_the_pass_lock_and_wait_for_a_command(tmp_path):
    path = tmp_path / "pass.lock"
    order = []

    async def main():
        gate = PassLock(path)
        async with gate.held(), gate.held():
            order.append("two at once")
        with file_lock(path, wait=False):
            waiting = asyncio.create_task(enter(gate))
            await asyncio.sleep(0.4)
            assert order == ["two at once"]
        await asyncio.wait_for(waiting, 10)

    async def enter(gate):
        async with gate.held():
            order.append("after the command")

    asyncio.run(main())
    assert order == ["two at once", "after the command"]
    with file_lock(path, wait=False):
        assert path.exists()
