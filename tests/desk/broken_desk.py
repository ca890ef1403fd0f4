"""A desk with something of everything, ways to break it by hand, and everything that it holds, for comparing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from casedesk.desk import Desk
from casedesk.desk.values import Check, Examination
from tests.conftest import Clock
from tests.made_once import lay_instead
from tests.timed_desk import go_to, make_timed_desk

OPEN, CLOSED, WAITING, MERGED, TARGET, CHILD = 4, 5, 6, 7, 8, 9
"""Tickets of the furnished desk; 1 to 4 are those of the timed desk."""

_RECORDS = {"act", "activity"}
_COUNTED = {"version", "updated_at"}


def furnish(desk: Desk, clock: Clock) -> Desk:
    """Tickets in every state, related and merged ones, and what people save by name, on a desk without tickets."""
    lay_instead(desk, make_furnished_desk)
    go_to(clock, 6, "16:01")
    return desk


def make_furnished_desk(path: Path) -> None:
    """The timed desk, and more."""
    make_timed_desk(path)
    clock = Clock()
    go_to(clock, 6, "16:00")
    with Desk.open(path, user="ana", clock=clock) as desk:
        for title in ("Wrong size", "No answer yet", "The same again", "Broken screen", "Broken stand"):
            desk.tickets.new(title, "low", tags=["vip"])
        clock.tick()
        desk.tickets.close(CLOSED, "Resolved")
        desk.tickets.set_status(WAITING, "pending")
        desk.tickets.merge(MERGED, TARGET)
        desk.tickets.set_parent(CHILD, TARGET)
        desk.views.add("Low ones", query="priority:low", columns=["number", "title"])
        desk.dashboards.make("Mine")
        desk.dashboards.add_widget("Mine", "view", view="Low ones")
        desk.macros.make("Hold", [{"status": "pending"}, {"tags": ["+vip"]}])


def break_by(desk: Desk, *statements: str) -> None:
    """Run statements past the desk, without regard for references."""
    with closing(sqlite3.connect(desk.path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def held(path: Path) -> dict[str, set[Any]]:
    """Every row of every table, apart from the record of what happened and what counts acts on a ticket."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        return {
            name: {
                tuple((key, _stripped(row[key])) for key in row.keys() if key not in _COUNTED)  # noqa: SIM118  # a Row's keys
                for row in connection.execute(f"SELECT * FROM {name}")
            }
            for name in names
            if name not in _RECORDS
            and not name.startswith(("sqlite_stat", "search_", "contact_search", "account_search"))
        } | {"parts": {tuple(row) for row in connection.execute("SELECT type, name FROM sqlite_schema")}}


def found(examination: Examination, name: str) -> Check:
    """What the check of that name found."""
    return next(check for check in examination.checks if check.name == name)


def _stripped(value: Any) -> Any:
    """The search index may begin and end with empty lines."""
    return value.strip("\n") if isinstance(value, str) else value
