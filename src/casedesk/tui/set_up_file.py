"""The set-up as a file, from the configuration: written to one, and a file's difference shown and agreed to (X14)."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from casedesk.domain.errors import CasedeskError, InvalidInput
from casedesk.tui.drawing import line_of
from casedesk.tui.modals.choose_file import ChooseFile
from casedesk.tui.modals.steps import StepsModal
from casedesk.tui.modals.text_page import TextPage
from casedesk.tui.panels.lines import blank, heading, paragraph

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.restoring import Steps
    from casedesk.desk.values import SetUpChange, SetUpDifference, SetUpField, SetUpMistake
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.look import Line
    from casedesk.tui.modals.steps import Ended

ROLES: Final = {"added": "good", "changed": "accent", "retired": "warning", "removed": "bad"}
APPLY: Final = {"enter": "applies it", "a": "too"}
"""The keys that agree to a difference."""


class Agreed(NamedTuple):
    """The text of a set-up file and its difference, to which the user has agreed."""

    text: str
    difference: SetUpDifference


def ask_for_export(app: CasedeskApp) -> None:
    """Ask where to, and write the set-up there."""
    desk = app.desk

    def take(modal: ChooseFile, path: Path) -> None:
        def write(_steps: Steps) -> Path:
            from casedesk.desk.set_up.file import write_file

            if path.is_dir():
                raise InvalidInput(f"{path} is a folder; add a file name.")
            text = desk.set_up.export()
            try:
                write_file(path, text, desk=desk.path)
            except OSError as error:
                raise InvalidInput(f"{path} can't be written: {error.strerror}.") from error
            return path

        def written(done: Path | None, error: CasedeskError | None) -> None:
            if error is not None:
                modal.refuse(error.sentence)
                return
            modal.dismiss(None)
            app.tell(f"The set-up is in {done}")

        app.push_screen(StepsModal("Writing the set-up", write, written))

    start = desk.path.with_name(f"{desk.path.stem}-set-up.toml")
    about = "Everything that is set up, as TOML. Personal macros and views, tickets and responses are no part of it."
    app.push_screen(ChooseFile("Write the set-up to a file", about, start, take, enter="writes it", new=True))


def choose_file(desk: Desk) -> ChooseFile:
    """A modal that asks for a file and shows what it would change. It ends with an `Agreed`, or with None."""

    def take(modal: ChooseFile, path: Path) -> None:
        modal.app.push_screen(StepsModal("Comparing", lambda _steps: _compared(desk, path), _shown(modal, path)))

    about = "What the file would change is shown first. A table in it is the whole truth about its kind."
    return ChooseFile("Take a set-up file in", about, desk.path.parent, take, enter="shows the difference")


def _compared(desk: Desk, path: Path) -> Agreed | tuple[SetUpMistake, ...]:
    """What the file would change, or its mistakes. Raises CasedeskError."""
    from casedesk.desk.set_up import SetUpMistakes
    from casedesk.desk.set_up.file import read_file

    try:
        text = read_file(path)
    except OSError as error:
        raise InvalidInput(f"{path} can't be read: {error.strerror}.") from error
    try:
        return Agreed(text, desk.set_up.difference(text))
    except SetUpMistakes as error:
        return error.mistakes


def _shown(modal: ChooseFile, path: Path) -> Ended:
    """Shows what `_compared` found, over the modal; that ends once the user agrees."""

    def show(found: Agreed | tuple[SetUpMistake, ...] | None, error: CasedeskError | None) -> None:
        if found is None:
            modal.refuse(error.sentence if error is not None else "")
        elif not isinstance(found, Agreed):
            modal.app.push_screen(TextPage(f"Mistakes in {path.name}", lambda width: mistake_lines(found, width)))
        elif not found.difference.changes:
            modal.refuse(" ".join(("The desk is set up so already.", *found.difference.notes)))
        else:
            page = TextPage(
                f"What {path.name} would change", lambda width: difference_lines(found.difference, width), APPLY
            )
            modal.app.push_screen(page, lambda answer: agree(found) if answer else None)

    def agree(found: Agreed) -> None:
        modal.dismiss(found)

    return show


def mistake_lines(mistakes: tuple[SetUpMistake, ...], width: int) -> list[Line]:
    """Every mistake of a file at its place; what can be done about them."""
    count = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes):,} mistakes"
    lines = paragraph(f"{count}; nothing was changed. Correct the file and choose it again.", width, "warning")
    for mistake in mistakes:
        where = ", ".join(filter(None, [f"line {mistake.line}" if mistake.line else "", mistake.place]))
        lines += [blank(), *(paragraph(where, width, "muted") if where else [])]
        lines += paragraph(mistake.sentence, width, indent=2)
    return lines


def difference_lines(difference: SetUpDifference, width: int) -> list[Line]:
    """The changes by kind: what becomes of each entry, and of what is changed, from what to what."""
    from casedesk.desk.set_up import said

    lines = paragraph(said(difference), width, "strong")
    for note in difference.notes:
        lines += paragraph(note, width, "warning")
    for title, changes in groupby(difference.changes, key=lambda change: change.title):
        lines += [blank(), heading(title, width)]
        for change in changes:
            lines += _change_lines(change, width)
    return lines


def _change_lines(change: SetUpChange, width: int) -> list[Line]:
    if [field.name for field in change.fields] == ["value"]:
        first, *others = paragraph(_said(change, change.fields[0], change.name), width - 9)
        return [[(f"{change.what:<9}", ROLES[change.what]), *first], *([(" " * 9, "text"), *line] for line in others)]
    lines: list[Line] = []
    if change.name:
        first, *others = paragraph(change.name, width - 9, "strong")
        lines.append([(f"{change.what:<9}", ROLES[change.what]), *first])
        lines += [[(" " * 9, "text"), *line] for line in others]
    for field in change.fields:
        lines += paragraph(_said(change, field, field.name), width, indent=9)
    return lines


def _said(change: SetUpChange, field: SetUpField, name: str) -> str:
    label = line_of(name.replace("_", " "))
    if not field.before or change.what == "added":
        return f"{label}: {field.after or 'none'}"
    return f"{label}: {field.before} → {field.after or 'none'}"
