"""Making and changing calendars of working time (behaviour 3.1). Every change is one act, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from casedesk import model
from casedesk.desk.calendar_reading import CalendarReading, compiled, holiday_of
from casedesk.desk.desk_settings import zone_name
from casedesk.desk.field_mistakes import FieldMistakes
from casedesk.desk.naming import a_name
from casedesk.desk.policy_checks import check_reach
from casedesk.desk.recording import Recorder
from casedesk.desk.values import CalendarEntry, Outcome, OwnDate
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, Unchanged
from casedesk.domain.rights import LEVELS

if TYPE_CHECKING:
    from sqlmodel import Session

YEARS = range(1900, 3000)
"""Those in which a date of a calendar's own may lie."""

_LONGEST_DATE_NAME = 100


class Calendars(CalendarReading):
    """`desk.calendars`: the desk's calendars."""

    def add(
        self,
        name: str,
        hours: str,
        *,
        zone: str | None = None,
        country: str = "",
        region: str = "",
        dates: Iterable[OwnDate] = (),
    ) -> Outcome:
        """Make a calendar; `zone` is the desk's own unless another is named.

        `country` and `region` are codes or names whose public holidays are kept. Raises InvalidFields with the
        mistakes of `name`, `zone`, `hours`, `country`, `region` and `dates`.
        """
        own = list(dates)

        def change(recorder: Recorder) -> str:
            values = {"name": name, "zone": zone or self._desk.zone.key, "hours": hours}
            row = self._new(recorder, values | {"country": country, "region": region}, own)
            return f"calendar “{row.name}” made"

        return self._desk.acts.once("add calendar", change, right=LEVELS)

    def change(
        self,
        name: str,
        *,
        new_name: str | None = None,
        zone: str | None = None,
        hours: str | None = None,
        country: str | None = None,
        region: str | None = None,
        seen: CalendarEntry | None = None,
    ) -> Outcome:
        """Change what is given; an empty country or region is none, and another country has no region unless named.

        `seen` is the calendar as the change was made for it: Conflict when it has changed since. Raises Unchanged when
        all is so already, and InvalidFields as `add` does.
        """
        given = {"name": new_name, "zone": zone, "hours": hours, "country": country, "region": region}

        def change(recorder: Recorder) -> str:
            entry = self.entry(name)
            _check_seen(entry, seen)
            wanted = {field: value for field, value in given.items() if value is not None}
            if country is not None and region is None and country.strip().casefold() != entry.country.casefold():
                wanted["region"] = ""
            values = self._checked(wanted, entry)
            row = _row(recorder.session, entry)
            changes = [_set(recorder, row, field, value) for field, value in values.items()]
            if not any(changes):
                raise Unchanged(f"Calendar “{entry.name}”: nothing to change.")
            return f"calendar “{entry.name}”: {'; '.join(filter(None, changes))}"

        return self._desk.acts.once("change calendar", change, right=LEVELS)

    def copy(self, name: str, new_name: str) -> Outcome:
        """Make another calendar like this one, with its own dates. Policies stay with the first."""

        def change(recorder: Recorder) -> str:
            entry = self.entry(name, retired=True)
            values = {field: getattr(entry, field) for field in ("zone", "hours", "country", "region")}
            row = self._new(recorder, {"name": new_name, **values}, entry.dates)
            return f"calendar “{entry.name}” copied to “{row.name}”"

        return self._desk.acts.once("copy calendar", change, right=LEVELS)

    def set_date(self, name: str, day: date, *, called: str = "", hours: str = "") -> Outcome:
        """Give the calendar a date of its own, or change it: closed, or with the `hours` that `OwnDate` tells of.

        Raises InvalidFields with the mistakes of `date`, `name` and `hours`.
        """

        def change(recorder: Recorder) -> str:
            entry = self.entry(name)
            wanted = _checked_date(OwnDate(day, called, hours))
            rows = _date_rows(recorder.session, entry)
            row = rows.get(day.isoformat())
            if row is None:
                _add_date(recorder, entry.id, wanted)
            elif not _change_date(recorder, row, wanted):
                raise Unchanged(f"Calendar “{entry.name}”: {_said(wanted)} is so already.")
            return f"calendar “{entry.name}”: {_said(wanted)}"

        return self._desk.acts.once("calendar date", change, right=LEVELS)

    def remove_date(self, name: str, day: date) -> Outcome:
        """Take a date of its own from the calendar: the usual hours, or a public holiday, hold again. NotFound."""

        def change(recorder: Recorder) -> str:
            entry = self.entry(name)
            row = _date_rows(recorder.session, entry).get(day.isoformat())
            if row is None:
                raise NotFound(f"The calendar “{entry.name}” has no date {day.isoformat()} of its own.")
            recorder.remove(row, kind="date", text=_said(OwnDate(day, row.name, row.hours)))
            return f"calendar “{entry.name}”: {day.isoformat()} removed"

        return self._desk.acts.once("calendar date", change, right=LEVELS)

    def retire(self, name: str) -> Outcome:
        """Offer the calendar no longer. Raises InvalidInput while a policy counts by it, naming which."""

        def change(recorder: Recorder) -> str:
            entry = self.entry(name, retired=True)
            if entry.policies:
                which = " and ".join(f"“{policy}”" for policy in entry.policies)
                raise InvalidInput(f"The calendar “{entry.name}” is used by {which}; give them another first.")
            if not recorder.set(
                _row(recorder.session, entry), "retired", True, kind="calendar", texts=(entry.name, "retired")
            ):
                raise Unchanged(f"The calendar “{entry.name}” is retired already.")
            return f"calendar “{entry.name}” retired"

        return self._desk.acts.once("retire calendar", change, right=LEVELS)

    def restore(self, name: str) -> Outcome:
        """Bring a retired calendar back."""

        def change(recorder: Recorder) -> str:
            entry = self.entry(name, retired=True)
            if not recorder.set(
                _row(recorder.session, entry), "retired", False, kind="calendar", texts=("retired", entry.name)
            ):
                raise Unchanged(f"The calendar “{entry.name}” isn't retired.")
            return f"calendar “{entry.name}” brought back"

        return self._desk.acts.once("restore calendar", change, right=LEVELS)

    # -- the pieces ---------------------------------------------------------------------------------------------

    def _new(self, recorder: Recorder, values: dict[str, str], dates: Iterable[OwnDate]) -> model.Calendar:
        checked = self._checked(values, None, dates)
        row = recorder.add(model.Calendar(**dict[str, Any](checked)), kind="calendar", text=checked["name"])
        for own in sorted((_checked_date(own) for own in dates), key=lambda own: own.date):
            _add_date(recorder, row.id or 0, own)
        return row

    def _checked(
        self, wanted: dict[str, str], own: CalendarEntry | None, dates: Iterable[OwnDate] = ()
    ) -> dict[str, str]:
        """The given values as they are kept. Raises InvalidFields with all mistakes."""
        mistakes = FieldMistakes()
        values = dict(wanted)
        if "name" in wanted:
            values["name"] = mistakes.checked("name", lambda: self._free_name(wanted["name"], own), "")
        if "zone" in wanted:
            values["zone"] = mistakes.checked("zone", lambda: zone_name(wanted["zone"]), "")
        if "hours" in wanted:
            values["hours"] = mistakes.checked("hours", lambda: _checked_hours(wanted["hours"]), "")
        if wanted.get("country") or wanted.get("region"):
            country = wanted.get("country", own.country if own else "")
            values |= _checked_place(mistakes, country, wanted.get("region", own.region if own else ""))
        mistakes.checked("dates", lambda: _check_dates(dates), None)
        mistakes.refuse()
        if own is not None and own.policies:
            mistakes.checked("hours", lambda: self._check_reach(own, values), None)
            mistakes.refuse()
        return values

    def _free_name(self, name: str, own: CalendarEntry | None) -> str:
        wanted = a_name("A calendar", name)
        for other in self.list(retired=True):
            if (own is None or other.id != own.id) and other.name.casefold() == wanted.casefold():
                more = "; bring that back, or choose another name" if other.retired else ""
                raise InvalidInput(f"There is a {'retired ' * other.retired}calendar “{other.name}” already{more}.")
        return wanted

    def _check_reach(self, own: CalendarEntry, values: dict[str, Any]) -> None:
        """Raise InvalidInput when a target of a policy could never fall due by these hours."""
        place = {field: values.get(field, getattr(own, field)) for field in ("zone", "hours", "country", "region")}
        calendar = compiled(**place, dates=own.dates)
        for policy in self._desk.policies.in_order():
            if policy.calendar_id == own.id and policy.targets:
                check_reach(calendar, self._desk.seconds(), max(target.seconds for target in policy.targets))


