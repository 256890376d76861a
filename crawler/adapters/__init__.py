"""One adapter a CMS platform: text in, notice rows and the next request out."""

from __future__ import annotations

from collections.abc import Mapping

from config.model import Column, Platform, Source
from crawler.adapters.adapter import Adapter, ColumnContext
from crawler.adapters.auto import AutoAdapter
from crawler.adapters.registry import ADAPTERS, AUTO


def build(context: ColumnContext, platforms: Mapping[str, Platform]) -> Adapter:
    """The adapter of a column's platform, for one pass."""
    if context.platform.adapter == AUTO:
        return AutoAdapter(context, platforms)
    return ADAPTERS[context.platform.adapter](context)


def adapter_for(source: Source, column: Column, platforms: Mapping[str, Platform]) -> Adapter:
    """The adapter of a column's platform; KeyError for a platform that is not configured."""
    platform = platforms[source.platform]
    return build(ColumnContext(source=source, column=column, platform=platform), platforms)
