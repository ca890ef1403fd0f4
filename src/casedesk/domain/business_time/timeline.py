"""Working time in UTC, computed part by part and remembered.

Interval edges become UTC date by date (behaviour 3.3). Parts are stretches of UTC of the same length; each holds its
working intervals and the working seconds before each of them, so that a question is a search in a sorted list.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.domain.business_time.calendar import Holiday, Weekly

DAY = 86_400

Range = tuple[int, int]
"""`[start, end)` in seconds since 1970 (UTC)."""

PART_SECONDS = 2**25
"""A part's length: 388 days."""
PARTS_KEPT = 64
"""How many parts a calendar keeps at a time, some 30 kB each."""
FARTHEST_PARTS = 188
"""How far a question may reach: 200 years."""

FIRST = int(datetime(2, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(9999, 1, 1, tzinfo=UTC).timestamp())

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_MARGIN_DAYS = 4
"""A date's edges lie within so many days of its midnight in UTC: the offset, a skipped day, a night shift."""


class NoDeadline(InvalidInput):
    """There is no such deadline: too little working time in 200 years, or a pause that doesn't end."""

    code = "no-deadline"


@dataclass(frozen=True, slots=True)
class Part:
    """Working intervals in order, disjoint and not touching; `before[i]` are the working seconds ahead of the i-th.

    `before` has one item more, the total. `taken` are the hours that a holiday took away, with its name.
    """

    starts: list[int]
    ends: list[int]
    before: list[int]
    taken: tuple[tuple[int, int, str], ...]

    def until(self, instant: int) -> int:
        """Working seconds of this part before an instant."""
        at = bisect_right(self.starts, instant) - 1
        if at < 0:
            return 0
        end = self.ends[at]
        return self.before[at] + (instant if instant < end else end) - self.starts[at]


class Timeline:
    """The working time of one calendar."""

    def __init__(self, zone: ZoneInfo, weekly: Weekly, holidays_of: Callable[[int], Mapping[date, Holiday]]) -> None:
        self._zone = zone
        self._weekly = weekly
        self._holidays_of = holidays_of
        self._parts: dict[int, Part] = {}
        self._totals: dict[int, int] = {}
        self._lock = Lock()

    def worked(self, start: int, end: int) -> int:
        """Working seconds in `[start, end)`; 0 when the end isn't after the start. Raises InvalidInput when too far."""
        if end <= start:
            return 0
        first, last = start // PART_SECONDS, end // PART_SECONDS
        if first == last:
            part = self._part(first)
            return part.until(end) - part.until(start)
        if last - first > FARTHEST_PARTS:
            raise InvalidInput("Working time is counted over 200 years at most.")
        between = sum(map(self._total, range(first, last)))
        return between - self._part(first).until(start) + self._part(last).until(end)

    def reached(self, start: int, seconds: int) -> int:
        """The earliest instant by which so many seconds, one at least, were worked from `start` on."""
        index = start // PART_SECONDS
        farthest = index + FARTHEST_PARTS
        wanted = seconds + self._part(index).until(start)
        while wanted > (total := self._total(index)):
            wanted -= total
            index += 1
            if index > farthest:
                raise NoDeadline("There is too little working time: the deadline would lie 200 years ahead or more.")
        part = self._part(index)
        at = bisect_left(part.before, wanted) - 1
        return part.starts[at] + wanted - part.before[at]

    def opening(self, start: int) -> int:
        """The earliest working instant at `start` or after it."""
        first = start // PART_SECONDS
        for index in range(first, first + FARTHEST_PARTS + 1):
            part = self._part(index)
            at = bisect_right(part.ends, start)
            if at < len(part.starts):
                return max(start, part.starts[at])
        raise NoDeadline("There is no working time in the 200 years from there on.")

    def parts(self, start: int, end: int) -> Iterator[Part]:
        """The parts that `[start, end)` touches. Raises InvalidInput when they are too many."""
        first, last = start // PART_SECONDS, (end - 1) // PART_SECONDS
        if last - first > FARTHEST_PARTS:
            raise InvalidInput("Working time is counted over 200 years at most.")
        return map(self._part, range(first, last + 1))

    def _total(self, index: int) -> int:
        total = self._totals.get(index)
        return self._part(index).before[-1] if total is None else total

    def _part(self, index: int) -> Part:
        part = self._parts.get(index)
        if part is None:
            part = self._computed(index * PART_SECONDS, (index + 1) * PART_SECONDS)
            with self._lock:
                if len(self._parts) >= PARTS_KEPT:
                    del self._parts[next(iter(self._parts))]
                self._parts[index] = part
                self._totals[index] = part.before[-1]
        return part

    def _computed(self, low: int, high: int) -> Part:
        if low < FIRST or high > LAST:
            raise InvalidInput("The instant lies outside the years that a calendar knows, 2 to 9998.")
        first = low // DAY - _MARGIN_DAYS + _EPOCH_DAY
        days = range(first, high // DAY + _MARGIN_DAYS + _EPOCH_DAY)
        different = self._different(days)
        weekly = union(
            (self._edge(day, start), self._edge(day + (end <= start), end))
            for day in days
            for start, end in self._weekly[(day - 1) % 7]
        )
        closed = [(*self._edges(day, hours), holiday.name) for day, holiday in different for hours in holiday.closed]
        opened = [self._edges(day, hours) for day, holiday in different for hours in holiday.open]
        working = union((*without(weekly, union((start, end) for start, end, _ in closed)), *opened))
        taken = _taken(working, weekly, closed)
        here = [(max(start, low), min(end, high), name) for start, end, name in taken if start < high and end > low]
        return _part(clipped(working, low, high), here)

    def _different(self, days: range) -> list[tuple[int, Holiday]]:
        """The dates among `days` (ordinals) that a holiday makes different."""
        years = range(date.fromordinal(days[0]).year, date.fromordinal(days[-1]).year + 1)
        return [
            (day.toordinal(), holiday)
            for year in years
            for day, holiday in sorted(self._holidays_of(year).items())
            if day.toordinal() in days
        ]

    def _edges(self, day: int, hours: Range) -> Range:
        return self._edge(day, hours[0]), self._edge(day, hours[1])

    def _edge(self, day: int, seconds: int) -> int:
        """The instant of a wall time, in seconds after the midnight of a date (its ordinal).

        `fold` 0 has the offset before a clock change (PEP 495): a skipped wall time moves forward by the gap, an
        ambiguous one is its first occurrence.
        """
        wall = datetime.fromordinal(day) + timedelta(seconds=seconds)
        offset = self._zone.utcoffset(wall.replace(tzinfo=self._zone))
        assert offset is not None
        return (day - _EPOCH_DAY) * DAY + seconds - offset.days * DAY - offset.seconds


def union(ranges: Iterable[Range]) -> list[Range]:
    """The ranges in order, those that touch or overlap made one, empty ones left out."""
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = merged[-1][0], end
        elif start < end:
            merged.append((start, end))
    return merged


def without(ranges: Sequence[Range], removed: Sequence[Range]) -> Iterator[Range]:
    """What is left of `ranges` when `removed` is taken away; both in order and disjoint."""
    at = 0
    for start, end in ranges:
        while at < len(removed) and removed[at][1] <= start:
            at += 1
        ahead, rest = at, start
        while ahead < len(removed) and removed[ahead][0] < end:
            if rest < removed[ahead][0]:
                yield rest, removed[ahead][0]
            rest = max(rest, removed[ahead][1])
            ahead += 1
        if rest < end:
            yield rest, end


def clipped(ranges: Iterable[Range], low: int, high: int) -> list[Range]:
    """What of the ranges lies in `[low, high)`."""
    return [(max(start, low), min(end, high)) for start, end in ranges if start < high and end > low]


def _taken(
    working: Sequence[Range], weekly: Sequence[Range], closed: Iterable[tuple[int, int, str]]
) -> Iterator[tuple[int, int, str]]:
    """The hours of the week that each holiday took away, in order; hours that it gave back are not among them."""
    for low, high, name in sorted(closed):
        at = max(bisect_right(weekly, (low, low)) - 1, 0)
        ahead = bisect_left(weekly, (high, high))
        usual = clipped(weekly[at:ahead], low, high)
        here = max(bisect_right(working, (low, low)) - 1, 0)
        after = bisect_left(working, (high, high))
        for start, end in without(usual, working[here:after]):
            yield start, end, name


def _part(working: Sequence[Range], taken: Iterable[tuple[int, int, str]]) -> Part:
    before = [0]
    for start, end in working:
        before.append(before[-1] + end - start)
    return Part([start for start, _ in working], [end for _, end in working], before, tuple(taken))
