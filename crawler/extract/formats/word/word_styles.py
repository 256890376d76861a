"""What the styles of a Word document say of a run: hidden, struck; and of a paragraph's list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = f"{W}val"
_OFF = frozenset({"0", "false", "off", "none"})
_MOST_PARENTS = 30


def value_of(element: Any, path: str) -> str | None:
    """The ``w:val`` of a descendant by its path without prefixes; None where it is missing."""
    found = element.find(_qualified(path))
    return None if found is None else found.get(_VAL)


@cache
def _qualified(path: str) -> str:
    return "/".join(f"{W}{name}" for name in path.split("/"))


class Styles:
    """The styles by their ids, each with those that it is based on."""

    def __init__(self, root: Any) -> None:
        self._styles: dict[str, Any] = {}
        self.default = ""
        for style in () if root is None else root.iterchildren(f"{W}style"):
            identity = style.get(f"{W}styleId") or ""
            self._styles.setdefault(identity, style)
            is_default = (style.get(f"{W}default") or "0") not in _OFF
            if is_default and style.get(f"{W}type") == "paragraph":
                self.default = self.default or identity
        self._toggle_of = cache(self._toggle_in_chain)

    def chain(self, identity: str) -> Iterator[Any]:
        """A style and those that it is based on."""
        for _ in range(_MOST_PARENTS):
            style = self._styles.get(identity)
            if style is None:
                return
            yield style
            identity = value_of(style, "basedOn") or ""

    def paragraph_style(self, paragraph: Any) -> str:
        return value_of(paragraph, "pPr/pStyle") or self.default

    def is_on(self, run: Any, paragraph_style: str, name: str) -> bool:
        """Whether a toggle property such as ``strike`` holds for a run: by itself, or by the
        styles of run and paragraph, of which two cancel each other (ECMA-376 17.7.3)."""
        own = _toggle(run.find(_qualified(f"rPr/{name}")))
        if own is not None:
            return own
        run_style = value_of(run, "rPr/rStyle") or ""
        return self._toggle_of(run_style, name) != self._toggle_of(paragraph_style, name)

    def _toggle_in_chain(self, identity: str, name: str) -> bool:
        for style in self.chain(identity):
            found = _toggle(style.find(f"{W}rPr/{W}{name}"))
            if found is not None:
                return found
        return False

    def run_value(self, run: Any, name: str) -> str:
        """A property's value for a run: its own, or its character style's."""
        own = value_of(run, f"rPr/{name}")
        if own is not None:
            return own
        for style in self.chain(value_of(run, "rPr/rStyle") or ""):
            if (found := value_of(style, f"rPr/{name}")) is not None:
                return found
        return ""


def _toggle(element: Any) -> bool | None:
    return None if element is None else (element.get(f"{W}val") or "1") not in _OFF
