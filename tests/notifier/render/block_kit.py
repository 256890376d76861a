"""Check a Slack message against the limits of Block Kit."""

from __future__ import annotations

import json
from typing import Any

from slack_sdk.models.blocks import Block

from notifier.render.slack_blocks import TOTAL
from tests.fakes.slack import refusal


def check(message: dict[str, Any]) -> None:
    """By our own rules, by the fake's and by the SDK's model classes."""
    assert len(message["text"]) <= 4000
    assert refusal(message) is None
    blocks = message["blocks"]
    assert len(blocks) <= 50
    assert len(json.dumps(blocks, ensure_ascii=False)) <= TOTAL
    for block in Block.parse_all(blocks):
        block.validate_json()
