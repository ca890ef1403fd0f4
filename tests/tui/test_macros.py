"""Macros in the interface: the list, the difference, running, keys of their own, recording (X4)."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest
from textual import events
from textual.keys import _character_to_key, key_to_character

from casedesk.desk import Desk
from casedesk.desk.macros import Macros as MacroList
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.modals.message import MessageModal
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until

NO_ANSWER = [{"note": "rang twice"}, {"status": "pending"}, {"tags": ["+callback"]}]


@pytest.fixture
def with_macro(full_desk: Desk) -> Desk:
    full_desk.macros.make("No answer", NO_ANSWER, key="%")
    full_desk.macros.make("Urgent", [{"priority": "urgent"}], shared=True)
    return full_desk


async def test_the_list_shows_the_macros_with_their_keys_and_steps(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "@")
        text = text_of(pilot)
        assert "No answer" in text
        assert "% · note “rang twice”" in text
        assert "shared · priority → urgent" in text
        assert "Record a macro" in text


async def test_choosing_one_shows_the_difference_and_enter_runs_it(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "@", "1", "enter")
        text = text_of(pilot)
        assert "status: new → pending" in text
        assert "note: rang twice" in text
        assert with_macro.tickets.show(6).notes == ()
        await press(pilot, "enter")
        ticket = with_macro.tickets.show(6)
        assert (ticket.line.state, [note.body for note in ticket.notes]) == ("pending", ["rang twice"])
        assert told(pilot)[-1] == "macro “No answer” · #6 · undo: u"


async def test_a_macro_is_undone_in_one_step(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        before = with_macro.tickets.show(6)
        await press(pilot, "@", "1", "enter", "enter", "u")
        after = with_macro.tickets.show(6)
        assert (after.line.state, after.notes) == (before.line.state, before.notes)


async def test_leaving_the_difference_changes_nothing(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "@", "1", "enter", "escape")
        assert with_macro.tickets.show(6).line.state == "new"
        assert len(pilot.app.screen_stack) == 1


async def test_its_own_key_shows_the_difference_too(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "%")
        assert isinstance(pilot.app.screen, FormModal)
        await press(pilot, "enter")
        assert with_macro.tickets.show(6).line.state == "pending"


async def test_keys_typed_ahead_run_it_on_one_ticket_after_the_other(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        for key in ("percent_sign", "enter", "down", "percent_sign", "enter"):
            pilot.app.post_message(events.Key(key, key_to_character(key)))
        await until(pilot, lambda: all(len(with_macro.tickets.show(number).notes) == 1 for number in (5, 6)))
        await quiet(pilot)
        assert len(pilot.app.screen_stack) == 1


@pytest.mark.parametrize("pace", [0, 0.002, 0.02])
@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        ("@1\n\nj@1\n\nnhey\n", {6: ["rang twice"], 5: ["rang twice", "hey"]}),
        ("@no answer\n\nj@no r\n\nnhey\n", {6: ["rang twice"], 5: ["hey"]}),
        ("@no an\n\n@change\nno a\nrename\n!\nnhey\n", {6: ["rang twice", "hey"]}),
        ("@rec\nnhello\n@stop\nFirst\n\n\nj@first\n\n", {6: ["hello"], 5: ["hello"]}),
    ],
)
@pytest.mark.parametrize("seconds", [0, 0.2])
async def test_keys_typed_ahead_through_the_list_reach_what_they_were_meant_for(
    full_desk: Desk,
    typed: str,
    notes: dict[int, list[str]],
    pace: float,
    seconds: float,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow_down(monkeypatch, seconds)
    full_desk.macros.make("No answer", NO_ANSWER)
    full_desk.macros.make("No reply", [{"priority": "urgent"}], shared=True)
    async with opened(full_desk) as (pilot, _screen):
        for character in typed:
            key = (
                events.Key("enter", None) if character == "\n" else events.Key(_character_to_key(character), character)
            )
            pilot.app.post_message(key)
            await asyncio.sleep(pace)
        await until(pilot, lambda: written(full_desk) == notes)
        await quiet(pilot)
        assert written(full_desk) == notes
        assert len(pilot.app.screen_stack) == 1


def slow_down(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    """Let reading the macros and what they would change take its time, as on a busy machine."""
    for name in ("list", "difference"):
        at_once = getattr(MacroList, name)

        def late(*given: Any, at_once: Any = at_once, **named: Any) -> Any:
            time.sleep(seconds)
            return at_once(*given, **named)

        monkeypatch.setattr(MacroList, name, late)


def written(desk: Desk) -> dict[int, list[str]]:
    found = {number: [note.body for note in desk.tickets.show(number).notes] for number in (4, 5, 6)}
    return {number: bodies for number, bodies in found.items() if bodies}


async def test_a_name_typed_on_neither_runs_the_macro_nor_reaches_the_tickets(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "@", *"no answer run")
        assert len(pilot.app.screen_stack) == 2
        await press(pilot, "enter", *"run1")
        assert "note: rang twice" in text_of(pilot)
        assert with_macro.tickets.show(6).notes == ()


async def test_a_macro_run_while_recording_is_taken_down_as_its_steps(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "@", "r", "enter", "percent_sign", "enter")
        assert "recording 3 steps" in lines_of(pilot)[0]


async def test_on_marked_tickets_it_shows_counts_and_is_one_act(with_macro: Desk) -> None:
    with_macro.tickets.close(4, "Resolved")
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "X", "@", "1", "enter")
        text = text_of(pilot)
        assert "5 would change, 1 would stay as they are:" in text
        assert "5 × note: rang twice" in text
        assert "closed" in text
        await press(pilot, "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, MessageModal))
        assert "5 done, 1 left as they were" in text_of(pilot)
        await press(pilot, "escape", "u")
        assert all(with_macro.tickets.show(number).line.state != "pending" for number in (1, 2, 3, 6))


async def test_repeat_runs_it_on_the_next_ticket(with_macro: Desk) -> None:
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "@", "u", "enter", "enter", "j", "full_stop")
        assert {line.priority for line in with_macro.tickets.lines([5, 6])} == {"urgent"}


async def test_one_that_would_change_nothing_says_so_and_takes_the_same_keys(with_macro: Desk) -> None:
    before = with_macro.tickets.lines([5])
    async with opened(with_macro) as (pilot, _screen):
        await press(pilot, "j", "@", "u", "enter")
        assert "#5: nothing to change." in text_of(pilot)
        await press(pilot, "enter")
        assert len(pilot.app.screen_stack) == 1
        assert with_macro.tickets.lines([5]) == before


async def test_what_is_done_while_recording_becomes_a_macro(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "@", "r", "enter")
        assert "recording 0 steps" in lines_of(pilot)[0]
        await press(pilot, "n", *"Seen", "enter", "i", "u", "t", "1", "enter", "o", "1")
        assert "recording 4 steps" in lines_of(pilot)[0]
        await press(pilot, "@", "1", "enter", *"First look", "enter", "%", "enter", "2")
        (macro,) = full_desk.macros.list()
        assert (macro.name, macro.key, macro.shared) == ("First look", "%", True)
        assert macro.steps == (
            {"note": "Seen"},
            {"priority": "urgent"},
            {"tags": ["-callback"]},
            {"owner": "me"},
        )
        assert "recording" not in lines_of(pilot)[0]
        await press(pilot, "j")
        await press(pilot, "%", "enter")
        assert full_desk.tickets.show(5).notes[0].body == "Seen"


async def test_an_act_taken_back_while_recording_is_no_step(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "@", "r", "enter", "n", *"Seen", "enter", "i", "u", "u")
        assert "recording 1 step" in lines_of(pilot)[0]
        await press(pilot, "U")
        assert "recording 2 steps" in lines_of(pilot)[0]


async def test_an_act_that_no_macro_can_hold_is_said(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "@", "r", "enter", "N", *"Lamp", *["enter"] * 8)
        assert any("can't be part of a macro" in said for said in told(pilot))


async def test_a_key_that_means_an_action_is_refused_at_its_field(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "@", "r", "enter", "n", *"Seen", "enter", "@", "1", "enter", *"First", "enter", "n", "enter")
        assert "n means “Add a note” already" in text_of(pilot)
        assert full_desk.macros.list() == []


async def test_leaving_the_form_keeps_the_recording(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "@", "r", "enter", "n", *"Seen", "enter", "@", "1", "enter", "escape")
        assert "recording 1 step" in lines_of(pilot)[0]
        await press(pilot, "@", "2", "enter")
        assert "recording" not in lines_of(pilot)[0]


async def test_an_agent_records_for_themselves_only(full_desk: Desk) -> None:
    async with opened(full_desk.as_user("ben")) as (pilot, _screen):
        await press(pilot, "@", "r", "enter", "n", *"Seen", "enter", "@", "1", "enter", *"First", "enter", "enter")
        (macro,) = full_desk.as_user("ben").macros.list()
        assert macro.owner == "ben"
        assert full_desk.macros.list() == []


async def test_a_step_without_its_right_is_said(with_macro: Desk, desk: Desk) -> None:
    with_macro.macros.make("Let go", [{"close": "Resolved"}], key="&", shared=True)
    async with opened(with_macro.as_user("ben")) as (pilot, _screen):
        rights = pilot.app.desk.user.rights - {"tickets.close"}  # type: ignore[attr-defined]  # the app's desk
        object.__setattr__(pilot.app.desk.user, "rights", rights)  # type: ignore[attr-defined]  # as after a change
        await press(pilot, "&")
        assert (
            told(pilot)[-1] == "The macro “Let go” can't run: ben may not close tickets; an administrator can allow it."
        )
