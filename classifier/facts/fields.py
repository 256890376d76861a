"""Data fields: name, type, length and mandatory mark from field tables and manuals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from classifier.facts.fact_document import Document, FactTable
from classifier.facts.sentences import fold_width
from domain.records.fact import Fact
from domain.records.fact_values import DataFieldValue
from domain.records.states import FactKind

# heads of columns, e.g. 字段名称, 字段英文名, 数据类型, 长度, 是否必填, 取值范围
_HEADERS: dict[str, re.Pattern[str]] = {
    "name": re.compile(
        r"^(?:字段(?:中文)?(?:名称?|描述)?|数据项(?:名称)?|数据元(?:名称)?|中文(?:名称?|字段名)|字段含义|信息项(?:名称)?|填报项(?:目)?|"
        r"参数(?:名称?|中文名)?|元素名称|属性名称|指标名称|名称|采集项|项目名称?|报送内容|数据名称|fieldname|name|field)$",
        re.IGNORECASE,
    ),
    "identifier": re.compile(
        r"^(?:字段(?:英文名?|代码|标识|编码|编号)|英文(?:名称?|字段名|标识)|参数(?:标识|代码)|标识符|字段标识符|变量名|key|代码|短名|元素名)$",
        re.IGNORECASE,
    ),
    "type": re.compile(
        r"^(?:字段|数据|参数|值)?(?:类型|格式)(?:及(?:长度|格式))?$|^(?:data)?type$|^类型[（(]长度[）)]$",
        re.IGNORECASE,
    ),
    "length": re.compile(
        r"^(?:字段|数据|最大)?长度(?:[（(].{1,6}[）)])?$|^(?:max)?length$|^位数$|^字节数$|^表示格式$",
        re.IGNORECASE,
    ),
    "mandatory": re.compile(
        r"^(?:是否)?(?:必填|必选|必须|必传|必输|必需|必填项|为空|可空|允许为空|可为空|可选)(?:项|性)?(?:[（(].{1,8}[）)])?$|^约束(?:条件|/条件)?$|"
        r"^M/O(?:/C)?$|^(?:填报|报送)要求$|^选择性$|^required$|^mandatory$|^非空$|^可否为空$|^能否为空$|^是否可空$|^是否允许为空$|^是否必录$",
        re.IGNORECASE,
    ),
    "codes": re.compile(
        r"^(?:说明|备注|取值(?:范围|说明)?|代码(?:表|集|项|值)?|值域|枚举值?|填写说明|填报说明|描述|字段说明|示例|编码规则|数据字典|约束说明)$"
    ),
}
_YES = {
    "是",
    "y",
    "yes",
    "m",
    "必填",
    "必选",
    "必须",
    "√",
    "true",
    "1",
    "必传",
    "必输",
    "必需",
    "●",
    "r",
    "非空",
    "notnull",
    "★",
    "✓",
    "必报",
    "必录",
    "*",
}
_NO = {
    "否",
    "n",
    "no",
    "o",
    "选填",
    "可选",
    "非必填",
    "false",
    "0",
    "可空",
    "非必选",
    "c",
    "空",
    "null",
    "×",
    "○",
    "-",
    "",
    "条件必填",
    "条件必选",
    "非必输",
    "非必传",
    "选报",
}
# e.g. varchar(20)
_TYPED = re.compile(r"^(?P<type>[A-Za-z一-鿿]+\d?)\s*[（(](?P<length>\d{1,5}(?:,\d{1,2})?)[）)]$")
# e.g. an..32
_COMPACT = re.compile(
    r"^(?P<type>an|a|n|c|d)(?P<dots>\.\.|…)?(?P<length>\d{1,5}(?:,\d{1,2})?)$", re.IGNORECASE
)
# e.g. 1-磷酸铁锂；
_CODE_ITEM = re.compile(
    r"(?P<code>[A-Za-z0-9]{1,6})\s*(?:[-—–:：=、]|表示|代表)\s*(?P<label>[^，,；;。、\s\d][^，,；;。]{0,24})"
)
_NUMBERED = re.compile(r"^(?:序号|编号|No\.?|#)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FieldTable:
    """Rows of a table that list data fields: their header, the rows and the column roles."""

    table: FactTable
    header: int
    first: int
    end: int
    columns: dict[str, int]
    inverted: bool  # the mandatory column says whether the field may be empty


def read_data_fields(document: Document) -> Iterator[Fact]:
    last: FieldTable | None = None
    for table in document.tables:
        tables = list(find_field_tables(table)) or _continued(last, table)
        for found in tables:
            yield from _fields(found)
        last = tables[-1] if tables else None


def _continued(last: FieldTable | None, table: FactTable) -> list[FieldTable]:
    """A table that goes on with the columns of the one before it, as on a new page."""
    if last is None or _file(last.table) != _file(table):
        return []
    before = last.table.rows
    if not table.rows or any(len(row) != len(before[last.header]) for row in table.rows):
        return []
    whole = FactTable((*before, *table.rows), last.table.place)
    return [replace(last, table=whole, first=len(before), end=len(whole.rows))]


def _file(table: FactTable) -> str:
    return re.sub(r"表\d+$", "", table.place)


def find_field_tables(table: FactTable) -> Iterator[FieldTable]:
    """Each header row (the field column and at least two other roles) with the rows below it.

    Attachments whose tables stand close together come as one grid with several headers.
    """
    headers = [
        (number, columns)
        for number, row in enumerate(table.rows)
        if (columns := _header_columns(row)) is not None
    ]
    for index, (number, columns) in enumerate(headers):
        end = headers[index + 1][0] if index + 1 < len(headers) else len(table.rows)
        row = table.rows[number]
        head = _bare(row[columns["mandatory"]]) if "mandatory" in columns else ""
        inverted = bool(re.search(r"空", head)) and "非空" not in head
        yield FieldTable(table, number, number + 1, end, columns, inverted)


def _header_columns(row: Sequence[str]) -> dict[str, int] | None:
    columns = _roles(row)
    others = [role for role in ("type", "length", "mandatory", "identifier") if role in columns]
    if "name" not in columns and "identifier" in columns:
        columns["name"] = columns["identifier"]
        others.remove("identifier")
    strong = {"type", "length", "mandatory"} & columns.keys()
    if "name" in columns and strong and len(others) + ("codes" in columns) >= 2:
        return columns
    return None


def _roles(row: Sequence[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(row):
        text = _bare(cell)
        if not text or len(text) > 16:
            continue
        for role, pattern in _HEADERS.items():
            if role not in columns and index not in columns.values() and pattern.match(text):
                columns[role] = index
                break
    return columns


def _bare(cell: str) -> str:
    return "".join(fold_width(cell)[0].split()).replace("（", "(").replace("）", ")").strip(":：")


def _fields(found: FieldTable) -> Iterator[Fact]:
    for number, row in enumerate(found.table.rows[found.first : found.end], found.first):
        if len(row) <= found.columns["name"]:
            continue
        name = " ".join(row[found.columns["name"]].split())
        if not name or len(name) > 60 or len({_bare(cell) for cell in row}) == 1:
            continue  # an empty or a merged section row
        value = _value(found, row, name)
        if value.type is None and value.length is None and value.mandatory is None:
            continue
        yield Fact(
            kind=FactKind.DATA_FIELD,
            value=value,
            quote="\t".join(row),
            where=found.table.where(number),
        )


def _value(found: FieldTable, row: Sequence[str], name: str) -> DataFieldValue:
    def cell(role: str) -> str:
        index = found.columns.get(role)
        return fold_width(row[index])[0].strip() if index is not None and index < len(row) else ""

    kind, length = _type_and_length(cell("type"), cell("length"))
    need = _mandatory(cell("mandatory"), found) if "mandatory" in found.columns else None
    return DataFieldValue(
        name=name, type=kind, length=length, mandatory=need, codes=_codes(cell("codes"))
    )


def _type_and_length(kind: str, length: str) -> tuple[str | None, int | str | None]:
    match = _TYPED.match(kind) or _COMPACT.match(kind)
    if match and not length:
        kind, length = match["type"], match["length"]
    compact = _COMPACT.match(length)
    if compact:
        length = compact["length"]
    digits = re.fullmatch(r"(?:≤|<=|不超过|最长|固定)?(\d{1,6})(?:位|字节|个?字符)?", length)
    if digits:
        return kind or None, int(digits[1])
    return kind or None, length or None


def _mandatory(text: str, found: FieldTable) -> bool | None:
    word = _bare(text).lower()
    if word in _YES:
        return not found.inverted
    if word in _NO:
        if word in ("", "-") and found.inverted:
            return None
        return found.inverted
    if "条件" in word or "非必" in word or "选填" in word:
        return False
    return True if "必" in word else None


def _codes(text: str) -> dict[str, str] | None:
    """A code list such as ``1-磷酸铁锂；2-三元``; None unless it has two entries."""
    items = {match["code"]: match["label"].strip() for match in _CODE_ITEM.finditer(text)}
    return items if len(items) >= 2 else None
