"""Inside and outside of the service level: what was closed in time, what runs, what was missed (A6, behaviour 3).

There is one only while service levels are on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import add
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import InvalidInput
from casedesk.domain.sla import FIRST_RESPONSE, KINDS, NEXT_REPLY, RESOLUTION
from casedesk.reports import definitions as defined
from casedesk.reports.measuring import Measured, counted, figure, share_of
from casedesk.reports.values import Chart, Figure, Line, Report, Rows

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.frame import Frame
    from casedesk.reports.period import Period

_OF_PERIOD: tuple[Definition, ...] = (
    defined.INSIDE, defined.OUTSIDE, defined.SHARE_INSIDE, defined.FIRST_RESPONSE_INSIDE, defined.NEXT_REPLY_INSIDE,
    defined.BREACHES, defined.FIRST_RESPONSE_BREACHES, defined.NEXT_REPLY_BREACHES, defined.RESOLUTION_BREACHES,
)  # fmt: skip
_OF_NOW: tuple[Definition, ...] = (defined.RUNNING, defined.OVERDUE)
"""What holds now, whatever the period; it has no place in a table of days."""

_IN_TIME = {
    defined.SHARE_INSIDE: RESOLUTION,
    defined.FIRST_RESPONSE_INSIDE: FIRST_RESPONSE,
    defined.NEXT_REPLY_INSIDE: NEXT_REPLY,
}
_MISSED = {
    defined.BREACHES: "",
    defined.FIRST_RESPONSE_BREACHES: FIRST_RESPONSE,
    defined.NEXT_REPLY_BREACHES: NEXT_REPLY,
    defined.RESOLUTION_BREACHES: RESOLUTION,
}
"""Of which kind the breaches are; of any, where none is named."""

_TIMERS = "ticket_timer x JOIN ticket t ON t.id = x.ticket_id"
_JUDGED = "count(*) FILTER (WHERE x.met_at <= x.due_at), count(*), {tickets}"
_TICKETS = {FIRST_RESPONSE: "count(*)", NEXT_REPLY: "count(DISTINCT x.ticket_id)", RESOLUTION: "count(*)"}
"""Only of next replies a ticket has several."""
_MET = "x.met_at IS NOT NULL AND x.kind = ? AND x.met_at >= ? AND x.met_at < ? AND x.due_at IS NOT NULL"
_LATE = "count(*) FILTER (WHERE x.due_at < {now:d}), count(*)"
_RUNS = "x.kind = 'resolution' AND x.met_at IS NULL AND x.stopped_at IS NULL"
_BREACHED = "ticket_breach b JOIN ticket t ON t.id = b.ticket_id"
_COUNTED = ", ".join(
    f"count({what}) FILTER (WHERE {f'b.kind = {kind!r}' if kind else '1'})"
    for kind in _MISSED.values()
    for what in ("*", "DISTINCT b.ticket_id")
)
"""How many breaches there were of each kind, and of how many tickets."""

Tally = tuple[int, ...]
"""Counts that belong together; each adds up over tickets by itself."""


@dataclass(slots=True)
class Attainment:
    """What became of timers in a period. `met` has, by their kind, how many were met in time, how many at all, and of
    how many tickets; `breaches` how many of each kind there were, and of how many tickets; `standing` how many
    resolutions are overdue now and how many run at all."""

    met: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(KINDS, (0, 0, 0)))
    breaches: dict[str, Tally] = field(default_factory=lambda: dict.fromkeys(_MISSED.values(), (0, 0)))
    standing: Tally = (0, 0)

    def add(self, other: Attainment) -> None:
        """Count what became of the timers of other tickets, too."""
        self.met = {kind: _sums(counts, other.met[kind]) for kind, counts in self.met.items()}
        self.breaches = {kind: _sums(counts, other.breaches[kind]) for kind, counts in self.breaches.items()}
        self.standing = _sums(self.standing, other.standing)


def _sums(one: Tally, other: Sequence[int]) -> Tally:
    return tuple(map(add, one, other))


def report(frame: Frame) -> Report:
    """The attainment of the period, of its parts or groups, and of the period before.

    Raises InvalidInput while service levels are off, and QueryError.
    """
    if not frame.desk.service_levels.on:
        raise InvalidInput(
            "Service levels are off, so nothing is inside or outside; `casedesk sla on` switches them on."
        )
    grouped = frame.grouping is not None
    groups = _attained_by_group(frame) if grouped else {}
    totals = _whole(groups.values()) if frame.in_one_group else _of_now_too(frame)
    before = _of_period(frame, frame.period.before()) if frame.request.compare else None
    columns = (*_OF_PERIOD, *_OF_NOW) if grouped else _OF_PERIOD
    return Report(
        title="Service levels",
        request=frame.request,
        zone=frame.period.zone.key,
        totals=tuple(_figures(frame, (*_OF_PERIOD, *_OF_NOW), totals, frame.period, before=before)),
        columns=columns,
        lines=tuple(_by_group(frame, columns, groups) if grouped else _by_time(frame, columns)),
        charts=(
            Chart("Inside and outside", "stacked", ("inside", "outside")),
            Chart("Inside, %", "bar" if grouped else "line", ("inside_percent",)),
        ),
        notes=(
            "Due instants are in the working time of each ticket's policy.",
            "Tickets that were closed before service levels were on have no target and aren't judged.",
            "Running and overdue are as of now, whatever the period.",
        ),
    )


# -- reading ----------------------------------------------------------------------------------------------------------


def _of_period(frame: Frame, period: Period) -> Attainment:
    """What was met and what was missed in a period."""
    found, span = Attainment(), (period.start, period.end)
    for kind in KINDS:
        ((in_time, met, tickets),) = _timers(frame, _JUDGED.format(tickets=_TICKETS[kind]), _MET, (kind, *span))
        found.met[kind] = (in_time, met, tickets)
    tables = _BREACHED if frame.narrowed else "ticket_breach b"
    condition, test = _within("b.due_at >= ? AND b.due_at < ?", frame)
    (counts,) = frame.rows(f"SELECT {_COUNTED} FROM {tables} WHERE {condition}", (*span, *test))
    found.breaches = _by_kind(counts)
    return found


def _of_now_too(frame: Frame) -> Attainment:
    """Likewise for the request's period, with what stands now."""
    found = _of_period(frame, frame.period)
    ((overdue, running),) = _timers(frame, _LATE.format(now=frame.now), _RUNS, ())
    found.standing = (overdue, running)
    return found


