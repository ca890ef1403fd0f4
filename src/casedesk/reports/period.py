"""Periods of whole days in the report's zone, and the days, weeks and months that they fall into (behaviour 8.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from casedesk.domain.errors import InvalidInput
from casedesk.domain.query.moments import Context, parse_date, span_of

STEPS = ("day", "week", "month")
"""What a period can be cut into; a week begins on Monday, as in ISO 8601."""

_LONGEST = 366 * 100
_EARLIEST = 1000
"""The first year that may be asked for."""
_YEARS = range(2, 9999)
"""Those that every zone has whole."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days from `first` to `last`, both included, in a zone. Raises InvalidInput when turned round."""

    first: date
    last: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidInput(f"The period ends on {self.last}, before it begins on {self.first}.")
        if (self.last - self.first).days > _LONGEST:
            raise InvalidInput("A period has at most a hundred years.")

    @property
    def start(self) -> int:
        """Its first moment, in seconds since 1970 (UTC)."""
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> int:
        """The first moment behind it, in seconds since 1970 (UTC)."""
        return _midnight(self.last + timedelta(1), self.zone)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def before(self) -> Period:
        """The period of as many days right before it; of a whole month or year the month or year before.

        At the beginning of time it is the period itself; so is the one after it at its end.
        """
        if self.first.year - self._years not in _YEARS:
            return self
        if self._is_whole(1):
            return months(self.first, -1, 1, self.zone)
        if self._is_whole(12) and self.first.month == 1:
            return months(self.first, -12, 12, self.zone)
        return Period(self.first - timedelta(self.days), self.first - timedelta(1), self.zone)

    def after(self) -> Period:
        """The period right after it, likewise."""
        if self.last.year + self._years not in _YEARS:
            return self
        if self._is_whole(1):
            return months(self.first, 1, 1, self.zone)
        if self._is_whole(12) and self.first.month == 1:
            return months(self.first, 12, 12, self.zone)
        return Period(self.last + timedelta(1), self.last + timedelta(self.days), self.zone)

    @property
    def _years(self) -> int:
        return self.days // 365 + 1

    def _is_whole(self, count: int) -> bool:
        return self.first.day == 1 and months(self.first, 0, count, self.zone).last == self.last

    def cut(self, step: str) -> Iterator[tuple[str, Period]]:
        """Its days, weeks or months in order, each with its label; the first and last may be cut off."""
        at = self.first
        while at <= self.last:
            until = min(self.last, _end_of(step, at))
            yield _label(step, at), Period(at, until, self.zone)
            at = until + timedelta(1)

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        if self._is_whole(1):
            return f"{self.first:%Y-%m}"
        return f"{self.first} – {self.last}"


def months(day: date, ahead: int, count: int, zone: ZoneInfo) -> Period:
    """`count` whole months, the first of them `ahead` months after that of `day`."""
    start, end = (day.year * 12 + day.month - 1 + shift for shift in (ahead, ahead + count))
    first, behind = (date(at // 12, at % 12 + 1, 1) for at in (start, end))
    return Period(first, behind - timedelta(1), zone)


def last_days(count: int, now: datetime, zone: ZoneInfo) -> Period:
    """The last `count` days, today included."""
    today = now.astimezone(zone).date()
    return Period(today - timedelta(count - 1), today, zone)


def named(text: str, now: datetime, zone: ZoneInfo) -> Period:
    """The period that a date of the query language names: `2026-11`, `last-month`, `today`, `2026-q4`, `last-30d`.

    Raises InvalidInput for what is no date, or no whole days.
    """
    found = parse_date(text)
    if found is None:
        raise InvalidInput(f"“{text}” is no date; write 2026-11-20, 2026-11, 2026-q4, today, last-month, last-30d, ….")
    try:
        start, end = span_of(found, Context(now, zone, ""))
        first, last = (datetime.fromtimestamp(at, zone).date() for at in (start, end - 1))
    except (ValueError, OverflowError):  # of the first and last years, which other zones don't have
        raise InvalidInput(f"“{text}” is too far away.") from None
    if first.year < _EARLIEST:
        raise InvalidInput(f"A period begins in the year {_EARLIEST} or later.")
    return Period(first, last, zone)


def between(first: str | None, last: str | None, now: datetime, zone: ZoneInfo) -> Period:
    """The period from the first day of what `first` names to the last of `last`; without either the last 30 days.

    Without `first` it begins thirty days before its end, without `last` it ends today.
    """
    if first is None and last is None:
        return last_days(30, now, zone)
    end = named(last, now, zone).last if last is not None else now.astimezone(zone).date()
    start = named(first, now, zone).first if first is not None else end - timedelta(29)
    return Period(start, end, zone)


def _end_of(step: str, day: date) -> date:
    if step == "day":
        return day
    if step == "week":
        return day + timedelta(6 - day.weekday())
    following = day.replace(day=28) + timedelta(4)
    return following - timedelta(following.day)


def _label(step: str, day: date) -> str:
    if step == "day":
        return str(day)
    if step == "week":
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}"


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp())
