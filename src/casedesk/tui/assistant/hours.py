"""Business hours and public holidays, and the time in which tickets are to be closed (A3, A4, behaviour 3)."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from casedesk.domain.errors import Unchanged
from casedesk.domain.rights import LEVELS
from casedesk.tui.assistant.desk_step import zone_form
from casedesk.tui.assistant.step import EDIT, Drawing, Step, field, intro
from casedesk.tui.drawing import cut, figure, line_of
from casedesk.tui.forms import Form, Values
from casedesk.tui.panels.lines import blank
from casedesk.tui.service_level_forms import SimpleEntry, calendar_form, simple_form
from casedesk.tui.service_level_parts import Levels, read_levels
from casedesk.tui.week_picture import week_picture
from casedesk.tui.widgets.cursor_pane import Row

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import CalendarDetails
    from casedesk.tui.screens.assistant import AssistantScreen

HOURS, COUNTRY, ZONE, TARGET = "hours", "country", "zone", "target"

HOLIDAYS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class HoursSeen:
    """The calendar of the default policy, and what is timed by it."""

    levels: Levels
    calendar: CalendarDetails
    desk_zone: str

    @property
    def place(self) -> str:
        """Whose public holidays are kept."""
        return self.levels.places[self.calendar.entry.id]


class Hours(Step[HoursSeen]):
    """Changes hours and holidays, the zone or the target, whichever the cursor stands on."""

    id, title = "hours", "Business hours"
    right = LEVELS
    words = {EDIT: "change"}

    def read(self, desk: Desk) -> HoursSeen:
        levels = read_levels(desk)
        return HoursSeen(levels, desk.calendars.show(levels.simple.calendar), desk.zone.key)

    def rows(self, found: HoursSeen, drawing: Drawing) -> list[Row]:
        width, calendar = drawing.width, found.calendar
        zone = calendar.entry.zone
        if zone != found.desk_zone:
            zone += f" (the desk's is {found.desk_zone})"
        picture = week_picture(calendar.week, calendar.entry.zone, width - 1, plain=drawing.plain)
        return [
            *intro("When you work. Service levels count this time alone.", width),
            field(HOURS, "Hours", line_of(calendar.entry.hours.replace(";", "; ")), width),
            field(COUNTRY, "Public holidays", line_of(found.place), width, empty="none: name your country"),
            field(ZONE, "Time zone", zone, width),
            field(TARGET, "Service levels", _target(found.levels), width, empty="off: nothing is due"),
            Row(blank()),
            *(Row(line) for line in picture),
            Row(blank()),
            *_holidays(calendar, width),
        ]

    def first(self, found: HoursSeen) -> Hashable:
        return HOURS

    async def do(self, action_id: str, host: AssistantScreen) -> None:
        found: HoursSeen = host.content
        part = host.part
        if part == TARGET:
            await host.ask(lambda: simple_form(found.levels), lambda new: _set_target(host, new))
        elif part == ZONE:
            await host.ask(lambda: zone_form(found.calendar.entry.zone), lambda new: _set_calendar(host, {ZONE: new}))
        else:
            plain = host.app.preferences.plain
            await host.ask(lambda: _hours_form(host.app.desk, found, plain=plain), lambda new: _set_calendar(host, new))


def _target(levels: Levels) -> str:
    simple = levels.simple
    if not simple.on:
        return ""
    if simple.hours is None:
        return "on, without a target"
    return f"closed within {figure(simple.hours)} working hours"


def _holidays(calendar: CalendarDetails, width: int) -> list[Row]:
    coming = calendar.holidays[:HOLIDAYS_SHOWN]
    if not coming:
        return []
    said = [f"{each.date:%a} {each.date.day} {each.date:%b} {line_of(each.name, 60)}" for each in coming]
    return [
        Row([(cut(f"{'Next holidays  ' if not place else ' ' * 15}{each}", width), "muted")])
        for place, each in enumerate(said)
    ]


def _hours_form(desk: Desk, found: HoursSeen, *, plain: bool) -> Form[dict[str, str]]:
    """The form of a calendar, without its name and its zone."""
    whole = calendar_form(desk, found.calendar.entry, plain=plain)
    asked = [each for each in whole.fields if each.name in (HOURS, COUNTRY, "region")]
    return replace(whole, title="Business hours", fields=asked, submit="Work so", build=_calendar_values)


def _calendar_values(values: Values) -> dict[str, str]:
    country = values[COUNTRY]
    return {
        HOURS: str(values[HOURS]),
        COUNTRY: str(country.value) if country else "",
        "region": str(values.get("region") or ""),
    }


def _set_calendar(host: AssistantScreen, new: dict[str, str]) -> None:
    entry = host.content.calendar.entry
    changed: dict[str, Any] = {key: value for key, value in new.items() if value != getattr(entry, key)}
    if not changed:
        raise Unchanged(f"Calendar “{entry.name}”: nothing to change.")
    guard = None if host.conflicted else entry
    host.change(lambda desk: desk.calendars.change(entry.name, **changed, seen=guard), host.part)


def _set_target(host: AssistantScreen, new: SimpleEntry) -> None:
    simple = host.content.levels.simple
    calendar = new.calendar if new.on and new.calendar != simple.calendar else None
    host.change(lambda desk: desk.policies.set_simple(new.hours if new.on else None, calendar), TARGET)
