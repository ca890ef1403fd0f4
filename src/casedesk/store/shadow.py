"""Tables in memory that stand before those of the desk: work done on them is seen and changes nothing."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from casedesk.store.faults import guarded
from casedesk.store.functions import register
from casedesk.store.inspection import connect_quietly

_TABLES: Final = {
    "ticket": "id",
    "ticket_timer": "ticket_id",
    "ticket_breach": "ticket_id",
    "ticket_closing": "ticket_id",
}
"""What is worked out of a ticket, each with the column that has its number."""


class Shadow:
    """A connection for which some tables hold the rows of a few tickets only, and may be written.

    SQLite looks a table up among the temporary ones first, so whatever works on the desk works on these.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._numbers = "[]"
        with guarded(path):
            self.connection = _connect(path)
            for table in _TABLES:
                self._lay_down(table)

    def take(self, numbers: Sequence[int]) -> None:
        """Hold the rows of these tickets as they stand in the desk, and no others."""
        self._numbers = json.dumps(list(numbers))
        with guarded(self._path):
            for table, key in _TABLES.items():
                self.connection.execute(f"DELETE FROM temp.{table}")
                self.connection.execute(f"INSERT INTO temp.{table} {self._standing(table, key)}", (self._numbers,))

    def differing(self) -> list[int]:
        """The numbers of the tickets whose rows have become others than the desk's."""
        found: set[int] = set()
        with guarded(self._path):
            for table, key in _TABLES.items():
                standing, shadow = self._standing(table, key), f"SELECT * FROM temp.{table}"
                for one, other in ((standing, shadow), (shadow, standing)):
                    rows = self.connection.execute(f"SELECT {key} FROM ({one} EXCEPT {other})", (self._numbers,))
                    found.update(row[0] for row in rows)
        return sorted(found)

    def close(self) -> None:
        """Forget it all."""
        self.connection.close()

    @staticmethod
    def _standing(table: str, key: str) -> str:
        return f"SELECT * FROM main.{table} WHERE {key} IN (SELECT value FROM json_each(?))"

    def _lay_down(self, table: str) -> None:
        """The table with its key; of the timers also the indexes, which statements name."""
        statements = self.connection.execute(
            "SELECT type, sql FROM main.sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL ORDER BY type = 'index'",
            (table,),
        ).fetchall()
        for kind, sql in statements:
            if kind == "table":
                self.connection.execute(re.sub(r"^CREATE TABLE ", "CREATE TEMP TABLE ", sql, count=1))
            elif kind == "index" and table != "ticket":
                self.connection.execute(re.sub(r"^CREATE (UNIQUE )?INDEX ", r"CREATE \1INDEX temp.", sql, count=1))


def _connect(path: Path) -> sqlite3.Connection:
    """A connection that can't write the desk, and may write beside it, in memory."""
    if not os.access(path.parent, os.W_OK):
        return connect_quietly(path)
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False, timeout=30
    )
    register(connection)
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection
