"""Looking a desk file over: its pages, its references, its search indexes; and making those anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from casedesk.store import people_index
from casedesk.store.connection import APPLICATION_ID, connect
from casedesk.store.faults import explained, guarded
from casedesk.store.inspection import connect_quietly
from casedesk.store.triggers import SEARCH_ROWS, SEARCH_TABLE

LISTED = 20
"""Faults that are told; the rest are the same again."""


class SearchIndex(NamedTuple):
    """An index of words: its name, its columns, the statement that makes it, and the rows it ought to hold."""

    name: str
    columns: tuple[str, ...]
    table: str
    rows: str


INDEXES = (
    SearchIndex("search", ("body", "response", "notes"), SEARCH_TABLE, SEARCH_ROWS),
    *(
        SearchIndex(f"{table}_search", columns, people_index.table_of(table), people_index.rows_of(table))
        for table, columns in people_index.PEOPLE.items()
    ),
)


def is_marked_as_desk(path: Path) -> bool:
    """Whether the file says that it is a desk, however little of it can be read."""
    try:
        with closing(connect_quietly(path)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID)
    except sqlite3.DatabaseError:
        return False


def faults(path: Path, connection: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong with the file's pages and indexes, at most `LISTED` lines; empty when it is sound.

    Raises ReadingCancelled when the connection was interrupted, and StoreUnavailable when somebody has it locked.
    """
    try:
        found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({LISTED})")]
    except sqlite3.OperationalError as error:
        raise explained(error, path) from error
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if found == ["ok"] else found


class Broken(NamedTuple):
    """A row that refers to a row which isn't there. `rowid` is None in a table without rowids."""

    table: str
    rowid: int | None
    parent: str
    column: str


def broken_references(path: Path, connection: sqlite3.Connection, limit: int) -> list[Broken]:
    """Rows that refer to a row which isn't there, at most `limit`."""
    with guarded(path):
        rows = connection.execute("PRAGMA foreign_key_check").fetchmany(limit)
        columns: dict[tuple[str, int], str] = {}
        for table in {row[0] for row in rows}:
            # Of a key of several columns the first is told.
            for key, place, _, column, *_ in connection.execute(f'PRAGMA foreign_key_list("{table}")'):
                if place == 0:
                    columns[table, key] = column
        return [Broken(table, rowid, parent, columns.get((table, key), "")) for table, rowid, parent, key in rows]


def search_fault(path: Path) -> str | None:
    """What is wrong inside a search index itself; None when their words agree with the texts that they keep.

    SQLite checks them only where it may write; the transaction is rolled back. Raises StoreUnavailable where it can't,
    because somebody else writes.
    """
    try:
        with closing(connect(path, busy_seconds=1)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                for index in INDEXES:
                    connection.execute(f"INSERT INTO {index.name} ({index.name}) VALUES ('integrity-check')")
            finally:
                connection.rollback()
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "readonly" in str(error):
            raise explained(error, path) from error
        return str(error)
    except sqlite3.DatabaseError as error:
        return str(error)
    return None


def search_differences(path: Path, connection: sqlite3.Connection) -> int:
    """In how many records the search indexes differ from the rows. Raises StoreUnavailable when they can't be read."""
    with guarded(path):
        return sum(int(connection.execute(_differences(index)).fetchone()[0]) for index in INDEXES)


def _differences(index: SearchIndex) -> str:
    differing = " OR ".join(
        f"trim(held.{column}, char(10)) IS NOT trim(wanted.{column}, char(10))" for column in index.columns
    )
    return f"""
    SELECT (SELECT count(*) FROM {index.name} WHERE rowid NOT IN (SELECT id FROM ({index.rows})))
         + (SELECT count(*) FROM ({index.rows}) wanted LEFT JOIN {index.name} held ON held.rowid = wanted.id
            WHERE held.rowid IS NULL OR {differing})"""


def rebuild_search(path: Path) -> None:
    """Make the search indexes anew from the rows, in one transaction."""
    with guarded(path), _transaction(path) as connection:
        for index in INDEXES:
            connection.execute(f"DROP TABLE {index.name}")
            connection.execute(index.table)
            connection.execute(f"INSERT INTO {index.name} (rowid, {', '.join(index.columns)}) {index.rows}")


def write_log_back(path: Path) -> None:
    """Write the write-ahead log back into the file, as far as nobody reads from it, and shorten it."""
    with guarded(path), closing(connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextmanager
def _transaction(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
