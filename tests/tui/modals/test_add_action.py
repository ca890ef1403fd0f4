"""Adding an action of the plan: what is asked in which case, and what can't be chosen (S10 to S12)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput
from casedesk.tui.forms import FieldError
from tests.tui.modals.filling import asked, do, form_of, offered, without
from tests.tui.modals.test_close import another_plan


def refusals(desk: Desk, *numbers: int) -> dict[str, str | None]:
    """Each action with why it can't be chosen."""
    choices = offered(form_of(desk, "ticket.action", *numbers), "action")
    return {label: choice.refusal for label, choice in choices.items()}


def test_a_ticket_without_a_plan_has_no_actions(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match=f"#{number} has no action plan"):
        form_of(desk, "ticket.action", number)


def test_each_action_asks_only_what_applies_to_it(desk: Desk, planned: int) -> None:
    form = form_of(desk, "ticket.action", planned)
    assert asked(form, action="Send e-mail") == ["action", "status", "comment"]
    assert asked(form, action="Call") == ["action", "status", "comment", "close_plan"]
    assert asked(form, action="Call", close_plan=True) == [
        "action", "status", "comment", "close_plan", "exit_state", "resolution",
    ]  # fmt: skip
    assert asked(form, action="Offer compensation") == ["action", "comment"]
    assert asked(form, action="Close the loop") == ["action", "comment", "exit_state", "resolution"]
    assert list(offered(form, "status", action="Call")) == ["Reached", "No response", "Left a message"]


def test_a_completed_action_is_shown_with_the_reason(desk: Desk, planned: int) -> None:
    desk.tickets.add_action(planned, "Call", status="Reached")
    found = refusals(desk, planned)
    assert found["Call"] == "it was completed on this ticket"
    assert found["Send e-mail"] is None


def test_a_status_that_does_not_complete_leaves_the_action_to_choose(desk: Desk, planned: int) -> None:
    desk.tickets.add_action(planned, "Call", status="No response")
    assert refusals(desk, planned)["Call"] is None


def test_a_closed_plan_offers_nothing_and_says_why(desk: Desk, planned: int) -> None:
    desk.tickets.add_action(planned, "Close the loop", exit_state="Customer reached", resolution="Resolved")
    assert set(refusals(desk, planned).values()) == {"the plan is closed"}


def test_a_closed_ticket_offers_nothing_and_says_why(desk: Desk, planned: int) -> None:
    desk.tickets.close(planned, "Resolved", "Customer reached")
    desk.tickets.reopen(planned)
    assert set(refusals(desk, planned).values()) == {"the plan is closed"}


def test_it_is_recorded_with_status_comment_and_exit_state(desk: Desk, planned: int) -> None:
    do(
        desk, "ticket.action", planned,
        action="Call", status="Reached", comment="calm now", close_plan=True, exit_state="Customer reached",
        resolution="Resolved",
    )  # fmt: skip
    ticket = desk.tickets.show(planned)
    (done,) = ticket.actions
    assert (done.action, done.status, done.comment, done.closed_plan) == ("Call", "Reached", "calm now", True)
    assert ticket.exit_state == "Customer reached"


def test_the_status_is_needed_where_the_action_has_any(desk: Desk, planned: int) -> None:
    with pytest.raises(FieldError, match="Status is needed"):
        do(desk, "ticket.action", planned, action="Call")


def test_it_can_be_taken_back_and_done_again(desk: Desk, planned: int) -> None:
    do(desk, "ticket.action", planned, action="Close the loop", exit_state="Customer reached", resolution="Resolved")
    desk.acts.undo()
    assert desk.tickets.show(planned).actions == ()
    assert refusals(desk, planned)["Close the loop"] is None
    desk.acts.redo()
    assert desk.tickets.show(planned).exit_state == "Customer reached"


def test_of_several_tickets_it_says_how_many_an_action_fits(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[:2], "Resolution for Detractors")
    desk.tickets.set_plan(three[2], another_plan(desk, "Letters"))
    desk.tickets.add_action(three[0], "Call", status="Reached")
    form = form_of(desk, "ticket.action", *three)
    choices = offered(form, "action")
    assert form.intro == "Plans: Resolution for Detractors (2), Letters (1)"
    assert choices["Send e-mail"].detail == "fits 2 of 3"
    assert choices["Call"].detail == "fits 1 of 3"
    assert asked(form, action="Write a letter") == ["action"]


def test_of_several_tickets_those_that_refuse_are_listed(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[:2], "Resolution for Detractors")
    desk.tickets.add_action(three[0], "Call", status="Reached")
    outcome = do(desk, "ticket.action", *three, action="Call", status="Reached", close_plan=False)
    assert outcome.done == (three[1],)
    assert [(refusal.number, refusal.reason) for refusal in outcome.refused] == [
        (three[0], f"#{three[0]}, “Call”: it was completed on this ticket."),
        (three[2], f"#{three[2]} has no action plan."),
    ]


def test_an_action_that_none_can_take_says_why(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_plan(three[:2], "Resolution for Detractors")
    desk.tickets.add_action(three[:2], "Call", status="Reached")
    assert refusals(desk, *three)["Call"] == "it was completed on all of them"
    desk.tickets.add_action(three[:2], "Close the loop", exit_state="Customer reached", resolution="Resolved")
    assert set(refusals(desk, *three).values()) == {"the plan is closed on all of them"}


def test_a_plan_that_leaves_the_ticket_open_asks_for_no_resolution(desk: Desk, planned: int) -> None:
    with desk.store.write() as session:
        session.connection().exec_driver_sql("UPDATE plan SET closes_ticket = 0")
    form = form_of(desk, "ticket.action", planned)
    assert asked(form, action="Close the loop") == ["action", "comment", "exit_state"]
    assert form.intro == "Plan: Resolution for Detractors"


def test_who_may_not_close_tickets_is_not_offered_to_close_such_a_plan(desk: Desk, planned: int) -> None:
    limited = without(desk, "tickets.close")
    form = form_of(limited, "ticket.action", planned)
    assert offered(form, "action")["Close the loop"].refusal == "it closes the ticket, which you may not"
    assert asked(form, action="Call", status="Reached") == ["action", "status", "comment"]


def test_it_closes_the_ticket_with_the_plan(desk: Desk, planned: int) -> None:
    do(desk, "ticket.action", planned, action="Close the loop", exit_state="Customer reached", resolution="Explained")
    ticket = desk.tickets.show(planned)
    assert (ticket.line.state, ticket.resolution) == ("closed", "Explained")
    desk.acts.undo()
    assert desk.tickets.show(planned).line.state == "open"
