"""Calendars as JSON has them, and the week as a picture."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casedesk.desk.values import CalendarDetails, CalendarEntry, Week
from casedesk.domain.business_time.calendar import WEEKDAYS, clock_time

CELL = 1800
"""What one character of the picture stands for, in seconds."""

_DAY = 86_400


def calendar_document(entry: CalendarEntry) -> dict[str, Any]:
    """A calendar as lists give it."""
    return {
        "name": entry.name,
        "zone": entry.zone,
        "hours": entry.hours,
        "country": entry.country or None,
        "region": entry.region or None,
        "dates": [{"date": own.date.isoformat(), "name": own.name, "hours": own.hours or None} for own in entry.dates],
        "policies": list(entry.policies),
        "retired": entry.retired,
    }


def details_document(details: CalendarDetails) -> dict[str, Any]:
    """A calendar with its week, a night shift cut at midnight, and the holidays of the next twelve months."""
    return {
        **calendar_document(details.entry),
        "week": [
            {"day": day, "hours": [{"from": clock_time(start), "to": clock_time(end)} for start, end in intervals]}
            for day, intervals in zip(WEEKDAYS, details.week, strict=True)
        ],
        "holidays": [
            {"date": each.date.isoformat(), "name": each.name, "origin": each.origin, "hours": each.hours or None}
            for each in details.holidays
        ],
    }


def week_picture(week: Week) -> list[str]:
    """The week as bars, a line a day under a scale of hours: `█` worked, `▒` worked in part, `·` not worked."""
    marks = "".join(f"{hour:<{6 * 3600 // CELL}}" for hour in (0, 6, 12, 18)) + "24"
    lines = [f"{'':3}  {marks}"]
    for day, intervals in zip(WEEKDAYS, week, strict=True):
        bar = "".join(_cell(intervals, start) for start in range(0, _DAY, CELL))
        said = ", ".join(f"{clock_time(start)}-{clock_time(end)}" for start, end in intervals)
        lines.append(f"{day}  {bar}  {said}".rstrip())
    return lines


def _cell(intervals: Iterable[tuple[int, int]], start: int) -> str:
    worked = sum(max(0, min(end, start + CELL) - max(begin, start)) for begin, end in intervals)
    return "█" if worked == CELL else "▒" if worked else "·"
