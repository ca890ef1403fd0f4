"""Closings follow the tickets' histories, whether anything is timed or not (behaviour 8.1)."""

from __future__ import annotations

from pathlib import Path

from casedesk.desk import Desk
from tests.conftest import NOON, Clock

HOUR = 3600


def closings(desk: Desk) -> list[tuple[int, ...]]:
    """Number, hours from noon until it was closed, seconds open, until reopened (hours; -1 for not), merged."""
    rows = desk.store.reader().rows(
        "SELECT ticket_id, closed_at, open_seconds, reopened_at, merged FROM ticket_closing ORDER BY 2, 1"
    )
    return [
        (number, (at - NOON) // HOUR, seconds, -1 if reopened is None else (reopened - NOON) // HOUR, merged)
        for number, at, seconds, reopened, merged in rows
    ]


def test_a_closing_has_its_row(desk: Desk, clock: Clock, three: tuple[int, ...]) -> None:
    clock.tick(HOUR)
    desk.tickets.close(three[:2], "Resolved")
    assert closings(desk) == [(1, 1, HOUR, -1, 0), (2, 1, HOUR, -1, 0)]


def test_one_that_is_taken_back_has_none(desk: Desk, clock: Clock, three: tuple[int, ...]) -> None:
    desk.tickets.close(1, "Resolved")
    desk.acts.undo()
    assert closings(desk) == []
    clock.tick(HOUR)
    desk.acts.redo()
    assert closings(desk) == [(1, 0, 0, -1, 0)]


def test_a_second_closing_leaves_out_the_closed_span(desk: Desk, clock: Clock, three: tuple[int, ...]) -> None:
    clock.tick(2 * HOUR)
    desk.tickets.close(1, "Resolved")
    clock.tick(3 * HOUR)
    desk.tickets.reopen(1)
    clock.tick(HOUR)
    desk.tickets.close(1, "Explained")
    assert closings(desk) == [(1, 2, 2 * HOUR, 5, 0), (1, 6, 3 * HOUR, -1, 0)]


def test_a_merge_is_told_apart(desk: Desk, clock: Clock, three: tuple[int, ...]) -> None:
    clock.tick(HOUR)
    desk.tickets.merge(1, 2)
    assert closings(desk) == [(1, 1, HOUR, -1, 1)]
    desk.acts.undo()
    assert closings(desk) == []


def test_a_ticket_that_is_taken_back_takes_its_closing_along(desk: Desk) -> None:
    desk.tickets.new("Parcel", "low")
    desk.tickets.close(1, "Resolved")
    desk.acts.undo()
    desk.acts.undo()
    assert desk.tickets.numbers("") == []
    assert closings(desk) == []


def test_working_time_is_counted_by_the_default_calendar(desk: Desk, clock: Clock, three: tuple[int, ...]) -> None:
    clock.seconds = NOON + 48 * HOUR  # from Saturday noon to Monday noon, UTC; 13:00 in Berlin
    desk.tickets.close(1, "Resolved")
    assert desk.store.reader().value("SELECT working_seconds FROM ticket_closing") == 4 * HOUR


def test_a_merge_of_an_open_ticket_is_no_closing_of_its_own_and_an_earlier_closing_stays_one(
    desk: Desk, clock: Clock, three: tuple[int, ...]
) -> None:
    clock.tick(HOUR)
    desk.tickets.close(1, "Resolved")
    clock.tick(HOUR)
    desk.tickets.merge((1, 2), 3)
    assert closings(desk) == [(1, 1, HOUR, -1, 0), (2, 2, 2 * HOUR, -1, 1)]
    desk.acts.undo()
    assert closings(desk) == [(1, 1, HOUR, -1, 0)]
    desk.acts.redo()
    assert closings(desk) == [(1, 1, HOUR, -1, 0), (2, 2, 2 * HOUR, -1, 1)]


def test_a_closed_ticket_of_another_system_has_its_closing(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text(
        "id,subject,status,created_at,closed_at\n"
        "7,Late,closed,2026-01-30T10:00:00Z,2026-01-30T13:00:00Z\n"
        "8,Rude,open,2026-01-30T10:00:00Z,\n"
    )
    desk.imports.run(path, kind="tickets")
    ((number, _, seconds, reopened, merged),) = closings(desk)
    assert (number, seconds, reopened, merged) == (1, 3 * HOUR, -1, 0)


def test_a_desk_of_an_older_schema_gets_its_closings_with_the_first_sweep(
    desk: Desk, clock: Clock, three: tuple[int, ...]
) -> None:
    clock.tick(HOUR)
    desk.tickets.close(1, "Resolved")
    before = closings(desk)
    with desk.store.bulk() as connection:  # as the upgrade leaves it
        connection.execute("DELETE FROM ticket_closing")
        connection.execute("""INSERT INTO setting VALUES ('service_levels_pending', '{"after": 0, "closed": true}')""")
    assert desk.sweeping.run().timed == 3
    assert closings(desk) == before


def test_a_closing_that_another_system_did_not_date_has_no_length(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "tickets.csv"
    path.write_text("id,subject,status,created_at\n7,Late,closed,2026-01-30T10:00:00Z\n")
    desk.policies.set_simple(8)
    desk.imports.run(path, kind="tickets")
    row = desk.store.reader().row("SELECT open_seconds, working_seconds FROM ticket_closing")
    assert row == (None, None)
    assert desk.tickets.numbers("is:undated") == [1]
    assert desk.service_levels.timers(1) == ()
