"""Find the sentences whose items are those they bind: 下列企业应当报送库存：（一）电池生产企业."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from classifier.duties.modals import find_modals
from classifier.duties.statements import Statement
from classifier.duties.subjects import find_roles

# 下列企业|应当每季度报送库存：; 下列单位应当做到： says nothing by itself
_OF_COMPANIES = re.compile(
    r"(?:下列|以下)(?:各类)?(?:企业|单位|公司|经营者|主体|机构)(?:应当?|须|必须|不得|禁止)[^。；]{4,}[：:]\s*$"
)
_ENDS = "；;。，、 和及"


def opens_company_list(statements: Sequence[Statement]) -> frozenset[int]:
    """The identities of the sentences under which only kinds of companies are listed."""
    items: dict[int, list[bool]] = defaultdict(list)
    for statement in statements:
        opener = statement.chapeau
        if opener is not None and _OF_COMPANIES.search(opener.body):
            items[id(opener)].append(_is_kind_of_company(statement.body.strip(_ENDS)))
    return frozenset(opener for opener, found in items.items() if all(found))


def _is_kind_of_company(words: str) -> bool:
    roles = find_roles(words)
    return bool(roles) and roles[-1].end == len(words) and not find_modals(words)
