"""Doors without a login: one-time links out of a real mail, one-click unsubscribe, signed
clicks; opening a link never changes anything."""

import hashlib
import hmac
import json
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.backends.factory import DATABASE_NAME
from archive.store import Archive
from config.loader import load_jurisdictions, load_sources, load_topics
from config.model import Settings
from domain.law.classify_task import Classification
from domain.records.fact import Evidence, Label
from noticewatch.web.app import create_app
from noticewatch.web.context import WebContext
from notifier.run import run
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp
from tests.noticewatch.filled import ACT_URL, fill, observation

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
READERS = ("a@example.com", "b@example.com")


class House:
    """A filled archive with a mail and a Slack channel, and its public web archive."""

    def __init__(self, folder: Path, smtp: FakeSmtp, slack: FakeSlack) -> None:
        fill(folder)
        self.folder, self.smtp, self.slack, self.now = folder, smtp, slack, NOW
        mail = {"type": "email", "host": "127.0.0.1", "port": smtp.port, "security": "none",
                "sender": "nw@example.com", "to": READERS}  # fmt: skip
        chat = {"type": "slack", "channel": "C1", "api_base_url": slack.url}
        clicks = {**chat, "channel": "C2", "signing_secret_env": "SIGNING"}
        self.settings = Settings.model_validate(
            {
                "web": {"public_url": "https://nw.example.com/", "auth": "token"},
                "channels": {"mail": mail, "chat": chat, "clicks": clicks},
                "subscriptions": [{"channel": name} for name in ("mail", "chat", "clicks")],
            }
        )

    def notify(self) -> None:
        with Archive.open(self.folder) as archive:
            run(archive, self.settings)

    def client(self) -> TestClient:
        site = WebContext(
            data_dir=self.folder,
            settings=self.settings,
            topics=load_topics(),
            sources=load_sources(),
            jurisdictions=load_jurisdictions(),
            clock=lambda: self.now,
        )
        return TestClient(create_app(site))

    def mails(self, to: str) -> list:
        return [mail for reader, mail in self.smtp.mailbox.received if reader == to]

    def links(self, to: str, words: str) -> list[str]:
        """Paths behind the links with these words, in the order of the mails."""
        pages = [mail.get_body(("html",)).get_content() for mail in self.mails(to)]
        found = [html.fromstring(page).xpath(f"//a[.='{words}']/@href") for page in pages]
        return [urlsplit(address).path for addresses in found for address in addresses]


@pytest.fixture
def house(tmp_path, monkeypatch):
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-test")
    monkeypatch.setenv("SIGNING", "s3cret")
    monkeypatch.setenv("NOTICEWATCH_WEB_TOKEN", "t0ken")
    smtp, slack = FakeSmtp(), FakeSlack()
    smtp.start()
    made = House(tmp_path, smtp, slack)
    made.notify()
    yield made
    slack.close()
    smtp.stop()


def test_a_link_acknowledges_once_and_only_by_its_button(house):
    path = house.links(READERS[0], "Acknowledge")[0]
    with house.client() as client, Archive.open(house.folder) as archive:
        number = archive.links.get(path.rsplit("/", 1)[1]).notice_id
        for _ in range(3):  # scanners and previews
            assert client.get(path).status_code == 200
            assert client.head(path).status_code == 200
        assert archive.acknowledgements.of_notice(number).state == "open"
        done = client.post(path, data={"who": "somebody else"})
        assert done.status_code == 200
        handling = archive.acknowledgements.of_notice(number)
        assert [step.state for step in handling.history] == ["acknowledged"]
        assert handling.history[0].who == f"link:{READERS[0]}"
        again = client.post(path)
        assert again.status_code == client.get(path).status_code == 410
        assert READERS[0] in again.text
        assert len(archive.acknowledgements.of_notice(number).history) == 1


def test_a_link_in_a_chat_asks_for_the_name(house):
    message = next(m for m in house.slack.messages if m["channel"] == "C1")
    address = re.search(r"https://nw\.example\.com(/act/[\w-]+)", json.dumps(message["blocks"]))
    path = address[1]
    with house.client() as client, Archive.open(house.folder) as archive:
        assert client.post(path).status_code == 400
        assert client.post(path, data={"who": "韩梅梅"}).status_code == 200
        number = archive.links.get(path.rsplit("/", 1)[1]).notice_id
        assert archive.acknowledgements.of_notice(number).assignee == "韩梅梅"
    clicks = next(m for m in house.slack.messages if m["channel"] == "C2")
    assert "/act/" not in json.dumps(clicks["blocks"])  # it has buttons


