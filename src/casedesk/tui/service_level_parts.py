"""What the screen of service levels shows: its list, and at the right a policy, a calendar, or the simple form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casedesk.desk.values import CalendarDetails, CalendarEntry, PolicyEntry, SimpleLevels, working_time
from casedesk.domain.sla import KINDS
from casedesk.tui.drawing import figure, fit, line_of
from casedesk.tui.look import Line
from casedesk.tui.panels.lines import blank, heading, paragraph
from casedesk.tui.week_picture import week_picture
from casedesk.tui.widgets.cursor_pane import Row
from casedesk.tui.widgets.drawn import cut_line, spread

if TYPE_CHECKING:
    from casedesk.desk import Desk

SIMPLE, POLICY, CALENDAR = "simple", "policy", "calendar"
"""The kinds of things in the list."""

FIELD, TARGETS, DATE = "field", "targets", "date"
"""The kinds of parts of one of them."""

EVERY = "every priority"
EVERY_SHORT = "every one"
LABEL = 10
"""Cells of a label before its value."""
COLUMNS = (15, 11, 11)
"""Cells of the columns of first responses, next replies and resolutions."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A line of the list."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A line at the right: a field by its name, the targets of a priority (empty for every one), a date in ISO form."""

    kind: str
    name: str = ""


@dataclass(frozen=True)
class Levels:
    """What the screen shows. Retired policies and calendars come last."""

    simple: SimpleLevels = field(default_factory=lambda: SimpleLevels(False, None, "", True))
    policies: tuple[PolicyEntry, ...] = ()
    calendars: tuple[CalendarDetails, ...] = ()
    places: Mapping[int, str] = field(default_factory=dict)  # country and region in words, by the calendar's id
    priorities: tuple[str, ...] = ()  # the highest first

    def policy(self, name: str) -> PolicyEntry | None:
        """The policy of that name."""
        return next((each for each in self.policies if each.name == name), None)

    def calendar(self, name: str) -> CalendarDetails | None:
        """The calendar of that name."""
        return next((each for each in self.calendars if each.entry.name == name), None)

    @property
    def ordered(self) -> list[str]:
        """The names of the policies that have a place in the order: the first to match first, without the default."""
        return [each.name for each in self.policies if not each.retired and not each.is_default]

    @property
    def usable(self) -> list[str]:
        """The names of the calendars that a policy can count by."""
        return [each.entry.name for each in self.calendars if not each.entry.retired]


def read_levels(desk: Desk) -> Levels:
    """Everything about the desk's service levels. Raises CasedeskError."""
    calendars = tuple(desk.calendars.show(entry.name) for entry in desk.calendars.list(retired=True))
    return Levels(
        desk.policies.simple(),
        desk.policies.list(retired=True),
        calendars,
        {each.entry.id: _place(desk, each.entry) for each in calendars},
        tuple(reversed(desk.choices().priorities)),
    )


def _place(desk: Desk, entry: CalendarEntry) -> str:
    """`Germany, Bayern`; nothing for a calendar without public holidays."""
    if not entry.country:
        return ""
    country = next((each.name for each in desk.calendars.countries() if each.code == entry.country), entry.country)
    regions = {each.code: each.name for each in desk.calendars.regions(entry.country)}
    return f"{country}, {regions.get(entry.region, entry.region)}" if entry.region else country


# The list


def list_rows(levels: Levels, width: int) -> list[Row]:
    """The simple form, the policies in their order, the calendars."""
    if not levels.policies:
        return [Row([("Nothing to show.", "muted")])]
    simple = levels.simple
    state = ("on", "good") if simple.on else ("off", "warning")
    rows = [Row(spread([("Service levels", "strong")], [state], width - 1), Thing(SIMPLE))]
    target = f"solved in {figure(simple.hours)}h" if simple.hours is not None else "no resolution target"
    rows.append(Row(cut_line([(f"  {target}", "muted")], width)))
    rows += [Row(blank()), Row(heading("Policies in order", width - 1))]
    rows += [_policy_row(policy, levels, width) for policy in levels.policies]
    rows += [Row(blank()), Row(heading("Calendars", width - 1))]
    return [*rows, *(_calendar_row(each.entry, width) for each in levels.calendars)]


def _policy_row(policy: PolicyEntry, levels: Levels, width: int) -> Row:
    role = "muted" if policy.retired else "text"
    place = "  " if policy.retired or policy.is_default else f"{levels.ordered.index(policy.name) + 1} "
    note = "retired" if policy.retired else "the rest" if policy.is_default else ""
    return Row(
        spread([(place, "accent"), (line_of(policy.name), role)], [(note, "muted")] if note else [], width - 1),
        Thing(POLICY, policy.name),
    )


def _calendar_row(entry: CalendarEntry, width: int) -> Row:
    role = "muted" if entry.retired else "text"
    note = "retired" if entry.retired else "" if entry.policies else "unused"
    return Row(
        spread([("  ", "text"), (line_of(entry.name), role)], [(note, "muted")] if note else [], width - 1),
        Thing(CALENDAR, entry.name),
    )


# At the right


def _field(name: str, label: str, value: str, width: int, empty: str = "none") -> Row:
    shown = (line_of(value), "text") if value else (empty, "muted")
    return Row(cut_line([(f"{label:<{LABEL}}", "muted"), shown], width), Part(FIELD, name))


