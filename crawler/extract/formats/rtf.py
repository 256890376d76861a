"""The text of a rich text (RTF) file."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|(.)", re.S
)
_SKIPPED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer"),
        *("headerl", "headerr", "footerl", "footerr", "themedata", "colorschememapping"),
        *("datastore", "latentstyles", "listtable", "listoverridetable", "rsidtbl"),
        *("generator", "xmlnstbl", "filetbl", "fldinst"),
    )
)
_BREAKS = {
    "par": "\n",
    "line": "\n",
    "row": "\n",
    "cell": "\t",
    "tab": "\t",
    "sect": "\n",
    "page": "\n",
}
_CHARS = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "bullet": "•"} | {
    "ldblquote": "“",
    "rdblquote": "”",
}
_MAX_DEPTH = 400


def rtf_text(body: bytes) -> str:
    """Plain text with cells separated by tabs and rows by newlines."""
    source = body.decode("latin-1")
    encoding = _encoding(source)
    out: list[str] = []
    pending = bytearray()
    stack: list[tuple[bool, int]] = []
    skipping, unicode_skip, to_skip = False, 1, 0

    def flush() -> None:
        if pending:
            out.append(pending.decode(encoding, errors="replace"))
            pending.clear()

    for match in _TOKEN.finditer(source):
        word, argument, code, symbol, brace, char = match.groups()
        if brace == "{":
            if len(stack) < _MAX_DEPTH:
                stack.append((skipping, unicode_skip))
        elif brace == "}":
            flush()
            skipping, unicode_skip = stack.pop() if stack else (False, 1)
            to_skip = 0
        elif symbol == "*" or (word in _SKIPPED):
            skipping = True
        elif skipping:
            continue
        elif code:
            if to_skip:
                to_skip -= 1
            else:
                pending.append(int(code, 16))
        elif word == "u" and argument:
            flush()
            out.append(_character(int(argument)))
            to_skip = unicode_skip
        elif word == "uc" and argument:
            unicode_skip = min(max(int(argument), 0), 8)
        elif word:
            flush()
            out.append(_BREAKS.get(word, _CHARS.get(word, "")))
        elif symbol in {"\\", "{", "}"}:
            pending += symbol.encode("latin-1")
        elif symbol == "~":
            pending += b" "
        elif char:
            if to_skip:
                to_skip -= 1
            else:
                pending += char.encode("latin-1")
    flush()
    return "".join(out).strip()


def _encoding(source: str) -> str:
    match = re.search(r"\\ansicpg(\d{3,5})", source[:2000])
    return "gb18030" if match and match[1] == "936" else _single_byte(match[1] if match else "")


def _single_byte(page: str) -> str:
    known = {"950": "big5", "65001": "utf-8", "932": "shift_jis"}
    return known.get(page, "cp1252" if page else "gb18030")


def _character(number: int) -> str:
    code = number + 65536 if number < 0 else number
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else ""
