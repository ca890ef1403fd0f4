"""Dates and durations of the query language, and the spans of time that they stand for (behaviour 6.1).

A date stands for the whole of what it names: `2026-11` for a month, `yesterday` for a day, each from its first moment
in the desk's zone to the first moment of the next. Wall times follow behaviour 3.3: one that a clock change skips
moves forward by the gap, one that comes twice is its first occurrence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from casedesk.domain.query.tree import Date, Duration


@dataclass(frozen=True, slots=True)
class Context:
    """What a query's relative words refer to: an aware instant, the desk's zone, the asking user's login."""

    now: datetime
    zone: ZoneInfo
    me: str


Span = tuple[int, int]
"""`[start, end)` in whole seconds since 1970 (UTC)."""

DATE_WORDS = (
    "now", "today", "yesterday", "tomorrow",
    "this-week", "last-week", "next-week", "this-month", "last-month", "next-month",
    "this-quarter", "last-quarter", "next-quarter", "this-year", "last-year", "next-year",
)  # fmt: skip
"""The named dates; a week begins on Monday. `last-7d` and `next-12h` are taken too, with any duration."""

UNITS = {
    "s": "s", "sec": "s", "m": "m", "min": "m", "h": "h", "hr": "h", "d": "d", "day": "d", "days": "d",
    "w": "w", "wk": "w", "mo": "mo", "month": "mo", "months": "mo", "y": "y", "yr": "y",
}  # fmt: skip
"""Spellings of the units. `m` is minutes; months are `mo`. Days and longer follow the calendar, not 24 hours."""

_SECONDS = {"s": 1, "m": 60, "h": 3600}
_AMOUNT = r"([0-9]{1,6})([a-z]{1,6})"
_AMOUNTS = re.compile(_AMOUNT + r" *")
_DURATION = re.compile(rf"([+-]?)((?:{_AMOUNT} *)+)")
_LAST = re.compile(rf"(last|next)-((?:{_AMOUNT})+)")
_UNITS_FALLING = ("y", "mo", "w", "d", "h", "m", "s")
_QUARTER = re.compile(r"([0-9]{4})-q([1-4])")
_WEEK = re.compile(r"([0-9]{4})-w([0-9]{1,2})")
_CALENDAR = re.compile(
    r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2})"
    r"(?:[t ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?(z|[+-][0-9]{2}:?[0-9]{2})?)?)?)?"
)
_FIRST, _LAST_MOMENT = -62_135_596_800, 253_402_300_799  # the years 1 to 9999


def parse_duration(text: str) -> Duration | None:
    """`7d`, `-2h`, `3mo`, `1h30m`: each unit once, the longer ones first; None when `text` is no duration."""
    match = _DURATION.fullmatch(text.lower())
    if match is None:
        return None
    amounts = [(int(amount), UNITS.get(unit, "")) for amount, unit in _AMOUNTS.findall(match[2])]
    if any(not unit for _, unit in amounts):
        return None
    places = [_UNITS_FALLING.index(unit) for _, unit in amounts]
    if places != sorted(set(places)):
        return None
    (amount, unit), *more = amounts
    return Duration(amount, unit, match[1], tuple(more))


def parse_date(text: str) -> Date | None:
    """A date in its canonical spelling; None when `text` is none, or names a day that doesn't exist."""
    word = re.sub(r"[\s_]+", "-", text.strip().lower()) if not text[:1].isdigit() else text.lower()
    if word in DATE_WORDS:
        return Date(word)
    if match := _LAST.fullmatch(word):
        duration = parse_duration(match[2])
        return Date(f"{match[1]}-{duration}") if duration else None
    try:
        _absolute(word, ZoneInfo("UTC"))
    except (ValueError, OverflowError):
        return None
    return Date(word.replace(" ", "t").upper())


def span_of(value: Date, context: Context) -> Span:
    """The span of time that a date stands for."""
    word = value.text.lower()
    if not word[0].isdigit():
        return _named(word, context)
    return _absolute(word, context.zone)


