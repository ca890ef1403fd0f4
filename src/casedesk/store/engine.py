"""SQLAlchemy's engine over the desk's own connections."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from casedesk.store.connection import connect


def make_engine(path: Path, *, durable: bool = True) -> Engine:
    """An engine whose every transaction is `BEGIN IMMEDIATE`, so that two writers wait instead of failing late."""
    first = _first_engine()

    def opened() -> Any:  # SQLAlchemy has a protocol of its own for what sqlite3's connection is
        return connect(path, durable=durable)

    pool = QueuePool(opened, pool_size=1, max_overflow=1, dialect=first.dialect)
    engine = Engine(pool, first.dialect, first.url)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@cache
def _first_engine() -> Engine:
    """The one whose dialect all share: SQLAlchemy keeps the statements it has compiled by their dialect."""
    engine = create_engine("sqlite://")
    engine.connect().close()  # lets the dialect learn what this SQLite can do
    engine.dispose()
    return engine
