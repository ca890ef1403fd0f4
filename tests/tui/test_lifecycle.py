"""Waking up, taking, handing over and being away, on the running interface."""

from __future__ import annotations

from datetime import timedelta

from casedesk.desk import Desk
from casedesk.tui.modals.form_modal import FormModal
from tests.conftest import Clock
from tests.tui.driving import opened, press, quiet, text_of, told, until
from tests.tui.modals.filling import without


async def test_a_pending_ticket_is_told_when_to_wake_up(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "s", "p", *"tomorrow 9:00", "enter")
        assert full_desk.tickets.show(6).line.wake_at == full_desk.now().replace(hour=8, minute=0) + timedelta(days=1)
        assert "pending until" in text_of(pilot)
        await press(pilot, "s", "p")
        assert f"{full_desk.local(full_desk.now()) + timedelta(days=1):%Y-%m-%d} 09:00" in text_of(pilot)


async def test_a_wake_up_in_the_past_is_refused_at_its_field(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "s", "p", *"yesterday", "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert "can't wake up in the past" in text_of(pilot)
        await press(pilot, *["backspace"] * 9, *"2h", "enter")
        assert full_desk.tickets.show(6).line.wake_at == full_desk.now() + timedelta(hours=2)


async def test_what_is_due_wakes_up_and_the_list_and_its_counts_follow(full_desk: Desk, clock: Clock) -> None:
    full_desk.tickets.set_status(5, "pending", until=full_desk.now() + timedelta(hours=1))
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "4")
        assert list(screen.tickets.numbers) == [5]
        clock.tick(3600)
        screen.sweeping.sweep()
        await until(pilot, lambda: not screen.tickets.numbers)
        await quiet(pilot)
        assert told(pilot)[-1] == "#5 woke up"
        assert "Pending 0" in text_of(pilot)
        await press(pilot, "3")
        assert 5 in screen.tickets.numbers


async def test_a_sweep_that_fails_is_said_once(full_desk: Desk) -> None:
    said: list[str] = []
    async with opened(full_desk) as (pilot, screen):
        full_desk.store.close()
        moved = full_desk.path.with_suffix(".away")
        full_desk.path.rename(moved)
        pilot.app.tell = lambda text, *_rest, **_more: said.append(text)  # type: ignore[attr-defined,method-assign]
        for _ in range(2):
            screen.sweeping.sweep()
            await quiet(pilot)
        moved.rename(full_desk.path)
    assert len(said) == 1


async def test_a_ticket_is_taken_with_two_keys(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "o", "enter")
        assert full_desk.tickets.show(6).line.owner == "ana"
        assert len(pilot.app.screen_stack) == 1


async def test_a_ticket_is_handed_over_with_a_word_and_without(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "o", "b", *"Be kind", "enter")
        ticket = full_desk.tickets.show(6)
        assert (ticket.line.owner, ticket.notes[0].body) == ("ben", "Be kind")
        await press(pilot, "u")
        assert full_desk.tickets.show(6).notes == ()
        await press(pilot, "o", "c", "enter")
        assert (full_desk.tickets.show(6).line.owner, full_desk.tickets.show(6).notes) == ("carla", ())


async def test_who_may_not_write_notes_is_not_asked_for_one(full_desk: Desk) -> None:
    async with opened(without(full_desk, "tickets.note")) as (pilot, _screen):
        await press(pilot, "o", "c")
        assert full_desk.tickets.show(6).line.owner == "carla"


async def test_who_is_away_is_marked_where_an_owner_is_chosen(full_desk: Desk) -> None:
    full_desk.team.go_away("carla")
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "o")
        line = next(line for line in text_of(pilot).splitlines() if "carla" in line)
        assert "away" in line


async def test_going_away_hands_over_the_open_tickets_and_is_undone_in_one_step(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await pilot.app.run_action("act('user.away')", screen)
        await quiet(pilot)
        assert "You have 2 open tickets." in text_of(pilot)
        await press(pilot, "b", *"Back on Monday", "enter")
        assert [line.owner for line in full_desk.tickets.lines([2, 5])] == ["ben", "ben"]
        assert full_desk.tickets.show(2).notes[-1].body == "Back on Monday"
        assert full_desk.choices().away == {"ana"}
        assert told(pilot)[-1].startswith("ana is away, 2 tickets to ben · undo: u")
        await press(pilot, "u")
        assert [line.owner for line in full_desk.tickets.lines([2, 5])] == ["ana", "ana"]
        assert full_desk.choices().away == frozenset()


async def test_keeping_the_tickets_asks_for_no_note_and_coming_back_asks_nothing(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await pilot.app.run_action("act('user.away')", screen)
        await quiet(pilot)
        await press(pilot, "1")
        assert full_desk.choices().away == {"ana"}
        await pilot.app.run_action("act('user.away')", screen)
        await quiet(pilot)
        assert told(pilot)[-1] == "You are away already."
        await pilot.app.run_action("act('user.back')", screen)
        await quiet(pilot)
        assert full_desk.choices().away == frozenset()


async def test_the_commands_are_found_in_the_palette(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "ctrl+p", *"I am")
        await until(pilot, lambda: "I am away" in text_of(pilot) and "I am back" in text_of(pilot))


async def test_a_plan_that_closes_the_ticket_is_not_closed_by_who_may_not(full_desk: Desk) -> None:
    async with opened(without(full_desk, "tickets.close")) as (pilot, screen):
        screen.tickets.go_to(2)
        await press(pilot, "a")
        assert "it closes the ticket, which you may not" in text_of(pilot)
        await press(pilot, "2", "1", "enter")
        assert full_desk.tickets.show(2).actions[-1].closed_plan is False
