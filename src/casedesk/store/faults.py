"""What SQLite says when it can't, turned into sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from casedesk.domain.errors import CasedeskError, StoreUnavailable


class ReadingCancelled(CasedeskError):
    """The read was stopped because its answer is no longer wanted."""

    code = "cancelled"


_SENTENCES = (
    ("not a database", "{path} is not a casedesk desk."),
    ("malformed", "{path} is damaged; `casedesk doctor` or a backup may help."),
    ("readonly", "{path} is read-only, so nothing can be changed in it."),
    ("database is locked", "{path} is locked by another program; try again when it has finished."),
    ("database schema is locked", "{path} is locked by another program; try again when it has finished."),
    ("full", "There is no room left on the disk that holds {path}."),
    ("unable to open", "{path} can't be opened; look at the folder and its permissions."),
    ("disk i/o error", "The disk that holds {path} reports an error."),
)


def explained(error: BaseException, path: Path) -> CasedeskError:
    """The error as a sentence about the desk file; anything unknown is quoted."""
    text = str(error).lower()
    if "interrupted" in text:
        return ReadingCancelled("The search was stopped.")
    for mark, sentence in _SENTENCES:
        if mark in text:
            return StoreUnavailable(sentence.format(path=path))
    return StoreUnavailable(f"{path} can't be used: {error}.")


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Let no bare SQLite error out: each becomes a CasedeskError with a sentence."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise explained(error, path) from error
