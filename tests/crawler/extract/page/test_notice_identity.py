"""Whether a page is believed to be the notice of its address."""

from __future__ import annotations

import pytest

from crawler.extract.page.notice_identity import EarlierNotice, doubt
from crawler.extract.page.notice_parser import parse_notice
from domain.records.observation import NoticeRef

TITLE = "关于做好退役电池回收网点信息报送工作的通知"
NUMBER = "甲工信节〔2026〕31号"
PARAGRAPHS = [
    "各市工业和信息化局：",
    "为掌握回收网点情况，现就信息报送有关事项通知如下。",
    "一、回收网点应当自设立之日起十五日内报送名称、地址和贮存能力。",
    "二、贮存能力发生变化的，应当在五日内更正。",
    "三、未按规定报送的，由主管部门责令改正，处二千元以上一万元以下罚款。",
    "四、各市于每年三月底前汇总上年度情况。",
    "甲省工业和信息化厅",
    "2026年11月12日",
]


def page(*paragraphs: str, title: str = TITLE, head: str = TITLE, box: str = "") -> str:
    body = "".join(f"<p>{line}</p>" for line in paragraphs)
    return (
        f"<html><head><title>{title}</title></head><body><div class=nav><a href='/'>首页</a></div>"
        f"<div class=con><h1>{head}</h1><div class=xx>发布时间：2026-11-12 来源：甲省工信厅</div>"
        f"<div class=txt>{body}{box}</div></div><div class=footer>版权所有</div></body></html>"
    )


def verdict(html: str, *, known: bool = True, listed: str = TITLE, **earlier: object) -> str:
    """The code of the reason for not believing a page; empty when it is believed."""
    row = NoticeRef(url="http://a.gov.cn/art/1.html", title=listed)
    first = parse_notice(page(*PARAGRAPHS), row.url, row=row)
    known_of = {
        "titles": (first.title, listed), "number": first.document_number, "text": first.text,
        "read": True,
    }  # fmt: skip
    made = EarlierNotice(**({**known_of, **earlier} if known else {"titles": (listed,)}))  # type: ignore[arg-type]  # a test's shorthand
    why = doubt(made, parse_notice(html, row.url, row=row), html)
    return why.code.removeprefix("source.answer_") if why else ""


NO_NOTICE = {
    "nothing": ("", "empty"),
    "an empty page": ("<html><head></head><body></body></html>", "empty"),
    "maintenance": ("<html><body><h2>系统升级维护中，请于明日再来。</h2></body></html>", "maintenance"),
    "a dated notice of maintenance": (
        page("因机房检修，本网站于11月28日至30日暂停访问。", title="停机公告", head="停机公告"),
        "maintenance",
    ),
    "construction": ("<html><title>Under Construction</title><body>Coming soon</body></html>", "maintenance"),
    "a login": (
        "<html><title>政务服务网</title><body><form>账号<input><input type=password></form></body></html>",
        "login",
    ),
    "a session that ended": ("<html><body>会话已过期，请重新登录</body></html>", "login"),
    "JSON": ('{"success":false,"errCode":"E1001","data":null}', "json"),
    "JSON without words": ('[]', "json"),
    "a stack trace": (
        "<html><title>Whitelabel Error Page</title><body><pre>org.springframework.web.util."
        "NestedServletException at a.b.C</pre></body></html>",
        "error",
    ),
    "a database error": ("<html><body>数据库连接失败</body></html>", "error"),
    "a gateway": ("<html><title>502 Bad Gateway</title><body>nginx</body></html>", "error"),
    "too many visitors": ("<html><body>访问人数过多，请稍候重试</body></html>", "busy"),
    "the heading alone": (page(), "empty"),
    "the heading and a spinner": (page("数据加载中..."), "loading"),
    "the heading and a review": (page("内容审核中，暂未发布。"), "withheld"),
    "the heading and no permission": (page("您没有权限查看此信息"), "withheld"),
    "the heading and a failure": (page("页面出错了"), "error"),
    "the heading and one sentence": (page("本栏目内容以省政府门户网站公布的为最终口径，欢迎监督。"), "little"),
    "the heading and one odd line": (page("谢谢浏览"), "empty"),
    "another notice": (
        page(
            "各有关企业：", "现将第二批智能工厂申报事项予以公布，请于月底前将申报书报送至装备处。" * 4,
            title="关于组织申报智能工厂的通知", head="关于组织申报智能工厂的通知",
        ),
        "other",
    ),
    "the front page with a link to it": (
        "<html><title>甲省工业和信息化厅</title><body><ul>"
        + f"<li><a href='/art/1.html'>{TITLE}</a></li>"
        + "".join(f"<li><a href='/art/{n}.html'>本厅召开第{n}次专题会议研究工作</a></li>" for n in range(2, 30))
        + "</ul><div>" + "厅领导赴基层调研工业经济运行情况，强调要坚定信心。" * 12 + "</div></body></html>",
        "other",
    ),
    "a page cut off": (page(*PARAGRAPHS)[: page(*PARAGRAPHS).index("四、各市")], "cut"),
}  # fmt: skip


