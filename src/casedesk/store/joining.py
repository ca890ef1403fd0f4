"""Sessions in a transaction that somebody has opened on a bare connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from casedesk.store.store import JOINED


class _Borrowed:
    """The connection, without the power to end its transaction or to close it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def commit(self) -> None:
        """Nothing: whoever began the transaction ends it."""

    rollback = close = commit


@contextmanager
def joined_session(connection: sqlite3.Connection) -> Iterator[Session]:
    """A session whose changes are written by its end and belong to the connection's open transaction."""
    engine = create_engine("sqlite://", creator=lambda: _Borrowed(connection), poolclass=StaticPool)
    with Session(engine, expire_on_commit=False) as session:
        session.info[JOINED] = connection
        yield session
        session.flush()
