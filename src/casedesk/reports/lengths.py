"""How long closed tickets had been open: the last closing of each in a period, and its figures (behaviour 8.1)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from casedesk.reports import definitions as defined
from casedesk.reports.measuring import Measured, figure
from casedesk.reports.statistics import mean, median, nearest_rank
from casedesk.reports.values import Rows
from casedesk.store.sql_text import Sql

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.frame import Frame
    from casedesk.reports.values import Figure

LATEST = """(c.reopened_at IS NULL OR NOT EXISTS (SELECT 1 FROM ticket_closing d
    WHERE d.ticket_id = c.ticket_id AND d.closed_at > c.closed_at AND d.closed_at < ? AND NOT d.merged))"""
"""Of a ticket that was closed more than once in a period the last closing counts (behaviour 8.1)."""

COLUMNS: tuple[Definition, ...] = (defined.AVERAGE_OPEN, defined.MEDIAN_OPEN, defined.P90_OPEN)


def length(frame: Frame) -> str:
    """The column of a closing `c` that the request asks for: by the calendar, or by working time."""
    return "c.working_seconds" if frame.request.working else "c.open_seconds"


def closings_where(frame: Frame, condition: str) -> Sql:
    """What goes behind FROM for the closings `c` under a condition, of the tickets that the request's query leaves
    in. The tickets are read only where it leaves any out."""
    test = frame.condition
    return Sql(f"{frame.closings} WHERE {condition} AND {test.text}", test.parameters)


class Lengths(NamedTuple):
    """How long the tickets of some closings had been open: `known` in order, for as many as is known of `closed`."""

    closed: int = 0
    known: tuple[int, ...] = ()


NONE = Lengths()


def parsed(*texts: str) -> Lengths:
    """The lengths from lists in JSON, where there is nothing for a closing at an unknown instant."""
    found: list[int] = list(chain.from_iterable(map(json.loads, texts)))
    closed = len(found)
    if None in found:
        found = [length for length in found if length is not None]
    found.sort()
    return Lengths(closed, tuple(found))


def together(several: Iterable[Lengths]) -> Lengths:
    """The lengths of groups that have no closing in common."""
    groups = list(several)
    return Lengths(sum(group.closed for group in groups), tuple(sorted(chain.from_iterable(g.known for g in groups))))


def length_rows(lengths: Lengths, closed: Rows) -> Rows:
    """The rows behind the figures of lengths, from those of the closed tickets."""
    return closed if len(lengths.known) == lengths.closed else Rows(closed.scope, f"{closed.query} -is:undated")


def length_figures(lengths: Lengths, before: Lengths | None, closed: Rows) -> Iterator[Figure]:
    """Average, median and 90th percentile, in the order of `COLUMNS`; `closed` are the rows of the closed tickets."""
    rows = length_rows(lengths, closed)
    past = [None] * len(COLUMNS) if before is None else _measured(before.known)
    for definition, now, was in zip(COLUMNS, _measured(lengths.known), past, strict=True):
        yield figure(definition, now, was, rows)


def _measured(ordered: Sequence[int]) -> list[Measured]:
    return [Measured(value, len(ordered)) for value in (mean(ordered), median(ordered), nearest_rank(ordered, 90))]
