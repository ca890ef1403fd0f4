"""The many ways in which exports write an instant, read as whole seconds since 1970 in UTC.

Known: ISO 8601 with or without an offset (also after a blank), Unix seconds, milliseconds and finer, digits alone
(YYYYMMDD, YYYYMMDDHHMMSS), serial days of spreadsheets, numeric dates in any order with 12- or 24-hour times,
dates with the month's name in eight languages, and the zones that mail and forms write ("GMT+2").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from casedesk.domain.errors import InvalidInput
from casedesk.intake.cells import BadCell, quoted
from casedesk.intake.mapping import Dates

DAY = 86_400
ReadDate = Callable[[str], int | None]

_MONTH_STARTS = {
    1: "jan ene gen sty",
    2: "feb fev lut",
    3: "mar maa mrt",
    4: "apr avr abr kwi",
    5: "may mai maj mag mei",
    6: "jun juin giu cze",
    7: "jul juil lug lip",
    8: "aug aou ago sie",
    9: "sep set wrz",
    10: "oct okt out ott paz",
    11: "nov lis",
    12: "dec dez dic gru",
}
"""English, German, Spanish, French, Portuguese, Italian, Polish and Dutch, accents taken off."""

_MONTHS = {start: month for month, starts in _MONTH_STARTS.items() for start in starts.split()}
_ZONES = {"CET": 1, "CEST": 2, "BST": 1, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6}
_ZONES |= {"PST": -8, "PDT": -7, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3}
"""Hours of the abbreviations that mail headers (RFC 5322, 4.3) and European exports write."""

_TIME = (
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?"
    r"(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?(?:\s*(?P<zone>(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{1,4}))?"
)
_NUMERIC = re.compile(rf"(\d{{1,4}})([./-])\s?(\d{{1,2}})\2\s?(\d{{1,4}})(?:[T,\s]+{_TIME})?")
_TIME_ANYWHERE = re.compile(rf"(?<!\d){_TIME}(?![\w:])")
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?")
_DIGITS = re.compile(r"(\d+)(?:\.\d+)?")
_LOOSE_OFFSET = re.compile(r"(?<![\w:])[+-]\d{2}:?\d{2}(?!\w)")
_WORDS = re.compile(r"[^\W\d_]+")
_NUMBERS = re.compile(r"\d+")
_SERIAL_START = datetime(1899, 12, 30)
_SERIAL_DAYS = (20_000, 80_000)  # 1954 to 2119
_LONGEST = 60


def zone_named(name: str) -> tzinfo:
    """The IANA zone of this name. Raises `InvalidInput` when nobody knows it."""
    if name == "UTC":
        return UTC
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InvalidInput(f'There is no time zone "{name}"; write it like Europe/Berlin.') from error


def date_reader(*, zone: str, dates: Dates, now: int, date_format: str = "") -> ReadDate:
    """A function that reads cells of this file as instants.

    It returns None for what programs write in place of an unknown time: any moment of 1 January 1970 and
    0000-00-00. It raises `BadCell` for what is no date, for days that don't exist, for times before 1970 and for
    times more than a day after `now` (seconds since 1970).
    """
    local = zone_named(zone)
    day_first = None if dates == "" else dates == "day first"
    latest = now + DAY

    def read(cell: str) -> int | None:
        try:
            moment = datetime.strptime(cell, date_format) if date_format else _read(cell, day_first)
            if moment is None:
                return None
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=local)
            seconds = int(moment.timestamp())
        except (ValueError, OverflowError) as error:
            raise BadCell(_reason(cell)) from error
        if DAY <= seconds <= latest:
            return seconds
        if 0 <= seconds < DAY:
            return None
        raise BadCell(f"{quoted(cell)} is an impossible date: {'before 1970' if seconds < 0 else 'in the future'}")

    return read


def date_order(cells: Iterable[str]) -> tuple[Dates, bool]:
    """Which of day and month comes first in these cells, and whether they prove it.

    ("", True) when no cell leaves the question open. Cells that contradict each other are outvoted.
    """
    day_first = month_first = open_cells = 0
    for cell in cells:
        match = _NUMERIC.match(cell)
        if match is None or len(match[1]) > 2:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12:
            day_first += 1
        elif second > 12:
            month_first += 1
        elif match[2] == "/":
            open_cells += 1
    if day_first or month_first:
        return ("day first" if day_first >= month_first else "month first"), True
    return ("month first", False) if open_cells else ("", True)


def reads_as_date(cell: str) -> bool:
    """True when the cell can be read as a date or time of any form, existing days only."""
    try:
        return _read(cell, None) is not None
    except (ValueError, OverflowError):
        return False


def looks_like_date(cell: str) -> bool:
    """True when the cell is written like a date or time; digits alone are not, since any number is."""
    if not 6 <= len(cell) <= _LONGEST or cell.replace(".", "").isdigit():
        return False
    return _NUMERIC.fullmatch(cell) is not None or reads_as_date(cell)


def _read(cell: str, day_first: bool | None) -> datetime | None:
    return _read_iso(cell) if cell[4:5] == "-" == cell[7:8] else _read_other(cell, day_first)


def _reason(cell: str) -> str:
    if _NUMERIC.match(cell) or cell[4:5] == "-" == cell[7:8]:
        return f"{quoted(cell)} is a date or time that doesn't exist"
    return f"{quoted(cell)} is not a date"


def _read_iso(cell: str) -> datetime | None:
    try:
        return datetime.fromisoformat(cell)
    except ValueError:
        if cell.startswith("0000-00-00"):
            return None
        match = _NUMERIC.fullmatch(cell)
        if match is None:
            return _read_with_month_name(cell)
        return _assembled(int(match[1]), int(match[3]), int(match[4]), match)


def _read_other(cell: str, day_first: bool | None) -> datetime | None:
    if len(cell) > _LONGEST:
        raise ValueError
    if _DIGITS.fullmatch(cell) and cell.isascii():
        return _read_digits(cell)
    match = _NUMERIC.fullmatch(cell)
    if match is None:
        return _read_with_month_name(cell)
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) > 2:
        return _assembled(first, second, third, match)
    if day_first is None:
        day_first = match[2] != "/" or first > 12
    day, month = (first, second) if day_first else (second, first)
    return _assembled(_full_year(third, len(match[4])), month, day, match)


def _read_digits(cell: str) -> datetime | None:
    whole = len(cell.partition(".")[0])
    number = float(cell)
    if whole <= 5:
        if number == 0:
            return None
        if _SERIAL_DAYS[0] <= number <= _SERIAL_DAYS[1]:
            return _SERIAL_START + timedelta(seconds=round(number * DAY))
        raise ValueError
    if whole == 8:
        return datetime.strptime(cell, "%Y%m%d")
    if whole == 14:
        return datetime.strptime(cell, "%Y%m%d%H%M%S")
    finer = {9: 1, 10: 1, 12: 1e3, 13: 1e3, 15: 1e6, 16: 1e6, 18: 1e9, 19: 1e9}.get(whole)
    if finer is None:
        raise ValueError
    return datetime.fromtimestamp(int(number / finer), UTC)


def _read_with_month_name(cell: str) -> datetime:
    """ "Tue Oct 31 22:10:47 +0000 2017", "31. Oktober 2017, 10:05", "Oct 31, 2017 10:10 PM"."""
    if len(cell) > _LONGEST:
        raise ValueError
    time = _TIME_ANYWHERE.search(cell)
    rest = cell if time is None else cell[: time.start()] + " " + cell[time.end() :]
    loose = _LOOSE_OFFSET.search(rest)
    if loose is not None and time is not None and time["zone"] is None:
        rest = rest[: loose.start()] + " " + rest[loose.end() :]
    month = _month_in(rest)
    numbers = _NUMBERS.findall(rest)
    if month is None or len(numbers) != 2:
        raise ValueError
    year, day = sorted(numbers, key=len, reverse=True) if len(numbers[0]) != len(numbers[1]) else numbers[::-1]
    moment = _assembled(_full_year(int(year), len(year)), month, int(day), time)
    if loose is not None and moment.tzinfo is None:
        moment = moment.replace(tzinfo=_offset(loose[0]))
    return moment


def _month_in(text: str) -> int | None:
    """The month that the text names; the last one counts, since weekdays come before ("mardi 3 octobre")."""
    month = None
    for word in _WORDS.findall(unicodedata.normalize("NFKD", text.casefold()).replace("\u0301", "")):
        plain = "".join(letter for letter in word if not unicodedata.combining(letter))
        month = _MONTHS.get(plain[:4]) or _MONTHS.get(plain[:3]) or month
    return month


def _full_year(year: int, digits: int) -> int:
    if digits > 2:
        return year
    return year + (2000 if year < 69 else 1900)


def _assembled(year: int, month: int, day: int, time: re.Match[str] | None) -> datetime:
    if time is None or time["hour"] is None:
        return datetime(year, month, day)
    hour, minute, second = int(time["hour"]), int(time["minute"]), int(time["second"] or 0)
    if time["half"]:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if time["half"] in "pP" else 0)
    # A leap second has no place in Unix time; it is read as the second before it.
    return datetime(
        year, month, day, hour, minute, min(second, 59) if second == 60 else second, 0, _offset(time["zone"])
    )


def _offset(text: str | None) -> tzinfo | None:
    if text is None:
        return None
    match = _OFFSET.fullmatch(text)
    if match is None:
        if text not in _ZONES:
            raise ValueError
        return timezone(timedelta(hours=_ZONES[text]))
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
