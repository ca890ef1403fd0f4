"""Working by plan (S9 to S12, behaviour 2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput


@pytest.fixture
def number(desk: Desk) -> int:
    number = desk.tickets.new("Late delivery", "high").done[0]
    desk.tickets.set_plan(number, "Resolution for Detractors")
    return number


def refusals(desk: Desk, number: int) -> dict[str, str | None]:
    plan = desk.tickets.show(number).plan
    assert plan is not None
    return {action.name: action.refusal for action in plan.actions}


def test_an_action_records_who_what_and_when_and_shows_in_the_feed(desk: Desk, ben: Desk, number: int) -> None:
    ben.tickets.add_action(number, "call", status="no response", comment="rang twice")
    (action,) = desk.tickets.show(number).actions
    assert (action.actor, action.action, action.status, action.comment) == ("ben", "Call", "No response", "rang twice")
    assert action.at == desk.now()
    entry = next(entry for entry in desk.tickets.feed(number) if entry.kind == "action")
    assert (entry.text, entry.body) == ("action: Call – No response", "rang twice")


def test_a_status_is_needed_where_the_action_has_some(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="needs a status: Reached, No response, Left a message"):
        desk.tickets.add_action(number, "Call")
    with pytest.raises(InvalidInput, match="no status “Answered”; it has Reached"):
        desk.tickets.add_action(number, "Call", status="Answered")
    with pytest.raises(InvalidInput, match="has no statuses"):
        desk.tickets.add_action(number, "Offer compensation", status="Sent")


def test_a_completed_action_cannot_be_chosen_again(desk: Desk, number: int) -> None:
    desk.tickets.add_action(number, "Call", status="No response")
    desk.tickets.add_action(number, "Call", status="Reached")
    assert refusals(desk, number)["Call"] == "it was completed on this ticket"
    with pytest.raises(InvalidInput, match="completed on this ticket"):
        desk.tickets.add_action(number, "Call", status="No response")


def test_an_action_without_statuses_is_completed_at_once(desk: Desk, number: int) -> None:
    desk.tickets.add_action(number, "Offer compensation", comment="a voucher")
    assert refusals(desk, number)["Offer compensation"] == "it was completed on this ticket"


def test_a_closed_plan_takes_no_action(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="needs an exit state: Customer reached"):
        desk.tickets.add_action(number, "Close the loop")
    desk.tickets.add_action(number, "Close the loop", exit_state="customer reached")
    assert set(refusals(desk, number).values()) == {"the plan is closed"}
    with pytest.raises(InvalidInput, match="the plan is closed"):
        desk.tickets.add_action(number, "Call", status="Reached")
    assert desk.tickets.show(number).exit_state == "Customer reached"


def test_the_operator_decides_where_the_action_asks(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="“Send e-mail” can't close the plan"):
        desk.tickets.add_action(
            number, "Send e-mail", status="Answered", close_plan=True, exit_state="Customer reached"
        )
    desk.tickets.add_action(number, "Call", status="Reached", close_plan=True, exit_state="Customer reached")
    plan = desk.tickets.show(number).plan
    assert plan is not None
    assert plan.closed_at == desk.now()


def test_an_exit_state_without_closing_is_refused(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="doesn't close the plan here"):
        desk.tickets.add_action(number, "Call", status="Reached", exit_state="Customer reached")
    with pytest.raises(InvalidInput, match="no exit state “Happy”; it has Customer reached"):
        desk.tickets.add_action(number, "Close the loop", exit_state="Happy")


def test_closing_a_ticket_closes_its_plan_with_an_exit_state(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="needs an exit state"):
        desk.tickets.close(number, "Resolved")
    desk.tickets.close(number, "Resolved", exit_state="No contact wanted")
    ticket = desk.tickets.show(number)
    assert (ticket.line.state, ticket.exit_state) == ("closed", "No contact wanted")
    assert desk.tickets.new("other", "low").done
    with pytest.raises(InvalidInput, match="there is no exit state to choose"):
        desk.tickets.close(2, "Resolved", exit_state="Customer reached")


def test_an_action_of_another_plan_is_unknown(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="has no action “Cal”; did you mean Call"):
        desk.tickets.add_action(number, "Cal", status="Reached")
    other = desk.tickets.new("no plan", "low").done[0]
    with pytest.raises(InvalidInput, match="has no action plan"):
        desk.tickets.add_action(other, "Call", status="Reached")


def test_a_ticket_that_was_worked_by_its_plan_keeps_it(desk: Desk, number: int) -> None:
    desk.tickets.add_action(number, "Call", status="Reached")
    with pytest.raises(InvalidInput, match="so it keeps it"):
        desk.tickets.set_plan(number, None)


def test_new_tickets_of_a_campaign_get_its_plan(desk: Desk, tmp_path: Path) -> None:
    desk.campaigns.add("Autumn", plan="Resolution for Detractors")
    path = tmp_path / "a.csv"
    path.write_text("id,nps,comment\n1,2,bad\n")
    desk.imports.run(path, campaign="Autumn", kind="responses")
    plan = desk.tickets.show(1).plan
    assert plan is not None
    assert plan.name == "Resolution for Detractors"
