"""Send an invented notice through all stages to the operators."""

import pytest

from tests.fakes.command import write_settings
from tests.fakes.slack import FakeSlack, Fault, goes_on
from tests.noticewatch.invoked import as_json

pytestmark = pytest.mark.usefixtures("inside")


@pytest.mark.model
def test_the_canary_reaches_the_operators_and_no_archive(tmp_path, monkeypatch):
    slack = FakeSlack()
    monkeypatch.setenv("TOKEN", "xoxb-test")
    try:
        write_settings(tmp_path, slack)
        result = as_json("selftest")
        assert result["ok"]
        assert "penalty" in result["topics"]
        assert result["channels"] == {"operators": True}
        alerts = [m for m in slack.messages if "self-test" in m["text"] and not goes_on(m)]
        assert {m["channel"] for m in slack.messages} == {"COPS"}
        assert len([m for m in alerts if "溯源信息报送" in m["text"]]) == 1
        assert not (tmp_path / "data" / "archive.db").exists()

        slack.faults += [Fault("error", error="token_revoked") for _ in range(9)]
        failed = as_json("selftest", code=3)
        assert failed["channels"] == {"operators": False}
        assert "token_revoked" in " ".join(failed["problems"])
    finally:
        slack.close()
