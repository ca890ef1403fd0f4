"""Closing: the resolution, and the exit state of plans that are still open (behaviour 1.3)."""

from __future__ import annotations

import pytest

from casedesk import model
from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.tui.forms import FieldError
from tests.tui.modals.filling import asked, do, form_of, offered


def another_plan(desk: Desk, name: str, *exit_states: str) -> str:
    """A plan with these exit states and one action of its own."""
    with desk.store.write() as session:
        plan = model.Plan(name=name)
        session.add(plan)
        session.flush()
        for place, state in enumerate(exit_states):
            session.add(model.PlanExitState(plan_id=plan.id or 0, name=state, position=place))
        action = model.Action(name="Write a letter", comment_allowed=False)
        session.add(action)
        session.flush()
        session.add(model.PlanAction(plan_id=plan.id or 0, action_id=action.id or 0))
    return name


def test_without_a_plan_only_the_resolution_is_asked(desk: Desk, number: int) -> None:
    form = form_of(desk, "ticket.close", number)
    assert asked(form) == ["resolution"]
    assert list(offered(form, "resolution")) == list(desk.choices().close_options)


def test_an_open_plan_is_asked_for_its_exit_state(desk: Desk, planned: int) -> None:
    form = form_of(desk, "ticket.close", planned)
    assert asked(form) == ["resolution", "exit_state"]
    assert list(offered(form, "exit_state")) == ["Customer reached", "Customer not reached", "No contact wanted"]


def test_a_closed_plan_is_not_asked_for_again(desk: Desk, planned: int) -> None:
    desk.tickets.close(planned, "Resolved", "Customer reached")
    desk.tickets.reopen(planned)
    assert asked(form_of(desk, "ticket.close", planned)) == ["resolution"]


def test_no_resolution_is_no_closing(desk: Desk, number: int) -> None:
    with pytest.raises(FieldError, match="Resolution is needed"):
        do(desk, "ticket.close", number)


def test_a_closed_ticket_has_nothing_to_ask(desk: Desk, number: int) -> None:
    desk.tickets.close(number, "Resolved")
    with pytest.raises(InvalidInput, match=f"#{number} is closed already"):
        form_of(desk, "ticket.close", number)


def test_a_desk_without_close_options_asks_whether_it_is_meant(desk: Desk, number: int) -> None:
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE close_option SET retired = 1")
    form = form_of(desk, "ticket.close", number)
    assert asked(form) == ["sure"]
    do(desk, "ticket.close", number, sure=True)
    assert desk.tickets.show(number).line.state == "closed"


def test_closing_undone_and_done_again(desk: Desk, planned: int) -> None:
    do(desk, "ticket.close", planned, resolution="Explained", exit_state="Customer reached")
    desk.acts.undo()
    ticket = desk.tickets.show(planned)
    assert (ticket.line.state, ticket.resolution, ticket.exit_state) == ("open", None, None)
    desk.acts.redo()
    ticket = desk.tickets.show(planned)
    assert (ticket.line.state, ticket.resolution, ticket.exit_state) == ("closed", "Explained", "Customer reached")


def test_tickets_with_and_without_a_plan_are_closed_together(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[0], "Resolution for Detractors")
    outcome = do(desk, "ticket.close", *three, resolution="Explained", exit_state="Customer reached")
    assert outcome.done == three
    assert [desk.tickets.show(number).exit_state for number in three] == ["Customer reached", None, None]


def test_of_different_plans_it_says_so_and_leaves_alone_what_lacks_the_exit_state(
    desk: Desk, three: tuple[int, ...]
) -> None:
    desk.tickets.set_plan(three[:2], "Resolution for Detractors")
    desk.tickets.set_plan(three[2], another_plan(desk, "Letters", "Answered"))
    form = form_of(desk, "ticket.close", *three)
    assert form.intro.startswith("Different plans are open: Resolution for Detractors (2), Letters (1).")
    choices = offered(form, "exit_state")
    assert choices["Customer reached"].detail == "fits 2 of 3"
    assert choices["Answered"].detail == "fits 1 of 3"
    outcome = do(desk, "ticket.close", *three, resolution="Explained", exit_state="Customer reached")
    assert outcome.done == three[:2]
    assert [refusal.number for refusal in outcome.refused] == [three[2]]
