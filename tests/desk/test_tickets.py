"""Acts on tickets: what they change, what they refuse, what they leave in the feed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import Conflict, InvalidInput, NotFound, NotPermitted
from tests.conftest import Clock


@pytest.fixture
def number(desk: Desk) -> int:
    return desk.tickets.new("Late delivery", "high", topic="Delivery").done[0]


def texts(desk: Desk, number: int) -> list[str]:
    """The feed, oldest first."""
    return [entry.text for entry in reversed(desk.tickets.feed(number))]


def test_a_new_ticket_by_hand_has_title_priority_topic_note_and_tags(desk: Desk) -> None:
    outcome = desk.tickets.new("Wrong  colour", "low", topic="product", note="rang at noon", tags=["callback"])
    ticket = desk.tickets.show(outcome.done[0])
    assert (ticket.line.title, ticket.line.priority, ticket.line.topic) == ("Wrong colour", "low", "Product")
    assert ticket.line.state == "new"
    assert ticket.line.tags == ("callback",)
    assert [note.body for note in ticket.notes] == ["rang at noon"]
    assert ticket.opened_by == "ana"


def test_a_ticket_without_title_or_with_an_unknown_priority_is_refused(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="title is empty"):
        desk.tickets.new("  ", "low")
    with pytest.raises(InvalidInput, match="no priority “hihg”; did you mean high"):
        desk.tickets.new("x", "hihg")


def test_the_first_act_opens_a_new_ticket_and_says_so(desk: Desk, number: int) -> None:
    desk.tickets.add_note(number, "looking into it")
    assert desk.tickets.show(number).line.state == "open"
    assert texts(desk, number)[-2:] == ["note: looking into it", "status: new → open"]
    assert desk.tickets.feed(number)[0].cause == "first act"


def test_a_status_that_may_not_follow_is_refused_with_those_that_may(desk: Desk, number: int) -> None:
    desk.tickets.set_status(number, "pending")
    with pytest.raises(InvalidInput, match="from pending it may become open or closed"):
        desk.tickets.set_status(number, "new")
    assert desk.tickets.show(number).line.state == "pending"


def test_closing_asks_for_a_resolution_and_keeps_closer_and_instant(desk: Desk, number: int, clock: Clock) -> None:
    with pytest.raises(InvalidInput, match="needs a resolution: Resolved, Explained"):
        desk.tickets.close(number)
    with pytest.raises(InvalidInput, match="needs a resolution"):
        desk.tickets.set_status(number, "closed")
    clock.tick(90)
    desk.tickets.close(number, "compensated")
    ticket = desk.tickets.show(number)
    assert (ticket.line.state, ticket.resolution) == ("closed", "Compensated")
    assert ticket.line.closed_at == desk.now()
    assert texts(desk, number)[-2:] == ["status: new → closed", "resolution: none → Compensated"]


def test_reopening_is_a_right_of_its_own(desk: Desk, number: int) -> None:
    desk.tickets.close(number, "Resolved")
    agent = desk.as_user("ben")
    agent.user = replace(agent.user, rights=agent.user.rights - {"tickets.reopen"})
    with pytest.raises(NotPermitted, match="ben may not reopen closed tickets"):
        agent.tickets.reopen(number)
    with pytest.raises(NotPermitted):
        agent.tickets.set_status(number, "open")
    desk.tickets.reopen(number)
    ticket = desk.tickets.show(number)
    assert (ticket.line.state, ticket.line.closed_at, ticket.resolution) == ("open", None, None)


def test_classifications_and_tags_are_added_once_and_removed(desk: Desk, number: int) -> None:
    desk.tickets.classify(number, add=["price", "tech"])
    desk.tickets.tag(number, add=["vip", "Callback"])
    with pytest.raises(InvalidInput, match="nothing to change"):
        desk.tickets.classify(number, add=["Price"])
    with pytest.raises(InvalidInput, match="nothing to change"):
        desk.tickets.tag(number, add=["callback"])
    desk.tickets.classify(number, remove=["Tech"])
    desk.tickets.tag(number, remove=["VIP"])
    ticket = desk.tickets.show(number)
    assert ticket.classifications == ("Price",)
    assert ticket.line.tags == ("Callback",)


def test_owner_and_helpers_are_users_of_the_desk(desk: Desk, number: int) -> None:
    desk.tickets.assign(number, "me")
    desk.tickets.set_helpers(number, add=["ben"])
    with pytest.raises(InvalidInput, match="no active user “bem”; there is ben"):
        desk.tickets.assign(number, "bem")
    ticket = desk.tickets.show(number)
    assert (ticket.line.owner, ticket.helpers) == ("ana", ("ben",))
    desk.tickets.assign(number, None)
    assert desk.tickets.show(number).line.owner is None


def test_a_team_clears_an_owner_who_is_not_in_it(desk: Desk, number: int) -> None:
    desk.team.add_team("Riders", ("ben",))
    desk.tickets.assign(number, "ana")
    desk.tickets.set_team(number, "riders")
    assert (desk.tickets.show(number).line.team, desk.tickets.show(number).line.owner) == ("Riders", None)


def test_title_and_description_are_edited_and_found_again(desk: Desk, number: int) -> None:
    desk.tickets.edit_title(number, "Very late delivery")
    desk.tickets.edit_description(number, "The parcel went to Oslo.")
    assert desk.tickets.numbers("oslo") == [number]
    assert texts(desk, number)[-1] == "description: none → The parcel went to Oslo."


def test_a_stale_version_is_refused_with_what_changed_and_a_note_gets_in(desk: Desk, ben: Desk, number: int) -> None:
    seen = desk.tickets.show(number).version
    ben.tickets.set_priority(number, "urgent")
    with pytest.raises(Conflict, match=r"#1 has changed since you saw it: ben: priority: high → urgent"):
        desk.tickets.set_priority(number, "low", versions={number: seen})
    desk.tickets.add_note(number, "still here", versions={number: seen})
    assert desk.tickets.show(number).line.priority == "urgent"


def test_an_act_on_many_lists_what_it_could_not_do_and_does_the_rest(desk: Desk) -> None:
    numbers = [desk.tickets.new(f"Ticket {i}", "low").done[0] for i in range(3)]
    desk.tickets.close(numbers[1], "Resolved")
    outcome = desk.tickets.close([*numbers, 99], "Explained")
    assert outcome.done == (numbers[0], numbers[2])
    assert [(refusal.number, refusal.code) for refusal in outcome.refused] == [
        (numbers[1], "invalid"),
        (99, "not-found"),
    ]
    assert outcome.summary == "closed: Explained · 2 tickets"


def test_an_act_that_every_ticket_refuses_leaves_no_trace(desk: Desk) -> None:
    before = desk.acts.journal()
    outcome = desk.tickets.close([98, 99], "Resolved")
    assert (outcome.done, outcome.act_id) == ((), None)
    assert desk.acts.journal() == before


def test_progress_is_told_and_can_stop_an_act_on_many(desk: Desk) -> None:
    numbers = [desk.tickets.new(f"Ticket {i}", "low").done[0] for i in range(450)]
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < 400

    outcome = desk.tickets.set_priority(numbers, "urgent", progress=progress)
    assert told == [(200, 450), (400, 450)]
    assert outcome.stopped
    assert len(outcome.done) == 400
    assert desk.tickets.count("priority:urgent") == 400


def test_what_the_role_does_not_allow_is_refused(desk: Desk, ben: Desk, number: int) -> None:
    with pytest.raises(NotPermitted, match="ben may not give a ticket another plan"):
        ben.tickets.set_plan(number, "Resolution for Detractors")


def test_a_ticket_that_is_not_there_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="no ticket #77"):
        desk.tickets.show(77)
    with pytest.raises(NotFound, match="no ticket #77"):
        desk.tickets.add_note(77, "hello")


def test_an_empty_or_endless_note_is_refused(desk: Desk, number: int) -> None:
    with pytest.raises(InvalidInput, match="empty"):
        desk.tickets.add_note(number, " \n ")
    with pytest.raises(InvalidInput, match="100,001 characters"):
        desk.tickets.add_note(number, "x" * 100_001)
