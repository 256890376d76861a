"""The text of a rich text (RTF) file."""

from __future__ import annotations

import re

from crawler.extract.formats.packed import Read

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


def read_rtf(body: bytes) -> Read:
    return Read(rtf_text(body))


def rtf_text(body: bytes) -> str:
    """Plain text with cells separated by tabs and rows by newlines."""
    source = body.decode("latin-1")
    reader = _RtfReader(_encoding(source))
    for match in _TOKEN.finditer(source):
        reader.take(match)
    reader.flush()
    return "".join(reader.out).strip()


class _RtfReader:
    """Takes the tokens of a file one by one; groups in braces keep their own state."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.out: list[str] = []
        self.pending = bytearray()
        self.stack: list[tuple[bool, int]] = []
        self.skipping = False
        self.unicode_skip = 1  # how many characters stand for readers without Unicode
        self.to_skip = 0

    def take(self, match: re.Match[str]) -> None:
        word, argument, code, symbol, brace, char = match.groups()
        if brace:
            self._group(brace)
        elif symbol == "*" or word in _SKIPPED:
            self.skipping = True
        elif self.skipping:
            return
        elif word:
            self._control(word, argument)
        elif code:
            self._bytes(bytes([int(code, 16)]))
        elif symbol in {"\\", "{", "}"}:
            self.pending += symbol.encode("latin-1")
        elif symbol == "~":
            self.pending += b" "
        elif char:
            self._bytes(char.encode("latin-1"))

    def flush(self) -> None:
        if self.pending:
            self.out.append(self.pending.decode(self.encoding, errors="replace"))
            self.pending.clear()

    def _group(self, brace: str) -> None:
        if brace == "{":
            if len(self.stack) < _MAX_DEPTH:
                self.stack.append((self.skipping, self.unicode_skip))
            return
        self.flush()
        self.skipping, self.unicode_skip = self.stack.pop() if self.stack else (False, 1)
        self.to_skip = 0

    def _control(self, word: str, argument: str | None) -> None:
        if word == "uc" and argument:
            self.unicode_skip = min(max(int(argument), 0), 8)
            return
        self.flush()
        if word == "u" and argument:
            self.out.append(_character(int(argument)))
            self.to_skip = self.unicode_skip
        else:
            self.out.append(_BREAKS.get(word, _CHARS.get(word, "")))

    def _bytes(self, content: bytes) -> None:
        if self.to_skip:
            self.to_skip -= 1
        else:
            self.pending += content


def _encoding(source: str) -> str:
    match = re.search(r"\\ansicpg(\d{3,5})", source[:2000])
    return "gb18030" if match and match[1] == "936" else _single_byte(match[1] if match else "")


def _single_byte(page: str) -> str:
    known = {"950": "big5", "65001": "utf-8", "932": "shift_jis"}
    return known.get(page, "cp1252" if page else "gb18030")


def _character(number: int) -> str:
    code = number + 65536 if number < 0 else number
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else ""
