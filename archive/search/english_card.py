"""What the archive says of an act in English, as the stems that a question is looked up by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class EnglishCard:
    """Stems of an act's English titles, and of all else that the product says of it."""

    title: str
    words: str
