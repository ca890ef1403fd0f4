"""SQLAlchemy's engine over the desk's own connections."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

from casedesk.store.connection import connect


def make_engine(path: Path, *, durable: bool = True) -> Engine:
    """An engine whose every transaction is `BEGIN IMMEDIATE`, so that two writers wait instead of failing late."""
    engine = create_engine(
        "sqlite://", creator=lambda: connect(path, durable=durable), poolclass=QueuePool, pool_size=1, max_overflow=1
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
