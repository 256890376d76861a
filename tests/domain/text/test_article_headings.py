"""The number that heads an article, and one that is cited."""

import pytest

from domain.text.article_headings import ARTICLE_HEADING, CHAPTER_HEADING
from domain.text.articles import split_articles
from domain.text.pdf_text import repair_cjk_spaces

BEGINNINGS = [
    "中华人民共和国境内的回收活动适用本办法。", "中小企业可以委托回收。", "中央企业应当带头。", "所有网点应当登记。",
    "所在地主管部门负责监督。", "项目单位应当备案。", "项目法人负责。", "及时登记是企业的义务。", "与生产企业签订协议的，应当备案。",
    "和平利用的除外。", "或有负债应当披露。", "至少每季度盘点一次。", "至2027年底前完成。", "到期应当换证。", "规划由省级部门编制。",
    "规模以上企业应当报告。", "第三方机构出具报告。", "第一季度完成盘点。", "内部制度应当健全。", "款项应当专用。", "规定期限内未完成的，责令改正。",
]  # fmt: skip


@pytest.mark.parametrize("gap", [" ", "\u3000", "\u00a0", "", "\n"])
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_an_article_may_begin_with_any_word(beginning: str, gap: str) -> None:
    text = f"第一条 为了管理，制定本办法。\n第二条{gap}{beginning}"
    assert [part.label for part in split_articles(text)] == ["第一条", "第二条"]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_an_article_of_a_pdf_whose_blank_is_gone(beginning: str) -> None:
    text = repair_cjk_spaces(f"第 一 条 为了管理，制定本办法。\n第 二 条 {beginning}")
    assert [part.label for part in split_articles(text)] == ["第一条", "第二条"]


@pytest.mark.parametrize(
    "citation",
    [
        "第九条规定的情形", "第九条的规定", "第九条、第十条", "第九条和第十条", "第九条与第十条", "第九条及第十条", "第九条及其释义",
        "第九条至第十一条", "第九条或者第十条", "第九条第二款", "第九条第（一）项所列", "第九条中的", "第九条中“企业”", "第九条所列", "第九条所称",
        "第九条内容", "第九条之规定", "第九条，第十条", "第九条》", "第九条 规定的情形", "第九条 和第十条", "第九条项下",
        "第九条和本办法", "第九条之一规定的",
    ],
)  # fmt: skip
def test_a_citation_at_the_start_of_a_line_heads_nothing(citation: str) -> None:
    text = f"第一条 违反本办法\n{citation}的，责令改正。\n第二条 施行。"
    assert [part.label for part in split_articles(text)] == ["第一条", "第二条"]


@pytest.mark.parametrize(
    ("line", "label"),
    [("第二章 总则", "第二章"), ("第三章规划与建设", "第三章"), ("第四章 和解", "第四章"), ("第五节及时报告", "第五节"), ("第二章规定的", None), ("第二章和第三章", None)],
)  # fmt: skip
def test_chapters(line: str, label: str | None) -> None:
    match = CHAPTER_HEADING.match(line)
    assert (match["label"] if match else None) == label


def test_a_long_run_of_blanks_is_read_once() -> None:
    assert ARTICLE_HEADING.search("。" + " " * 200_000 + "x") is None
