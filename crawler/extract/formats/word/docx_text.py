"""The text of a paragraph of a .docx as it is shown, formulas included, struck words left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.extract.formats.raised_runs import join_raised
from crawler.extract.formats.word.formulas import MATH, formula_text
from crawler.extract.formats.word.symbol_fonts import (
    is_symbol_font,
    symbol_character,
    without_symbol_font,
)
from crawler.extract.formats.word.word_styles import Styles, W

_RUN = f"{W}r"
_NO_TEXT = frozenset(
    f"{W}{name}"
    for name in (
        "pPr",
        "rPr",
        "sdtPr",
        "sdtEndPr",
        "txbxContent",
        "tbl",
        "smartTagPr",
        "customXmlPr",
    )
)
_CHARACTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSEEN = ("vanish", "strike", "dstrike")
_WHITE = frozenset({"FFFFFF", "FEFEFE"})
_LIFTED = 3  # half points above the line


def paragraph_text(paragraph: Any, styles: Styles) -> str:
    """The lines of a paragraph without its number and its text boxes."""
    return join_raised(_pieces(paragraph, styles, styles.paragraph_style(paragraph)))


def has_content(paragraph: Any) -> bool:
    """Whether anything is written in a paragraph, be it hidden or struck."""
    return (
        next(paragraph.iter(f"{W}t", f"{MATH}t", f"{W}sym", f"{W}drawing", f"{W}pict"), None)
        is not None
    )


def _pieces(parent: Any, styles: Styles, paragraph_style: str) -> Iterator[tuple[str, bool]]:
    """The runs of a paragraph, each with whether it is raised."""
    for child in parent:
        tag = child.tag
        if not isinstance(tag, str) or tag in _NO_TEXT:
            continue
        if tag == _RUN:
            if text := _run_text(child, styles, paragraph_style):
                yield text, _is_raised(child, styles)
        elif tag.startswith(MATH):
            yield formula_text(child), False
        else:
            yield from _pieces(child, styles, paragraph_style)


def _is_raised(run: Any, styles: Styles) -> bool:
    """Whether a run is an exponent: by its kind, or lifted above the line by hand."""
    if styles.run_value(run, "vertAlign") == "superscript":
        return True
    lifted = styles.run_value(run, "position")
    return lifted.isdigit() and int(lifted) >= _LIFTED


def _is_invisible(run: Any, styles: Styles) -> bool:
    """Whether a run is white on the white page: cells, boxes and shaded text have a ground."""
    if styles.run_value(run, "color").upper() not in _WHITE:
        return False
    paragraph = next(run.iterancestors(f"{W}p"), run)
    grounds = [run.find(f"{W}rPr/{W}{name}") for name in ("shd", "highlight")]
    grounds += [paragraph.find(f"{W}pPr/{W}{name}") for name in ("shd", "pStyle")]
    if any(ground is not None for ground in grounds):
        return False
    if next(run.iterancestors(f"{W}tbl", f"{W}txbxContent"), None) is not None:
        return False
    return run.getroottree().getroot().find(f"{W}background") is None


def _run_text(run: Any, styles: Styles, paragraph_style: str) -> str:
    if any(styles.is_on(run, paragraph_style, name) for name in _UNSEEN):
        return ""
    if _is_invisible(run, styles):
        return ""
    text = "".join(_characters(run))
    font = _font(run)
    return without_symbol_font(text, font) if is_symbol_font(font) else text


def _characters(parent: Any) -> Iterator[str]:
    for child in parent:
        tag = child.tag
        if not isinstance(tag, str) or tag in _NO_TEXT:
            continue
        name = tag[len(W) :] if tag.startswith(W) else ""
        if name == "t":
            yield child.text or ""
        elif name == "sym":
            yield _symbol(child)
        elif name in _CHARACTERS:
            yield _CHARACTERS[name]
        else:
            yield from _characters(child)


def _symbol(element: Any) -> str:
    try:
        code = int(element.get(f"{W}char") or "", 16)
    except ValueError:
        return ""
    return symbol_character(element.get(f"{W}font") or "", code)


def _font(run: Any) -> str:
    fonts = run.find(f"{W}rPr/{W}rFonts")
    if fonts is None:
        return ""
    return fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""
