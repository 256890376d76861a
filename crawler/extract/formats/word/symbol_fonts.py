"""Characters of the fonts Symbol and Wingdings, which are stored as numbers of the font."""

from __future__ import annotations

# Adobe's Symbol encoding where it differs from Latin: 0xB3 is ≥
_SYMBOL = {
    **dict(zip(range(0x41, 0x5B), "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", strict=True)),
    **dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True)),
    0x22: "∀", 0x24: "∃", 0x27: "∋", 0x2A: "∗", 0x2D: "−", 0x40: "≅", 0x5C: "∴", 0x5E: "⊥",
    0x7E: "∼", 0xA0: "€", 0xA2: "′", 0xA3: "≤", 0xA4: "⁄", 0xA5: "∞", 0xAB: "↔", 0xAC: "←",
    0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×",
    0xB5: "∝", 0xB6: "∂", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…",
    0xC5: "⊕", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈", 0xCF: "∉", 0xD0: "∠", 0xD1: "∇", 0xD2: "®",
    0xD3: "©", 0xD4: "™", 0xD5: "∏", 0xD6: "√", 0xD7: "⋅", 0xD8: "¬", 0xD9: "∧", 0xDA: "∨",
    0xDB: "⇔", 0xDC: "⇐", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫",
}  # fmt: skip
_WINGDINGS = {
    **dict(zip(range(0x81, 0x8B), "①②③④⑤⑥⑦⑧⑨⑩", strict=True)),
    **dict(zip(range(0x8C, 0x96), "❶❷❸❹❺❻❼❽❾❿", strict=True)),
    0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0xA8: "□", 0xFE: "☑", 0xFD: "☒", 0x78: "☒",
    0xFC: "✓", 0xFB: "✗", 0x6C: "●", 0x6E: "■", 0xA1: "○", 0xE0: "→", 0xE8: "→",
}  # fmt: skip
_WINGDINGS_2 = {0xA3: "□", 0x52: "☑", 0x53: "☒", 0x50: "✓", 0x4F: "✗", 0x54: "☒"}
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x72: "✗"}
_FONTS = {
    "symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS,
}  # fmt: skip
_PRIVATE = 0xF000


def is_symbol_font(font: str) -> bool:
    return font.strip().lower() in _FONTS


def symbol_character(font: str, code: int) -> str:
    """The character that a font shows for a number; '' where it is not known."""
    private = _PRIVATE <= code <= _PRIVATE + 0xFF
    table = _FONTS.get(font.strip().lower())
    if table is None or (code > 0xFF and not private):
        return chr(code) if 0x20 <= code < _PRIVATE and not 0xD800 <= code < 0xE000 else ""
    number = code - _PRIVATE if private else code
    if table is _SYMBOL and 0x20 <= number < 0x7F:
        return table.get(number, chr(number))
    return table.get(number, "")


def without_symbol_font(text: str, font: str) -> str:
    """A run in such a font with the characters that are shown; unknown ones stay."""
    return "".join(symbol_character(font, ord(char)) or char for char in text)
