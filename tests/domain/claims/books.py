"""The register alone as the law that claims are held against."""

from collections.abc import Sequence
from datetime import date

from config.loader import load_register
from domain.claims.known_acts import KnownAct, known_act
from domain.law.law_list import law_entries

DAY = date(2026, 11, 22)


class RegisterBook:
    """The registered acts as of a day, without any archive."""

    def __init__(self, day: date = DAY) -> None:
        register = load_register()
        by_key = {act.key: act for act in register}
        self.acts = [
            known_act(entry, by_key.get(entry.key or ""), None)
            for entry in law_entries(register, (), day)
        ]

    def words_of(self, act: KnownAct):
        return act.statements

    def likely(self, text: str):
        return ()

    def closeness(self, text: str, sentences: Sequence[str]):
        return None
