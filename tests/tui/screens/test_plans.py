"""The plan editor: plans, their parts and their campaigns, wholly from the keyboard (S1 to S4, S13)."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from casedesk.desk import Desk
from casedesk.desk.values import PlanDefinition
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.screens.plans import PlansScreen
from casedesk.tui.screens.triage import TriageScreen
from tests.tui.driving import opened, press, quiet, text_of, told, until

EXAMPLE = "Resolution for Detractors"
SMALL = (80, 24)


@asynccontextmanager
async def editing(desk: Desk, size: tuple[int, int] = SMALL) -> AsyncIterator[tuple[Pilot[None], PlansScreen]]:
    """The plan editor, reached from the list of tickets."""
    async with opened(desk, size) as (pilot, _triage):
        await press(pilot, "P")
        screen = pilot.app.screen
        assert isinstance(screen, PlansScreen)
        yield pilot, screen


def the(desk: Desk, name: str = EXAMPLE) -> PlanDefinition:
    return next(plan for plan in desk.plans.list(retired=True) if plan.name == name)


def typed(text: str) -> list[str]:
    return ["space" if character == " " else character for character in text]


async def go_to(pilot: Pilot[None], screen: PlansScreen, name: str) -> None:
    """Put the cursor on the part with this name, from the top down."""
    if screen.pane is not screen.parts:
        await press(pilot, "tab")
    await press(pilot, "g")
    while screen.part.name != name:
        before = screen.part
        await press(pilot, "j")
        assert screen.part != before, f"there is no {name}:\n{text_of(pilot)}"


async def test_the_plan_is_shown_with_its_parts(desk: Desk) -> None:
    async with editing(desk) as (pilot, _screen):
        text = text_of(pilot)
        for words in (EXAMPLE, "Customer reached", "Send e-mail", "Answered", "completes it", "may close the plan"):
            assert words in text


async def test_the_samples_plan_is_made_from_nothing_linked_and_found_on_a_new_ticket(
    desk: Desk, tmp_path: Path
) -> None:
    desk.plans.edit(EXAMPLE, new_name="Another")
    desk.campaigns.add("Parcels")
    async with editing(desk) as (pilot, _screen):
        # All in one go: what is typed while a change is under way waits for it.
        keys = ["n", *typed(EXAMPLE), "enter", *typed("Win them back"), "enter", "enter"]
        for exit_state in ("Customer reached", "Not reached"):
            keys += ["x", *typed(exit_state), "enter"]
        keys += ["a", *typed("E-mail"), "enter", "enter", "enter", "enter"]
        for status, ending in (("Sent", "l"), ("Answered", "c")):
            keys += ["s", *typed(status), "enter", ending]
        keys += ["a", *typed("Call"), "enter", *typed("Ring twice"), "enter", "n", "t"]
        for status, ending in (("Reached", "c"), ("No response", "l"), ("Left a message", "l")):
            keys += ["s", *typed(status), "enter", ending]
        keys += ["m", "space", "enter"]
        await press(pilot, *keys)
        assert "campaign “Parcels” linked" in told(pilot)[-1]
    plan = the(desk)
    assert (plan.description, plan.closes_ticket, plan.campaigns) == ("Win them back", True, ("Parcels",))
    assert plan.exit_states == ("Customer reached", "Not reached")
    email, call = plan.actions
    assert (email.name, email.statuses) == ("E-mail", (("Sent", False), ("Answered", True)))
    assert (call.name, call.description, call.comment_allowed, call.closes_plan) == ("Call", "Ring twice", False, "ask")
    assert call.statuses == (("Reached", True), ("No response", False), ("Left a message", False))

    answers = tmp_path / "answers.csv"
    answers.write_text("id,nps,comment\n1,2,late\n")
    desk.imports.run(answers, campaign="Parcels")
    given = desk.tickets.show(desk.tickets.numbers("is:new")[0]).plan
    assert given is not None
    assert given.name == EXAMPLE


async def test_what_is_typed_faster_than_it_is_done_goes_where_it_belongs(desk: Desk) -> None:
    async with editing(desk) as (pilot, _screen):
        for key in [*"xR1~xR2~aC~~~~sY~cu"]:
            name = "enter" if key == "~" else key
            pilot.app.post_message(events.Key(name, None if key == "~" else key))
        await until(pilot, lambda: "redo" in "".join(told(pilot)))
    assert the(desk).exit_states[-2:] == ("R1", "R2")
    assert (the(desk).actions[-1].name, the(desk).actions[-1].statuses) == ("C", ())


async def test_undo_and_redo_work_in_the_editor(desk: Desk) -> None:
    async with editing(desk) as (pilot, screen):
        await press(pilot, "enter", "x", *typed("Given up"), "enter")
        assert screen.part.name == "Given up"
        await press(pilot, "u")
        assert "Given up" not in the(desk).exit_states
        assert "redo: U" in told(pilot)[-1]
        await press(pilot, "U")
        assert the(desk).exit_states[-1] == "Given up"
        assert "Given up" in text_of(pilot).split("Exit states")[1]


async def test_an_exit_state_is_renamed_moved_and_retired(desk: Desk) -> None:
    async with editing(desk) as (pilot, screen):
        await go_to(pilot, screen, "Customer not reached")
        await press(pilot, "enter", "home", *typed("The "), "enter")
        assert the(desk).exit_states[1] == "The Customer not reached"
        await press(pilot, "K")
        assert the(desk).exit_states[0] == "The Customer not reached"
        assert screen.part.name == "The Customer not reached"
        await press(pilot, "K")  # at the end it stays
        await press(pilot, "d")
        assert the(desk).exit_states == ("Customer reached", "No contact wanted")


async def test_a_status_is_changed_moved_and_retired(desk: Desk) -> None:
    async with editing(desk) as (pilot, screen):
        await go_to(pilot, screen, "No response")
        await press(pilot, "enter", "enter", "c")
        assert ("No response", True) in the(desk).actions[1].statuses
        await press(pilot, "J")
        assert [name for name, _ in the(desk).actions[1].statuses] == ["Reached", "Left a message", "No response"]
        await press(pilot, "d")
        assert [name for name, _ in the(desk).actions[1].statuses] == ["Reached", "Left a message"]


async def test_an_action_is_changed_moved_unlinked_and_shared_again(desk: Desk) -> None:
    async with editing(desk) as (pilot, screen):
        await go_to(pilot, screen, "Call")
        await press(pilot, "enter", *typed(" back"), "enter", "enter", "enter", "a")
        changed = the(desk).actions[1]
        assert (changed.name, changed.closes_plan) == ("Call back", "always")
        await press(pilot, "K")
        assert [action.name for action in the(desk).actions][:2] == ["Call back", "Send e-mail"]
        await press(pilot, "d", "t")
        assert "Call back" not in [action.name for action in the(desk).actions]
        await press(pilot, "l", "enter")
        assert the(desk).actions[-1].name == "Call back"
        assert screen.part.name == "Call back"


async def test_a_retired_action_is_brought_back_by_sharing_it(desk: Desk) -> None:
    async with editing(desk) as (pilot, screen):
        await go_to(pilot, screen, "Call")
        await press(pilot, "d", "r")
        assert "Call" not in [action.name for action in the(desk).actions]
        desk.plans.add("Another")
        await press(pilot, "escape", "n", *typed("Third"), "enter", "enter", "enter", "l")
        assert "retired" in text_of(pilot)
        await press(pilot, *typed("Call"), "enter")
        assert [action.name for action in the(desk, "Third").actions] == ["Call"]


async def test_a_plan_is_copied_retired_and_brought_back(desk: Desk) -> None:
    async with editing(desk) as (pilot, screen):
        await press(pilot, "c", *typed("Win back"), "enter", "enter")
        assert the(desk, "Win back").exit_states == the(desk).exit_states
        assert screen.plan == the(desk, "Win back")
        await press(pilot, "d")
        assert the(desk, "Win back").retired
        assert "retired" in text_of(pilot)
        await press(pilot, "b")
        assert not the(desk, "Win back").retired


async def test_a_plan_is_edited_from_the_list(desk: Desk) -> None:
    async with editing(desk) as (pilot, screen):
        await press(pilot, "e", *typed(" 2"), "enter", "enter", "n")
        assert not the(desk, f"{EXAMPLE} 2").closes_ticket
        assert screen.plan is not None
        assert screen.plan.name == f"{EXAMPLE} 2"


async def test_names_that_are_taken_are_told_in_the_form(desk: Desk) -> None:
    async with editing(desk) as (pilot, _screen):
        await press(pilot, "x", *typed("customer REACHED"), "enter")
        assert isinstance(pilot.app.screen, FormModal)
        assert "There is an exit state “Customer reached” already." in text_of(pilot)
        await press(pilot, "escape", "y", "n", *typed(EXAMPLE), "enter", "enter", "enter")
        assert f"There is a plan “{EXAMPLE}” already." in text_of(pilot)


async def test_what_the_desk_refuses_is_told_and_the_editor_goes_on(desk: Desk) -> None:
    desk.rules.put("Angry", "nps<=3", [{"open_ticket": True}, {"plan": EXAMPLE}])
    async with editing(desk) as (pilot, screen):
        await press(pilot, "d")
        assert "The rule “Angry” gives the plan" in "".join(told(pilot))
        await press(pilot, "s")
        assert "Go to an action first." in told(pilot)
        await press(pilot, "m")
        assert "There are no campaigns yet" in "".join(told(pilot))
        await press(pilot, "e", "enter", "enter", "enter")
        assert "nothing to change" in "".join(told(pilot))
        await press(pilot, "x", *typed("Given up"), "enter")
        assert screen.part.name == "Given up"


async def test_what_another_changes_meanwhile_is_kept(desk: Desk) -> None:
    async with editing(desk) as (pilot, _screen):
        await press(pilot, "x", *typed("Mine"))
        desk.plans.edit(EXAMPLE, exit_states=["Theirs"])
        await press(pilot, "enter")
        assert the(desk).exit_states == ("Theirs", "Mine")


async def test_leaving_shows_the_tickets_again(desk: Desk) -> None:
    async with editing(desk) as (pilot, _screen):
        await press(pilot, "tab", "escape", "escape")
        await quiet(pilot)
        assert isinstance(pilot.app.screen, TriageScreen)


async def test_a_retired_plan_is_changed_only_once_it_is_brought_back(desk: Desk) -> None:
    desk.plans.retire(EXAMPLE)
    async with editing(desk) as (pilot, screen):
        for key in ("x", "a", "e", "c", "l", "d", "m"):
            await press(pilot, key)
            assert pilot.app.screen is screen
            assert told(pilot)[-1] == f"“{EXAMPLE}” is retired; b brings it back."


@pytest.mark.parametrize("login", ["ben", "carla"])
async def test_only_who_may_change_the_set_up_gets_there(desk: Desk, login: str) -> None:
    async with opened(desk.as_user(login), SMALL) as (pilot, triage):
        assert not triage.offers("plans.open")
        await press(pilot, "P")
        assert isinstance(pilot.app.screen, TriageScreen)
        assert "You may not change action plans" in "".join(told(pilot))


async def test_the_palette_opens_the_editor(desk: Desk) -> None:
    async with opened(desk, SMALL) as (pilot, _triage):
        await press(pilot, "ctrl+p", *typed("action plans"))
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, PlansScreen)


async def test_help_lists_the_editors_keys(desk: Desk) -> None:
    async with editing(desk, (100, 40)) as (pilot, _screen):
        await press(pilot, "question_mark")
        assert "Add an exit state" in text_of(pilot)
