"""Calendars of working time and the policies that count by them (behaviour 3).

Times of day are in seconds since midnight on the wall clock of the calendar's zone; lengths are working seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Week = tuple[tuple[tuple[int, int], ...], ...]
"""When work is done on the seven weekdays, Monday first: `[start, end)`, a night shift cut at midnight."""


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A date of a calendar's own. Without hours nobody works on it; hours such as `09:00-12:00` are all that is worked,
    `off 12:00-24:00` is taken from the usual hours, and `open` makes a public holiday a day like others."""

    date: date
    name: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class HolidayEntry:
    """A date on which a calendar's usual hours don't hold."""

    date: date
    name: str
    origin: str  # public, own (nobody works), part-day (own, with hours) or open (own, worked as usual)
    hours: str = ""  # as in OwnDate


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A calendar as the desk defines it (behaviour 3.1)."""

    id: int
    name: str
    zone: str
    hours: str  # of a week, such as `mon-fri 09:00-17:00`
    country: str  # whose public holidays are kept; empty for none
    region: str
    dates: tuple[OwnDate, ...]  # by date
    policies: tuple[str, ...]  # that count by it
    retired: bool


@dataclass(frozen=True, slots=True)
class CalendarDetails:
    """A calendar with what follows from it."""

    entry: CalendarEntry
    week: Week
    holidays: tuple[HolidayEntry, ...]  # of the next twelve months, by date


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target of a policy: for every priority, or for the one named, which then goes before."""

    kind: str  # first response, next reply or resolution
    priority: str | None
    priority_id: int | None
    seconds: int

    @property
    def duration(self) -> str:
        """Its length in hours and minutes, never in days: a working day has no 24 hours."""
        return working_time(self.seconds)


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """A policy: which tickets have which targets. The first whose query matches applies (behaviour 3.4)."""

    id: int
    name: str
    query: str  # empty for the default
    is_default: bool
    calendar_id: int
    calendar: str
    pauses: frozenset[str]  # the kinds of timers that stand still in `pending`
    warn: int  # working seconds before the due instant
    targets: tuple[TargetEntry, ...]  # by kind, the one for every priority first
    retired: bool = False


@dataclass(frozen=True, slots=True)
class SimpleLevels:
    """Service levels in their simple form: on or off, with the hours in which a ticket is to be closed (A3, A4)."""

    on: bool
    hours: float | None  # of the default policy's resolution target for every priority
    calendar: str  # by which the default policy counts
    alone: bool  # there is no other target, so that this says it all


def working_time(seconds: int) -> str:
    """Working seconds as `40h`, `1h30m` or `45s`."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    pieces = [f"{amount}{unit}" for amount, unit in ((hours, "h"), (minutes, "m"), (rest, "s")) if amount]
    return "".join(pieces) or "0m"
