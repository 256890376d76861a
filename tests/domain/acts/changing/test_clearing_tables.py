"""Tables of clearing decisions: what becomes of each act, wholly or in part."""

from __future__ import annotations

import pytest

from domain.acts.changing.clearing_tables import cleared_acts, without_cleared
from domain.acts.references import references

HEAD = "清理决定如下，予以废止或者部分废止。\n序号\t文件名称\t文号\t清理意见\n"


def row(said: str) -> str:
    return f"{HEAD}1\t电池网点规定\t某商发〔2021〕8号\t{said}"


@pytest.mark.parametrize(
    ("said", "becomes", "scope"),
    [
        ("废止", "repealed", ()),
        ("同时废止", "repealed", ()),
        ("宣布失效", "repealed", ()),
        ("第六条失效", "partly_repealed", ("第六条",)),
        ("废止附件3和第二条第（一）项", "partly_repealed", ("附件3", "第二条第（一）项")),
        ("部分废止（第六条、第八条第二款）", "partly_repealed", ("第六条", "第八条第二款")),
        ("第五条不再执行，其余条款继续有效", "partly_repealed", ("第五条",)),
        ("继续有效", None, ()),
        ("修改", None, ()),
        ("第三章废止", "unclear", ()),
        ("第四条中的“三年”", "unclear", ()),
    ],
)
def test_what_a_row_makes_of_its_act(
    said: str, becomes: str | None, scope: tuple[str, ...]
) -> None:
    (act,) = cleared_acts(row(said))
    assert (act.title, act.number) == ("电池网点规定", "某商发〔2021〕8号")
    assert (act.becomes, act.scope) == (becomes, scope)


def test_a_part_that_goes_is_told_as_no_repeal_of_the_whole() -> None:
    (found,) = references("某厅关于废止部分文件的决定", row("废止第二条第（一）项"))
    assert (found.kind, found.effect) == ("repeals", "partly_repealed")
    assert found.terms.scope == ("第二条第（一）项",)


def test_a_list_of_longer_terms() -> None:
    text = "延期目录\t\t\n序号\t文件名称及文号\t延长至\n1\t电池补贴办法（某财发〔2022〕5号）\t2028年12月31日"
    (found,) = references("某厅关于公布清理结果的公告", text)
    assert (found.effect, found.until) == ("extended", "2028-12-31")
    assert found.document_number == "某财发〔2022〕5号"


def test_a_short_number_is_of_the_issuer() -> None:
    text = "下列公告停止执行：\n序号 | 公告 | 范围\n1 | 2021年第7号 | 附件1及第三条"
    (found,) = references("关于公布部分失效公告的公告", text, issuers=["海关总署"])
    assert found.document_number == "海关总署公告2021年第7号"
    assert found.terms.scope == ("附件1", "第三条")


def test_a_row_that_words_an_article_anew_is_an_order() -> None:
    text = "决定废止和修改下列文件。\n序号\t文件名称\t修改内容\n1\t电池台账办法\t第五条中的“三年”修改为“五年”"
    assert without_cleared(text).endswith("《电池台账办法》第五条中的“三年”修改为“五年”")
    assert [one.effect for one in references("修改文件的决定", text)] == ["amended"]


def test_rows_of_another_list_below_are_not_meant() -> None:
    text = row("废止") + "\n附件2\n序号\t文件名称\t文号\n1\t电池通则\t某商发〔2022〕1号"
    assert [act.number for act in cleared_acts(text)] == ["某商发〔2021〕8号"]
