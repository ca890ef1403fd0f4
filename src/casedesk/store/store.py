"""The seam between the desk and its file: sessions to write with, readers to read with."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.store.connection import SCHEMA, connect_for_bulk, make_file, schema_of
from casedesk.store.faults import explained, guarded
from casedesk.store.reader import Reader, Readers

JOINED = "joined"
"""Where a session keeps the bare connection whose transaction it has joined."""

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine
    from sqlmodel import Session


class Store:
    """One desk file. Writes of one process are serialised here, those of several by SQLite."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._readers = Readers(path)
        self._writing = threading.RLock()
        self._engine: Engine | None = None
        self._durable = True
        self._bulk: sqlite3.Connection | None = None

    @classmethod
    def open(cls, path: Path, told: Callable[[str], object] | None = None) -> Store:
        """Open the desk at `path`, upgrading an older schema after a backup, of which `told` gets a sentence first.

        Raises StoreUnavailable.
        """
        if schema_of(path) < SCHEMA:
            from casedesk.store.schema import upgrade

            upgrade(path, told)
        return cls(path)

    @classmethod
    def create(cls, path: Path) -> Store:
        """Make an empty desk at `path`. Raises StoreUnavailable when something is there already."""
        from casedesk.store.schema import lay_down

        make_file(path)
        lay_down(path)
        return cls(path)

    def reader(self) -> Reader:
        """This thread's reading connection."""
        return self._readers.here()

    def interrupt(self, thread: int) -> None:
        """Stop the read that the thread with this identifier is doing."""
        self._readers.interrupt(thread)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session in one `BEGIN IMMEDIATE` transaction: committed at the end, rolled back on any error."""
        from sqlalchemy.exc import DBAPIError
        from sqlmodel import Session

        with self._writing:
            try:
                with Session(self._loaded_engine(), expire_on_commit=False) as session, session.begin():
                    yield session
            except DBAPIError as error:
                if isinstance(error.orig, sqlite3.IntegrityError) or error.orig is None:
                    raise
                raise explained(error.orig, self.path) from error

    def reader_of(self, session: Session) -> Reader:
        """A reader that sees what the open session has written so far."""
        session.flush()
        return Reader(self.path, self.connection_of(session))

    @staticmethod
    def connection_of(session: Session) -> sqlite3.Connection:
        """The bare connection below an open session: what is run on it is part of the session's transaction."""
        bare = session.info.get(JOINED) or session.connection().connection.driver_connection
        assert isinstance(bare, sqlite3.Connection)
        return bare

    @contextmanager
    def bulk(self) -> Iterator[sqlite3.Connection]:
        """A bare connection in one `BEGIN IMMEDIATE` transaction, for work on many thousand rows."""
        with self._writing, guarded(self.path):
            # Kept between transactions: an import goes on with warm pages.
            connection = self._bulk = self._bulk or connect_for_bulk(self.path, durable=self._durable)
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                connection.rollback()
                raise

    @contextmanager
    def session_on(self, connection: sqlite3.Connection) -> Iterator[Session]:
        """A session in the transaction that `bulk` has opened: what it does is committed, or rolled back, with that."""
        from casedesk.store.joining import joined_session

        with joined_session(connection) as session:
            yield session

    def learn_sizes(self) -> None:
        """Let SQLite sample how its indexes are filled, after many rows came in, so that it chooses well among them."""
        with self._writing, guarded(self.path):
            connection = connect_for_bulk(self.path, durable=self._durable)
            try:
                connection.execute("PRAGMA analysis_limit = 1000")
                connection.execute("ANALYZE")
            finally:
                connection.close()

    @contextmanager
    def hasty(self) -> Iterator[None]:
        """Write without waiting for the disk: only for making a desk that can be made again (the demo's)."""
        self._durable = False
        self._drop_writers()
        try:
            yield
        finally:
            self._durable = True
            self._drop_writers()

    def copy_to(self, path: Path, *, progress: Callable[[int, int], bool] | None = None) -> None:
        """A whole copy of the desk at `path`, also while it is in use. `progress` is told bytes; False stops."""
        from casedesk.store.copying import copy

        copy(self.path, path, progress=progress)

    def warm(self) -> None:
        """Load what the first write needs, so that it isn't the user who waits for it."""
        from casedesk import model

        model.load_all()
        self._loaded_engine()

    def close(self) -> None:
        """Close every connection."""
        self._readers.close()
        self._drop_writers()

    def _drop_writers(self) -> None:
        with self._writing:
            if self._engine is not None:
                self._engine.dispose()
                self._engine = None
            if self._bulk is not None:
                self._bulk.close()
                self._bulk = None

    def _loaded_engine(self) -> Engine:
        with self._writing:
            if self._engine is None:
                from casedesk.store.engine import make_engine

                self._engine = make_engine(self.path, durable=self._durable)
            return self._engine
