"""Tell what state a page is in."""

from __future__ import annotations

import pytest

from crawler.extract.page.page_state import challenge_marks, removal_text

PROSE = (
    "<p>为了规范动力电池编码工作，现就有关事项通知如下，请遵照执行，并做好宣传贯彻工作。</p>" * 6
)
NAV = (
    "<div class='nav'>"
    + "".join(f"<a href='/c{n}/'>政务公开栏目{n}</a>" for n in range(12))
    + "</div>"
)


@pytest.mark.parametrize(
    "text",
    [
        "您访问的页面不存在或已被删除！", "对不起，您要查看的文章已删除。", "抱歉，找不到您要访问的页面", "该信息已下线",
        "404 Not Found", "页面不存在", "该文章已被撤回", "很抱歉，您访问的内容可能已被移除", "信息不存在或未发布",
        "抱歉！页面走丢了", "您查找的页面可能已经删除、更名或暂时不可用", "该文件已失效，页面已关闭",
    ],
)  # fmt: skip
def test_pages_that_say_they_are_gone(text: str) -> None:
    html = f"<html><head><title>提示信息</title></head><body>{NAV}<div><p>{text}</p><a href='/'>返回首页</a></div></body></html>"
    assert removal_text(html) is not None
    assert challenge_marks(html) is None


@pytest.mark.parametrize(
    "text",
    [
        "企业提交的材料不存在虚假内容的，予以受理。", "第十条 页面不存在应当公示的信息的，责令改正。", "逾期未报送的，从名单中移除。",
    ],
)  # fmt: skip
def test_notices_that_speak_of_removal_are_not_gone(text: str) -> None:
    assert (
        removal_text(
            f"<html><body>{NAV}<h1>关于编码的通知</h1><div id='zoom'>{PROSE}<p>{text}</p></div></body></html>"
        )
        is None
    )
    assert removal_text("<html><body></body></html>") is None


@pytest.mark.parametrize(
    "text", ["Template not found: detail.ftl", "找不到数据库文件", "class not found"]
)  # fmt: skip
def test_a_program_that_misses_a_part_of_its_own_says_nothing_of_the_notice(text: str) -> None:
    assert removal_text(f"<html><body><p>{text}</p></body></html>") is None


CHALLENGES = (
    "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>openresty</center></body></html>",
    "<html><body><script>document.cookie='__jsl_clearance_s=1;path=/';location.href=location.pathname</script></body></html>",
    "<html><head><meta id='x' content='y' r='m'><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1</script></head><body></body></html>",
    "<html><head><title>安全验证</title></head><body><p>请完成下方验证后继续访问</p></body></html>",
    "<html><body><h2>您的访问过于频繁，请稍后再试</h2></body></html>",
    "<html><body>请输入验证码后继续访问<img src='/captcha.png'><input></body></html>",
    "<html><head><title>访问被拦截</title></head><body>您的请求被网站防火墙拦截，事件编号：1</body></html>",
    "<html><head><title>Just a moment...</title></head><body></body></html>",
    "<html><script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567';</script></html>",
)


@pytest.mark.parametrize("html", CHALLENGES)
def test_blocks_and_challenges(html: str) -> None:
    assert challenge_marks(html)


def test_ordinary_pages_are_no_challenge() -> None:
    notice = f"<html><body>{NAV}<form>验证码<input></form><h1>关于短信验证码频繁访问问题的通告</h1>{PROSE}<script>var token='__jsl_clearance'</script></body></html>"
    assert challenge_marks(notice) is None
    shell = "<html><head><title>文件发布</title></head><body><div class='clist'><script url='/api-gateway/unit' queryData=\"{'webId':'1'}\"></script></div></body></html>"
    assert challenge_marks(shell) is None
    fragment = (
        "<ul><li><a href='/a.html'>关于开展安全验证工作的通知</a><span>2026-09-11</span></li></ul>"
    )
    assert challenge_marks(fragment) is None
