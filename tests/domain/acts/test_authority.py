"""Tell the rank of an act from its title, issuers and number."""

from __future__ import annotations

import pytest

from domain.acts.authority import authority
from tests.domain.acts.repealing_act import NEW


@pytest.mark.parametrize(
    ("title", "issuers", "number", "local", "expected"),
    [
        ("中华人民共和国生态环境法典", ("全国人民代表大会",), None, False, "law"),
        ("报废机动车回收管理办法", ("国务院",), "国务院令第715号", False, "行政法规"),
        ("固体废物污染环境防治条例", ("国务院",), None, False, "行政法规"),
        (NEW, ("工业和信息化部",), "令第73号", False, "部门规章"),
        ("广东省固体废物污染环境防治条例", (), None, True, "地方性法规"),
        ("江苏省电池管理办法", ("江苏省人民政府",), "省政府令第20号", True, "政府规章"),
        ("生态环境行政处罚裁量基准", (), None, True, "裁量基准"),
        ("关于某事的通知", (), "粤工信函〔2026〕9号", True, "规范性文件"),
        ("关于某事的复函", (), "环办函〔2026〕1号", False, "letter"),
        ("关于开展工作的通知", (), "工信部联节〔2026〕17号", False, "规范性文件"),
        ("《办法》解读", (), None, False, None),
    ],
)
def test_authority(
    title: str, issuers: tuple[str, ...], number: str | None, local: bool, expected: str | None
) -> None:
    assert authority(title, issuers, number, local=local) == expected
