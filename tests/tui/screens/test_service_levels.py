"""The screen of service levels: the simple form, policies and calendars, wholly from the keyboard (A3, A4)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import pytest
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.values import OwnDate
from casedesk.domain.errors import InvalidInput
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.screens.service_levels import ServiceLevelsScreen
from casedesk.tui.screens.triage import TriageScreen
from casedesk.tui.service_level_parts import CALENDAR, POLICY, Part, Thing
from tests.tui.driving import opened, press, text_of, told, until

SMALL = (80, 24)
HOURS, STANDARD = "Business hours", "Standard"


@asynccontextmanager
async def levels(desk: Desk, size: tuple[int, int] = SMALL) -> AsyncIterator[tuple[Pilot[None], ServiceLevelsScreen]]:
    """The screen, reached from the list of tickets."""
    async with opened(desk, size) as (pilot, _triage):
        await press(pilot, "S")
        screen = pilot.app.screen
        assert isinstance(screen, ServiceLevelsScreen)
        yield pilot, screen


def typed(text: str) -> list[str]:
    return ["space" if character == " " else character for character in text]


async def go_to(pilot: Pilot[None], screen: ServiceLevelsScreen, thing: Thing) -> None:
    """Put the list's cursor there, from the top down."""
    if screen.pane is not screen.list:
        await press(pilot, "tab")
    await press(pilot, "g")
    while screen.thing != thing:
        before = screen.thing
        await press(pilot, "j")
        assert screen.thing != before, f"there is no {thing}:\n{text_of(pilot)}"


async def go_to_part(pilot: Pilot[None], screen: ServiceLevelsScreen, part: Part) -> None:
    """Put the cursor at the right there."""
    if screen.pane is not screen.parts:
        await press(pilot, "tab")
    await press(pilot, "g")
    while screen.part != part:
        before = screen.part
        await press(pilot, "j")
        assert screen.part != before, f"there is no {part}:\n{text_of(pilot)}"


async def test_the_simple_form_turns_service_levels_on_with_eight_hours(full_desk: Desk) -> None:
    async with levels(full_desk) as (pilot, _screen):
        assert "off: no ticket has a due time" in text_of(pilot)
        await press(pilot, "s", "y", "8", "enter", "enter")
        assert "solved in 8h" in text_of(pilot)
        assert "undo: u" in told(pilot)[-1]
    simple = full_desk.policies.simple()
    assert (simple.on, simple.hours, simple.calendar) == (True, 8, HOURS)
    assert not full_desk.service_levels.pending
    assert full_desk.tickets.show(1).timers


async def test_turned_off_the_hours_are_kept(desk: Desk) -> None:
    desk.policies.set_simple(8)
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "s", "n")
        assert "off: no ticket" in text_of(pilot)
        await press(pilot, "o")
    assert (desk.policies.simple().on, desk.policies.simple().hours) == (True, 8)


async def test_hours_that_are_none_are_said_at_their_field_and_stay(desk: Desk) -> None:
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "s", "y", *"8x", "enter", "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert pilot.app.screen.current.field.name == "hours"
        assert "isn't a duration" in text_of(pilot)
        await press(pilot, "backspace", "enter", "enter")
    assert desk.policies.simple().hours == 8


async def test_a_calendar_is_made_from_nothing(desk: Desk) -> None:
    async with levels(desk, (100, 40)) as (pilot, screen):
        await press(pilot, "N", *typed("Munich"), "enter", *typed("berlin"), "enter")
        await press(pilot, *typed("mon-thu 09:00-17:30; fri 22:00-02:00"))
        assert "38h a week" in text_of(pilot)
        await press(pilot, "enter", *typed("germany"), "enter", *typed("BAY"), "enter")
        assert screen.thing == Thing(CALENDAR, "Munich")
        text = text_of(pilot)
        assert "Germany, Bayern" in text
        assert "Corpus Christi" in text  # kept in Bavaria, not in all of Germany
    entry = desk.calendars.entry("Munich")
    assert (entry.zone, entry.country, entry.region) == ("Europe/Berlin", "DE", "BY")
    assert entry.hours == "mon-thu 09:00-17:30;fri 22:00-02:00"


