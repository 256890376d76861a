"""Whether a duty speaks to the holders of a permit that a company has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from config.applicability_terms import load_applicability_terms
from config.companies.entities import Entity, Permit
from domain.law.applicability.conditions import before_verb
from domain.law.duties import Duty

# 取得|危险货物道路运输许可, 持有|排污许可证; 未取得 and 申请取得 are others.
_HOLDS = (
    r"(?<![未无需申请办再])(?:依法|已|已经)?(?<!未)"
    r"(?:取得|持有|获得|领取|具有|具备|领有)(?:有效的?)?"
)
_NOT_YET = re.compile(r"(?:未|尚未|没有|无|不得?|拟|申请|重新|应当|需要)[一-鿿]{0,3}$")
# 持证单位, 许可证持有人: of the permit that the act is about.
_HOLDER_OF_IT = r"持证(?:企业|单位|人|者)|许可证?持有(?:人|者)|被许可(?:人|企业)"


@cache
def _patterns(kind: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """For each permit that a kind in entities.yml may mean: who holds it, and its name."""
    found = []
    for terms in load_applicability_terms().permits.values():
        if re.search(terms.kind, kind, re.IGNORECASE):
            holder = re.compile(f"{_HOLDS}{terms.document}|(?:{terms.holders})")
            found.append((holder, re.compile(terms.document)))
    return tuple(found)


def held_permit(duty: Duty, title: str, entity: Entity) -> str:
    """The words by which a duty speaks to holders of a permit that the company has; else ''."""
    head = before_verb(duty)
    return next(
        (words for permit in entity.permits for words in _spoken_to(permit, head, title)), ""
    )


def _spoken_to(permit: Permit, head: str, title: str) -> Iterator[str]:
    for holder, document in _patterns(permit.kind):
        for match in holder.finditer(head):
            if not _NOT_YET.search(head[: match.start()]):
                yield match[0]
        if document.search(title) and (named := re.search(_HOLDER_OF_IT, head)):
            yield named[0]


def is_of_other_holders(duty: Duty, entity: Entity) -> bool:
    """Whether the subject is one that the holder of a company's permit is not: of a carrier by
    road 铁路运输企业."""
    text = duty.who.text or ""
    terms = load_applicability_terms().permits.values()
    return any(
        one.not_for and re.search(one.not_for, text) and re.search(one.kind, permit.kind, re.I)
        for permit in entity.permits
        for one in terms
    )
