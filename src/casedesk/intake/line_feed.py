"""The lines of a text file of any length in flat memory, however it is encoded and however its lines end."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from casedesk.intake.encodings import errors_of, has_wrong_bytes

FIELD_LIMIT = 10 * 2**20
"""The longest cell, in characters. A row with a longer one is rejected."""

ROW_LIMIT = 12 * 2**20
"""The longest row, in characters. A longer one is rejected."""

END = "\ufdd0end of file\ufdd0"
"""The line that follows the last one, so that a reader can tell a quoted cell that is never closed."""

_CHUNK = 2**18
_LINE_END = re.compile("\r\n|[\r\n]")
_LINE = re.compile("[^\r\n]*(?:\r\n|[\r\n])|[^\r\n]+")


class TooLong(Exception):
    """The row being read is longer than `ROW_LIMIT`. Reading can go on with a new `lines()`."""


class LineFeed:
    """Lines with their ends (`\\n`, `\\r`, `\\r\\n`, also mixed), then `END`.

    `quotes` and `length` grow with what was handed out; the reader sets them to 0 at the end of each row. `line` is the
    number of the last line handed out, `position` the bytes read. `unsound` becomes True once bytes didn't fit the
    encoding, and near the end of a file whose last line has no end: rows need a closer look then. `finished` is True
    once `END` was handed out.
    """

    def __init__(self, path: Path, encoding: str) -> None:
        self._file = path.open("rb")
        self._decoder = codecs.getincrementaldecoder(encoding)(errors_of(encoding))
        self._current: Iterator[str] = iter(())
        self._carried = ""
        self._ended = False
        self.line = 0
        self.quotes = 0
        self.length = 0
        self.position = 0
        self.unsound = False
        self.finished = False
        self._line_without_end = 0

    def __enter__(self) -> LineFeed:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def lines(self) -> Iterator[str]:
        """The lines from here on. Raises `TooLong`; a new call goes on after the line that was too long."""
        while True:
            for line in self._current:
                self.line += 1
                self.quotes += line.count('"')
                yield line
            block = self._next_block()
            if block is None:
                break
            self.length += len(block)
            self._current = _lines_in(block)
            if self.length > ROW_LIMIT + _CHUNK:
                raise TooLong
        self.finished = True
        yield END

    @property
    def is_cut_off(self) -> bool:
        """True when the last line was handed out and has no line end."""
        return self.line == self._line_without_end

    def skip_to(self, line: int) -> None:
        """Pass over everything up to the end of this line."""
        while self.line < line and not self.finished:
            try:
                for _ in self.lines():
                    self.length = 0
                    if self.line >= line or self.finished:
                        break
            except TooLong:
                continue
        self.quotes = self.length = 0

    def skip_row(self) -> bool:
        """Go to the end of a row of which a part was handed out: where its quotes are closed.

        False when they are never closed.
        """
        while self.quotes % 2:
            try:
                for _ in self.lines():
                    self.length = 0
                    if self.finished:
                        return False
                    if not self.quotes % 2:
                        break
            except TooLong:
                continue
        self.quotes = self.length = 0
        return True

    def _next_block(self) -> str | None:
        """The next lines, whole, as one text; None at the end of the file."""
        pieces = [self._carried]
        carried = len(self._carried)
        while not self._ended:
            text = self._read()
            cut = _last_line_end(text)
            if cut:
                pieces.append(text[:cut])
                self._carried = text[cut:]
                return "".join(pieces)
            pieces.append(text)
            carried += len(text)
            if carried > ROW_LIMIT:
                self._drop_line(pieces)
                raise TooLong
        self._carried = ""
        last = "".join(pieces)
        if last and not last.endswith(("\n", "\r")):
            self.unsound = True
            self._line_without_end = self.line + len(_LINE_END.findall(last)) + 1
        return last or None

    def _drop_line(self, pieces: list[str]) -> None:
        """Pass over the rest of a line that is too long, counting its quotes."""
        self.quotes += sum(piece.count('"') for piece in pieces)
        self.line += 1
        while not self._ended:
            text = self._read()
            ends = [end + 1 for end in (text.find("\n"), text.find("\r")) if end >= 0]
            if ends:
                self.quotes += text.count('"', 0, min(ends))
                self._carried = (
                    text[min(ends) :].removeprefix("\n") if text[min(ends) - 1] == "\r" else text[min(ends) :]
                )
                return
            self.quotes += text.count('"')
        self._carried = ""

    def _read(self) -> str:
        chunk = self._file.read(_CHUNK)
        self.position += len(chunk)
        self._ended = not chunk
        text = self._decoder.decode(chunk, self._ended)
        if has_wrong_bytes(text):
            self.unsound = True
        return text


def _lines_in(block: str) -> Iterator[str]:
    """The lines of a text. `StringIO` is the quickest, but takes four bytes a character: too many for a long line."""
    if len(block) <= 4 * _CHUNK:
        return io.StringIO(block, newline="")
    return (match[0] for match in _LINE.finditer(block))


def _last_line_end(text: str) -> int:
    """The place after the last line end; a `\\r` at the very end may be half of one."""
    end = text.rfind("\n") + 1
    return end or text.rfind("\r", 0, len(text) - 1) + 1
