"""Reading: plain SQL over connections that can't write, one a thread, each able to be interrupted."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from casedesk.store.connection import connect
from casedesk.store.faults import ReadingCancelled, guarded

Row = tuple[Any, ...]

_A_MOMENT = 0.01
"""Seconds until a reader that is to be closed is stopped once more."""


class Reader:
    """One thread's reading connection; or one of an open transaction, which sees what that has done so far."""

    def __init__(self, path: Path, connection: sqlite3.Connection | None = None) -> None:
        self._path = path
        with guarded(path):
            self._connection = connection or connect(path, reading=True)
        self._closed = False
        self._busy = threading.RLock()  # held while SQLite works: a connection closed then takes the program with it
        self._ending = threading.Lock()  # held while the connection is stopped or said to be closed

    @contextmanager
    def _at_work(self) -> Iterator[sqlite3.Connection]:
        with self._busy, guarded(self._path):
            if self._closed:
                raise ReadingCancelled("The desk was closed.")
            yield self._connection

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query."""
        with self._at_work() as connection:
            return connection.execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._at_work() as connection:
            found: Row | None = connection.execute(sql, parameters).fetchone()
            return found

    def value(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first cell of the first row; None when there is no row."""
        row = self.row(sql, parameters)
        return None if row is None else row[0]

    def chunks(self, sql: str, parameters: Sequence[Any], sizes: Iterable[int]) -> Iterator[list[Row]]:
        """The rows of a query in pieces of the given sizes, all from one state of the desk."""
        with self._at_work() as connection:
            cursor = connection.execute(sql, parameters)
        try:
            for size in sizes:
                with self._at_work():
                    piece = cursor.fetchmany(size)
                if piece:
                    yield piece
                if len(piece) < size:
                    return
        finally:
            with self._busy:
                if not self._closed:
                    cursor.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Whatever is read within comes from one state of the desk, whoever changes it meanwhile."""
        with self._at_work() as connection:
            begun = not connection.in_transaction
            if begun:
                connection.execute("BEGIN")
        try:
            yield
        finally:
            with self._busy, guarded(self._path):
                if begun and not self._closed:
                    self._connection.rollback()

    def data_version(self) -> int:
        """A number that changes when another connection, of any process, has committed."""
        return int(self.value("PRAGMA data_version"))

    def interrupt(self) -> None:
        """Stop what this reader is doing; its caller gets ReadingCancelled. May be called from any thread."""
        with self._ending:
            if not self._closed:
                self._connection.interrupt()

    def close(self) -> None:
        """Stop what this reader is doing, and close the connection. May be called from any thread."""
        with self._ending:
            self._closed = True
        while not self._busy.acquire(timeout=_A_MOMENT):
            self._connection.interrupt()  # once more: a read that was about to begin hasn't noticed
        try:
            self._connection.close()
        finally:
            self._busy.release()


class Readers:
    """The readers of a desk, one for each thread that asks."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._all: dict[int, tuple[threading.Thread, Reader]] = {}
        self._lock = threading.Lock()

    def here(self) -> Reader:
        """This thread's reader."""
        reader: Reader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = Reader(self._path)
            self._local.reader = reader
            with self._lock:
                self._drop_dead()
                self._all[threading.get_ident()] = (threading.current_thread(), reader)
        return reader

    def interrupt(self, thread: int) -> None:
        """Stop what the reader of `thread` (its identifier) is doing, if it has one."""
        with self._lock:
            entry = self._all.get(thread)
            if entry is not None:
                entry[1].interrupt()

    def close(self) -> None:
        """Close every reader."""
        with self._lock:
            for _, reader in self._all.values():
                reader.close()
            self._all.clear()
        self._local = threading.local()

    def _drop_dead(self) -> None:
        for ident, (thread, reader) in list(self._all.items()):
            if not thread.is_alive():
                reader.close()
                del self._all[ident]


def escaped_like(text: str) -> str:
    r"""`text` for a LIKE pattern with `ESCAPE '\'`."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
