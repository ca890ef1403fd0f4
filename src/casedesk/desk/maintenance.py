"""Keeping a desk safe: a checked copy while it is in use, and looking the desk over.

Restoring is in `desk.restoring`: it needs the file that an open desk holds.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.desk.contents import sound_contents, text_setting
from casedesk.desk.restoring import Steps, dated
from casedesk.desk.values import Backup, Examination, Mended
from casedesk.domain.errors import InvalidInput, StoreUnavailable
from casedesk.domain.rights import BACKUP, CONFIGURE
from casedesk.store.copying import check_room, drop_partial, move_into_place, partial_beside
from casedesk.store.inspection import SIDE_FILES, side_files

if TYPE_CHECKING:
    from collections.abc import Collection

    from casedesk.desk.desk import Desk
    from casedesk.desk.doctor.check import Looked
    from casedesk.settings.preferences import Preferences


class Maintenance:
    """`desk.maintenance`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def backup(self, path: str | Path, *, replace: bool = False, progress: Steps | None = None) -> Backup:
        """Copy the whole desk to `path`, also while others work in it; the copy is opened and checked before it counts.

        In a folder it gets a dated name. A link is followed. A file that is there already is left alone unless
        `replace` says so; it is replaced only by a good copy. Raises InvalidInput; StoreUnavailable when the copy
        can't be written, has no room or isn't sound; ReadingCancelled when `progress` stopped it. Nothing is left
        behind then.
        """
        self._desk.require(BACKUP)
        try:
            target = self._target(Path(path), replace)
            check_room(target.parent, self._size())
            partial = partial_beside(target)
            try:
                copied = None if progress is None else lambda done, total: progress("copying", done, total)
                self._desk.store.copy_to(partial, progress=copied)
                found = sound_contents(partial, lambda: progress is None or progress("checking the copy", 0, 0))
                move_into_place(partial, target, replace=replace)
            finally:
                drop_partial(partial)
        except FileExistsError as error:
            raise InvalidInput(f"{target} was made meanwhile; it is left as it is.") from error
        except (OSError, RuntimeError) as error:  # a circle of links is a RuntimeError
            reason = error.strerror if isinstance(error, OSError) else "its links lead in a circle"
            raise StoreUnavailable(f"{path} can't be written: {reason}.") from error
        return Backup(str(target), found.size, found.tickets)

    def examine(self, *, preferences: Preferences | None = None, progress: Looked | None = None) -> Examination:
        """Look the whole desk over, and the user's `preferences`; nothing is changed.

        `progress` is told what is looked at; False stops. A desk that can't be opened is looked over by
        `casedesk.desk.doctor.examine(path, now=…)`, which needs no user.
        """
        from casedesk.desk.doctor import examine

        return examine(self._desk.path, now=self._desk.seconds(), preferences=preferences, progress=progress)

    def mend(
        self,
        only: Collection[str] | None = None,
        *,
        preferences: Preferences | None = None,
        progress: Looked | None = None,
    ) -> Mended:
        """Mend what is safe, of all checks or of those named, after a backup beside the desk.

        What touches records is recorded in one act of the system. Raises InvalidInput for an unknown check, and
        StoreUnavailable for a damaged file, which only a backup mends.
        """
        from casedesk.desk.doctor import mend

        self._desk.require(CONFIGURE)
        return mend(self._desk, only, preferences=preferences, progress=progress)

    def _target(self, path: Path, replace: bool) -> Path:
        target = path.expanduser().absolute()
        if target.is_dir():
            zone = text_setting(self._desk.store.reader(), "zone")
            target = dated(target, self._desk.path.stem, self._desk.seconds(), zone)
        target = target.resolve()
        own = self._desk.path.resolve()
        if not target.parent.is_dir():
            raise InvalidInput(f"There is no folder {target.parent}.")
        if target.parent == own.parent and target.name in {own.name + end for end in SIDE_FILES}:
            raise InvalidInput(f"{target.name} belongs to the desk itself; a backup needs another name.")
        if target.exists():
            if target.samefile(own):
                raise InvalidInput("A backup needs another file than the desk itself.")
            if not target.is_file():
                raise InvalidInput(f"{target} is not a file.")
            if not replace:
                raise InvalidInput(f"{target} exists already; it is left as it is.")
        if beside := side_files(target):
            # They would be taken for the copy's own.
            raise InvalidInput(f"{target} is in use, or was when a program died: there is {beside[0].name} beside it.")
        return target

    def _size(self) -> int:
        reader = self._desk.store.reader()
        return int(reader.value("PRAGMA page_count")) * int(reader.value("PRAGMA page_size"))
