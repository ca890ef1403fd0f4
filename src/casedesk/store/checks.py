"""Looking a desk file over: its pages, its references, its search indexes; and making those anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from casedesk.store import people_index
from casedesk.store.connection import connect
from casedesk.store.faults import guarded
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


def search_fault(path: Path) -> str | None:
    """What is wrong inside a search index itself; None when their words agree with the texts that they keep."""
    try:
        with closing(connect(path)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            for index in INDEXES:
                connection.execute(f"INSERT INTO {index.name} ({index.name}) VALUES ('integrity-check')")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as error:
        return str(error)
    return None


def search_differences(path: Path) -> int:
    """In how many records the search indexes differ from the rows. Raises StoreUnavailable when they can't be read."""
    with guarded(path), closing(connect(path, reading=True)) as connection:
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


@contextmanager
def _transaction(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield connection
        connection.execute("COMMIT")
