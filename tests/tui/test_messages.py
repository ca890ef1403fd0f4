"""Logging messages from the keyboard, and how a conversation reads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casedesk.desk import Desk
from casedesk.tui.look import Look
from casedesk.tui.panels.feed import write_feed
from casedesk.tui.panels.overview import write_overview
from casedesk.tui.widgets.drawn import width_of
from tests.conftest import Clock
from tests.desk.related_desk import without
from tests.tui.driving import app_on, opened, press, text_of, told
from tests.tui.test_snapshots import SIZES, Compare, driven

LOGGED = ("m", "2", "1", *"1h", "enter", *"Where is it?", "enter")
"""The customer, by phone, an hour ago."""


@pytest.fixture
def talk(full_desk: Desk, clock: Clock) -> Desk:
    """The full desk, with a conversation on ticket 2."""
    written = full_desk.now() - timedelta(hours=2)
    log = full_desk.tickets.log_message
    log(2, "Your lamp left us today.\n\nSorry that it took so long.", direction="out", channel="email", at=written)
    log(2, "I am away until Monday.", direction="in", channel="email", automatic=True)
    clock.tick(600)
    log(2, "ありがとう。配送はいつ？", direction="in", channel="phone")
    clock.tick(600)
    return full_desk


async def test_a_message_is_logged_with_a_few_keys(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        assert screen.detail.ticket is not None
        number = screen.detail.ticket.number
        await press(pilot, *LOGGED)
        assert told(pilot)[-1].startswith(f"message ← phone · #{number} · undo: u")
        (message,) = full_desk.tickets.show(number).messages
        assert (message.direction, message.channel, message.body) == ("in", "phone", "Where is it?")
        assert message.at == full_desk.now() - timedelta(hours=1)
        shown = text_of(pilot)
        assert "← from the customer · phone" in shown
        assert "← phone: Where is it?" in shown
        await press(pilot, "u")
        assert full_desk.tickets.show(number).messages == ()


async def test_without_an_instant_it_was_written_now(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "m", "enter", "enter", "enter", *"Rang her", "enter")
        assert screen.detail.ticket is not None
        (message,) = full_desk.tickets.show(screen.detail.ticket.number).messages
        assert (message.direction, message.channel, message.author) == ("out", "phone", "ana")
        assert message.at == full_desk.now()


async def test_a_wrong_instant_is_said_at_its_field_and_nothing_typed_is_lost(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "m", "1", "1", *"soon", "enter", *"Rang her", "enter")
        assert "“soon” isn't an instant" in text_of(pilot)
        await press(pilot, *["backspace"] * 4, *"5m", "enter", "enter")
        assert full_desk.tickets.numbers('message:"rang her"') != []


async def test_what_the_desk_refuses_goes_back_to_the_form(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "m", "1", "1", *"3d", "enter", *"Rang her", "enter")
        assert "a message can't be older than its ticket" in text_of(pilot)
        await press(pilot, "e")
        assert "Rang her" in text_of(pilot)


async def test_a_message_is_logged_on_all_marked_tickets(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "x", "j", "x", "m", "1", "2", "enter", *"We are on it", "enter")
        assert len(full_desk.tickets.numbers("message:on")) == 2
        await press(pilot, "u")
        assert full_desk.tickets.numbers("has:message") == []


async def test_the_new_ticket_of_a_message_on_a_closed_one_is_told_and_shown(full_desk: Desk) -> None:
    full_desk.tickets.close(6, "Resolved")
    async with opened(full_desk) as (pilot, screen):
        assert screen.detail.ticket is not None
        assert screen.detail.ticket.number == 6
        await press(pilot, *("m", "2", "1", "enter", *"Again", "enter"))
        assert "#6 is closed, so the message opened #7 Re: App crashes at login." in told(pilot)[-1]
        assert screen.tickets.cursor == 7
        assert "← phone: Again" in text_of(pilot)


async def test_a_message_is_logged_in_triage_mode_and_decides_nothing(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "T", "m", "2", "1", "enter", *"Hello", "enter")
        shown = text_of(pilot)
        assert "6 left" in shown
        assert "← phone: Hello" in shown


async def test_without_the_right_it_is_not_offered(full_desk: Desk) -> None:
    async with opened(without(full_desk, "tickets.message")) as (pilot, screen):
        assert not screen.offers("ticket.message")
        await press(pilot, "m")
        assert told(pilot)[-1].startswith("You may not log messages to and from customers.")


@pytest.mark.parametrize("width", [20, 31, 58, 100])
def test_no_line_of_a_conversation_is_wider_than_the_panel(talk: Desk, width: int) -> None:
    look = Look(talk.zone, talk.now(), talk.choices().priorities)
    lines = [
        *write_overview(talk.tickets.show(2), look, width),
        *write_feed(talk.tickets.feed(2), look, width),
    ]
    assert max(width_of(line) for line in lines) <= width


def test_a_message_that_was_taken_back_is_one_line_of_the_feed(talk: Desk) -> None:
    talk.tickets.log_message(2, "One\ntwo\nthree", direction="out")
    talk.acts.undo()
    entries = [entry for entry in talk.tickets.feed(2) if entry.undone]
    lines = write_feed(entries, Look(talk.zone, talk.now()), 80)
    said = ["".join(text for text, _role in line) for line in lines]
    assert len(said) == 1
    assert "undone message: → other: One two three" in said[0]


def test_in_the_plain_mode_words_say_which_way_a_message_went(talk: Desk) -> None:
    look = Look(talk.zone, talk.now(), plain=True)
    lines = [*write_overview(talk.tickets.show(2), look, 100), *write_feed(talk.tickets.feed(2, limit=3), look, 100)]
    said = "\n".join("".join(text for text, _role in line) for line in lines)
    assert "to the customer · e-mail" in said
    assert "from the customer, phone: ありがとう" in said
    assert "←" not in said


@SIZES
@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("form", ("m",)),
        ("form-words", ("m", "2", "2", *"yesterday 10:30", "enter", *"Where is my lamp?", "ctrl+o", *"And when?")),
        ("form-of-many", ("x", "j", "x", "m", "1", "1", "enter")),
        ("conversation", ("G", "k", "enter")),
        ("feed", ("G", "k", "enter", "tab")),
    ],
)
def test_messages(talk: Desk, snap_compare: Compare, size: tuple[int, int], name: str, keys: tuple[str, ...]) -> None:
    assert snap_compare(app_on(talk), terminal_size=size, run_before=driven(*keys))