async def test_a_calendar_keeps_the_holidays_of_a_whole_country(desk: Desk) -> None:
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "N", "x", "enter", "enter", *"24x7", "enter", *typed("germany"), "enter", "enter")
    entry = desk.calendars.entry("x")
    assert (entry.country, entry.region) == ("DE", "")


async def test_all_mistakes_of_a_calendar_are_said_at_once_each_at_its_field(desk: Desk) -> None:
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "N", *typed(HOURS), "enter", "enter", *typed("mon 09:00-09:00x"), "enter", "enter")
        form = pilot.app.screen
        assert isinstance(form, FormModal)
        assert form.current.field.name == "name"
        text = text_of(pilot)
        assert "There is a calendar “Business hours” already" in text
        assert "isn't an interval" in text
        await press(pilot, *typed(" 2"), "enter", "enter")
        await press(pilot, *["backspace"] * 16, *typed("tue 9:00-10:00"), "enter", "enter")
    assert desk.calendars.entry(f"{HOURS} 2").hours == "tue 09:00-10:00"


async def test_while_hours_are_typed_the_last_that_could_be_read_stay_pictured(desk: Desk) -> None:
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "N", "x", "enter", "enter", *typed("sun 22:00-24:00"))
        assert "Sun ······················██" in text_of(pilot)
        await press(pilot, *typed("; mond"))
        text = text_of(pilot)
        assert "██" in text
        assert "did you mean mon?" in text


async def test_a_calendar_is_changed_copied_retired_and_brought_back(desk: Desk) -> None:
    async with levels(desk) as (pilot, screen):
        await go_to(pilot, screen, Thing(CALENDAR, HOURS))
        await press(pilot, "c", *typed("Shifts"), "enter")
        assert screen.thing == Thing(CALENDAR, "Shifts")
        await press(pilot, "e", *typed(" now"), "enter", "enter", "enter", "enter")
        assert screen.thing == Thing(CALENDAR, "Shifts now")
        await press(pilot, "d")
        assert desk.calendars.entry("Shifts now", retired=True).retired
        assert screen.offers("levels.restore")
        await press(pilot, "b")
        assert not desk.calendars.entry("Shifts now").retired


async def test_a_calendar_that_a_policy_counts_by_is_not_retired(desk: Desk) -> None:
    async with levels(desk) as (pilot, screen):
        await go_to(pilot, screen, Thing(CALENDAR, HOURS))
        await press(pilot, "d")
        assert f"is used by “{STANDARD}”" in "".join(told(pilot))
    assert not desk.calendars.entry(HOURS).retired


async def test_a_date_of_its_own_is_set_changed_and_removed(desk: Desk) -> None:
    async with levels(desk) as (pilot, screen):
        await go_to(pilot, screen, Thing(CALENDAR, HOURS))
        await press(pilot, "a", *"2026-12-24")
        assert "Thursday, 24 December 2026" in text_of(pilot)
        await press(pilot, "enter", *typed("Christmas Eve"), "enter", "2", *"09:00-12:00", "enter")
        assert desk.calendars.entry(HOURS).dates == (OwnDate(date(2026, 12, 24), "Christmas Eve", "09:00-12:00"),)
        assert screen.part == Part("date", "2026-12-24")
        await press(pilot, "enter", "enter", "enter", "1")
        assert desk.calendars.entry(HOURS).dates[0].hours == ""
        await press(pilot, "d")
        assert desk.calendars.entry(HOURS).dates == ()
        await press(pilot, "u")
        assert len(desk.calendars.entry(HOURS).dates) == 1


