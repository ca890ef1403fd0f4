"""Excel and OpenDocument workbooks (xls, xlsx, xlsb, ods) as tables."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from casedesk.domain.errors import InvalidInput
from casedesk.intake.records import Reject
from casedesk.intake.table import Container, Row

_PATIENCE = 900  # seconds, beyond the limit that the process sets itself


class WorkbookTable:
    """One sheet: the named one, or the first visible one that holds a table.

    Its rows are kept in a temporary file without a name while it is read.
    """

    container: Container = "workbook"
    encoding = ""
    delimiter = ""

    def __init__(self, path: Path, display: str, sheet: str = "") -> None:
        self.size = path.stat().st_size
        self.width = 0
        self.warnings: list[str] = []
        self._rows_read = 0.0
        self._spool = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - it lives as long as the table; close() ends it
        try:
            about = _unpack(path, self._spool, display, sheet)
        except InvalidInput:
            self._spool.close()
            raise
        self.sheet = str(about["sheet"])
        self._begin = self._spool.tell()
        others = about["others"]
        if isinstance(others, list) and others:
            self.warnings.append(
                f'Only the sheet "{self.sheet}" is read; the file also has {", ".join(map(str, others))}.'
            )
        self._end = self._spool.seek(0, 2)

    def rows(self) -> Iterator[Row | Reject]:
        """The rows with their numbers in the sheet; empty ones are left out."""
        place = self._begin
        self._spool.seek(place)
        while line := self._spool.readline():
            place += len(line)
            self._rows_read = place / self._end
            number, cells = json.loads(line)
            yield number, cells
            if self._spool.tell() != place:
                self._spool.seek(place)  # another reading of the same table went on meanwhile

    def position(self) -> int:
        """How much of the sheet was read, as a share of the file's bytes."""
        return int(self.size * self._rows_read)

    def close(self) -> None:
        """Remove the temporary file."""
        self._spool.close()


def _unpack(path: Path, spool: IO[bytes], display: str, sheet: str) -> dict[str, object]:
    """Have the workbook's rows written to `spool` and read the first line about them."""
    # -P keeps the working directory, which may be anybody's, out of the module search.
    command = [sys.executable, "-P", "-m", "casedesk.intake.workbook_process", str(path.resolve()), sheet]
    try:
        done = subprocess.run(command, stdout=spool, stderr=subprocess.DEVNULL, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise InvalidInput(f"{display} takes too long to read: save it as CSV.") from error
    spool.seek(0)
    first = spool.readline()
    if done.returncode != 0 or not first.endswith(b"\n"):
        raise InvalidInput(f"{display} can't be read as a workbook: it is damaged, or too large; try it saved as CSV.")
    about: dict[str, object] = json.loads(first)
    if "sheets" in about:
        raise InvalidInput(f"{display} has no sheet “{sheet}”; it has {about['sheets']}.")
    if "error" in about:
        raise InvalidInput(f"{display} can't be read as a workbook: {about['error']}.")
    return about
