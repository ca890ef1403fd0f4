"""The file of rejected rows (behaviour 7.2): line, reason and cells, safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from casedesk.domain.errors import InvalidInput
from casedesk.intake.records import Reject

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class RejectsFile:
    """A CSV file of rejected rows, UTF-8 with a BOM so that spreadsheets read it right.

    It comes into being with its first row, readable by its owner alone, in the place of an older one. Use it in a
    `with` statement. `count` is the number of rows written.
    """

    def __init__(self, path: Path, headers: Sequence[str] = ()) -> None:
        self.path = path
        self.count = 0
        self._headers = headers
        self._file: IO[str] | None = None
        self._writer: Any = None  # the csv module doesn't name its writer's type

    def __enter__(self) -> RejectsFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, reject: Reject) -> None:
        """Write one rejected row. Raises `InvalidInput` when the file can't be written."""
        try:
            if self._file is None:
                self._begin()
            self._writer.writerow([reject.line, *map(safe_cell, (reject.reason, *reject.cells))])
        except OSError as error:
            raise InvalidInput(f"The rejects file {self.path} can't be written: {error.strerror or error}.") from error
        self.count += 1

    def _begin(self) -> None:
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        self._file = os.fdopen(handle, "w", encoding="utf-8-sig", errors="replace", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(["line", "reason", *map(safe_cell, self._headers)])


def safe_cell(cell: str) -> str:
    """The cell with `'` before a start that spreadsheets take for a formula."""
    return "'" + cell if cell.startswith(_FORMULA_STARTS) else cell
