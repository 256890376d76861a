"""Periods and systems that a text names and nobody must keep or use."""

from __future__ import annotations

import pytest

from classifier.facts import extract_facts_from_text
from domain.records.fact_values import DeadlineValue, PortalValue


@pytest.mark.parametrize(
    "text",
    [
        "本市办理时限比全省规定提前4天。",
        "系统切换前后三周内，由中心安排人员值守。",
        "对在建项目可给予18个月过渡期。",
        "可以适当给予9个月的宽限期。",
        "两年内在其他县再次违法的，从重处罚。",
        "已直连国家平台的网点，不再重复填报。",
        "已接入市级监管平台的单位，无须另行填报。",
        "省内不另设溯源管理平台。",
        "标准文本可在全国标准信息公共服务平台查阅。",
        "填报手册可从省能源局网站下载。",
    ],
)
def test_what_obliges_nobody_is_no_deadline_and_no_portal(text: str) -> None:
    values = [fact.value for fact in extract_facts_from_text(text)]
    assert not [value for value in values if isinstance(value, DeadlineValue | PortalValue)]


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("企业应当提前4日告知主管部门。", "P4D"),
        ("本通知给予18个月过渡期。", "P18M"),
        ("网点应当在接收当日22时前上传数据。", "P0D"),
        ("网点于入库当天18点前完成登记。", "P0D"),
    ],
)
def test_the_same_words_of_a_duty_are_a_deadline(text: str, duration: str) -> None:
    (fact,) = extract_facts_from_text(text)
    assert isinstance(fact.value, DeadlineValue)
    assert fact.value.duration == duration


@pytest.mark.parametrize(
    ("text", "name", "url"),
    [
        ("企业应当通过已建成的市级监管平台报送数据。", "市级监管平台", None),
        ("企业应当在市级监管平台查询编码。", "市级监管平台", None),
        ("正式环境：https://trace.example.org/", None, "https://trace.example.org/"),
        ("测试环境：https://test.example.org/api", None, "https://test.example.org/api"),
        ("请升级“电池码”应用（https://app.example.org/a）。", None, "https://app.example.org/a"),
    ],
)
def test_a_system_to_be_used_is_a_portal(text: str, name: str | None, url: str | None) -> None:
    values = [fact.value for fact in extract_facts_from_text(text)]
    assert values == [PortalValue(name=name, url=url)]
