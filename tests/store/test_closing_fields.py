"""A closing has the fields of its ticket that reports group by, whoever changes them and whenever."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from casedesk.desk import Desk
from casedesk.store import Store
from casedesk.store.closing_fields import DIFFERING, FIELDS
from casedesk.store.connection import make_file
from casedesk.store.functions import register
from casedesk.store.schema import MIGRATIONS
from tests.conftest import Clock


@pytest.fixture
def closed(desk: Desk, clock: Clock) -> Desk:
    """A ticket that ben closed."""
    desk.tickets.new("Parcel", "low", topic="Delivery")
    desk.tickets.assign(1, "ben")
    clock.tick()
    desk.as_user("ben").tickets.close(1, "Resolved")
    return desk


def of_closings(path: Path, *fields: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {', '.join(fields)} FROM ticket_closing ORDER BY closed_at").fetchall()


def differing(desk: Desk) -> list[tuple[object, ...]]:
    return desk.store.reader().rows(DIFFERING)


def test_each_field_is_one_of_tickets_and_of_closings(desk: Desk) -> None:
    for table in ("ticket", "ticket_closing"):
        columns = {name for _, name, *_ in desk.store.reader().rows(f"PRAGMA table_info({table})")}
        assert columns >= set(FIELDS)


def test_a_closing_has_what_its_ticket_has(closed: Desk) -> None:
    reader = closed.store.reader()
    ticket = reader.row(f"SELECT {', '.join(FIELDS)} FROM ticket")
    assert of_closings(closed.path, *FIELDS) == [ticket]
    ben = reader.value("SELECT id FROM user WHERE login = 'ben'")
    assert of_closings(closed.path, "owner_id", "closed_by_id") == [(ben, ben)]


def test_every_closing_follows_what_becomes_of_the_ticket_later_and_what_is_taken_back(
    closed: Desk, clock: Clock
) -> None:
    (before,) = of_closings(closed.path, "owner_id", "priority_id")
    clock.tick()
    closed.tickets.reopen(1)
    clock.tick()
    closed.tickets.assign(1, "carla")
    closed.tickets.set_priority(1, "urgent")
    closed.tickets.close(1, "Explained")
    first, second = of_closings(closed.path, "owner_id", "priority_id")
    assert first == second != before
    assert differing(closed) == []
    for _ in range(4):
        closed.acts.undo()
    assert of_closings(closed.path, "owner_id", "priority_id") == [before]
    assert differing(closed) == []


def test_closings_of_an_older_desk_get_the_fields_of_their_tickets(tmp_path: Path) -> None:
    old = tmp_path / "old.desk"
    make_file(old)
    with closing(sqlite3.connect(old)) as connection:
        register(connection)
        for script in ("0001_first_desk.sql", "0002_service_levels.sql"):
            for statement in (MIGRATIONS / "versions" / script).read_text(encoding="utf-8").split("\n--\n"):
                connection.execute(statement)
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
        connection.execute("INSERT INTO alembic_version VALUES ('0002')")
        connection.execute(
            "INSERT INTO status (id, name, state, position, retired) VALUES (4, 'closed', 'closed', 3, 0)"
        )
        connection.execute(
            """INSERT INTO ticket (id, version, title, state, status_id, created_at, updated_at, closed_at, breached,
                                   origin, language, description)
               VALUES (7, 1, 'Parcel', 'closed', 4, 10, 20, 20, 0, 'person', 'de', '')"""
        )
        connection.execute("INSERT INTO ticket_closing VALUES (20, 7, 10, 10, NULL, 0)")
        connection.execute("PRAGMA user_version = 2")
        connection.commit()
    Store.open(old).close()
    assert of_closings(old, "ticket_id", "open_seconds", "status_id", "language", "owner_id") == [
        (7, 10, 4, "de", None)
    ]
