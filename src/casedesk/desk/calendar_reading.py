"""Reading calendars, and making of them what working time is counted by (behaviour 3.1 to 3.3)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from casedesk.desk.matching import did_you_mean
from casedesk.desk.values import CalendarDetails, CalendarEntry, HolidayEntry, OwnDate, Week
from casedesk.domain.errors import InvalidInput, NotFound
from casedesk.domain.rights import CONFIGURE, LEVELS, TICKETS_VIEW

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.holiday_dates import Country, Region
    from casedesk.domain.business_time import Calendar, Holiday, Weekly
    from casedesk.store.reader import Row

_DATES = """
    (SELECT json_group_array(json_array(date, name, hours))
     FROM (SELECT date, name, hours FROM calendar_date WHERE calendar_id = c.id ORDER BY date))"""

_CALENDARS = f"""
    SELECT c.id, c.name, c.zone, c.hours, c.country, c.region, {_DATES},
           (SELECT json_group_array(name)
            FROM (SELECT name FROM policy WHERE calendar_id = c.id AND NOT retired
                  ORDER BY is_default, position, id)),
           c.retired
    FROM calendar c WHERE c.retired <= ? ORDER BY c.retired, c.name COLLATE NOCASE, c.id"""

_CONTENT = f"SELECT c.zone, c.hours, c.country, c.region, {_DATES} FROM calendar c WHERE c.id = ?"

_MIDNIGHT = 86_400


class CalendarReading:
    """The reading half of `desk.calendars`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._compiled: dict[int, tuple[Row, Calendar]] = {}

    def list(self, *, retired: bool = False) -> list[CalendarEntry]:
        """Every calendar by name; with `retired`, those that are retired come last."""
        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        return [_entry(row) for row in self._desk.store.reader().rows(_CALENDARS, (retired,))]

    def show(self, name: str) -> CalendarDetails:
        """The calendar of that name, retired ones included, with its week and the holidays of the next twelve months.

        Raises NotFound with the nearest names.
        """
        entry = self.entry(name, retired=True)
        return CalendarDetails(entry, self.week(entry.hours), self._holidays(entry))

    def entry(self, name: str, *, retired: bool = False) -> CalendarEntry:
        """The calendar of that name, in any case; a retired one only with `retired`. Raises NotFound."""
        every = self.list(retired=True)
        wanted = " ".join(name.split()).casefold()
        found = next((each for each in every if each.name.casefold() == wanted), None)
        if found is None:
            known = [each.name for each in every if retired or not each.retired]
            hint = did_you_mean(name, known, f"there is {', '.join(known[:12]) or 'none yet'}.")
            raise NotFound(f"There is no calendar “{name}”; {hint}")
        if found.retired and not retired:
            raise NotFound(f"The calendar “{found.name}” is retired; bring it back first.")
        return found

    def week(self, hours: str) -> Week:
        """The hours of a week, as text, for a picture. Raises InvalidInput with every mistake in them."""
        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        from casedesk.domain.business_time import parse_hours

        return _cut_at_midnight(parse_hours(hours))

    def countries(self) -> tuple[Country, ...]:
        """The countries whose public holidays are known, by name."""
        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        from casedesk.desk.holiday_dates import countries

        return countries()

    def regions(self, country: str) -> tuple[Region, ...]:
        """The regions of a country, by its code or name, that have holidays of their own. Raises InvalidInput."""
        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        from casedesk.desk.holiday_dates import regions_of

        return regions_of(country)

    def calendar(self, name: str) -> Calendar:
        """What working time is counted by, of the calendar of that name. Raises NotFound."""
        self._desk.require(TICKETS_VIEW, LEVELS, CONFIGURE)
        return self.working(self.entry(name, retired=True).id)

    def working(self, calendar_id: int) -> Calendar:
        """What working time is counted by. It is kept as long as nobody changes the calendar, in any process.

        Public holidays are looked up when a year is first asked for. Raises NotFound for an id that nobody has.
        """
        row = self._desk.store.reader().row(_CONTENT, (calendar_id,))
        if row is None:
            raise NotFound(f"There is no calendar with the id {calendar_id}.")
        row = (*row, language := self._desk.setup.setting("language"))
        kept = self._compiled.get(calendar_id)
        if kept is not None and kept[0] == row:
            return kept[1]
        zone, hours, country, region, dates = row[:-1]
        calendar = compiled(zone, hours, country, region, _own_dates(dates), language)
        self._compiled[calendar_id] = (row, calendar)
        return calendar

    def _holidays(self, entry: CalendarEntry) -> tuple[HolidayEntry, ...]:
        """From today in the calendar's zone to the day before the same date next year."""
        calendar = self.working(entry.id)
        first = self._desk.now().astimezone(calendar.zone_info).date()
        end = first.replace(year=first.year + 1) if (first.month, first.day) != (2, 29) else date(first.year + 1, 3, 1)
        public: dict[date, str] = {}
        if calendar.public_holidays is not None:
            for year in range(first.year, end.year + 1):
                public |= calendar.public_holidays(year)
        found = {day: HolidayEntry(day, name, "public") for day, name in public.items()}
        found |= {own.date: _holiday(own, public) for own in entry.dates}
        return tuple(found[day] for day in sorted(found) if first <= day < end)


def compiled(
    zone: str, hours: str, country: str, region: str, dates: Iterable[OwnDate], language: str = "en"
) -> Calendar:
    """What working time is counted by; public holidays are named in `language`. Raises InvalidInput."""
    from casedesk.domain.business_time import Calendar, parse_hours

    public = None
    if country:
        from casedesk.desk.holiday_dates import public_holidays

        public = public_holidays(country, region, language)
    holidays = {own.date: replace(holiday_of(own.date, own.hours), name=own.name) for own in dates}
    return Calendar(zone, parse_hours(hours), holidays, public)


def holiday_of(day: date, hours: str) -> Holiday:
    """What a date of a calendar's own does to the usual hours. Raises InvalidInput for hours that can't be."""
    from casedesk.domain.business_time import parse_holidays

    found = parse_holidays(f"{day.isoformat()} {hours}")
    if list(found) != [day] or found[day].name:
        raise InvalidInput(f"“{hours}” aren't the hours of a date; write 09:00-12:00, off 12:00-24:00, or open.")
    return found[day]


def _entry(row: Row) -> CalendarEntry:
    calendar_id, name, zone, hours, country, region, dates, policies, retired = row
    return CalendarEntry(
        calendar_id,
        name,
        zone,
        hours,
        country,
        region,
        tuple(_own_dates(dates)),
        tuple(json.loads(policies)),
        bool(retired),
    )


def _own_dates(dates: str) -> list[OwnDate]:
    return [OwnDate(date.fromisoformat(day), name, hours) for day, name, hours in json.loads(dates)]


def _holiday(own: OwnDate, public: Mapping[date, str]) -> HolidayEntry:
    origin = "own" if not own.hours else "open" if own.hours == "open" else "part-day"
    return HolidayEntry(own.date, own.name or public.get(own.date, ""), origin, own.hours)


def _cut_at_midnight(weekly: Weekly) -> Week:
    days: list[list[tuple[int, int]]] = [[] for _ in weekly]
    for place, intervals in enumerate(weekly):
        for interval in intervals:
            days[place].append((interval.start, min(interval.reach, _MIDNIGHT)))
            if interval.reach > _MIDNIGHT:
                days[(place + 1) % len(days)].append((0, interval.reach - _MIDNIGHT))
    return tuple(tuple(sorted(intervals)) for intervals in days)
