"""What closed tickets were about: classifications over time, by campaign, by owner or any other field (M12)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from casedesk.domain.query.grammar import quoted
from casedesk.reports import definitions as defined, lengths as measured
from casedesk.reports.frame import GROUPINGS, NOBODY
from casedesk.reports.lengths import (
    LATEST,
    NONE,
    Lengths,
    closings_where,
    length,
    length_figures,
    parsed,
)
from casedesk.reports.measuring import counted, figure, share_of
from casedesk.reports.opened import opened_by
from casedesk.reports.values import Chart, Figure, Line, Report, Rows

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.frame import Frame, Grouping
    from casedesk.reports.period import Period

MOST_GROUPS = 30
"""Values of a field that get a column each; those with fewer closed tickets are left out, and the notes say so."""

COLUMNS: tuple[Definition, ...] = (defined.NEW, defined.CLOSED, defined.CAUSE_PERCENT, *measured.COLUMNS)

_CLOSED = "c.closed_at >= ? AND c.closed_at < ? AND NOT c.merged"


@dataclass(slots=True)
class Cause:
    """What has a classification: how many opened in the period, how long each that was closed had been open, and how
    many were closed in each part or group."""

    new: int = 0
    lengths: Lengths = NONE
    within: dict[Any, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Column:
    """A part of the period or a group: the key that it is counted by, its figure, and the query of its rows."""

    key: Any
    definition: Definition
    period: Period
    word: str = ""


def report(frame: Frame) -> Report:
    """A line for each classification, with a column for each part or group, and one for what has none."""
    causes = _by_cause(frame)
    listed = frame.rows("SELECT id, name, retired FROM classification ORDER BY position, id")
    names = [(key, name) for key, name, retired in listed if key in causes or not retired]
    columns, notes = _columns(frame, causes.values())
    total = _closed(frame, frame.period)
    lines = [_line(frame, causes[key], total.closed, columns, name) for key, name in names]
    lines.append(_line(frame, causes[None], total.closed, columns, None))
    shown = tuple(column.definition.id for column in columns)
    return Report(
        title="Causes",
        request=frame.request,
        zone=frame.period.zone.key,
        totals=tuple(_totals(frame, causes, total)),
        columns=(*COLUMNS, *(column.definition for column in columns)),
        lines=tuple(lines),
        charts=(
            Chart("Closed, by cause", "bar", ("closed",)),
            Chart("Open time, by cause", "bar", ("average_open_seconds", "median_open_seconds")),
            *([Chart("Closed, by cause and part", "stacked", shown)] if len(shown) > 1 else []),
        ),
        notes=(
            "A ticket has the classifications that it has now; with several it counts for each of them.",
            "Open time is in working time." if frame.request.working else "Open time is in calendar time.",
            *notes,
        ),
        line_title="Classification",
    )


# -- reading ----------------------------------------------------------------------------------------------------------


def _by_cause(frame: Frame) -> defaultdict[int | None, Cause]:
    """What has each classification, by its id, and what has none, by None."""
    causes: defaultdict[int | None, Cause] = defaultdict(Cause)
    for key, count in opened_by(frame, GROUPINGS["class"]).items():
        causes[key].new = count
    found: defaultdict[int | None, list[str]] = defaultdict(list)
    for key, part, count, lengths in _crossed(frame):
        causes[key].within[part] = causes[key].within.get(part, 0) + count
        found[key].append(lengths)
    for key, texts in found.items():
        causes[key].lengths = parsed(*texts)
    if frame.grouping is not None and not frame.in_one_group:
        for key, lengths in _lengths(frame).items():
            causes[key].lengths = lengths
    return causes


def _crossed(frame: Frame) -> Iterator[tuple[Any, ...]]:
    """The classification's id, the place of the part or the key of the group, how many were closed in it, and how long
    each of them had been open, unless it was closed again later in the period; in several rows, which add up.

    Where a ticket is in several tags the lengths are left out.
    """
    test, grouping, until = frame.condition, frame.grouping, frame.period.end
    counted = f"count(*) FILTER (WHERE {LATEST})"
    if grouping is None:
        sql = _of_closings(frame, None, f"{counted}, {_lengths_in(frame)}")
        for place, (_, part) in enumerate(frame.parts):
            for key, *found in frame.rows(sql, (part.end, until, *_span(part), *test.parameters)):
                yield key, place, *found
    elif frame.in_one_group:
        sql = _of_closings(frame, grouping, f"{counted}, {_lengths_in(frame)}")
        yield from frame.by_the_week(sql, lambda week: (until, until, *_span(week), *test.parameters))
    else:
        sql = _of_closings(frame, grouping, f"{counted}, '[]'")
        yield from frame.by_the_week(sql, lambda week: (until, *_span(week), *test.parameters))


def _lengths(frame: Frame) -> dict[int | None, Lengths]:
    """How long the closed tickets with each classification had been open, by the classification's id."""
    found: defaultdict[int | None, list[str]] = defaultdict(list)
    sql, test = _of_closings(frame, None, _lengths_in(frame)), frame.condition
    for key, text in frame.by_the_week(sql, lambda week: (frame.period.end, *_span(week), *test.parameters)):
        found[key].append(text)
    return {key: parsed(*texts) for key, texts in found.items()}


