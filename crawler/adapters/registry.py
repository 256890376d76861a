"""The adapters by the name that a platform file gives; a new adapter needs one line here."""

from __future__ import annotations

from config.model import Platform
from crawler.adapters.adapter import Capabilities, SimpleAdapter
from crawler.adapters.harvest import HarvestAdapter
from crawler.adapters.html_fragment import HtmlFragmentAdapter
from crawler.adapters.jpaas import JpaasAdapter
from crawler.adapters.jpage import JpageAdapter
from crawler.adapters.json_list import JsonListAdapter
from crawler.adapters.requests import InterfaceList
from crawler.adapters.static_list import StaticListAdapter

AUTO = "auto"  # tells the platform from the page, then takes one of these
ADAPTERS: dict[str, type[SimpleAdapter] | type[InterfaceList]] = {
    "static_list": StaticListAdapter,
    "jpage": JpageAdapter,
    "jpaas": JpaasAdapter,
    "json_list": JsonListAdapter,
    "html_fragment": HtmlFragmentAdapter,
    "harvest": HarvestAdapter,
}


class _AnyPage(Capabilities):
    list_is_html = True


def capabilities_of(platform: Platform) -> type[Capabilities]:
    """What the adapter of a platform says of itself."""
    return _AnyPage if platform.adapter == AUTO else ADAPTERS[platform.adapter]