async def test_a_public_holiday_is_made_a_working_day(desk: Desk) -> None:
    desk.calendars.change(HOURS, country="DE")
    async with levels(desk, (100, 40)) as (pilot, screen):
        await go_to(pilot, screen, Thing(CALENDAR, HOURS))
        await go_to_part(pilot, screen, Part("date", "2026-05-01"))
        await press(pilot, "enter", "enter", "enter", "4")
        assert desk.calendars.entry(HOURS).dates[0].hours == "open"
        assert "open" in text_of(pilot)


async def test_a_policy_with_targets_by_priority_is_made(full_desk: Desk) -> None:
    desk = full_desk
    async with levels(desk) as (pilot, screen):
        await press(pilot, "n", *typed("Gold"), "enter", *typed("topic:Billing"), "enter", "enter")
        await press(pilot, *"4", "enter", "enter", *"40h", "enter", "3", "enter", "enter")
        assert screen.thing == Thing(POLICY, "Gold")
        await go_to_part(pilot, screen, Part("targets", "urgent"))
        await press(pilot, "enter", *"30m", "enter", "enter", *"8", "enter")
        text = text_of(pilot)
        assert "30m" in text
        assert "(4h)" in text  # the other priorities have that of every one
    policy = desk.policies.entry("Gold")
    assert [(each.kind, each.priority, each.seconds) for each in policy.targets] == [
        ("first response", None, 4 * 3600),
        ("first response", "urgent", 1800),
        ("resolution", None, 40 * 3600),
        ("resolution", "urgent", 8 * 3600),
    ]
    assert (policy.query, policy.pauses, policy.warn) == ("topic:Billing", {"resolution"}, 3600)


async def test_a_mistake_in_a_policys_query_is_said_at_its_field(desk: Desk) -> None:
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "n", *typed("Gold"), "enter", *typed("priorty:urgent"), "enter")
        form = pilot.app.screen
        assert isinstance(form, FormModal)
        assert form.current.field.name == "query"
        assert "did you mean priority" in text_of(pilot)


async def test_a_policys_query_is_completed(desk: Desk) -> None:
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "n", "x", "enter", *typed("priority:urg"), "tab")
        form = pilot.app.screen
        assert isinstance(form, FormModal)
        assert str(form.current.value()).startswith("priority:urgent")


async def test_a_query_that_goes_by_the_moment_is_refused_at_its_field(desk: Desk) -> None:
    async with levels(desk) as (pilot, _screen):
        await press(pilot, "n", *typed("Late"), "enter", *typed("is:overdue"), "enter")
        await press(pilot, *["enter"] * 6)
        form = pilot.app.screen
        assert isinstance(form, FormModal)
        assert form.current.field.name == "query"
        assert "A policy decides what is overdue" in text_of(pilot)
    assert [policy.name for policy in desk.policies.in_order()] == [STANDARD]


async def test_the_order_of_policies_is_seen_and_changed(desk: Desk) -> None:
    for name in ("One", "Two"):
        desk.policies.add(name, "priority:urgent")
    async with levels(desk) as (pilot, screen):
        await go_to(pilot, screen, Thing(POLICY, "Two"))
        await press(pilot, "K")
        assert "1 Two" in text_of(pilot)
        assert [policy.name for policy in desk.policies.in_order()] == ["Two", "One", STANDARD]
        assert screen.thing == Thing(POLICY, "Two")
        await press(pilot, "K", "J")  # at the end it stays
        assert "2 Two" in text_of(pilot)
        await go_to(pilot, screen, Thing(POLICY, STANDARD))
        await press(pilot, "K")
        assert "is the default" in "".join(told(pilot))


async def test_a_policy_is_retired_and_brought_back_and_the_default_stays(desk: Desk) -> None:
    desk.policies.add("One", "priority:urgent")
    async with levels(desk) as (pilot, screen):
        await go_to(pilot, screen, Thing(POLICY, STANDARD))
        assert not screen.offers("levels.retire")
        await press(pilot, "d")
        assert "it stays" in "".join(told(pilot))
        await go_to(pilot, screen, Thing(POLICY, "One"))
        await press(pilot, "d")
        assert desk.policies.show("One").retired
        await press(pilot, "e")
        assert "is retired; b brings it back" in "".join(told(pilot))
        await press(pilot, "b")
        assert not desk.policies.show("One").retired


