"""Looking into a desk's file without changing anything: whether it is in use, read-only, at rest or damaged."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from casedesk.domain.errors import StoreUnavailable
from casedesk.store.connection import APPLICATION_ID, SCHEMA, connect
from casedesk.store.faults import guarded
from casedesk.store.functions import register
from casedesk.store.reader import Reader
from casedesk.store.store import Store

SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database that is open, or that was open in a program that was killed."""

_STEPS = 200_000
"""SQLite's own steps between two looks whether somebody wants to stop: some twenty looks a second."""


def side_files(path: Path) -> list[Path]:
    """The files beside `path` that belong to it, as far as they are there."""
    return [side for end in SIDE_FILES if (side := path.with_name(path.name + end)).exists()]


def connect_to_look(path: Path) -> sqlite3.Connection:
    """A connection that reads what was last committed, also where nothing may be written."""
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        return connect(path, reading=True)
    return connect_quietly(path)


def connect_quietly(path: Path) -> sqlite3.Connection:
    """A connection that leaves no trace: neither in the file nor beside it.

    A file at rest is read as one that can't change, without locks; so this is for files that nobody works in, and for
    those on a read-only place. One that has a write-ahead log beside it is read with that, and locked as usual.
    """
    log = path.with_name(f"{path.name}-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{how}", uri=True, isolation_level=None, check_same_thread=False
    )
    register(connection)
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def schema_at(path: Path, connection: sqlite3.Connection, *, newest: int = SCHEMA) -> int:
    """The schema of the desk that the connection reads. Raises StoreUnavailable for what isn't a desk or is newer."""
    with guarded(path):
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise StoreUnavailable(f"{path} is not a casedesk desk.")
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if schema > newest:
        raise StoreUnavailable(
            f"{path} was written by a newer casedesk (schema {schema}, this one knows {newest}); upgrade the program."
        )
    return schema


def check_readable(path: Path) -> None:
    """Raise StoreUnavailable unless there is a file that can be read and has something in it."""
    if not path.exists():
        raise StoreUnavailable(f"There is no file {path}.")
    if not path.is_file():
        raise StoreUnavailable(f"{path} is not a file.")
    if not os.access(path, os.R_OK):
        raise StoreUnavailable(f"{path} may not be read by this user.")
    if path.stat().st_size == 0:
        raise StoreUnavailable(f"{path} is empty.")


class SeenStore(Store):
    """A desk's store over one connection that only reads: for looking at a desk through the desk's own eyes."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        super().__init__(path)
        self._seen = Reader(path, connection)

    def reader(self) -> Reader:
        return self._seen


@contextmanager
def stoppable(connection: sqlite3.Connection, go_on: Callable[[], bool] | None) -> Iterator[None]:
    """Let long statements of the connection be stopped: by `go_on` that returns False, and by what it raises.

    SQLite swallows what its callback raises, a Ctrl+C too; so it is kept and raised here.
    """
    raised: list[BaseException] = []

    def look() -> int:
        try:
            return 0 if go_on is None or go_on() else 1
        except BaseException as error:  # noqa: BLE001  # nothing is swallowed: it is raised below
            raised.append(error)
            return 1

    connection.set_progress_handler(look, _STEPS)
    try:
        yield
    except sqlite3.OperationalError:
        if raised:
            raise raised[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
