"""What the screen of service levels asks: the simple form, a calendar, a date of its own, a policy, targets."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from casedesk.desk.matching import closest
from casedesk.desk.values import OwnDate, working_time
from casedesk.domain.errors import InvalidInput
from casedesk.domain.sla import KINDS
from casedesk.tui.drawing import figure, line_of
from casedesk.tui.forms import (
    Choice,
    ChoiceField,
    FieldError,
    Form,
    MultiChoiceField,
    QueryField,
    SearchField,
    TextField,
    Values,
    YesNoField,
    choices_of,
)
from casedesk.tui.service_level_parts import EVERY, Levels
from casedesk.tui.week_picture import week_picture

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import CalendarEntry, PolicyEntry

LONGEST_NAME = 100
PICTURE = 50
"""Cells of the picture under the hours that are typed."""
OFFERED = 8
"""Zones and countries that are offered at once."""

CLOSED, WORKED, OFF, OPEN = "closed", "worked", "off", "open"


@dataclass(frozen=True, slots=True)
class SimpleEntry:
    """The simple form as it was filled in."""

    on: bool
    hours: float | None
    calendar: str


def simple_form(levels: Levels) -> Form[SimpleEntry]:
    """Asks whether tickets are timed, in how many hours they are to be solved, and by which calendar."""
    simple = levels.simple
    return Form(
        title="Service levels",
        fields=[
            YesNoField(name="on", label="Time tickets", initial=True),
            TextField(
                name="hours",
                label="Solved within, in working hours",
                initial="" if simple.hours is None else figure(simple.hours),
                placeholder="8, 1.5 or 90m",
                when=lambda values: bool(values["on"]),
            ),
            ChoiceField(
                name="calendar",
                label="Counted by",
                choices=choices_of(levels.usable),
                initial=simple.calendar,
                at_once=False,
                when=lambda values: bool(values["on"]),
            ),
        ],
        submit="Set it so",
        build=_simple_entry,
        intro="" if simple.alone else "Other targets hold beside this one: those of policies and priorities.",
    )


def _simple_entry(values: Values) -> SimpleEntry:
    if not values["on"]:
        return SimpleEntry(False, None, "")
    seconds = _lengths(values, ["hours"])["hours"] or 0
    return SimpleEntry(True, seconds / 3600, str(values["calendar"]))


# Calendars


def calendar_form(desk: Desk, entry: CalendarEntry | None = None, *, plain: bool = False) -> Form[dict[str, str]]:
    """Asks for a new calendar, in the desk's zone at first, or for what is to be changed of one.

    Gives the values by the fields' names.
    """
    calendars = desk.calendars
    zone = entry.zone if entry else desk.zone.key
    country = next((each for each in calendars.countries() if entry and each.code == entry.country), None)

    def regions(values: Values) -> Sequence[Choice]:
        chosen = values.get("country")
        if not isinstance(chosen, Choice):
            return ()
        found = [Choice(each.code, each.name, each.code) for each in calendars.regions(str(chosen.value))]
        return (Choice("", "the whole country"), *found) if found else ()

    return Form(
        title=f"Calendar · {line_of(entry.name, 50)}" if entry else "New calendar",
        fields=[
            TextField(name="name", label="Name", initial=entry.name if entry else "", longest=LONGEST_NAME),
            SearchField(
                name="zone", label="Time zone", search=_zones, initial=Choice(zone, zone), placeholder="Europe/Berlin"
            ),
            TextField(
                name="hours",
                label="Hours of a week",
                initial=entry.hours if entry else "",
                placeholder="mon-thu 09:00-12:00,13:00-17:00; fri 08:00-14:00; or 24x7",
                longest=1000,
                preview=HoursPicture(desk, plain=plain),
            ),
            SearchField(
                name="country",
                label="Public holidays of",
                required=False,
                search=lambda text: _countries(desk, text),
                initial=Choice(country.code, country.name) if country else None,
                placeholder="no country; type a name or a code",
            ),
            ChoiceField(
                name="region",
                label="Region",
                required=False,  # the whole country is none
                choices=regions,
                initial=entry.region if entry else "",
                at_once=False,
                when=lambda values: bool(regions(values)),
            ),
        ],
        submit="Change it so" if entry else "Make the calendar",
        build=_calendar_values,
    )


def _calendar_values(values: Values) -> dict[str, str]:
    country = values["country"]
    return {
        "name": str(values["name"]),
        "zone": str(values["zone"].value),
        "hours": str(values["hours"]),
        "country": str(country.value) if country else "",
        "region": str(values.get("region") or ""),
    }


class HoursPicture:
    """Hours as a picture while they are typed. What can't be read yet leaves the picture as it was, and says why."""

    def __init__(self, desk: Desk, *, plain: bool) -> None:
        self._desk = desk
        self._plain = plain
        self._picture = ""

    def __call__(self, text: str) -> str:
        if not text:
            return "Days and times; a night shift is written 22:00-06:00."
        try:
            week = self._desk.calendars.week(text)
        except InvalidInput as error:
            return "\n".join(filter(None, (self._picture, line_of(error.sentence))))
        lines = week_picture(week, "", PICTURE, plain=self._plain)
        self._picture = "\n".join("".join(piece for piece, _role in line).rstrip() for line in lines)
        worked = sum(end - start for intervals in week for start, end in intervals)
        return f"{self._picture}\n{working_time(worked)} a week"


