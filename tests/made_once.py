"""Desks made once a process and copied: laying one down costs more than most tests do with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from casedesk.desk import Desk

Make = Callable[[Path], None]
"""Makes a desk at a path and closes it. A function of a module, so that it is the same at every call."""

_made: dict[Make, bytes] = {}


def lay(path: Path, make: Make) -> None:
    """Put the desk that `make` makes at `path`, byte by byte the same each time; only its owner may read it."""
    if make not in _made:
        with TemporaryDirectory() as folder:
            first = Path(folder) / path.name
            make(first)
            # A closed desk is one file: SQLite has written its log back.
            assert [entry.name for entry in first.parent.iterdir() if entry.name.startswith(path.name)] == [path.name]
            _made[make] = first.read_bytes()
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(_made[make])


def lay_instead(desk: Desk, make: Make) -> None:
    """Put the desk that `make` makes in the place of one without tickets; the desk opens it when it is next asked."""
    assert desk.store.reader().value("SELECT count(*) FROM ticket") == 0
    desk.close()
    desk.path.unlink()
    lay(desk.path, make)
