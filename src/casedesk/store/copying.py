"""Copying a desk while it is in use."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from casedesk.domain.errors import StoreUnavailable
from casedesk.store.connection import connect
from casedesk.store.faults import guarded


def copy(path: Path, to: Path) -> None:
    """A whole copy of the desk, also while it is in use. Raises StoreUnavailable when it can't be written."""
    with guarded(path):
        source = connect(path, reading=True)
        try:
            to.touch(mode=0o600)
            target = sqlite3.connect(to)
            try:
                source.backup(target)
            finally:
                target.close()
        except OSError as error:
            raise StoreUnavailable(f"{to} can't be written: {error.strerror}.") from error
        finally:
            source.close()
