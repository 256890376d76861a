"""Tell addresses that look like a notice's from those that look like a column's."""

from __future__ import annotations

import re

from crawler.extract import printed_dates

ARTICLE = re.compile(
    r"/m?post_\d+\.html?|/art[_/]|/t?\d{6,}\.s?html?|[_/]\d{5,}\.s?html?|/content(?:_|/)\w*\d|"
    r"[?&](?:id|docid|articleid|infoid|newsid|guid)=\w+|/[0-9a-f]{16,}\.s?html?|/detail|/info/",
    re.I,
)
NOT_ARTICLE = re.compile(
    r"/(?:index|default|list|main|home)(?:_\d+)?\.(?:s?html?|jsp|aspx?|php)$|/$", re.I
)


def looks_like_article(url: str) -> bool:
    """Whether an address has the shape of a notice's and not of a column's."""
    if printed_dates.url_date(url):
        return True
    return bool(ARTICLE.search(url)) and not NOT_ARTICLE.search(url)
