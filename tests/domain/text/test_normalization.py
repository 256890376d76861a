"""One spelling for comparison, identity and search; document numbers, numerals, articles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text.normalization import (
    find_document_numbers,
    has_agency_prefix,
    has_ligatures,
    is_index_number,
    normalise,
    normalise_document_number,
    normalise_title,
    parse_chinese_number,
    repair_cjk_spaces,
    search_key,
    search_pattern,
    simplify,
    split_articles,
)

CHINESE = st.text(
    "动力电池回收國国第一二三条，。（）()〔[ \u30002０0aAＡ.-\u200b①㎡\n", max_size=40
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("违反规定的，处５０００元以上", "违反规定的,处 5000 元以上"),
        ("（一）“通知”——说明", '(一) "通知"—说明'),
        ("工信部联节〔2026〕15号", "工信部联节【2026】 15 号"),
        ("第 1 条\n内容", "第1条\u3000内容"),
        ("CO₂排放", "CO2排放"),
        ("回\u200b收\u00ad利\ufeff用", "回收利用"),
        ("GB/T 34014", "GB/T34014"),
        ("⽤户⻓期", "用户长期"),
    ],
)
def test_layout_and_width_do_not_count(one: str, other: str) -> None:
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1 2", "12"), ("5000元", "6000元"), ("10²", "102"), ("①1", "11"), ("5-10日", "510日"),
     ("表1. 5个", "表1.5个"), ("不得", "得"), ("1\t23", "12\t3")],
)  # fmt: skip
def test_a_changed_digit_or_letter_counts(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(CHINESE)
def test_normalise_is_stable(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


@given(CHINESE, st.integers(0, 40), st.integers(0, 40))
def test_the_key_of_a_piece_is_a_piece_of_the_key(text: str, start: int, size: int) -> None:
    piece = text[start : start + size]
    assert search_key(piece) in search_key(text)


@given(CHINESE, CHINESE)
def test_the_search_pattern_agrees_with_the_search_key(text: str, wanted: str) -> None:
    key = search_key(wanted)
    if key and not has_ligatures(text):
        assert (search_pattern(key).search(text) is not None) == (key in search_key(text))


def test_traditional_and_simplified_have_one_key() -> None:
    assert simplify("動力電池回收利用監督檢查") == "动力电池回收利用监督检查"
    assert search_key("廢舊動力電池，罰款") == search_key("废旧动力电池,罚款")


@pytest.mark.parametrize(
    ("text", "value"),
    [("一百二十", 120), ("二〇二六", 2026), ("二0二六", 2026), ("五十万", 500_000), ("3.5万", 35_000), ("十五", 15),
     ("一百零五", 105), ("一百五", 150), ("三千零五十", 3050), ("两千", 2000), ("1,000", 1000),
     ("５０００", 5000), ("一亿二千万", 120_000_000), ("三点五万", 35_000), ("0.5", 0.5),
     ("壹万贰仟", 12_000), ("二○二六", 2026), ("廿五", 25), ("九十五点五", 95.5), ("百", 100), ("十", 10), ("〇", 0),
     ("", None), ("五千元", None), ("万", None), ("abc", None), ("十百", None)],
)  # fmt: skip
def test_numerals(text: str, value: float | None) -> None:
    assert parse_chinese_number(text) == value


@given(st.integers(1, 99_999_999))
def test_numerals_written_out_are_read_back(number: int) -> None:
    assert parse_chinese_number(_written(number)) == number


def _written(number: int) -> str:
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        zero = "零" if 0 < low < 1000 else ""
        return _written(high) + "万" + (zero + _written(low) if low else "")
    text, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text += ("零" if gap else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        elif text:
            gap = True
    return text


@pytest.mark.parametrize(
    "spelling",
    ["工信部联节〔2026〕15号", "工信部联节[2026]15号", "工信部联节［2026］ 15 号",
     "工信部联节(2026)15号", "工信部联节（２０２６）第15号", "工信部联节【2026】015号",
     "工信部联节﹝2026﹞15号", "工信部联节〔二〇二六〕十五号", "工信部联节 〔 2026 〕 15号"],
)  # fmt: skip
def test_every_bracket_style_is_one_number(spelling: str) -> None:
    assert normalise_document_number(spelling) == "工信部联节〔2026〕15号"
    assert find_document_numbers(f"现将《办法》（{spelling}）印发给你们") == [
        "工信部联节〔2026〕15号"
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("商务部公告2026年第20号", "商务部公告2026年第20号"),
        ("商务部 2026年第20号公告", "商务部公告2026年第20号"),
        ("商务部 海关总署公告2025年第58号", "商务部海关总署公告2025年第58号"),
        ("关于修订说明书的公告（2025年第101号）", "公告2025年第101号"),
        ("中华人民共和国工业和信息化部令 第73号", "工业和信息化部令第73号"),
        ("国务院第七百一十五号令", "国务院令第715号"),
        ("广州市人民政府令第179号", "广州市人民政府令第179号"),
        ("商务部令二〇二〇年第二号", "商务部令2020年第2号"),
        ("第73号令", "令第73号"),
        ("2026年第17号", "2026年第17号"),
    ],
)
def test_announcements_and_orders(text: str, number: str) -> None:
    assert normalise_document_number(text) == number


def test_numbers_in_running_text_lose_what_is_not_theirs() -> None:
    text = (
        "根据《办法》（国令第715号）和工信部联节〔2018〕43号文件，原环发〔2012〕5号"
        "废止的通知穗建规字〔2024〕5号"
    )
    found = find_document_numbers(text)
    assert "国务院令第715号" in found
    assert "工信部联节〔2018〕43号" in found
    assert "环发〔2012〕5号" in found
    assert "穗建规字〔2024〕5号" in found
    assert (
        find_document_numbers("（2024）粤01民终123号，责令第3号，第20220260号提案，2025年第8期")
        == []
    )


def test_agency_prefix_and_index_numbers() -> None:
    assert has_agency_prefix("工信部联节〔2026〕15号")
    assert has_agency_prefix("商务部公告2026年第20号")
    assert not has_agency_prefix("公告2026年第20号")
    assert not has_agency_prefix("令第73号")
    for index in (
        "696785044/2026-00017",
        "000014672/2026-00310",
        "索引号：11440000MB2D0162XT/2024-00012",
    ):
        assert is_index_number(index)
        assert find_document_numbers(index) == []
    for number in ("工信部联节〔2026〕15号", "GB/T 34014-2017", "HJ 1186-2021", "令第73号"):
        assert not is_index_number(number)


def test_titles_of_one_act_are_one() -> None:
    same = [
        "工业和信息化部等五部门关于印发《新能源汽车动力蓄电池梯次利用管理办法》的通知",
        "五部门关于印发《新能源汽车动力蓄电池梯次利用管理办法》的通知（工信部联节〔2021〕114号）",
        "《新能源汽车动力蓄电池梯次利用管理办法》",
        "关于印发新能源汽车动力蓄电池梯次利用管理办法的通知_中华人民共和国工业和信息化部",
        "新能源汽车动力蓄电池　梯次利用管理办法-广东省工业和信息化厅",
    ]
    assert len({normalise_title(title) for title in same}) == 1


def test_titles_of_different_acts_stay_apart() -> None:
    act = "《铅蓄电池回收利用管理暂行办法》"
    apart = [
        act,
        f"关于{act}公开征求意见的公告",
        f"省经信厅关于转发国家发展改革委{act}的通知",
        f"{act}解读",
        "关于印发《铅蓄电池回收利用管理暂行办法》和《铅蓄电池目录》的通知",
        "铅蓄电池回收利用管理暂行办法（2024年本）",
    ]
    assert len({normalise_title(title) for title in apart}) == len(apart)
    draft = "关于《铅蓄电池回收利用管理暂行办法（征求意见稿）》公开征求意见的公告"
    assert normalise_title(draft) == normalise_title(apart[1])


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


def test_articles_are_split_at_their_numbers_only() -> None:
    text = (
        "某办法\n第一章 总则\n第一条 为了管理。\n依据第五条规定。\n第二条　违反的，\n"
        "（一）甲；\n第十二条规定的情形。第三条 同一行。\n附件1\n表"
    )
    parts = split_articles(text)
    assert [p.label for p in parts] == ["", "第一章", "第一条", "第二条", "第三条", "附件1"]
    assert all(text[p.start : p.start + len(p.text)] == p.text for p in parts)
    assert parts[3].body.endswith("第十二条规定的情形。")


def test_items_have_paths_and_paragraphs_are_the_fallback() -> None:
    parts = split_articles("前言\n一、总体\n（一）甲\n1. 乙\n3.5万元\n二、丙\n（一）丁")
    assert [p.path for p in parts] == [
        "",
        "一、",
        "一、（一）",
        "一、（一）1.",
        "二、",
        "二、（一）",
    ]
    assert [p.text for p in split_articles("甲\n\n 乙\u2028丙\n")] == ["甲", "乙\u2028丙"]
    assert split_articles("") == []


@given(st.text(max_size=80))
def test_parts_are_pieces_of_the_text(text: str) -> None:
    for part in split_articles(text):
        assert text[part.start : part.start + len(part.text)] == part.text
    normalise_title(text)
    find_document_numbers(text)
    repair_cjk_spaces(text)
