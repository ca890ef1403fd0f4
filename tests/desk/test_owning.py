"""Taking tickets, handing them over, queues, and being away (behaviour 1.8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casedesk.desk import Desk
from casedesk.domain.errors import InvalidInput, NotPermitted, Unchanged


@pytest.fixture
def number(desk: Desk) -> int:
    desk.team.add_team("Riders", ("ana", "ben"))
    number = desk.tickets.new("Late delivery", "high").done[0]
    desk.tickets.set_team(number, "Riders")
    desk.tickets.assign(number, "ana")
    return number


def test_assigning_keeps_the_team(desk: Desk, number: int) -> None:
    desk.tickets.assign(number, "carla")
    line = desk.tickets.show(number).line
    assert (line.owner, line.team) == ("carla", "Riders")


def test_a_hand_over_with_a_note_is_one_act_and_one_undo(desk: Desk, number: int) -> None:
    outcome = desk.tickets.assign(number, "ben", note="She rang twice.\nBe kind.")
    ticket = desk.tickets.show(number)
    assert (ticket.line.owner, ticket.notes[0].body) == ("ben", "She rang twice.\nBe kind.")
    assert {entry.act_id for entry in desk.tickets.feed(number)[:2]} == {outcome.act_id}
    desk.acts.undo()
    ticket = desk.tickets.show(number)
    assert (ticket.line.owner, ticket.notes) == ("ana", ())


def test_a_team_is_told_what_it_takes_over(desk: Desk, number: int) -> None:
    desk.team.add_team("Business", ("carla",))
    desk.tickets.set_team(number, "Business", note="A fleet, not a rider.")
    ticket = desk.tickets.show(number)
    assert (ticket.line.team, ticket.line.owner) == ("Business", None)
    assert ticket.notes[0].body == "A fleet, not a rider."


def test_a_hand_over_that_changes_nothing_leaves_no_note(desk: Desk, number: int) -> None:
    with pytest.raises(Unchanged, match="ana is the owner already"):
        desk.tickets.assign(number, "ana", note="hello")
    with pytest.raises(InvalidInput, match="nothing to change"):
        desk.tickets.set_team(number, "Riders", note="hello")
    assert desk.tickets.show(number).notes == ()


def test_a_note_with_a_hand_over_needs_the_right_to_notes(desk: Desk, number: int) -> None:
    agent = desk.as_user("ben")
    agent.user = replace(agent.user, rights=agent.user.rights - {"tickets.note"})
    with pytest.raises(NotPermitted, match="ben may not add notes"):
        agent.tickets.assign(number, "me", note="mine")
    agent.tickets.assign(number, "me")
    assert desk.tickets.show(number).line.owner == "ben"


def test_queues_are_lists(desk: Desk, number: int) -> None:
    loose = desk.tickets.new("Nobody's", "low").done[0]
    assert desk.tickets.numbers("owner:none") == [loose]
    assert desk.tickets.numbers("team:Riders") == [number]
    assert desk.tickets.numbers("team:none") == [loose]
    assert desk.tickets.numbers("team:riders owner:ana") == [number]


def test_who_leaves_a_team_gives_up_its_open_tickets(desk: Desk, number: int) -> None:
    other = desk.tickets.new("Not the team's", "low").done[0]
    desk.tickets.assign(other, "ana")
    desk.team.change_members("Riders", remove=("ana",))
    assert (desk.tickets.show(number).line.owner, desk.tickets.show(number).line.team) == (None, "Riders")
    assert desk.tickets.show(other).line.owner == "ana"
    desk.acts.undo()
    assert desk.tickets.show(number).line.owner == "ana"
    assert desk.team.teams() == {"Riders": ("ana", "ben")}


# Away


def away(desk: Desk) -> set[str]:
    return {user.login for user in desk.team.users() if user.away}


def test_going_away_hands_over_the_open_tickets_in_one_act_and_one_undo(desk: Desk, number: int) -> None:
    closed = desk.tickets.new("Done", "low").done[0]
    desk.tickets.assign(closed, "ana")
    desk.tickets.close(closed, "Resolved")
    assert desk.team.open_tickets_of("me") == 1
    outcome = desk.team.go_away("me", hand_over_to="ben", note="Back on Monday.")
    assert outcome.summary == "ana is away, 1 ticket to ben"
    assert away(desk) == {"ana"} == desk.choices().away
    ticket = desk.tickets.show(number)
    assert (ticket.line.owner, ticket.line.team, ticket.notes[0].body) == ("ben", "Riders", "Back on Monday.")
    owner = next(entry for entry in desk.tickets.feed(number) if entry.kind == "owner")
    assert (owner.text, owner.cause) == ("owner: ana → ben", "ana is away")
    assert desk.tickets.show(closed).line.owner == "ana"
    assert desk.acts.undo().summary == f"undo: ana is away, 1 ticket to ben · #{number}"
    ticket = desk.tickets.show(number)
    assert (away(desk), ticket.line.owner, ticket.notes) == (set(), "ana", ())
    desk.acts.redo()
    assert (away(desk), desk.tickets.show(number).line.owner) == ({"ana"}, "ben")


def test_the_tickets_go_to_a_teams_queue_or_to_nobody(desk: Desk, number: int) -> None:
    desk.team.add_team("Business", ("carla",))
    desk.team.go_away("ana", hand_over_to="team:business")
    line = desk.tickets.show(number).line
    assert (line.owner, line.team) == (None, "Business")
    desk.acts.undo()
    desk.team.go_away("ana", hand_over_to="nobody")
    line = desk.tickets.show(number).line
    assert (line.owner, line.team) == (None, "Riders")


def test_without_a_hand_over_the_tickets_stay(desk: Desk, number: int) -> None:
    assert desk.team.go_away("me").summary == "ana is away"
    assert desk.tickets.show(number).line.owner == "ana"
    desk.acts.undo()
    assert away(desk) == set()


def test_a_new_ticket_that_is_handed_over_stays_new(desk: Desk) -> None:
    with desk.store.write() as session:
        session.connection().exec_driver_sql(
            "INSERT INTO ticket (version, title, state, status_id, owner_id, created_at, updated_at, breached, origin,"
            " description) VALUES (1, 'By rule', 'new', 1, 1, 1, 1, 0, 'rule', '')"
        )
    desk.team.go_away("me", hand_over_to="ben")
    line = desk.tickets.show(1).line
    assert (line.state, line.owner) == ("new", "ben")


def test_an_undo_leaves_alone_what_somebody_gave_away_since(desk: Desk, number: int) -> None:
    desk.team.go_away("me", hand_over_to="ben")
    desk.as_user("ben").tickets.assign(number, "carla")
    outcome = desk.acts.undo()
    assert [refusal.number for refusal in outcome.refused] == [number]
    assert (away(desk), desk.tickets.show(number).line.owner) == (set(), "carla")


def test_coming_back_brings_no_tickets_back(desk: Desk, number: int) -> None:
    desk.team.go_away("me", hand_over_to="ben")
    desk.team.come_back("me")
    assert (away(desk), desk.tickets.show(number).line.owner) == (set(), "ben")
    with pytest.raises(Unchanged, match="ana isn't away"):
        desk.team.come_back("ana")


def test_others_are_sent_away_by_who_manages_users(desk: Desk, ben: Desk) -> None:
    with pytest.raises(NotPermitted, match="ben may not add and change users"):
        ben.team.go_away("carla")
    with pytest.raises(NotPermitted):
        ben.team.come_back("carla")
    desk.team.go_away("ben")
    ben.team.come_back("me")
    assert away(desk) == set()


@pytest.mark.parametrize(
    ("to", "sentence"),
    [
        ("ana", "can't hand over to themselves"),
        ("carla", "carla is away as well"),
        ("bem", "no active user “bem”; there is ben"),
        ("team:Ridrs", "no team “Ridrs”; did you mean Riders"),
    ],
)
def test_a_receiver_who_cannot_be_is_refused(desk: Desk, number: int, to: str, sentence: str) -> None:
    desk.team.go_away("carla")
    with pytest.raises(InvalidInput, match=sentence):
        desk.team.go_away("ana", hand_over_to=to)
    assert away(desk) == {"carla"}


def test_one_is_away_once_and_a_note_needs_a_receiver(desk: Desk) -> None:
    with pytest.raises(InvalidInput, match="say to whom"):
        desk.team.go_away("me", note="bye")
    desk.team.go_away("me")
    with pytest.raises(Unchanged, match="ana is away already"):
        desk.team.go_away("me")
