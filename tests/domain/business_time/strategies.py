"""Random calendars, in the arithmetic's form and the model's alike, and questions about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from casedesk.domain.business_time import Calendar, Holiday, Interval
from tests.domain.business_time.changes import ALL_CHANGES
from tests.domain.business_time.minutes import DateHours, Minutes, WallInterval

DAY = 86_400
_WEEK = 7 * 1440


@dataclass(frozen=True)
class Case:
    """A calendar around a clock change, from some days before it to some days after."""

    zone: str
    weekly: list[WallInterval]
    dates: dict[date, DateHours]
    start: int
    end: int

    @cached_property
    def calendar(self) -> Calendar:
        """The calendar as the arithmetic has it."""
        return calendar_of(self.zone, self.weekly, self.dates)

    @cached_property
    def minutes(self) -> Minutes:
        """Its minutes as the model counts them."""
        return Minutes(self.zone, self.weekly, self.dates, self.start, self.end)


def calendar_of(zone: str, weekly: list[WallInterval], dates: dict[date, DateHours]) -> Calendar:
    """The model's form of a calendar as the arithmetic has it."""
    week = tuple(
        tuple(sorted(Interval(begins * 60, ends * 60) for weekday, begins, ends in weekly if weekday == day))
        for day in range(7)
    )
    holidays = {
        day: Holiday(f"holiday {day}", closed=_intervals(closed), open=_intervals(opened))
        for day, (closed, opened) in dates.items()
    }
    return Calendar(zone, week, holidays)


def case_around(zone: str, change: int, weekly: list[WallInterval], dates: dict[date, DateHours], days: int) -> Case:
    """The calendar so many days before the change to as many after it."""
    start, end = change - change % 60 - days * DAY, change - change % 60 + days * DAY
    return Case(zone, weekly, dates, start, end)


@st.composite
def weeks(draw: st.DrawFn) -> list[WallInterval]:
    """Weekly hours without overlaps: any minutes, night shifts, also from Sunday into Monday."""
    at = st.integers(0, _WEEK - 1)
    points = sorted(
        draw(st.sets(at | st.integers(0, 335).map(lambda half_hour: half_hour * 30), min_size=2, max_size=16))
    )
    if draw(st.booleans()):
        points = [*points[1:], points[0] + _WEEK]
    weekly = []
    for begins, ends in zip(points[::2], points[1::2], strict=False):
        stop = min(ends, begins + 1440)
        weekly.append((begins // 1440 % 7, begins % 1440, (stop - 1) % 1440 + 1 if stop % 1440 == 0 else stop % 1440))
    return weekly


@st.composite
def _date_hours(draw: st.DrawFn) -> DateHours:
    kind = draw(st.sampled_from(("off", "own hours", "part of it off", "a day like others")))
    points = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=4)))
    hours = tuple(zip(points[::2], points[1::2], strict=False))
    return {
        "off": (((0, 1440),), ()),
        "own hours": (((0, 1440),), hours),
        "part of it off": (hours, ()),
        "a day like others": ((), ()),
    }[kind]


@st.composite
def cases(draw: st.DrawFn, days: int = 3) -> Case:
    """A random calendar around one of the clock changes."""
    zone, change = draw(st.sampled_from(ALL_CHANGES))
    middle = datetime.fromtimestamp(change, UTC).astimezone(ZoneInfo(zone)).date()
    near = st.integers(-days, days).map(lambda step: middle + timedelta(step))
    dates = draw(st.dictionaries(near, _date_hours(), max_size=3))
    return case_around(zone, change, draw(weeks()), dates, days)


def instants(case: Case, step: int = 60) -> st.SearchStrategy[int]:
    """Instants within the case, on whole minutes or seconds."""
    return st.integers(0, (case.end - case.start) // step).map(lambda number: case.start + number * step)


@st.composite
def pauses_in(draw: st.DrawFn, case: Case, step: int = 60) -> list[tuple[int, int | None]]:
    """Pauses in any order, overlapping or not, some without an end."""
    found: list[tuple[int, int | None]] = []
    for _ in range(draw(st.integers(0, 4))):
        start, end = sorted((draw(instants(case, step)), draw(instants(case, step))))
        found.append((start, None if draw(st.integers(0, 5)) == 0 else end))
    return found


def _intervals(hours: object) -> tuple[Interval, ...]:
    assert isinstance(hours, tuple)
    return tuple(Interval(begins * 60, ends * 60) for begins, ends in hours)
