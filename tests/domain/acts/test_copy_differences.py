"""What a copy says otherwise, whatever its site puts around it."""

from __future__ import annotations

import pytest

from domain.acts.copy_differences import says_otherwise

OFFICIAL = (
    "第一条 企业应当自收到之日起三十日内报送信息。\n第二条 违反规定的，处一万元以上三万元以下罚款。"
)


@pytest.mark.parametrize(
    "copy",
    [
        OFFICIAL,
        f"您现在的位置：首页 > 通知公告\n{OFFICIAL}\n【打印本页】【关闭窗口】",
        OFFICIAL.split("\n")[0],
        OFFICIAL.replace("，", "，\n"),
        OFFICIAL.replace("\n", ""),
        OFFICIAL.replace(" ", "\u3000"),
    ],
)
def test_a_faithful_copy(copy: str) -> None:
    assert says_otherwise(OFFICIAL, copy) is False


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("三十日", "九十日"), ("一万元", "一百元"), ("应当", "可以"), ("违反规定", "违反前条规定")],
)
def test_a_falsified_copy(right: str, wrong: str) -> None:
    assert says_otherwise(OFFICIAL, f"首页\n{OFFICIAL.replace(right, wrong)}") is True
