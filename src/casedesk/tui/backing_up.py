"""Backups from the configuration: one is made, and one is looked at before it takes the desk's place."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from casedesk.domain.errors import CasedeskError
from casedesk.tui.drawing import fit, full_instant, line_of, wrap
from casedesk.tui.modals.choose_file import ChooseFile
from casedesk.tui.modals.steps import StepsModal
from casedesk.tui.modals.text_page import TextPage
from casedesk.tui.panels.lines import LABEL, blank, paragraph

if TYPE_CHECKING:
    from collections.abc import Callable

    from casedesk.desk.restoring import Steps
    from casedesk.desk.values import Backup, DeskContents, Restoration
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.look import Line

YES: Final = {"y": "puts it in the desk's place"}


def ask_for_backup(app: CasedeskApp, ended: Callable[[bool], None]) -> None:
    """Ask where to, and make the backup there."""
    desk = app.desk

    def take(modal: ChooseFile, path: Path) -> None:
        def make(steps: Steps) -> Backup:
            return desk.backup(path, replace=modal.replaces, progress=steps)

        def made(backup: Backup | None, error: CasedeskError | None) -> None:
            if backup is None:
                modal.refuse(_said(error))
                return
            app.last_backup = backup
            modal.dismiss(None)
            app.tell(f"{backup.path}: {tickets(backup.tickets)}, {backup.size:,} bytes, checked")
            ended(False)

        app.push_screen(StepsModal("Backup", make, made, way_out="Esc stop; nothing is left of it then"))

    about = "In a folder it gets a name with the date. The copy is opened and checked before it counts."
    app.push_screen(ChooseFile("Back up to", about, desk.path.parent, take, enter="makes the backup", new=True))


def ask_for_restore(app: CasedeskApp) -> None:
    """Ask for a backup, and show it."""

    def take(modal: ChooseFile, path: Path) -> None:
        _look(app, path, lambda found: _show(app, found), modal.refuse)

    about = "What it holds is shown first, beside what is there now."
    app.push_screen(ChooseFile("Restore from", about, app.desk.path.parent, take, enter="shows what it holds"))


def show_backup(app: CasedeskApp, path: Path) -> None:
    """Show a backup beside the desk, and restore it when the user says so."""
    _look(app, path, lambda found: _show(app, found), lambda sentence: app.tell(sentence, "error"))


def _look(app: CasedeskApp, path: Path, found: Callable[[Restoration], None], refused: Callable[[str], None]) -> None:
    desk = app.desk

    def look(steps: Steps) -> Restoration:
        from casedesk.desk.restoring import rehearse

        real = desk.behind or desk.user
        return rehearse(desk.path, path, user=real.login, acting_as=desk.user.login, progress=steps)

    def looked(restoration: Restoration | None, error: CasedeskError | None) -> None:
        if restoration is None:
            refused(_said(error))
        else:
            found(restoration)

    app.push_screen(StepsModal("Looking at the backup", look, looked))


def _show(app: CasedeskApp, found: Restoration) -> None:
    def answered(answer: str | None) -> None:
        if answer is not None:
            from casedesk.tui.screens.restore import leave_and_restore

            leave_and_restore(app, found.backup.path)

    page = TextPage(f"Restore {Path(found.backup.path).name}", partial(restoration_lines, found, app.desk.zone), YES)
    app.push_screen(page, answered)


def _said(error: CasedeskError | None) -> str:
    return error.sentence if error is not None else ""


def tickets(count: int) -> str:
    """`1 ticket`, `1,204 tickets`."""
    return "1 ticket" if count == 1 else f"{count:,} tickets"


def restoration_lines(found: Restoration, zone: ZoneInfo, width: int) -> list[Line]:
    """What the backup holds beside what is there now, and what a restore does. Times are in `zone`."""
    column = max(8, (width - LABEL - 2) // 2)
    backup, there = _told(found.backup, zone), _told(found.present, zone) if found.present is not None else {}
    lines: list[Line] = [_row("", "the backup", "there now" if there else "", column, "strong")]
    for label, value in backup.items():
        beside = there.get(label, "")
        pairs = zip_longest(wrap(line_of(value), column), wrap(line_of(beside), column), fillvalue="")
        role = "text" if value == beside or not there else "accent"
        for place, (left, right) in enumerate(pairs):
            lines.append(_row(label if place == 0 else "", left, right, column, role))
    lines.append(blank())
    if found.fault:
        lines += [*paragraph(found.fault, width, "bad"), blank()]
    lines += paragraph(
        f"The backup takes the place of {found.path}. What is there now is kept beside it, under a name with the date. "
        "Nobody else may have the desk open meanwhile. This program leaves it and opens it again.",
        width,
    )
    lines += paragraph("Undo doesn't take a restore back; restoring what was kept does.", width, "warning")
    return lines


def _row(label: str, left: str, right: str, column: int, role: str) -> Line:
    return [(fit(label, LABEL), "muted"), (fit(left, column), role), ("  ", "text"), (fit(right, column), "text")]


def _told(held: DeskContents, zone: ZoneInfo) -> dict[str, str]:
    return {
        "file": Path(held.path).name,
        "name": held.name,
        "tickets": f"{held.tickets:,}",
        "responses": f"{held.responses:,}",
        "contacts": f"{held.contacts:,}",
        "last act": f"{held.last_by}: {held.last_act}" if held.last_at else "none",
        "at": full_instant(held.last_at, zone) if held.last_at else "",
        "size": f"{held.size:,} bytes",
    }
