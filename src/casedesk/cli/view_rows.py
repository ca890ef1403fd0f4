"""What a view lists, as a table, CSV or JSON, read piece by piece."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.limits import TABLE_LIMIT, tell_cut
from casedesk.cli.output import complain, instant, write, write_csv, write_json_list, write_table
from casedesk.domain.errors import InvalidInput
from casedesk.domain.written import number

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import View, ViewColumn, ViewRow

AsCsv = Annotated[bool, typer.Option("--csv", help="Print CSV.")]

_PIECE = 500
_UNITS = (("d", 86_400), ("h", 3600), ("m", 60), ("s", 1))


def named_columns(text: str) -> list[str]:
    """The columns of `--columns a,b:12`; a comma inside quotes belongs to a name. Raises InvalidInput for none."""
    import csv

    names = [name.strip() for name in next(csv.reader([text], skipinitialspace=True), []) if name.strip()]
    if not names:
        raise InvalidInput("--columns names no column.")
    return names


def readable_view(desk: Desk, name: str, scope: str) -> View:
    """The view. Raises NotFound, and InvalidInput for one of the other scope or whose query can't be read."""
    view = desk.views.show(name)
    if view.scope != scope:
        raise InvalidInput(f"“{view.name}” is a view of {view.scope}: `casedesk {view.scope} list --view` lists it.")
    if view.broken:
        raise InvalidInput(f"The view “{view.name}” can't be shown. {view.problems[0]}")
    return view


@dataclass(frozen=True)
class Listing:
    """What is listed: the tickets or responses (`scope`) of a query, in its order, with some columns."""

    desk: Desk
    scope: str
    query: str
    columns: tuple[ViewColumn, ...]

    def rows(self, limit: int | None) -> Iterator[ViewRow]:
        """The rows, read piece by piece. A limit of 0 or None is none."""
        views, first = self.desk.views, min(limit or _PIECE, _PIECE)
        stream = self.desk.tickets.stream if self.scope == "tickets" else views.stream_responses
        ids = islice(chain.from_iterable(stream(self.query, first=first, chunk=_PIECE)), limit or None)
        while piece := list(islice(ids, _PIECE)):
            yield from views.rows(self.columns, piece, self.scope)

    def count(self) -> int:
        """How many there are."""
        return (self.desk.tickets.count if self.scope == "tickets" else self.desk.views.count_responses)(self.query)


def write_view(desk: Desk, view: View, query: str, *, limit: int | None, as_csv: bool, as_json: bool) -> None:
    """Write what the view lists, narrowed by `query`; what the desk no longer has of it goes to standard error.

    Raises InvalidInput for a view whose query can't be read.
    """
    if view.broken:
        raise InvalidInput(f"The view “{view.name}” can't be shown. {view.problems[0]}")
    for problem in view.problems:
        complain(f"{view.name}: {problem}")
    desk.queries.check(query)
    listing = Listing(desk, view.scope, view.narrowed(query), view.shown_columns)
    write_listing(listing, limit=limit, as_csv=as_csv, as_json=as_json)


def write_listing(listing: Listing, *, limit: int | None, as_csv: bool, as_json: bool) -> None:
    """Write the rows as a table, CSV or JSON."""
    if as_json:
        write_json_list(row_document(listing.scope, listing.columns, row) for row in listing.rows(limit))
    elif as_csv:
        write_csv([column.name for column in listing.columns], (_cells(row, instant) for row in listing.rows(limit)))
    else:
        _write_table(listing, TABLE_LIMIT if limit is None else limit)


def _write_table(listing: Listing, limit: int) -> None:
    rows = list(listing.rows(limit))
    write_rows(listing.desk, listing.scope, listing.columns, rows)
    if len(rows) == limit and (count := listing.count()) > limit:
        tell_cut(limit, count)


def write_rows(desk: Desk, scope: str, columns: Sequence[ViewColumn], rows: Sequence[ViewRow]) -> None:
    """Write rows as a table, instants in the desk's zone."""

    def local(moment: datetime | None) -> str | None:
        return None if moment is None else f"{desk.local(moment):%Y-%m-%d %H:%M}"

    if not rows:
        write("No ticket matches." if scope == "tickets" else "No response matches.")
        return
    spans = [place for place, column in enumerate(columns) if column.kind == "span"]
    names = [column.name for column in columns]
    flexible = next((names.index(name) for name in ("title", "comment", "description") if name in names), None)
    cells = [_with_spans(_cells(row, local), spans) for row in rows]
    write_table([column.title for column in columns], cells, flexible=flexible)


def row_document(scope: str, columns: Sequence[ViewColumn], row: ViewRow) -> Mapping[str, Any]:
    """A row as JSON: what it is of, and its cells by the names of their columns; spans in seconds."""
    own = {"ticket": row.ticket} if scope == "tickets" else {"response": row.id, "ticket": row.ticket}
    cells = zip((column.name for column in columns), _cells(row, instant), strict=True)
    return {**own, "cells": dict(cells)}


def _cells(row: ViewRow, instants: Callable[[datetime], str | None]) -> list[Any]:
    return [
        instants(cell) if isinstance(cell, datetime) else number(cell) if isinstance(cell, float) else cell
        for cell in row.cells
    ]


def _with_spans(cells: list[Any], spans: Sequence[int]) -> list[Any]:
    for place in spans:
        cells[place] = _span(cells[place])
    return cells


def _span(seconds: int | None) -> str | None:
    """A length of time by its largest unit: `3d`, `2h`."""
    if seconds is None:
        return None
    unit, size = next(((unit, size) for unit, size in _UNITS if seconds >= size), _UNITS[-1])
    return f"{seconds // size}{unit}"
