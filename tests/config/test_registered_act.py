"""The register refuses what contradicts itself, in one sentence that says where."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from config.registered_act import ActRegister, RegisteredAct, plain_name

WHY = {"zh": "另一件", "en": "another act"}


def act(key: str, **parts: Any) -> dict[str, Any]:
    return {"key": key, "title": f"某办法{key}", "title_en": f"Measures {key}", **parts}


def fault(*acts: dict[str, Any]) -> str:
    with pytest.raises(ValidationError) as error:
        ActRegister.model_validate({"acts": [{"status": "in_force", **one} for one in acts]})
    return str(error.value)


def test_a_name_stands_for_one_act_however_it_is_spelled() -> None:
    one = act("a", document_number="GB/T 90001-2017")
    other = act("b", aliases=["gbt90001—2017"])
    assert "'gbt900012017' stands for a and for b" in fault(one, other)
    assert "the key 'a' stands for a and for a" in fault(act("a"), act("a", title="另一办法"))


def test_a_right_name_is_no_wrong_one() -> None:
    wrong = [{"name": "Measures A", "why": WHY}]
    assert "'Measures A' is both right and wrong" in fault(act("a", wrong_names=wrong))


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"mandatory": True, "kind": "plan"}, "mandatory is said of standards only"),
        ({"effective": "2026-04-01", "expires": "2026-03-31"}, "expires before it takes effect"),
        ({"repealed_by": "某令"}, "repealed_by needs the status repealed"),
        ({"kind": "decree"}, "kind"),
        ({"scope": {"en": "only English"}}, "scope.zh"),
        ({"wrong_names": [{"name": "x"}]}, "wrong_names.0.why"),
        ({"evidence": {"level": "reported", "found": []}}, "evidence.found"),
    ],
)
def test_parts_that_contradict_each_other_are_refused(parts: dict[str, Any], told: str) -> None:
    assert told in fault(act("a", **parts))


def test_names_are_all_that_it_is_rightly_called() -> None:
    one = RegisteredAct.model_validate(
        act("a", status="in_force", document_number="某令第1号", aliases_en=["Order 1"])
    )
    assert one.names == ("某办法a", "Measures a", "某令第1号", "Order 1")
    assert plain_name("《某 办法》（2024年本）") == "某办法2024年本"
