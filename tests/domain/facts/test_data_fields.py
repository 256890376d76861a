"""Data fields as CSV and JSON Schema, and what changed of a field, in words."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from archive.transfer.data_field_files import fields_csv, fields_schema
from domain.records.fact import Fact
from domain.records.states import FactKind
from i18n.data_field_changes import field_change, field_changes
from i18n.en.fact_sentences import fact_change_sentence, fact_sentence


def field(number: str, name: str, mandatory: bool | None, **rest: Any) -> Fact:
    value = {"name": name, "type": "字符", "length": 24, "mandatory": mandatory, **rest}
    place = value.pop("where", f"附件《接口.docx》表1行{number}")
    quote = "\t".join([number, name, "…"])
    return Fact.from_json(kind=FactKind.DATA_FIELD, value=value, quote=quote, where=str(place))


BEFORE = [
    field("17", "电池类型", True, length=2, codes={"1": "磷酸铁锂", "2": "三元"}),
    field("18", "额定容量", False, type="数值", length=10),
    field("19", "备注", False, length=200),
]
AFTER = [
    field("17", "电池类型", True, length=2, codes={"1": "磷酸铁锂", "2": "钠离子", "3": "其他"}),
    field("18", "额定容量", True, type="数值", length=12),
    field("20", "销售日期", True, type="日期", length=8),
]


def test_field_18_became_mandatory() -> None:
    assert [text for _, _, text in field_changes(BEFORE, AFTER)] == [
        "field 17 (电池类型) codes added: 3 其他; codes changed: 2 钠离子",
        "field 18 (额定容量) became mandatory; length 10 → 12",
        "field 19 (备注) is gone",
        "field 20 (销售日期) is new (mandatory)",
    ]
    assert field_change(BEFORE[1], AFTER[1], "zh") == "改为必填；长度10 → 12"
    assert fact_change_sentence(BEFORE[1], AFTER[1]).startswith("field 18 (额定容量) became")
    assert fact_sentence(AFTER[1]) == "Field 18 (额定容量): 数值, length 12, mandatory"


def test_a_field_of_the_same_name_in_another_table_is_another_field() -> None:
    first = [
        field("1", "企业名称", True, where="表1行2"),
        field("1", "企业名称", False, where="表2行2"),
    ]
    second = [
        field("1", "企业名称", False, where="表1行2"),
        field("1", "企业名称", True, where="表2行2"),
    ]
    texts = [text for _, _, text in field_changes(first, second)]
    assert texts in (
        [],
        ["field 1 (企业名称) became optional", "field 1 (企业名称) became mandatory"],
    )


def test_csv_holds_every_field_and_runs_nothing() -> None:
    rows = list(
        csv.reader(io.StringIO(fields_csv([*AFTER, field("21", "=cmd|'/c calc'!A1", None)])))
    )
    assert rows[0] == ["number", "name", "type", "length", "mandatory", "codes", "where"]
    assert rows[1][:6] == ["17", "电池类型", "字符", "2", "yes", "1=磷酸铁锂; 2=钠离子; 3=其他"]
    assert rows[4][1] == "'=cmd|'/c calc'!A1"
    assert rows[4][4] == ""


def test_json_schema_of_one_table_and_of_two() -> None:
    schema = json.loads(fields_schema(AFTER, title="接口规范", url="https://a.gov.cn/1"))
    assert schema["required"] == ["电池类型", "额定容量", "销售日期"]
    assert schema["properties"]["电池类型"]["enum"] == ["1", "2", "3"]
    assert schema["properties"]["额定容量"]["type"] == "number"
    assert schema["properties"]["销售日期"] | {"x-stated": None} == {
        "type": "string", "format": "date", "x-stated": None, "$comment": "附件《接口.docx》表1行20",
    }  # fmt: skip
    two = [*AFTER, field("1", "车辆识别代号", True, length=17, where="附件《接口.docx》表2行2")]
    schema = json.loads(fields_schema(two, title="接口规范", url="https://a.gov.cn/1"))
    assert list(schema["properties"]) == ["附件《接口.docx》表1", "附件《接口.docx》表2"]
    vehicle = schema["properties"]["附件《接口.docx》表2"]
    assert vehicle["required"] == ["车辆识别代号"]
    assert vehicle["properties"]["车辆识别代号"]["maxLength"] == 17
