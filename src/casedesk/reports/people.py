"""What each person, or each team, has before them and has done (S5, S10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.grammar import quoted
from casedesk.reports import definitions as defined, lengths as measured
from casedesk.reports.cases import Counts, counts_by_group, counts_of, whole
from casedesk.reports.frame import Frame
from casedesk.reports.lengths import length_figures
from casedesk.reports.measuring import Measured, counted, figure
from casedesk.reports.period import STEPS
from casedesk.reports.values import Chart, Figure, Line, Report, Rows

if TYPE_CHECKING:
    from casedesk.reports.definitions import Definition
    from casedesk.reports.period import Period

FIELDS = ("owner", "team", "closer")
"""Whom it can be about; without any of them, the owners."""

_DONE = {
    defined.NOTES: ("noted", "note", "author_id", "x.created_at >= ? AND x.created_at < ?"),
    defined.ACTIONS: ("acted", "ticket_action", "actor_id", "x.created_at >= ? AND x.created_at < ?"),
    defined.MESSAGES: (
        "messaged", "message", "author_id",
        "x.at >= ? AND x.at < ? AND x.direction = 'out' AND NOT x.automatic AND x.author_id IS NOT NULL",
    ),
}  # fmt: skip
"""What people do: the field of queries that finds it, its table and actor, and the condition on a row `x`."""

_OF_NOW = (defined.OPEN_NOW, defined.OVERDUE)
_COUNTED = (defined.NEW, defined.CLOSED, defined.REOPENED, *_OF_NOW)
COLUMNS: tuple[Definition, ...] = (*_COUNTED, *measured.COLUMNS, *_DONE)

_STANDING = """count(*), count(*) FILTER (WHERE t.id IN (
    SELECT x.ticket_id FROM ticket_timer x INDEXED BY ix_ticket_timer_running
    WHERE x.kind = 'resolution' AND x.due_at < ? AND x.met_at IS NULL AND x.stopped_at IS NULL))"""
"""How many are open, and how many of them overdue (behaviour 3.7)."""


@dataclass(slots=True)
class Work:
    """What one of them has before them now, and did in a period; `done` has, for each kind, how often and on how many
    tickets."""

    counts: Counts = field(default_factory=Counts)
    open: int = 0
    overdue: int = 0
    done: dict[Definition, tuple[int, int]] = field(default_factory=lambda: dict.fromkeys(_DONE, (0, 0)))


def report(frame: Frame) -> Report:
    """A line for each person or team that has anything. Raises InvalidInput for another field, and QueryError."""
    if frame.request.by in STEPS:
        frame = Frame(frame.desk, replace(frame.request, by=FIELDS[0]))
    if frame.request.by not in FIELDS:
        raise InvalidInput(f"People are told apart by {', '.join(FIELDS)}, not by “{frame.request.by}”.")
    found = _by_key(frame)
    total = Work(whole({key: work.counts for key, work in found.items()}), done=_done(frame, frame.period))
    total.open = sum(work.open for work in found.values())
    total.overdue = sum(work.overdue for work in found.values())
    before = _before(frame) if frame.request.compare else None
    return Report(
        title="People",
        request=frame.request,
        zone=frame.period.zone.key,
        totals=tuple(_figures(frame, total, before=before)),
        columns=COLUMNS,
        lines=tuple(_lines(frame, found)),
        charts=(
            Chart("New and closed", "bar", ("new", "closed")),
            Chart("Open and overdue now", "bar", ("open_now", "overdue")),
        ),
        notes=(
            "Tickets belong to whose they are now; open and overdue are as of now, whatever the period.",
            "Notes, actions and messages count for the team of the ticket."
            if frame.request.by == "team"
            else "Notes, actions and messages count for who wrote or took them, whosever the ticket is.",
            "Open time is in working time." if frame.request.working else "Open time is in calendar time.",
        ),
    )


# -- reading ----------------------------------------------------------------------------------------------------------


def _before(frame: Frame) -> Work:
    earlier = frame.period.before()
    return Work(counts_of(frame, earlier, 0), done=_done(frame, earlier))


def _done(frame: Frame, period: Period) -> dict[Definition, tuple[int, int]]:
    """What was done in a period on all tickets that the request's query leaves in."""
    test = frame.condition
    found = {}
    for kind, (_, table, _, condition) in _DONE.items():
        ((count, tickets),) = frame.rows(
            f"""SELECT count(*), count(DISTINCT x.ticket_id) FROM {table} x CROSS JOIN ticket t ON t.id = x.ticket_id
                WHERE {condition} AND {test.text}""",
            (period.start, period.end, *test.parameters),
        )
        found[kind] = (count, tickets)
    return found


