"""Looking a desk file over: its pages, its references, its search index; and making that index anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from casedesk.store.connection import connect
from casedesk.store.faults import guarded
from casedesk.store.triggers import SEARCH_ROWS, SEARCH_TABLE

LISTED = 20
"""Faults that are told; the rest are the same again."""

_DIFFERENCES = f"""
    SELECT (SELECT count(*) FROM search WHERE rowid NOT IN (SELECT id FROM ticket))
         + (SELECT count(*) FROM ({SEARCH_ROWS}) wanted LEFT JOIN search s ON s.rowid = wanted.id
            WHERE s.rowid IS NULL OR s.body <> wanted.body OR s.response <> wanted.response
               OR trim(s.notes, char(10)) <> trim(wanted.notes, char(10)))"""


def faults(path: Path) -> list[str]:
    """What SQLite finds wrong with the file's pages and indexes, at most `LISTED` lines; empty when it is sound."""
    try:
        with closing(connect(path, reading=True)) as connection:
            found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({LISTED})")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


def broken_references(path: Path) -> list[str]:
    """Rows that refer to a row which isn't there, at most `LISTED`: `ticket 12 → contact`."""
    with guarded(path), closing(connect(path, reading=True)) as connection:
        rows = connection.execute("PRAGMA foreign_key_check").fetchmany(LISTED)
    return [f"{table} {rowid or ''}".rstrip() + f" → {parent}" for table, rowid, parent, _ in rows]


def search_differences(path: Path) -> int:
    """In how many tickets the search index differs from the rows. Raises StoreUnavailable when it can't be read."""
    with guarded(path), closing(connect(path, reading=True)) as connection:
        return int(connection.execute(_DIFFERENCES).fetchone()[0])


def search_fault(path: Path) -> str | None:
    """What is wrong inside the search index itself; None when its words agree with the texts that it keeps."""
    try:
        with closing(connect(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO search (search) VALUES ('integrity-check')")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        return str(error)
    return None


def rebuild_search(path: Path) -> None:
    """Make the search index anew from the rows, in one transaction."""
    with guarded(path), _transaction(path) as connection:
        connection.execute("DROP TABLE search")
        connection.execute(SEARCH_TABLE)
        connection.execute(f"INSERT INTO search (rowid, body, response, notes) {SEARCH_ROWS}")


@contextmanager
def _transaction(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
