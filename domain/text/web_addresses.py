"""Tell one page's addresses from those of others, whatever the visit adds to them."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# /n/1.html;jsessionid=0A1B, /(S(h3k1…24 characters))/show.aspx, /(X(1)S(h3k1…))/show.aspx
_SESSION_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sessionid|sid)=[^/;?#]*"
    r"|/\((?=[^/]*[SAF]\([\w-]{10,}\))(?:[SAFX]\([\w-]*\))+\)(?=/)",
    re.I,
)
_SESSION_NAME = re.compile(
    r"(?:jsessionid|phpsessid|aspsessionid\w*|asp\.net_sessionid|session_?id|sessid|session)", re.I
)
_TOKEN = re.compile(
    r"(?=[a-z]*\d)[0-9a-z_-]{16,}", re.I
)  # what a sid is, and no number of a notice
_OF_THE_MOMENT = frozenset(
    {"_", "rand", "random", "rnd", "nocache", "timestamp", "_t", "_ts", "ts"}
)
_MAY_BE_A_MOMENT = frozenset({"t", "v", "r", "ver", "time", "tm", "date", "dt", "d", "k", "m"})
# 1764468001, 1764468001123, 0.8371, 20261128093015
_MOMENT = re.compile(r"1[4-9]\d{8}(?:\d{3})?|0?\.\d{2,}|20\d{2}[01]\d[0-3]\d\d{6}(?:\d{3})?")
# ?token=9f2c1b7d8e1a4c55: given to a visit, though some sites want it back
_PASS_NAME = re.compile(r"(?:access|auth|csrf|req(?:uest)?)?_?token|_?csrf", re.I)
_COLD_FUSION = frozenset({"cfid", "cftoken"})  # the two together name a visit
_TRACKING = re.compile(r"utm_\w+|spm|isappinstalled", re.I)
_FRONT = re.compile(r"/(?:index|default)\.(?:s?html?|jsp|aspx?|php)$|/$", re.I)
_PORTS = {"http": ":80", "https": ":443"}


def without_session(url: str) -> str:
    """The address without what names the visit: ``;jsessionid=…``, ``PHPSESSID=…``."""
    parts = _parts(url)
    path = _SESSION_IN_PATH.sub("", parts.path)
    pairs = parts.query.split("&")
    if {pair.partition("=")[0].lower() for pair in pairs} >= _COLD_FUSION:
        pairs = [pair for pair in pairs if pair.partition("=")[0].lower() not in _COLD_FUSION]
    kept = [pair for pair in pairs if not _is_session(pair)]
    query = "&".join(kept)
    if path == parts.path and query == parts.query:
        return url
    return urlunsplit(parts._replace(path=path, query=query))


def without_dots(url: str) -> str:
    """The address with ``/./`` and ``/a/../`` of its path resolved (RFC 3986 5.2.4)."""
    parts = _parts(url)
    path = _resolved(parts.path)
    return url if path == parts.path else urlunsplit(parts._replace(path=path))


def address_key(url: str, *, moments: bool = False) -> str:
    """What all addresses of one page have in common: no scheme, no session, no dot segments,
    no time stamp and no visit's token (except with ``moments``), no name of a front page,
    parameters in one order, one spelling of percent-encoding."""
    parts = _parts(without_session(url))
    host = parts.netloc.lower().removesuffix(_PORTS.get(parts.scheme, ""))
    pairs = [pair for pair in _pairs(parts) if moments or not _is_of_the_moment(*pair)]
    query = f"?{urlencode(sorted(pairs))}" if pairs else ""
    return f"{host}{_FRONT.sub('', _spelled(_resolved(parts.path)))}{query}"


def parameter_names(url: str) -> tuple[str, ...]:
    """The names in an address's query, each once."""
    return tuple(dict.fromkeys(name for name, _ in _pairs(_parts(url))))


def without_parameter(url: str, name: str) -> str:
    """The key of an address without one of its parameters."""
    parts = _parts(url)
    kept = urlencode([pair for pair in _pairs(parts) if pair[0] != name])
    return address_key(urlunsplit(parts._replace(query=kept)))


def standing(url: str) -> tuple[bool, bool, int, str]:
    """A sort key that puts first which of one page's addresses stands for it."""
    http = not url.lower().startswith("https:")
    return http, address_key(url) != address_key(url, moments=True), len(url), url


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url.partition("#")[0].strip())
    except ValueError:
        return SplitResult("", "", url, "", "")


def _pairs(parts: SplitResult) -> list[tuple[str, str]]:
    return parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200) if parts.query else []


def _resolved(path: str) -> str:
    if "/." not in path and "/%2e" not in path.lower():
        return path
    kept: list[str] = []
    dotted = [re.sub("%2e", ".", each, flags=re.I) for each in path.split("/")]
    for each in dotted:
        if each == ".." and len(kept) > 1:
            kept.pop()
        elif each not in {".", ".."}:
            kept.append(each)
    if dotted[-1] in {".", ".."}:
        kept.append("")
    return "/".join(kept)


def _spelled(path: str) -> str:
    """Escapes in capitals, unneeded ones undone (RFC 3986 6.2.2), other characters escaped."""
    return quote(
        unquote(path, errors="surrogateescape"), safe="/:;=@!$&'()*+,~", errors="surrogateescape"
    )


def _is_session(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return bool(_SESSION_NAME.fullmatch(name)) or (
        name.lower() == "sid" and bool(_TOKEN.fullmatch(value))
    )


def _is_of_the_moment(name: str, value: str) -> bool:
    known = name.lower()
    if known in _OF_THE_MOMENT or _TRACKING.fullmatch(known):
        return True
    if _PASS_NAME.fullmatch(known) and _TOKEN.fullmatch(value):
        return True
    return known in _MAY_BE_A_MOMENT and bool(_MOMENT.fullmatch(value))
