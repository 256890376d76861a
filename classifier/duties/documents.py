"""The documents that a duty asks for: the list after 提交下列材料, or those named in the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifier.duties.statements import Statement

_LIST = re.compile(
    r"(?:提交|提供|报送|出具|附|递交|准备|携带|包括|需要?)[^。；]{0,24}(?:材料|文件|资料|单证|证明|信息|内容|数据)[^。；]{0,8}[：:]\s*$"
)
# 自查报告, 电池状态证明, 申请表, 回执
DOCUMENT = re.compile(
    r"(?:报告|证明|证明书|申请表|申请书|登记表|备案表|情况表|统计表|报表|营业执照|许可证|合同|协议|回执|承诺书|委托书|清单|说明书|联单|提单|装箱单|发票|证书|复印件|副本|名单|方案|材料|汇总表|总结|台账|凭证|档案|意见书|说明|通知书)(?:（[^）]*）)?$"
)


def is_document_list(statement: Statement) -> bool:
    """Whether a sentence opens a list of documents or of contents, not of duties."""
    return statement.opens_list and bool(_LIST.search(statement.body))


def gathered_documents(statements: Sequence[Statement]) -> dict[int, tuple[str, ...]]:
    """The items under each sentence that opens a list of documents, by its identity."""
    found: dict[int, list[str]] = {}
    for statement in statements:
        if statement.chapeau is not None and is_document_list(statement.chapeau):
            found.setdefault(id(statement.chapeau), []).append(
                statement.body.strip("；。，、 和及")
            )
    return {key: tuple(items) for key, items in found.items()}
