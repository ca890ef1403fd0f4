"""The status modal: which statuses are offered, which are shown with a reason, and closing through it."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict
from casedesk.tui import acts
from casedesk.tui.forms import FieldError
from casedesk.tui.modals.change_status import Change
from tests.tui.modals.filling import asked, do, form_of, offered, target_of, without


def reasons(desk: Desk, *numbers: int) -> dict[str, str | None]:
    """Each status with why it can't be chosen."""
    choices = offered(form_of(desk, "ticket.status", *numbers), "status")
    return {label: choice.refusal for label, choice in choices.items()}


def test_a_new_ticket_may_become_anything_but_new(desk: Desk, number: int) -> None:
    assert reasons(desk, number) == {"new": None, "open": None, "pending": None, "closed": None}


def test_an_open_ticket_never_becomes_new_again(desk: Desk, number: int) -> None:
    desk.tickets.set_status(number, "open")
    assert reasons(desk, number) == {"new": "not from open", "open": None, "pending": None, "closed": None}


def test_a_closed_ticket_may_only_be_opened(desk: Desk, number: int) -> None:
    desk.tickets.close(number, "Resolved")
    found = reasons(desk, number)
    assert found == {"new": "not from closed", "open": None, "pending": "not from closed", "closed": "now"}


def test_with_several_tickets_it_says_how_many_a_status_fits(desk: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_status(three[0], "pending")
    choices = offered(form_of(desk, "ticket.status", *three), "status")
    assert (choices["pending"].refusal, choices["pending"].detail) == (None, "fits 2 of 3")
    assert (choices["open"].refusal, choices["open"].detail) == (None, "")
    assert choices["new"].refusal == "fits none of them"


def test_who_may_not_close_is_not_offered_closed(desk: Desk, number: int) -> None:
    assert "closed" not in reasons(without(desk, "tickets.close"), number)


def test_who_may_not_reopen_sees_why(desk: Desk, number: int) -> None:
    desk.tickets.close(number, "Resolved")
    assert reasons(without(desk, "tickets.reopen"), number)["open"] == "reopening is a right of its own"


def test_a_status_is_all_that_is_asked_unless_it_closes(desk: Desk, planned: int) -> None:
    form = form_of(desk, "ticket.status", planned)
    assert asked(form, status="open") == ["status"]
    assert asked(form, status="pending") == ["status", "wake"]
    assert asked(form, status="closed") == ["status", "resolution", "exit_state"]


def test_it_changes_the_status(desk: Desk, number: int) -> None:
    outcome = do(desk, "ticket.status", number, status="pending")
    assert desk.tickets.show(number).line.status == "pending"
    assert outcome.summary == f"status → pending · #{number}"


def test_it_closes_with_resolution_and_exit_state(desk: Desk, planned: int) -> None:
    do(desk, "ticket.status", planned, status="closed", resolution="Explained", exit_state="Customer reached")
    ticket = desk.tickets.show(planned)
    assert (ticket.line.state, ticket.resolution, ticket.exit_state) == ("closed", "Explained", "Customer reached")


def test_a_name_of_the_desk_says_which_state_it_stands_for(desk: Desk, number: int) -> None:
    desk.lists.add("statuses", "On hold", state="pending")
    choices = offered(form_of(desk, "ticket.status", number), "status")
    assert (choices["On hold"].detail, choices["pending"].detail) == ("pending", "")


def test_a_closed_ticket_gets_another_closed_status_without_closing_again(desk: Desk, planned: int) -> None:
    desk.lists.add("statuses", "spam", state="closed")
    do(desk, "ticket.status", planned, status="closed", resolution="Explained", exit_state="Customer reached")
    assert asked(form_of(desk, "ticket.status", planned), status="spam") == ["status"]
    do(desk, "ticket.status", planned, status="spam")
    ticket = desk.tickets.show(planned)
    assert (ticket.line.status, ticket.line.state, ticket.resolution) == ("spam", "closed", "Explained")


def test_among_several_only_those_that_are_not_closed_are_closed(desk: Desk, three: tuple[int, ...]) -> None:
    desk.lists.add("statuses", "spam", state="closed")
    desk.tickets.close(three[0], "Explained")
    do(desk, "ticket.status", *three, status="spam", resolution="No action needed")
    found = [(ticket.line.status, ticket.resolution) for ticket in map(desk.tickets.show, three)]
    assert found == [("spam", "Explained"), ("spam", "No action needed"), ("spam", "No action needed")]


def test_a_ticket_may_have_a_status_that_is_retired(desk: Desk, number: int) -> None:
    desk.lists.add("statuses", "parked", state="open")
    desk.tickets.set_status(number, "parked")
    desk.lists.retire("statuses", "parked")
    assert reasons(desk, number) == {"new": "not from open", "open": None, "pending": None, "closed": None}
    do(desk, "ticket.status", number, status="open")
    assert desk.tickets.show(number).line.status == "open"


def test_a_change_meanwhile_is_a_conflict_that_says_what_changed(desk: Desk, ben: Desk, number: int) -> None:
    target = target_of(desk, "ticket.status", number)
    ben.tickets.set_priority(number, "urgent")
    with pytest.raises(Conflict, match="ben: priority: high → urgent"):
        acts.load("ticket.status").perform(desk, target, Change("pending"), {"versions": target.versions})


def test_a_pending_status_may_have_a_wake_up(desk: Desk, number: int) -> None:
    do(desk, "ticket.status", number, status="pending", wake="2026-12-01 09:00")
    assert desk.local(desk.tickets.show(number).line.wake_at or desk.now()).isoformat() == "2026-12-01T09:00:00+01:00"
    (field,) = [field for field in form_of(desk, "ticket.status", number).fields if field.name == "wake"]
    assert field.empty() == "2026-12-01 09:00"
    do(desk, "ticket.status", number, status="pending", wake="")
    assert desk.tickets.show(number).line.wake_at is None


@pytest.mark.parametrize(("text", "sentence"), [("yesterday", "in the past"), ("soon", "write 3d, 2h, tomorrow")])
def test_a_wake_up_that_cannot_be_is_told_at_its_field(desk: Desk, number: int, text: str, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence) as refused:
        do(desk, "ticket.status", number, status="pending", wake=text)
    assert refused.value.name == "wake"
    assert desk.tickets.show(number).line.state == "new"
