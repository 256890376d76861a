"""The status of an act of the law list in words, with the day and the act that ended it."""

from __future__ import annotations

from domain.law.law_list import LawEntry
from i18n.phrases import Lang, clip, day, status_name

_HELD = {
    "full": ("full text", "全文"),
    "articles": ("some articles", "部分条款"),
    "reference": ("reference only", "仅条目"),
}


def status_line(entry: LawEntry, lang: Lang) -> str:
    """ "Repealed on 1 Apr 2026 by Order 73", "In force since 1 Apr 2026", "Draft"."""
    by = entry.replaced_by[0] if entry.replaced_by else ""
    if entry.status == "repealed":
        return _ended("Repealed", "废止", entry, by, lang)
    if entry.status == "expired":
        return _ended("Expired", "失效", entry, by, lang)
    if entry.status == "not_yet" and entry.effective:
        when = day(entry.effective, lang)
        return f"Takes effect on {when}" if lang == "en" else f"{when}起施行"
    if entry.status == "not_known":
        return "Not known on that day" if lang == "en" else "当日状态不详"
    if entry.status == "not_yet":
        return "Not yet issued" if lang == "en" else "尚未发布"
    name = status_name(entry.status, lang) or entry.status
    name = name[:1].upper() + name[1:]
    if entry.status in ("in_force", "amended", "partly_repealed"):
        return _since(name, entry, by, lang)
    return name


def _since(name: str, entry: LawEntry, by: str, lang: Lang) -> str:
    since = day(entry.effective, lang) if entry.effective else ""
    changed = by if entry.status in ("amended", "partly_repealed") else ""
    if lang == "zh":
        told = f"{name}（自{since}）" if since else name
        return f"{told}，见{clip(changed, 60)}" if changed else told
    told = f"{name} since {since}" if since and entry.status == "in_force" else name
    return f"{told} by {clip(changed, 60)}" if changed else told


def _ended(english: str, chinese: str, entry: LawEntry, by: str, lang: Lang) -> str:
    when = day(entry.ended, lang) if entry.ended else ""
    if lang == "zh":
        source = f"被{clip(by, 60)}" if by else ""
        return f"{when}{source}{chinese}" if when else f"{source}{chinese}（日期未载明）"
    told = f"{english} on {when}" if when else f"{english} (day not known)"
    return f"{told} by {clip(by, 60)}" if by else told


def held_name(entry: LawEntry, lang: Lang) -> str:
    """What is at hand of the text."""
    return _HELD[entry.held][0 if lang == "en" else 1]
