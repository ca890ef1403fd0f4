"""Rules that wait for time: idle, and age (behaviour 4.1)."""

from __future__ import annotations

import pytest

from casedesk.desk import Desk
from tests.conftest import Clock

HOUR = 3600


@pytest.fixture
def ticket(desk: Desk) -> int:
    return desk.tickets.new("Parcel", "low").done[0]


def runs(desk: Desk) -> int:
    return len(desk.rules.log())


def test_age_comes_once(desk: Desk, ticket: int, clock: Clock) -> None:
    desk.rules.add("Old", "-tag:x", [{"tag": "old"}], trigger="age 2h")
    clock.tick(2 * HOUR - 1)
    assert desk.sweeping.run().ruled == ()
    clock.tick(1)
    assert desk.sweeping.run().ruled == (ticket,)
    desk.tickets.tag(ticket, remove=["old"])
    clock.tick(9 * HOUR)
    assert desk.sweeping.run().ruled == ()


def test_idle_comes_once_in_each_spell_and_a_persons_act_ends_it(desk: Desk, ticket: int, clock: Clock) -> None:
    desk.rules.add("Idle", "-tag:x", [{"tag": "idle"}], trigger="idle 2h")
    clock.tick(2 * HOUR)
    assert desk.sweeping.run().ruled == (ticket,)
    clock.tick(5 * HOUR)
    assert desk.sweeping.run().ruled == ()  # what the rule did is no act of a person
    desk.tickets.add_note(ticket, "Called.")
    clock.tick(2 * HOUR - 1)
    assert desk.sweeping.run().ruled == ()
    clock.tick(1)
    assert desk.sweeping.run().ruled == (ticket,)
    assert runs(desk) == 2


def test_an_act_in_the_second_of_the_run_ends_the_spell(desk: Desk, ticket: int, clock: Clock) -> None:
    desk.rules.add("Idle", "-tag:x", [{"tag": "idle"}], trigger="idle 2h")
    clock.tick(2 * HOUR)
    desk.sweeping.run()
    desk.tickets.add_note(ticket, "Called.")
    clock.tick(2 * HOUR)
    assert desk.sweeping.run().ruled == (ticket,)


def test_what_rules_and_the_desk_do_keeps_no_ticket_from_being_idle(desk: Desk, ticket: int, clock: Clock) -> None:
    desk.rules.add("Old", "-tag:x", [{"priority": "high"}], trigger="age 1h")
    desk.rules.add("Idle", "-tag:x", [{"tag": "idle"}], trigger="idle 2h")
    clock.tick(HOUR)
    assert desk.sweeping.run().ruled == (ticket,)
    clock.tick(HOUR)
    assert desk.sweeping.run().ruled == (ticket,)
    assert desk.tickets.lines([ticket])[0].tags == ("idle",)


@pytest.mark.parametrize("trigger", ["idle 2h", "age 2h"])
def test_closed_tickets_and_those_that_the_condition_leaves_out(
    desk: Desk, ticket: int, clock: Clock, trigger: str
) -> None:
    other, closed = (desk.tickets.new("Parcel", priority).done[0] for priority in ("high", "low"))
    desk.tickets.close(closed, "Resolved")
    desk.rules.add("Late", "priority:low", [{"tag": "late"}], trigger=trigger)
    clock.tick(3 * HOUR)
    assert desk.sweeping.run().ruled == (ticket,)
    desk.tickets.set_priority(other, "low")
    clock.tick(3 * HOUR)
    assert desk.sweeping.run().ruled == (other,)


def test_a_failure_is_not_tried_again_every_minute(desk: Desk, ticket: int, clock: Clock) -> None:
    desk.rules.add("Late", "priority:low", [{"owner": "ben"}], trigger="age 2h")
    desk.team.set_active("ben", False)
    clock.tick(3 * HOUR)
    desk.sweeping.run()
    desk.sweeping.run()
    assert [run.outcome for run in desk.rules.log()] == ["failed"]


def test_what_time_rules_do_sets_others_off(desk: Desk, ticket: int, clock: Clock) -> None:
    desk.rules.add("Late", "priority:low", [{"status": "pending"}], trigger="age 2h")
    desk.rules.add("Moved", "is:pending", [{"tag": "moved"}], trigger="status changed")
    clock.tick(3 * HOUR)
    desk.sweeping.run()
    assert [(run.rule, run.trigger, run.depth) for run in desk.rules.log()] == [
        ("Moved", "status changed", 1), ("Late", "age 2h", 0),
    ]  # fmt: skip


def test_more_tickets_than_one_transaction_takes(desk: Desk, clock: Clock) -> None:
    numbers = [desk.tickets.new("Parcel", "low").done[0] for _ in range(3)]
    desk.rules.add("Late", "priority:low", [{"tag": "late"}], trigger="idle 1h")
    clock.tick(HOUR)
    assert desk.sweeping.run().ruled == tuple(numbers)
    (act,) = {run.act for run in desk.rules.log()}
    line = next(line for line in desk.acts.journal() if line.id == act)
    assert (line.summary, line.actor) == ("rules · 3 tickets", "system")
