"""Page furniture is left out, and the sentence that it stood in goes on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.extract.file_extractor import extract_file
from tests.fakes.pdf_pages import document, lines, page, rule, table, text

PAGES = (
    ["　　第一条 为规范废旧动力电池综合利用管理，防治环境污染，制定本办法。",
     "　　第二条 违反本办法规定，未按要求上传溯源编码的，责令改正，处五万元以"],
    ["上十万元以下罚款；拒不改正的，处十万元以上三十万元以下罚款。",
     "　　第三条 企业应当在三十日内办理变更备案手续。"],
    ["　　第四条 本办法由某省工业和信息化厅负责解释。",
     "　　第五条 本办法自2027年1月1日起施行。"],
)  # fmt: skip
WHOLE = [
    "第一条为规范废旧动力电池综合利用管理，防治环境污染，制定本办法。",
    "第二条违反本办法规定，未按要求上传溯源编码的，责令改正，处五万元以上十万元以下罚款；拒不改正的，处十万元以上三十万元以下罚款。",
    "第三条企业应当在三十日内办理变更备案手续。",
    "第四条本办法由某省工业和信息化厅负责解释。",
    "第五条本办法自2027年1月1日起施行。",
]
Furniture = Callable[[int], str]


def foot(words: str, *, x: float = 280, y: float = 30) -> Furniture:
    """A line at the foot: ``{n}`` is the page's number, ``{r}`` in Roman, ``{c}`` in Chinese."""
    return lambda n: text(words.format(n=n + 1, r=("i", "ii", "iii")[n], c="一二三"[n]), x, y, 9)


def head(words: str, *, y: float = 812, size: float = 9) -> Furniture:
    return lambda _: text(words, 200, y, size)


def read(furniture: Furniture, pages: tuple[list[str], ...] = PAGES) -> list[str]:
    drawn = [page(lines(body, 60, 760) + furniture(n)) for n, body in enumerate(pages)]
    return extract_file("办法.pdf", document(drawn)).text.split("\n")


@pytest.mark.parametrize(
    "words",
    ["{n}", "-{n}-", "— {n} —", "·{n}·", "[{n}]", "（{n}）", "{r}", "第{n}页", "第 {n} 页 共 3 页", "第{n}页，共3页",
     "共3页 第{n}页", "第{c}页", "Page {n} of 3", "{n}/3", "P{n}", "{n} | Page", "页码：{n}/3", "溯源管理办法（第{n}页）",
     "综合利用管理办法 {n}", "GB/T 34014—2017  {n}", "{n}  综合利用管理办法"],
)  # fmt: skip
def test_page_numbers(words: str) -> None:
    assert read(foot(words)) == WHOLE
    assert read(foot(words), PAGES[:2]) == WHOLE[:3]


@pytest.mark.parametrize(
    "furniture",
    [
        head("某省工业和信息化厅文件"),
        head("某省工业和信息化厅文件", size=12),
        head("某省工业和信息化厅文件", y=792),
        lambda n: text("某省工业和信息化厅", 200, 820, 9) + text("内部资料 注意保存", 200, 808, 9),
        lambda n: text("综合利用管理办法", 200, 812, 9) if n else "",
        lambda n: text(("某省文件", "综合利用管理办法")[n % 2], 200, 812, 9),
        lambda n: text("某省文件", 200, 812, 9) + rule(60, 805, 540, 805),
        lambda n: text("http://www.example.gov.cn/a.html", 60, 20, 8) + text(f"{n + 1}/3", 540, 20, 8),
        lambda n: text(f"— {n + 1} —", (500, 60)[n % 2], 40, 14),
        lambda n: text(str(15 + n), 280, 30, 9),
        lambda n: text("内部资料", 100, 745, 30, mode=".9 g"),
        lambda n: text("内部资料", 100, 745, 40, mode="/Half gs 1 0 0 rg"),
        lambda n: text("征求意见稿", 150, 300, 80, turn=".7 .7 -.7 .7"),
    ],
)  # fmt: skip
def test_running_heads_and_watermarks(furniture: Furniture) -> None:
    assert read(furniture) == WHOLE


@pytest.mark.parametrize(
    "pages",
    [
        [["附件1", "申报表说明：企业应当填写。"], ["附件2", "申报表说明：单位应当填写。"]],
        [["申报表", "填写人：甲方单位填写内容"], ["申报表", "填写人：乙方单位填写内容"]],
        [["某省工业和信息化厅综合处", "2026"]],
        [["企业数量（家）合计：", "128"]],
    ],
)
def test_words_of_the_act_stay_whatever_they_look_like(pages: list[list[str]]) -> None:
    drawn = [page(lines(body, 60, 780)) for body in pages]
    assert extract_file("附件.pdf", document(drawn)).text.split("\n") == [
        line for body in pages for line in body
    ]


def test_what_a_browser_prints_around_a_single_page() -> None:
    body = [
        "　　第二条 违反本办法规定，未按要求上传溯源编码的，责令改正，处五万元以",
        PAGES[1][0],
    ] * 3
    around = text("2026/11/30 10:21", 24, 825, 8) + text("综合利用管理办法", 250, 825, 8)
    around += text("https://www.example.gov.cn/a.html", 24, 15, 8) + text("1/1", 560, 15, 8)
    found = extract_file("a.pdf", document([page(lines(body, 60, 760) + around)]))
    assert found.text.split("\n") == [WHOLE[1]] * 3


def test_a_head_that_a_table_repeats_is_the_tables() -> None:
    first = table([["序号", "名称"], ["1", "甲公司"]], [60, 200, 500], 780) + text("1", 290, 30, 9)
    second = table([["序号", "名称"], ["2", "乙公司"]], [60, 200, 500], 780) + text("2", 290, 30, 9)
    found = extract_file("名单.pdf", document([page(first), page(second)]))
    assert found.tables == ((("序号", "名称"), ("1", "甲公司"), ("2", "乙公司")),)
    assert found.text == "序号\t名称\n1\t甲公司\n2\t乙公司"
