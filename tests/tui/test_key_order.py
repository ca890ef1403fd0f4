"""Keys that come faster than they are worked on mean what they would mean one by one."""

from __future__ import annotations

import asyncio
import time

import pytest
from textual import events
from textual.keys import _character_to_key

from casedesk.desk import Desk
from casedesk.tui import acts, key_order
from casedesk.tui.key_order import KeyOrder
from tests.tui.driving import opened, press, quiet, told, until


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


@pytest.mark.parametrize(("region", "code"), [("", ""), ("bay", "BY")])
async def test_keys_typed_while_something_is_looked_for_are_for_what_comes_next(
    desk: Desk, region: str, code: str
) -> None:
    async with opened(desk) as (pilot, _):
        await press(pilot, "S")
        for word in ("Nx", "", "24x7", "germany", region):
            for event in (*map(typed, word), events.Key("enter", None)):
                pilot.app.post_message(event)
        await until(pilot, lambda: any(entry.name == "x" for entry in desk.calendars.list()))
    entry = desk.calendars.entry("x")
    assert (entry.country, entry.region) == ("DE", code)


def test_a_forgotten_key_that_is_put_back_late_stays_forgotten() -> None:
    app = KeyOrder()
    app._under_way = True
    before = typed("a")
    app.forget_typed()
    app.put_back([before, typed("b")])
    assert [key.key for key in app._held if isinstance(key, events.Key)] == ["b"]


@pytest.mark.parametrize("seconds", [0, 0.2])
async def test_what_is_typed_ahead_for_a_form_that_does_not_come_is_forgotten(
    full_desk: Desk, monkeypatch: pytest.MonkeyPatch, seconds: float
) -> None:
    full_desk.tickets.close(6, "Resolved")
    read = acts.read_target

    def late(desk: Desk, request: acts.Request) -> acts.Target:
        time.sleep(seconds)
        return read(desk, request)

    monkeypatch.setattr(acts, "read_target", late)
    async with opened(full_desk) as (pilot, _):
        for character in "cnot this":  # it is closed already: no form; and n, o, t, i, s are acts of the list
            pilot.app.post_message(typed(character))
        await until(pilot, lambda: told(pilot))
        await quiet(pilot)
        assert len(pilot.app.screen_stack) == 1
        assert full_desk.tickets.show(6).notes == ()
        await press(pilot, "n", *"seen", "enter")
        assert [note.body for note in full_desk.tickets.show(6).notes] == ["seen"]


class SlowKeys(KeyOrder):
    """Each key takes `seconds`. `done` has those that are through, `started` how many were when each one began."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds
        self.started: list[int] = []
        self.done: list[str] = []

    async def _hand_on(self, event: events.Event) -> None:
        self.started.append(len(self.done))
        await super()._hand_on(event)

    async def on_key(self, event: events.Key) -> None:
        await asyncio.sleep(self.seconds)
        self.done.append(event.key)


async def test_many_slow_keys_together_longer_than_the_patience_are_still_handed_on_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_order, "PATIENCE", 0.1)
    app = SlowKeys(0.06)
    async with app.run_test() as pilot:
        for character in "abcdef":
            app.post_message(typed(character))
        await until(pilot, lambda: "".join(app.done) == "abcdef")
    assert app.started == [0, 1, 2, 3, 4, 5]


async def test_a_key_that_never_comes_back_holds_up_the_others_for_a_moment_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(key_order, "PATIENCE", 0.05)
    app = SlowKeys(0)
    async with app.run_test() as pilot:
        app._under_way = True
        app.post_message(typed("a"))
        await until(pilot, lambda: app.done == ["a"])


def test_keys_that_are_put_back_one_after_the_other_keep_the_order_of_typing() -> None:
    app = KeyOrder()
    app._under_way = True
    first, second, third, fourth = (typed(character) for character in "abcd")
    for place, key in enumerate((first, second, third, fourth)):
        key.time = float(place)
    app.put_back([fourth])
    app.put_back([first, second])
    app.put_back([third])
    assert [key.key for key in app._held if isinstance(key, events.Key)] == ["a", "b", "c", "d"]
