"""A calendar of working time: a zone, the hours of a week, and the dates on which they don't hold (behaviour 3.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from casedesk.domain.business_time.timeline import DAY, Timeline
from casedesk.domain.errors import InvalidInput

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The weekdays' short names, in the order of `date.weekday()`."""

_WEEK = 7 * DAY


class Interval(NamedTuple):
    """A half-open `[start, end)` on the wall clock, in seconds since midnight; 86400 is 24:00.

    An end at or before its start is on the next day: 22:00-06:00 is a night shift, 09:00-09:00 is 24 hours.
    """

    start: int
    end: int

    @property
    def reach(self) -> int:
        """The end in seconds since the midnight on which the interval's own day begins."""
        return self.end if self.end > self.start else self.end + DAY

    def __str__(self) -> str:
        return f"{clock_time(self.start)}-{clock_time(self.end)}"


Weekly = tuple[tuple[Interval, ...], ...]
"""The working hours of the seven weekdays, Monday first."""

WHOLE_DAY = (Interval(0, DAY),)


@dataclass(frozen=True, slots=True)
class Holiday:
    """What is different on one date: the hours in `closed` are taken from the week's, those in `open` are added.

    By default the whole date is off. Own hours for a date are `open` with the whole day closed; a part-day holiday
    closes some hours; a holiday that closes nothing makes a public holiday a day like others.
    """

    name: str = ""
    closed: tuple[Interval, ...] = WHOLE_DAY
    open: tuple[Interval, ...] = ()


class Problem(NamedTuple):
    """One mistake in a calendar. `field` is zone, hours or holidays; `at` is the weekday or the date."""

    field: str
    sentence: str
    at: str = ""
    interval: str = ""


class InvalidCalendar(InvalidInput):
    """A calendar that can't be, with all its mistakes."""

    code = "invalid-calendar"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.sentence for problem in self.problems))


@dataclass(frozen=True)
class Calendar:
    """When work is done (behaviour 3.1). Raises InvalidCalendar with all mistakes when made.

    `holidays` are the calendar's own dates. `public_holidays` gives the names of a year's holidays that are off
    wholly; own dates go before them. It is asked once or twice a year of the calendar, from any thread.

    A calendar remembers what it has computed, so keep it rather than make it anew; it may be used by many threads.
    """

    zone: str
    weekly: Weekly
    holidays: Mapping[date, Holiday] = field(default_factory=dict, hash=False)
    public_holidays: Callable[[int], Mapping[date, str]] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "holidays", MappingProxyType(dict(self.holidays)))
        problems = [*_zone_problems(self.zone), *week_problems(self.weekly)]
        for day, holiday in self.holidays.items():
            problems += holiday_problems(holiday, day.isoformat())
        if problems:
            raise InvalidCalendar(problems)

    @cached_property
    def zone_info(self) -> ZoneInfo:
        """The rules of the calendar's zone."""
        return ZoneInfo(self.zone)

    @cached_property
    def timeline(self) -> Timeline:
        """The calendar's working time in UTC, computed as far as somebody has asked."""
        return Timeline(self.zone_info, self.weekly, self.holidays_of)

    def holidays_of(self, year: int) -> dict[date, Holiday]:
        """What is different in a year, by date."""
        public = self.public_holidays(year) if self.public_holidays else {}
        own = {day: holiday for day, holiday in self.holidays.items() if day.year == year}
        return {day: Holiday(name) for day, name in public.items()} | own


def clock_time(seconds: int) -> str:
    """Seconds since midnight as a clock shows them: `09:00`, `24:00`, `23:59:59`."""
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return f"{hours:02}:{minutes:02}" + (f":{rest:02}" if rest else "")


def week_problems(weekly: Weekly) -> list[Problem]:
    """The mistakes in the hours of a week: bad times, overlaps (also into the next day and week), no hours at all."""
    if len(weekly) != len(WEEKDAYS):
        return [Problem("hours", f"A week has seven days, not {len(weekly)}.")]
    named = list(zip(WEEKDAYS, weekly, strict=True))
    problems = [
        Problem("hours", f"{day} {_shown(interval)}: a time of day lies from 00:00 to 24:00 and begins before 24:00.",
                day, _shown(interval))
        for day, intervals in named for interval in intervals if not _possible(interval)
    ]  # fmt: skip
    if not any(weekly):
        problems.append(Problem("hours", "A calendar needs working hours on one day at least."))
    return problems or _overlaps(weekly)


def holiday_problems(holiday: Holiday, at: str) -> list[Problem]:
    """The mistakes in the hours of one date: bad times, times beyond the date, overlaps. `at` names the date."""
    wrong = [
        (interval, "the hours of a date lie within it, from 00:00 to 24:00.")
        for interval in (*holiday.closed, *holiday.open)
        if not _possible(interval) or interval.end <= interval.start
    ] + [
        (later, f"it overlaps {_shown(earlier)}.")
        for earlier, later in pairwise(sorted(holiday.open))
        if later.start < earlier.end
    ]
    return [Problem("holidays", f"{at} {_shown(one)}: {sentence}", at, _shown(one)) for one, sentence in wrong]


def _zone_problems(zone: str) -> list[Problem]:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = _nearest_zones(zone)
        hint = f"did you mean {' or '.join(near)}?" if near else "it is an IANA name such as Europe/Berlin."
        return [Problem("zone", f"There is no time zone “{zone}”; {hint}")]
    return []


def _nearest_zones(zone: str) -> list[str]:
    by_fold = {name.casefold(): name for name in available_timezones()}
    return [by_fold[fold] for fold in get_close_matches(zone.casefold(), by_fold, 2)]


def _possible(interval: Interval) -> bool:
    return 0 <= interval.start < DAY and 0 <= interval.end <= DAY


def _shown(interval: Interval) -> str:
    return str(Interval(*interval)) if min(interval) >= 0 else f"{interval.start} s-{interval.end} s"


def _overlaps(weekly: Weekly) -> list[Problem]:
    """Each interval that begins before another one has ended, on the circle of the week."""
    placed = sorted(
        (number * DAY + interval.start, number * DAY + interval.reach, f"{WEEKDAYS[number]} {interval}")
        for number, intervals in enumerate(weekly)
        for interval in intervals
    )
    if not placed:
        return []
    last = max(placed, key=lambda one: one[1])
    reached, holder = last[1] - _WEEK, last[2]
    problems = []
    for start, end, shown in placed:
        if start < reached:
            day, _, interval = shown.partition(" ")
            problems.append(Problem("hours", f"{shown} overlaps {holder}.", day, interval))
        if end > reached:
            reached, holder = end, shown
    return problems
