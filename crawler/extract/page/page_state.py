"""Recognise pages that are no notice: removed ones, and blocks or challenges of any status."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.extract.dom import (
    Element,
    absolute,
    between,
    clean_text,
    metas,
    parse_html,
    squeeze,
    text_of,
)
from crawler.extract.lists.list_finder import find_lists
from crawler.extract.page.blocks import read_blocks
from crawler.extract.page.body import find_body

_THING = r"(?:页面|网页|文章|内容|信息|文件|公告|通知|稿件|资源|文档|链接|栏目|网址|地址)"
_GONE = re.compile(
    rf"(?:{_THING}|您(?:要|所)?(?:访问|查看|浏览|查找|请求)的{_THING}?)[^，。；\n]{{0,16}}?"
    r"(?:不存在|(?:已经|已|可能已)?(?:被)?(?:删除|撤销|撤回|撤下|下架|下线|移除|移走|关闭|取消发布)|找不到|未找到|已过期|已失效)"
    rf"|(?:找不到|未找到|没有找到|无法找到)[^，。；\n]{{0,14}}?{_THING}"
    r"|(?:抱歉|对不起)[^。；\n]{0,24}(?:不存在|找不到|没有找到|已删除|被删除|走丢|迷路)"
    r"|(?:已|被)(?:管理员|发布者|发布单位)?(?:删除|撤回)[。！!]?$"
    r"|404\s*(?:Not\s*Found|错误|页面|Error)|(?:Error|错误)\s*404|HTTP\s*404|Not\s+Found|Page\s+not\s+found",
    re.I,
)
# For example Template not found: the program misses a part of its own, not the notice.
_PROGRAM = re.compile(
    r"exception|template|servlet|handler|\b(?:class|module|driver|bean|method|column|table)\b"
    r"|sql|数据库|数据源|模板|驱动|类库|配置文件",
    re.I,
)
_BLOCK_TEXT = re.compile(
    r"403\s*Forbidden|Access\s*(?:is\s*)?Denied|412\s*Precondition|Request\s*(?:has\s*been\s*)?(?:blocked|rejected)|"
    r"429\s*Too\s*Many|Too\s*Many\s*Requests|Just\s*a\s*moment|Checking\s*your\s*browser|Attention\s*Required|"
    r"enable\s*JavaScript\s*(?:and|to)|安全验证|访问验证|人机验证|滑动验证|身份验证中|请完成(?:下方|以下|下列|安全)?验证|"
    r"(?:请)?(?:输入|填写)(?:下图|图中|下方|右侧)?(?:的)?验证码(?:后)?(?:继续|访问|确认)|"
    r"(?:访问|请求|操作)(?:过于|太过|太)?频繁|访问(?:受限|被拒绝|被阻断|被拦截|异常|禁止)|(?:请求|访问)(?:已)?被(?:拦截|阻断|拒绝|阻止)|"
    r"拒绝(?:了您的)?访问|禁止访问|您的(?:IP|ip|请求|访问)[^。\n]{0,20}(?:拦截|阻断|限制|异常|攻击|封禁|黑名单)|"
    r"网站防火墙|云防护|创宇盾|网站卫士|安全狗|云锁|护卫神|知道创宇|Web\s*应用防火墙|WAF\b|"
    r"正在(?:进行)?(?:浏览器)?(?:安全)?(?:检查|检测|验证)|浏览器安全检查",
    re.I,
)
_SCRIPT_MARKS = (
    ("__jsl_clearance", re.compile(r"__jsl_clearance|__jsluid")),
    ("$_ts", re.compile(r"\$_ts\s*=|window\[['\"]\$_ts['\"]\]|\$_ts\.")),
    ("r=m script", re.compile(r"<script\b[^<>]*\sr=['\"]m['\"]", re.I)),
    ("acw_sc__v2", re.compile(r"acw_sc__v[23]|\barg1\s*=\s*['\"][0-9A-F]{20,}")),
    ("wzwschallenge", re.compile(r"wzws(?:challenge|_cid|_sessionid|_reurl)|WZWS", re.I)),
    ("yunsuo", re.compile(r"yunsuo_session|security_(?:session_)?verify", re.I)),
    ("cf-challenge", re.compile(r"cf[-_]chl|challenge-platform|turnstile", re.I)),
    (
        "captcha",
        re.compile(
            r"(?:ali|tencent|ge|hcap|recap)t?cha\w{0,40}\.js|TencentCaptcha|initGeetest", re.I
        ),
    ),
    (
        "cookie script",
        re.compile(r"document\.cookie\s*=.{0,400}location\.(?:href|reload|replace)", re.S),
    ),
)
_MAX_VISIBLE = 420
_MAX_SHELL = 80
_REFRESH = re.compile(r"\s*\d{0,2}(?:\.\d+)?\s*[;,]\s*url\s*=\s*['\"]?([^'\"\s]+)", re.I)
_LOCATION = re.compile(
    r"\blocation(?:\.href)?\s*(?:=|\.(?:replace|assign)\s*\()\s*(['\"])([^'\"<>\s]{1,500})\1", re.I
)
_CONDITION = re.compile(r"\b(?:if|else|function|navigator|switch|setTimeout)\b|=>|\?[^?:]*:")
_HOME = re.compile(r"/?(?:index\.\w+)?")
_PAGE = re.compile(r"\.s?html?$|/$|\.(?:jsp|aspx?|php|do)$", re.I)


def page_redirect(html: str, url: str) -> str | None:
    """Where an all but empty page sends its reader: by ``<meta http-equiv=refresh>``, by a
    script, or by a frame that holds everything.

    None for a page with text of its own, for one that says its notice is gone, for a script
    that sets a cookie first (a challenge, never solved) and for a way back to the front page.
    """
    root = parse_html(html)
    if len(squeeze("".join(_lines(root)))) > _MAX_SHELL or removal_text(html):
        return None
    if any(pattern.search(html) for _, pattern in _SCRIPT_MARKS):
        return None
    target = next((to for said in _told(root, html) if (to := absolute(url, said))), None)
    if target is None or target.partition("#")[0] == url.partition("#")[0]:
        return None
    homeward = _HOME.fullmatch(urlsplit(target).path) and not _HOME.fullmatch(urlsplit(url).path)
    return None if homeward else target


def _told(root: Element, html: str) -> Iterator[str]:
    for meta in root.iter("meta"):
        refresh = (meta.get("http-equiv") or "").lower() == "refresh"
        if refresh and (match := _REFRESH.match(meta.get("content") or "")):
            yield match[1]
    for script in between(html, "<script", "</script>"):
        # Under a condition it is for telephones, or for what a click may bring.
        if not _CONDITION.search(script) and (match := _LOCATION.search(script)):
            yield match[2]
    frames = [frame.get("src") or "" for frame in root.iter("iframe", "frame")]
    if len(frames) == 1 and not squeeze("".join(_lines(root))):
        parts = urlsplit(frames[0])
        if _PAGE.search(parts.path) and "file=" not in parts.query:
            yield frames[0]


def removal_text(html: str) -> str | None:
    """The sentence by which a page says that its notice is gone, whatever its status."""
    root = parse_html(html)
    lines = _lines(root)
    match = next(
        (found for line in lines if len(line) <= 120 and (found := _GONE.search(line))), None
    )
    title = clean_text(next((text_of(each) for each in root.iter("title")), ""))
    match = match or (_GONE.search(title) if len(title) <= 60 else None)
    if match is None or _PROGRAM.search(match.string):
        return None
    blocks = read_blocks(find_body(root).element)
    prose = "".join(block.text for block in blocks if len(block.text) >= 20)
    rest = squeeze(prose.replace(match[0], ""))
    if len(rest) > 200 or (metas(root).get("articletitle") and len(rest) > 60):
        return None
    return clean_text(match.string)[:120]


def challenge_marks(html: str) -> str | None:
    """What tells a block, verification or challenge page; None for an ordinary page.

    Ordinary notices may speak of 验证码 or 频繁访问: only pages with next to no text of
    their own are looked at.
    """
    root = parse_html(html)
    visible = "\n".join(_lines(root))
    if len(squeeze(visible)) > _MAX_VISIBLE or find_lists(html, "http://page.invalid/"):
        return None
    title = clean_text(next((text_of(each) for each in root.iter("title")), ""))
    if match := _BLOCK_TEXT.search(f"{title}\n{visible}"):
        return clean_text(match[0])
    if len(squeeze(visible)) <= 160:
        for name, pattern in _SCRIPT_MARKS:
            if pattern.search(html):
                return name
    return None


def _lines(root: Element) -> list[str]:
    """The visible text of a page line by line, element by element."""
    lines: list[str] = []
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in {"title", "option", "textarea"}:
            continue
        lines.extend(
            part for text in (element.text, element.tail) if text and (part := clean_text(text))
        )
    return lines