def simple_rows(levels: Levels, keys: Mapping[str, str], width: int) -> list[Row]:
    """Service levels in their simple form. `keys` are those of `simple` and `switch`."""
    simple = levels.simple
    on = "on: tickets have due times" if simple.on else "off: no ticket has a due time"
    hours = f"{figure(simple.hours)} working hours" if simple.hours is not None else ""
    rows = [
        _field("on", "Levels", on, width),
        _field("hours", "Solved in", hours, width),
        _field("calendar", "Calendar", simple.calendar, width),
        Row(blank()),
    ]
    said = f"{keys['simple']} sets all three; {keys['switch']} only turns them on or off."
    rows += [Row(line) for line in paragraph(said, width - 1, "muted")]
    if not simple.alone:
        more = "There are other targets beside this one: see the policies."
        rows += [Row(line) for line in paragraph(more, width - 1, "warning")]
    return rows


def policy_rows(policy: PolicyEntry, levels: Levels, width: int) -> list[Row]:
    """A policy: when it applies, what it counts by, and its targets by kind and priority."""
    rows = [
        _field("query", "For", policy.query, width, empty="every ticket that no other policy matches"),
        Row(cut_line([(f"{'Matches':<{LABEL}}", "muted"), (_matches(policy, levels), "text")], width)),
        _field("calendar", "Calendar", policy.calendar, width),
        _field("warn", "Warns", f"{working_time(policy.warn)} before" if policy.warn else "", width, empty="never"),
        Row(blank()),
        Row(heading("Targets, in working time", width - 1)),
        Row([(" " * _left(width), "text"), *((fit(kind, cells, right=True), "muted")
             for kind, cells in zip(KINDS, COLUMNS, strict=True))]),
    ]  # fmt: skip
    by_key = {(each.kind, each.priority or ""): working_time(each.seconds) for each in policy.targets}
    rows += [_target_row(priority, by_key, width) for priority in ("", *levels.priorities)]
    pauses: Line = [(fit("in pending", _left(width)), "muted")]
    for kind, cells in zip(KINDS, COLUMNS, strict=True):
        timed = any(each.kind == kind for each in policy.targets)
        said = ("pauses" if kind in policy.pauses else "runs on") if timed or kind in policy.pauses else "–"
        pauses.append((fit(said, cells, right=True), "muted"))
    return [*rows, Row(pauses, Part(FIELD, "pauses"))]


def _left(width: int) -> int:
    return max(8, width - sum(COLUMNS))


def _matches(policy: PolicyEntry, levels: Levels) -> str:
    if policy.retired:
        return "nothing: it is retired"
    if policy.is_default:
        return "last"
    place = levels.ordered.index(policy.name) + 1
    return "first" if place == 1 else f"after {place - 1} other{'s' if place > 2 else ''}"


def _target_row(priority: str, by_key: Mapping[tuple[str, str], str], width: int) -> Row:
    """The targets of a priority; where it has none of its own, that of every priority in brackets."""
    line: Line = [(fit(priority or (EVERY if _left(width) > len(EVERY) else EVERY_SHORT), _left(width)), "text")]
    for kind, cells in zip(KINDS, COLUMNS, strict=True):
        own, every = by_key.get((kind, priority)), by_key.get((kind, ""))
        said = own or (f"({every})" if every else "–")
        line.append((fit(said, cells, right=True), "strong" if own else "muted"))
    return Row(line, Part(TARGETS, priority))


def calendar_rows(details: CalendarDetails, place: str, date_key: str, width: int, *, plain: bool) -> list[Row]:
    """A calendar: its week as a picture, its own dates, and the holidays of the next twelve months."""
    entry = details.entry
    rows = [
        _field("hours", "Hours", entry.hours, width),
        _field("zone", "Zone", entry.zone, width),
        _field("country", "Holidays", place, width, empty="no public ones"),
        Row(cut_line([(f"{'Used by':<{LABEL}}", "muted"), (line_of(", ".join(entry.policies)) or "no policy", "text")],
                     width)),
        Row(blank()),
    ]  # fmt: skip
    rows += [Row(cut_line(line, width)) for line in week_picture(details.week, entry.zone, width, plain=plain)]
    rows += [Row(blank()), Row(heading("Dates of its own", width - 1))]
    for own in entry.dates:
        line = _date_line(f"{own.date:%a} {own.date.isoformat()}", own.name, own.hours or "closed", width)
        rows.append(Row(line, Part(DATE, own.date.isoformat())))
    if not entry.dates:
        rows.append(Row([("none yet", "muted"), (f" · {date_key} adds one" if date_key else "", "muted")]))
    return [
        *rows,
        Row(blank()),
        Row(heading("Holidays of the next twelve months", width - 1)),
        *_holidays(details, width),
    ]


def _holidays(details: CalendarDetails, width: int) -> Sequence[Row]:
    own = {each.date for each in details.entry.dates}
    rows = []
    for each in details.holidays:
        said = f"{each.origin} {each.hours}" if each.origin == "part-day" else each.origin
        line = _date_line(f"{each.date:%a} {each.date.isoformat()}", each.name, said, width)
        # One of its own can be gone to above.
        rows.append(Row(line, None if each.date in own else Part(DATE, each.date.isoformat())))
    return rows or [Row([("none", "muted")])]


def _date_line(date: str, name: str, said: str, width: int) -> Line:
    return spread([(f"{date} ", "muted"), (line_of(name) or "–", "text")], [(said, "muted")], width - 1)
