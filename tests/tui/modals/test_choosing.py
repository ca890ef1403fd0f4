"""Priority, topic, owner, team and plan: one list each, whose choice is the whole form."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import CasedeskError, InvalidInput
from tests.tui.modals.filling import do, form_of, offered


@pytest.fixture
def teams(desk: Desk) -> None:
    desk.team.add_team("Billing desk", ("ben",))


@pytest.mark.parametrize(
    ("action", "label", "field"),
    [
        ("ticket.priority", "urgent", "priority"),
        ("ticket.priority", "no priority", "priority"),
        ("ticket.topic", "Billing", "topic"),
        ("ticket.topic", "no topic", "topic"),
        ("ticket.owner", "ben", "owner"),
        ("ticket.team", "Billing desk", "team"),
    ],
)
def test_the_choice_is_given_to_the_tickets_and_can_be_taken_back(
    desk: Desk, teams: None, number: int, action: str, label: str, field: str
) -> None:
    before = getattr(desk.tickets.show(number).line, field)
    do(desk, action, number, chosen=label)
    assert getattr(desk.tickets.show(number).line, field) == (None if label.startswith("no ") else label)
    desk.acts.undo()
    assert getattr(desk.tickets.show(number).line, field) == before


@pytest.mark.parametrize(
    ("action", "now"), [("ticket.priority", "high"), ("ticket.topic", "Delivery"), ("ticket.owner", "me")]
)
def test_what_the_ticket_has_already_is_told_and_choosing_it_changes_nothing(
    desk: Desk, number: int, action: str, now: str
) -> None:
    desk.tickets.assign(number, "ana")
    feed = desk.tickets.feed(number)
    choices = offered(form_of(desk, action, number), "chosen")
    assert [label for label, choice in choices.items() if choice.detail == "now"] == [now]
    with pytest.raises(CasedeskError, match=r"nothing to change|already"):
        do(desk, action, number, chosen=now)
    assert desk.tickets.feed(number) == feed


def test_a_value_that_only_some_have_can_be_chosen(desk: Desk, three: tuple[int, ...]) -> None:
    choices = offered(form_of(desk, "ticket.priority", *three), "chosen")
    assert all(choice.refusal is None for choice in choices.values())
    outcome = do(desk, "ticket.priority", *three, chosen="high")
    assert outcome.done == three[1:]
    assert [refusal.number for refusal in outcome.refused] == [three[0]]


def test_oneself_comes_first_and_nobody_last(desk: Desk, number: int) -> None:
    choices = offered(form_of(desk, "ticket.owner", number), "chosen")
    assert list(choices) == ["me", "ben", "carla", "nobody"]
    do(desk, "ticket.owner", number, chosen="me")
    assert desk.tickets.show(number).line.owner == "ana"
    do(desk, "ticket.owner", number, chosen="nobody")
    assert desk.tickets.show(number).line.owner is None


def test_a_desk_without_teams_says_so(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="no teams"):
        form_of(desk, "ticket.team", number)


def test_a_plan_is_given_unless_the_present_one_was_worked_by(desk: Desk, planned: int) -> None:
    choices = offered(form_of(desk, "ticket.plan", planned), "chosen")
    assert choices["Resolution for Detractors"].detail == "now"
    do(desk, "ticket.plan", planned, chosen="no plan")
    assert desk.tickets.show(planned).plan is None
    do(desk, "ticket.plan", planned, chosen="Resolution for Detractors")
    desk.tickets.add_action(planned, "Offer compensation")
    with pytest.raises(InvalidInput, match="worked by its plan already"):
        do(desk, "ticket.plan", planned, chosen="no plan")