def _of_closings(frame: Frame, grouping: Grouping | None, select: str) -> str:
    """The statement for the classification's id, the group's key where there is one, and what `select` says of their
    closings `c`."""
    classified = "LEFT JOIN ticket_classification k ON k.ticket_id = c.ticket_id"
    within = f"WHERE {_CLOSED} AND {frame.condition.text}"
    if grouping is None:
        return f"SELECT k.classification_id, {select} FROM {frame.closings} {classified} {within} GROUP BY 1"
    group = grouping.of_closings()
    return f"""SELECT k.classification_id, {group.key}, {select}
               FROM {frame.closings} {classified} {group.join} {within} GROUP BY 1, 2"""


def _lengths_in(frame: Frame) -> str:
    return f"json_group_array({length(frame)}) FILTER (WHERE {LATEST})"


def _closed(frame: Frame, period: Period) -> Lengths:
    """How long each ticket that was closed in a period had been open; each counts once."""
    closings = closings_where(frame, f"{_CLOSED} AND {LATEST}")
    sql = f"SELECT json_group_array({length(frame)}) FROM {closings.text}"
    return parsed(frame.value(sql, (*_span(period), period.end, *closings.parameters)))


def _span(period: Period) -> tuple[int, int]:
    return period.start, period.end


# -- lines and figures ------------------------------------------------------------------------------------------------


def _columns(frame: Frame, causes: Any) -> tuple[list[Column], list[str]]:
    """The parts in their order, or the groups, those that were closed for the most causes first; and what is left
    out."""
    if frame.grouping is None:
        return [Column(place, _definition(label), part) for place, (label, part) in enumerate(frame.parts)], []
    sizes: defaultdict[Any, int] = defaultdict(int)
    for cause in causes:
        for key, count in cause.within.items():
            sizes[key] += count
    keys = sorted(sizes, key=lambda key: (-sizes[key], frame.label(key)))
    left = len(keys) - MOST_GROUPS
    notes = [f"{left} more with fewer closed tickets are left out."] if left > 0 else []
    return [
        Column(key, _definition(frame.label(key)), frame.period, frame.within_group(key)) for key in keys[:MOST_GROUPS]
    ], notes


def _definition(label: str) -> Definition:
    return replace(defined.CLOSED_WITHIN, id=f"closed:{label}", title=label)


def _line(frame: Frame, cause: Cause, closed: int, columns: list[Column], name: str | None) -> Line:
    word = f"class:{NOBODY}" if name is None else f"class:{quoted(name)}"
    opened = Rows("tickets", frame.query(frame.within("created", frame.period), word))
    rows = Rows("tickets", frame.query(frame.within("closing", frame.period), word))
    every = Rows("tickets", frame.query(frame.within("closing", frame.period)))
    cells = [
        Figure(
            column.definition,
            cause.within.get(column.key, 0),
            cause.within.get(column.key, 0),
            rows=Rows(
                "tickets", frame.query(frame.within("closing", column.period), *filter(None, [column.word]), word)
            ),
        )
        for column in columns
    ]
    return Line(
        "Unclassified" if name is None else name,
        (
            figure(defined.NEW, counted(cause.new), None, opened),
            figure(defined.CLOSED, counted(cause.lengths.closed), None, rows),
            figure(defined.CAUSE_PERCENT, share_of(cause.lengths.closed, closed), None, every),
            *length_figures(cause.lengths, None, rows),
            *cells,
        ),
        rows,
    )


def _totals(frame: Frame, causes: Any, total: Lengths) -> Iterator[Figure]:
    """What was closed at all, beside the period before, and how much of it is classified."""
    earlier = frame.period.before()
    before = _closed(frame, earlier) if frame.request.compare else None
    rows = Rows("tickets", frame.query(frame.within("closing", frame.period)))
    yield figure(defined.CLOSED, counted(total.closed), None if before is None else counted(before.closed), rows)
    was = None
    if before is not None:
        ((unclassified,),) = frame.rows(
            f"""SELECT count(DISTINCT c.ticket_id)
                FROM {frame.closings} LEFT JOIN ticket_classification k ON k.ticket_id = c.ticket_id
                WHERE {_CLOSED} AND k.ticket_id IS NULL AND {frame.condition.text}""",
            (*_span(earlier), *frame.condition.parameters),
        )
        was = share_of(before.closed - unclassified, before.closed)
    share = share_of(total.closed - causes[None].lengths.closed, total.closed)
    yield figure(defined.CLASSIFIED_PERCENT, share, was, rows)
    yield from length_figures(total, before, rows)
