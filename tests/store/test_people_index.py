"""Contacts and accounts are found by the words of their names as these stand now (behaviour 6.1)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from casedesk.store import Store
from casedesk.store.connection import connect
from casedesk.store.sql_text import phrase
from tests.store.random_desks import insert


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    path = tmp_path / "people.desk"
    Store.create(path).close()
    connection = connect(path)
    yield connection
    connection.close()


def found(connection: sqlite3.Connection, table: str, words: str, *, prefix: bool = False) -> list[int]:
    sql = f"SELECT rowid FROM {table}_search WHERE {table}_search MATCH ? ORDER BY rowid"
    return [row[0] for row in connection.execute(sql, (phrase(words, prefix=prefix),))]


def test_a_contact_is_found_by_name_email_and_own_id_in_any_script(connection):
    insert(
        connection, "contact", {"name": "Rosa Marín", "email": "rosa@acme.de", "external_id": "C-17", "created_at": 0}
    )
    insert(connection, "contact", {"name": "山田太郎", "created_at": 0})

    assert found(connection, "contact", "MARIN") == [1]
    assert found(connection, "contact", "acme.de") == [1]
    assert found(connection, "contact", "C-17") == [1]
    assert found(connection, "contact", "mar", prefix=True) == [1]
    assert found(connection, "contact", "山田") == [2]
    assert found(connection, "contact", "田山") == []


@pytest.mark.parametrize("table", ["contact", "account"])
def test_the_index_follows_a_new_name_and_forgets_who_is_erased(connection, table):
    insert(connection, table, {"name": "Acme GmbH", "external_id": "A-1", "created_at": 0})

    connection.execute(f"UPDATE {table} SET name = 'Umbrella'")
    assert found(connection, table, "acme") == []
    assert found(connection, table, "umbrella") == [1]

    connection.execute(f"DELETE FROM {table}")
    assert found(connection, table, "umbrella") == []
