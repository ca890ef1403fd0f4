"""The parts of a desk's schema (tables, indexes, triggers), against those that a new desk has."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from casedesk.store.connection import connect
from casedesk.store.faults import guarded
from casedesk.store.store import Store

_PARTS = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"


def missing_parts(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """What a new desk has and this one lacks: kind (table, index or trigger) and name."""
    there = {(row[0], row[1]) for row in connection.execute(_PARTS)}
    return [(kind, name) for kind, name, _sql in _parts_of_a_new_desk() if (kind, name) not in there]


def make_missing_parts(path: Path) -> list[str]:
    """Make the indexes and triggers that are missing, in one transaction; their names. Tables are left alone."""
    with guarded(path), closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        there = {(row[0], row[1]) for row in connection.execute(_PARTS)}
        made = []
        for kind, name, sql in _parts_of_a_new_desk():
            if kind != "table" and (kind, name) not in there:
                connection.execute(sql)
                made.append(name)
        connection.execute("COMMIT")
    return made


def _parts_of_a_new_desk() -> list[tuple[str, str, str]]:
    with tempfile.TemporaryDirectory(prefix="casedesk-") as folder:
        path = Path(folder) / "new.desk"
        Store.create(path).close()
        with closing(connect(path, reading=True)) as connection:
            return connection.execute(_PARTS).fetchall()
