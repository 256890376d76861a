"""Read from a column's page the identifiers that its list requests need."""

from __future__ import annotations

import ast
import json
import re
from urllib.parse import parse_qsl, unquote, urlsplit

_QUERY_DATA = re.compile(r"queryData\s*=\s*\"(\{[^\"]*\})\"|queryData\s*=\s*'(\{[^']*\})'", re.I)
_UNIT_URL = re.compile(
    r"(?:unitUrl|url)\s*=\s*[\"']([^\"']*?/front/page/build/unit[^\"']*)[\"']", re.I
)
_PROXY = re.compile(
    r"/module/(?:web/)?jpage/(?:dataproxy|[^\"'<>\s]{0,80}?)\.jsp\?([^\"'<>\s\]]+)", re.I
)
_UNIT_ID = re.compile(r"unitid['\"]?\s*[:=]\s*['\"]?(\d+)", re.I)
_SID = re.compile(r"\bSID\b['\"]?\s*[:=]\s*['\"]?(\d+)")
_CHANNEL = re.compile(r"channel_?id['\"]?\s*[:=]\s*['\"]?([0-9a-zA-Z]{6,40})", re.I)


def page_parameters(html: str, url: str) -> dict[str, str]:
    """Identifiers that a column page reveals for its list requests; the address of a jpaas
    unit names its own."""
    parts = urlsplit(url)
    if parts.path.endswith("/front/page/build/unit"):
        return dict(parse_qsl(parts.query))
    return _in_page(html, url)


def _in_page(html: str, url: str) -> dict[str, str]:
    found: dict[str, str] = {}
    units = jpaas_units(html)
    if units:
        found |= _best_unit(units)
        if match := _UNIT_URL.search(html):
            found["url"] = match[1]
        return found
    if match := _PROXY.search(html):
        found |= {
            key: value
            for key, value in parse_qsl(match[1].replace("&amp;", "&"))
            if key
            in {"columnid", "unitid", "webid", "col", "appid", "webname", "permissiontype", "path"}
        }
    if "jpage(" in html or "<datastore" in html:
        if "unitid" not in found and (match := _UNIT_ID.search(html)):
            found["unitid"] = match[1]
        if "columnid" not in found and (match := re.search(r"/col/col(\d+)/", url)):
            found["columnid"] = match[1]
    if "/gkmlpt/" in html + url and (match := _SID.search(html)):
        found["sid"] = match[1]
        if fragment := urlsplit(url).fragment:
            found["category"] = fragment.strip("#")
    if ("ucap" in html.lower() or "/common/search/" in html) and (match := _CHANNEL.search(html)):
        found["channelId"] = match[1]
    return found


def jpaas_units(html: str) -> list[dict[str, str]]:
    """The parameter sets (queryData) of every unit on a jpaas column page."""
    units: list[dict[str, str]] = []
    for double, single in _QUERY_DATA.findall(html):
        text = (double or single).replace("&quot;", '"').replace("&#39;", "'")
        if (unit := _mapping(text)) and unit not in units:
            units.append(unit)
    return units


def _mapping(text: str) -> dict[str, str] | None:
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(text)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, dict):
            return {str(key): unquote(str(each)) for key, each in value.items()}
    return None


def _best_unit(units: list[dict[str, str]]) -> dict[str, str]:
    """The unit that holds the list: by the name of its block, else the last one."""
    for wanted in ("分页列表", "右侧内容", "内容区域", "列表", "内容"):
        for unit in units:
            if wanted in unit.get("tagId", ""):
                return unit
    return units[-1]
