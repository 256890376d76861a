"""The unified social credit code of a Chinese organisation (GB 32100-2015)."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code_fault(code: str) -> str | None:
    """What is wrong with a code, as the end of a sentence; None for a right one."""
    if len(code) != LENGTH:
        return f"expected 18 characters (GB 32100), got {len(code)}"
    strange = next((char for char in code if char not in ALPHABET), None)
    if strange is not None:
        return f"expected digits and capital letters without I, O, S, V, Z, got {strange!r}"
    right = check_character(code[:-1])
    if code[-1] != right:
        return f"the check digit of {code} is wrong (GB 32100): is a character mistyped?"
    return None


def check_character(body: str) -> str:
    """The last character of a code from the seventeen before it."""
    total = sum(ALPHABET.index(char) * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]