def _zones(text: str) -> list[Choice]:
    """Zones with the text in their names, those that begin with it first; else those that look like it."""
    wanted = text.strip().replace(" ", "_").casefold()
    every = sorted(available_timezones())
    found = [zone for zone in every if wanted in zone.casefold()]
    found.sort(key=lambda zone: (zone.casefold() != wanted, not zone.rpartition("/")[2].casefold().startswith(wanted)))
    if not found:
        by_city = {zone.rpartition("/")[2]: zone for zone in every}
        found = [by_city.get(name, name) for name in closest(wanted, [*by_city, *every])]
    return [Choice(zone, zone) for zone in dict.fromkeys(found[:OFFERED])]


def _countries(desk: Desk, text: str) -> list[Choice]:
    """Countries by a piece of their names or by their codes; each with how many regions it has."""
    wanted = text.strip().casefold()
    every = desk.calendars.countries()
    found = [each for each in every if wanted in each.name.casefold() or wanted == each.code.casefold()]
    found.sort(key=lambda each: (each.code.casefold() != wanted, not each.name.casefold().startswith(wanted)))
    if not found:
        near = closest(wanted, [each.name for each in every])
        found = [each for name in near for each in every if each.name == name]
    choices = []
    for each in found[:OFFERED]:
        regions = len(desk.calendars.regions(each.code))
        choices.append(Choice(each.code, each.name, f"{each.code} · {regions} regions" if regions else each.code))
    return choices


def copy_form(entry: CalendarEntry) -> Form[str]:
    """Asks for the name of a copy."""
    return Form(
        title=f"Copy · {line_of(entry.name, 50)}",
        fields=[TextField(name="name", label="Name", longest=LONGEST_NAME)],
        submit="Copy the calendar",
        build=lambda values: str(values["name"]),
        intro="With its hours, its holidays and its own dates.",
    )


def date_form(entry: CalendarEntry, day: str = "", name: str = "") -> Form[OwnDate]:
    """Asks for a date of the calendar's own, or for what is to be changed of the one in ISO form `day`."""
    own = next((each for each in entry.dates if each.date.isoformat() == day), None)
    hours = own.hours if own else ""
    how = CLOSED if not hours else OPEN if hours == OPEN else OFF if hours.startswith("off") else WORKED
    ways = (
        Choice(CLOSED, "closed", "nobody works"),
        Choice(WORKED, "other hours", "only these are worked"),
        Choice(OFF, "partly off", "these are taken from the usual hours"),
        Choice(OPEN, "as usual", "although it may be a public holiday"),
    )
    return Form(
        title=f"Date · {line_of(entry.name, 50)}",
        fields=[
            TextField(name="date", label="Date", initial=day, placeholder="2026-12-24", preview=_weekday),
            TextField(
                name="name", label="Name", initial=own.name if own else name, longest=LONGEST_NAME, required=False
            ),
            ChoiceField(name="how", label="On that day", choices=ways, initial=how),
            TextField(
                name="hours",
                label="Hours",
                initial=hours.removeprefix("off "),
                placeholder="09:00-12:00",
                when=lambda values: values["how"] in (WORKED, OFF),
            ),
        ],
        submit="Set the date",
        build=_own_date,
    )


def _own_date(values: Values) -> OwnDate:
    try:
        day = date.fromisoformat(str(values["date"]))
    except ValueError as error:
        raise FieldError("date", "A date is written year-month-day: 2026-12-24.") from error
    hours = {CLOSED: "", OPEN: OPEN}.get(values["how"], str(values.get("hours", "")))
    return OwnDate(day, str(values["name"]), f"off {hours}" if values["how"] == OFF else hours)


