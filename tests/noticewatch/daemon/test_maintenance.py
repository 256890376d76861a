"""What the service does once a night: pruning and the copy, at its hour and no other."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.store import Archive
from config.model import Settings
from domain.records.lead import NewLead
from noticewatch.application.application import Application
from noticewatch.daemon.maintenance import upkeep
from noticewatch.daemon.operator_alarms import Alarms
from tests.noticewatch import filled

AT = datetime(2027, 3, 1, 19, 30, tzinfo=UTC)  # 03:30 in Shanghai, months after the archive


class Night:
    """An app whose clock is moved by hand, and what it told."""

    def __init__(self, folder):
        self.now = AT
        self.app = Application(clock=lambda: self.now)
        self.copies = folder / "copies"
        self.app.__dict__["settings"] = Settings(
            data_dir=str(folder / "data"),
            keep_evidence_days=30,
            backup={"dest": str(self.copies), "keep": 2, "at": "03:30"},
            channels={"operators": {"type": "terminal", "purpose": "health"}},
            subscriptions=(),
        )

    def pass_(self, **later):
        self.now = AT + timedelta(**later)
        upkeep(self.app, Alarms(self.app, self.app.clock))

    @property
    def copied(self):
        return sorted(path.name for path in self.copies.glob("noticewatch-*"))

    def told(self):
        with self.app.archive() as archive:
            return [str(item.payload) for item in archive.outbox.find()]


def test_moved_verdicts_of_kept_articles_are_told_once(night):
    with night.app.archive() as archive:
        number, _ = archive.leads.keep(
            NewLead(title="memo", text="Order 73 took effect on 1 April 2026.", who="anna")
        )
    night.pass_()
    with night.app.archive() as archive:
        lead = archive.leads.get(number)
        assert lead.report["counts"]["supported"] == 1
        before = {**lead.report, "claims": [{**lead.report["claims"][0], "verdict": "none"}]}
        archive.leads.checked(number, before, {"miit-order-73": ("another digest", None)})
    for minutes in (10, 20):
        night.pass_(minutes=minutes)
    assert (
        len([word for word in night.told() if "1 checked article has other verdicts" in word]) == 1
    )


@pytest.fixture
def night(tmp_path):
    filled.fill(tmp_path / "data")
    return Night(tmp_path)


def test_copies_are_made_at_their_hour_once_a_day_and_the_oldest_goes(night):
    night.pass_(minutes=-1)
    assert night.copied == []
    night.pass_()
    night.pass_(hours=2)
    assert night.copied == ["noticewatch-20270302T033000"]
    for day in (1, 2):
        night.pass_(days=day, hours=3)  # the machine slept at half past three
    assert night.copied == ["noticewatch-20270303T063000", "noticewatch-20270304T063000"]
    with Archive.open(night.copies / night.copied[-1], read_only=True) as copy:
        assert copy.integrity.verify() == []
    assert night.told() == []


def test_old_evidence_of_the_irrelevant_goes_and_the_rest_stays(night):
    night.pass_()
    with night.app.archive() as archive:
        assert archive.evidence.pruned_count() == 1  # of the hostile notice, which no topic fits
        assert archive.integrity.verify() == []
        act = archive.notices.by_url(filled.ACT_URL)
    for version in act.postings[0].versions:
        assert list((night.app.data_dir / "evidence").rglob(f"{version.raw_sha256}*"))


def test_a_copy_that_fails_is_told_once_and_tried_again_each_hour(night):
    night.copies.write_text("a file where the folder should be")
    night.pass_()
    night.pass_(minutes=5)
    night.pass_(hours=1)
    (told,) = night.told()
    assert "the nightly backup failed" in told
    night.copies.unlink()
    night.pass_(hours=1, minutes=5)
    assert night.copied == []
    night.pass_(hours=2)
    assert night.copied == ["noticewatch-20270302T053000"]
    assert "works again" in night.told()[-1]


def test_a_new_destination_need_not_wait_for_the_night(night):
    settings = night.app.settings
    none = settings.backup.model_copy(update={"dest": None})
    night.app.__dict__["settings"] = settings.model_copy(update={"backup": none})
    night.pass_()
    night.app.__dict__["settings"] = settings
    night.pass_(hours=1)
    assert night.copied == ["noticewatch-20270302T043000"]
