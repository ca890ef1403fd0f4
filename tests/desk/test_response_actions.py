"""`desk.response_actions`: closing the loop from a line of a view, with or without a ticket (S5, S9, S10)."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.desk.values import View
from casedesk.domain.errors import InvalidInput, NotFound, NotPermitted
from tests.conftest import Clock


@pytest.fixture
def view(desk: Desk, clock: Clock, tmp_path: Path) -> View:
    """A view that allows actions on the answers of `spring`: 1 opened a ticket, 2 and 3 (without words) didn't."""
    desk.campaigns.add("spring", plan=EXAMPLE_PLAN)
    file = tmp_path / "spring.csv"
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(
            [
                ("id", "email", "name", "nps", "comment", "answered_at"),
                ("r1", "rosa@acme.example", "Rosa", "2", "Three weeks", "2026-01-20 10:00"),
                ("r2", "ken@example.com", "Ken", "9", "Fast and friendly", "2026-01-21 10:00"),
                ("r3", "eve@example.com", "Eve", "8", "", "2026-01-22 10:00"),
            ]
        )
    desk.imports.run(file, campaign="spring")
    clock.tick(3600)
    desk.views.add("All", scope="responses", allow_actions=True, shared=True)
    return desk.views.show("All")


def test_an_action_on_a_response_with_a_ticket_is_added_to_that(desk: Desk, view: View) -> None:
    outcome = desk.response_actions.add(view, 1, "Call", status="No response")
    assert outcome.done == (1,)
    assert [action.action for action in desk.tickets.show(1).actions] == ["Call"]


def test_a_response_without_a_ticket_gets_one_in_the_same_act(desk: Desk, view: View) -> None:
    outcome = desk.response_actions.add(view, 2, "call", status="no response", comment="Rang twice")
    assert outcome.summary == "action: call – no response · new ticket #2"
    ticket = desk.tickets.show(2)
    assert (ticket.line.title, ticket.line.state, ticket.line.score) == ("Fast and friendly", "open", 9.0)
    assert (ticket.line.campaign, ticket.line.contact, ticket.opened_by) == ("spring", "Ken", "ana")
    assert [(action.action, action.status, action.comment) for action in ticket.actions] == [
        ("Call", "No response", "Rang twice")
    ]
    assert ticket.response is not None
    assert ticket.response.ticket == 2


def test_a_response_without_words_is_called_by_score_and_contact(desk: Desk, view: View) -> None:
    desk.response_actions.add(view, 3, "Call", status="No response")
    assert desk.tickets.show(2).line.title == "NPS 8 from Eve"


def test_taking_the_act_back_takes_the_ticket_away_again(desk: Desk, view: View) -> None:
    desk.response_actions.add(view, 2, "Call", status="No response")
    desk.acts.undo()
    with pytest.raises(NotFound):
        desk.tickets.show(2)
    assert desk.responses.show(2).ticket is None
    desk.acts.redo()
    assert len(desk.tickets.show(2).actions) == 1


def test_an_action_that_the_plan_refuses_opens_nothing(desk: Desk, view: View) -> None:
    with pytest.raises(InvalidInput, match="needs a status"):
        desk.response_actions.add(view, 2, "Call")
    assert desk.responses.show(2).ticket is None
    assert desk.tickets.numbers("") == [1]


def test_only_a_view_that_allows_actions_takes_them(desk: Desk, view: View) -> None:
    desk.views.change(view, allow_actions=False)
    with pytest.raises(NotPermitted, match="The view “All” doesn't allow actions"):
        desk.response_actions.add(view, 1, "Call", status="No response")


def test_opening_the_ticket_takes_the_right_to_open_one(desk: Desk, view: View) -> None:
    ben = desk.as_user("ben")
    ben.user = replace(ben.user, rights=ben.user.rights - {"tickets.new"})
    ben.response_actions.add(view, 1, "Call", status="No response")
    with pytest.raises(NotPermitted, match="may not open a ticket by hand"):
        ben.response_actions.add(view, 2, "Call", status="No response")


def test_a_campaign_without_a_plan_offers_no_action(desk: Desk, view: View) -> None:
    assert [plan.name for plan in desk.response_actions.offered(2)] == [EXAMPLE_PLAN]
    desk.campaigns.link_plan("spring", None)
    assert desk.response_actions.offered(2) == ()
    with pytest.raises(InvalidInput, match="The campaign “spring” has no action plan"):
        desk.response_actions.add(view, 2, "Call", status="No response")


def test_what_is_offered_is_what_the_ticket_can_still_take(desk: Desk, view: View) -> None:
    fresh = desk.response_actions.offered(2)
    assert all(action.refusal is None for action in fresh[0].actions)
    desk.tickets.close(1, resolution="Resolved", exit_state="Customer reached")
    assert {action.refusal for action in desk.response_actions.offered(1)[0].actions} == {"the plan is closed"}
