"""CSV and its kin: commas, semicolons, tabs or bars, any line ends, quoted cells over several lines."""

from __future__ import annotations

import codecs
import csv
import io
import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from casedesk.domain.errors import InvalidInput
from casedesk.intake.encodings import errors_of, has_wrong_bytes, without_wrong_bytes
from casedesk.intake.line_feed import END, FIELD_LIMIT, ROW_LIMIT, LineFeed, TooLong
from casedesk.intake.records import Reject
from casedesk.intake.table import Container, Row

DELIMITERS = (",", ";", "\t", "|")

_LOOKED_AT = 2**18
_ROWS_LOOKED_AT = 500
_CONTROLS = frozenset(map(chr, {*range(32), 127} - {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x1B}))
_RECOVERIES = 5
_MOST_TITLES = 6
_TOO_LONG_CELL = f"a cell is longer than {FIELD_LIMIT // 2**20} million characters"
_TOO_LONG_ROW = f"the row is longer than {ROW_LIMIT // 2**20} million characters"
_NEVER_CLOSED = "a quotation mark opened in this row is never closed"
_CUT_OFF = "the file ends in the middle of this row"


class DelimitedTable:
    """A text file of rows, read as a stream."""

    container: Container = "delimited"

    def __init__(self, path: Path, encoding: str, display: str) -> None:
        csv.field_size_limit(FIELD_LIMIT)
        self._path = path
        self.encoding = encoding
        self.size = path.stat().st_size
        self.width = 0
        self.warnings: list[str] = []
        self._feed: LineFeed | None = None
        beginning, whole = _beginning(path, encoding)
        _check_is_text(beginning, display)
        self._skipped_lines = 0
        if beginning[:4].lower() == "sep=" and beginning[4:5] in DELIMITERS:
            self.delimiter = beginning[4]
            self._skipped_lines = 1
        else:
            self.delimiter = _find_delimiter(beginning, whole, display)
        self._blank_before_quotes = f'{self.delimiter} "' in beginning

    def rows(self) -> Iterator[Row | Reject]:
        """Each row; blank lines are left out. Rows that can't be told apart or are too long come as a `Reject`."""
        yield from self._rows_after(self._skipped_lines, recovery=0)

    def position(self) -> int:
        """Bytes read so far."""
        return min(self._feed.position, self.size) if self._feed else 0

    def close(self) -> None:
        """Nothing is held between reads."""

    def _rows_after(self, line: int, recovery: int) -> Iterator[Row | Reject]:
        """The rows after this line. In a recovery only whole rows count, since text of a cell may be among them."""
        with LineFeed(self._path, self.encoding) as feed:
            self._feed = feed
            feed.skip_to(line)
            while True:
                first = feed.line + 1
                try:
                    for first, cells in self._read(feed):
                        if feed.finished:
                            if len(cells) > 1 or cells[0] != END:
                                yield from self._recover(first, recovery)
                            return
                        if recovery and len(cells) != self.width:
                            continue
                        yield self._checked(feed, first, cells) if feed.unsound else (first, cells)
                except (TooLong, csv.Error) as error:
                    first = self._first
                    yield Reject(first, _TOO_LONG_ROW if isinstance(error, TooLong) else _TOO_LONG_CELL)
                    if not feed.skip_row():
                        yield from self._recover(first, recovery, known=True)
                        return

    def _read(self, feed: LineFeed) -> Iterator[Row]:
        self._first = feed.line + 1
        reader = csv.reader(feed.lines(), delimiter=self.delimiter, skipinitialspace=self._blank_before_quotes)
        for cells in reader:
            feed.quotes = feed.length = 0
            if cells:
                yield self._first, cells
            self._first = feed.line + 1

    def _checked(self, feed: LineFeed, first: int, cells: list[str]) -> Row | Reject:
        """A row of a file in which something is wrong: with this row or with another."""
        if any(map(has_wrong_bytes, cells)):
            legible = tuple(map(without_wrong_bytes, cells))
            return Reject(first, f"bytes that are not {self.encoding.upper()} text", legible)
        if len(cells) < self.width and feed.is_cut_off:
            return Reject(first, _CUT_OFF, tuple(cells))
        return first, cells

    def _recover(self, first: int, recovery: int, known: bool = False) -> Iterator[Row | Reject]:
        """Reject the row whose quotes are never closed, and look for whole rows among what it swallowed.

        With fewer than three columns, prose in the cell could pass for a row, so nothing is looked for.
        """
        if not known:
            yield Reject(first, _NEVER_CLOSED)
        if self.width >= 3 and recovery < _RECOVERIES:
            yield from self._rows_after(first, recovery + 1)


