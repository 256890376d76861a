"""The text of a rich text (RTF) file as it is shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from crawler.extract.formats.line_collector import LineCollector
from crawler.extract.formats.packed import Read, UnreadPart
from crawler.extract.formats.picture import read_inner_picture, with_pictures
from crawler.extract.formats.raised_runs import join_raised
from crawler.extract.formats.rtf_fonts import RtfFont, default_encoding, read_fonts
from crawler.extract.formats.rtf_pictures import large_pictures
from crawler.extract.formats.word.symbol_fonts import symbol_character
from domain.records.states import AttachmentStatus

# \par, \u20026, \'b5, \{, { or a character
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-z])|([{}])|[\r\n]+|(.)",
    re.S | re.I,
)
_SKIPPED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "header", "footer"),
        *("headerl", "headerr", "headerf", "footerl", "footerr", "footerf", "themedata"),
        *("colorschememapping", "datastore", "latentstyles", "listtable", "listoverridetable"),
        *(
            "rsidtbl",
            "generator",
            "xmlnstbl",
            "filetbl",
            "fldinst",
            "sp",
            "shprslt",
            "nonesttables",
        ),
        *("annotation", "atnid", "atnauthor", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc"),
        *("nonshppict", "bkmkstart", "bkmkend", "pnseclvl", "revtbl"),
    )
)
# groups that are marked as ones to skip, and hold text all the same
_READ_ALL_THE_SAME = frozenset({"shpinst", "shptxt", "footnote"})
_CHARACTERS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "bullet": "•", "ldblquote": "“",
    "rdblquote": "”", "line": "\n", "tab": "\t", "emspace": " ", "enspace": " ", "qmspace": " ",
    "nestcell": " ", "nestrow": " ",
}  # fmt: skip
_UNSEEN = frozenset({"v", "strike", "striked", "deleted"})
_MAX_DEPTH = 400
_LIFTED = 3  # half points above the line


def read_rtf(body: bytes) -> Read:
    """The lines and tables of a file, behind them its footnotes and what its pictures say;
    objects in it are told."""
    source = body.decode("latin-1")
    reader = _RtfReader(source)
    for match in _TOKEN.finditer(source):
        reader.take(match)
    return with_pictures(reader.read(), map(read_inner_picture, large_pictures(source)))


@dataclass(frozen=True, kw_only=True, slots=True)
class _RtfState:
    """What a group in braces says of the text in it."""

    skipped: bool = False
    optional: bool = False  # \* stood before the group's first word
    unseen: frozenset[str] = frozenset()
    raised: bool = False
    font: int = -1
    fallback: int = 1  # how many characters stand for readers without Unicode
    note: bool = False
    in_table: bool = False


class _RtfReader:
    """Takes the tokens of a file one by one; groups in braces keep their own state."""

    def __init__(self, source: str) -> None:
        self._encoding = default_encoding(source)
        self._fonts = read_fonts(source)
        self._state = _RtfState()
        self._stack: list[_RtfState] = []
        self._pending = bytearray()
        self._to_skip = 0
        self._parts: list[tuple[str, bool]] = []
        self._body = LineCollector()
        self._notes = LineCollector()
        self._outer: list[tuple[str, bool]] = []  # the paragraph that a note interrupts
        self._unread: list[UnreadPart] = []

    def take(self, match: re.Match[str]) -> None:
        word, argument, code, symbol, brace, char = match.groups()
        if brace:
            self._group(brace)
        elif symbol == "*":
            self._state = replace(self._state, optional=True)
        elif word:
            self._word(word.lower(), argument)
        elif self._state.skipped:
            return
        elif code:
            self._byte(int(code, 16))
        elif symbol in {"\\", "{", "}"}:
            self._byte(ord(symbol))
        elif symbol in _SIGNS:
            self._text(_SIGNS[symbol])
        elif char and char != "\0":
            self._byte(ord(char))

    def read(self) -> Read:
        """All that was taken."""
        self._end_paragraph()
        body, notes = self._body.read(), self._notes.read()
        text = "\n".join(part for part in (body.text, notes.text) if part)
        return Read(text, (*body.tables, *notes.tables), (*body.unread, *self._unread))

    def _group(self, brace: str) -> None:
        self._flush()
        self._to_skip = 0
        if brace == "{":
            if len(self._stack) < _MAX_DEPTH:
                self._stack.append(self._state)
            return
        was_note = self._state.note
        self._state = self._stack.pop() if self._stack else _RtfState()
        if was_note and not self._state.note:
            self._notes.paragraph(join_raised(self._parts))
            self._parts, self._outer = self._outer, []

    def _word(self, word: str, argument: str | None) -> None:
        self._flush()
        optional, skipped = self._state.optional, self._state.skipped
        if optional:
            self._state = replace(self._state, optional=False)
        if word == "objemb" or (word == "objclass" and skipped):
            self._unread.append(UnreadPart("嵌入对象", AttachmentStatus.UNSUPPORTED))
        if skipped or word in _SKIPPED or (optional and word not in _READ_ALL_THE_SAME):
            self._state = replace(self._state, skipped=True)
        elif word == "u" and argument:
            self._text(self._character(int(argument)))
            self._to_skip = self._state.fallback
        elif word in _CHARACTERS:
            self._text(_CHARACTERS[word])
        elif not self._structure(word):
            self._format(word, argument)

    def _structure(self, word: str) -> bool:
        """Ends of paragraphs, cells and rows."""
        if word in {"par", "sect", "page", "column"}:
            self._end_paragraph()
        elif word == "cell":
            self._collector().cell_paragraph(self._taken())
            self._collector().end_cell()
        elif word == "row":
            if text := self._taken():
                self._collector().cell_paragraph(text)
            self._collector().end_row()
        elif word == "footnote":
            self._outer, self._parts = self._parts, []
            self._state = replace(self._state, note=True)
        else:
            return False
        return True

    def _format(self, word: str, argument: str | None) -> None:
        on = argument != "0"
        state = self._state
        if word in _UNSEEN:
            unseen = state.unseen | {word} if on else state.unseen - {word}
            self._state = replace(state, unseen=unseen)
        elif word == "plain":
            self._state = replace(state, unseen=frozenset(), raised=False)
        elif word in {"super", "sub", "nosupersub"}:
            self._state = replace(state, raised=word == "super" and on)
        elif word == "up" and argument:
            self._state = replace(state, raised=int(argument) >= _LIFTED)
        elif word == "f" and argument:
            self._state = replace(state, font=int(argument))
        elif word == "uc" and argument:
            self._state = replace(state, fallback=min(max(int(argument), 0), 8))
        elif word in {"pard", "intbl"}:
            self._state = replace(state, in_table=word == "intbl")

    def _font(self) -> RtfFont:
        return self._fonts.get(self._state.font, RtfFont())

    def _character(self, number: int) -> str:
        code = number + 65536 if number < 0 else number
        if 0xF020 <= code <= 0xF0FF:
            return symbol_character(self._font().name, code)
        return chr(code) if 0 < code < 0x110000 else ""

    def _byte(self, byte: int) -> None:
        if self._to_skip:
            self._to_skip -= 1
        elif self._font().symbols and byte >= 0x20:
            self._text(symbol_character(self._font().name, byte))
        else:
            self._pending.append(byte)

    def _flush(self) -> None:
        if self._pending:
            encoding = self._font().encoding or self._encoding
            text = self._pending.decode(encoding, errors="replace")
            self._pending.clear()
            self._text(text)

    def _text(self, text: str) -> None:
        self._flush()
        if text and not self._state.unseen and not self._state.skipped:
            self._parts.append((text, self._state.raised))

    def _taken(self) -> str:
        self._flush()
        text = join_raised(self._parts)
        self._parts = []
        # pairs of UTF-16 are written as two characters
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _collector(self) -> LineCollector:
        return self._notes if self._state.note else self._body

    def _end_paragraph(self) -> None:
        text = self._taken()
        if self._state.in_table and not self._state.note:
            self._body.cell_paragraph(text)
        else:
            self._collector().paragraph(text)


_SIGNS = {"~": " ", "_": "-"}
