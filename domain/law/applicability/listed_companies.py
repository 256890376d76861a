"""Whether the list that a duty binds stands in the text, without a company of ours on it."""

from __future__ import annotations

import re

from config.companies.entities import Entity
from domain.law.applicability.act_scope import ActScope
from domain.law.applicability.conditions import subject_phrase
from domain.law.applicability.role_words import specific_roles
from domain.law.duties import Duty

# 下列企业应当整改：1.甲有限公司; 一万吨以下企业 is a size.
_LIST_BELOW = re.compile(
    r"下列(?:企业|单位|公司)|(?<![\d万千百吨辆台米元人级月])以下(?:企业|单位|公司)|表列"
)
_COMPANY_NAME = re.compile(r"[一-鿿（）()]{4,30}(?:有限公司|有限责任公司|股份公司)")
_OPEN = re.compile(r"等(?:企业|单位|公司|\d+家|[一二三四五六七八九十]+家)|附件")
# 该公司 behind a sentence that names one
_ABOVE = re.compile(r"^(?:该|上述|前述|这些|涉事)(?:公司|企业|单位)$")
_BEFORE = 300  # characters before a duty in which its company is named
_REACH = 4000  # characters behind a duty's first words in which its list stands


def is_off_the_list(duty: Duty, scope: ActScope, entity: Entity) -> bool:
    """Whether a duty binds companies that the text names, and this one is not among them."""
    if entity.key in scope.named or not entity.name.zh:
        return False
    at = scope.text.find(duty.quote[:40])
    if at < 0:
        return False
    if _LIST_BELOW.search(subject_phrase(duty)):
        listed = scope.text[at : at + _REACH]
    elif _ABOVE.search(duty.who.text or ""):
        listed = scope.text[max(0, at - _BEFORE) : at] + duty.quote
        of_its_kind = specific_roles(listed) & set(entity.roles)
        if of_its_kind and not (duty.who.text or "").endswith("公司"):
            return False  # 该企业 may be one of a kind that is named as well
    else:
        return False
    return bool(_COMPANY_NAME.search(listed)) and not _OPEN.search(listed)
