"""Writing results: one JSON document, an aligned table, or CSV that a spreadsheet can open without danger.

Text from outside reaches a terminal only cleaned; JSON has it exactly, with everything that could act on a terminal
escaped.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from casedesk.domain.text_safety import visible, visible_line
from casedesk.domain.written import csv_cell, json_text, number

Found = TypeVar("Found")


def write(text: str = "") -> None:
    """Write a line to standard output. The text is cleaned by whoever made it."""
    sys.stdout.write(f"{text}\n")


def complain(sentence: str) -> None:
    """Write one line to standard error: `casedesk: sentence`."""
    sys.stderr.write(f"casedesk: {visible_line(sentence)}\n")


def hint_at(query: str) -> None:
    """Say on standard error what was probably meant, where the query searches for a word that was no word to search."""
    from casedesk.domain.query import hint

    if said := hint(query):
        complain(said)


def instant(moment: datetime | None) -> str | None:
    """An instant as JSON and CSV have it: ISO 8601, UTC, with `Z`."""
    return None if moment is None else moment.isoformat().replace("+00:00", "Z")


def encoded(document: Any, *, indent: int | None = 2) -> str:
    """The document as JSON text that is safe to show and to write in the encoding of standard output."""
    unicode_output = (sys.stdout.encoding or "").lower().startswith("utf")
    return json_text(document, indent=indent, ascii_only=not unicode_output)


def write_json(document: Any) -> None:
    """Write one JSON document."""
    write(encoded(document))


def write_json_list(documents: Iterable[Any]) -> None:
    """Write a JSON array as its items come, one a line, so that a million of them need no memory."""
    separator = "[\n"
    for document in documents:
        sys.stdout.write(separator + encoded(document, indent=None))
        separator = ",\n"
    write("[]" if separator == "[\n" else "\n]")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Write CSV (RFC 4180, UTF-8). A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in header])
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)


def write_table(
    header: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    flexible: int | None = None,
    to_right: Collection[int] = (),
) -> None:
    """Write aligned columns, numbers and what is `to_right` to the right. On a terminal the `flexible` column gives
    way to the width."""
    from rich.cells import cell_len, set_cell_size

    cells = [[_table_cell(cell) for cell in row] for row in rows]
    widths = [max(map(cell_len, column)) for column in zip(header, *cells, strict=True)]
    if flexible is not None and sys.stdout.isatty():
        rest = sum(widths) - widths[flexible] + 2 * (len(widths) - 1)
        room = shutil.get_terminal_size().columns - rest
        widths[flexible] = min(widths[flexible], max(room, cell_len(header[flexible]), 12))
    right = [_is_numeric(column) for column in zip(*rows, strict=True)] or [False] * len(header)
    right = [numeric or at in to_right for at, numeric in enumerate(right)]
    for row in [header, *cells]:
        placed = [
            _placed(cell, width, to_right, cell_len, set_cell_size)
            for cell, width, to_right in zip(row, widths, right, strict=True)
        ]
        write("  ".join(placed).rstrip())


def _is_numeric(column: Sequence[Any]) -> bool:
    return all(cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in column)


def _placed(text: str, width: int, to_right: bool, length: Callable[[str], int], cut: Callable[[str, int], str]) -> str:
    if length(text) > width:
        return cut(text, width - 1) + "…"
    blanks = " " * (width - length(text))
    return blanks + text if to_right else text + blanks


def _table_cell(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, int | float):
        return str(number(cell))
    return visible_line(str(cell))


def write_found(
    found: Sequence[Found],
    document: Callable[[Found], Any],
    header: Sequence[str],
    row: Callable[[Found], Sequence[Any]],
    *,
    as_json: bool,
    nothing: str,
    flexible: int | None = None,
) -> None:
    """Write a short list of records: as JSON, or as a table, or else `nothing` in words."""
    if as_json:
        write_json([document(each) for each in found])
    elif found:
        write_table(header, [row(each) for each in found], flexible=flexible)
    else:
        write(nothing)


def write_fields(fields: Iterable[tuple[str, Any]]) -> None:
    """Write name and value, one a line, those without a value left out."""
    shown = [(name, _table_cell(value)) for name, value in fields if value not in (None, "", ())]
    width = max((len(name) for name, _ in shown), default=0)
    for name, value in shown:
        write(f"{name:<{width}}  {value}")


def write_block(title: str, text: str) -> None:
    """Write a longer text under its title, each line indented; nothing for an empty one."""
    if not text.strip():
        return
    write()
    write(title)
    for line in visible(text).rstrip().split("\n"):
        write(f"  {line}".rstrip())
