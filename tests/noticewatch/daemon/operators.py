"""Build an application whose operators are told on Slack."""

from datetime import UTC, datetime

from config.model import Settings
from noticewatch.application.application import Application

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def make_app(tmp_path, **settings):
    app = Application(data_dir_option=tmp_path / "data", clock=lambda: NOW)
    app.__dict__["settings"] = Settings(data_dir=str(tmp_path / "data"), **settings)
    return app


def with_operators(tmp_path, slack):
    return make_app(
        tmp_path,
        channels={
            "operators": {
                "type": "slack", "token_env": "OPS_TOKEN", "channel": "COPS",
                "api_base_url": slack.url, "purpose": "health",
            }
        },
        subscriptions=(),
    )  # fmt: skip


def messages(app):
    with app.archive() as archive:
        return [item.payload["text"] for item in archive.outbox.find()]
