"""When a known page is looked at again, and what its being gone means."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

# Age of the youngest of publication and last change -> time to the next look.
_STEPS = (
    (timedelta(days=2), timedelta(hours=1)),
    (timedelta(days=7), timedelta(hours=6)),
    (timedelta(days=30), timedelta(days=1)),
    (timedelta(days=180), timedelta(days=7)),
)
_SELDOM = timedelta(days=30)
REGISTERED = timedelta(days=1)
# A missing page is looked at again soon, so that a withdrawal is confirmed within the hour.
SUSPECT = timedelta(minutes=30)

_REMOVED = re.compile(
    r"(?:您|你)?(?:所)?(?:访问|浏览|查看|请求|查找)的(?:页面|文章|内容|信息|文件|网页|资源)[^。]{0,12}"
    r"(?:不存在|已(?:经)?(?:被)?(?:删除|移除|撤销|撤下|下线|失效|过期)|没有找到|找不到|无法找到)"
    r"|(?:该|此|本)(?:页面|文章|内容|信息|文件|网页|稿件|公告|通知)[^。]{0,10}"
    r"(?:不存在|已(?:经)?(?:被)?(?:删除|移除|撤销|撤下|撤回|下线|下架))"
    r"|(?:页面|网页|文章|信息|内容)(?:不存在|已(?:经)?(?:被)?(?:删除|移除|下线|撤销|撤下))"
    r"|404\s*(?:not found|错误|页面)|page not found",
    re.IGNORECASE,
)
_ERROR_PATH = re.compile(r"/(?:40[34]|error|notfound|page_?not_?found)\w*(?:\.\w+)?/?$", re.I)


def next_look(
    now: datetime,
    published: date | None,
    changed_at: datetime | None,
    *,
    registered: bool = False,
) -> datetime:
    """Hourly for a young or lately changed page, by steps down to monthly.

    The moments are spread by up to a tenth of the interval, from the page's own times, so that
    a first pass does not make all its pages due at once.
    """
    ages = []
    if published is not None:
        ages.append(now.date() - published)
    if changed_at is not None:
        ages.append(now - changed_at)
    age = max(timedelta(0), min(ages, default=timedelta(0)))
    interval = next((step for limit, step in _STEPS if age <= limit), _SELDOM)
    if registered:
        interval = min(interval, REGISTERED)
    return now + interval


def spread(moment: datetime, now: datetime, url: str) -> datetime:
    """The moment moved forward by up to a tenth of its distance, always alike for one address."""
    part = (sum(url.encode()) % 100) / 1000
    return moment + (moment - now) * part


def removal_reason(asked: str, landed: str, text: str, body_characters: int) -> str | None:
    """Why an answer with status 200 says that the notice is gone, or None."""
    if landed != asked:
        path = urlsplit(landed).path
        if _ERROR_PATH.search(path):
            return "the address leads to an error page"
        if path in {"", "/", "/index.html", "/index.shtml"} and urlsplit(asked).path != path:
            return "the address leads to the home page"
    if body_characters < 200 and (match := _REMOVED.search(text[:20_000])):
        return f"the page says: {match[0][:60]}"
    return None


def confirms(now: datetime, first_look: datetime | None, looks: int, *, everything: bool) -> bool:
    """Whether this look at a missing notice is the second one that a withdrawal needs."""
    if looks < 1:
        return False
    return everything or first_look is None or now - first_look >= SUSPECT
