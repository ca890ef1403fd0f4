"""Copying a desk while it is in use, and putting another content into a desk's file."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from casedesk.domain.errors import StoreUnavailable
from casedesk.store.connection import connect
from casedesk.store.faults import ReadingCancelled, explained, guarded
from casedesk.store.inspection import connect_quietly

Copied = Callable[[int, int], bool]
"""Told how many bytes of how many are copied, 0 of 0 before it begins; False stops."""

_PAGES = 2048
"""Pages a step, 8 MB: often enough to show how far it is and to be stopped."""

_WAIT = 2
"""Seconds that another program gets to let go of a desk."""

_SPARE = 1_000_000
"""Bytes that stay free beside a copy, for what SQLite writes beside it."""


def copy(path: Path, to: Path, *, progress: Copied | None = None) -> None:
    """A whole copy of the desk, also while it is in use. Raises StoreUnavailable when it can't be written."""
    with guarded(path):
        source = connect(path, reading=True)
    with closing(source):
        copy_from(source, path, to, progress=progress)


def copy_from(source: sqlite3.Connection, path: Path, to: Path, *, progress: Copied | None = None) -> None:
    """Copy the desk at `path`, to which `source` is a connection, as it is at this moment.

    Raises StoreUnavailable, and ReadingCancelled when `progress` stopped it; `to` then holds a part.
    """
    try:
        to.touch(mode=0o600)
        with closing(sqlite3.connect(to)) as target:
            _pour(source, target, progress)
    except sqlite3.DatabaseError as error:
        # SQLite doesn't say which of the two files it means.
        raise explained(error, path if "malformed" in str(error) or "not a" in str(error) else to) from error
    except OSError as error:
        raise StoreUnavailable(f"{to} can't be written: {error.strerror}.") from error


def put_into(connection: sqlite3.Connection, path: Path, content: Path, *, progress: Copied | None = None) -> None:
    """Give the desk at `path`, which `connection` holds alone, the content of another one.

    It is one transaction of SQLite: whoever is killed in the middle leaves the old content, whoever comes after the
    end finds the new one, and the write-ahead log is never that of another file. A file that was moved into the
    place of an open one can't promise that: a program that had the old file open would go on with it, and with the
    log of the new one.
    """
    with closing(connect_quietly(content)) as source:
        _pour(source, connection, progress)
    with guarded(path):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _pour(source: sqlite3.Connection, target: sqlite3.Connection, progress: Copied | None) -> None:
    size = int(source.execute("PRAGMA page_size").fetchone()[0])

    def tell(_status: int, left: int, total: int) -> None:
        # With the last page it is done, and can't be stopped any more.
        if progress is not None and not progress((total - left) * size, total * size) and left:
            raise ReadingCancelled("The copying was stopped; nothing is left of it.")

    # One state of the desk: without a transaction of its own, the copy would begin again whenever somebody writes.
    source.execute("BEGIN")
    try:
        source.execute("PRAGMA schema_version").fetchone()  # also of a damaged desk
        if progress is not None and not progress(0, 0):
            raise ReadingCancelled("The copying was stopped before it began.")
        source.backup(target, pages=_PAGES, progress=tell)
    finally:
        source.rollback()


@contextmanager
def held_alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that has the desk for itself. Raises StoreUnavailable when another one is open, even an idle one.

    In WAL mode every connection keeps a shared lock on the file for as long as it is open. One that asks for exclusive
    locking before it first reads has to get the file's exclusive lock, which nobody gets while others have theirs;
    and nobody gets in until it is closed.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT, isolation_level=None)
    try:
        try:
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")  # the lock stays until the connection is closed
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise explained(error, path) from error
            raise StoreUnavailable(
                f"{path} is open in another program; close casedesk wherever it is open, then try again."
            ) from error
        except sqlite3.DatabaseError as error:
            raise explained(error, path) from error
        yield connection
    finally:
        connection.close()


def check_room(folder: Path, size: int) -> None:
    """Raise StoreUnavailable when the disk that holds `folder` has no room for `size` bytes more."""
    free = shutil.disk_usage(folder).free
    if free < size + _SPARE:
        raise StoreUnavailable(f"There is no room in {folder}: {_amount(size)} are needed, {_amount(free)} are free.")


def _amount(size: int) -> str:
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:,.1f} {name}"
    return f"{size} bytes"


def partial_beside(target: Path) -> Path:
    """An empty file beside `target` for what is to become it: nobody else's, and only its owner may read it."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=PARTIAL, dir=target.parent)
    os.close(descriptor)
    return Path(name)


PARTIAL = ".partial"
"""The end of the name of a file that isn't whole yet."""


def drop_partial(partial: Path) -> None:
    """Remove a file that isn't wanted any more, with what lies beside it on its behalf."""
    for each in partial.parent.iterdir():
        if each.name.startswith(partial.name):
            each.unlink(missing_ok=True)


def move_into_place(partial: Path, target: Path, *, replace: bool) -> None:
    """Let a whole file take its place, durably. Without `replace` a file that came there meanwhile stays.

    Raises OSError; FileExistsError for such a file.
    """
    if replace:
        partial.replace(target)
    else:
        try:
            os.link(partial, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            if target.exists():
                raise FileExistsError(target) from None
            partial.rename(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
