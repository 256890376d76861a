"""Rich text files: what is shown, in the charsets of their fonts, cells and rows as tables."""

from __future__ import annotations

import pytest

from crawler.extract.formats import extract_file
from domain.records.states import AttachmentStatus as Status
from i18n.unread_parts import unread_of

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset0 Times New Roman;}{\f1\fnil\fcharset134{\*\panose 020105}\'cb\'ce\'cc\'e5;}"
    r"{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset2 Wingdings;}{\f4\fnil\fcharset136 MingLiU;}}"
)


def rtf(text: str, page: str = "936") -> bytes:
    """Text with Chinese as the bytes of GBK."""
    body = "".join(
        char if char < "\x80" else "".join(f"\\'{byte:02x}" for byte in char.encode("gbk"))
        for char in text
    )
    return (rf"{{\rtf1\ansi\ansicpg{page}" + FONTS + r"\f1 " + body + "}").encode("latin-1")


def read(text: str, page: str = "936") -> str:
    return extract_file("a.doc", rtf(text, page)).text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"第一条 总则，为规范管理。\par 第二条", "第一条 总则，为规范管理。\n第二条"),
        (r"处{\strike 九万元}{\strike0 一万元}罚款，责令改正", "处一万元罚款，责令改正"),
        (r"处\v 隐藏\v0 一万元罚款，责令改正", "处一万元罚款，责令改正"),
        (r"处{\deleted 旧文}{\revised 新文}罚款，责令改正", "处新文罚款，责令改正"),
        (r"不超过10{\super 4}个\plain 电池模组", "不超过10⁴个电池模组"),
        (r"不超过10{\up8\fs12 4}个\up0 电池模组", "不超过10⁴个电池模组"),
        (r"浓度10{\super -}{\super 3}mol/L以下的", "浓度10⁻³mol/L以下的"),
        (r'见{\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt 附件二的表格}}，按其办理', "见附件二的表格，按其办理"),
        (r"回收率{\f2\'b3}95%，不得低于此值", "回收率≥95%，不得低于此值"),
        (r"回收率{\f2\u-3917?}95%，不得低于此值", "回收率≥95%，不得低于此值"),
        (r"{\f3\'fe}同意公开本企业的信息", "☑同意公开本企业的信息"),
        (r"{\listtext\pard\plain 一、\tab}\ls1 总体要求和主要目标", "一、 总体要求和主要目标"),
        (r"正文{\footnote\pard\plain 脚注的内容}继续写下去\par 末段", "正文继续写下去\n末段\n脚注的内容"),
        (r"甲{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt 框内文字一段\par}}{\shprslt{\*\do 框内文字一段}}}\par 乙", "甲框内文字一段\n乙"),
        (r"{\*\unknown 不显示的内容}显示出来的内容如此", "显示出来的内容如此"),
        (r"{\header 页眉}{\footerf 页脚}{\*\bkmkstart 书签}正文内容共十个字", "正文内容共十个字"),
        (r"\uc1\u31532?\u19968?\u26465? \u-10174?\u-8265?字开头的条文", "第一条 𠮷字开头的条文"),
        (r"\uc2\u31532\'b5\'da{\uc0\u19968}\u26465\'cc\'f5规定的条文", "第一条规定的条文"),
    ],
)  # fmt: skip
def test_text_is_what_is_shown(text: str, shown: str) -> None:
    assert read(text) == shown


def test_bytes_are_in_the_charset_of_their_font() -> None:
    assert read("第一条 中文字体的字节。", page="1252") == "第一条 中文字体的字节。"
    big5 = "".join(f"\\'{byte:02x}" for byte in "臺灣地區的用字".encode("big5"))
    assert read(r"{\f4 " + big5 + r"}与内地的用字", page="1252") == "臺灣地區的用字与内地的用字"
    assert read(r"{\f0 caf\'e9} restaurant", page="1252") == "café restaurant"


def test_tables_have_cells_of_several_paragraphs() -> None:
    text = (
        r"登记表\par\trowd\cellx1\cellx2\pard\intbl 法定\par 代表人\cell 电话\cell\row"
        r"\trowd\pard\intbl{\listtext\pard 1.}张某\cell\cell\row\pard 说明一份\par"
    )
    found = extract_file("a.rtf", rtf(text))
    assert found.tables == ((("法定 代表人", "电话"), ("1.张某", "")),)
    assert found.text == "登记表\n法定 代表人\t电话\n1.张某\t\n说明一份"


def test_an_object_is_told_and_its_picture_is_no_text() -> None:
    text = (
        r"正文内容共有十几个字{\object\objemb{\*\objclass Excel.Sheet.8}{\*\objdata 0105}"
        r"{\result{\pict 010203}}}"
    )
    found = extract_file("a.rtf", rtf(text))
    assert (found.status, unread_of(found.text)) == (Status.PARTIAL, "嵌入对象（不支持）")


def test_broken_groups_end() -> None:
    assert extract_file("a.rtf", rb"{\rtf1{\fonttbl}text text text}").text == "text text text"
    assert extract_file("a.rtf", rb"{\rtf1 " + b"{" * 5000 + b"text text text").status in Status
    assert extract_file("a.rtf", rb"{\rtf1 }}}}}\par text text text").text == "text text text"
