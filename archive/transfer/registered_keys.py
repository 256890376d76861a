"""The keys of registered acts, for relations to acts that the archive may not hold."""

from __future__ import annotations

from functools import cache

from domain.law.register_names import RegisterNames
from domain.records.notice import Notice
from domain.records.relation import Relation


def registered_key(relation: Relation) -> str | None:
    """The key of the registered act that a relation names; None where it names none."""
    act = _register_names().find(relation.title, relation.document_number)
    return act.key if act is not None else None


def own_key(notice: Notice) -> str | None:
    """The key of the registered act that a notice is."""
    act = _register_names().find(notice.title, notice.document_number)
    return act.key if act is not None and act.jurisdiction == notice.jurisdiction else None


@cache
def _register_names() -> RegisterNames:
    from config.loader import load_register

    return RegisterNames(load_register())