def _checked_hours(text: str) -> str:
    from casedesk.domain.business_time import hours_text, parse_hours

    return hours_text(parse_hours(text))


def _checked_place(mistakes: FieldMistakes, country: str, region: str) -> dict[str, str]:
    """Country and region by their codes; a region alone is a mistake."""
    from casedesk.desk.holiday_dates import checked_country, checked_region

    if not country.strip():
        mistakes.checked("region", lambda: _refuse(region, "A region needs a country."), None)
        return {"country": "", "region": ""}
    code = mistakes.checked("country", lambda: checked_country(country), "")
    if not region.strip() or not code:
        return {"country": code, "region": ""}
    return {"country": code, "region": mistakes.checked("region", lambda: checked_region(code, region), "")}


def _refuse(value: str, sentence: str) -> None:
    if value.strip():
        raise InvalidInput(sentence)


def _checked_date(own: OwnDate) -> OwnDate:
    """The date as it is kept. Raises InvalidFields."""
    mistakes = FieldMistakes()
    mistakes.checked("date", lambda: _check_year(own.date), None)
    name = mistakes.checked("name", lambda: _checked_date_name(own.name), "")
    hours = mistakes.checked("hours", lambda: _checked_date_hours(own), "")
    mistakes.refuse()
    return OwnDate(own.date, name, hours)


