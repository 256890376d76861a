"""The addresses by which a collector uploads its bundles and pulls its offer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.testclient import TestClient

from config.machines.border import BorderSettings, TrustedCollector
from config.model import Settings, WebSettings
from crawler.border.bundle_format import bundle_name
from crawler.border.collector_keys import public_key
from noticewatch.application.border.collector_round import CollectorTask
from noticewatch.application.border.hub_link import HubUnreachable, WebLink
from noticewatch.application.border.offers import hub_public_key, read_offer
from noticewatch.application.border.receiver import bundle_folders, upload_folder
from noticewatch.web.app import create_app
from noticewatch.web.context import WebContext
from tests.noticewatch.application.border.border_world import (
    NAME,
    BorderWorld,
    names,
    sightless,
)

TOKEN = "a-token-of-inside-only"


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BorderWorld]:
    """A hub behind a login whose collector has a token of its own."""
    monkeypatch.setenv("INSIDE_TOKEN", TOKEN)
    made = BorderWorld(tmp_path)
    trusted = TrustedCollector(public_key=made.public, token_env="INSIDE_TOKEN")
    made.app.settings = Settings(
        data_dir=str(made.app.data_dir),
        border=BorderSettings(collectors={NAME: trusted}),
        web=WebSettings(auth="token"),
    )
    yield made
    made.close()


@pytest.fixture
def client(world: BorderWorld) -> Iterator[TestClient]:
    with TestClient(create_app(site_of(world))) as opened:
        yield opened


def site_of(world: BorderWorld) -> WebContext:
    return WebContext(
        data_dir=world.app.data_dir,
        settings=world.app.settings,
        topics=(),
        sources=world.app.sources,
        jurisdictions={},
        clock=world.clock,
    )


def bearer(token: str = TOKEN) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def bundle(world: BorderWorld, number: int) -> bytes:
    return (world.out / bundle_name(NAME, number)).read_bytes()


@pytest.mark.parametrize(
    ("collector", "token"),
    [(NAME, ""), (NAME, "guessed"), (NAME, f"{TOKEN}x"), ("stranger", TOKEN), ("../x", TOKEN)],
)
def test_only_the_collector_s_own_token_opens(
    client: TestClient, collector: str, token: str
) -> None:
    for answer in (
        client.post(f"/border/{collector}/bundles", content=b"x", headers=bearer(token)),
        client.get(f"/border/{collector}/offer", headers=bearer(token)),
    ):
        assert answer.status_code in {401, 404}


def test_a_token_too_short_to_keep_anybody_out_opens_nothing(
    world: BorderWorld, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIDE_TOKEN", "short")
    assert client.get(f"/border/{NAME}/offer", headers=bearer("short")).status_code == 401
    monkeypatch.delenv("INSIDE_TOKEN")
    assert client.get(f"/border/{NAME}/offer", headers=bearer("")).status_code == 401


def test_what_is_uploaded_waits_for_its_turn(world: BorderWorld, client: TestClient) -> None:
    world.site(notices=1)
    world.pass_on()
    world.pass_on()
    post = f"/border/{NAME}/bundles"
    second = client.post(post, content=bundle(world, 2), headers=bearer())
    assert second.json() == {"received": 0, "stored": 2}
    assert client.post(post, content=bundle(world, 1), headers=bearer()).json()["stored"] == 1
    report = world.receive_from(bundle_folders(world.app))
    assert names(report.reception.taken) == [1, 2]
    assert list(upload_folder(world.app.data_dir, NAME).iterdir()) == []
    again = client.post(post, content=bundle(world, 1), headers=bearer())
    assert again.json() == {"received": 2, "stored": 1}
    assert sightless(world.archive) == sightless(world.direct)


def test_what_is_no_sound_bundle_is_turned_down_at_once(
    world: BorderWorld, client: TestClient
) -> None:
    world.site(notices=1)
    world.pass_on()
    whole, post = bundle(world, 1), f"/border/{NAME}/bundles"
    forged = whole[:-1] + bytes([whole[-1] ^ 1])
    for content, why in ((b"", "does not begin"), (whole[:90], "cut short"),
                         (whole[:-9], "cut short"), (whole + b"x", "longer")):  # fmt: skip
        answer = client.post(post, content=content, headers=bearer())
        assert answer.status_code == 422
        assert why in answer.json()["error"]
    client.post(post, content=forged, headers=bearer())  # its parts are read when it is taken
    report = world.receive_from(bundle_folders(world.app))
    assert report.reception.taken == []
    assert "part" in report.reception.refused[0].why
    assert client.post(post, content=whole, headers=bearer()).status_code == 200
    assert names(world.receive_from(bundle_folders(world.app)).reception.taken) == [1]


def test_the_offer_is_signed_by_the_hub(world: BorderWorld, client: TestClient) -> None:
    world.site(notices=1)
    raw = client.get(f"/border/{NAME}/offer", headers=bearer()).content
    offer = read_offer(raw, public_key(hub_public_key(world.app)), NAME)
    assert [source.key for source in offer.sources] == ["trs-static-1"]
    assert offer.received == 0


def test_a_collector_uploads_until_the_hub_has_all(world: BorderWorld) -> None:
    world.site(notices=2)
    config = uvicorn.Config(create_app(site_of(world)), port=0, log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    link = WebLink(address=f"http://127.0.0.1:{port}/", collector=NAME, token=TOKEN)
    try:
        world.round = world.collector(link=link)
        assert world.pass_on().sent == 1
        world.receive_from(bundle_folders(world.app))
        report = world.pass_on()
        assert (report.made, report.waiting) == ((2,), 1)
        wrong = WebLink(address=link.address, collector=NAME, token="another-token-altogether")
        with pytest.raises(HubUnreachable, match="not the collector's"):
            wrong.send(2, b"x")
    finally:
        server.should_exit = True
        thread.join(20)
    report = world.collector(link=link).run(CollectorTask(sources=[], platforms={}))
    assert any("cannot be reached" in problem for problem in report.problems)
    assert sightless(world.archive) == sightless(world.direct)
