"""Invented companies among their near-namesakes: none is taken for another, hardly one missed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from config.companies.entities import Entity
from domain.names.name_forms import name_forms
from domain.names.name_search import find_names, mentions_in

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))
COMPANIES = [
    Entity.model_validate({"roles": ["recycler"], "places": ["CN-JS"], **given})
    for given in CASES["companies"]
]
FORMS = name_forms(COMPANIES)
AROUND = (
    "{}",
    "责令{}改正。",
    "1\t{}\t合格",
    "对{}处以罚款",
    "（{}）",
    "{}、某某厂",
    "关于{}的公告",
    "名称：{}",
)


def named_in(text: str) -> set[str]:
    """Whose names a text holds: ``key`` or ``key/supplier``."""
    return {
        one.form.entity + ("/supplier" if one.form.supplier else "")
        for one in find_names(text, FORMS)
    }


@pytest.mark.parametrize("near", CASES["near"])
def test_a_near_name_is_nobodys_in_whatever_stands_around_it(near: str) -> None:
    assert [named_in(around.format(near)) for around in AROUND] == [set()] * len(AROUND)


def test_hardly_a_name_is_missed_and_none_taken_for_another() -> None:
    wanted = found = 0
    for text, owners in CASES["found"]:
        named = named_in(text)
        assert named <= set(owners.split()), text
        wanted += len(owners.split())
        found += len(named)
    assert wanted >= 90
    assert found / wanted >= 0.97


def test_a_name_is_found_in_a_cell_and_quoted_with_its_row() -> None:
    table = "序号\t企业名称\n1\t苏州澄湖新动力电池有限公司\n2\t苏州澄湖动力\n电池有限公司\t不合格"
    (mention,) = mentions_in(table, FORMS, "附件《名单》")
    assert (mention.entity, mention.supplier, mention.kind.value) == ("a1", None, "full")
    assert mention.where == "附件《名单》"
    assert "不合格" in mention.quote
