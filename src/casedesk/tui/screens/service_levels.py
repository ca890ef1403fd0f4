"""Service levels for administrators (A3, A4, behaviour 3): the simple form, the policies in order, the calendars."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from textual import on

from casedesk.domain.errors import InvalidInput
from casedesk.tui import service_level_forms as forms
from casedesk.tui.actions import BY_ID, bindings
from casedesk.tui.drawing import line_of
from casedesk.tui.screens.definitions import DefinitionsScreen
from casedesk.tui.service_level_parts import (
    CALENDAR,
    DATE,
    FIELD,
    POLICY,
    SIMPLE,
    TARGETS,
    Levels,
    Part,
    Thing,
    calendar_rows,
    list_rows,
    policy_rows,
    read_levels,
    simple_rows,
)
from casedesk.tui.widgets.cursor_pane import CursorPane, Row

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import CalendarEntry, OwnDate, PolicyEntry
    from casedesk.tui.forms import Form

SHOWN_KEYS: Final = ("levels.simple", "levels.switch", "levels.restore", "levels.target", "levels.date", "levels.enter",
                     "levels.policy", "levels.calendar", "levels.edit", "levels.retire", "levels.copy",
                     "levels.move_up", "levels.move_down", "acts.undo")  # fmt: skip
"""The keys of the bottom line; the help has all."""

OFFERED_ON: Final[Mapping[str, frozenset[str]]] = {
    "levels.target": frozenset({POLICY}),
    "levels.date": frozenset({CALENDAR}),
    "levels.copy": frozenset({CALENDAR}),
    "levels.edit": frozenset({POLICY, CALENDAR}),
}
"""What the list's cursor has to stand on for these."""