def _beginning(path: Path, encoding: str) -> tuple[str, bool]:
    """The first characters, and whether they are all."""
    decoder = codecs.getincrementaldecoder(encoding)(errors_of(encoding))
    with path.open("rb") as file:
        raw = file.read(_LOOKED_AT)
        whole = not file.read(1)
    return decoder.decode(raw, whole), whole


def _check_is_text(beginning: str, name: str) -> None:
    if not beginning.strip():
        raise InvalidInput(f"{name} is empty.")
    first_line = io.StringIO(beginning.lstrip("\r\n"), newline="").readline().rstrip("\r\n")
    controls = sum(beginning.count(control) for control in _CONTROLS)
    if controls > len(beginning) / 10 and not _CONTROLS.isdisjoint(first_line):
        raise InvalidInput(f"{name} is not a table: it is a binary file (line 1 already has control characters).")


def _find_delimiter(beginning: str, whole: bool, display: str) -> str:
    """The delimiter that cuts the lines into the most even rows, the header among them."""
    trusted = display.lower().endswith((".csv", ".tsv"))
    marks = [(_evenness(beginning, whole, delimiter, trusted), delimiter) for delimiter in DELIMITERS]
    best, delimiter = max(marks, key=lambda mark: mark[0])
    if best > 0:
        return delimiter
    if _is_single_column(beginning, whole, display):
        return ","
    raise InvalidInput(
        f"{display} is not a table: from line 1 on, no comma, semicolon, tab or bar cuts its lines into columns."
    )


def _evenness(beginning: str, whole: bool, delimiter: str, trusted: bool) -> float:
    """How well a delimiter fits: above 0 when most rows have the same number of cells, more than one.

    Of a file `trusted` to be a table by its name, ragged rows are taken too.
    """
    rows = _first_rows(beginning, whole, delimiter)
    if not rows:
        return 0
    widths = Counter(map(len, rows))
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    share = count / len(rows)
    if width < 2 or (share < (0.85 if width < 4 else 0.6) and not trusted):
        return 0
    header = next((len(cells) for cells in rows[:_MOST_TITLES] if len(cells) > 1), 1)
    if header == 1:
        return 0
    fitting = (1.5 if header == width else 1) * (1 if len(rows[0]) > 1 else 0.3)
    if any(cell.endswith('"') for cells in rows for cell in cells):
        fitting *= 0.3  # quotes were closed before something else than this delimiter
    return share * fitting * math.log2(width + 1)


def _first_rows(beginning: str, whole: bool, delimiter: str) -> list[list[str]]:
    blank_before_quotes = f'{delimiter} "' in beginning
    reader = csv.reader(io.StringIO(beginning, newline=""), delimiter=delimiter, skipinitialspace=blank_before_quotes)
    rows: list[list[str]] = []
    for cells in reader:
        if any(cells):
            rows.append(cells)
        if len(rows) > _ROWS_LOOKED_AT:
            return rows
    return rows if whole or len(rows) == 1 else rows[:-1]


def _is_single_column(beginning: str, whole: bool, display: str) -> bool:
    """A list under one header: told from prose by the file's name, or by a header that says what it holds."""
    rows = _first_rows(beginning, whole, ",")
    if len(rows) < 2 or any(len(cells) != 1 for cells in rows):
        return False
    from casedesk.intake.header_words import is_known_header

    return display.lower().endswith((".csv", ".tsv")) or is_known_header(rows[0][0])