def test_tokens_differ_by_reader_and_act_expire_and_are_kept_as_hashes_only(house):
    paths = [
        path
        for reader in READERS
        for words in ("Acknowledge", "I own this")
        for path in house.links(reader, words)
    ]
    assert len(paths) == len(set(paths)) >= 4
    kept = b"".join(file.read_bytes() for file in house.folder.glob(f"{DATABASE_NAME}*"))
    assert not [path for path in paths if path.rsplit("/", 1)[1].encode() in kept]
    assert (house.folder / "links.key").stat().st_mode & 0o077 == 0
    house.now = datetime.now(UTC) + timedelta(days=31)
    with house.client() as client:
        assert client.post(paths[0]).status_code == 410
        assert client.get("/act/" + "x" * 32).status_code == 404
        assert client.get(f"/unsubscribe/{paths[0].rsplit('/', 1)[1]}").status_code == 404
        assert client.get("/").status_code == 401  # everything else stays behind the login


def test_one_click_unsubscribe_stops_this_reader_only_and_can_be_undone(house):
    [mail, *_] = house.mails(READERS[0])
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    both = re.fullmatch(r"<(https://[^>]+)>, <(mailto:[^>]+)>", mail["List-Unsubscribe"])
    address, by_mail = both.groups()
    assert by_mail == "mailto:nw@example.com?subject=unsubscribe"
    assert urlsplit(address).path in house.links(READERS[0], "Unsubscribe")
    path = urlsplit(address).path
    with house.client() as client, Archive.open(house.folder) as archive:
        client.get(path)
        assert not archive.unsubscriptions.has("mail", READERS[0])
        body = {"List-Unsubscribe": "One-Click"}
        assert client.post(path, data=body).status_code == 200
        assert client.post(path, data=body).status_code == 200
        assert archive.unsubscriptions.has("mail", READERS[0].upper())
        assert not archive.unsubscriptions.has("mail", READERS[1])
        before = len(house.mails(READERS[0])), len(house.mails(READERS[1]))
        _revise(archive)
        run(archive, house.settings)
        after = len(house.mails(READERS[0])), len(house.mails(READERS[1]))
        assert after == (before[0], before[1] + 1)
        client.post(path, data={"back": "1"})
        assert not archive.unsubscriptions.has("mail", READERS[0])


def test_a_signed_click_arrives_by_http_and_an_unsigned_one_does_not(house):
    message = next(m for m in house.slack.messages if m["channel"] == "C2")
    value = next(b for b in message["blocks"] if b["type"] == "actions")["elements"][0]["value"]
    payload = {
        "type": "block_actions", "user": {"username": "ann"}, "channel": {"id": "C2"},
        "message": message, "actions": [{"action_id": "nw_own", "value": value}],
    }  # fmt: skip
    body = urlencode({"payload": json.dumps(payload)}).encode()

    def post(client, at, key="s3cret"):
        mac = hmac.new(key.encode(), f"v0:{at}:".encode() + body, hashlib.sha256).hexdigest()
        headers = {"X-Slack-Request-Timestamp": str(at), "X-Slack-Signature": f"v0={mac}"}
        return client.post("/slack/actions", content=body, headers=headers).status_code

    now = int(time.time())
    with house.client() as client, Archive.open(house.folder) as archive:
        number = int(value.split(":")[0])
        assert post(client, now, key="wrong") == 401
        assert post(client, now - 301) == 401
        assert client.post("/slack/actions", content=b"x").status_code == 401
        assert archive.acknowledgements.of_notice(number).state == "open"
        assert post(client, now) == 200
        assert archive.acknowledgements.of_notice(number).assignee == "slack:ann"
        assert "Owned by ann" in json.dumps(house.slack.messages)


def _revise(archive: Archive) -> None:
    """Another change of the filled act, as the classifier would leave it."""
    text = ["第一条 动力电池企业应当在三日内报送溯源信息。", "第二条 处十万元罚款。"]
    archive.ingest(observation(ACT_URL, "动力电池溯源管理办法", text, datetime.now(UTC)))
    [task] = archive.classification.pending()
    passage = Evidence(text=text[1], where="第二条")
    label = Label(topic="penalty", score=0.9, evidence=(passage,), model="test")
    archive.classification.store(
        Classification(
            change_id=task.change_id,
            labels=(label,),
            facts=(),
            stage="final",
            relevant_because="labels",
            model="test",
        )
    )
