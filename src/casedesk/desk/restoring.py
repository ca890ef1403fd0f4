"""Putting a backup in the place of the desk, or of none (behaviour 9.1: by whoever may change the set-up there)."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casedesk.desk.contents import contents, contents_by, sound_contents
from casedesk.desk.desk import Clock, Desk
from casedesk.desk.instants import moment
from casedesk.desk.values import DeskContents, Restoration, Restored
from casedesk.domain.errors import InvalidInput, NotFound, StoreUnavailable
from casedesk.domain.rights import CONFIGURE
from casedesk.store import Store, checks
from casedesk.store.connection import SCHEMA
from casedesk.store.copying import (
    Copied,
    check_room,
    copy_from,
    drop_partial,
    held_alone,
    move_into_place,
    partial_beside,
    put_into,
)
from casedesk.store.inspection import connect_quietly, connect_to_look, side_files
from casedesk.store.schema import upgrade

if TYPE_CHECKING:
    import sqlite3

Steps = Callable[[str, int, int], bool]
"""Told what is being done, and how much of how much of it (0 of 0: nobody knows); False stops."""


def compare(
    path: str | Path,
    source: str | Path,
    *,
    user: str | None = None,
    acting_as: str | None = None,
    progress: Steps | None = None,
) -> Restoration:
    """What a restore of the backup `source` to the desk at `path` would do. It changes nothing; only a desk of an
    older schema is brought up to date, as whenever it is opened.

    A desk that is there is opened by `user` (default: the operating system's), who needs the right to change its
    set-up; where there is none, anybody may. Raises NotPermitted; NotFound for a backup that isn't there;
    StoreUnavailable for one that is empty, foreign, newer or unreadable, and for what is at `path` and is no desk;
    InvalidInput for one and the same.
    """
    path, source = Path(path).absolute(), Path(source).expanduser().absolute()
    if progress is not None:
        progress("looking at the backup", 0, 0)
    if not source.exists():
        raise NotFound(f"There is no file {source}.")
    backup = contents(source)
    if not path.exists():
        if path.is_symlink() or not path.parent.is_dir():
            raise InvalidInput(f"{path} has no folder in which the desk could be made.")
        return Restoration(str(path), backup, None)
    if path.samefile(source):
        raise InvalidInput("That file is the desk itself; a restore needs a backup of it.")
    try:
        with Desk.open(path, user=user, acting_as=acting_as) as desk:
            desk.require(CONFIGURE)
        return Restoration(str(path), backup, _present(path))
    except StoreUnavailable as error:
        if not _damaged(path):
            raise
        # Nobody can be asked for their rights by a desk that can't be read. Whoever may write the file could move it
        # away by hand as well; what is there is kept either way.
        return Restoration(str(path), backup, None, error.sentence)


def rehearse(
    path: str | Path,
    source: str | Path,
    *,
    user: str | None = None,
    acting_as: str | None = None,
    progress: Steps | None = None,
) -> Restoration:
    """The same, after a look at every page of the backup: whether a restore would find it sound."""
    found = compare(path, source, user=user, acting_as=acting_as)
    sound_contents(Path(found.backup.path), lambda: progress is None or progress("checking the backup", 0, 0))
    return found


def restore(
    path: str | Path,
    source: str | Path,
    *,
    user: str | None = None,
    acting_as: str | None = None,
    clock: Clock = time.time,
    progress: Steps | None = None,
) -> Restored:
    """Let the backup `source` be the desk at `path`; what is there is copied beside it first.

    The backup is copied, checked and brought to the present schema before anything else happens, and then put in
    place by one transaction: whoever dies in between leaves the old desk or the new one. The activity of the restored
    desk tells of it. Raises what `compare` raises, and StoreUnavailable when the backup isn't sound, somebody else
    has the desk open, or the disk is full; ReadingCancelled when `progress` stopped it. Nothing has changed then.
    """
    found = compare(path, source, user=user, acting_as=acting_as)
    target = Path(found.path).resolve()
    old = target.stat().st_size if target.exists() else 0
    # The copy that is prepared, the log through which it is written, and the copy of what is there.
    check_room(target.parent, (2 if old else 1) * found.backup.size + old)
    try:
        partial = partial_beside(target)
    except OSError as error:
        raise StoreUnavailable(f"{target.parent} can't be written: {error.strerror}.") from error
    try:
        _prepare(partial, found, progress)
        _record(partial, found.backup, login=_login(user, acting_as), now=int(clock()))
        kept = None
        if old:
            kept = _take_over(target, partial, found, int(clock()), progress)
        else:
            _settle(target, partial)
    except OSError as error:
        raise StoreUnavailable(f"{target} can't be written: {error.strerror}.") from error
    finally:
        drop_partial(partial)
    return Restored(str(target), contents(target), None if kept is None else str(kept))


def dated(folder: Path, stem: str, now: int, zone: str) -> Path:
    """A name in `folder` that nobody has, with the local date and time: `NAME-2026-01-31-130000.desk`."""
    try:
        when = moment(now).astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        when = moment(now)
    found = folder / f"{stem}-{when:%Y-%m-%d-%H%M%S}.desk"
    more = 2
    while found.exists():
        found = folder / f"{stem}-{when:%Y-%m-%d-%H%M%S}-{more}.desk"
        more += 1
    return found


def _present(path: Path) -> DeskContents:
    with closing(connect_to_look(path)) as connection:
        return contents_by(connection, path)


def _damaged(path: Path) -> bool:
    """Whether it is a desk, and SQLite finds its pages in disorder."""
    if not path.is_file() or not checks.is_marked_as_desk(path):
        return False
    with closing(connect_quietly(path)) as connection:
        return bool(checks.faults(path, connection))


def _login(user: str | None, acting_as: str | None) -> str:
    from casedesk.desk.identity import login_name

    return acting_as or user or login_name()


def _prepare(partial: Path, found: Restoration, progress: Steps | None) -> None:
    """Make of the partial file a checked copy of the backup, at the present schema."""
    source = Path(found.backup.path)
    with closing(connect_quietly(source)) as connection:
        copy_from(connection, source, partial, progress=_named(progress, "copying the backup"))

    def go_on() -> bool:
        return progress is None or progress("checking it", 0, 0)

    try:
        held = sound_contents(partial, go_on)
        if held.schema < SCHEMA:
            if progress is not None:
                progress("bringing it to the present schema", 0, 0)
            upgrade(partial)
            sound_contents(partial, go_on)
    except StoreUnavailable as error:
        raise StoreUnavailable(error.sentence.replace(str(partial), str(source))) from error


def _record(partial: Path, backup: DeskContents, *, login: str, now: int) -> None:
    """Leave an act in the desk that is restored: of its user of that login, where it knows them."""
    held = "an empty desk" if backup.last_at is None else f"its last act is of {backup.last_at:%Y-%m-%d %H:%M} UTC"
    summary = f"desk restored from {Path(backup.path).name}: {held}"
    store = Store(partial)
    try:
        with store.bulk() as connection:
            connection.execute(
                """INSERT INTO act (at, name, summary, actor_kind, user_id)
                   VALUES (?, 'restore', ?, 'system', (SELECT id FROM user WHERE login = ?))""",
                (now, summary, login),
            )
    finally:
        store.close()


def _take_over(target: Path, partial: Path, found: Restoration, now: int, progress: Steps | None) -> Path:
    """Keep what is there under a dated name, and give the desk its new content. Returns the copy."""
    with held_alone(target) as connection:
        kept = _keep(connection, target, found, now, progress)
        put_into(connection, target, partial, progress=_named(progress, "putting it in place"))
    return kept


def _keep(connection: sqlite3.Connection, target: Path, found: Restoration, now: int, progress: Steps | None) -> Path:
    zone = found.present.zone if found.present else found.backup.zone
    kept = dated(target.parent, f"{target.stem}-before-restore", now, zone)
    partial = partial_beside(kept)
    try:
        copy_from(connection, target, partial, progress=_named(progress, "keeping what is there"))
        if found.present is not None:
            sound_contents(partial, lambda: progress is None or progress("checking what is kept", 0, 0))
        move_into_place(partial, kept, replace=False)
    finally:
        drop_partial(partial)
    return kept


def _settle(target: Path, partial: Path) -> None:
    """Give a desk that is new its place. A log that an older desk of that name left would be taken for its own."""
    for side in side_files(target):
        side.rename(side.with_name(f"{side.name}.left-over"))
    try:
        move_into_place(partial, target, replace=False)
    except FileExistsError as error:
        raise StoreUnavailable(f"{target} was made meanwhile; it is left as it is.") from error


def _named(progress: Steps | None, step: str) -> Copied | None:
    if progress is None:
        return None
    return lambda done, total: progress(step, done, total)
