"""How a body speaks of its own acts and its government's orders, and what it then does to them."""

from __future__ import annotations

import pytest

from domain.acts.changing.self_naming import in_full
from domain.acts.references import Reference, references

ORDER = "青海省人民政府令第90号"


@pytest.mark.parametrize(
    ("text", "issuer", "place", "full"),
    [
        ("省政府令第90号第三条", "青海省司法厅", "CN-QH", f"{ORDER}第三条"),
        ("省人民政府第90号令", "青海省人民政府", "CN-QH", ORDER),
        ("（已经第90号令改动）", "青海省人民政府", "CN-QH", f"（已经{ORDER}改动）"),
        ("按市政府令第7号办理", "西宁市司法局", "CN-QH", "按西宁市人民政府令第7号办理"),
        ("自治区政府令第5号", "银川市司法局", "CN-NX", "宁夏回族自治区人民政府令第5号"),
        ("部令第12号", "交通运输部", "CN", "交通运输部令第12号"),
        ("本关2024年第3号公告", "中华人民共和国喀什海关", "CN-XJ", "喀什海关公告2024年第3号"),
    ],
)
def test_a_short_number_is_that_of_the_body_or_its_government(
    text: str, issuer: str, place: str, full: str
) -> None:
    said = in_full(text, [issuer], place)
    assert said in {full, full.replace("公告2024年第3号", "2024年第3号公告")}


@pytest.mark.parametrize("text", ["甘肃省政府令第90号", "第90号令牌", "省政府的命令", "90号车"])
def test_what_is_another_ones_or_no_number_stays(text: str) -> None:
    assert in_full(text, ["青海省生态环境厅"], "CN-QH") == text


def done(title: str, text: str) -> Reference:
    """What a text of the province does to its order."""
    said = [in_full(one, ["青海省人民政府"], "CN-QH") for one in (title, text)]
    found = [item for item in references(*said) if (item.document_number or "").endswith(ORDER)]
    return found[0]


@pytest.mark.parametrize(
    ("title", "text", "articles"),
    [
        ("时间通知", "省政府令第90号第八条的备案末日，往后推一旬再看。", ("第八条",)),
        ("衔接公告", "省政府令第90号即将届满。其第二条“五份”不再要求。", ("第二条",)),
        ("改动决定", "一、关于省政府令第90号\n（一）第四条末段挪移到别处。", ("第四条",)),
    ],
)
def test_what_nobody_foresaw_leaves_the_articles_in_doubt(
    title: str, text: str, articles: tuple[str, ...]
) -> None:
    assert done(title, text).terms.doubtful == articles


def test_a_list_of_what_goes_out_of_use_ends_its_rows_and_not_what_their_titles_name() -> None:
    text = (
        "附件1：停用的文件\n序号 | 文件名 | 文号\n"
        "1 | 关于落实省政府令第90号的几点安排 | 宁工信发〔2024〕8号\n"
        "附件2：照常使用的文件\n序号 | 文件名 | 文号\n1 | 某办法 | 青政发〔2024〕3号"
    )
    named = {one.document_number: one.effect for one in references("清理结果的通知", text)}
    assert named == {"宁工信发〔2024〕8号": "repealed", "青政发〔2024〕3号": None}


def test_what_an_act_was_changed_by_until_now_is_not_changed() -> None:
    text = "对省政府令第90号（已经第95号令改动）作如下调整：第三条“甲”改为“乙”。"
    said = in_full(text, ["青海省人民政府"], "CN-QH")
    effects = {item.document_number: item.effect for item in references("调整决定", said)}
    assert effects.pop(ORDER) == "amended"
    assert set(effects.values()) == {None}


def test_who_only_cites_by_number_changes_nothing() -> None:
    item = done("调整补贴标准的通知", "按照省政府令第90号第八条执行。\n补贴由三元提高到五元。")
    assert item.effect is None
    assert item.terms.doubtful == ()


def test_by_which_article_somebody_is_treated_leaves_it_as_it_is() -> None:
    text = "省政府令第90号第八条推迟一月。\n推迟期内补报的，给予宽限，不依第九条处罚。"
    assert "第九条" not in done("推迟报送的通知", text).terms.doubtful
