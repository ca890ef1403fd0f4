"""An undo overwrites nobody's later change, and is no door around the rules of the desk (X3, behaviour 1 and 2)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casedesk.desk import Desk
from casedesk.desk.defaults import EXAMPLE_PLAN
from casedesk.domain.errors import Conflict
from tests.conftest import Clock
from tests.desk.related_desk import related_of


@pytest.fixture
def number(desk: Desk, three: tuple[int, ...]) -> int:
    """Ticket 1, with a plan."""
    desk.tickets.set_plan(1, EXAMPLE_PLAN)
    return 1


def test_a_value_set_anew_by_another_is_not_taken_back_with_the_old_one(desk: Desk, ben: Desk, number: int) -> None:
    act = ben.tickets.set_priority(number, "high").act_id
    desk.tickets.set_priority(number, "low")
    desk.tickets.set_priority(number, "high")
    with pytest.raises(Conflict, match="priority was changed since by ana"):
        ben.acts.undo(act)
    desk.acts.undo()
    desk.acts.undo()
    assert ben.acts.undo(act).done == (1,)
    assert desk.tickets.show(number).line.priority == "low"


def test_a_tag_added_anew_by_another_stays(desk: Desk, ben: Desk, number: int) -> None:
    act = ben.tickets.tag(number, add=["vip"]).act_id
    desk.tickets.tag(number, remove=["vip"])
    desk.tickets.tag(number, add=["vip"])
    with pytest.raises(Conflict, match="#1"):
        ben.acts.undo(act)
    assert desk.tickets.show(number).line.tags == ("vip",)


def test_who_is_away_again_is_not_called_back_by_an_old_undo(desk: Desk, ben: Desk) -> None:
    act = ben.team.go_away("me").act_id
    ben.team.come_back("me")
    desk.team.go_away("ben")
    with pytest.raises(Conflict):
        ben.acts.undo(act)
    assert desk.team.user("ben").away


def test_redo_records_no_action_on_a_closed_plan(desk: Desk, ben: Desk, number: int) -> None:
    ben.tickets.add_action(number, "Call", status="No response")
    ben.acts.undo()
    desk.tickets.close(number, "Resolved", "Customer reached")
    desk.tickets.reopen(number)
    with pytest.raises(Conflict, match="its plan is closed now"):
        ben.acts.redo()
    assert desk.tickets.show(number).actions == ()


def test_redo_records_no_action_that_was_completed_meanwhile(desk: Desk, ben: Desk, number: int) -> None:
    ben.tickets.add_action(number, "Offer compensation")
    ben.acts.undo()
    desk.tickets.add_action(number, "Offer compensation")
    with pytest.raises(Conflict, match="it was completed since"):
        ben.acts.redo()
    assert len(desk.tickets.show(number).actions) == 1


def test_redo_records_no_action_of_another_plan(desk: Desk, ben: Desk, number: int) -> None:
    ben.tickets.add_action(number, "Offer compensation")
    ben.acts.undo()
    desk.tickets.set_plan(number, None)
    with pytest.raises(Conflict, match="another plan now"):
        ben.acts.redo()


def test_an_action_that_closed_plan_and_ticket_is_done_again(desk: Desk, number: int) -> None:
    desk.tickets.add_action(number, "Close the loop", exit_state="Customer reached", resolution="Resolved")
    after = desk.tickets.show(number)
    desk.acts.undo()
    desk.acts.redo()
    assert desk.tickets.show(number).actions == after.actions
    assert desk.tickets.show(number).line.state == "closed"


def test_a_plan_by_which_somebody_worked_is_not_taken_away(desk: Desk, ben: Desk, number: int) -> None:
    ben.tickets.add_action(number, "Call", status="No response")
    with pytest.raises(Conflict, match="#1 was worked by its plan since"):
        desk.acts.undo()
    assert desk.tickets.show(number).plan is not None


def test_undo_makes_no_ticket_its_own_descendant(desk: Desk, ben: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(1, 2)
    ben.tickets.set_parent(1, None)
    desk.tickets.set_parent(2, 1)
    with pytest.raises(Conflict, match="#2, of which #1 was a part, is a part of it by now"):
        ben.acts.undo()
    assert related_of(desk, 2) == [("parent", 1)]


def test_undo_puts_nothing_below_a_merged_ticket(desk: Desk, ben: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.set_parent(3, 2)
    ben.tickets.set_parent(3, None)
    desk.tickets.merge(2, 1)
    with pytest.raises(Conflict, match="#2, of which #3 was a part, was merged into #1"):
        ben.acts.undo()


def test_undo_opens_no_merged_ticket(desk: Desk, ben: Desk, three: tuple[int, ...]) -> None:
    ben.tickets.close(2, "Resolved")
    desk.tickets.merge(2, 1)
    with pytest.raises(Conflict, match="#2 was merged into #1 since; take that back first"):
        ben.acts.undo()
    assert desk.tickets.show(2).line.state == "closed"
    desk.acts.undo()
    assert ben.acts.undo().done == (2,)


def test_a_ticket_that_wakes_up_stays_pending(desk: Desk, ben: Desk, number: int) -> None:
    ben.tickets.set_status(number, "pending")
    desk.tickets.set_status(number, "pending", until=desk.now() + timedelta(hours=1))
    with pytest.raises(Conflict, match="#1 would be open and wake up"):
        ben.acts.undo()
    assert desk.tickets.show(number).line.state == "pending"


def test_a_merge_is_taken_back_though_its_target_woke_up(desk: Desk, clock: Clock, three: tuple[int, ...]) -> None:
    desk.tickets.set_status(1, "pending", until=desk.now() + timedelta(hours=1))
    desk.tickets.merge(2, 1)
    clock.tick(7200)
    assert desk.sweeping.run().woken == (1,)
    assert desk.acts.undo().done == (2,)


def test_work_that_was_taken_back_elsewhere_still_keeps_a_merge(desk: Desk, ben: Desk, three: tuple[int, ...]) -> None:
    merge = desk.tickets.merge(2, 1).act_id
    ben.tickets.set_priority([1, 3], "high")
    desk.tickets.set_priority(1, "urgent")
    assert ben.acts.undo().done == (3,)
    desk.acts.undo()
    with pytest.raises(Conflict, match="#1 was worked on since by ben"):
        desk.acts.undo(merge)


def test_taking_a_merge_back_counts_in_the_targets_version(desk: Desk, ben: Desk, three: tuple[int, ...]) -> None:
    desk.tickets.merge(2, 1)
    seen = desk.tickets.show(1).version
    desk.acts.undo()
    with pytest.raises(Conflict, match="#1 has changed since you saw it"):
        ben.tickets.set_priority(1, "high", versions={1: seen})


def test_a_ticket_that_comes_back_never_has_a_version_again(desk: Desk) -> None:
    carla = desk.as_user("carla")
    carla.tickets.new("One", "low", tags=["vip"])
    versions = [carla.tickets.show(1).version]
    carla.acts.undo()
    for _ in range(2):  # the second time the same undo is taken back once more
        redone = carla.acts.redo().act_id
        versions.append(carla.tickets.show(1).version)
        desk.acts.undo(redone)
    assert versions == sorted(set(versions))
