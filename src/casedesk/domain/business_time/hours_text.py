"""Working hours and holidays as text, both ways: `mon-thu 09:00-17:00;fri 09:00-12:00`, `2026-12-24 09:00-12:00`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from difflib import get_close_matches
from itertools import groupby

from casedesk.domain.business_time.calendar import (
    WEEKDAYS,
    WHOLE_DAY,
    Holiday,
    Interval,
    InvalidCalendar,
    Problem,
    Weekly,
    holiday_problems,
    week_problems,
)
from casedesk.domain.business_time.timeline import DAY

ROUND_THE_CLOCK = "24x7"
_ROUND_THE_CLOCK = (ROUND_THE_CLOCK, "24/7", "24×7")
_EVERY_DAY = "daily"
_FULL_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
_INTERVAL = re.compile(rf"{_TIME} *[-–] *{_TIME}")
_DASH = re.compile(" *[-–] *")
_ENTRY = re.compile(r"[;\n]|,(?=\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\b)")
_TIMES = r"[0-9]{1,2}:[0-9:]*(?: *[-–,](?: *[0-9:]+)?)*"
_HOLIDAY = re.compile(
    rf"([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})(?: +((?:(?:off|open) +)?{_TIMES}|open|off)(?= |$))?(?: +(.*))?",
    re.IGNORECASE,
)


def parse_hours(text: str) -> Weekly:
    """The hours of a week: entries `DAYS TIMES` parted by semicolons or lines (behaviour 3.1).

    DAYS are `mon`, `mon-fri`, `sat,sun` or `daily`; TIMES are `09:00-12:00,13:00-17:00`, an end at or before its start
    on the next day. `24x7` is the whole week. Raises InvalidCalendar with all mistakes, overlaps included.
    """
    week: list[list[Interval]] = [[] for _ in WEEKDAYS]
    problems: list[Problem] = []
    for entry in filter(None, (" ".join(piece.split()) for piece in re.split(r"[;\n]", text.lower()))):
        days, intervals = _parsed_entry(entry, problems)
        for day in days:
            week[day] += intervals
    weekly = tuple(tuple(sorted(intervals)) for intervals in week)
    if problems := problems or week_problems(weekly):
        raise InvalidCalendar(problems)
    return weekly


def hours_text(weekly: Weekly) -> str:
    """The shortest text that `parse_hours` reads as these hours."""
    if all(intervals == WHOLE_DAY for intervals in weekly):
        return ROUND_THE_CLOCK
    entries = []
    for intervals, run in groupby(zip(WEEKDAYS, weekly, strict=True), key=lambda one: one[1]):
        days = [day for day, _ in run]
        if intervals:
            shown = _EVERY_DAY if len(days) == len(WEEKDAYS) else "-".join(dict.fromkeys((days[0], days[-1])))
            entries.append(f"{shown} {','.join(map(str, intervals))}")
    return ";".join(entries)


def parse_holidays(text: str) -> dict[date, Holiday]:
    """Dates off, parted by commas, semicolons or lines: `2026-12-25 Christmas Day; 2026-12-24 09:00-12:00`.

    A date may be followed by its hours, as `parse_holiday_hours` reads them, and its name. Raises InvalidCalendar with
    all mistakes.
    """
    holidays: dict[date, Holiday] = {}
    problems: list[Problem] = []
    for entry in filter(None, (" ".join(piece.split()) for piece in _ENTRY.split(text))):
        match = _HOLIDAY.fullmatch(entry)
        day = _date(match[1]) if match else None
        if match is None or day is None:
            problems.append(Problem("holidays", f"“{entry}” doesn't begin with a date such as 2026-12-25.", entry))
        elif day in holidays:
            problems.append(Problem("holidays", f"{day} is there twice.", day.isoformat()))
        else:
            holidays[day] = _parsed_holiday(match[2] or "", (match[3] or "").rstrip(" ,"), day.isoformat(), problems)
    for day, holiday in holidays.items():
        problems += holiday_problems(holiday, day.isoformat())
    if problems:
        raise InvalidCalendar(problems)
    return holidays


def parse_holiday_hours(text: str, name: str = "") -> Holiday:
    """What one date's hours mean: `09:00-12:00` its own working hours, `off 12:00-24:00` hours taken from the usual
    ones, `open` a day like others, nothing or `off` the whole day off. Raises InvalidCalendar with all mistakes.
    """
    problems: list[Problem] = []
    at = name or "The date:"
    holiday = _parsed_holiday(" ".join(text.split()), name, at, problems)
    problems += holiday_problems(holiday, at)
    if problems:
        raise InvalidCalendar(problems)
    return holiday


def holidays_text(holidays: Mapping[date, Holiday]) -> str:
    """One line a date, in order; `parse_holidays` reads it where the names are such as it makes."""
    return "\n".join(_holiday_line(day, holiday) for day, holiday in sorted(holidays.items()))


def holiday_hours_text(holiday: Holiday) -> str:
    """The text that `parse_holiday_hours` reads; nothing for a whole day off. It has no word for hours that are added
    to those of the week."""
    if holiday.open:
        return ",".join(map(str, holiday.open))
    if not holiday.closed:
        return "open"
    return "" if holiday.closed == WHOLE_DAY else f"off {','.join(map(str, holiday.closed))}"


def _holiday_line(day: date, holiday: Holiday) -> str:
    hours = holiday_hours_text(holiday)
    if not hours and re.match(r"(?:open|off)(?: |$)", holiday.name, re.IGNORECASE):
        hours = "off"  # or the name would be read as hours
    return " ".join(filter(None, (day.isoformat(), hours, holiday.name)))


def _parsed_holiday(hours: str, name: str, at: str, problems: list[Problem]) -> Holiday:
    word = hours.lower()
    if word == "open":
        return Holiday(name, closed=())
    if word in ("", "off"):
        return Holiday(name)
    times = word.removeprefix("off ").removeprefix("open ").strip()
    intervals = tuple(_intervals(times, "holidays", at, problems))
    return Holiday(name, closed=intervals) if word.startswith("off ") else Holiday(name, open=intervals)


def _parsed_entry(entry: str, problems: list[Problem]) -> tuple[list[int], list[Interval]]:
    if entry in _ROUND_THE_CLOCK:
        return list(range(len(WEEKDAYS))), list(WHOLE_DAY)
    match = re.fullmatch(r"([^0-9]*?):?(?: +([0-9].*))?", entry)
    if match is None or not match[1]:
        problems.append(Problem("hours", f"“{entry}” doesn't begin with weekdays; write mon-fri 09:00-17:00.", entry))
        return [], []
    named, times = match.groups()
    days = list(_days(named, problems))
    if times is None:
        problems.append(Problem("hours", f"“{entry}” has no times; write {named} 09:00-17:00.", named))
        return [], []
    return days, list(_intervals(times, "hours", named, problems))


def _days(text: str, problems: list[Problem]) -> Iterator[int]:
    if text == _EVERY_DAY:
        yield from range(len(WEEKDAYS))
        return
    for piece in re.split(" *, *", text):
        ends = [_weekday(name, problems) for name in _DASH.split(piece)]
        if len(ends) > 2:
            problems.append(Problem("hours", f"“{piece}” isn't a range of weekdays; write mon-fri.", piece))
        elif None not in ends:
            first, last = ends[0] or 0, ends[-1] or 0
            yield from ((first + step) % 7 for step in range((last - first) % 7 + 1))


def _weekday(name: str, problems: list[Problem]) -> int | None:
    for names in (WEEKDAYS, _FULL_NAMES):
        if name in names:
            return names.index(name)
    near = get_close_matches(name, (*WEEKDAYS, *_FULL_NAMES, _EVERY_DAY), 1)
    hint = f"did you mean {near[0]}?" if near else "weekdays are mon, tue, wed, thu, fri, sat, sun, or daily."
    problems.append(Problem("hours", f"There is no weekday “{name}”; {hint}", name))
    return None


def _intervals(text: str, field: str, at: str, problems: list[Problem]) -> Iterator[Interval]:
    for piece in re.split(" *, *", text):
        match = _INTERVAL.fullmatch(piece)
        if match is None:
            sentence = (
                f"{at} “{piece}” isn't an interval such as 09:00-17:00." if piece else f"{at} has an empty interval."
            )
            problems.append(Problem(field, sentence, at, piece))
            continue
        start, end = _seconds(*match.groups()[:3]), _seconds(*match.groups()[3:])
        if start is None or end is None or start == DAY:
            sentence = f"{at} {piece}: a time of day lies from 00:00 to 24:00 and begins before 24:00."
            problems.append(Problem(field, sentence, at, piece))
        else:
            yield Interval(start, end)


def _seconds(hours: str, minutes: str, seconds: str | None) -> int | None:
    total = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
    return total if total <= DAY and int(minutes) < 60 and int(seconds or 0) < 60 else None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
