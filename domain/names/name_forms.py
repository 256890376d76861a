"""The forms in which notices may name the companies of entities.yml."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from config.companies.entities import Entity, Party
from config.companies.localities import find_place
from domain.names.folded_text import fold
from domain.names.mention import NameKind

# 有限公司, 集团, 厂: a name that ends so is a registered one.
LEGAL_ENDING = re.compile(
    r"(?:公司|集团|厂|合作社|经营部|商行|研究院|研究所|合伙企业(?:\([^)]*\))?)$"
)
_LEGAL_FORM = re.compile(r"(?:股份)?有限(?:责任)?公司$")
_LONG_ENOUGH = 6  # characters of a name without its legal form: a place, a brand, a business
_HAN = re.compile(r"[一-鿿]")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A name to look for, folded, and whose it is."""

    key: str
    kind: NameKind
    entity: str
    supplier: str | None
    home: str = ""  # the place that the registered name begins with, folded

    @property
    def whole(self) -> bool:
        """Whether it is a registered name or a code, not one that others may begin with."""
        if self.kind is NameKind.CREDIT_CODE:
            return True
        return LEGAL_ENDING.search(self.key) is not None

    @property
    def chinese(self) -> bool:
        return _HAN.search(self.key) is not None


def name_forms(entities: Iterable[Entity]) -> tuple[NameForm, ...]:
    """The forms of all entities and suppliers, the longest first; a short name that two of them
    have, and one that is a place, stands for none."""
    found, owners = _by_key(entities)
    clear = (form for form in found.values() if form.whole or owners[form.key] == 1)
    return tuple(sorted(clear, key=lambda form: (-len(form.key), form.key)))


def unclear_names(entities: Iterable[Entity]) -> list[str]:
    """The short names that are not looked for: places, and those of several companies."""
    known = tuple(entities)
    found, owners = _by_key(known)
    several = {key for key, form in found.items() if not form.whole and owners[key] > 1}
    parties = [party for entity in known for party in (entity, *entity.suppliers)]
    names = dict.fromkeys(name for party in parties for name in party.aliases)
    return [name for name in names if fold(name) in several or find_place(name)]


def _by_key(entities: Iterable[Entity]) -> tuple[dict[str, NameForm], Counter[str]]:
    """The first form of each spelling, and how many companies share it."""
    found: dict[str, NameForm] = {}
    owners: Counter[str] = Counter()
    for form in _every_form(entities):
        known = found.setdefault(form.key, form)
        if (known.entity, known.supplier) != (form.entity, form.supplier) or known is form:
            owners[form.key] += 1
    return found, owners


def _every_form(entities: Iterable[Entity]) -> Iterator[NameForm]:
    known = tuple(entities)
    for entity in known:
        yield from _forms(entity, entity.key, None)
    for entity in known:
        for supplier in entity.suppliers:
            yield from _forms(supplier, entity.key, supplier.shown)


def _forms(party: Party, entity: str, supplier: str | None) -> Iterator[NameForm]:
    home = _home(fold(party.name.zh or ""))
    named = [
        (party.name.zh, NameKind.FULL),
        (party.name.en, NameKind.ENGLISH),
        (party.credit_code, NameKind.CREDIT_CODE),
        *((name, NameKind.FORMER) for name in party.former_names),
        *((name, _alias_kind(name)) for name in party.aliases),
        *((name, NameKind.SHORT) for name in _without_legal_form(party.name.zh)),
    ]
    for name, kind in named:
        if kind is NameKind.SHORT and find_place(name or ""):
            continue
        for key in _spellings(fold(name or "")):
            yield NameForm(key, kind, entity, supplier, home)


# Co., Ltd. of many spellings: Co.,Ltd, Co. Ltd, Company Limited
_CO_LTD = re.compile(r"co(?:mpany)?[.,]*(?:ltd|limited)\.?$")
_CO_LTD_SPELLINGS = (
    "co.,ltd.", "co.,ltd", "co.ltd.", "co.ltd", "coltd", "co,ltd.", "co,ltd", "company,ltd.",
    "companyltd", "companylimited", "co.,limited", "co.limited",
)  # fmt: skip


def _spellings(key: str) -> tuple[str, ...]:
    """A folded name, and a Latin one with its legal form as others write it."""
    if len(key) < 2:
        return ()
    if stem := _CO_LTD.sub("", key) if _CO_LTD.search(key) else "":
        return (key, *(f"{stem}{end}" for end in _CO_LTD_SPELLINGS if f"{stem}{end}" != key))
    if key.endswith(".") and _HAN.search(key) is None:
        return (key, key.rstrip("."))
    return (key,)


def _alias_kind(name: str) -> NameKind:
    """An alias that is a registered name is one that the company had before."""
    return NameKind.FORMER if _LEGAL_FORM.search(fold(name)) else NameKind.SHORT


def _without_legal_form(name: str | None) -> Iterator[str]:
    """江苏绿桐循环科技 of 江苏绿桐循环科技有限公司, where enough is left to tell it by."""
    short = _LEGAL_FORM.sub("", fold(name or ""))
    if short != fold(name or "") and len(short) >= _LONG_ENOUGH:
        yield short


def _home(name: str) -> str:
    """The place that a registered name begins with: 上海 of 上海某某有限公司."""
    for length in (5, 4, 3, 2):
        if len(name) > length and find_place(name[:length]):
            return name[:length]
    return ""


def fingerprint(forms: Iterable[NameForm]) -> str:
    """Changes with any form: texts are read again then."""
    lines = sorted(f"{form.key}|{form.kind}|{form.entity}|{form.supplier}" for form in forms)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]
