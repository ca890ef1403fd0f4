"""The registry of actions, and keys of one's own."""

from __future__ import annotations

from itertools import combinations

import pytest

from casedesk.domain.rights import RIGHTS
from casedesk.tui import acts
from casedesk.tui.actions import ACTIONS, BY_ID, Action, bindings, meet
from casedesk.tui.configuration import section
from casedesk.tui.keyboard import SWALLOWED
from casedesk.tui.screens.import_file import ImportScreen
from casedesk.tui.screens.plans import PlansScreen
from casedesk.tui.screens.service_levels import ServiceLevelsScreen
from casedesk.tui.screens.triage import TriageScreen
from casedesk.tui.widgets.column_pane import ColumnPane
from casedesk.tui.widgets.cursor_pane import CursorPane
from casedesk.tui.widgets.page import Page
from casedesk.tui.widgets.ticket_list import TicketList


def test_ids_are_unique() -> None:
    assert len(BY_ID) == len(ACTIONS)


def test_no_key_means_two_things_in_one_place() -> None:
    for one, other in combinations(ACTIONS, 2):
        if meet(one, other):
            assert not set(one.keys) & set(other.keys), f"{one.id} and {other.id}"


def test_no_default_key_is_one_that_a_terminal_keeps() -> None:
    assert not {key for action in ACTIONS for key in action.keys} & set(SWALLOWED)


def test_every_right_exists() -> None:
    assert {action.right for action in ACTIONS if action.right} <= set(RIGHTS)


@pytest.mark.parametrize("action_id", sorted(acts.MODULES))
def test_every_act_can_be_loaded_and_is_the_one_of_its_action(action_id: str) -> None:
    assert acts.load(action_id).action_id == action_id
    assert BY_ID[action_id].act


@pytest.mark.parametrize(
    ("place", "widget"),
    [
        ("triage", TriageScreen),
        ("list", TicketList),
        ("page", Page),
        ("import", ImportScreen),
        ("page", ColumnPane),
        ("plans", PlansScreen),
        ("levels", ServiceLevelsScreen),
        ("page", CursorPane),
    ],
)
def test_every_action_is_carried_out_where_it_is_bound(place: str, widget: type) -> None:
    for action in ACTIONS:
        if place in action.where:
            name = action.call.partition("(")[0]
            assert callable(getattr(widget, f"action_{name}")), action.id


def test_what_a_section_of_the_configuration_can_give_a_meaning_is_a_deed() -> None:
    given = {
        section.NEW, section.COPY, section.SWITCH, section.RESET, section.RETIRE, section.RESTORE, section.MOVE_UP,
        section.MOVE_DOWN, section.PARTS, section.TRY, section.LOG,
    }  # fmt: skip
    assert {action.id for action in ACTIONS if action.by == "deed"} == given
    assert {action.call for action in ACTIONS if action.by == "deed"} == {f"deed('{each}')" for each in given}


def test_bindings_carry_the_stable_ids() -> None:
    assert {binding.id for binding in bindings("list")} == {a.id for a in ACTIONS if "list" in a.where}


def test_an_action_runs_the_textual_action_of_its_id() -> None:
    assert Action("list.mark", "Mark", ("x",), "Mark", "").call == "list_mark"
    assert Action("ticket.note", "Note", ("n",), "Act", "", by="act").call == "act('ticket.note')"
