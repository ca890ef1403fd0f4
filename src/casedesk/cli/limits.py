"""How much of a list is written, the same for every list: a table has 100 lines, and JSON and CSV have everything, for
nobody sees what is missing there; `--limit N` goes before both, and 0 is all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import Annotated, Any, TypeVar

import typer

from casedesk.cli.output import complain, write, write_json_list, write_table
from casedesk.domain.errors import InvalidInput

Found = TypeVar("Found")

RowLimit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", help="At most so many; 0 is all.  [default: 100, all with --csv and --json]"),
]
"""The limit of a list that can be written as CSV too."""
JsonLimit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", help="At most so many; 0 is all.  [default: 100, all with --json]"),
]

_MOST = 10**12
TABLE_LIMIT = 100
"""Lines of a table when no limit is given."""


def check_limit(limit: int | None, *, as_csv: bool = False, as_json: bool = False) -> None:
    """Raise InvalidInput for a limit that is none, and for options that don't go together."""
    if limit is not None and not 0 <= limit <= _MOST:
        raise InvalidInput(f"--limit is a number from 0 to {_MOST:,}; 0 is all.")
    if as_csv and as_json:
        raise InvalidInput("Choose --csv or --json.")


def most_read(limit: int | None, *, as_json: bool) -> int | None:
    """How many records a list needs at most: one more than a table shows, which says that there are more."""
    if as_json:
        return limit or None
    most = TABLE_LIMIT if limit is None else limit
    return most + 1 if most else None


def lines_of(found: Iterable[Found], limit: int | None) -> tuple[list[Found], bool]:
    """The lines of a table, and whether there are more. `found` may go on for ever."""
    most = most_read(limit, as_json=False)
    read = list(islice(found, most))
    return (read[: most - 1], len(read) == most) if most else (read, False)


def tell_cut(shown: int, count: int | None = None) -> None:
    """Say on standard error that a table has the first lines alone; `count` is how many there are, if it is known."""
    sys.stdout.flush()
    there = f"{shown:,} of {count:,} are shown" if count is not None else f"{shown:,} are shown, and there are more"
    complain(f"{there}; --limit 0 shows all.")


def write_records(
    found: Iterable[Found],
    document: Callable[[Found], Any],
    header: Sequence[str],
    row: Callable[[Found], Sequence[Any]],
    *,
    limit: int | None,
    as_json: bool,
    nothing: str,
    flexible: int | None = None,
) -> None:
    """Write a long list: as JSON, one record a line as they come, or as a table, or else `nothing` in words."""
    if as_json:
        write_json_list(map(document, islice(found, limit or None)))
        return
    shown, more = lines_of(found, limit)
    if shown:
        write_table(header, [row(each) for each in shown], flexible=flexible)
    else:
        write(nothing)
    if more:
        tell_cut(len(shown))
