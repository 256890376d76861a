"""Turns are shared by who has had least, not by who asks most."""

from __future__ import annotations

import asyncio

import pytest

from config.fair_turns import FairTurns, TooManyWaiting


async def _queue(turns: FairTurns, order: list[str], asked: list[str]) -> None:
    async def one(key: str) -> None:
        async with turns.turn(key):
            order.append(key)
            await asyncio.sleep(0.002 if key == "flood" else 0)

    await asyncio.gather(*(one(key) for key in asked))


def test_a_key_with_one_wish_waits_for_one_turn_of_the_crowd() -> None:
    order: list[str] = []
    asyncio.run(_queue(FairTurns(), order, ["flood"] * 20 + ["ministry"]))
    assert order.index("ministry") == 1
    assert len(order) == 21


def test_used_and_waited_are_counted_and_a_cancelled_wait_passes_its_turn_on() -> None:
    turns = FairTurns()

    async def go() -> bool:
        async with turns.turn("a"):
            waiting = asyncio.create_task(_queue(turns, [], ["b"]))
            await asyncio.sleep(0.01)
            waiting.cancel()
        async with asyncio.timeout(1), turns.turn("c"):
            return True

    assert asyncio.run(go())
    assert turns.used["a"] >= 0.01
    assert turns.waited["c"] < 0.01


def test_several_slots_and_a_bound_on_those_that_wait() -> None:
    turns = FairTurns(slots=2, most_waiting=1)

    async def go() -> None:
        async with turns.turn("a"), turns.turn("a"):
            waiting = asyncio.create_task(_queue(turns, [], ["a"]))
            await asyncio.sleep(0.01)
            with pytest.raises(TooManyWaiting):
                async with turns.turn("a"):
                    pass
            other = asyncio.create_task(_queue(turns, [], ["b"]))
            await asyncio.sleep(0.01)
        await asyncio.gather(waiting, other)

    asyncio.run(go())
    assert set(turns.used) == {"a", "b"}