@pytest.mark.parametrize("name", NO_NOTICE)
def test_what_stands_in_a_notices_place_is_named(name: str) -> None:
    html, code = NO_NOTICE[name]
    assert verdict(html) == code


def edited(old: str, new: str) -> str:
    return page(*(line.replace(old, new) for line in PARAGRAPHS))


BELIEVED = {
    "as it was": page(*PARAGRAPHS),
    "a number": edited("十五日", "三十日"),
    "a paragraph gone": page(*PARAGRAPHS[:4], *PARAGRAPHS[5:]),
    "half of it gone": page(*PARAGRAPHS[:4], *PARAGRAPHS[6:]),
    "another title": page(*PARAGRAPHS, title="关于报送回收网点情况的函", head="关于报送回收网点情况的函"),
    "a text written anew": page(*["网点信息改由统一平台采集，不再使用纸质表格，填报口径见平台首页说明。"] * 6),
    "the word that it ended": page("本通知自2026年12月1日起废止。"),
    "the word that another counts": page("以重新印发的文件为准。"),
    "an error in it corrected": page("本通知附件数据有误，现予更正。"),
    "a file in place of the text": page(box="<p><a href='/art/1.pdf'>通知全文.pdf</a></p>"),
    "no closing tags, nothing missing": page(*PARAGRAPHS).replace("</body></html>", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BELIEVED)
def test_an_edited_notice_is_still_the_notice(name: str) -> None:
    assert verdict(BELIEVED[name]) == ""


def test_a_retitled_and_rewritten_page_is_believed_when_its_list_says_so_too() -> None:
    new = "关于调整网点信息报送方式的公告"
    html = page("网点信息改由统一平台采集，口径见平台说明。" * 8, title=new, head=new)
    assert verdict(html) == "other"
    assert verdict(html, titles=(TITLE, new)) == ""


def test_a_page_that_always_lacked_its_end_is_not_cut_off() -> None:
    html = page(*PARAGRAPHS[:6]).replace("</body></html>", "")
    assert verdict(html) == "cut"
    assert verdict(html, was_closed=False) == ""


FIRST = {
    "the notice": (page(*PARAGRAPHS), ""),
    "its title cut short in the list": (page(*PARAGRAPHS), ""),
    "a scan": (page(box="<img src='/art/1.png'>"), ""),
    "a short notice": (page("定于12月3日上午举行培训，请准时参加。"), ""),
    "a heading and a logo": (page(box="<img src='/images/logo.png'>"), "empty"),
    "a few words": (page("公示期满无异议。"), ""),
    "a notice of an outage": (page("因服务器故障，申报系统暂停使用，恢复时间另行通知。"), ""),
    "a long text under another title": (page("按照有关规定，" * 90, title="首页", head=""), ""),
    "only a heading": (page(), "empty"),
    "a spinner": (page("正在加载"), "loading"),
    "a login": ("<html><title>登录</title><body><input type=password></body></html>", "login"),
    "maintenance": ("<html><body>网站维护中</body></html>", "maintenance"),
    "nothing": (" ", "empty"),
    "JSON": ('{"code":-1}', "json"),
}


@pytest.mark.parametrize("name", FIRST)
def test_a_first_look_takes_what_is_not_plainly_something_else(name: str) -> None:
    html, code = FIRST[name]
    listed = TITLE[:12] + "…" if "cut short" in name else TITLE
    assert verdict(html, known=False, listed=listed) == code


def test_the_title_of_a_notice_may_speak_of_what_an_error_page_says() -> None:
    title = "关于溯源平台系统异常处理情况的公告"
    html = page("系统异常已于昨日排除。", title=title, head=title)
    assert verdict(html, known=False, listed=title) == ""


def test_notices_that_differ_in_the_act_they_name_are_two() -> None:
    titles = [
        f"关于公开征求《{name}》意见的通知" for name in ("回收网点建设规范", "拆解企业信用办法")
    ]
    text = (
        "各有关单位：",
        "现公开征求意见，请将修改意见以书面形式反馈我厅节能处，截止时间见文末。",
        "联系人：王工",
    )
    other = page(*text, "截止时间为年底。", title=titles[1], head=titles[1])
    known = {"titles": (titles[0],), "text": "\n".join((*text, *PARAGRAPHS[2:6]))}
    assert verdict(other, listed=titles[0], **known) == "other"
    assert verdict(other, listed=titles[1], **{**known, "titles": (titles[1],)}) == ""


NO_FIRST = {
    "a callback": ('cb_1({"code":403,"msg":"sign"});', "json"),
    "a store's answer": ("<?xml version='1.0'?><Error><Code>NoSuchKey</Code></Error>", "error"),
    "a lost page": ("<html><body>哎呀，您访问的页面跑到火星去了</body></html>", "error"),
    "a fresh server": ("<html><title>Welcome to nginx!</title><body>Welcome to nginx!</body></html>", "error"),
    "a name that ran out": ("<html><body>该域名已过期，请联系注册商续费。</body></html>", "error"),
    "a site without registration": ("<html><body>该网站暂未进行备案，无法访问</body></html>", "error"),
    "an old browser": ("<html><body>您的浏览器版本过低，建议升级浏览器</body></html>", "loading"),
    "advertisements": (f"<html><body>{'澳门新葡京彩票棋牌真人视讯送彩金 ' * 9}</body></html>", "other"),
    "a list": (
        "<html><title>某厅</title><body>"
        + "".join(f"<li><a href='/a/{n}.html'>关于开展第{n}批申报的通知</a>11-{n}</li>" for n in range(10, 30))
        + "</body></html>",
        "other",
    ),
    "the heading over the site's own outage": (
        page("尊敬的用户，您好！", "因电力检修，门户网站将于2026年11月30日晚停止对外服务，届时将无法访问。"),
        "maintenance",
    ),
    "the heading for members only": (page("该内容仅限注册企业用户查阅，请先登录平台。"), "withheld"),
    "the heading and a promise": (page("（此件正在脱密处理，稍后发布）"), "withheld"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NO_FIRST))
def test_what_is_no_notice_is_none_at_a_first_look_either(name: str) -> None:
    html, code = NO_FIRST[name]
    assert verdict(html, known=False) == code
    assert verdict(html) != ""


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于政务服务平台系统升级的公告", ["本平台将于11月30日升级改造，期间暂停服务。"]),
        ("关于未备案回收网点的通报", ["下列网点未备案，责令限期改正，特此通报。"]),
        (TITLE, ["此件依申请公开。"]),
    ],
)
def test_short_notices_of_such_words_are_notices(title: str, lines: list[str]) -> None:
    html = page(*lines, title=title, head=title)
    assert verdict(html, known=False, listed=title) == ""
