"""Raised text in characters of its own."""

import pytest

from domain.text.raised_marks import raised


@pytest.mark.parametrize(
    ("text", "shown"),
    [("4", "⁴"), ("-3", "⁻³"), ("－３", "⁻³"), ("n+1", "ⁿ⁺¹"), ("12", "¹²"), ("2)", "²⁾"), ("注2", "注²"),
     ("1,2", "¹,²"), ("[1]", "[1]"), ("［注1］", "［注1］"), ("①", "①"), ("th", "th"), ("TM", "TM"), ("", ""), (" 4 ", " ⁴ "),
     ("在三十日内完成第12项", "在三十日内完成第12项")],
)  # fmt: skip
def test_raised(text: str, shown: str) -> None:
    assert raised(text) == shown
    assert len(shown) == len(text)