def _weekday(text: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return "Year, month and day."
    return f"{day:%A}, {day.day} {day:%B %Y}"


# Policies


def policy_form(desk: Desk, levels: Levels, policy: PolicyEntry | None = None) -> Form[dict[str, Any]]:
    """Asks for a new policy, or for what is to be changed of one. Gives what `desk.policies.add` takes, by name."""
    default = next(each for each in levels.policies if each.is_default)
    lengths = {each.kind: each.seconds for each in policy.targets if each.priority is None} if policy else {}
    pauses = policy.pauses if policy else frozenset()
    query = QueryField(
        name="query",
        label="For the tickets of this query",
        initial=policy.query if policy else "",
        placeholder="priority:urgent -tag:vip",
        complete=desk.complete,
        check=desk.queries.check,
    )
    return Form(
        title=f"Policy · {line_of(policy.name, 50)}" if policy else "New policy",
        fields=[
            TextField(name="name", label="Name", initial=policy.name if policy else "", longest=LONGEST_NAME),
            *([] if policy and policy.is_default else [query]),
            ChoiceField(
                name="calendar",
                label="Calendar",
                choices=choices_of(levels.usable),
                initial=policy.calendar if policy else default.calendar,
                at_once=False,
            ),
            *(_length_field(kind, lengths.get(kind)) for kind in KINDS),
            MultiChoiceField(
                name="pauses", label="Stand still in pending", choices=choices_of(KINDS), ticked=frozenset(pauses)
            ),
            _length_field("warn", policy.warn if policy else 3600, "Warn ahead of the due time"),
        ],
        submit="Change it so" if policy else "Make the policy",
        build=lambda values: _policy_values(values, policy),
        intro="Targets in working time for every priority; single priorities are set in the table."
        if policy is None
        else "",
        known_as={"targets": KINDS[-1]},
    )


def _policy_values(values: Values, policy: PolicyEntry | None) -> dict[str, Any]:
    lengths = _lengths(values, [*KINDS, "warn"])
    kept = [(each.kind, each.priority, each.seconds) for each in policy.targets if each.priority] if policy else []
    every = [(kind, None, seconds) for kind in KINDS if (seconds := lengths[kind]) is not None]
    ticked = values["pauses"].ticked
    given = {key: str(values[key]) for key in ("name", "query", "calendar") if key in values}
    return {**given, "targets": [*every, *kept], "pauses": list(ticked), "warn": lengths["warn"] or 0}


def target_form(policy: PolicyEntry, priority: str) -> Form[list[tuple[str, str | None, int]]]:
    """Asks for the targets of one priority, or of every one (empty); gives all targets of the policy then."""
    lengths = {each.kind: each.seconds for each in policy.targets if (each.priority or "") == priority}
    every = {each.kind: each.duration for each in policy.targets if each.priority is None}

    def build(values: Values) -> list[tuple[str, str | None, int]]:
        found = _lengths(values, KINDS)
        others = [
            (each.kind, each.priority, each.seconds) for each in policy.targets if (each.priority or "") != priority
        ]
        return [*others, *((kind, priority or None, found[kind] or 0) for kind in KINDS if found[kind] is not None)]

    return Form(
        title=f"Targets of {line_of(priority, 40) or EVERY} · {line_of(policy.name, 40)}",
        fields=[
            _length_field(kind, lengths.get(kind), otherwise=every.get(kind, "") if priority else "") for kind in KINDS
        ],
        submit="Set them",
        build=build,
        intro="Working time: 8 or 8h, 1h30m, 45m."
        + (" Empty: as for every priority." if priority else " Empty: no such target."),
        known_as={"targets": KINDS[-1]},
    )


def _length_field(name: str, seconds: int | None, label: str = "", otherwise: str = "") -> TextField:
    return TextField(
        name=name,
        label=label or name[:1].upper() + name[1:],
        initial="" if seconds is None else working_time(seconds),
        placeholder=f"as for every priority: {otherwise}" if otherwise else "none",
        required=False,
        longest=40,
    )


def _lengths(values: Values, names: Sequence[str]) -> dict[str, int | None]:
    """Lengths of working time in seconds; None where nothing is typed. Raises InvalidFields with all mistakes."""
    from casedesk.desk.field_mistakes import FieldMistakes

    mistakes = FieldMistakes()
    found = {name: mistakes.checked(name, _length(str(values.get(name, ""))), None) for name in names}
    mistakes.refuse()
    return found


def _length(text: str) -> Callable[[], int | None]:
    def seconds() -> int | None:
        from casedesk.domain.business_time.durations import duration_seconds

        if not text:
            return None
        return duration_seconds(f"{text}h" if re.fullmatch(r"[0-9]+([.,][0-9]+)?", text) else text)

    return seconds
