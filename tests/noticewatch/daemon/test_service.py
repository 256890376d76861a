"""Hold messages back while many sources are read at once."""

from tests.noticewatch.daemon.operators import make_app


def test_messages_wait_a_little_while_very_many_sources_are_read(tmp_path, monkeypatch):
    """A network that is down must not be eighty messages."""
    from noticewatch.daemon import service

    running = service.Service(app=make_app(tmp_path), archive=None, server=None)
    assert not running._many_at_once()
    running.busy = {f"cn-{number}" for number in range(20)}
    assert running._many_at_once()
    monkeypatch.setattr(service, "TOGETHER_SECONDS", 0.0)
    assert not running._many_at_once()
    running.busy = set()
    assert not running._many_at_once()