class ServiceLevelsScreen(DefinitionsScreen[Levels]):
    """Ends with whether something was changed here."""

    BINDINGS = bindings("levels")
    HEADLINE, LIST_TITLE = "Service levels", "Service levels"

    def __init__(self, at: Thing | None = None) -> None:
        """`at` is where the cursor stands first."""
        super().__init__(Levels())
        self._go_to = (at, None)

    def read(self, desk: Desk) -> Levels:
        return read_levels(desk)

    # What is under the cursors

    @property
    def thing(self) -> Thing:
        """What the list's cursor stands on."""
        key = self.list.key
        return key if isinstance(key, Thing) else Thing(SIMPLE)

    @property
    def part(self) -> Part | None:
        """The part under the cursor; None while the list has the focus."""
        key = self.parts.key
        return key if isinstance(key, Part) and self.pane is self.parts else None

    @property
    def _entry(self) -> PolicyEntry | CalendarEntry | None:
        """The policy or calendar that the list's cursor stands on."""
        if self.thing.kind == POLICY:
            return self.found.policy(self.thing.name)
        details = self.found.calendar(self.thing.name) if self.thing.kind == CALENDAR else None
        return details.entry if details else None

    @property
    def _retired(self) -> bool:
        return self._entry is not None and self._entry.retired

    def _policy(self) -> PolicyEntry:
        """The policy to be changed. Raises InvalidInput when there is none, or when it is retired."""
        policy = self.found.policy(self.thing.name) if self.thing.kind == POLICY else None
        if policy is None:
            raise InvalidInput("Go to a policy first.")
        self._check_in_use()
        return policy

    def _calendar(self) -> CalendarEntry:
        """The calendar to be changed. Raises InvalidInput when there is none, or when it is retired."""
        details = self.found.calendar(self.thing.name) if self.thing.kind == CALENDAR else None
        if details is None:
            raise InvalidInput("Go to a calendar first.")
        self._check_in_use()
        return details.entry

    def _check_in_use(self) -> None:
        if self._retired:
            key = self.key_of("levels.restore")
            raise InvalidInput(f"“{line_of(self.thing.name, 60)}” is retired; {key} brings it back.")

    # What is shown

    def list_rows(self, width: int) -> Sequence[Row]:
        return list_rows(self.found, width)

    def show_chosen(self, part: Hashable | None = None) -> None:
        retired = [(" · retired", "muted")] if self._retired else []
        self.parts.set_title([(line_of(self.thing.name) or "In simple form", "text"), *retired])
        self.parts.show(self._part_rows, part)

    def _part_rows(self, width: int) -> Sequence[Row]:
        found, thing = self.found, self.thing
        if thing.kind == POLICY and (policy := found.policy(thing.name)) is not None:
            return policy_rows(policy, found, width)
        if thing.kind == CALENDAR and (details := found.calendar(thing.name)) is not None:
            place, plain = found.places[details.entry.id], self.app.preferences.plain
            return calendar_rows(details, place, self.key_of("levels.date"), width, plain=plain)
        keys = {name: self.key_of(f"levels.{name}") for name in ("simple", "switch")}
        return simple_rows(found, keys, width) if found.policies else []

    def first_part(self) -> Hashable | None:
        return Part(FIELD, {POLICY: "query", CALENDAR: "hours"}.get(self.thing.kind, "on"))

    @on(CursorPane.Opened)
    def _open_clicked(self) -> None:
        self.app.call_later(self.action_levels_enter)

    # Keys

    def offers(self, action_id: str) -> bool:
        """Whether the action exists here."""
        if action_id == "levels.restore":
            return self._retired
        if action_id in ("levels.move_up", "levels.move_down"):
            return self.thing.name in self.found.ordered and self.thing.kind == POLICY
        if action_id == "levels.retire":
            return not self._retired and self._can_be_taken_away()
        if action_id in OFFERED_ON:
            return self.thing.kind in OFFERED_ON[action_id] and (not self._retired or action_id == "levels.copy")
        return bool({"levels", "page", "app"} & set(BY_ID[action_id].where))

    def _can_be_taken_away(self) -> bool:
        part = self.part
        if part is not None and part.kind == DATE:
            return self._has_own_date(part.name)
        return self.thing.kind == CALENDAR or self.thing.name in self.found.ordered

    def _has_own_date(self, day: str) -> bool:
        details = self.found.calendar(self.thing.name)
        return details is not None and day in [own.date.isoformat() for own in details.entry.dates]

    def shown_keys(self) -> Sequence[str]:
        first = ("levels.simple", "levels.switch") if self.thing.kind == SIMPLE else ()
        return [*first, *(name for name in SHOWN_KEYS if name not in ("levels.simple", "levels.switch"))]

    def words(self) -> Mapping[str, str]:
        words = {"levels.enter": "open"} if self.pane is self.list and self.thing.kind != SIMPLE else {}
        part = self.part
        return words | ({"levels.retire": "remove"} if part is not None and part.kind == DATE else {})

    async def action_levels_back(self) -> None:
        await self.go_back()

    def action_levels_pane(self) -> None:
        self.go_to_other_pane()

    async def action_levels_enter(self) -> None:
        """From the list to what it stands on; there, change what the cursor stands on."""
        await self.work.settle()
        part, thing = self.part, self.thing
        if thing.kind == SIMPLE:
            await self.action_levels_simple()
        elif part is None:
            self.set_focus(self.parts)
        elif part.kind == TARGETS:
            await self.action_levels_target()
        elif part.kind == DATE:
            await self._ask_date(part.name)
        else:
            await self.action_levels_edit()

    # The simple form

    async def action_levels_simple(self) -> None:
        def put(new: forms.SimpleEntry) -> None:
            calendar = new.calendar if new.on and new.calendar != self.found.simple.calendar else None
            hours = new.hours if new.on else None
            self.do(lambda desk: desk.policies.set_simple(hours, calendar), Thing(SIMPLE))

        await self.ask(lambda: forms.simple_form(self.found), put)

    async def action_levels_switch(self) -> None:
        def switch() -> None:
            on = not self.found.simple.on
            self.do(lambda desk: desk.policies.switch(on))

        await self.once_settled(switch)

    # Calendars

    async def action_levels_calendar(self) -> None:
        def add(new: dict[str, Any]) -> None:
            self.do(lambda desk: desk.calendars.add(**new), Thing(CALENDAR, _clean(new["name"])))

        await self.ask(lambda: forms.calendar_form(self.app.desk, plain=self.app.preferences.plain), add)

    async def _edit_calendar(self) -> None:
        seen: list[CalendarEntry] = []

        def form() -> Form[dict[str, str]]:
            seen.append(self._calendar())
            return forms.calendar_form(self.app.desk, seen[0], plain=self.app.preferences.plain)

        def edit(new: dict[str, str]) -> None:
            before = seen[0]
            changed = {key: value for key, value in new.items() if value != getattr(before, key)}
            renamed = {"new_name": changed.pop("name")} if "name" in changed else {}
            guard = None if self.conflicted else before
            name = _clean(new["name"])
            self.do(
                lambda desk: desk.calendars.change(before.name, **changed, **renamed, seen=guard), Thing(CALENDAR, name)
            )

        await self.ask(form, edit)

    async def action_levels_copy(self) -> None:
        def original() -> CalendarEntry:
            entry = self._entry
            if entry is None or self.thing.kind != CALENDAR:
                raise InvalidInput("Go to a calendar first.")
            return entry  # type: ignore[return-value]  # the list's cursor stands on a calendar

        def copy(new_name: str) -> None:
            name = original().name
            self.do(lambda desk: desk.calendars.copy(name, new_name), Thing(CALENDAR, _clean(new_name)))

        await self.ask(lambda: forms.copy_form(original()), copy)

    async def action_levels_date(self) -> None:
        await self._ask_date("")

    async def _ask_date(self, day: str) -> None:
        """A new date of the calendar's own, or what is to be changed of one; a public holiday gets one of its own."""

        def form() -> Form[OwnDate]:
            details = self.found.calendar(self._calendar().name)
            holidays = details.holidays if details else ()
            name = next((each.name for each in holidays if each.date.isoformat() == day), "")
            return forms.date_form(self._calendar(), day, name)

        def put(own: OwnDate) -> None:
            name = self._calendar().name
            iso = own.date.isoformat()

            def change(desk: Desk) -> Any:
                return desk.calendars.set_date(name, own.date, called=own.name, hours=own.hours)

            self.do(change, Thing(CALENDAR, name), Part(DATE, iso))

        await self.ask(form, put)

    # Policies

    async def action_levels_policy(self) -> None:
        def add(new: dict[str, Any]) -> None:
            self.do(lambda desk: desk.policies.add(**new), Thing(POLICY, _clean(new["name"])))

        await self.ask(lambda: forms.policy_form(self.app.desk, self.found), add)

    async def action_levels_edit(self) -> None:
        if self.thing.kind == POLICY:
            await self._edit_policy()
        elif self.thing.kind == CALENDAR:
            await self._edit_calendar()
        else:
            await self.action_levels_simple()

    async def _edit_policy(self) -> None:
        seen: list[PolicyEntry] = []

        def form() -> Form[dict[str, Any]]:
            seen.append(self._policy())
            return forms.policy_form(self.app.desk, self.found, seen[0])

        def edit(new: dict[str, Any]) -> None:
            before = seen[0]
            name = _clean(new.pop("name"))
            self._change_policy(
                before, {**_changed(before, new), **({"new_name": name} if name != before.name else {})}
            )

        await self.ask(form, edit)

    def _change_policy(self, before: PolicyEntry, changed: dict[str, Any], part: Part | None = None) -> None:
        guard = None if self.conflicted else before
        name = changed.get("new_name", before.name)
        self.do(lambda desk: desk.policies.change(before.name, **changed, seen=guard), Thing(POLICY, name), part)

    async def action_levels_target(self) -> None:
        """The targets of the priority under the cursor; of every one where it stands elsewhere."""
        part = self.part
        priority = part.name if part is not None and part.kind == TARGETS else ""
        seen: list[PolicyEntry] = []

        def form() -> Form[Any]:
            seen.append(self._policy())
            return forms.target_form(seen[0], priority)

        await self.ask(
            form, lambda targets: self._change_policy(seen[0], {"targets": targets}, Part(TARGETS, priority))
        )

    # Away, back, and the order

    async def action_levels_retire(self) -> None:
        await self.once_settled(self._take_away)

    def _take_away(self) -> None:
        part = self.part
        if part is not None and part.kind == DATE and self._has_own_date(part.name):
            calendar, day = self._calendar().name, date.fromisoformat(part.name)
            self.do(lambda desk: desk.calendars.remove_date(calendar, day))
        elif self.thing.kind == CALENDAR:
            name = self._calendar().name
            self.do(lambda desk: desk.calendars.retire(name), self.thing)
        else:
            name = self._policy().name
            self.do(lambda desk: desk.policies.retire(name), self.thing)

    async def action_levels_restore(self) -> None:
        await self.once_settled(self._restore)

    def _restore(self) -> None:
        name = self.thing.name
        if self.thing.kind == CALENDAR:
            self.do(lambda desk: desk.calendars.restore(name), self.thing)
        elif self.thing.kind == POLICY:
            self.do(lambda desk: desk.policies.restore(name), self.thing)

    async def action_levels_move_up(self) -> None:
        await self.once_settled(lambda: self._move(-1))

    async def action_levels_move_down(self) -> None:
        await self.once_settled(lambda: self._move(1))

    def _move(self, by: int) -> None:
        """Let the policy match earlier or later; at the end it stays."""
        name, order = self._policy().name, self.found.ordered
        if name not in order:
            raise InvalidInput(f"“{line_of(name, 60)}” is the default, and that comes last.")
        place = order.index(name) + 1 + by
        if 1 <= place <= len(order):
            self.do(lambda desk: desk.policies.move(name, place), Thing(POLICY, name))


def _clean(name: str) -> str:
    """A name as the desk keeps it."""
    return " ".join(name.split())


def _changed(before: PolicyEntry, new: Mapping[str, Any]) -> dict[str, Any]:
    """The values that differ from those of the policy."""
    targets = {(each.kind, each.priority, each.seconds) for each in before.targets}
    was = {"query": before.query, "calendar": before.calendar, "warn": before.warn}
    changed = {key: new[key] for key in was if key in new and new[key] != was[key]}
    if set(new["targets"]) != targets:
        changed["targets"] = new["targets"]
    if set(new["pauses"]) != before.pauses:
        changed["pauses"] = new["pauses"]
    return changed
