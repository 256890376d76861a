"""People of the settings on the pages: pickers instead of names, and each role its rights."""

import pytest
from lxml import html
from starlette.testclient import TestClient

from archive.store import Archive
from config.model import Settings
from noticewatch.web.app import create_app
from tests.noticewatch.web.site import csrf, make_site

PEOPLE = [
    {"id": "anna", "name": "Anna Keller", "mail": "anna@example.com", "role": "approver"},
    {"id": "li", "name": "李雷", "role": "analyst"},
    {"id": "rolf", "name": "Rolf Berg", "role": "viewer"},
    {"id": "olga", "role": "admin"},
]


def site_of(folder, **web):
    site = make_site(folder, **web)
    site.settings = Settings.model_validate({"people": PEOPLE, "web": web})
    return site


def test_owners_are_picked_and_not_written(folder):
    with TestClient(create_app(site_of(folder))) as client:
        page = html.fromstring(client.get("/notices/1").text)
        assert page.xpath("//input[@name='assignee' or @name='who']") == []
        options = page.xpath("//select[@name='assignee']/option/text()")
        assert options == ["Anna Keller", "李雷", "Rolf Berg", "olga"]
        data = {"csrf": csrf(client), "state": "assigned", "who": "anna", "assignee": "李雷"}
        assert client.post("/notices/1/acknowledge", data=data).status_code == 200
        for strange in ({"assignee": "bob"}, {"who": "bob"}):
            refused = client.post("/notices/1/acknowledge", data={**data, **strange})
            assert refused.status_code == 400
            assert "nobody in people is called bob" in refused.text
        shown = client.get("/notices/1").text
        assert "→ 李雷" in shown
    with Archive.open(folder) as archive:
        state = archive.acknowledgements.of_notice(1)
        assert (state.assignee, state.history[-1].who) == ("li", "anna")


@pytest.mark.parametrize(
    ("who", "assign", "close", "operate"),
    [
        ("rolf", 403, 403, 403),
        ("li", 200, 403, 403),
        ("anna@example.com", 200, 200, 403),
        ("olga", 200, 200, 404),  # no such dead letter
        ("stranger", 403, 403, 403),
    ],
)
def test_each_role_may_do_what_it_may(folder, who, assign, close, operate):
    app = create_app(site_of(folder, auth="proxy_header"))
    headers = {"x-forwarded-user": who}
    with TestClient(
        app, client=("127.0.0.1", 1), base_url="http://localhost", headers=headers
    ) as client:
        token = {"csrf": csrf(client)}

        def post(path, **data):
            return client.post(path, data={**token, **data}).status_code

        assert post("/notices/1/acknowledge", state="assigned") == assign
        assert post("/notices/1/acknowledge", state="closed") == close
        assert post("/alerts/999/again") == operate
    with Archive.open(folder) as archive:
        steps = archive.acknowledgements.of_notice(1).history
        assert {step.who for step in steps} <= {"li", "anna", "olga"}


def test_the_role_in_the_settings_counts_more_than_the_one_beside_the_secret(folder, monkeypatch):
    monkeypatch.setenv("NOTICEWATCH_WEB_PEOPLE", "rolf:admin:r1 robot:analyst:b2 x:viewer:v3")
    app = create_app(site_of(folder, auth="token"))
    for secret, status in (("r1", 403), ("b2", 200), ("v3", 403)):
        with TestClient(app, headers={"authorization": f"Bearer {secret}"}) as client:
            data = {"csrf": csrf(client), "state": "acknowledged"}
            assert client.post("/notices/1/acknowledge", data=data).status_code == status
