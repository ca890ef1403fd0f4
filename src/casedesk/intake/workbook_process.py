"""Reads a workbook in a process of its own and writes its rows to standard output as JSON Lines.

A workbook of a thousand bytes can claim cells that need more memory than any machine has, and the reading library
then ends its whole process. Apart, with a limit on memory and time, that is only a file that can't be read.

The first line is {"sheet", "others"}, {"sheets"} where none has the wanted name, or {"error"}; then each row is
[its number in the sheet, its cells].
"""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

MEMORY = 2 * 2**30
"""Bytes of address space that reading a workbook may take."""

SECONDS = 600
"""Seconds of computing that reading a workbook may take."""

_LOOKED_AT = 200


def main(path: str, wanted: str = "") -> int:
    """Write the rows of the wanted sheet, or of the first visible one that holds a table. Returns the exit status."""
    _limit()
    import python_calamine as calamine

    try:
        book = calamine.load_workbook(path)
        names = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet and sheet.visible == calamine.SheetVisibleEnum.Visible
        ]
        among = [name for name in names if _loosely(name) == _loosely(wanted)] if wanted else names
        if wanted and not among:
            _write({"sheets": ", ".join(names)})
            return 0
        chosen = _first_table(book, among)
        if chosen is None:
            _write({"error": f"its sheet {among[0]} has no rows" if wanted else "it has no sheet with rows"})
            return 0
        _write({"sheet": chosen, "others": [name for name in names if name != chosen]})
        _write_rows(book.get_sheet_by_name(chosen))
    except calamine.PasswordError:
        _write({"error": "it is protected by a password"})
    except (calamine.CalamineError, OSError, ValueError) as error:
        _write({"error": f"it is damaged or no workbook ({str(error)[:200]})"})
    return 0


def _first_table(book: Any, names: list[str]) -> str | None:
    """The first sheet with a header and rows of several columns; else the first with rows; else any with a cell."""
    best, most = None, 0
    for name in names:
        sheet = book.get_sheet_by_name(name)
        if sheet.start is None:
            continue
        filled = [sum(cell not in ("", None) for cell in row) for row in islice(sheet.iter_rows(), _LOOKED_AT)]
        rank = 3 if sum(count > 1 for count in filled) > 1 else min(2, sum(map(bool, filled)))
        if rank > most:
            best, most = name, rank
        if rank == 3:
            break
    return best


def _loosely(name: str) -> str:
    return " ".join(name.casefold().split())


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write_rows(sheet: Any) -> None:
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [cell if isinstance(cell, str) else text_of(cell) for cell in cells]
        if any(texts):
            _write([number, texts])


def text_of(cell: object) -> str:
    """A cell as text: whole numbers without decimals, dates and times in ISO 8601."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e21 else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return "" if cell is None else str(cell)


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
