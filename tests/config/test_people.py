"""People in the settings: who is meant by a name, and what each role may do."""

from __future__ import annotations

import re

import pytest

from config.loader import ConfigError, load_settings
from config.model import Settings
from config.people import People, Right, highest_role, may, person_role
from tests.paths import ROOT

TEAM = [
    {"id": "anna", "name": "Anna Keller", "slack": "U0123ABCD", "mail": "Anna@example.com"},
    {"id": "li", "name": "李雷", "slack": "U0456EFGH", "role": "analyst"},
    {"id": "anna.k", "name": "Anna Keller", "role": "approver"},
]


@pytest.fixture
def team() -> People:
    return Settings.model_validate({"people": TEAM}).team


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("anna", "anna"),
        ("anna@EXAMPLE.com", "anna"),
        ("U0456EFGH", "li"),
        ("slack:U0456EFGH", "li"),
        ("李雷", "li"),
        ("anna.k", "anna.k"),
        ("Anna Keller", None),  # two are called so
        ("somebody", None),
        ("", None),
    ],
)
def test_whom_a_name_means(team: People, given: str, meant: str | None) -> None:
    found = team.find(given)
    assert (found.id if found else None) == meant


def test_a_login_is_no_display_name(team: People) -> None:
    assert team.by_login("李雷") is None
    assert team.by_login("U0123ABCD") is None
    assert team.by_login("anna@example.com") is not None


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ({"id": "anna"}, "people.1.id: 'anna' is somebody else's already"),
        ({"id": "b", "slack": "U0123ABCD"}, "people.1.slack: 'U0123ABCD' is somebody else's"),
        ({"id": "b", "mail": "ANNA@example.com"}, "people.1.mail: 'ANNA@example.com' is"),
        ({"id": "Anna B"}, "people.1.id"),
        ({"id": "b", "slack": "anna"}, "people.1.slack"),
        ({"id": "b", "mail": "nobody"}, "people.1.mail: expected a mail address, got 'nobody'"),
        ({"id": "b", "role": "boss"}, "people.1.role"),
    ],
)
def test_faulty_people_are_named_in_one_sentence(tmp_path, second, words: str) -> None:
    file = tmp_path / "noticewatch.yml"
    file.write_text(f"people: {[TEAM[0], second]!r}".replace("'", '"'), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_settings(file)
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_deputy_is_one_of_the_people() -> None:
    told = {"channels": {"t": {"type": "terminal"}}, "people": TEAM}
    Settings.model_validate({**told, "subscriptions": [{"channel": "t", "deputy": "李雷"}]})
    with pytest.raises(ValueError, match=r"subscriptions\.0\.deputy: nobody in people is 'bob'"):
        Settings.model_validate({**told, "subscriptions": [{"channel": "t", "deputy": "bob"}]})


def test_roles_of_before_are_understood() -> None:
    assert [person_role(word) for word in ("reader", "editor", "approver", "boss")] == [
        "viewer", "admin", "approver", None,
    ]  # fmt: skip
    made = Settings.model_validate({"people": [{"id": "a", "role": "editor"}]})
    assert made.people[0].role == "admin"
    assert highest_role(["analyst", "admin", "viewer"]) == "admin"
    assert highest_role([]) is None


def test_the_table_of_roles_is_the_programs() -> None:
    page = (ROOT / "docs" / "people.md").read_text("utf-8")
    rows = re.findall(r"^\| (\w+): .+? \|(.+)\|$", page, re.M)
    assert [word for word, _ in rows] == [right.value for right in Right]
    for word, cells in rows:
        said = [cell.strip() == "yes" for cell in cells.split("|")]
        roles = ("viewer", "analyst", "approver", "admin")
        assert said == [may(role, Right(word)) for role in roles]
