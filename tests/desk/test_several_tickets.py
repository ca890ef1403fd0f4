"""What forms on several tickets ask the desk: what how many of them have, and which plans they have."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.domain.errors import InvalidInput


@pytest.fixture
def three(desk: Desk) -> tuple[int, ...]:
    return tuple(desk.tickets.new(f"Parcel {place}", "low").done[0] for place in (1, 2, 3))


def test_holding_counts_the_tickets_that_have_each_name(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.classify(three, add=["Price"])
    desk.tickets.classify(three[0], add=["People"])
    desk.tickets.tag(three[:2], add=["late"])
    desk.tickets.set_helpers(three[2], add=["ben"])
    assert desk.tickets.holding("classification", three) == {"People": 1, "Price": 3}
    assert desk.tickets.holding("classification", three[1:]) == {"Price": 2}
    assert desk.tickets.holding("tag", three) == {"late": 2}
    assert desk.tickets.holding("helper", three) == {"ben": 1}
    assert desk.tickets.holding("tag", ()) == {}


def test_tickets_without_a_plan_have_none(desk: Desk, three: tuple[int, ...]) -> None:
    assert desk.plans.of_tickets(three) == ()


def test_a_plan_tells_how_many_take_actions_and_which(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three, EXAMPLE_PLAN)
    desk.tickets.add_action(three[0], "Call", status="Reached")
    desk.tickets.add_action(three[1], "Call", status="No response")
    desk.tickets.add_action(three[2], "Close the loop", exit_state="Customer reached", resolution="Resolved")
    (plan,) = desk.plans.of_tickets(three)
    assert (plan.name, plan.tickets, plan.open) == (EXAMPLE_PLAN, 3, 2)
    assert dict(zip([action.name for action in plan.actions], plan.takers, strict=True)) == {
        "Send e-mail": 2,
        "Call": 1,
        "Offer compensation": 2,
        "Close the loop": 2,
    }
    assert plan.exit_states == ("Customer reached", "Customer not reached", "No contact wanted")


def test_of_one_ticket_it_says_the_same_as_its_plan(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[0], EXAMPLE_PLAN)
    desk.tickets.add_action(three[0], "Call", status="Reached")
    state = desk.plans.of_ticket(three[0])
    (plan,) = desk.plans.of_tickets(three[:1])
    assert state is not None
    assert plan.actions == state.actions


def test_closing_several_takes_the_exit_state_where_there_is_a_plan(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[0], EXAMPLE_PLAN)
    outcome = desk.tickets.close(three, "Resolved", "Customer reached")
    assert (outcome.done, outcome.refused) == (three, ())
    assert [desk.tickets.show(number).exit_state for number in three] == ["Customer reached", None, None]


def test_closing_takes_one_of_the_desks_own_statuses_that_close(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.close(three[0], "Resolved", status="closed")
    assert desk.tickets.show(three[0]).line.status == "closed"
    with pytest.raises(InvalidInput, match="The status pending doesn't close a ticket"):
        desk.tickets.close(three[1], "Resolved", status="pending")
