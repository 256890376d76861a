"""Name the acts that the register knows of a jurisdiction where the archive holds no rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from domain.law.law_list import LawEntry
from i18n.visitor_words import Words
from notifier.selection.coverage import CoverageState


def with_registered(
    states: Mapping[str, tuple[CoverageState, str]],
    known: Mapping[str, Sequence[LawEntry]],
    words: Words,
) -> dict[str, tuple[CoverageState, str]]:
    """The texts of the states that are no rule, with what the register knows beside them."""
    return {
        code: (state, text if state == "rule" else _beside(text, known.get(code, ()), words))
        for code, (state, text) in states.items()
    }


def _beside(text: str, acts: Sequence[LawEntry], words: Words) -> str:
    """A state's text, and the newest registered act with its status and how many more."""
    if not acts:
        return text
    first, rest = acts[0], len(acts) - 1
    name = first.title if words.language == "zh" else first.title_en or first.title
    told = f"{words.t('known from the register')}: {name} ({words.law_status(first)})"
    more = [words.say("{:more act|more acts}", rest)] if rest else []
    return words.joined(text, told, *more)
