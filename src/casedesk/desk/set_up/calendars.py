"""Calendars of working time in the set-up (behaviour 3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from casedesk import model
from casedesk.desk.list_entries import same
from casedesk.desk.set_up.part import Applying, Entry, Part, by_name
from casedesk.desk.set_up.removing import removed_if_unused, with_parts
from casedesk.desk.set_up.shape import Key, a_date, a_text, tables, write_table
from casedesk.desk.values import OwnDate
from casedesk.domain.rights import LEVELS

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.values import CalendarEntry

_DATE_KEYS = (Key("date", a_date), Key("name", a_text, ""), Key("hours", a_text, ""))


class CalendarsPart(Part):
    """Calendars that are offered, each with its own dates."""

    key = "calendars"
    one = "calendar"
    right = LEVELS
    about = "A date without hours is closed; “off 12:00-24:00” takes from the usual hours, “open” undoes a holiday."
    keys = (
        Key("name", a_text),
        Key("zone", a_text),
        Key("hours", a_text),
        Key("country", a_text, ""),
        Key("region", a_text, ""),
        Key("dates", tables(_DATE_KEYS), [], lambda dates: [write_table(each, _DATE_KEYS) for each in dates]),
    )

    def read(self, desk: Desk) -> list[Entry]:
        return by_name(
            [
                Entry(
                    {field: getattr(each, field) for field in ("name", "zone", "hours", "country", "region")}
                    | {"dates": [{"date": own.date, "name": own.name, "hours": own.hours} for own in each.dates]}
                )
                for each in desk.calendars.list()
            ]
        )

    def put(self, to: Applying, wanted: Sequence[Entry]) -> None:
        calendars = to.desk.calendars
        known = {same(each.name): each for each in calendars.list(retired=True)}
        for entry in wanted:
            found = known.get(same(entry.name))
            values = {field: entry[field] for field in ("zone", "hours", "country", "region")}
            own = [OwnDate(each["date"], each["name"], each["hours"]) for each in entry["dates"]]
            if found is None:
                to.do(
                    entry.place,
                    calendars.add,
                    entry.name,
                    dates=own,
                    **values,
                )
                continue
            if found.retired:
                to.do(entry.place, calendars.restore, found.name)
            changed = {field: value for field, value in values.items() if getattr(found, field) != value}
            if changed or found.name != entry.name:
                if "country" in changed:
                    changed["region"] = values["region"]
                to.do(
                    entry.place,
                    calendars.change,
                    found.name,
                    new_name=entry.name,
                    **changed,
                )
            self._set_dates(to, entry, found, own)

    @staticmethod
    def _set_dates(to: Applying, entry: Entry, found: CalendarEntry, wanted: Sequence[OwnDate]) -> None:
        calendars = to.desk.calendars
        days = {own.date for own in wanted}
        for own in found.dates:
            if own.date not in days:
                to.do((*entry.place, "dates"), calendars.remove_date, entry.name, own.date)
        for at, own in enumerate(wanted):
            if own not in found.dates:
                to.do(
                    (*entry.place, "dates", at),
                    calendars.set_date,
                    entry.name,
                    own.date,
                    called=own.name,
                    hours=own.hours,
                )

    def drop(self, to: Applying, wanted: Sequence[Entry]) -> None:
        ids = {each.name: each.id for each in to.desk.calendars.list()}
        for entry in self.missing(to, wanted):
            if to.do((self.key,), to.desk.calendars.retire, entry.name):
                rows = with_parts(model.Calendar, ids[entry.name], (model.CalendarDate, "calendar_id"))
                to.gone(self, entry, removed_if_unused(to.desk, self.one, entry.name, rows, right=self.right))
