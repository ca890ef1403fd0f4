"""Keeping the desk safe: backups, checks, its set-up as a file, and setting it up step by step (X14, K5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from casedesk.domain.rights import BACKUP as MAY_BACK_UP, CONFIGURE
from casedesk.tui.configuration.section import CHANGE, Contents, Deed, Item, LastChanges, Open, Pick, Section
from casedesk.tui.drawing import instant
from casedesk.tui.importing import size_said

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.tui.app import CasedeskApp

GROUP: Final = "Data"

BACK_UP, RESTORE, EXAMINE, EXPORT, IMPORT, ASSISTANT = "back-up", "restore", "examine", "export", "import", "assistant"

COPIES: Final = 20
"""Copies beside the desk that are listed, the newest."""


class Copy(NamedTuple):
    """The key of a copy of the desk that lies beside it."""

    path: Path


class Backups(Section):
    """Copies of the whole desk, and putting one in its place."""

    id, title, group, right = "backup", "Backup", GROUP, MAY_BACK_UP
    about = "Copies of the whole desk, and putting one of them in its place. Each copy is checked before it counts."
    words = ("backup", "back up", "copy", "save", "restore", "safe", "file", "disk")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        items: list[Item] = []
        last = app.last_backup
        if desk.can(MAY_BACK_UP):
            said = f"last: {Path(last.path).name}" if last is not None else ""
            about = "Copies the whole desk to a file, also while others work in it, and checks the copy."
            about += f" The last one is {last.path}" if last is not None else ""
            items.append(Item(BACK_UP, "Back up now", said, about, words=("backup", "copy"), role="muted"))
        if desk.can(CONFIGURE):
            about = "Puts a backup in the desk's place, after showing what it holds. What is there is kept beside it."
            items.append(Item(RESTORE, "Restore a backup", about=about, words=("recover", "bring back")))
            items += _copies(desk)
        return Contents(tuple(items), empty="You may neither make a backup nor restore one.")

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        from casedesk.tui import backing_up

        if item is None:
            return {}
        if isinstance(item.key, Copy):
            path = item.key.path
            return {CHANGE: Open(lambda app, _ended: backing_up.show_backup(app, path), "look")}
        if item.key == BACK_UP:
            return {CHANGE: Open(backing_up.ask_for_backup, "back up")}
        return {CHANGE: Open(lambda app, _ended: backing_up.ask_for_restore(app), "restore")}


def _copies(desk: Desk) -> Iterable[Item]:
    """The copies of the desk that lie beside it, the newest first: backups, and what was kept before a change."""
    found: list[tuple[float, int, Path]] = []
    try:
        for path in desk.path.parent.iterdir():
            if path.name.startswith(f"{desk.path.stem}-") and path.suffix == ".desk" and path.is_file():
                known = path.stat()
                found.append((known.st_mtime, known.st_size, path))
    except OSError:
        return  # a folder that can't be read has no copies to offer
    for changed, size, path in sorted(found, reverse=True)[:COPIES]:
        at = instant(datetime.fromtimestamp(changed, UTC), desk.zone, desk.now())
        about = f"{path} · Enter shows what it holds, and restores it on demand."
        yield Item(Copy(path), path.name, f"{size_said(size)} · {at}", about, heading="Copies beside the desk")


class Checks(Section):
    """Looking the desk over."""

    id, title, group = "check", "Check", GROUP
    about = "Looks the whole desk over: file, schema, search, settings, records, timers, and your own configuration."
    words = ("doctor", "check", "integrity", "repair", "mend", "damaged", "broken", "health", "fault")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        about = "Runs every check and shows what it found, with the way out. Nothing is changed by looking."
        item = Item(EXAMINE, "Look the desk over", about=about, words=self.words)
        return Contents((item,))

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        from casedesk.tui.examining import examine

        return {CHANGE: Open(examine, "look")} if item is not None else {}


class SetUpFile(Section):
    """The whole set-up as a file."""

    id, title, group, right = "set-up", "Set-up file", GROUP, CONFIGURE
    about = "The whole set-up as a TOML file: to keep it, to read it, and to take it to another desk."
    words = ("export", "import", "toml", "set-up", "setup", "file", "transfer")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        whole = "settings, lists, calendars, policies, plans, rules, people, shared views and more"
        return Contents(
            (
                Item(EXPORT, "Write the set-up to a file", about=f"Everything that is set up here: {whole}."),
                Item(
                    IMPORT,
                    "Take a file in",
                    about="Shows what the file would change, and changes it on demand. One undo takes it back.",
                ),
            )
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        from casedesk.tui import set_up_file

        if item is None:
            return {}
        if item.key == EXPORT:
            return {CHANGE: Open(lambda app, _ended: set_up_file.ask_for_export(app), "write")}
        # The screen makes the change, so that undo takes it back and the due times follow.
        pick = Pick(
            set_up_file.choose_file,
            lambda agreed: lambda desk, _progress: desk.set_up.apply(agreed.text, seen=agreed.difference),
            read=lambda desk: desk,
            short="choose",
        )
        return {CHANGE: pick}


class SettingUp(Section):
    """The assistant of the first run."""

    id, title, group, right = "setting-up", "Setting up", GROUP, CONFIGURE
    about = "The assistant of the first run: close options, hours, a first import, a first rule, people."
    words = ("assistant", "wizard", "first run", "steps", "begin")

    def read(self, desk: Desk, app: CasedeskApp, changes: LastChanges) -> Contents:
        unfinished = desk.assistant.unfinished()
        about = "Goes through the first steps, and on from where it was left. What is set already stays."
        return Contents(
            (
                Item(
                    ASSISTANT,
                    "Set up step by step",
                    "not finished yet" if unfinished else "",
                    about,
                    words=self.words,
                    role="warning",
                ),
            )
        )

    def deeds(self, contents: Contents, item: Item | None) -> Mapping[str, Deed]:
        return {CHANGE: Open(_assistant, "open")} if item is not None else {}


def _assistant(app: CasedeskApp, ended: Callable[[bool], None]) -> None:
    from casedesk.tui.screens.assistant import AssistantScreen

    app.push_screen(AssistantScreen(), lambda changed: ended(bool(changed)))


BACKUP: Final = Backups()
CHECK: Final = Checks()
SET_UP_FILE: Final = SetUpFile()
SETTING_UP: Final = SettingUp()
