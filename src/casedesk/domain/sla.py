"""Service levels: which timers a ticket has, from its history alone (behaviour 3.4 to 3.7).

Instants are whole seconds since 1970, UTC; lengths are working seconds of the policy's calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from casedesk.domain import lifecycle
from casedesk.domain.business_time import Calendar, NoDeadline, deadline

FIRST_RESPONSE: Final = "first response"
NEXT_REPLY: Final = "next reply"
RESOLUTION: Final = "resolution"

KINDS: Final = (FIRST_RESPONSE, NEXT_REPLY, RESOLUTION)

Span = tuple[int, int | None]
"""From an instant until another, or without an end yet."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a policy promises for one kind of timer. `pauses`: pending doesn't count. `warn`: how long before the due
    instant it is about to be missed."""

    seconds: int
    pauses: bool = False
    warn: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What happened to a ticket, as far as timers go by it.

    `states` are the moves in their order, each an instant and the state from then on; before the first it was in
    `state`. `answers` are the instants of messages to the customer that a person wrote, `inquiries` of the
    customer's own; automatic ones are in neither. A `merged` ticket was closed by being merged into another.
    """

    opened_at: int
    state: str = lifecycle.NEW
    states: Sequence[tuple[int, str]] = ()
    answers: Sequence[int] = ()
    inquiries: Sequence[int] = ()
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer of a ticket. It is met, stopped (the ticket was closed or merged first), running, or running but paused:
    then it has no due instant."""

    kind: str
    started_at: int
    target: Target
    due_at: int | None = None
    warn_at: int | None = None
    met_at: int | None = None
    stopped_at: int | None = None
    closed: tuple[Span, ...] = ()
    paused: tuple[Span, ...] = ()
    """What didn't count until it ended: the ticket was closed, or pending where that pauses."""

    @property
    def ended_at(self) -> int | None:
        """When it was met or stopped; None while it runs."""
        return self.met_at if self.met_at is not None else self.stopped_at


def timers(history: History, targets: Mapping[str, Target], calendar: Calendar) -> list[Timer]:
    """The timers of a ticket with these targets, by kind and start."""
    closed = spans_in(history, lifecycle.CLOSED)
    pending = spans_in(history, lifecycle.PENDING)
    found = []
    for run in runs(history):
        target = targets.get(run.kind)
        if target is not None:
            found.append(_timed(run, target, closed, pending if target.pauses else (), calendar))
    return found


def spans_in(history: History, state: str) -> tuple[Span, ...]:
    """The spans in which the ticket was in `state`; the last has no end if it still is."""
    spans: list[Span] = []
    since = history.opened_at if history.state == state else None
    for at, to in history.states:
        if to == state and since is None:
            since = at
        elif to != state and since is not None:
            spans.append((since, at))
            since = None
    return (*spans, (since, None)) if since is not None else tuple(spans)


class Run(NamedTuple):
    """A timer's run through a history, whatever its target."""

    kind: str
    started_at: int
    met_at: int | None
    stopped_at: int | None

    @property
    def ended_at(self) -> int | None:
        """When it was met or stopped; None while it runs."""
        return self.met_at if self.met_at is not None else self.stopped_at


def runs(history: History) -> Iterator[Run]:
    """Every run of a timer in a history. Closed and merged tickets have none that goes on (behaviour 3.7)."""
    closed = spans_in(history, lifecycle.CLOSED)
    closed_at = closed[-1][0] if closed and closed[-1][1] is None else None
    met_at, stopped_at = (None, closed_at) if history.merged else (closed_at, None)
    yield Run(RESOLUTION, history.opened_at, met_at, stopped_at)
    answered = min(history.answers, default=None)
    yield Run(FIRST_RESPONSE, history.opened_at, answered, closed_at if answered is None else None)
    if answered is not None:
        yield from _waits(history, closed, answered)


def _waits(history: History, closed: Sequence[Span], answered: int) -> Iterator[Run]:
    """The next replies: each from the oldest message that waits, or from reopening, to an answer or to closing.

    There are none before the first response: until then that timer says how long the customer waits.
    """
    # Of what happens in one second, an answer comes first: it can't answer what came with it.
    events = sorted(
        [
            *((at, 0, "answer") for at in history.answers if at > answered),
            *((start, 1, "closed") for start, _end in closed),
            *((end, 2, "reopened") for _start, end in closed if end is not None),
            *((at, 3, "inquiry") for at in history.inquiries if at > answered),
        ]
    )
    waiting: int | None = None
    shut = False
    for at, _rank, what in events:
        if what in {"closed", "reopened"}:
            shut = what == "closed"
        if what in {"inquiry", "reopened"} and waiting is None and not shut and at > answered:
            waiting = at
        elif what in {"answer", "closed"} and waiting is not None:
            yield Run(NEXT_REPLY, waiting, at if what == "answer" else None, at if what == "closed" else None)
            waiting = None
    if waiting is not None:
        yield Run(NEXT_REPLY, waiting, None, None)


def _timed(run: Run, target: Target, closed: Sequence[Span], paused: Sequence[Span], calendar: Calendar) -> Timer:
    """The run with its due instant; what is idle after its end doesn't move it any more."""

    def until_end(spans: Sequence[Span]) -> tuple[Span, ...]:
        # A span that begins where the timer ends is the closing itself.
        return tuple(span for span in spans if run.ended_at is None or span[0] < run.ended_at)

    closed, paused = until_end(closed), until_end(paused)
    # A warning is never earlier than when a quarter of the time is left.
    ahead = min(target.warn, target.seconds // 4)
    due_at = _deadline(calendar, run.started_at, target.seconds, (*closed, *paused))
    warn_at = _deadline(calendar, run.started_at, target.seconds - ahead, (*closed, *paused)) if ahead else None
    return Timer(run.kind, run.started_at, target, due_at, warn_at, run.met_at, run.stopped_at, closed, paused)


def _deadline(calendar: Calendar, start: int, seconds: int, pauses: Sequence[Span]) -> int | None:
    """The instant, or None while a pause goes on that keeps it from coming (behaviour 3.5)."""
    try:
        return deadline(calendar, start, seconds, pauses)
    except NoDeadline:
        return None
