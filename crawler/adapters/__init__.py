"""One adapter a CMS platform: text in, notice rows and the next request out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from config.model import Column, Platform, Source
from crawler.adapters.adapter import Adapter, ColumnContext
from crawler.adapters.auto import AutoAdapter
from crawler.adapters.harvest import HarvestAdapter
from crawler.adapters.html_fragment import HtmlFragmentAdapter
from crawler.adapters.jpaas import JpaasAdapter
from crawler.adapters.jpage import JpageAdapter
from crawler.adapters.json_list import JsonListAdapter
from crawler.adapters.static_list import StaticListAdapter

_ADAPTERS: dict[str, Callable[[ColumnContext], Adapter]] = {
    "static_list": StaticListAdapter,
    "jpage": JpageAdapter,
    "jpaas": JpaasAdapter,
    "json_list": JsonListAdapter,
    "html_fragment": HtmlFragmentAdapter,
    "harvest": HarvestAdapter,
}


def build(context: ColumnContext, platforms: Mapping[str, Platform]) -> Adapter:
    """The adapter of a column's platform, for one pass."""
    if context.platform.adapter == "auto":
        return AutoAdapter(context, platforms)
    return _ADAPTERS[context.platform.adapter](context)


def adapter_for(source: Source, column: Column, platforms: Mapping[str, Platform]) -> Adapter:
    """The adapter of a column's platform; KeyError for a platform that is not configured."""
    platform = platforms[source.platform]
    return build(ColumnContext(source=source, column=column, platform=platform), platforms)
