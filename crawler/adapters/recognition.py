"""Tell a page's platform by its marks and by the addresses of its links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from config.model import Platform
from crawler.adapters.registry import AUTO, capabilities_of


def detect_platform(html: str, url: str, platforms: Mapping[str, Platform]) -> str:
    """The platform whose marks (and article addresses) a page carries; ``auto`` if none."""
    best, best_points = AUTO, 0.0
    links = re.findall(r"href\s*=\s*[\"']?([^\"'\s>]+)", html)[:600]
    path = urlsplit(url).path
    for key, platform in platforms.items():
        adapter = capabilities_of(platform)
        if adapter.reads_home_pages:
            continue  # its addresses are those of all the others
        points = sum(2.0 + len(mark) / 50 for mark in platform.marks if mark in html)
        points += 1.3 * any(mark in url for mark in platform.marks)
        if platform.article_url:
            pattern = re.compile(platform.article_url)
            if points or adapter.column_page_weight:
                points += 0.4 * min(sum(1 for link in links if pattern.search(link)), 6)
            points += 1.5 if pattern.search(path) else 0.0
        points += adapter.column_page_weight
        if points > best_points:
            best, best_points = key, points
    return best if best_points >= 1.2 else AUTO
