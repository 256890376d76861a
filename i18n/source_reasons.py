"""Translate the crawler's English reasons for a source's state into Chinese."""

from __future__ import annotations

import re

PHRASES: tuple[tuple[str, str], ...] = (
    # how the pass went
    (r"(\d+) requests in a row failed, the last one:", r"连续\1次请求失败，最后一次："),
    (r"; it asks to wait (\d+) s", r"；对方要求等待\1秒"),
    (r"the pass broke off:", "本次检查中断："),
    (r"the time of this pass is over", "本次检查时间已用完"),
    (r"^column page:", "栏目页："),
    (r"known page not read:", "已知页面未能读取："),
    (r"notice not read yet:", "通知尚未读取："),
    (r"notice still not read:", "通知仍未读取："),
    (r"notice kept from its list row only:", "仅按列表行保存通知："),
    (r"notice not understood:", "通知无法解析："),
    (r"attachment not read:", "附件未能读取："),
    # what the site answers
    (r"the site refuses the request", "网站拒绝请求"),
    (r"the site answers with a script challenge", "网站返回脚本验证"),
    (r"a challenge page came with (HTTP \d+)", r"返回了验证页（\1）"),
    (r"a challenge page came instead of the notice", "返回的是验证页而非通知"),
    (r"a challenge or block page came instead of the list", "返回的是验证或拦截页而非列表"),
    (
        r"an HTML page came where JSON was due: a block or challenge page",
        "应返回JSON却返回HTML页面：拦截页或验证页",
    ),
    (r"the site asks to slow down", "网站要求降低频率"),
    (r"the server fails", "服务器出错"),
    (r"the address does not exist", "地址不存在"),
    (r"an unexpected answer \((HTTP \d+)\) from ", r"意外的响应（\1）："),
    (r"the answer is not valid JSON", "响应不是有效的JSON"),
    (r"the answer is larger than allowed", "响应超过大小限制"),
    (r"the answer expands beyond the size allowed", "响应解压后超过大小限制"),
    (r"the answer was cut off", "响应被截断"),
    (r"no complete answer in time", "未在时限内收到完整响应"),
    (r"the host name (?:(\S+) )?cannot be resolved", r"域名\1无法解析"),
    (r"(\S+) resolves to an inner address", r"\1解析为内部地址"),
    (r"the connection was refused", "连接被拒绝"),
    (r"the connection failed", "连接失败"),
    (r"the redirects lead in a circle", "重定向形成循环"),
    (r"more than (\d+) redirects", r"重定向超过\1次"),
    (r"a redirect was refused:", "已拒绝重定向："),
    (r"the address leads off:", "地址指向站外："),
    (r"(\S+) is another host than the source's own", r"\1不是该来源自身的主机"),
    (r"(\S+) is a private or loopback address", r"\1是内网或本机地址"),
    (r"an address without scheme is not http", "地址缺少协议"),
    (r"(\S+) is not http$", r"\1不是http"),
    (r"robots\.txt forbids this address", "robots.txt禁止访问该地址"),
    (r"robots\.txt answers (\S+), which asks crawlers to wait", r"robots.txt返回\1，要求爬虫等待"),
    # what the list holds
    (
        r"(\d+)(?: rows?)? in the list where at least (\d+) are expected",
        r"列表仅\1行，预期至少\2行",
    ),
    (r"the newest notice is of (\S+), older than (\d+) days", r"最新通知日期为\1，已超过\2天"),
    (r"the dates go backwards: newest (\S+), before (\S+)", r"日期倒退：最新\1，此前\2"),
    (r"the list only leads from one request to the next", "列表只是反复转向下一请求"),
    (r"the list holds no notice link", "列表中没有通知链接"),
    (r"no row of the list is dated", "列表各行均无日期"),
    (r"no row of a link plus a date", "没有同时含链接和日期的行"),
    (r"rows carry no date", "各行没有日期"),
    (r"configured selector (.+?) found no dated row", r"配置的选择器\1未找到带日期的行"),
    (
        r"the page has no live rows; these stand inside an HTML comment",
        "页面没有有效的行，仅HTML注释中有",
    ),
    (r"; used fallback:rows", "；改用通用识别"),
    (r"; used fallback:datastore", "；改用页面的数据记录"),
    (r"; used fallback:script", "；改用脚本中的数据"),
    (r"; used commented", "；改用注释中的行"),
    (r"ids drifted:", "标识已变化："),
    (r"(\S+) is (\S+) on the site, (\S+) in the configuration", r"\1在网站上为\2，配置中为\3"),
    (r"the column page has no unit; used its own rows", "栏目页没有单元，改用页面自身的行"),
    (r"the column page names no unit", "栏目页未给出单元"),
    (r"the column page has no frame (\S+)", r"栏目页没有框架\1"),
    (r"the unit's answer is empty or holds no notice link", "单元的响应为空或没有通知链接"),
    (r"the unit answers (\S+)", r"单元返回\1"),
    (r"the record interface was read but ", "记录接口可读，但"),
    (r"records are malformed", "记录格式有误"),
    (r"it holds no record", "没有记录"),
    (r"the interface answers (\S+?)=(nothing|\S+) instead of (\S+)", r"接口返回\1=\2，应为\3"),
    (r"=nothing\b", "=空"),
    (r"(\S+) leads to nothing; the answer has ", r"\1没有内容；响应含有"),
    (r"(\S+) leads to nothing", r"\1没有内容"),
    (r"(field\.\w+) is not given", r"未给出\1"),
    (r"is not given", "未给出"),
    (r"; an entry of (\S+) has ", r"；\1的条目含有"),
    (r"an empty list", "空列表"),
    (r"(?<=含有)a list$", "列表"),
    # a known page
    (r"the page says:", "页面写明："),
    (r"the row left the list", "列表中已无此条"),
    (
        r"the notice left the list although the list still covers its date",
        "列表仍覆盖其日期，但已无此条",
    ),
    (r"the page of a listed notice is missing", "列表中的通知页面缺失"),
    (r"the address leads to an error page", "地址指向错误页"),
    (r"the address leads to the home page", "地址指向首页"),
)
_COMPILED = tuple((re.compile(pattern), chinese) for pattern, chinese in PHRASES)
_AFTER_COLON = re.compile("：\\s+")


def chinese_reason(reason: str) -> str:
    """The sentence in Chinese; a phrase that is not known stays English, and what the site or
    the system itself said stays as it is."""
    for pattern, chinese in _COMPILED:
        reason = pattern.sub(chinese, reason)
    return _AFTER_COLON.sub("：", reason).replace(" (", "（").replace(")", "）")
