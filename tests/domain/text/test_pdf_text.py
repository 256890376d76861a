from __future__ import annotations

from domain.text.pdf_text import repair_cjk_spaces


def test_pdf_text_is_repaired() -> None:
    broken = (
        "第 1 条 为了加强新能源汽车废旧动力电池综合利用管理工作的需\n要，制定本办法。\n"
        "第\n2 条 违反规定的，处 5000 元罚款，回收率不低于 98. 5%\n\n附件：表"
    )
    assert repair_cjk_spaces(broken).split("\n") == [
        "第1条为了加强新能源汽车废旧动力电池综合利用管理工作的需要，制定本办法。",
        "第2条违反规定的，处5000元罚款，回收率不低于98.5%",
        "",
        "附件：表",
    ]
