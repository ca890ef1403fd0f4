"""Pending tickets wake up when their instant has come, each once (behaviour 1.5)."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.desk.sweeping import DUE
from casedesk.domain.errors import InvalidInput, Unchanged
from tests.conftest import Clock

Waiting = Callable[..., int]


@pytest.fixture
def waiting(desk: Desk) -> Waiting:
    """Make a ticket that waits for so many hours."""

    def make(hours: float = 1) -> int:
        number = desk.tickets.new("Waits for the carrier", "low").done[0]
        desk.tickets.set_status(number, "pending", until=desk.now() + timedelta(hours=hours))
        return number

    return make


def test_a_pending_ticket_keeps_its_instant_and_says_so_in_the_feed(desk: Desk) -> None:
    number = desk.tickets.new("Waits", "low").done[0]
    outcome = desk.tickets.set_status(number, "pending", until=datetime(2026, 12, 1, 8, 0, tzinfo=UTC))
    assert outcome.summary == f"status → pending until 2026-12-01 09:00 · #{number}"
    assert desk.tickets.show(number).line.wake_at == datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
    assert desk.tickets.numbers("is:waking") == [number]
    assert {entry.text for entry in desk.tickets.feed(number)} >= {
        "status: new → pending",
        "wake-up: none → 2026-12-01 09:00",
    }


def test_it_opens_again_when_its_instant_has_come_and_says_why(desk: Desk, waiting: Waiting, clock: Clock) -> None:
    number = waiting(1)
    clock.tick(3599)
    assert desk.sweeping.run().woken == ()
    clock.tick(1)
    assert desk.sweeping.run().woken == (number,)
    line = desk.tickets.show(number).line
    assert (line.state, line.status, line.wake_at) == ("open", "open", None)
    (entry,) = desk.tickets.feed(number)[:1]
    assert (entry.actor, entry.actor_kind, entry.text) == ("system", "system", "status: pending → open")
    assert entry.cause == "woke up: it was to wait until 2026-01-31 14:01"
    assert desk.acts.journal(1)[0].summary == f"woke up · #{number}"


def test_a_second_sweep_finds_nothing_to_do(desk: Desk, waiting: Waiting, clock: Clock) -> None:
    waiting(1)
    clock.tick(7200)
    desk.sweeping.run()
    acts = desk.acts.journal()
    assert desk.sweeping.run().woken == ()
    assert desk.acts.journal() == acts


def test_many_wake_up_in_one_pass_the_earliest_first(desk: Desk, waiting: Waiting, clock: Clock) -> None:
    late, soon, never = waiting(3), waiting(2), waiting(48)
    many = [desk.tickets.new(f"Ticket {place}", "low").done[0] for place in range(410)]
    desk.tickets.set_status(many, "pending", until=desk.now() + timedelta(hours=4))
    clock.tick(5 * 3600)
    assert desk.sweeping.run().woken == (soon, late, *many)
    assert desk.tickets.numbers("is:waking") == [never]


def test_a_ticket_that_left_pending_does_not_wake_up(desk: Desk, waiting: Waiting, clock: Clock) -> None:
    opened, closed = waiting(), waiting()
    desk.tickets.set_status(opened, "open")
    desk.tickets.close(closed, "Resolved")
    clock.tick(7200)
    assert desk.sweeping.run().woken == ()
    assert desk.tickets.show(closed).line.wake_at is None


def test_pending_without_an_instant_waits_for_ever(desk: Desk, waiting: Waiting, clock: Clock) -> None:
    number = waiting()
    desk.tickets.set_status(number, "pending")
    with pytest.raises(Unchanged, match="is pending already"):
        desk.tickets.set_status(number, "pending")
    clock.tick(7200)
    assert desk.sweeping.run().woken == ()


def test_the_instant_can_be_changed(desk: Desk, waiting: Waiting) -> None:
    number = waiting(1)
    desk.tickets.set_status(number, "pending", until=desk.now() + timedelta(hours=2))
    assert desk.tickets.feed(number)[0].text == "wake-up: 2026-01-31 14:01 → 2026-01-31 15:01"


def test_only_a_pending_ticket_wakes_up_and_only_ahead(desk: Desk, waiting: Waiting) -> None:
    number = waiting()
    with pytest.raises(InvalidInput, match="Only a pending ticket wakes up; open is open"):
        desk.tickets.set_status(number, "open", until=desk.now() + timedelta(hours=1))
    with pytest.raises(InvalidInput, match="can't wake up in the past"):
        desk.tickets.set_status(number, "pending", until=desk.now())


def test_waking_up_is_not_taken_back_but_going_to_sleep_is(desk: Desk, waiting: Waiting, clock: Clock) -> None:
    number = waiting()
    clock.tick(7200)
    desk.sweeping.run()
    with pytest.raises(InvalidInput, match="can't be taken back; set the status again"):
        desk.acts.undo(desk.acts.journal(1)[0].id)
    desk.tickets.set_status(number, "pending", until=desk.now() + timedelta(hours=1))
    desk.acts.undo()
    assert desk.tickets.show(number).line.state == "open"


def test_several_processes_wake_each_ticket_once(desk: Desk, waiting: Waiting, clock: Clock) -> None:
    numbers = [waiting() for _ in range(30)]
    script = (
        "import sys; from casedesk.desk import Desk\n"
        f"with Desk.open(sys.argv[1], user='ana', clock=lambda: {clock.seconds + 7200}) as desk:\n"
        "    print(len(desk.sweeping.run().woken))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(desk.path)], stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    woken = [int(process.communicate(timeout=60)[0]) for process in running]
    assert sum(woken) == len(numbers)
    for number in numbers:
        assert [entry.text for entry in desk.tickets.feed(number)].count("status: pending → open") == 1


def test_the_tickets_that_sleep_are_found_by_their_index(desk: Desk, desk_path: Path) -> None:
    plan = desk.store.reader().rows(f"EXPLAIN QUERY PLAN {DUE}", (0, 1))
    assert any("ix_ticket_wake" in row[3] for row in plan)
    assert not any("SCAN" in row[3] for row in plan)
