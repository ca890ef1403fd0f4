"""The modals on the running interface: keys, what is offered to whom, what is kept when something goes wrong."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import Ticket
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.modals.message import MessageModal
from tests.tui.driving import lines_of, opened, press, quiet, text_of, told, until
from tests.tui.modals.filling import without

CALL = ("a", "2", "1", "enter", "1", "1", "1")
"""Call – Reached, no comment, the plan closed with Customer reached, and so the ticket with Resolved."""


async def test_action_status_plan_exit_state_classification_and_closing_take_ten_keys(full_desk: Desk) -> None:
    keys = ["l", "3", "enter", *CALL]
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "G", "k")
        await press(pilot, *keys)
    ticket = full_desk.tickets.show(2)
    done = ticket.actions[-1]
    assert len(keys) <= 12
    assert (done.action, done.status, done.closed_plan) == ("Call", "Reached", True)
    assert (ticket.exit_state, ticket.resolution, ticket.line.state) == ("Customer reached", "Resolved", "closed")
    assert "Policy" in ticket.classifications


ACTS: list[tuple[tuple[str, ...], Callable[[Ticket], Any]]] = [
    (("s", "p", "enter"), lambda ticket: ticket.line.status),
    (("l", "1", "enter"), lambda ticket: ticket.classifications),
    (("t", *"vip", "enter", "enter"), lambda ticket: ticket.line.tags),
    (("i", "4"), lambda ticket: ticket.line.priority),
    (("b", "2"), lambda ticket: ticket.line.topic),
    (("o", "1"), lambda ticket: ticket.line.owner),
    (("h", *"ben", "enter"), lambda ticket: ticket.helpers),
    (("c", "1"), lambda ticket: ticket.line.state),
    (("E", *" again", "enter"), lambda ticket: ticket.line.title),
]


@pytest.mark.parametrize(("keys", "value"), ACTS, ids=[keys[0] for keys, _ in ACTS])
async def test_each_act_is_done_by_keys_undone_and_done_again(
    full_desk: Desk, keys: tuple[str, ...], value: Callable[[Ticket], Any]
) -> None:
    before = value(full_desk.tickets.show(6))
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, *keys)
        after = value(full_desk.tickets.show(6))
        assert after != before
        assert told(pilot)[-1].endswith("undo: u")
        await press(pilot, "u")
        assert value(full_desk.tickets.show(6)) == before
        await press(pilot, "U")
        assert value(full_desk.tickets.show(6)) == after


@pytest.mark.parametrize(("keys", "value"), ACTS[:-1], ids=[keys[0] for keys, _ in ACTS[:-1]])
async def test_each_act_is_repeated_on_another_ticket(
    full_desk: Desk, keys: tuple[str, ...], value: Callable[[Ticket], Any]
) -> None:
    full_desk.tickets.tag(6, remove=["callback"])
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, *keys)
        wanted = value(full_desk.tickets.show(6))
        screen.tickets.go_to(4)
        await press(pilot, "full_stop")
        assert value(full_desk.tickets.show(4)) == wanted


async def test_an_action_is_repeated_on_the_marked_tickets_and_refusals_are_listed(full_desk: Desk) -> None:
    full_desk.tickets.set_plan(1, "Resolution for Detractors")
    async with opened(full_desk) as (pilot, screen):
        screen.tickets.go_to(2)
        await press(pilot, *CALL)
        for number in (1, 2, 3):
            screen.tickets.go_to(number)
            await press(pilot, "x")
        await press(pilot, "full_stop")
        assert isinstance(pilot.app.screen, MessageModal)
        assert "1 done, 2 left as they were" in text_of(pilot)
        assert "#3 has no action plan." in text_of(pilot)
    assert full_desk.tickets.show(1).exit_state == "Customer reached"


async def test_a_new_ticket_is_written_and_stands_in_the_list(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        await press(pilot, "N", "1", *"Broken lamp", "enter", "3", *"rang twice", "enter", *"rosa")
        await until(pilot, lambda: "rosa@acme.example" in text_of(pilot))
        await press(pilot, "down", "enter")
        assert screen.tickets.cursor == 7
    ticket = full_desk.tickets.show(7)
    assert (ticket.line.title, ticket.line.topic, ticket.line.priority) == ("Broken lamp", "Delivery", "high")
    assert (ticket.line.contact, ticket.notes[0].body) == ("Rosa Marín", "rang twice")


async def test_enter_right_after_typing_waits_for_what_is_found(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "N", "1", "x", "enter", "1", "enter", *"eve", "enter")
        await until(pilot, lambda: len(pilot.app.screen_stack) == 1)
        await quiet(pilot)
        assert full_desk.tickets.show(7).line.contact == "Eve"


async def test_a_contact_that_nobody_has_is_told_and_nothing_typed_is_lost(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "N", "1", "x", "enter", "1", "enter", *"zzz", "enter")
        await until(pilot, lambda: "Nothing is found for “zzz”." in text_of(pilot))
        await press(pilot, *["backspace"] * 3, "enter")
        assert full_desk.tickets.show(7).line.contact is None


async def test_typing_narrows_the_tags_and_makes_a_new_one(full_desk: Desk) -> None:
    full_desk.tickets.tag(1, add=["broken call", "vip"])
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "t", *"call")
        shown = [re.search(r"\[[ ✓-]\] (\S+(?: \S+)*)", line) for line in lines_of(pilot)]
        assert [found[1] for found in shown if found] == ["callback", "broken call", "call"]
        await press(pilot, "down", "enter", *"Brand new", "enter", "enter")
        assert full_desk.tickets.show(6).line.tags == ("Brand new", "broken call", "callback")


async def test_ticks_say_what_all_and_what_some_of_the_marked_tickets_have(full_desk: Desk) -> None:
    full_desk.tickets.classify([5, 6], add=["Tech"])
    full_desk.tickets.classify(6, add=["Price"])
    async with opened(full_desk) as (pilot, screen):
        for number in (5, 6):
            screen.tickets.go_to(number)
            await press(pilot, "x")
        await press(pilot, "l")
        assert "[-] Price" in text_of(pilot)
        assert "[✓] Tech" in text_of(pilot)
        await press(pilot, "1", "5", "enter")
    assert full_desk.tickets.show(5).classifications == ("People",)
    assert full_desk.tickets.show(6).classifications == ("People", "Price")


async def test_what_cannot_be_chosen_says_why(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.tickets.go_to(2)
        await press(pilot, *CALL, "a")
        assert "the plan is closed" in text_of(pilot)
        await press(pilot, "2")
        assert "“Call”: the plan is closed." in text_of(pilot)
        await press(pilot, "enter")
        assert "“Call”: the plan is closed." in text_of(pilot)


async def test_the_priority_that_a_ticket_has_is_chosen_at_once_and_changes_nothing(full_desk: Desk) -> None:
    full_desk.tickets.set_priority(2, "high")
    async with opened(full_desk) as (pilot, screen):
        screen.tickets.go_to(2)
        await press(pilot, "i", "3")
        assert len(pilot.app.screen_stack) == 1
        assert "nothing to change" in text_of(pilot)


async def test_what_makes_no_sense_is_said_instead_of_a_form(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "a")
        assert told(pilot) == ["#6 has no action plan."]
        await press(pilot, "C")
        assert told(pilot) == ["#6 isn't closed."]
        assert len(pilot.app.screen_stack) == 1


async def test_reopening_asks_once(full_desk: Desk) -> None:
    full_desk.tickets.close(6, "Resolved")
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "C")
        assert "The resolution “Resolved” is taken away" in text_of(pilot)
        await press(pilot, "escape")
        assert full_desk.tickets.show(6).line.state == "closed"
        await press(pilot, "C", "1")
        assert full_desk.tickets.show(6).line.state == "open"


async def test_the_status_that_closes_asks_for_the_resolution_too(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "s", "4", "2")
        ticket = full_desk.tickets.show(6)
        assert (ticket.line.status, ticket.resolution) == ("closed", "Explained")


async def test_an_act_of_the_journal_is_taken_back_and_can_be_done_again(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "i", "1", "n", *"later", "enter")
        await press(pilot, "J", "down", "enter")
        assert full_desk.tickets.show(6).line.priority == "high"
        assert len(full_desk.tickets.show(6).notes) == 1
        assert told(pilot)[-1].endswith("redo: U")
        await press(pilot, "U")
        assert full_desk.tickets.show(6).line.priority == "low"


async def test_a_slip_in_the_journal_takes_nothing_back(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "i", "1", "J", "1", "escape")
        assert full_desk.tickets.show(6).line.priority == "low"


async def test_a_conflict_keeps_what_was_typed(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, screen):
        screen.tickets.go_to(2)
        await press(pilot, "a", "2", "3", *"asked her son")
        full_desk.as_user("ben").tickets.set_priority(2, "urgent")
        await press(pilot, "enter", "enter")
        assert isinstance(pilot.app.screen, MessageModal)
        assert "ben: priority" in text_of(pilot)
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, FormModal)
        assert "asked her son" in text_of(pilot)
        assert full_desk.tickets.show(2).line.priority == "urgent"
        await press(pilot, "enter", "enter", *" twice", "enter", "enter")
        done = full_desk.tickets.show(2).actions[-1]
        assert (done.status, done.comment) == ("Left a message", "asked her son twice")


async def test_what_the_desk_refuses_can_be_mended_in_the_form(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "t", *"x" * 61, "enter", "enter")
        assert "can't be a tag" in text_of(pilot)
        await press(pilot, "e")
        assert "[✓] xxx" in text_of(pilot)
        await press(pilot, *"fine", "enter", *"x" * 61, "enter", "enter")
        assert full_desk.tickets.show(6).line.tags == ("callback", "fine")


async def test_escape_asks_before_ticks_are_lost(full_desk: Desk) -> None:
    async with opened(full_desk) as (pilot, _screen):
        await press(pilot, "l", "1", "escape")
        assert "Throw away" in text_of(pilot)
        await press(pilot, "y")
        assert full_desk.tickets.show(6).classifications == ()


@pytest.mark.parametrize(("key", "right"), [("a", "action"), ("l", "classify"), ("N", "new"), ("E", "edit")])
async def test_what_is_not_permitted_is_not_offered(full_desk: Desk, key: str, right: str) -> None:
    limited = without(full_desk, f"tickets.{right}")
    async with opened(limited) as (pilot, _screen):
        assert f" {key} " not in lines_of(pilot)[-1]
        await press(pilot, key)
        assert told(pilot)[-1].startswith("You may not ")
        assert len(pilot.app.screen_stack) == 1


async def test_at_the_smallest_size_a_form_is_whole_and_works(full_desk: Desk) -> None:
    async with opened(full_desk, (60, 20)) as (pilot, screen):
        screen.tickets.go_to(2)
        await press(pilot, "a", "2")
        assert "Left a message" in text_of(pilot)
        assert "Esc leave" in text_of(pilot)
        await press(pilot, *CALL[2:])
        assert full_desk.tickets.show(2).exit_state == "Customer reached"


# $EDITOR


def editor(folder: Path, script: str) -> str:
    """An editor that is a shell script; the file is `$1`."""
    path = folder / "editor.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


async def edit_with(desk: Desk, monkeypatch: pytest.MonkeyPatch, command: str, *keys: str) -> str:
    """Press `e` with that editor; the screen afterwards."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", command)
    async with opened(desk) as (pilot, _screen):
        pilot.app.suspend = nullcontext  # type: ignore[method-assign]  # a test has no terminal to give away
        await press(pilot, "e", *keys)
        return text_of(pilot)


