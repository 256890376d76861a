"""What applies to our companies on the command line, and how doctor looks at their file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.companies.entities import load_entities
from noticewatch.cli.ours.entities_text import EXAMPLE_FILE
from tests.noticewatch.filled import fill
from tests.noticewatch.invoked import as_json, findings, run

RECYCLER = {"key": "js-recycler", "name": "江苏绿桐循环科技有限公司", "roles": ["recycler"],
            "places": ["CN-JS"]}  # fmt: skip
IMPORTER = {"key": "sh-import", "name": {"zh": "上海远澜进出口有限公司", "en": "Farwave Import"},
            "roles": ["importer"], "places": ["CN-SH"]}  # fmt: skip


@pytest.fixture
def act(inside: None, tmp_path: Path) -> int:
    return fill(tmp_path / "data")


def write(*entities: dict[str, Any]) -> None:
    text = yaml.safe_dump({"entities": list(entities)}, allow_unicode=True)
    Path("entities.yml").write_text(text, "utf-8")


def test_me_judges_each_duty_for_each_company(act: int) -> None:
    write(RECYCLER, IMPORTER)
    told = as_json("me")
    first, second = told["entities"]
    [duty] = [item for item in first["duties"] if item["duty_id"].startswith(f"{act}-")]
    assert (first["key"], duty["verdict"], duty["quote"]) == (
        "js-recycler", "applies", "综合利用企业",
    )  # fmt: skip
    assert duty["because"] == {
        "code": "applies.role",
        "en": "speaks to recyclers, as it is one",
        "zh": "针对综合利用企业，与其主体类别一致",
    }
    [other] = [item for item in second["duties"] if item["duty_id"] == duty["duty_id"]]
    assert (other["verdict"], other["because"]["code"]) == ("does_not", "does_not.role")
    assert [one["key"] for one in as_json("me", "--entity", "sh-import")["entities"]] == [
        "sh-import"
    ]


def test_me_in_words_and_its_days(act: int) -> None:
    soon = (date.today() + timedelta(days=20)).isoformat()
    permits = [
        {"kind": "hazardous-transport", "until": soon},
        {"kind": "old", "until": "2020-01-01"},
    ]
    write({**RECYCLER, "permits": permits})
    printed = run("me").stdout
    assert "js-recycler  江苏绿桐循环科技有限公司" in printed
    assert "speaks to recyclers, as it is one: “综合利用企业”" in printed
    assert f"permit hazardous-transport: until {soon}" in printed
    assert "(EXPIRED)" in printed
    assert as_json("me", "--days", "30")["entities"][0]["duties"] == []


def test_without_companies_me_says_what_to_write(act: int) -> None:
    assert "write entities.yml beside the settings" in str(run("me", code=1).exception)
    write(RECYCLER)
    wrong = run("me", "--entity", "nobody", code=1)
    assert str(wrong.exception) == "no entity 'nobody' (known: js-recycler)"


def test_mine_keeps_what_may_apply(act: int) -> None:
    write(RECYCLER, IMPORTER)
    ours = as_json("duties", "--mine")["duties"]
    assert {item["notice_id"] for item in ours} == {act}
    assert as_json("duties", "--entity", "sh-import")["duties"] == []
    hits = [hit["id"] for hit in as_json("search", "动力电池", "--mine")["hits"]]
    assert hits == [act]
    assert as_json("search", "动力电池", "--entity", "sh-import")["hits"] == []


def test_show_says_to_whom_an_act_applies_and_goes_on_without(act: int) -> None:
    write(RECYCLER)
    assert "applies to: 江苏绿桐循环科技有限公司 (recyclers)" in run("show", str(act)).stdout
    write({**RECYCLER, "roles": ["cook"]})
    assert "applies to" not in run("show", str(act)).stdout


def test_doctor_tells_of_faults_of_unclear_names_and_of_permits(act: int) -> None:
    write({**RECYCLER, "roles": ["cook"]})
    found = findings("--data-dir", "data", code=1)["companies"]
    assert found["state"] == "error"
    assert "unknown role 'cook'" in found["detail"]
    write({**RECYCLER, "aliases": ["江苏"], "permits": [{"kind": "old", "until": "2020-01-01"}]})
    told = as_json("doctor")["findings"]
    details = [item["detail"] for item in told if item["check"] in ("companies", "permits")]
    assert details == [
        "1 in entities.yml: js-recycler",
        "the short name 江苏 is not looked for: a place, or of several companies",
        "js-recycler: permit old ended on 2020-01-01",
    ]


def test_init_writes_an_example_that_loads(inside: None) -> None:
    printed = run("init", "--yes").stdout
    assert f"written: {EXAMPLE_FILE}" in printed
    (entity,) = load_entities(EXAMPLE_FILE)
    assert entity.roles == ("importer", "domestic_agent")
    Path(EXAMPLE_FILE).write_text("mine", "utf-8")
    run("init", "--yes", "--force")
    assert Path(EXAMPLE_FILE).read_text("utf-8") == "mine"
