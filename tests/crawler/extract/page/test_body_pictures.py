"""Pictures that are a notice's body are kept with it; ornaments and illustrations are not."""

from __future__ import annotations

import pytest

from crawler.extract.page.body_pictures import is_body_picture
from crawler.extract.page.notice_parser import parse_notice

URL = "https://jxj.x.gov.cn/tzgg/202609/t20260901_1.html"
LONG = "各有关单位：为规范废旧动力电池回收利用，现将有关事项通知如下，请认真组织实施。" * 4
SCAN = '<p><img src="./W020260901.jpg"></p>'


def pictures(inner: str) -> list[tuple[str, str]]:
    page = (
        "<html><head><title>关于动力电池回收的通知</title></head><body><h1>关于动力电池回收的通知</h1>"
        f"<div class=TRS_Editor>{inner}</div><div class=footer><img src=/images/dangzheng.png></div>"
    )
    found = parse_notice(page, URL).attachments
    return [(link.name, link.url) for link in found if is_body_picture(link)]


FIRST = ("正文图片1.jpg", "https://jxj.x.gov.cn/tzgg/202609/W020260901.jpg")


@pytest.mark.parametrize(
    ("inner", "wanted"),
    [
        (SCAN, [FIRST]),
        (f"{SCAN}{SCAN}", [FIRST]),
        (f"<p>现予公布。</p>{SCAN}", [FIRST]),
        (SCAN + '<img src="/pic/2.png">', [FIRST, ("正文图片2.png", "https://jxj.x.gov.cn/pic/2.png")]),
        ('<p>见图</p><img data-src="/a.do?id=3" src="">', [("正文图片1.jpg", "https://jxj.x.gov.cn/a.do?id=3")]),
        (f"<p>{LONG}</p>{SCAN}", []),
        ('<p>见附件</p><img src="/images/icon_doc.gif">', []),
        ('<p>见附件</p><img src="/images/x.gif" width="16" height="16">', []),
        ('<p>见附件</p><img src="data:image/png;base64,AAAA">', []),
    ],
    ids=["scan", "twice", "a-line", "two", "lazy", "text", "icon", "small", "inline"],
)  # fmt: skip
def test_pictures_of_a_body_without_text(inner: str, wanted: list[tuple[str, str]]) -> None:
    assert pictures(inner) == wanted
