"""Check the shipped glossary."""

from __future__ import annotations

from config.glossary import load_glossary


def test_the_glossary_has_no_empty_term() -> None:
    glossary = load_glossary()
    for section in type(glossary).model_fields:
        terms = getattr(glossary, section)
        assert terms
        assert all(key.strip() for key in terms), section
