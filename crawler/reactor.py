"""Scrapy's asyncio reactor as the house of a coroutine (Scrapy docs, "asyncio")."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

ASYNCIO_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def run_main(main: Callable[[], Awaitable[T]]) -> T:
    """Install the reactor, run ``main()`` inside it, stop it, and return the result.

    Once per process: a reactor cannot be started again. Signals are left to ``main``.
    """
    from scrapy.utils.reactor import install_reactor

    install_reactor(ASYNCIO_REACTOR)
    from twisted.internet import reactor

    outcome: list[T] = []
    failure: list[BaseException] = []

    async def guarded() -> None:
        try:
            outcome.append(await main())
        except BaseException as error:
            failure.append(error)
        finally:
            reactor.stop()

    reactor.callWhenRunning(lambda: asyncio.ensure_future(guarded()))
    reactor.run(installSignalHandlers=False)
    if failure:
        raise failure[0]
    return outcome[0]
