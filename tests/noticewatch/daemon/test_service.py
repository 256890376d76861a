"""Hold messages back while many sources are read at once."""

from noticewatch.daemon.operator_alarms import Alarms
from noticewatch.daemon.watchdog import StageStatuses
from tests.noticewatch.daemon.operators import make_app


def test_messages_wait_a_little_while_very_many_sources_are_read(tmp_path, monkeypatch):
    """A network that is down must not be eighty messages."""
    from noticewatch.daemon import crawl_loop
    from noticewatch.daemon.jobs import JobRunner
    from noticewatch.daemon.stage_guard import StageGuard

    app = make_app(tmp_path)
    guard = StageGuard(StageStatuses(), Alarms(app, app.clock))
    loop = crawl_loop.CrawlLoop(app=app, archive=None, guard=guard, jobs=JobRunner())
    assert not loop.many_at_once()
    loop.busy = {f"cn-{number}" for number in range(20)}
    assert loop.many_at_once()
    monkeypatch.setattr(crawl_loop, "TOGETHER_SECONDS", 0.0)
    assert not loop.many_at_once()
    loop.busy = set()
    assert not loop.many_at_once()