def _by_key(frame: Frame) -> dict[Any, Work]:
    """Of each person or team, by its id; None for what nobody has."""
    found: defaultdict[Any, Work] = defaultdict(Work)
    for key, counts in counts_by_group(frame).items():
        found[key].counts = counts
    # The plus sign has the index of the group read, which is smaller than what the state's leads to.
    for key, count, overdue in frame.grouped(_STANDING, "ticket t", "+t.state <> 'closed'", (frame.now,)):
        found[key].open, found[key].overdue = count, overdue
    test, grouping = frame.condition, frame.grouping
    assert grouping is not None
    for kind, (_, table, actor, condition) in _DONE.items():
        whose = grouping.key if frame.request.by == "team" else f"x.{actor}"
        rows = frame.rows(
            f"""SELECT {whose}, count(*), count(DISTINCT x.ticket_id)
                FROM {table} x CROSS JOIN ticket t ON t.id = x.ticket_id
                WHERE {condition} AND {test.text} GROUP BY 1""",
            (frame.period.start, frame.period.end, *test.parameters),
        )
        for key, count, tickets in rows:
            found[key].done[kind] = (count, tickets)
    return found


# -- lines and figures ------------------------------------------------------------------------------------------------


def _lines(frame: Frame, found: Mapping[Any, Work]) -> Iterator[Line]:
    """Those with the most closed tickets first; what nobody has comes last."""

    def place(key: Any) -> tuple[bool, int, str]:
        return key is None, -found[key].counts.lengths.closed, frame.label(key)

    for key in sorted(found, key=place):
        word = frame.within_group(key)
        figures = tuple(_figures(frame, found[key], key=key, word=word))
        yield Line(frame.label(key), figures, Rows("tickets", frame.query(word, "-is:closed")))


def _figures(
    frame: Frame, work: Work, *, key: Any = None, word: str = "", before: Work | None = None
) -> Iterator[Figure]:
    """The figures in the columns' order; `word` narrows the rows of a line down to it."""

    def rows(*words: str) -> Rows:
        return Rows("tickets", frame.query(*filter(None, (word, *words))))

    closed = rows(frame.within("closing", frame.period))
    listed = {
        defined.NEW: rows(frame.within("created", frame.period)),
        defined.CLOSED: closed,
        defined.REOPENED: rows(frame.within("reopened", frame.period)),
        defined.OPEN_NOW: rows("-is:closed"),
        defined.OVERDUE: rows("sla:overdue"),
    } | {kind: _done_rows(frame, name, key, word) for kind, (name, *_) in _DONE.items()}
    now, past = _measured(work), {} if before is None else _measured(before)
    for definition in _COUNTED:
        was = None if definition in _OF_NOW else past.get(definition)
        yield figure(definition, now[definition], was, listed[definition])
    yield from length_figures(work.counts.lengths, None if before is None else before.counts.lengths, closed)
    for kind in _DONE:
        yield figure(kind, now[kind] if listed[kind] else Measured(None, 0), past.get(kind), listed[kind])


def _measured(work: Work) -> dict[Definition, Measured]:
    counts = work.counts
    return {
        defined.NEW: counted(counts.new),
        defined.CLOSED: counted(counts.lengths.closed),
        defined.REOPENED: Measured(counts.reopened, counts.reopened_tickets),
        defined.OPEN_NOW: counted(work.open),
        defined.OVERDUE: counted(work.overdue),
        **{kind: Measured(*done) for kind, done in work.done.items()},
    }


def _done_rows(frame: Frame, name: str, key: Any, word: str) -> Rows | None:
    """The tickets on which the person of a line, or anybody on those of a team, did it; None for nobody's line."""
    if not word or frame.request.by == "team":
        return Rows("tickets", frame.query(*filter(None, (word, frame.within(name, frame.period)))))
    if key is None:
        return None
    return Rows("tickets", frame.query(frame.within(f"{name}.{quoted(frame.label(key))}", frame.period)))
