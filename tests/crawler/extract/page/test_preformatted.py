"""Raised text and shown line breaks in a notice's body."""

from contextlib import suppress
from time import process_time

import pytest

from crawler.extract.dom import parse_html
from crawler.extract.page.notice_parser import parse_notice

WIDE = "回收企业应当自收到废旧动力电池之日起将其来源和去向逐一登记并按季度"


def lines(body: str) -> list[str]:
    page = f"<title>关于登记的通知</title><h1>关于登记的通知</h1><div id='zoom'>{body}</div>"
    return [block.as_text() for block in parse_notice(page, "http://x.gov.cn/1.html").blocks]


FIVE = [
    "一、登记期限",
    "回收企业应当在十五日内登记来源",
    "二、罚则",
    "未登记的处二万元罚款",
    "三、联系人",
]
TEXT = "\n".join(FIVE)


@pytest.mark.parametrize(
    "body",
    [
        f"<pre>{TEXT}</pre>",
        f"<pre>\n{TEXT}\n\n</pre>",
        "<pre>" + TEXT.replace("\n", "\r\n") + "</pre>",
        f"<div style='white-space:pre-wrap'>{TEXT}</div>",
        f"<div style='color:red; WHITE-SPACE: pre-line'><span>{TEXT}</span></div>",
        f"<p style='white-space: break-spaces;'>{TEXT}</p>",
        f"<style>.q, .w p {{color:red; white-space: pre-wrap}}</style><div class='w'><p>{TEXT}</p></div>",
        f"<style>@media screen {{ #t {{white-space:pre-line}} }}</style><div id='t'>{TEXT}</div>",
        "<pre>"
        + TEXT.replace("十五日", "<b>十五日</b>").replace("二万元\n", "<i>二万元</i>\n")
        + "</pre>",
        "<pre>" + TEXT.replace("\n", "<br>\n") + "</pre>",
        f"<table><tr><td style='white-space:pre-line'>{TEXT}</td></tr></table>",
    ],
)
def test_the_lines_that_a_browser_shows(body: str) -> None:
    assert lines(body) == FIVE


def test_a_notice_typed_into_a_textarea() -> None:
    page = f"<title>关于登记的通知</title><h1>关于登记的通知</h1><textarea readonly>{TEXT}。\n{WIDE}报送。</textarea>"
    found = parse_notice(page, "http://x.gov.cn/1.html").blocks
    assert [block.text for block in found] == [*FIVE[:4], "三、联系人。", f"{WIDE}报送。"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>回收企业应当在\n十五日内登记。</p>",
        "<style>a:hover {white-space: pre} .z {white-space: nowrap}</style><p class='z'>回收企业应当在\n十五日内登记。</p>",
        "<pre style='white-space:normal'>回收企业应当在\n十五日内登记。</pre>",
        "<div style='white-space:pre'><p style='white-space:normal'>回收企业应当在\n十五日内登记。</p></div>",
    ],
)
def test_breaks_that_are_not_shown(body: str) -> None:
    assert lines(body) == ["回收企业应当在十五日内登记。"]


def test_lines_wrapped_at_a_fixed_width_are_one_sentence() -> None:
    body = f"<pre>各有关单位：\n　　{WIDE[2:]}\n{WIDE}\n{WIDE}\n向主管部门报送。\n\n一、时间\n十日内。</pre>"
    assert lines(body) == [
        "各有关单位：",
        f"{WIDE[2:]}{WIDE}{WIDE}向主管部门报送。",
        "一、时间",
        "十日内。",
    ]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("不得低于10<sup>4</sup>吨", "不得低于10⁴吨"),
        ("5×10<sup><span>3</span></sup>平方米", "5×10³平方米"),
        ("10<span style='vertical-align: super;'>-3</span>伏", "10⁻³伏"),
        ("10<sup>-<i>3</i></sup>伏", "10⁻³伏"),
        ("90%<sup>[1]</sup>，", "90%[1]，"),
        ("90%<sup><a href='#n1'>1</a></sup>，", "90%¹，"),
        ("98<sup>①</sup>%", "98①%"),
        ("mg/m<sup>3</sup>", "mg/m³"),
        ("11<sup>th</sup>", "11th"),
        ("<math><msup><mn>10</mn><mn>4</mn></msup></math>吨", "10⁴吨"),
        ("<math><mfrac><mn>2</mn><mn>3</mn></mfrac></math>以上", "2/3以上"),
        ("不超过<sup>1</sup>/<sub>3</sub>的", "不超过1/3的"),
        ("不超过1<sup>1</sup>⁄<sub>2</sub>倍", "不超过1 1⁄2倍"),
        ("10<span style='position:relative;top:-4.0pt;mso-text-raise:4.0pt'>4</span>吨", "10⁴吨"),
        ("处<span style='position:relative;top:-1px'>3</span>万元", "处3万元"),
        ("自<i style='top:-1px;position:relative'>2027</i>年", "自2027年"),
        ("第<ruby>叁<rp>(</rp><rt>san</rt><rp>)</rp></ruby>条", "第叁条"),
        ("<sup>在2026年12月31日前完成12项登记工作", "在2026年12月31日前完成12项登记工作"),
    ],
)
def test_raised_digits_run_into_no_number(markup: str, text: str) -> None:
    assert lines(f"<p>回收企业的规模为{markup}。</p>") == [f"回收企业的规模为{text}。"]


def test_digits_that_a_class_raises() -> None:
    style = "<style>p{margin:0} .unit, span.up { font-size:8px; vertical-align: super }</style>"
    body = "<p>处理能力不低于10<span class='b up'>4</span>吨，场地不少于300<b class=upper>2</b>平方米。</p>"
    assert lines(style + body) == ["处理能力不低于10⁴吨，场地不少于3002平方米。"]


def test_raised_digits_in_a_table_and_a_title() -> None:
    page = (
        "<title>x</title><h1>年处理能力10<sup>4</sup>吨以上企业名单</h1><div id='zoom'><p>名单如下，请查收。</p>"
        "<table><tr><td>规模</td><td>面积</td></tr><tr><td>10<sup>5</sup>吨</td><td>20m<sup>2</sup></td></tr></table></div>"
    )
    notice = parse_notice(page, "http://x.gov.cn/1.html")
    assert notice.title == "年处理能力10⁴吨以上企业名单"
    assert notice.blocks[-1].rows == (("规模", "面积"), ("10⁵吨", "20m²"))


@pytest.mark.parametrize(
    "markup",
    [
        "<sup>" * 20_000 + "4",
        "<sup><span>" * 10_000 + "4",
        "<math><mrow>" * 10_000 + "4",
        "<style>.a {white-space: pre}</style>" + "<div class='a'>" * 10_000 + "四",
        "<style>" + ".a .b {white-space: pre}" * 4000 + "</style>" + "<p class='b'>四</p>" * 5000,
    ],
)
def test_hostile_markup_is_read_in_time(markup: str) -> None:
    started = process_time()
    with suppress(MemoryError):  # nested too deeply: refused, never read in part
        parse_html(markup)
    assert process_time() - started < 5