async def test_undo_and_redo_work_and_due_times_follow(full_desk: Desk) -> None:
    async with levels(full_desk) as (pilot, _screen):
        await press(pilot, "s", "y", "8", "enter", "enter", "u")
        assert not full_desk.policies.simple().on
        assert not full_desk.tickets.show(1).timers
        await press(pilot, "U")
        assert full_desk.policies.simple().on
        assert full_desk.tickets.show(1).timers


async def test_undo_from_the_list_of_tickets_takes_due_times_along(full_desk: Desk) -> None:
    full_desk.policies.set_simple(8)
    full_desk.service_levels.recompute()
    async with opened(full_desk) as (pilot, _triage):
        await press(pilot, "u")
        assert not full_desk.service_levels.pending
        assert not full_desk.tickets.show(1).timers


async def test_what_another_changed_meanwhile_is_said_and_nothing_typed_is_lost(desk: Desk) -> None:
    async with levels(desk) as (pilot, screen):
        await go_to(pilot, screen, Thing(CALENDAR, HOURS))
        await press(pilot, "e", *typed(" 1"))
        desk.calendars.change(HOURS, hours="24x7")
        await press(pilot, *["enter"] * 4)
        assert "has changed since you saw it" in text_of(pilot)
        assert desk.calendars.entry(HOURS).name == HOURS
        await press(pilot, "enter")
        # Only what was changed here goes over what the other did.
        assert desk.calendars.entry(f"{HOURS} 1").hours == "24x7"


async def test_a_policy_changed_meanwhile_is_said_too(desk: Desk) -> None:
    desk.policies.add("Gold", "priority:urgent")
    async with levels(desk) as (pilot, screen):
        await go_to(pilot, screen, Thing(POLICY, "Gold"))
        await press(pilot, "t", "4")
        desk.policies.change("Gold", warn=60)
        await press(pilot, *["enter"] * 3)
        assert "has changed since you saw it" in text_of(pilot)
        await press(pilot, "enter")
        assert desk.policies.entry("Gold").warn == 60
        assert desk.policies.entry("Gold").targets[0].seconds == 4 * 3600


@pytest.mark.parametrize("login", ["ben", "carla"])
async def test_only_who_may_change_the_set_up_gets_there(desk: Desk, login: str) -> None:
    async with opened(desk.as_user(login), SMALL) as (pilot, triage):
        assert not triage.offers("levels.open")
        await press(pilot, "S")
        assert isinstance(pilot.app.screen, TriageScreen)
        assert "You may not change service levels" in "".join(told(pilot))


async def test_the_palette_opens_the_screen(desk: Desk) -> None:
    async with opened(desk, SMALL) as (pilot, _triage):
        await press(pilot, "ctrl+p", *typed("service levels"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, ServiceLevelsScreen)


async def test_help_lists_the_screens_keys(desk: Desk) -> None:
    async with levels(desk, (100, 60)) as (pilot, _screen):
        await press(pilot, "question_mark")
        assert "New calendar" in text_of(pilot)
        assert "Add a status" not in text_of(pilot)


async def test_what_is_typed_ahead_of_a_change_goes_to_what_comes_next(desk: Desk) -> None:
    async with levels(desk) as (pilot, screen):
        await pilot.press("s", "y", "8", "enter", "enter", "o", "s", "y", "backspace", "4", "enter", "enter")
        await until(pilot, lambda: desk.policies.simple().hours == 4)
        assert isinstance(screen, ServiceLevelsScreen)
    with pytest.raises(InvalidInput):
        desk.policies.switch(True)  # it is on, as the last form left it
