"""Taking away for good what nothing uses, so that a desk doesn't gather what was never needed.

What the desk can do by itself is to retire things. A retired one that no record and no query speaks of is no loss; the
database itself knows the records, and refuses what one of them needs.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from casedesk.desk.recording import Recorder
from casedesk.domain.query import QueryError, renamed

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

    from casedesk.desk.desk import Desk

Rows = Callable[["Session"], "Sequence[SQLModel]"]
"""The rows to remove: what belongs to another one before it."""


def removed_if_unused(desk: Desk, what: str, name: str, rows: Rows, *, right: str, field: str = "") -> bool:
    """Remove the rows of something retired; False, and nothing is done, when something uses them.

    `field` is the query language's: what a kept query names behind it is used.
    """
    from sqlalchemy.exc import IntegrityError

    def change(recorder: Recorder) -> str:
        for row in rows(recorder.session):
            recorder.remove(row, kind=what, text=name)
        return f"{what} “{name}” removed"

    if field and _named_in_queries(desk, field, name):
        return False
    try:
        desk.acts.once(f"remove {what}", change, right=right)
    except IntegrityError:
        return False
    return True


def _named_in_queries(desk: Desk, field: str, name: str) -> bool:
    rows = desk.store.reader().rows(
        """SELECT condition FROM rule UNION SELECT query FROM policy UNION SELECT query FROM view
           UNION SELECT query FROM dashboard UNION SELECT options ->> 'query' FROM dashboard_widget"""
    )
    return any(_names(text, field, name) for (text,) in rows if text)


def _names(text: str, field: str, name: str) -> bool:
    try:
        return renamed(text, field, name, f"{name[:50]} (another)") != text
    except QueryError:
        return False


def row_of(table: type[SQLModel], row_id: int) -> Rows:
    """The one row of a table."""

    def rows(session: Session) -> Sequence[SQLModel]:
        found = session.get(table, row_id)
        return [] if found is None else [found]

    return rows


def with_parts(owner: type[SQLModel], owner_id: int, *parts: tuple[type[SQLModel], str]) -> Rows:
    """A row with the rows of other tables that are parts of it, each by its column."""

    def rows(session: Session) -> Sequence[SQLModel]:
        from sqlmodel import select

        found: list[SQLModel] = []
        for table, column in parts:
            found += session.exec(select(table).where(getattr(table, column) == owner_id)).all()
        return [*found, *row_of(owner, owner_id)(session)]

    return rows
