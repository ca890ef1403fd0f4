"""One transaction of an import: where its lines of activity and its counts come together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from casedesk.domain.rules import Event

_SEARCHED = frozenset({"ticket", "contact", "account"})
"""The tables whose rows a trigger puts into a full-text index."""

_FEW = 5

LISTED = 1000
"""Rejects, changes and contradictions that a summary lists; all are counted."""


@dataclass(slots=True)
class Tally:
    """What an import did so far."""

    rows: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    contacts_created: int = 0
    tickets_opened: int = 0
    not_opened: int = 0  # tickets that rules would have opened while the desk doesn't manage cases
    with_own_id: bool = False
    elsewhere: int = 0  # rows of responses known from another campaign than the row's
    repeated: int = 0  # rows passed over, since a later one speaks of the same record
    repeated_lines: list[int] = field(default_factory=list)  # of these the first few
    rejects: list[tuple[int, str]] = field(default_factory=list)
    contradictions: list[tuple[int, str]] = field(default_factory=list)
    changes: list[tuple[int, str]] = field(default_factory=list)

    def copy(self) -> Tally:
        """The same counts, to go on with while this one stays as it is."""
        return replace(
            self,
            rejects=list(self.rejects),
            contradictions=list(self.contradictions),
            changes=list(self.changes),
            repeated_lines=list(self.repeated_lines),
        )

    def contradict(self, line: int, sentence: str) -> None:
        """Note that a row says two things about who somebody is."""
        if len(self.contradictions) < LISTED:
            self.contradictions.append((line, sentence))

    def change(self, line: int, sentence: str) -> None:
        """Note what a row changed."""
        if len(self.changes) < LISTED:
            self.changes.append((line, sentence))

    def pass_over(self, line: int) -> None:
        """Note that a later row counts in place of this one, which so changes nothing."""
        self.unchanged += 1
        self.repeated += 1
        if len(self.repeated_lines) < _FEW:
            self.repeated_lines.append(line)


class Batch:
    """An open transaction on a bare connection, with the activity lines that it will leave.

    `at` is in seconds, UTC; `tickets` are those that a line speaks of, `events` what rules may wait for. Ids of new
    rows are given out here: the transaction holds the desk's only write lock.
    """

    def __init__(self, connection: sqlite3.Connection, *, act_id: int, import_id: int, at: int, tally: Tally) -> None:
        self.connection = connection
        self.act_id = act_id
        self.import_id = import_id
        self.at = at
        self.tally = tally
        self.tickets: set[int] = set()
        self.events: list[Event] = []
        self._next: dict[str, int] = {}
        self._lines: list[tuple[Any, ...]] = []

    def next_id(self, table: str) -> int:
        """A fresh id for a row of `table`."""
        if table not in self._next:
            # The sequence table keeps the numbers of tickets that were taken back from being given again.
            used = self.connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or 0
            kept = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
            self._next[table] = max(used, kept[0] if kept else 0)
        self._next[table] += 1
        return self._next[table]

    def chosen(self, sql: str, keys: Iterable[Any], *before: Any) -> list[tuple[Any, ...]]:
        """The rows of a query whose last `?` stands for a list of keys (`IN (SELECT value FROM json_each(?))`)."""
        wanted = list(keys)
        return self.connection.execute(sql, (*before, json.dumps(wanted))).fetchall() if wanted else []

    def line(
        self,
        kind: str,
        operation: str,
        record: str,
        record_id: int,
        *,
        ticket: int | None = None,
        version: int | None = None,
        contact: int | None = None,
        field: str = "",
        before: Any = None,
        after: Any = None,
        texts: tuple[str, str] = ("", ""),
        actor: tuple[str, int | None] | None = None,
        cause: str = "",
    ) -> None:
        """Leave a line of activity; `actor` is the import unless a rule acted."""
        if ticket is not None:
            self.tickets.add(ticket)
        actor_kind, actor_id = actor or ("import", self.import_id)
        self._lines.append(
            (
                self.act_id,
                self.at,
                actor_kind,
                actor_id,
                ticket,
                version,
                contact,
                kind,
                operation,
                record,
                record_id,
                field,
                _json(before),
                _json(after),
                texts[0],
                texts[1],
                cause,
            )
        )

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows."""
        if not rows:
            return
        names, marks = ", ".join(columns), ", ".join("?" * len(columns))
        if table not in _SEARCHED:
            self.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)
            return
        # A full-text index is written out at the end of each statement, which takes five times as long as the row.
        self.connection.execute(f"CREATE TEMP TABLE new_{table} ({names})")
        self.connection.executemany(f"INSERT INTO new_{table} ({names}) VALUES ({marks})", rows)
        self.connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM new_{table} ORDER BY rowid")
        self.connection.execute(f"DROP TABLE new_{table}")

    def closed(self) -> set[int]:
        """Those of the batch's tickets that are closed, or were before."""
        rows = self.chosen(
            """SELECT t.id FROM json_each(?) d CROSS JOIN ticket t ON t.id = d.value
               WHERE t.state = 'closed' OR EXISTS (SELECT 1 FROM ticket_closing c WHERE c.ticket_id = t.id)""",
            self.tickets,
        )
        return {row[0] for row in rows}

    def finish(self) -> None:
        """Write the lines of activity; the transaction is committed by whoever opened it."""
        self.insert("activity", _LINE_COLUMNS, self._lines)
        self._lines = []


_LINE_COLUMNS = (
    "act_id", "at", "actor_kind", "actor_id", "ticket_id", "ticket_version", "contact_id", "kind", "operation",
    "record", "record_id", "field", "before", "after", "before_text", "after_text", "cause",
)  # fmt: skip


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value)
