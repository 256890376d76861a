"""entities.yml is checked on load: one sentence names the fault and its place."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.companies.credit_code import check_character, credit_code_fault
from config.companies.entities import company_roles, load_entities
from config.companies.localities import Locality, find_place
from config.loader import load_settings
from config.yaml_file import ConfigError

BODY = "91310115MA1K4XY2T"
ENTITY: dict[str, Any] = {
    "key": "shanghai-import",
    "name": {"zh": "上海远澜进出口有限公司", "en": "Shanghai Farwave Import Co."},
    "credit_code": BODY + check_character(BODY),
    "roles": ["importer", "domestic_agent"],
    "places": ["CN-SH", "昆山"],
    "handles": ["packs", "black_mass"],
    "permits": [{"kind": "hazardous-transport", "number": 7, "until": "2027-03-31"}],
    "suppliers": [{"name": "江苏绿桐循环科技有限公司", "aliases": ["绿桐循环"]}],
    "people": {"owner": "anna", "deputy": "li"},
}


def written(folder: Path, **changes: Any) -> Path:
    file = folder / "entities.yml"
    file.write_text(yaml.safe_dump({"entities": [ENTITY | changes]}, allow_unicode=True), "utf-8")
    return file


def test_an_entity_is_read_whole(tmp_path: Path) -> None:
    (entity,) = load_entities(written(tmp_path))
    assert entity.shown == "上海远澜进出口有限公司"
    assert entity.located == (Locality(province="CN-SH"), Locality(province="CN-JS", city="苏州"))
    assert entity.permits[0].until == date(2027, 3, 31)
    assert entity.permits[0].number == "7"
    assert entity.suppliers[0].aliases == ("绿桐循环",)
    assert entity.people.owner == "anna"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"roles": ["imprter"]}, "roles.0: unknown role 'imprter', did you mean 'importer'?"),
        ({"roles": ["authority"]}, "roles.0: unknown role 'authority'"),
        ({"roles": []}, "roles: expected at least one entry, got none"),
        ({"places": ["Atlantis"]}, "places.0: unknown place 'Atlantis'"),
        ({"places": ["CN-XX"]}, "places.0: unknown place 'CN-XX'"),
        ({"credit_code": BODY + "1"}, "credit_code: the check digit of 91310115MA1K4XY2T1"),
        ({"credit_code": "91310"}, "credit_code: expected 18 characters (GB 32100), got 5"),
        ({"name": "某"}, "name.zh: expected a name of two characters or more, got '某'"),
        ({"owner": "anna"}, "owner: unknown key"),
        ({"permits": [{"kind": "x", "until": "soon"}]}, "permits.0.until: expected a date"),
    ],
)
def test_a_fault_is_one_sentence_that_names_its_place(
    tmp_path: Path, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ConfigError) as told:
        load_entities(written(tmp_path, **changes))
    assert f"entities.yml: entities.0.{sentence}" in str(told.value)
    assert "\n" not in str(told.value)


def test_two_entities_have_two_keys(tmp_path: Path) -> None:
    file = tmp_path / "entities.yml"
    file.write_text(yaml.safe_dump({"entities": [ENTITY, ENTITY]}), "utf-8")
    with pytest.raises(ConfigError, match="'shanghai-import' stands there twice"):
        load_entities(file)


@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("9135010OM000100Y43", False),
        ("91350100M000100Y4", False),
    ],
)
def test_a_credit_code_is_checked_by_its_last_character(code: str, right: bool) -> None:
    assert (credit_code_fault(code) is None) is right


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("上海市", Locality(province="CN-SH")),
        ("Guangdong", Locality(province="CN-GD")),
        ("内蒙古自治区", Locality(province="CN-NM")),
        ("深圳", Locality(province="CN-GD", city="深圳")),
        ("Shenzhen", Locality(province="CN-GD", city="深圳")),
        ("江苏省苏州市", Locality(province="CN-JS", city="苏州")),
        ("吉林", Locality(province="CN-JL")),
        ("吉林市", Locality(province="CN-JL", city="吉林")),
        ("Suzhou", None),
        ("火星", None),
    ],
)
def test_places_are_known_by_code_and_by_name(text: str, place: Locality | None) -> None:
    assert find_place(text) == place


def test_the_file_beside_the_settings_is_taken(tmp_path: Path) -> None:
    settings = tmp_path / "noticewatch.yml"
    settings.write_text("data_dir: data\n", "utf-8")
    assert load_settings(settings).entities_file is None
    file = written(tmp_path)
    assert load_settings(settings).entities_file == str(file)


def test_a_subscription_names_a_known_entity(tmp_path: Path) -> None:
    written(tmp_path)
    settings = tmp_path / "noticewatch.yml"
    text = "subscriptions: [{{channel: terminal, entity: {}}}]\n"
    settings.write_text(text.format("shanghai-import"), "utf-8")
    assert load_settings(settings).subscriptions[0].entity == "shanghai-import"
    settings.write_text(text.format("shanghai-imprt"), "utf-8")
    with pytest.raises(ConfigError, match="did you mean 'shanghai-import'"):
        load_settings(settings)


def test_an_entity_may_have_every_role_of_companies() -> None:
    assert {"importer", "recycler", "warehouse"} <= set(company_roles())
    assert not {"authority", "public", "any_company"} & set(company_roles())


def test_other_words_for_names_are_understood(tmp_path: Path) -> None:
    name = {"zh": "上海远澜进出口有限公司", "short": "远澜", "former": ["上海远澜贸易有限公司"]}
    supplier = {"name": "江苏绿桐循环科技有限公司", "short_name": "绿桐循环", "aliases": ["绿桐"]}
    (entity,) = load_entities(written(tmp_path, name=name, suppliers=[supplier]))
    assert (entity.aliases, entity.former_names) == (("远澜",), ("上海远澜贸易有限公司",))
    assert entity.suppliers[0].aliases == ("绿桐", "绿桐循环")
    with pytest.raises(ConfigError, match=r"name\.fr: unknown key"):
        load_entities(written(tmp_path, name={"zh": "上海远澜进出口有限公司", "fr": "x"}))
