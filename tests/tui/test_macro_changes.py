"""Changing macros from their list: name, key, steps, for whom; recording anew; retiring (X4)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.tui.driving import lines_of, opened, press, text_of, told

STEPS = [{"note": "rang twice"}, {"status": "pending"}, {"tags": ["+callback"]}]
CHANGE = ("@", *"cha", "enter")


@pytest.fixture
def with_macros(full_desk: Desk) -> Desk:
    full_desk.macros.make("No answer", STEPS, key="%")
    full_desk.macros.make("Urgent", [{"priority": "urgent"}], key="&", shared=True)
    return full_desk


async def test_a_macro_is_renamed_and_the_renaming_undone(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", *"ren", "enter", *" twice", "enter")
        assert [macro.name for macro in with_macros.macros.list()] == ["No answer twice", "Urgent"]
        assert told(pilot)[-1] == "macro “No answer” changed · undo: u"
        await press(pilot, "u")
        assert with_macros.macros.show("No answer").words
        await press(pilot, "@")
        assert "No answer twice" not in text_of(pilot)


async def test_a_name_that_is_taken_is_said_at_its_field(with_macros: Desk) -> None:
    with_macros.macros.make("Late", [{"note": "x"}])
    with_macros.macros.retire("Late")
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", "1", "enter", *["backspace"] * 9, *"late", "enter")
        assert "There is a macro of yours “Late” already." in text_of(pilot)
        await press(pilot, *["backspace"] * 4, *"urgent", "enter")
        assert with_macros.macros.show("urgent").shared is False
        assert len(pilot.app.screen_stack) == 1


async def test_another_key_holds_at_once_and_clashes_are_said_at_the_field(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", *"give", "enter", "backspace", "&", "enter")
        assert "The key & runs the macro “Urgent” already." in text_of(pilot)
        await press(pilot, "backspace", "n", "enter")
        assert "n means “Add a note” already" in text_of(pilot)
        await press(pilot, "backspace", *"ß", "enter")
        assert "can't be a macro's key" in text_of(pilot)
        await press(pilot, "backspace", *"F7", "enter")
        assert with_macros.macros.show("No answer").key == "f7"
        await press(pilot, "f7")
        assert "note: rang twice" in text_of(pilot)
        await press(pilot, "escape", "u", "percent_sign")
        assert "note: rang twice" in text_of(pilot)


async def test_sharing_and_making_personal_ask_first(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", *"share", "enter")
        assert "Everybody may run it then" in text_of(pilot)
        assert with_macros.macros.show("No answer").shared is False
        await press(pilot, "enter")
        assert with_macros.macros.show("No answer").shared is True
        await press(pilot, *CHANGE, *"urg", "enter", *"make", "enter")
        assert "everybody else loses it" in text_of(pilot)
        await press(pilot, *"make", "escape")
        assert with_macros.macros.show("Urgent").shared is True


async def test_without_the_right_to_share_a_shared_one_is_refused_with_the_reason(with_macros: Desk) -> None:
    ben = with_macros.as_user("ben")
    ben.macros.make("Mine", [{"note": "x"}])
    async with opened(ben) as (pilot, _screen):
        await press(pilot, *CHANGE, *"urg", "enter")
        assert "“Urgent”: to change a shared one is a right of its own." in text_of(pilot)
        await press(pilot, "home", "enter", *"share", "enter")
        assert "“Share it”: sharing is a right of its own." in text_of(pilot)
        assert [macro.shared for macro in ben.macros.list()] == [False, True]


async def test_retiring_asks_first_and_is_undone(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", *"ret", "enter", *"retire")
        assert "It leaves your list of macros." in text_of(pilot)
        assert len(with_macros.macros.list()) == 2
        await press(pilot, "enter")
        assert [macro.name for macro in with_macros.macros.list()] == ["Urgent"]
        await press(pilot, "percent_sign")
        assert len(pilot.app.screen_stack) == 1
        await press(pilot, "u", "percent_sign")
        assert "note: rang twice" in text_of(pilot)


async def test_steps_are_moved_and_removed_as_one_act(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", *"move", "enter")
        assert "Steps · No answer" in text_of(pilot)
        await press(pilot, "J", "home", "d", "enter")
        assert with_macros.macros.show("No answer").steps == ({"note": "rang twice"}, {"tags": ["+callback"]})
        await press(pilot, "u")
        assert with_macros.macros.show("No answer").steps == tuple(STEPS)


async def test_the_last_step_stays_and_leaving_changed_steps_asks(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", "3", "enter", "d", "delete", "d")
        assert "A macro has one step at least; retire it instead." in text_of(pilot)
        await press(pilot, "escape")
        assert "Throw away what you changed?" in text_of(pilot)
        await press(pilot, "n", "escape", "y")
        assert len(pilot.app.screen_stack) == 1
        assert with_macros.macros.show("No answer").steps == tuple(STEPS)


async def test_unchanged_steps_are_no_act(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        last = with_macros.acts.journal(1)[0].id
        await press(pilot, *CHANGE, "1", "enter", "3", "enter", "J", "K", "enter")
        assert with_macros.acts.journal(1)[0].id == last


async def test_recording_anew_replaces_the_steps_and_keeps_name_and_key(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", *"record", "enter", "n", *"Seen", "enter")
        assert "recording 1 step" in lines_of(pilot)[0]
        assert with_macros.macros.show("No answer").steps == tuple(STEPS)
        await press(pilot, "@", "1", "enter")
        assert "in place of note “rang twice”" in text_of(pilot)
        await press(pilot, "enter")
        macro = with_macros.macros.show("No answer")
        assert (macro.steps, macro.key) == (({"note": "Seen"},), "%")
        assert "recording" not in lines_of(pilot)[0]


async def test_what_was_recorded_anew_may_become_another_macro(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, *CHANGE, "1", "enter", "4", "enter", "n", *"Seen", "enter", "@", "1", "enter", "2", "enter")
        await press(pilot, *"Seen", "enter", "enter", "enter")
        assert with_macros.macros.show("Seen").steps == ({"note": "Seen"},)
        assert with_macros.macros.show("No answer").steps == tuple(STEPS)


async def test_changing_a_macro_while_recording_is_no_step_and_its_undo_takes_none_away(with_macros: Desk) -> None:
    async with opened(with_macros) as (pilot, _screen):
        await press(pilot, "@", "r", "enter", "n", *"Seen", "enter", *CHANGE, "1", "enter", "1", "enter", "!", "enter")
        assert with_macros.macros.show("No answer!").key == "%"
        assert "recording 1 step" in lines_of(pilot)[0]
        await press(pilot, "u")
        assert "recording 1 step" in lines_of(pilot)[0]
        assert with_macros.macros.show("No answer").key == "%"
