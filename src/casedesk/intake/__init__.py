"""Outside formats to plain records: one module a format, none of which knows the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.intake.mapping import Mapping
    from casedesk.intake.records import Kind
    from casedesk.intake.source import Source

__all__ = ["Source", "open_file"]


def open_file(
    path: Path, *, kind: Kind | None = None, mapping: Mapping | None = None, now: int, name: str = "", sheet: str = ""
) -> Source:
    """Open a file of responses, contacts or tickets (behaviour 7.1).

    Container, encoding, delimiter, format and header lines are found from the bytes. `kind` says what the rows are
    when the file could be taken otherwise. `mapping` takes the place of the one that would be proposed. `now`, in
    seconds since 1970, tells which dates are still to come. `name` stands for the file's name, for a file that
    standard input was written to. `sheet` is the sheet of a workbook to read, by default the first that holds a table.

    Raises `InvalidInput` with one sentence when the file is no table or the mapping doesn't fit it. What is wrong
    with single rows comes as a `Reject` among the records.
    """
    from casedesk.intake.opening import open_source

    return open_source(path, kind, mapping, now, name, sheet)
