"""Taking acts back, and doing them again (X3)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from casedesk.desk import Desk
from casedesk.desk.values import Ticket
from casedesk.domain.errors import Conflict, NotFound, NotPermitted

PLAN = "Resolution for Detractors"


@pytest.fixture
def number(desk: Desk) -> int:
    desk.tickets.new("Late delivery", "high", topic="Delivery")
    desk.tickets.set_plan(1, PLAN)
    desk.tickets.tag(1, add=["old"])
    return 1


def substance(ticket: Ticket) -> object:
    """Everything about a ticket but what every act moves."""
    line = ticket.line
    return (
        line.title, line.state, line.status, line.priority, line.topic, line.owner, line.team, line.closed_at,
        line.wake_at, line.tags, ticket.description,
        ticket.helpers, ticket.classifications, ticket.resolution, ticket.exit_state, ticket.plan,
        ticket.actions, ticket.notes,
    )  # fmt: skip


ACTS: dict[str, Callable[[Desk], object]] = {
    "status": lambda desk: desk.tickets.set_status(1, "pending"),
    "note": lambda desk: desk.tickets.add_note(1, "hello"),
    "classify": lambda desk: desk.tickets.classify(1, add=["Price", "Tech"]),
    "tag": lambda desk: desk.tickets.tag(1, add=["new"], remove=["old"]),
    "priority": lambda desk: desk.tickets.set_priority(1, "urgent"),
    "topic": lambda desk: desk.tickets.set_topic(1, None),
    "owner": lambda desk: desk.tickets.assign(1, "ben"),
    "helpers": lambda desk: desk.tickets.set_helpers(1, add=["ben", "carla"]),
    "plan": lambda desk: desk.tickets.set_plan(1, None),
    "action": lambda desk: desk.tickets.add_action(1, "Call", status="Reached", comment="nice talk"),
    "closing action": lambda desk: desk.tickets.add_action(
        1, "Close the loop", exit_state="Customer reached", resolution="Resolved"
    ),
    "pending until": lambda desk: desk.tickets.set_status(1, "pending", until=desk.now() + timedelta(days=3)),
    "hand-over": lambda desk: desk.tickets.assign(1, "ben", note="she rang twice"),
    "title": lambda desk: desk.tickets.edit_title(1, "Other"),
    "description": lambda desk: desk.tickets.edit_description(1, "Other"),
    "close": lambda desk: desk.tickets.close(1, "Resolved", exit_state="Customer reached"),
}


@pytest.mark.parametrize("act", ACTS)
def test_undo_brings_back_what_was_and_redo_what_was_done(desk: Desk, number: int, act: str) -> None:
    before = substance(desk.tickets.show(number))
    ACTS[act](desk)
    after = substance(desk.tickets.show(number))
    assert after != before
    desk.acts.undo()
    assert substance(desk.tickets.show(number)) == before
    desk.acts.redo()
    assert substance(desk.tickets.show(number)) == after
    desk.acts.undo()
    assert substance(desk.tickets.show(number)) == before


def test_the_feed_keeps_the_undone_line_and_marks_it(desk: Desk, number: int) -> None:
    desk.tickets.set_priority(number, "low")
    desk.acts.undo()
    newest, undone, *_ = [entry for entry in desk.tickets.feed(number) if entry.kind == "priority"]
    assert (newest.text, newest.undone) == ("undone: priority: low → high", False)
    assert (undone.text, undone.undone) == ("priority: high → low", True)


def test_undoing_a_new_ticket_takes_it_away_and_its_number_is_not_given_again(desk: Desk) -> None:
    desk.tickets.new("One", "low", note="n", tags=["t"])
    desk.acts.undo()
    with pytest.raises(NotFound):
        desk.tickets.show(1)
    assert desk.tickets.new("Two", "low").done == (2,)


def test_a_ticket_that_somebody_worked_on_is_not_taken_away(desk: Desk, ben: Desk) -> None:
    act = desk.tickets.new("One", "low").act_id
    ben.tickets.add_note(1, "on it")
    with pytest.raises(Conflict, match="changed since by ben"):
        desk.acts.undo(act)


def test_an_undo_that_would_overwrite_a_later_change_says_whose(desk: Desk, ben: Desk, number: int) -> None:
    act = desk.tickets.set_priority(number, "low").act_id
    ben.tickets.set_priority(number, "urgent")
    with pytest.raises(Conflict, match=r"#1: priority was changed since by ben"):
        desk.acts.undo(act)
    assert desk.tickets.show(number).line.priority == "urgent"


def test_only_who_may_takes_back_what_others_did(desk: Desk, ben: Desk, number: int) -> None:
    act = desk.tickets.set_priority(number, "low").act_id
    with pytest.raises(NotPermitted, match="only their own"):
        ben.acts.undo(act)
    desk.as_user("carla").acts.undo(act)
    assert desk.tickets.show(number).line.priority == "high"


def test_an_act_is_taken_back_once(desk: Desk, number: int) -> None:
    act = desk.tickets.set_priority(number, "low").act_id
    desk.acts.undo(act)
    with pytest.raises(Conflict, match="taken back already"):
        desk.acts.undo(act)


def test_undo_goes_back_act_by_act_and_a_new_act_ends_redo(desk: Desk, number: int) -> None:
    desk.tickets.set_priority(number, "low")
    desk.tickets.set_priority(number, "urgent")
    desk.acts.undo()
    desk.acts.undo()
    assert desk.tickets.show(number).line.priority == "high"
    desk.acts.redo()
    assert desk.tickets.show(number).line.priority == "low"
    desk.tickets.add_note(number, "something else")
    with pytest.raises(NotFound, match="nothing to redo"):
        desk.acts.redo()


def test_one_undo_takes_back_an_act_on_many(desk: Desk) -> None:
    numbers = [desk.tickets.new(f"T{i}", "low").done[0] for i in range(250)]
    desk.tickets.close(numbers, "Resolved")
    assert desk.tickets.count("is:closed") == 250
    outcome = desk.acts.undo()
    assert outcome.summary == "undo: closed: Resolved · 250 tickets"
    assert desk.tickets.count("is:new") == 250
    desk.acts.redo()
    assert desk.tickets.count("is:closed") == 250


def test_another_users_acts_are_not_in_the_way_of_undo(desk: Desk, ben: Desk, number: int) -> None:
    desk.tickets.set_priority(number, "low")
    ben.tickets.assign(number, "ben")
    desk.acts.undo()
    ticket = desk.tickets.show(number).line
    assert (ticket.priority, ticket.owner) == ("high", "ben")


def test_there_is_nothing_to_undo_on_a_new_desk(ben: Desk) -> None:
    with pytest.raises(NotFound, match="nothing to undo"):
        ben.acts.undo()


def test_lines_of_taking_back_and_doing_again_say_so_in_one_word(desk: Desk, number: int) -> None:
    desk.tickets.set_priority(number, "low")
    desk.acts.undo()
    desk.acts.redo()
    newest, before, *_ = [entry for entry in desk.tickets.feed(number) if entry.kind == "priority"]
    assert (newest.text, newest.cause, newest.undone) == ("redone: priority: high → low", "", False)
    assert (before.text, before.cause, before.undone) == ("undone: priority: low → high", "", True)
