"""The automatic numbers of a .docx: which list a paragraph belongs to, and what stands there."""

from __future__ import annotations

from typing import Any

from crawler.extract.formats.word.list_numbers import (
    LEVELS,
    ListCounter,
    ListLevel,
    NumberedList,
    with_joint,
)
from crawler.extract.formats.word.word_styles import Styles, W, value_of

_JOINTS = {"nothing": "", "space": " ", "tab": " "}
_OFF = frozenset({"0", "false", "off"})


class Numbering:
    """Counts the numbered paragraphs of a document as they are asked for, in order."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._counter = ListCounter()
        self._lists: dict[str, NumberedList | None] = {}
        children = [] if root is None else list(root)
        self._abstract = {
            each.get(f"{W}abstractNumId"): each
            for each in children
            if each.tag == f"{W}abstractNum"
        }
        self._nums = {each.get(f"{W}numId"): each for each in children if each.tag == f"{W}num"}

    def label(self, paragraph: Any) -> str:
        """The number of a paragraph with the blank behind it, '' for one without; counts it."""
        written = paragraph.find(f"{W}pPr/{W}listPr/{{*}}t")  # Word 2003 keeps the number itself
        if written is not None:
            return with_joint(next(iter(written.attrib.values()), ""))
        style = self._styles.paragraph_style(paragraph)
        identity, direct = self._list_of(paragraph, style)
        numbered = self._list(identity)
        if numbered is None:
            return ""
        level = _level(
            direct, numbered, [each.get(f"{W}styleId") for each in self._styles.chain(style)]
        )
        if level is None:
            level = self._style_level(style)
        if level >= len(numbered.levels):
            return ""
        return self._counter.next(identity, numbered, level)

    def _list_of(self, paragraph: Any, style: str) -> tuple[str, str | None]:
        """The list's id, of the paragraph itself or of its style, and the paragraph's level."""
        level = value_of(paragraph, "pPr/numPr/ilvl")
        own = value_of(paragraph, "pPr/numPr/numId")
        if own is not None:
            return own, level or "0"
        for each in self._styles.chain(style):
            identity = value_of(each, "pPr/numPr/numId")
            if identity is not None:
                return identity, level
        return "", level

    def _style_level(self, style: str) -> int:
        for each in self._styles.chain(style):
            level = value_of(each, "pPr/numPr/ilvl")
            if level is not None:
                return _number(level, 0)
        return 0

    def _list(self, identity: str) -> NumberedList | None:
        if identity not in self._lists:
            self._lists[identity] = self._made(identity)
        return self._lists[identity]

    def _made(self, identity: str) -> NumberedList | None:
        num = self._nums.get(identity)
        if num is None or identity == "0":
            return None
        family, abstract = self._definition(num)
        if abstract is None:
            return None
        found = {
            _number(each.get(f"{W}ilvl"), 0): each for each in abstract.iterchildren(f"{W}lvl")
        }
        starts: dict[int, int] = {}
        for override in num.iterchildren(f"{W}lvlOverride"):
            level = _number(override.get(f"{W}ilvl"), 0)
            own = override.find(f"{W}lvl")
            if own is not None:
                found[level] = own
            start = value_of(override, "startOverride")
            if start is not None:
                starts[level] = _number(start, 1)
        # a level that is not defined shows nothing, but is counted
        levels = [_list_level(found.get(number)) for number in range(LEVELS)]
        return NumberedList(family=family, levels=levels, starts=starts)

    def _definition(self, num: Any) -> tuple[str, Any]:
        """The abstract list of a list, also behind the name of a list style."""
        for _ in range(LEVELS):
            family = value_of(num, "abstractNumId") or ""
            abstract = self._abstract.get(family)
            link = None if abstract is None else value_of(abstract, "numStyleLink")
            if link is None:
                return family, abstract
            names = [value_of(each, "pPr/numPr/numId") for each in self._styles.chain(link)]
            num = self._nums.get(next((name for name in names if name), ""))
            if num is None:
                break
        return "", None


def _level(direct: str | None, numbered: NumberedList, styles: list[str]) -> int | None:
    """The level that a paragraph names, or that its style is tied to by the list."""
    if direct is not None:
        return _number(direct, 0)
    for style in styles:
        for number, level in enumerate(numbered.levels):
            if style and level.paragraph_style == style:
                return number
    return None


def _list_level(level: Any) -> ListLevel:
    if level is None:
        return ListLevel()
    legal = level.find(f"{W}isLgl")
    restart = value_of(level, "lvlRestart")
    vanish = level.find(f"{W}rPr/{W}vanish")
    return ListLevel(
        text=value_of(level, "lvlText") or "",
        style=value_of(level, "numFmt") or "decimal",
        start=_number(value_of(level, "start"), 0),
        joint=_JOINTS.get(value_of(level, "suff") or "tab", " "),
        legal=legal is not None and (legal.get(f"{W}val") or "1") not in _OFF,
        restart=None if restart is None else _number(restart, 0),
        hidden=vanish is not None and (vanish.get(f"{W}val") or "1") not in _OFF,
        paragraph_style=value_of(level, "pStyle") or "",
    )


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else default
