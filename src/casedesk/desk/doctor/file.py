"""The desk's file: its pages, its schema, who may read it, and what lies beside it."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

from casedesk.desk.doctor.check import DeskCheck, Mending, Subject
from casedesk.desk.values import Finding
from casedesk.store import checks
from casedesk.store.connection import SCHEMA
from casedesk.store.copying import PARTIAL, drop_partial
from casedesk.store.parts import make_missing_parts, missing_parts

_LONG_LOG = 64_000_000
"""Bytes of a write-ahead log that has not been written back for long."""

_FORGOTTEN = 3600
"""Seconds after which nobody is writing a partial file any more."""

_RESTORE = "`casedesk restore FILE` puts a backup in its place and keeps what is there."


def _pages(subject: Subject) -> Iterator[Finding]:
    for fault in checks.faults(subject.path, subject.connection):
        yield Finding(f"{fault.rstrip('.')}.", way_out=_RESTORE)


def _schema(subject: Subject) -> Iterator[Finding]:
    if subject.schema < SCHEMA:
        yield Finding(
            f"It is {subject.schema} and not yet {SCHEMA}.",
            way_out="It is brought up to date, after a backup, when the desk is next opened.",
        )
        return
    for kind, name in missing_parts(subject.connection):
        # Indexes and triggers hold nothing themselves.
        mendable = kind != "table"
        way_out = "" if mendable else "A backup from before has it."
        yield Finding(f"The {kind} {name} is missing.", mendable=mendable, way_out=way_out)


def _make_parts(mending: Mending) -> str:
    made = make_missing_parts(mending.desk.path)
    return f"{', '.join(made)} made again"


def _permissions(subject: Subject) -> Iterator[Finding]:
    for path in (subject.path, *_beside(subject.path, "-wal", "-shm")):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            yield Finding(f"{path.name} may be used by other users of this machine ({mode:04o}).", mendable=True)


def _close_to_others(mending: Mending) -> str:
    path = mending.desk.path
    for each in (path, *_beside(path, "-wal", "-shm")):
        each.chmod(0o600)
    return "the file is its owner's alone"


def _log(subject: Subject) -> Iterator[Finding]:
    mode = str(subject.reader.value("PRAGMA journal_mode"))
    # A file that is read without locks tells of no journal at all.
    if mode not in ("wal", "off"):
        yield Finding(f"The desk is written in the mode “{mode}”, in which readers and writers wait for each other.")
    for log in _beside(subject.path, "-wal"):
        if (size := log.stat().st_size) > _LONG_LOG:
            yield Finding(f"{log.name} has grown to {size // 10**6:,} MB.", mendable=True)


def _write_back(mending: Mending) -> str:
    checks.write_log_back(mending.desk.path)
    return "the write-ahead log is written back, as far as nobody reads from it"


def _left_over(subject: Subject) -> Iterator[Finding]:
    for path in _partials(subject.path, subject.now):
        yield Finding(f"{path.name} was left by a program that died.", mendable=True)


def _remove_left_over(mending: Mending) -> str:
    paths = _partials(mending.desk.path, mending.subject.now)
    for path in paths:
        drop_partial(path)
    return f"{len(paths)} partial {'file' if len(paths) == 1 else 'files'} removed"


def _partials(desk: Path, now: int) -> list[Path]:
    """Files beside the desk that were to become a copy of it, and that nobody has written to for an hour."""
    return sorted(
        path
        for path in desk.parent.iterdir()
        if path.name.startswith(f".{desk.stem}")
        and path.name.endswith(PARTIAL)
        and path.is_file()
        and now - path.stat().st_mtime > _FORGOTTEN
    )


def _beside(path: Path, *ends: str) -> list[Path]:
    return [side for end in ends if (side := path.with_name(path.name + end)).exists()]


CHECKS = (
    DeskCheck("file", "every page of the file, and every index", "sound", _pages, of_any_schema=True),
    DeskCheck(
        "schema", "the tables, indexes and triggers are those of this program", f"{SCHEMA}, the newest", _schema,
        _make_parts, of_any_schema=True,
    ),
    DeskCheck(
        "permissions", "who may read the file", "its owner alone", _permissions, _close_to_others, of_any_schema=True
    ),
    DeskCheck(
        "log", "how the desk is written, and what waits to be written back", "in order", _log, _write_back,
        of_any_schema=True,
    ),
    DeskCheck(
        "left-overs", "unfinished files beside the desk", "none", _left_over, _remove_left_over, of_any_schema=True
    ),
)  # fmt: skip
