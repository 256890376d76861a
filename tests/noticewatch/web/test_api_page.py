"""docs/api.md against the program: each address it names answers."""

import re

import pytest
from starlette.testclient import TestClient

from noticewatch.web.app import create_app
from noticewatch.web.auth.users import secret_holders
from tests.noticewatch.filled import fill, owe
from tests.noticewatch.web.site import make_site
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
_CELL = re.compile(r"^\| (`/[^|]+) \|", re.M)
ADDRESSES = [address for cell in _CELL.findall(PAGE) for address in re.findall(r"`(/[^`]+)`", cell)]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    fill(folder)
    owe(folder)
    with TestClient(create_app(make_site(folder))) as client:
        yield client


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers(client, address):
    sha256 = client.get("/api/v1/notices/1").json()["postings"][0]["versions"][0]["raw_sha256"]
    address = address.replace("notices/7", "notices/1").replace("notice=7", "notice=1")
    address = address.replace("notices/ID", "notices/1").replace("SHA256", sha256)
    address = address.replace("obligations/ID", "obligations/1")
    address = address.replace("before=3&after=7", "before=1&after=2")
    address = address.replace("posting=P", "posting=1").replace("?…", "?q=罚款")
    answer = client.get(address)
    assert answer.status_code == 200
    if address.startswith(("/api/", "/feed", "/deadlines.ics")):
        headers = {"if-none-match": answer.headers["etag"]}
        assert client.get(address, headers=headers).status_code == 304


def test_the_page_names_every_path_of_the_api(client):
    paths = set(client.get("/api/v1/openapi.json").json()["paths"])
    assert paths == {
        address.split("?")[0].replace("ID", "{id}")
        for address in ADDRESSES
        if address.startswith("/api/v1/")
    }


def test_the_pages_example_of_people_is_read():
    example = re.search(r'NOTICEWATCH_WEB_PEOPLE="([^"]+)"', PAGE)[1]
    assert [(person.name, person.role) for person in secret_holders(example)] == [
        ("anna", "analyst"), ("rolf", "viewer"), ("dashboard", "viewer"),
    ]  # fmt: skip
