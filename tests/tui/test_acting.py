"""From a key to an act and back: undo, redo, repeat, marked tickets, conflicts, refusals, and keys typed ahead."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.modals.message import MessageModal
from tests.tui.driving import opened, press, quiet, text_of, told, until


async def test_a_note_is_written_and_shown_with_the_way_to_undo_it(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", *"Called", "enter")
        assert [note.body for note in full_desk.tickets.show(6).notes] == ["Called"]
        assert told(pilot)[-1].endswith("undo: u")
        assert "note: Called" in text_of(pilot)


async def test_undo_and_redo(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", *"Called", "enter")
        await press(pilot, "u")
        assert full_desk.tickets.show(6).notes == ()
        assert told(pilot)[-1].endswith("redo: U")
        await press(pilot, "U")
        assert len(full_desk.tickets.show(6).notes) == 1


async def test_undo_with_nothing_to_undo_says_so(desk: Desk) -> None:
    async with opened(desk) as (pilot, _screen):
        await press(pilot, "u")
        assert told(pilot)


async def test_an_act_works_on_all_marked_tickets_and_the_form_says_how_many(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "x", "x", "x", "i")
        assert "3 tickets" in text_of(pilot)
        await press(pilot, *"urg")
        assert {line.priority for line in full_desk.tickets.lines([4, 5, 6])} == {"urgent"}
        assert "(1 had it already)" in told(pilot)[-1]
        await press(pilot, "u")
        assert [line.priority for line in full_desk.tickets.lines([4, 5, 6])] == ["low", "urgent", "high"]


async def test_an_act_works_on_all_matching_but_the_exceptions(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "X", "x", "n", *"Seen", "enter")
        noted = [
            number for number in range(1, 7) if any(n.body == "Seen" for n in full_desk.tickets.show(number).notes)
        ]
        assert noted == [1, 2, 3, 4, 5]


async def test_repeat_does_the_last_act_on_another_ticket(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", *"Again", "enter", "j", "full_stop")
        assert [note.body for note in full_desk.tickets.show(5).notes] == ["Again"]


async def test_repeat_without_an_act_says_so(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "full_stop")
        assert told(pilot) == ["Nothing to repeat yet."]


async def test_a_ticket_that_no_longer_matches_leaves_and_the_next_takes_its_place(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "2", "j")
        assert screen.tickets.cursor == 4
        await press(pilot, "c", "1")
        await until(pilot, lambda: list(screen.tickets.numbers) == [6, 3, 1])
        assert screen.tickets.cursor == 3
        await press(pilot, "u")
        await until(pilot, lambda: list(screen.tickets.numbers) == [6, 4, 3, 1])
        assert screen.tickets.cursor == 4


async def test_keys_typed_ahead_go_to_the_form_that_they_were_meant_for(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        from textual import events

        for key in ("l", "1", "enter", "i", "4", "n", *"Hi", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await until(pilot, lambda: len(full_desk.tickets.show(6).notes) == 1)
        await quiet(pilot)
        ticket = full_desk.tickets.show(6)
        assert ticket.classifications == ("People",)
        assert ticket.line.priority == "urgent"
        assert ticket.notes[0].body == "Hi"
        assert screen.tab_line.shown == "all"


async def test_an_action_its_plan_a_classification_and_closing_take_at_most_twelve_keys(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "G", "k")
        keys = ["l", "3", "enter", "a", "4", "enter", "1", "1"]
        await press(pilot, *keys)
        ticket = full_desk.tickets.show(2)
        assert len(keys) <= 12
        assert "Policy" in ticket.classifications
        assert ticket.actions[-1].closed_plan
        assert ticket.exit_state == "Customer reached"
        assert ticket.line.state == "closed"
        assert ticket.resolution == "Resolved"


async def test_escape_asks_before_typed_text_is_lost(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", *"Half a tho", "escape")
        assert "Throw away" in text_of(pilot)
        await press(pilot, "n", *"ught", "enter")
        assert full_desk.tickets.show(6).notes[0].body == "Half a thought"
        await press(pilot, "n", *"Nothing", "escape", "y")
        assert len(full_desk.tickets.show(6).notes) == 1
        assert len(pilot.app.screen_stack) == 1


async def test_escape_leaves_an_empty_form_at_once(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", "escape")
        assert len(pilot.app.screen_stack) == 1


async def test_an_empty_note_is_refused_at_its_field(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "n", "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert "Note is needed." in text_of(pilot)


async def test_a_change_on_a_stale_ticket_is_refused_with_what_changed(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        full_desk.as_user("ben").tickets.set_priority(6, "low")
        await press(pilot, "i", "4")
        assert isinstance(pilot.app.screen, MessageModal)
        assert "ben" in text_of(pilot)
        assert full_desk.tickets.show(6).line.priority == "low"
        await press(pilot, "l")
        await quiet(pilot)
        assert screen.detail.ticket is not None
        assert screen.detail.ticket.line.priority == "low"


async def test_it_can_be_done_all_the_same(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        full_desk.as_user("ben").tickets.set_priority(6, "low")
        await press(pilot, "i", "4", "a")
        assert full_desk.tickets.show(6).line.priority == "urgent"


async def test_notes_always_get_in(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        full_desk.as_user("ben").tickets.set_priority(6, "low")
        await press(pilot, "n", *"Mine", "enter")
        assert full_desk.tickets.show(6).notes[0].body == "Mine"


async def test_what_was_refused_among_many_is_listed(full_desk: Desk) -> None:
    full_desk.tickets.close(5, resolution="Resolved")
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "X", "s", "p", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MessageModal))
        assert "1 left as they were" in text_of(pilot)
        assert "#5" in text_of(pilot)
        assert full_desk.tickets.show(6).line.state == "pending"


@pytest.mark.parametrize("key", ["a", "s", "n", "l", "t", "i", "o", "c"])
async def test_an_act_without_a_ticket_says_so(desk: Desk, key: str) -> None:
    async with opened(desk) as (pilot, _screen):
        await press(pilot, key)
        assert told(pilot) == ["There is no ticket to do this to."]
        assert len(pilot.app.screen_stack) == 1