def _check_year(day: date) -> None:
    if day.year not in YEARS:
        raise InvalidInput(f"{day.isoformat()}: a date lies in the years {YEARS[0]} to {YEARS[-1]}.")


def _checked_date_name(value: str) -> str:
    name = " ".join(value.split())
    if len(name) > _LONGEST_DATE_NAME or not name.isprintable():
        raise InvalidInput(f"The name of a date has at most {_LONGEST_DATE_NAME} printable characters.")
    return name


def _checked_date_hours(own: OwnDate) -> str:
    from casedesk.domain.business_time import holidays_text

    holiday = holiday_of(own.date, own.hours.strip())
    return holidays_text({own.date: holiday}).partition(" ")[2]


def _check_dates(dates: Iterable[OwnDate]) -> None:
    days = [_checked_date(own).date for own in dates]
    twice = next((day for day in days if days.count(day) > 1), None)
    if twice is not None:
        raise InvalidInput(f"{twice.isoformat()} is there twice.")


def _check_seen(entry: CalendarEntry, seen: CalendarEntry | None) -> None:
    if seen is not None and entry != replace(seen, policies=entry.policies):
        raise Conflict(f"The calendar “{entry.name}” has changed since you saw it.")


def _row(session: Session, entry: CalendarEntry) -> model.Calendar:
    row = session.get(model.Calendar, entry.id)
    assert row is not None
    return row


def _set(recorder: Recorder, row: model.Calendar, field: str, value: str) -> str:
    """Set a field; what an act says of it, nothing when it was so."""
    before = getattr(row, field)
    if not recorder.set(row, field, value, kind="calendar", texts=(before, value)):
        return ""
    return f"name → “{value}”" if field == "name" else f"{field} → {value or 'none'}"


def _date_rows(session: Session, entry: CalendarEntry) -> dict[str, model.CalendarDate]:
    from sqlmodel import select

    rows = session.exec(select(model.CalendarDate).where(model.CalendarDate.calendar_id == entry.id)).all()
    return {row.date: row for row in rows}


def _add_date(recorder: Recorder, calendar_id: int, own: OwnDate) -> None:
    row = model.CalendarDate(calendar_id=calendar_id, date=own.date.isoformat(), name=own.name, hours=own.hours)
    recorder.add(row, kind="date", text=_said(own))


def _change_date(recorder: Recorder, row: model.CalendarDate, own: OwnDate) -> bool:
    texts = (_said(OwnDate(own.date, row.name, row.hours)), _said(own))
    changed = [recorder.set(row, field, getattr(own, field), kind="date", texts=texts) for field in ("name", "hours")]
    return any(changed)


def _said(own: OwnDate) -> str:
    """`2026-12-24 Christmas Eve (09:00-12:00)`."""
    return f"{own.date.isoformat()} {own.name}".rstrip() + f" ({own.hours or 'closed'})"
