"""Working time worked out minute by minute, the slow and plain way, to compare the arithmetic with.

It never asks for the offset of a wall time: it walks through UTC, notes what the wall clock shows, and takes the first
minute at which it shows an edge. A wall time that is never shown moves forward by as much as the clock jumped there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MINUTE = 60
_MARGIN = 2 * 24 * 60 * MINUTE

WallInterval = tuple[int, int, int]
"""Weekday (0 is Monday), start and end in minutes since midnight; an end at or before the start is the next day's."""

DateHours = tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]]
"""What is closed and what is open on a date, in minutes; 0 to 1440 is the whole date."""


class Minutes:
    """The working minutes from `start` to `end`, both whole minutes of UTC."""

    def __init__(
        self,
        zone: str,
        weekly: Iterable[WallInterval],
        dates: Mapping[date, DateHours],
        start: int,
        end: int,
    ) -> None:
        shown, first_shown = _clock(zone, start, end)
        working: set[int] = set()
        first_day, last_day = (shown[at].date() for at in (min(shown), max(shown)))
        for number in range(1, (last_day - first_day).days - 1):
            day = first_day + timedelta(number)
            midnight = datetime.combine(day, datetime.min.time())
            for weekday, begins, ends in weekly:
                if day.weekday() == weekday:
                    until = ends if ends > begins else ends + 1440
                    working |= _stretch(first_shown, midnight, begins, until)
        for day, (closed, _) in dates.items():
            midnight = datetime.combine(day, datetime.min.time())
            for begins, ends in closed:
                if (begins, ends) == (0, 1440):
                    working -= {minute for minute, wall in shown.items() if wall.date() == day}
                else:
                    working -= _stretch(first_shown, midnight, begins, ends)
        for day, (_, opened) in dates.items():
            midnight = datetime.combine(day, datetime.min.time())
            for begins, ends in opened:
                working |= _stretch(first_shown, midnight, begins, ends)
        self.start, self.end = start, end
        self.working = {minute for minute in working if start <= minute < end}

    def counts(self, second: int, pauses: Iterable[tuple[int, int | None]] = ()) -> bool:
        """Whether a second of UTC is working time and not paused."""
        if second - second % MINUTE not in self.working:
            return False
        return not any(low <= second and (high is None or second < high) for low, high in pauses)

    def elapsed(self, start: int, end: int, pauses: Sequence[tuple[int, int | None]] = (), step: int = MINUTE) -> int:
        """Seconds of working time, counted in steps of a minute or a second."""
        return step * sum(self.counts(at, pauses) for at in range(start, end, step))

    def deadline(
        self, start: int, seconds: int, pauses: Sequence[tuple[int, int | None]] = (), step: int = MINUTE
    ) -> int | None:
        """The earliest instant by which so much was worked; None when that is beyond the end."""
        worked = 0
        for at in range(start, self.end, step):
            if not self.counts(at, pauses):
                continue
            if seconds == 0:
                return at
            worked += step
            if worked >= seconds:
                return at + step
        return None


@lru_cache(maxsize=64)
def _clock(zone: str, start: int, end: int) -> tuple[dict[int, datetime], dict[datetime, int]]:
    """What the wall clock shows at each minute, and when it first shows each wall time."""
    info = ZoneInfo(zone)
    shown = {
        at: datetime.fromtimestamp(at, info).replace(tzinfo=None, fold=0)
        for at in range(start - _MARGIN, end + _MARGIN, MINUTE)
    }
    first: dict[datetime, int] = {}
    minute = timedelta(minutes=1)
    expected = datetime.max  # what the clock shows next, unless it jumps
    for at, wall in shown.items():
        first.setdefault(wall, at)
        if expected < wall:
            gap = wall - expected
            while expected < wall:  # moves forward by the gap: as long after the jump as it should have come after it
                first.setdefault(expected, at + int((expected + gap - wall).total_seconds()))
                expected += minute
        expected = wall + minute
    return shown, first


def _stretch(first_shown: Mapping[datetime, int], midnight: datetime, begins: int, ends: int) -> set[int]:
    start = first_shown[midnight + timedelta(minutes=begins)]
    end = first_shown[midnight + timedelta(minutes=ends)]
    return set(range(start, end, MINUTE))
