"""Receive what operators are told."""

import pytest

from tests.fakes.slack import FakeSlack


@pytest.fixture
def slack(monkeypatch):
    monkeypatch.setenv("OPS_TOKEN", "xoxb-operators")
    fake = FakeSlack()
    yield fake
    fake.close()
