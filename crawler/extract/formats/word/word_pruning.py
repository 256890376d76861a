"""Take out of a part of a .docx what no reader sees: deletions, field codes, second drawings."""

from __future__ import annotations

from typing import Any

from crawler.extract.formats.word.equation_fields import write_equations
from crawler.extract.formats.word.word_styles import W

_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
GONE = "gone"  # on a paragraph of which a deletion was taken
_DELETED = (f"{W}del", f"{W}moveFrom")
# earlier properties, and the reading beside a character
_UNSEEN = (
    *(f"{W}{name}Change" for name in ("rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr", "tblGrid")),
    f"{W}rt", f"{W}instrText", f"{W}delInstrText", f"{W}delText", f"{W}numberingChange",
)  # fmt: skip
# an empty w:del in these says of the paragraph's mark or the row itself that it is deleted
_PROPERTIES = (f"{W}rPr", f"{W}trPr", f"{W}tcPr", f"{W}numPr", f"{_MATH}ctrlPr")


def prune(root: Any) -> None:
    """Leave only what the document shows when all its tracked changes are accepted."""
    for element in list(root.iter(f"{_MARKUP}AlternateContent")):
        _choose(element)
    for element in list(root.iter(*_DELETED)):
        if element.getparent() is not None and element.getparent().tag not in _PROPERTIES:
            paragraph = next(element.iterancestors(f"{W}p"), None)
            if paragraph is not None:
                paragraph.set(GONE, "1")
            element.getparent().remove(element)
    write_equations(root)
    _remove_field_codes(root)
    for element in list(root.iter(*_UNSEEN)):
        if element.getparent() is not None:
            element.getparent().remove(element)


def _choose(alternatives: Any) -> None:
    """Keep the first choice, or the fallback where only that one has text."""
    choices = list(alternatives.iterchildren(f"{_MARKUP}Choice", f"{_MARKUP}Fallback"))
    told = [each for each in choices if next(each.iter(f"{W}t", f"{_MATH}t"), None) is not None]
    kept = next(iter(told or choices), None)
    for each in choices:
        if each is not kept:
            alternatives.remove(each)


def _remove_field_codes(root: Any) -> None:
    """What stands between the begin of a field and its result is an order to the program.

    Fields without an end are left alone: a broken one must not swallow the document.
    """
    codes: dict[Any, Any] = {}  # a field's begin to the end of its code
    stack: list[tuple[Any, Any]] = []
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            stack.append((mark, None))
        elif kind == "separate" and stack and stack[-1][1] is None:
            stack[-1] = (stack[-1][0], mark)
        elif kind == "end" and stack:
            begin, separate = stack.pop()
            codes[begin] = mark if separate is None else separate
    inside: set[Any] = set()
    for node in list(
        root.iter(f"{W}fldChar", f"{W}t", f"{W}tab", f"{W}br", f"{W}sym", f"{_MATH}t")
    ):
        if node in codes:
            inside.add(codes[node])
        elif node in inside:
            inside.discard(node)
        elif inside and node.tag != f"{W}fldChar" and node.getparent() is not None:
            node.getparent().remove(node)
