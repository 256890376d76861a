"""The status of an act of the law list in words, with the day and the act that ended it."""

from __future__ import annotations

import re

from config.model import Bilingual
from config.registered_act import ActKind, WrongName
from domain.law.law_list import LawEntry
from i18n.phrases import Lang, clip, day, status_name

_HAN = re.compile(r"[\u4e00-\u9fff]")
_HELD = {
    "full": ("full text", "全文"),
    "articles": ("some articles", "部分条款"),
    "reference": ("reference only", "仅条目"),
}
_KINDS: dict[ActKind, tuple[str, str]] = {
    "law": ("law", "法律"),
    "administrative_regulation": ("administrative regulation", "行政法规"),
    "rule": ("rule of a department", "部门规章"),
    "normative_document": ("normative document", "规范性文件"),
    "plan": ("plan", "规划、方案"),
    "campaign": ("campaign", "专项行动"),
    "standard": ("standard", "标准"),
    "eu_regulation": ("regulation of the European Union", "欧盟条例"),
}
_STRENGTH = {
    True: ("mandatory standard", "强制性标准"),
    False: ("recommended standard", "推荐性标准"),
}


def status_line(entry: LawEntry, lang: Lang) -> str:
    """ "Repealed on 1 Apr 2026 by Order 73", "In force since 1 Apr 2026", "Draft"."""
    by = _ender(entry, lang)
    if entry.status == "repealed":
        replaced = entry.registered is not None and entry.registered.replaced_by
        how = ("Replaced", "代替") if replaced else ("Repealed", "废止")
        return _ended(*how, entry, by, lang)
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


def _ender(entry: LawEntry, lang: Lang) -> str:
    """The act that ended this one: in English by the name that people have for it."""
    act = entry.ended_by
    if act is not None and lang == "en":
        number = act.document_number or ""
        readable = number if number and not _HAN.search(number) else act.title_en
        return act.aliases_en[0] if act.aliases_en else readable
    return entry.replaced_by[0] if entry.replaced_by else ""


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


def kind_line(entry: LawEntry, lang: Lang) -> str:
    """What an act is: a law, a mandatory standard …; empty where the register does not say."""
    act = entry.registered
    if act is None or act.kind is None:
        return ""
    names = _KINDS[act.kind] if act.mandatory is None else _STRENGTH[act.mandatory]
    return names[0 if lang == "en" else 1]


def in_language(text: Bilingual, lang: Lang) -> str:
    """A text of the register, in Chinese where it has no English."""
    return text.zh if lang == "zh" else text.en or text.zh


def wrong_name_line(wrong: WrongName, lang: Lang) -> str:
    """That an act was asked for by a wrong name, and what is wrong with it."""
    why = in_language(wrong.why, lang)
    if lang == "zh":
        return f"“{wrong.name}”不是正确名称：{why}"
    return f"“{wrong.name}” is not its right name: {why}"


def validity_line(entry: LawEntry, lang: Lang) -> str:
    """What a library or the act's page prints of its validity; empty where none does."""
    if not entry.validity:
        return ""
    return f"库载：{entry.validity}" if lang == "zh" else f"a library says {entry.validity}"