def instant_of(value: Duration, context: Context, *, ahead: bool) -> int:
    """The instant that lies the duration ago; ahead where its sign, or without one `ahead`, says so."""
    forward = value.sign == "+" or (ahead and not value.sign)
    return _shifted(context, value.amounts, 1 if forward else -1)


def is_absolute(value: object) -> bool:
    """Whether the value is a date that doesn't depend on the moment."""
    return isinstance(value, Date) and value.text[0].isdigit()


def _named(word: str, context: Context) -> Span:
    now = int(context.now.timestamp())
    if word == "now":
        return now, now + 1
    if match := _LAST.fullmatch(word):
        duration = parse_duration(match[2])
        assert duration is not None
        there = instant_of(duration, context, ahead=match[1] == "next")
        return (there, now + 1) if match[1] == "last" else (now, there + 1)
    today = context.now.astimezone(context.zone).date()
    days = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if word in days:
        return _days(today + timedelta(days[word]), 1, context.zone)
    which, unit = word.split("-")
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit == "week":
        return _days(today - timedelta(today.weekday()) + timedelta(7 * step), 7, context.zone)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    return _months(today.year, (today.month - 1) // months * months + step * months, months, context.zone)


def _absolute(word: str, zone: ZoneInfo) -> Span:
    if match := _QUARTER.fullmatch(word):
        return _months(int(match[1]), int(match[2]) * 3 - 3, 3, zone)
    if match := _WEEK.fullmatch(word):
        return _days(date.fromisocalendar(int(match[1]), int(match[2]), 1), 7, zone)
    match = _CALENDAR.fullmatch(word)
    if match is None or not 1 <= int(match[1]) <= 9998:
        raise ValueError(word)
    year, month, day, hour, minute, second, offset = match.groups()
    if month is None:
        return _months(int(year), 0, 12, zone)
    if day is None:
        date(int(year), int(month), 1)
        return _months(int(year), int(month) - 1, 1, zone)
    if hour is None:
        return _days(date(int(year), int(month), int(day)), 1, zone)
    wall = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0))
    start = int(wall.replace(tzinfo=zone if offset is None else _offset(offset)).timestamp())
    return start, start + (60 if second is None else 1)


def _offset(text: str) -> timezone:
    if text == "z":
        return UTC
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def _days(first: date, count: int, zone: ZoneInfo) -> Span:
    return _midnight(first, zone), _midnight(first + timedelta(count), zone)


def _months(year: int, month: int, count: int, zone: ZoneInfo) -> Span:
    """`month` counts from 0 and may lie outside the year."""
    first, after = (date(year + at // 12, at % 12 + 1, 1) for at in (month, month + count))
    return _midnight(first, zone), _midnight(after, zone)


def _midnight(day: date, zone: ZoneInfo) -> int:
    return int(datetime.combine(day, time(), zone).timestamp())


def _shifted(context: Context, amounts: Iterable[tuple[int, str]], direction: int) -> int:
    """The instant so far from now, within the calendar: days and longer on the wall clock of the zone, then the rest in
    seconds."""
    wanted = [(amount * direction, unit) for amount, unit in amounts if amount]
    there = int(context.now.timestamp())
    days = [(amount, unit) for amount, unit in wanted if unit not in _SECONDS]
    if days:
        wall = context.now.astimezone(context.zone).replace(tzinfo=None, fold=0)
        try:
            for amount, unit in days:
                if unit in ("mo", "y"):
                    wall = _months_on(wall, amount * (12 if unit == "y" else 1))
                else:
                    wall += timedelta(amount * (7 if unit == "w" else 1))
            there = int(wall.replace(tzinfo=context.zone).timestamp())
        except (OverflowError, ValueError):
            return _FIRST if direction < 0 else _LAST_MOMENT
    there += sum(amount * _SECONDS[unit] for amount, unit in wanted if unit in _SECONDS)
    return min(max(there, _FIRST), _LAST_MOMENT)


def _months_on(wall: datetime, months: int) -> datetime:
    """The same day so many months on, or the last day of that month where it is shorter."""
    at = wall.year * 12 + wall.month - 1 + months
    first = wall.replace(year=at // 12, month=at % 12 + 1, day=1)
    following = date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    return first.replace(day=min(wall.day, (following - timedelta(1)).day))
