"""New, closed, open and how long it took: the reports Tickets (over time) and Cases (by a field) (A5, M14).

Both give the same figures by the same statements, so that they can't disagree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casedesk.reports import definitions as defined
from casedesk.reports.lengths import (
    COLUMNS as LENGTHS,
    LATEST,
    NONE,
    Lengths,
    closings_where,
    length,
    length_rows,
    parsed,
    together,
)
from casedesk.reports.opened import opened_by
from casedesk.reports.statistics import mean, median, nearest_rank
from casedesk.reports.values import Chart, Figure, Line, Report, Rows
from casedesk.store.query_conditions import WITH_STATE

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.frame import Frame
    from casedesk.reports.period import Period

COLUMNS: tuple[Definition, ...] = (
    defined.NEW, defined.CLOSED, defined.CLOSINGS, defined.REOPENED, defined.OPEN,
    defined.AVERAGE_OPEN, defined.MEDIAN_OPEN, defined.P90_OPEN,
)  # fmt: skip

_REOPENED = "count(*), count(DISTINCT c.ticket_id)"
"""Reopenings, and of how many tickets."""


@dataclass(slots=True)
class Counts:
    """What was counted for a period, or for one group of it; `lengths` are the seconds that the closed ones took.

    A ticket may be reopened more than once, so that `reopened_tickets` are fewer.
    """

    new: int = 0
    closings: int = 0
    reopened: int = 0
    reopened_tickets: int = 0
    open: int = 0
    lengths: Lengths = NONE


def report(frame: Frame) -> Report:
    """The figures of the period, of its parts or groups, and of the period before."""
    grouped = frame.grouping is not None
    groups = _all_by_group(frame) if grouped else {}
    totals = whole(groups) if frame.in_one_group else counts_of(frame, frame.period)
    before = counts_of(frame, frame.period.before()) if frame.request.compare else None
    lines = _by_group(frame, groups) if grouped else _by_time(frame)
    age = _age(frame)
    return Report(
        title="Cases" if grouped else "Tickets",
        request=frame.request,
        zone=frame.period.zone.key,
        totals=(*_figures(frame, totals, frame.period, before=before), age),
        columns=COLUMNS,
        lines=tuple(lines),
        charts=_CHARTS_BY_GROUP if grouped else _CHARTS,
        notes=_notes(frame),
    )


_CHARTS = (
    Chart("New and closed", "bar", ("new", "closed")),
    Chart("Open at the end", "line", ("open",)),
    Chart("Open time", "line", ("average_open_seconds", "median_open_seconds")),
)
_CHARTS_BY_GROUP = (
    Chart("New and closed", "bar", ("new", "closed")),
    Chart("Open time", "bar", ("average_open_seconds", "median_open_seconds")),
)


def _notes(frame: Frame) -> tuple[str, ...]:
    time = "working time" if frame.request.working else "calendar time, day and night"
    return (f"Open time is in {time}.",)


def _by_time(frame: Frame) -> list[Line]:
    """One line for each part of the period; those without data are zero rows (behaviour 8.2)."""
    lines = []
    open_before = _open_at(frame, frame.period.start)
    for label, part in frame.parts:
        counts = counts_of(frame, part, open_before)
        open_before = counts.open
        lines.append(Line(label, tuple(_figures(frame, counts, part)), Rows("tickets", _new_query(frame, part))))
    return lines


def counts_of(frame: Frame, period: Period, open_before: int | None = None) -> Counts:
    """What happened in a period; `open_before` is how many were open when it began, where that is known."""
    span = (period.start, period.end)
    test = frame.condition
    closings = closings_where(frame, "c.closed_at >= ? AND c.closed_at < ?")
    ended, closed, lengths = frame.rows(
        f"""SELECT count(*), count(*) FILTER (WHERE NOT c.merged),
                   json_group_array({length(frame)}) FILTER (WHERE NOT c.merged AND {LATEST}) FROM {closings.text}""",
        (period.end, *span, *closings.parameters),
    )[0]
    again = closings_where(frame, "c.reopened_at >= ? AND c.reopened_at < ?")
    reopened, reopened_tickets = frame.rows(f"SELECT {_REOPENED} FROM {again.text}", (*span, *again.parameters))[0]
    counts = Counts(
        new=frame.value(
            f"SELECT count(*) FROM ticket t WHERE t.created_at >= ? AND t.created_at < ? AND {test.text}",
            (*span, *test.parameters),
        ),
        closings=closed,
        reopened=reopened,
        reopened_tickets=reopened_tickets,
        lengths=parsed(lengths),
    )
    if open_before is None or period.end > frame.now + 1:
        counts.open = _open_at(frame, min(period.end, frame.now + 1))
    else:
        counts.open = open_before + counts.new - ended + reopened
    return counts


def _open_at(frame: Frame, instant: int) -> int:
    """How many tickets were open at an instant: opened before, and not closed then."""
    test = frame.condition
    opened = frame.value(
        f"SELECT count(*) FROM ticket t WHERE t.created_at < ? AND {test.text}", (instant, *test.parameters)
    )
    shut = closings_where(frame, "c.closed_at < ? AND (c.reopened_at IS NULL OR c.reopened_at >= ?)")
    closed = frame.value(f"SELECT count(*) FROM {shut.text}", (instant, instant, *shut.parameters))
    return int(opened - closed)


def whole(groups: Mapping[Any, Counts]) -> Counts:
    """What was counted for all groups together, where no ticket is in two of them."""
    counts = Counts(lengths=together(group.lengths for group in groups.values()))
    for group in groups.values():
        counts.new += group.new
        counts.closings += group.closings
        counts.reopened += group.reopened
        counts.reopened_tickets += group.reopened_tickets
        counts.open += group.open
    return counts


def _all_by_group(frame: Frame) -> Mapping[Any, Counts]:
    groups = counts_by_group(frame)
    for key, count in _open_by_group(frame).items():
        groups[key].open = count
    return groups


def _by_group(frame: Frame, groups: Mapping[Any, Counts]) -> list[Line]:
    """One line for each value of the field, those with the most new and closed tickets first."""
    ordered = sorted(groups.items(), key=lambda item: (-item[1].new - item[1].closings, frame.label(item[0])))
    return [_group_line(frame, key, counts) for key, counts in ordered]


def counts_by_group(frame: Frame) -> defaultdict[Any, Counts]:
    """What happened in the period, by the key of each group; without how many were open at its end."""
    span = (frame.period.start, frame.period.end)
    groups: defaultdict[Any, Counts] = defaultdict(Counts)
    assert frame.grouping is not None
    for key, count in opened_by(frame, frame.grouping).items():
        groups[key].new = count
    select = f"count(*), json_group_array({length(frame)}) FILTER (WHERE {LATEST})"
    ended = "c.closed_at >= ? AND c.closed_at < ? AND NOT c.merged"
    found: defaultdict[Any, list[str]] = defaultdict(list)
    for key, count, lengths in frame.grouped_by_the_week(
        select, frame.closings, ended, lambda week: (frame.period.end, week.start, week.end)
    ):
        groups[key].closings += count
        found[key].append(lengths)
    for key, texts in found.items():
        groups[key].lengths = parsed(*texts)
    for key, *counts in frame.grouped(_REOPENED, frame.closings, "c.reopened_at >= ? AND c.reopened_at < ?", span):
        groups[key].reopened, groups[key].reopened_tickets = counts
    return groups


def _group_line(frame: Frame, key: Any, counts: Counts) -> Line:
    word = frame.within_group(key)
    figures = _figures(frame, counts, frame.period, extra=(word,))
    return Line(frame.label(key), tuple(figures), Rows("tickets", _new_query(frame, frame.period, word)))


def _open_by_group(frame: Frame) -> Counter[Any]:
    """How many of each group were open at the period's end, or are now if that is ahead: those that are open, set
    right by those that have been closed or reopened since."""
    instant = min(frame.period.end, frame.now + 1)
    grouping = frame.grouping
    assert grouping is not None
    # The plus sign has the index of the group read, where it knows the state too: nothing is looked up then.
    by_group = grouping.key.removeprefix("t.") in WITH_STATE
    state = "+t.state <> 'closed'" if by_group else "t.state IN ('new', 'open', 'pending')"
    counts: Counter[Any] = Counter(
        dict(frame.grouped("count(*)", "ticket t", f"{state} AND t.created_at < ?", (instant,)))
    )
    for key, count in frame.grouped(_MORE_THEN, _CHANGED_SINCE, "t.created_at < ?", (instant,) * 5):
        counts[key] += count
    return counts


_MORE_THEN = """count(*) FILTER (WHERE NOT EXISTS (
        SELECT 1 FROM ticket_closing c
        WHERE c.ticket_id = t.id AND c.closed_at < ? AND (c.reopened_at IS NULL OR c.reopened_at >= ?)))
    - count(*) FILTER (WHERE t.state <> 'closed')"""
"""How many more were open at an instant than are now."""

_CHANGED_SINCE = """(SELECT ticket_id FROM ticket_closing WHERE closed_at >= ? UNION
    SELECT ticket_id FROM ticket_closing WHERE reopened_at >= ?) o CROSS JOIN ticket t ON t.id = o.ticket_id"""
"""The tickets that have been closed or reopened at an instant or later; all others are as they were."""


def _new_query(frame: Frame, period: Period, *extra: str) -> str:
    return frame.query(frame.within("created", period), *extra)


def _figures(
    frame: Frame, counts: Counts, period: Period, *, extra: tuple[str, ...] = (), before: Counts | None = None
) -> list[Figure]:
    """The figures in the columns' order, each with the query of its rows."""
    closed = Rows("tickets", frame.query(frame.within("closing", period), *extra))
    rows = {
        "new": Rows("tickets", _new_query(frame, period, *extra)),
        "reopened": Rows("tickets", frame.query(frame.within("reopened", period), *extra)),
        "open": Rows("tickets", frame.query(frame.open_at_end(period), *extra)),
    }
    rows |= dict.fromkeys((each.id for each in LENGTHS), length_rows(counts.lengths, closed))
    now, past = _values(counts), _values(before) if before is not None else {}
    n = {"new": counts.new, "reopened": counts.reopened_tickets, "open": counts.open}
    n |= dict.fromkeys((each.id for each in LENGTHS), len(counts.lengths.known))
    return [
        Figure(
            definition,
            now[definition.id],
            n.get(definition.id, counts.lengths.closed),
            before=past.get(definition.id),
            rows=rows.get(definition.id, closed),
        )
        for definition in COLUMNS
    ]


def _values(counts: Counts) -> dict[str, float | None]:
    return {
        "new": counts.new,
        "closed": counts.lengths.closed,
        "closings": counts.closings,
        "reopened": counts.reopened,
        "open": counts.open,
        "average_open_seconds": mean(counts.lengths.known),
        "median_open_seconds": median(counts.lengths.known),
        "p90_open_seconds": nearest_rank(counts.lengths.known, 90),
    }


def _age(frame: Frame) -> Figure:
    """The age of what is open now, apart from the open time of what was closed (behaviour 8.1)."""
    test = frame.condition
    count, total = frame.rows(
        f"""SELECT count(*), coalesce(sum(? - t.created_at - coalesce(
                (SELECT sum(c.reopened_at - c.closed_at) FROM ticket_closing c WHERE c.ticket_id = t.id), 0)), 0)
            FROM ticket t WHERE t.state IN ('new', 'open', 'pending') AND {test.text}""",
        (frame.now, *test.parameters),
    )[0]
    return Figure(defined.AGE, total / count if count else None, count, rows=Rows("tickets", frame.query("-is:closed")))
