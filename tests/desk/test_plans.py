"""Working by plan (S9 to S12, behaviour 2)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotPermitted


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
        desk.tickets.add_action(number, "Close the loop", resolution="Resolved")
    desk.tickets.add_action(number, "Close the loop", exit_state="customer reached", resolution="Resolved")
    assert set(refusals(desk, number).values()) == {"the plan is closed"}
    with pytest.raises(InvalidInput, match="the plan is closed"):
        desk.tickets.add_action(number, "Call", status="Reached")
    assert desk.tickets.show(number).exit_state == "Customer reached"


def test_the_operator_decides_where_the_action_asks(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="“Send e-mail” can't close the plan"):
        desk.tickets.add_action(
            number, "Send e-mail", status="Answered", close_plan=True, exit_state="Customer reached"
        )
    desk.tickets.add_action(
        number, "Call", status="Reached", close_plan=True, exit_state="Customer reached", resolution="Resolved"
    )
    plan = desk.tickets.show(number).plan
    assert plan is not None
    assert plan.closed_at == desk.now()


def test_an_exit_state_without_closing_is_refused(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="doesn't close the plan here"):
        desk.tickets.add_action(number, "Call", status="Reached", exit_state="Customer reached")
    with pytest.raises(InvalidInput, match="no exit state “Happy”; it has Customer reached"):
        desk.tickets.add_action(number, "Close the loop", exit_state="Happy", resolution="Resolved")


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


# Closing the plan closes the ticket (behaviour 1.3)


def keeps_ticket_open(desk: Desk) -> None:
    """Let closing the example plan leave the ticket open."""
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE plan SET closes_ticket = 0")


def test_closing_the_plan_closes_the_ticket_in_one_act_and_one_undo(desk: Desk, number: int) -> None:
    acts = len(desk.acts.journal())
    desk.tickets.add_action(number, "Close the loop", exit_state="Customer reached", resolution="compensated")
    ticket = desk.tickets.show(number)
    assert (ticket.line.state, ticket.resolution, ticket.exit_state) == ("closed", "Compensated", "Customer reached")
    assert ticket.line.closed_at == desk.now()
    assert len(desk.acts.journal()) == acts + 1
    desk.acts.undo()
    ticket = desk.tickets.show(number)
    assert (ticket.line.state, ticket.resolution, ticket.exit_state, ticket.actions) == ("open", None, None, ())
    assert ticket.plan is not None
    assert ticket.plan.closed_at is None


def test_closing_the_plan_needs_the_resolution_that_closing_the_ticket_needs(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="needs a resolution: Resolved, Explained"):
        desk.tickets.add_action(number, "Close the loop", exit_state="Customer reached")
    assert desk.tickets.show(number).actions == ()


def test_a_desk_without_close_options_needs_none(desk: Desk, number: int) -> None:
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE close_option SET retired = 1")
    desk.tickets.add_action(number, "Close the loop", exit_state="Customer reached")
    assert desk.tickets.show(number).line.state == "closed"


def test_a_plan_that_leaves_the_ticket_open_takes_no_resolution(desk: Desk, number: int) -> None:
    keeps_ticket_open(desk)
    with pytest.raises(InvalidInput, match="doesn't close #1, so there is no resolution to choose"):
        desk.tickets.add_action(number, "Close the loop", exit_state="Customer reached", resolution="Resolved")
    desk.tickets.add_action(number, "Close the loop", exit_state="Customer reached")
    ticket = desk.tickets.show(number)
    assert (ticket.line.state, ticket.exit_state) == ("open", "Customer reached")


def test_an_action_that_leaves_the_plan_open_takes_no_resolution(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="doesn't close #1"):
        desk.tickets.add_action(number, "Call", status="Reached", resolution="Resolved")


def test_of_several_tickets_only_those_that_it_closes_take_the_resolution(desk: Desk, number: int) -> None:
    other = desk.tickets.new("Open ended", "low").done[0]
    with desk.store.write() as session:
        session.connection().exec_driver_sql("INSERT INTO plan VALUES (2, 'Open ended', '', 0, 0)")
        session.connection().exec_driver_sql("INSERT INTO plan_exit_state VALUES (9, 2, 'Customer reached', 0, 0)")
        session.connection().exec_driver_sql("INSERT INTO plan_action SELECT 2, action_id, position FROM plan_action")
    desk.tickets.set_plan(other, "Open ended")
    outcome = desk.tickets.add_action(
        [number, other], "Close the loop", exit_state="Customer reached", resolution="Resolved"
    )
    assert outcome.done == (number, other)
    assert [line.state for line in desk.tickets.lines([number, other])] == ["closed", "open"]


def test_a_plan_without_exit_states_cannot_be_closed_by_an_action(desk: Desk, number: int) -> None:
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE plan_exit_state SET retired = 1")
    with pytest.raises(InvalidInput, match="has no exit states, so no action can close it"):
        desk.tickets.add_action(number, "Close the loop", resolution="Resolved")


def test_who_may_not_close_tickets_closes_none_by_a_plan_or_a_status(desk: Desk, number: int) -> None:
    agent = desk.as_user("ben")
    agent.user = replace(agent.user, rights=agent.user.rights - {"tickets.close"})
    with pytest.raises(NotPermitted, match="ben may not close tickets"):
        agent.tickets.add_action(number, "Close the loop", exit_state="Customer reached", resolution="Resolved")
    with pytest.raises(NotPermitted, match="ben may not close tickets"):
        agent.tickets.set_status(number, "closed")
    assert desk.tickets.show(number).actions == ()


def test_a_reopened_ticket_whose_plan_is_closed_takes_no_action(desk: Desk, number: int) -> None:
    desk.tickets.add_action(number, "Close the loop", exit_state="Customer reached", resolution="Resolved")
    desk.tickets.reopen(number)
    with pytest.raises(InvalidInput, match="the plan is closed"):
        desk.tickets.add_action(number, "Call", status="Reached")
