"""From the names in a query to ids: the desk's small tables, held in memory until the desk changes."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from weakref import WeakKeyDictionary

from casedesk.domain.query.names import matcher
from casedesk.domain.query.tree import Name
from casedesk.domain.text import caseless
from casedesk.store.reader import Reader, Row

# One jump a name through an index, where DISTINCT would read all of it.
_SOURCES = """
    WITH RECURSIVE one(source) AS (
        SELECT min(source) FROM {table}
        UNION ALL
        SELECT (SELECT min(source) FROM {table} WHERE source > one.source) FROM one WHERE one.source IS NOT NULL
    ) SELECT source FROM one WHERE source IS NOT NULL"""
_VARIABLES = """
    WITH RECURSIVE one(name) AS (
        SELECT min(name) FROM {table}
        UNION ALL SELECT (SELECT min(name) FROM {table} WHERE name > one.name) FROM one WHERE one.name IS NOT NULL
    ) SELECT name FROM one WHERE name IS NOT NULL"""

_TABLES = {
    "status": "SELECT id, name FROM status",
    "status state": "SELECT id, state FROM status",
    "priority": "SELECT id, name FROM priority",
    "priority order": "SELECT id FROM priority ORDER BY position, id",
    "topic": "SELECT id, name FROM topic",
    "tag": "SELECT id, name FROM tag",
    "class": "SELECT id, name FROM classification",
    "campaign": "SELECT id, name FROM campaign",
    "user": "SELECT id, login, name FROM user",
    "login": "SELECT id, login FROM user",
    "team": "SELECT id, name FROM team",
    "plan": "SELECT id, name FROM plan",
    "exit": "SELECT id, name FROM plan_exit_state",
    "resolution": "SELECT id, name FROM close_option",
    "rule": "SELECT id, name FROM rule",
    "policy": "SELECT id, name FROM policy",
    "question": "SELECT id, key, label FROM question",
    "contact": _VARIABLES.format(table="contact_variable"),
    "account": _VARIABLES.format(table="account_variable"),
    "source": f"SELECT * FROM ({_SOURCES.format(table='response')}) UNION"
    f" SELECT * FROM ({_SOURCES.format(table='ticket')})",
}


class Lookups:
    """The names of a desk. One for a desk: each reader's tables are kept for as long as the desk doesn't change."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[Reader, tuple[int, dict[str, list[Row]]]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def ids(self, reader: Reader, table: str, names: Iterable[Name]) -> list[int]:
        """The ids of the rows of a table that have any of the names."""
        matches = matcher(names)
        return [row[0] for row in self._rows(reader, table) if any(matches(text) for text in row[1:] if text)]

    def states(self, reader: Reader) -> dict[int, str]:
        """The state of each status, by the status's id."""
        return {row[0]: row[1] for row in self._rows(reader, "status state")}

    def priorities(self, reader: Reader) -> list[int]:
        """The ids of all priorities, the least urgent first."""
        return [row[0] for row in self._rows(reader, "priority order")]

    def questions(self, reader: Reader, key: str) -> list[int]:
        """The ids of the questions with this key or wording, whatever the case and the campaign."""
        return [row[0] for row in self._rows(reader, "question") if key in map(caseless, row[1:])]

    def variables(self, reader: Reader, table: str, key: str) -> list[str]:
        """The names of the contact's or account's variables that are `key`, as they are written."""
        return [name for name in self.variable_names(reader, table) if caseless(name) == key]

    def variable_names(self, reader: Reader, table: str) -> list[str]:
        """The names of all variables of contacts or accounts (`table` is contact or account), without reading them."""
        return [row[0] for row in self._rows(reader, table)]

    def sources(self, reader: Reader, names: Iterable[Name]) -> list[str]:
        """The systems that anything came from and that are called so, as they are written."""
        matches = matcher(names)
        return [row[0] for row in self._rows(reader, "source") if matches(row[0])]

    def _rows(self, reader: Reader, table: str) -> Sequence[Row]:
        version = reader.data_version()
        with self._lock:
            kept = self._kept.get(reader)
            if kept is None or kept[0] != version:
                kept = self._kept[reader] = (version, {})
        rows = kept[1].get(table)
        if rows is None:
            rows = kept[1][table] = reader.rows(_TABLES[table])
        return rows
