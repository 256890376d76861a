"""Name the kind of a document in English."""

from __future__ import annotations

from i18n.en.english_titles import document_type, title_en


def test_titles_are_named_not_translated() -> None:
    title = "关于公开征求《新能源汽车废旧动力电池回收和溯源管理办法（征求意见稿）》意见的通知"
    line = title_en(title, ["甲部", "乙部", "丙部"], "draft")
    assert line == (
        "Measures (draft) · 甲部 and 2 others · used NEV power batteries, collection, traceability"
    )
    assert title_en("一般事项", [], None) == "Notice"
    assert title_en("一般事项", [], "eia") == "Notice (environmental assessment notice)"
    assert (
        title_en("一般事项", ["工业和信息化部"], "final")
        == "Notice · Ministry of Industry and Information Technology"
    )
    assert title_en("回收服务网点名单公告", [], "list").startswith("List · ")
    assert title_en("《回收办法》政策解读", [], "interpretation").startswith("Explanation · ")
    assert document_type("关于印发健全回收利用体系行动方案的通知") == "Action Plan"
    assert title_en(title, ["甲部"], "draft") == title_en(title, ["甲部"], "draft")
