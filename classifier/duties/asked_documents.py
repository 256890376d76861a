"""The documents that a duty asks for: the list after 提交下列材料, or those named in the clause."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classifier.duties.statements import Statement

# 应当提交下列材料：
_LIST = re.compile(
    r"(?:提交|提供|报送|出具|附|递交|准备|携带|包括|需要?)[^。；]{0,24}(?:材料|文件|资料|单证|证明|信息|内容|数据)[^。；]{0,8}[：:]\s*$"
)
# 自查报告, 电池状态证明, 申请表, 回执
DOCUMENT = re.compile(
    r"(?:报告|证明|证明书|证明材料|申请表|申请书|登记表|备案表|情况表|统计表|信息表|报表|营业执照|许可证|合同|协议|回执|承诺书"
    r"|委托书|清单|说明书|产品说明|情况说明|联单|数据单|提单|装箱单|发票|证书|复印件|副本|名单|方案|申报材料|申请材料|汇总表|台账|凭证|意见书|通知书"
    r"|处置卡|申报书|责任书|计划书|总结|试验报告单|结果单|鉴定单|自评表|(?<=[一-鿿])(?<![仪代发电水])表|(?:推荐|核实|初审|审核)意见|(?<!重点任务)计划|预案|照片|图纸|原件|资料|证件|单据|账册|票据|声明|概要|(?:去向|书面|原因)说明|[检鉴送验磅装测试]{1,3}单|审查文件|选址意见)(?:（[^）]*）)?$"
)
_LONGEST = 24  # characters of one document in a list
_HANDS_IN = frozenset({"report", "provide", "apply", "comment", "file"})


def is_document_list(statement: Statement) -> bool:
    """Whether a sentence opens a list of documents or of contents, not of duties."""
    return statement.opens_list and bool(_LIST.search(statement.body))


def named_documents(act: str, thing: str, verb: str = "") -> tuple[str, ...]:
    """The documents that an object itself names: 申请表和营业执照复印件 are two."""
    if act not in _HANDS_IN or verb == "出具":  # issued, not asked for
        return ()
    if re.match(r"延续|续期|换发|变更|注销|补发", thing):
        return ()  # 申请延续许可证
    thing = re.sub(r"等(?:相关|有关)?(?:资料|材料|文件|单证|证明)?$", "", thing)
    parts = [part for part in re.split(r"[、和及]|以及", thing) if part]
    named = tuple(part for part in parts if len(part) > 2 and DOCUMENT.search(part))
    listed = len(parts) > 2 and 2 * len(named) >= len(parts) and max(map(len, parts)) <= _LONGEST
    return tuple(parts) if listed else named


def gathered_documents(statements: Sequence[Statement]) -> dict[int, tuple[str, ...]]:
    """The items under each sentence that opens a list of documents, by its identity."""
    found: dict[int, list[str]] = {}
    for statement in statements:
        if statement.chapeau is not None and is_document_list(statement.chapeau):
            found.setdefault(id(statement.chapeau), []).append(
                statement.body.strip("；。，、 和及")
            )
    return {key: tuple(items) for key, items in found.items()}
