"""Why a ticket is due when it is: the spans that counted and those that didn't (X6, behaviour 3.7)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from casedesk.desk.instants import moment, optional_moment
from casedesk.desk.ticket_histories import TimedTicket, histories, timed_tickets
from casedesk.desk.ticket_timers import StoredTimer, policies_of, stored_timers
from casedesk.desk.values import Explanation, TimedSpan, TimerExplanation, TimerLine
from casedesk.domain import lifecycle
from casedesk.domain.business_time import Kind, Pause, Span, spans
from casedesk.domain.errors import NotFound
from casedesk.domain.sla import KINDS, History, spans_in

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import PolicyEntry
    from casedesk.domain.business_time import Calendar


def explained(desk: Desk, number: int) -> Explanation:
    """Every timer of the ticket with its spans. Raises NotFound."""
    reader = desk.store.reader()
    found = timed_tickets(reader, [number])
    if not found:
        raise NotFound(f"There is no ticket #{number}.")
    (ticket,) = found
    history = histories(reader, found)[number]
    policies = {entry.id: entry for entry in desk.policies.list(retired=True)}
    timers = sorted(stored_timers(reader, [number]), key=lambda timer: (KINDS.index(timer.kind), timer.started_at))
    applies = policies_of(desk, reader, found)[0] if desk.service_levels.on else None
    return Explanation(
        number,
        _text(desk, ticket, applies, timers),
        applies.name if applies else None,
        tuple(_timer(desk, timer, history, policies[timer.policy_id]) for timer in timers),
    )


def timer_lines(desk: Desk, number: int) -> tuple[TimerLine, ...]:
    """The ticket's timers as they stand, without their spans."""
    names = {entry.id: entry.name for entry in desk.policies.list(retired=True)}
    stored = stored_timers(desk.store.reader(), [number])
    return tuple(_line(timer, names[timer.policy_id], desk.seconds()) for timer in stored)


def _text(desk: Desk, ticket: TimedTicket, policy: PolicyEntry | None, timers: Iterable[StoredTimer]) -> str:
    if not desk.service_levels.on:
        return "Service levels are off at this desk."
    if policy is None:
        return "No policy applies to this ticket, so nothing of it is timed."
    why = "because no policy before it does" if policy.is_default else f"because it matches {policy.query}"
    told = f"The policy “{policy.name}” applies {why}; it counts by the calendar “{policy.calendar}”."
    if not list(timers):
        reason = (
            "it was closed before service levels were on"
            if ticket.state == lifecycle.CLOSED
            else "the policy has no target for it"
        )
        return f"{told} Nothing of this ticket is timed: {reason}."
    return told


def _line(timer: StoredTimer, policy: str, now: int) -> TimerLine:
    ended_at = timer.met_at if timer.met_at is not None else timer.stopped_at
    state = "met" if timer.met_at is not None else "stopped" if ended_at is not None else ""
    until = now if ended_at is None else ended_at
    return TimerLine(
        timer.kind,
        state or ("running" if timer.due_at is not None else "paused"),
        policy,
        timer.target,
        moment(timer.started_at),
        optional_moment(timer.due_at),
        optional_moment(timer.warn_at),
        optional_moment(ended_at),
        timer.breached_at is not None or (timer.due_at is not None and until > timer.due_at),
    )


def _timer(desk: Desk, timer: StoredTimer, history: History, policy: PolicyEntry) -> TimerExplanation:
    calendar = desk.calendars.working(policy.calendar_id)
    line = _line(timer, policy.name, desk.seconds())
    until = desk.seconds() if line.ended_at is None else int(line.ended_at.timestamp())
    closed = spans_in(history, lifecycle.CLOSED)
    paused = spans_in(history, lifecycle.PENDING) if timer.pauses else ()
    past = spans(calendar, timer.started_at, until, paused, closed)
    counted = sum(span.working for span in past if span.kind is Kind.COUNTED)
    return TimerExplanation(
        timer=line,
        calendar=policy.calendar,
        zone=calendar.zone,
        pauses=bool(timer.pauses),
        spans=tuple(map(_span, past)),
        totals=tuple((kind.value, sum(span.seconds for span in past if span.kind is kind)) for kind in Kind),
        counted=counted,
        left=timer.target - counted,
        ahead=_ahead(calendar, timer, until, (*closed, *paused)) if line.ended_at is None else (),
        changed=not _still_so(calendar, timer, (*closed, *paused)),
    )


def _ahead(calendar: Calendar, timer: StoredTimer, now: int, pauses: Iterable[Pause]) -> tuple[TimedSpan, ...]:
    if timer.due_at is None or timer.due_at <= now:
        return ()
    return tuple(map(_span, spans(calendar, now, timer.due_at, pauses)))


def _still_so(calendar: Calendar, timer: StoredTimer, pauses: tuple[Pause, ...]) -> bool:
    """Whether the calendar as it is now makes the due instant that the timer was judged by."""
    if timer.due_at is None:
        return True
    until = sum(
        span.working
        for span in spans(calendar, timer.started_at, timer.due_at, (), pauses)
        if span.kind is Kind.COUNTED
    )
    return until == timer.target


def _span(span: Span) -> TimedSpan:
    return TimedSpan(moment(span.start), moment(span.end), span.kind.value, span.seconds, span.working, span.name)
