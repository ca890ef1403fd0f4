"""Keys that come faster than they are worked on mean what they would mean one by one."""

from __future__ import annotations

from textual import events
from textual.keys import _character_to_key

from casedesk.desk import Desk
from tests.tui.driving import opened, quiet, until


def typed(character: str) -> events.Key:
    """The event of a character's key."""
    return events.Key(_character_to_key(character), character)


async def test_what_is_typed_right_behind_a_slash_goes_into_the_filter(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        for character in "/nps<=6 lamp":
            pilot.app.post_message(typed(character))
        await until(pilot, lambda: screen.filter.text == "nps<=6 lamp")
        await quiet(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert full_desk.tickets.show(6).notes == ()


async def test_a_pasted_text_stays_between_the_keys_around_it(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        for event in (typed("/"), typed("a"), events.Paste("bcd"), typed("e")):
            pilot.app.post_message(event)
        await until(pilot, lambda: screen.filter.text == "abcde")


async def test_moving_and_then_typing_a_note_fast_writes_it_on_the_right_ticket(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _):
        for event in (*map(typed, "jjnajnoq"), events.Key("enter", None)):
            pilot.app.post_message(event)
        await until(pilot, lambda: full_desk.tickets.show(4).notes)
        assert [note.body for note in full_desk.tickets.show(4).notes] == ["ajnoq"]


async def test_a_whole_closing_typed_ahead_is_done(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _):
        for character in "Gkc11":
            pilot.app.post_message(typed(character))
        await until(pilot, lambda: full_desk.tickets.show(2).line.state == "closed")
        ticket = full_desk.tickets.show(2)
        assert (ticket.resolution, ticket.exit_state) == ("Resolved", "Customer reached")
