"""Keep the states of channels and subscriptions."""

from __future__ import annotations

from typing import Any

import pytest

from archive.store import Archive
from tests.builders import message


def test_channel_state_is_empty_until_it_is_kept(archive: Archive) -> None:
    assert archive.notifier_state.channel("compliance") == {}
    archive.notifier_state.set_channel("compliance", {"reason": "no token"})
    assert archive.notifier_state.channel("compliance") == {"reason": "no token"}
    assert archive.notifier_state.channel("digest") == {}


@pytest.mark.parametrize("state", [{"due": "2026-11-30"}, {}])
def test_subscription_state(archive: Archive, state: dict[str, Any]) -> None:
    assert archive.notifier_state.subscription("digest") is None
    archive.notifier_state.set_subscription("digest", state, [message("digest:1")])
    archive.notifier_state.set_subscription("digest", state, [message("digest:1")])
    assert archive.notifier_state.subscription("digest") == state
    assert len(archive.outbox.find()) == 1
