"""Count the companies that a list names, or that an act strikes off."""

from __future__ import annotations

import re

from domain.law.stage_correction import delists
from domain.records.notice import Notice, Version
from domain.records.observation import Block

_LISTED = re.compile(r"名单|公告企业|目录")
# 名单共17家，此处节录3家; 下列7家企业
_STATED = re.compile(
    r"(?:名单|企业|单位|公司)共(?:计)?(\d{1,4})家|(?:下列|以下)(\d{1,4})家(?:企业|单位|公司)"
)
_IN_TITLE = re.compile(r"(\d{1,4})家(?:[^，。]{0,8})?(?:企业|单位|公司|网点)")  # 将2家企业移出名单
_COMPANY_HEAD = re.compile(r"(?:企业|单位|公司|机构|网点)(?:全称|名称)?$")
# 撤销下列企业的公告：
_STRIKES = re.compile(r"(?:撤销|移出|注销|取消|除名|剔除)[^：:。]{0,40}(?:[：:]|如下[。：:]?)\s*$")
# 1.河北冀澜环保科技有限公司（第三批）
_ITEM = re.compile(r"^\s*(?:\d{1,3}[.．、]|[（(]\d{1,3}[）)])\s*(?P<name>[^，。；：（(]{4,40})")


def companies_named(notice: Notice) -> int:
    """How many companies the tables of a list name, or the items under 撤销下列企业：; 0 where
    the act is no list or does not say."""
    strikes = delists(notice.title)
    if not (_LISTED.search(notice.title) or strikes):
        return 0
    for posting in notice.postings:
        if posting.versions:
            version = posting.versions[-1]
            stated = _STATED.search(version.text) or _IN_TITLE.search(notice.title)
            said = int(next(filter(None, stated.groups()))) if stated else 0
            return max(said, _in_version(version, strikes=strikes))
    return 0


def _in_version(version: Version, *, strikes: bool) -> int:
    in_tables = max((_in_table(block) for block in version.blocks), default=0)
    return in_tables or (_struck_off(version.text) if strikes else 0)


def _in_table(block: Block) -> int:
    if block.kind != "table" or len(block.rows) < 2:
        return 0
    heads = ["".join(cell.split()) for cell in block.rows[0]]
    columns = [index for index, head in enumerate(heads) if _COMPANY_HEAD.search(head)]
    if not columns:
        return 0
    names = {row[columns[0]].strip() for row in block.rows[1:] if columns[0] < len(row)}
    return len(names - {""})


def _struck_off(text: str) -> int:
    """The items right under a line that strikes companies off; others of the text are not."""
    names: set[str] = set()
    counting = False
    for line in text.splitlines():
        item = _ITEM.match(line)
        if counting and item is not None:
            names.add(item["name"])
        else:
            counting = _STRIKES.search(line) is not None
    return len(names)
