"""One adapter a CMS platform: text in, notice rows and the next request out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from config.model import Column, Platform, Source
from crawler.adapters.auto import Auto
from crawler.adapters.base import Adapter, ColumnContext
from crawler.adapters.harvest import Harvest
from crawler.adapters.html_fragment import HtmlFragment
from crawler.adapters.jpaas import Jpaas
from crawler.adapters.jpage import Jpage
from crawler.adapters.json_list import JsonList
from crawler.adapters.static_list import StaticList

_ADAPTERS: dict[str, Callable[[ColumnContext], Adapter]] = {
    "static_list": StaticList,
    "jpage": Jpage,
    "jpaas": Jpaas,
    "json_list": JsonList,
    "html_fragment": HtmlFragment,
    "harvest": Harvest,
}


def build(context: ColumnContext, platforms: Mapping[str, Platform]) -> Adapter:
    """The adapter of a column's platform, for one pass."""
    if context.platform.adapter == "auto":
        return Auto(context, platforms)
    return _ADAPTERS[context.platform.adapter](context)


def adapter_for(source: Source, column: Column, platforms: Mapping[str, Platform]) -> Adapter:
    """The adapter of a column's platform; KeyError for a platform that is not configured."""
    platform = platforms[source.platform]
    return build(ColumnContext(source=source, column=column, platform=platform), platforms)
