"""One SQLite connection as every part of the program uses it, and the check that a file is a desk."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from casedesk.domain.errors import StoreUnavailable
from casedesk.store.faults import guarded
from casedesk.store.functions import register

APPLICATION_ID = 0x43444553
"""`CDES`, in the file's header: what tells a desk from any other SQLite file."""

SCHEMA = 3
"""The schema that this program writes; kept in `PRAGMA user_version` beside Alembic's own table."""

BUSY_SECONDS = 30
"""How long a writer waits for another before it gives up."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA recursive_triggers = ON",
)


def connect(
    path: Path, *, reading: bool = False, durable: bool = True, busy_seconds: float | None = None
) -> sqlite3.Connection:
    """Open `path` with the desk's pragmas, in autocommit: transactions are begun by hand.

    `reading` refuses every write on this connection. `durable`: a commit is on the disk when it returns.
    """
    connection = sqlite3.connect(
        path.absolute().as_uri() + "?mode=rw",
        uri=True,
        timeout=BUSY_SECONDS if busy_seconds is None else busy_seconds,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        register(connection)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        if not durable:
            connection.execute("PRAGMA synchronous = OFF")
        if reading:
            connection.execute("PRAGMA query_only = ON")
            # Six threads read in the interface; the system keeps the pages of the file for all of them.
            connection.execute("PRAGMA cache_size = -3072")
    except BaseException:
        connection.close()  # one that lingered would keep its lock on a damaged file
        raise
    return connection


def connect_for_bulk(path: Path, *, durable: bool) -> sqlite3.Connection:
    """A connection for writing many thousand rows: with room for the indexes, and fewer checkpoints."""
    connection = connect(path, durable=durable)
    connection.execute("PRAGMA cache_size = -49152")
    connection.execute("PRAGMA wal_autocheckpoint = 16384")
    return connection


def make_file(path: Path) -> None:
    """Make an empty desk file that only its owner may read (mode 0600)."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise StoreUnavailable(f"{path} exists already; it is left as it is.") from None
    except OSError as error:
        raise StoreUnavailable(f"{path} can't be made: {error.strerror}.") from error
    with guarded(path):
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.close()


def schema_of(path: Path) -> int:
    """The schema number of the desk at `path`.

    Raises StoreUnavailable when there is no such file, when it is no desk, or when it can't be read or written.
    """
    if not path.exists():
        raise StoreUnavailable(f"There is no desk at {path}; `casedesk init` makes one.")
    if not path.is_file():
        raise StoreUnavailable(f"{path} is not a file.")
    if not os.access(path, os.R_OK):
        raise StoreUnavailable(f"{path} may not be read by this user.")
    # Opening the file here, other than by SQLite, would drop SQLite's own locks on it when it is closed again (POSIX):
    # those of every connection of this process.
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreUnavailable(f"{path} is read-only, so nothing can be changed in it.")
    with guarded(path):
        connection = connect(path, busy_seconds=5)
        try:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                what = " but another program's database" if path.stat().st_size else ""
                raise StoreUnavailable(f"{path} is not a casedesk desk{what}.")
            schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()
    if schema > SCHEMA:
        raise StoreUnavailable(
            f"{path} was written by a newer casedesk (schema {schema}, this one knows {SCHEMA}); upgrade the program."
        )
    return schema
