"""Translate into Chinese why a page could not be shown."""

from __future__ import annotations

import re

PHRASES: tuple[tuple[str, str], ...] = (
    (r"no such notice", "没有此通知"),
    (r"no such versions", "没有这些版本"),
    (r"no such evidence", "没有此原件"),
    (r"no such source", "没有此来源"),
    (r"no such saved search", "没有此已存检索"),
    (r"no such dead letter", "没有此发送失败的消息"),
    (r"no text is kept", "未保存文本"),
    (r"no data fields", "没有数据项"),
    (r"there is no login here", "此处无需登录"),
    (r"this archive is served without its sources", "本存档未连接来源"),
    (r"this link is not known here", "此链接无效"),
    (r"the notice of this link is no longer here", "此链接的通知已不在"),
    (r"these texts are too long to compare on a page", "文本过长，无法在页面上比对"),
    (r"this form is too large", "表单过大"),
    (r"this form is too old: open the page again", "表单已过期：请重新打开页面"),
    (r"a subscription has this name; choose another", "已有订阅使用此名称，请另选"),
    (r"only editors may .*", "仅编辑人员可以进行此操作"),
    (r"name: a saved search needs a name", "请填写检索名称"),
    (r"on: expected a day that is still to come", "请选择今天或以后的日期"),
    (r"who: expected a name", "请填写姓名"),
    (r"before and after: expected two different notices", "请选择两份不同的通知"),
    (r"(\w+): expected a date such as (\S+)", r"\1：应为日期，如\2"),
    (r"(\w+): expected a number", r"\1：应为数字"),
    (r"(\w+): expected (\d+) to (\d+)", r"\1：应为\2至\3"),
    (r"q: expected at most (\d+) characters", r"检索词最多\1个字"),
    (r"cursor: expected the next_cursor of the page before", "cursor：应为上一页的next_cursor"),
    (r"(\w+): expected (.+)", r"\1：应为\2"),
    (r"Not Found", "没有此页面"),
    (r"Method Not Allowed", "不支持此请求方式"),
    (r"internal error", "内部错误"),
)
_COMPILED = tuple((re.compile(pattern), chinese) for pattern, chinese in PHRASES)


def chinese_complaint(detail: str) -> str:
    """The sentence in Chinese; one that is not known stays English."""
    for pattern, chinese in _COMPILED:
        match = pattern.fullmatch(detail)
        if match:
            return match.expand(chinese)
    return detail
