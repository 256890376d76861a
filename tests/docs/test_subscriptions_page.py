"""The page on subscriptions: its settings load, its table names every key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from config.loader import load_settings
from config.model import Subscription
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "subscriptions.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.S)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_settings_of_the_page_load(example: str, tmp_path: Path) -> None:
    file = tmp_path / "noticewatch.yml"
    file.write_text(example, "utf-8")
    settings = load_settings(file)
    assert settings.subscriptions
    assert len(settings.channels) >= 2


def test_every_key_of_a_subscription_is_explained() -> None:
    assert len(EXAMPLES) == 2
    rows = "\n".join(re.findall(r"^\| (`.*?) \|", PAGE, re.M))
    explained = set(re.findall(r"`(\w+)`", rows)) | {"channel"}
    assert explained == set(Subscription.model_fields)
