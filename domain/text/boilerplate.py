"""Recognise lines that a page renders anew each time: counters, share bars, printing hour.

Neighbours in the list are such lines too. They count in no comparison; the stored text keeps them.
"""

from __future__ import annotations

import re

from domain.text.counter_lines import without_counts

_SHORT = 160  # characters of a line that may be furniture
_DAY = r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_HOUR = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_WHEN = rf"(?:{_DAY}\s*(?:星期.)?\s*(?:{_HOUR})?|{_HOUR})"
_SEEN = r"(?:浏览|点击|阅读|访问|查看|下载|点赞|收藏|转发|评论|分享)"
_COUNT = r"[\[(（【]?\s*\d[\d,.]*\s*[万亿]?\+?\s*[\])）】]?\s*(?:人次|次数|次|人|遍)?"
# For example 浏览次数：1,234, 分享到： or 字号：大 中 小.
_FRAGMENT = re.compile(
    rf"(?:本文|本页|本站|总|累计|今日|页面)?{_SEEN}(?:总)?(?:次数|人次|人数|量|数|率)\s*[:：]?\s*{_COUNT}"
    rf"|{_SEEN}\s*[:：]\s*{_COUNT}"
    rf"|(?:本文|本页)?(?:已有|已被|共有|被)\s*{_COUNT}\s*{_SEEN}(?:过|了)?(?:本文|本页|\s*\d[\d,]*\s*次)?"
    rf"|(?:本文|本页)?已?被?{_SEEN}(?:过|了)?\s*\d[\d,]*\s*(?:人次|次)"
    r"|您是(?:本站)?第\s*\d[\d,]*\s*位(?:访客|访问者|读者)|在线(?:人数|用户)\s*[:：]?\s*\d+\s*人?"
    r"|(?:本页|页面|网页|最后|最近)?(?:打印|生成|刷新|渲染|缓存|载入|加载|访问|更新|当前|系统|服务器|北京)"
    rf"(?:时间|日期)\s*(?:是|为|[:：])?\s*{_WHEN}"
    rf"|(?:今天|今日|现在)是?\s*[:：]?\s*{_WHEN}\s*(?:星期.)?"
    r"|分享(?:本页|本文|文章)?(?:到|至)\s*[:：]?|新浪微博|腾讯微博|微信(?:好友|朋友圈)?|微博|朋友圈|QQ(?:空间|好友)?|人人网"
    r"|【?\s*(?:字体|字号)(?:大小)?\s*[:：]?\s*[\[(（]?\s*特?大\s*[|/]?\s*(?:中|默认|正常)\s*[|/]?\s*小\s*[\])）]?\s*】?"
    r"|打印(?:本页|此页|页面)?|关闭(?:窗口|本页|页面)?|收藏(?:本页)?|返回(?:顶部|首页|列表)|回到顶部|我要纠错"
    r"|(?:请)?(?:扫一扫|扫描二维码)[^，。；]{0,24}"
)
_NEIGHBOUR = re.compile(r"(?:[上下前后])一?[篇条页则]\s*(?:[:：]|没有了|暂无|无$|$).*")
# For example 发布时间：2026-11-28 10:05 or 来源：节能司.
_META = re.compile(
    rf"(?:发布|发表|公布|信息|文章)(?:时间|日期)\s*[:：]?\s*{_WHEN}"
    r"|(?:信息|文章|稿件)?(?:来源|作者|编辑|责任编辑|责编|发布机构)\s*[:：]\s*[\w\u4e00-\u9fff]{1,24}"
)
_JOINTS = re.compile(r"[\s|｜/·\[\]【】()（）,，.。:：、\-—_]+")
# For example 打印.
_TRIGGER = re.compile(
    rf"{_SEEN}|[:：]\d{{2}}|时间|日期|今天|今日|现在|微博|微信|QQ|字号|字体|打印|关闭|返回|回到顶部|纠错|"
    r"扫一扫|二维码|[上下前后]一?[篇条页则]|位访|在线"
)


def without_furniture(text: str) -> str:
    """The text without what only its page adds. A line of prose stays whole, whatever it says
    of counters; of a line of metadata the metadata stays."""
    if _TRIGGER.search(text):
        text = "\n".join(_cleaned(line) for line in text.split("\n"))
    return without_counts(text)


def _cleaned(line: str) -> str:
    if len(line) > _SHORT or not _TRIGGER.search(line):
        return line
    bare = line.strip()
    if _NEIGHBOUR.fullmatch(bare):
        return ""
    rest, found = _FRAGMENT.subn(" ", bare)
    if not found:
        return line
    said = _JOINTS.sub("", _META.sub("", rest))
    return line if said else rest.strip()
