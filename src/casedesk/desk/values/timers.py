"""Timers on tickets, and why they are due when they are (X6, behaviour 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TimedSpan:
    """A span of a timer's time, all of one kind; `working` are its seconds that are or would be working time."""

    start: datetime
    end: datetime
    kind: str  # counted, paused, closed, outside or holiday
    seconds: int
    working: int
    name: str = ""  # the holiday's


@dataclass(frozen=True, slots=True)
class TimerLine:
    """A timer of a ticket as it stands. Lengths are working seconds of the policy's calendar."""

    kind: str  # first response, next reply or resolution
    state: str  # running, paused, met or stopped
    policy: str
    target: int
    started_at: datetime
    due_at: datetime | None  # none while it is paused
    warn_at: datetime | None
    ended_at: datetime | None  # when it was met or stopped
    breached: bool

    @property
    def standing(self) -> str:
        """How it stands, in words: running, overdue, paused, met, met late, stopped or stopped late."""
        if not self.breached:
            return self.state
        return {"running": "overdue", "met": "met late", "stopped": "stopped late"}.get(self.state, self.state)


@dataclass(frozen=True, slots=True)
class TimerExplanation:
    """Why a timer is due when it is: every span from its start until now, or until it ended; without gaps.

    `totals` are the seconds of each kind of span and add up to the whole; `counted` plus `left` is the target, and
    `left` is below 0 by as much working time as it is late. `ahead` are the spans from now until it is due. `pauses`
    says whether pending stands still. `changed` says that policy or calendar are no longer those that it was judged by.
    """

    timer: TimerLine
    calendar: str
    zone: str
    pauses: bool
    spans: tuple[TimedSpan, ...]
    totals: tuple[tuple[str, int], ...]
    counted: int
    left: int
    ahead: tuple[TimedSpan, ...] = ()
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a ticket is due when it is. `text` says which policy applies and why, or why there are no timers."""

    number: int
    text: str
    policy: str | None
    timers: tuple[TimerExplanation, ...]
