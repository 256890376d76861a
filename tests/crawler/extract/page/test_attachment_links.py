"""Attachments whose address does not look like a file's, in the markups that sites use."""

import pytest

from crawler.extract.page.notice_parser import parse_notice

TEXT = "<p>现将登记办法（征求意见稿）公开征求意见，请于2026年8月25日前将意见反馈给我厅，逾期不再受理。</p>"
SIGNED = "<p>某省工业和信息化厅</p><p>2026年6月26日</p>"
FORM = ("登记办法（征求意见稿）", "http://a.gov.cn/cms/downloadfile.jsp?filepath=Zx1=")


def files(markup: str, around: str = "<div id='zoom'>{}</div>") -> list[tuple[str, str]]:
    body = around.format(TEXT + markup + SIGNED)
    page = f"<title>关于征求意见的通知</title><h1>关于征求意见的通知</h1>{body}<div class='footer'>主办：某厅</div>"
    return [
        (one.name, one.url) for one in parse_notice(page, "http://a.gov.cn/2026/1.html").attachments
    ]


LINK = '<a href="/cms/downloadfile.jsp?filepath=Zx1=">登记办法（征求意见稿）</a>'


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>附件：{LINK}</p>",
        f"<p><span><strong>附件：1.<strong>{LINK}</strong></strong></span></p>",
        f"<p>附件：</p><p><span>1.</span><b><i>{LINK}</i></b></p>",
        f"<p>{LINK}</p>",
        f"<p>附件</p><ul><li>{LINK}</li></ul>",
        f"<table><tr><td>附件下载：</td><td>{LINK}</td></tr></table>",
        f"<p>附件：<br/>1.{LINK}</p>",
    ],
)
def test_a_download_service_without_a_files_ending(markup: str) -> None:
    assert files(markup) == [FORM]


def test_all_numbers_of_a_list_of_files() -> None:
    each = "<p>　　{n}.<a href='/cms/file/get.do?f=K{n}'><b>表{n}登记表</b></a></p>"
    found = files("<p>附件：" + each.format(n=1)[5:] + each.format(n=2) + each.format(n=3))
    assert [name for name, _ in found] == ["表1登记表", "表2登记表", "表3登记表"]


@pytest.mark.parametrize(
    ("markup", "name", "url"),
    [
        ("<a onclick=\"window.open('/files/a.docx')\">登记表</a>", "登记表", "/files/a.docx"),
        ("<a href='javascript:void(0)' onclick=\"downFile('files/a.docx','登记表.docx')\">登记表</a>", "登记表", "/2026/files/a.docx"),
        ("<a href=\"javascript:openFile('/files/a.docx?id=3')\">登记表</a>", "登记表", "/files/a.docx?id=3"),
        ("<span onclick=\"location.href='/files/a.docx'\">登记表</span>", "登记表", "/files/a.docx"),
        ("<button data-url='/files/a.docx'>下载</button>", "a.docx", "/files/a.docx"),
        ("<a href='#' data-href='/files/a.docx'>登记表</a>", "登记表", "/files/a.docx"),
        ("<a href='/api/f/77' download='登记表.docx'>下载</a>", "登记表.docx", "/api/f/77"),
        ("<a href='/api/f/77' download>登记表</a>", "登记表", "/api/f/77"),
        ("<a href='/cms/download.do?id=7&amp;fText=%E7%99%BB%E8%AE%B0%E8%A1%A8'>下载</a>", "登记表", "/cms/download.do?id=7&fText=%E7%99%BB%E8%AE%B0%E8%A1%A8"),
        ("<a href='/f/%B5%C7%BC%C7%B1%ED.doc'>下载</a>", "登记表.doc", "/f/%B5%C7%BC%C7%B1%ED.doc"),
        ("<a href='/f/a.docx;jsessionid=0A1B'>登记表</a>", "登记表", "/f/a.docx"),
        ("<a href='/file/fileDownload?token=Zx'>登记表</a>", "登记表", "/file/fileDownload?token=Zx"),
    ],
)  # fmt: skip
def test_download_handlers(markup: str, name: str, url: str) -> None:
    assert files(f"<p>附件：{markup}</p>") == [(name, f"http://a.gov.cn{url}")]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>请登录<a href='/apply/index.jsp?id=7'>申报系统</a>填报。</p>",
        "<p>详见<a href='/upload/2026/index.html'>专题页面</a>。</p>",
        "<p><a href='javascript:window.print()'>打印</a><a onclick=\"share('wx')\">微信</a></p>",
        "<p>参见<a href='http://b.gov.cn/zcfg/art_7.html'>管理办法</a>。</p>",
        "<p><a href='/files/show?name=x'>公众号</a></p>",
    ],
)
def test_links_that_are_no_files(markup: str) -> None:
    assert files(markup) == []


def test_downloads_of_the_frame_are_not_the_notices() -> None:
    around = "<div id='zoom'>{}</div><div class='nav'><a href='/app/download.jsp?id=1'>下载客户端</a></div>"
    assert files(f"<p>附件：{LINK}</p>", around) == [FORM]