def _whole(groups: Iterable[Attainment]) -> Attainment:
    """What became of the timers of all groups together, where no ticket is in two of them."""
    found = Attainment()
    for group in groups:
        found.add(group)
    return found


def _by_kind(counts: Sequence[int]) -> dict[str, Tally]:
    """The breaches of each kind and their tickets, in the order of `_COUNTED`."""
    return dict(zip(_MISSED.values(), zip(counts[::2], counts[1::2], strict=True), strict=True))


def _timers(frame: Frame, select: str, condition: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    """What `select` says of the timers under a condition, of the tickets that the request's query leaves in."""
    tables = _TIMERS if frame.narrowed else "ticket_timer x"
    where, test = _within(condition, frame)
    return frame.rows(f"SELECT {select} FROM {tables} WHERE {where}", (*parameters, *test))


def _within(condition: str, frame: Frame) -> tuple[str, tuple[Any, ...]]:
    if not frame.narrowed:
        return condition, ()
    return f"{condition} AND {frame.condition.text}", frame.condition.parameters


def _by_time(frame: Frame, columns: Sequence[Definition]) -> Iterator[Line]:
    for label, part in frame.parts:
        figures = tuple(_figures(frame, columns, _of_period(frame, part), part))
        yield Line(label, figures, _closed(frame, part))


def _attained_by_group(frame: Frame) -> Mapping[Any, Attainment]:
    """What became of the timers of each group, by its key."""
    groups: defaultdict[Any, Attainment] = defaultdict(Attainment)
    span = (frame.period.start, frame.period.end)
    for kind in KINDS:
        for key, *counts in _met_by_group(frame, kind):
            groups[key].met[kind] = _sums(groups[key].met[kind], counts)
    for key, *counts in frame.grouped(_COUNTED, _BREACHED, "b.due_at >= ? AND b.due_at < ?", span):
        groups[key].breaches = _by_kind(counts)
    for key, overdue, running in frame.grouped(_LATE.format(now=frame.now), _TIMERS, _RUNS, ()):
        groups[key].standing = (overdue, running)
    return groups


def _by_group(frame: Frame, columns: Sequence[Definition], groups: Mapping[Any, Attainment]) -> Iterator[Line]:
    """One line for each value of the field, those with the most closed tickets first."""
    ordered = sorted(groups.items(), key=lambda item: (-item[1].met[RESOLUTION][1], frame.label(item[0])))
    for key, attainment in ordered:
        word = frame.within_group(key)
        figures = tuple(_figures(frame, columns, attainment, frame.period, word))
        yield Line(frame.label(key), figures, _closed(frame, frame.period, word))


def _met_by_group(frame: Frame, kind: str) -> Iterable[tuple[Any, ...]]:
    """The key of a group, how many timers of a kind were met in time and at all, and of how many tickets; in several
    rows, which add up."""
    judged = _JUDGED.format(tickets=_TICKETS[kind])
    if kind == NEXT_REPLY:  # a ticket may have them in several weeks
        return frame.grouped(judged, _TIMERS, _MET, (kind, frame.period.start, frame.period.end))
    return frame.grouped_by_the_week(judged, _TIMERS, _MET, lambda week: (kind, week.start, week.end))


# -- figures ----------------------------------------------------------------------------------------------------------


def _closed(frame: Frame, period: Period, *words: str, to_target: str = "inside,outside") -> Rows:
    """The tickets closed in the period with a resolution target: in time, late, or either."""
    return Rows("tickets", frame.query(frame.within("closed", period), *words, f"sla:{to_target}"))


def _figures(
    frame: Frame,
    columns: Sequence[Definition],
    found: Attainment,
    period: Period,
    *words: str,
    before: Attainment | None = None,
) -> Iterator[Figure]:
    """The figures in the columns' order, each with the query of its rows and set beside the period before."""
    rows = {
        defined.INSIDE: _closed(frame, period, *words, to_target="inside"),
        defined.OUTSIDE: _closed(frame, period, *words, to_target="outside"),
        defined.SHARE_INSIDE: _closed(frame, period, *words),
        defined.RUNNING: Rows("tickets", frame.query(*words, "sla:running")),
        defined.OVERDUE: Rows("tickets", frame.query(*words, "sla:overdue")),
    }
    found_by = {definition: ".".join(filter(None, ("breach", kind))) for definition, kind in _MISSED.items()}
    found_by |= {defined.FIRST_RESPONSE_INSIDE: FIRST_RESPONSE, defined.NEXT_REPLY_INSIDE: NEXT_REPLY}
    for definition, field_of_it in found_by.items():
        word = frame.within(field_of_it.replace(" ", "_"), period)
        rows[definition] = Rows("tickets", frame.query(word, *words))
    now = _measured(found)
    past = {} if before is None else {at: _measured(before)[at] for at in _OF_PERIOD}
    for definition in columns:
        yield figure(definition, now[definition], past.get(definition), rows[definition])


def _measured(found: Attainment) -> dict[Definition, Measured]:
    inside, closed, _ = found.met[RESOLUTION]
    overdue, running = found.standing
    counts = {
        defined.INSIDE: inside,
        defined.OUTSIDE: closed - inside,
        defined.RUNNING: running - overdue,
        defined.OVERDUE: overdue,
    }
    measured = {definition: counted(count) for definition, count in counts.items()}
    measured |= {
        definition: Measured(count, tickets)
        for definition, kind in _MISSED.items()
        for count, tickets in (found.breaches[kind],)
    }
    for definition, kind in _IN_TIME.items():
        in_time, met, tickets = found.met[kind]
        measured[definition] = replace(share_of(in_time, met), tickets=tickets if kind == NEXT_REPLY else None)
    return measured