async def test_the_description_is_written_in_the_editor(
    full_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full_desk.tickets.edit_description(6, "Before.")
    await edit_with(full_desk, monkeypatch, editor(tmp_path, 'printf "After.\\nSecond line.\\n" >> "$1"'))
    assert full_desk.tickets.show(6).description == "Before.After.\nSecond line."


async def test_an_unchanged_text_changes_nothing(
    full_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = full_desk.tickets.show(6).version
    screen = await edit_with(full_desk, monkeypatch, editor(tmp_path, "true"))
    assert "Description ·" not in screen
    assert full_desk.tickets.show(6).version == version


@pytest.mark.parametrize(
    ("command", "sentence"),
    [("/no/such/editor", "“/no/such/editor” isn't there"), ("false", "ended with an error"), ("'", "can't be started")],
)
async def test_an_editor_that_is_missing_or_fails_is_told_and_one_may_write_in_the_form(
    full_desk: Desk, monkeypatch: pytest.MonkeyPatch, command: str, sentence: str
) -> None:
    screen = await edit_with(full_desk, monkeypatch, command)
    assert sentence in screen
    await edit_with(full_desk, monkeypatch, command, *" More.", "enter")
    assert full_desk.tickets.show(6).description.endswith("More.")


async def test_a_conflict_keeps_what_was_written_in_the_editor(
    full_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor(tmp_path, 'echo "An hour of work." > "$1"'))
    async with opened(full_desk) as (pilot, _screen):
        pilot.app.suspend = nullcontext  # type: ignore[method-assign]  # a test has no terminal to give away
        full_desk.as_user("ben").tickets.set_priority(6, "low")
        await press(pilot, "e")
        assert isinstance(pilot.app.screen, MessageModal)
        await press(pilot, "e")
        assert "An hour of work." in text_of(pilot)
        await press(pilot, "enter")
        assert full_desk.tickets.show(6).description == "An hour of work."
