"""Find the registered act that a title or a document number names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from config.registered_act import RegisteredAct, plain_name
from domain.acts.titles import title_key
from domain.text.document_numbers import normalise_document_number

_DIGITS = re.compile(r"[1-9]\d*")
_SHORTEST_TITLE = 3  # 意见 or 通知 alone names no act


@dataclass(frozen=True)
class RegisterNames:
    """The names of the registered acts, rightly spelled or with other marks and wrappers."""

    acts: Sequence[RegisteredAct]

    def find(self, title: str, document_number: str | None = None) -> RegisteredAct | None:
        """The act of a number, else of a title; None where the number is another act's."""
        if document_number:
            numbered = self._by_number.get(number_name(document_number))
            if numbered is not None:
                return numbered
        titled = self._by_title.get(title_name(title))
        own = titled.document_number if titled is not None else None
        return titled if _may_be_one(document_number, own) else None

    def named(self, name: str) -> RegisteredAct | None:
        """The act that a name of the register means, be it a number or a title."""
        return self._by_number.get(number_name(name)) or self._by_title.get(title_name(name))

    @cached_property
    def _by_number(self) -> Mapping[str, RegisteredAct]:
        pairs = ((act.document_number, act) for act in self.acts)
        return {number_name(number): act for number, act in pairs if number}

    @cached_property
    def _by_title(self) -> Mapping[str, RegisteredAct]:
        names = ((title_name(name), act) for act in self.acts for name in (act.title, *act.aliases))
        return {name: act for name, act in names if len(name) >= _SHORTEST_TITLE}


def _may_be_one(one: str | None, other: str | None) -> bool:
    """Whether two numbers may be one act's, each as somebody printed it: 第73号令 and
    工业和信息化部令第73号."""
    if not one or not other:
        return True
    ours, theirs = set(_DIGITS.findall(one)), set(_DIGITS.findall(other))
    return ours <= theirs or theirs <= ours


def endings(register: Iterable[RegisteredAct]) -> Mapping[str, RegisteredAct]:
    """Which registered act ends or replaces another one, by the other's key: as either says."""
    acts = list(register)
    names = RegisterNames(acts)
    found: dict[str, RegisteredAct] = {}
    for act in acts:
        ender = act.repealed_by or act.replaced_by
        if ender and (by := names.named(ender)) is not None:
            found[act.key] = by
        for name in (*act.repeals, *act.replaces):
            ended = names.named(name)
            if ended is not None:
                found.setdefault(ended.key, act)
    return found


def number_name(number: str) -> str:
    """A document number for comparison, however its year is put in brackets."""
    return plain_name(normalise_document_number(number) or number)


def title_name(title: str) -> str:
    """A title for comparison: without wrapper, issuers and marks; a draft keeps its mark."""
    return plain_name(title_key(title)) if title else ""
