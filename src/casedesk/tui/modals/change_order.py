"""A list whose entries are moved and removed: the steps of a macro, the columns of a view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice
from casedesk.tui.modals.key_modal import KeyModal
from casedesk.tui.widgets.choice_list import DIGITS, ChoiceList

Result = TypeVar("Result")

_MOVES = {"K": -1, "shift+up": -1, "J": 1, "shift+down": 1}
_GOES = ("up", "down", "pageup", "pagedown", "home", "end")

LEAVE_QUESTION = "Throw away what you changed?   y yes · n no"


class ChangeOrder(KeyModal[Result | None]):
    """Shows entries; dismissed with what `result` makes of those that stay, or with None when nothing is to change."""

    LAST_STAYS: ClassVar = "One stays at least."
    WAYS: ClassVar = "J down · K up · d remove"
    """The keys of the bottom line."""

    def __init__(self, title: str, entries: Sequence[Any]) -> None:
        super().__init__()
        self._title = title
        self._before = list(entries)
        self.entries = list(entries)
        self._leaving = False
        self.list = ChoiceList(self.choices(), at_once=False)

    def choices(self) -> tuple[Choice, ...]:
        """The entries as they are shown."""
        raise NotImplementedError

    def result(self) -> Result:
        """What the entries that stay come to."""
        raise NotImplementedError

    def press_more(self, key: str, character: str | None) -> bool:
        """Take a key of one's own; True when it meant something."""
        return False

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = Content(line_of(self._title, 70))
            yield self.list
            yield Static(markup=False, classes="field-mistake", id="order-mistake")
            yield Static(markup=False, id="form-hint")

    def on_mount(self) -> None:
        self._hint()

    def press(self, key: str, character: str | None) -> bool:
        if self._leaving:
            self._answer_leaving(key)
        elif key == "escape":
            self._leave()
        elif key == "enter":
            self.dismiss(self.result() if self._changed() else None)
        elif move := _MOVES.get(character or "", 0) or _MOVES.get(key, 0):
            self._move(move)
        elif character == "d" or key == "delete":
            self._remove()
        elif not self.press_more(key, character) and (key in _GOES or (character or "-") in DIGITS):
            self._complain("")
            self.list.press(key, character)
        return True

    def show(self, cursor: int) -> None:
        """Show the entries as they are now, with the cursor at this place."""
        self._complain("")
        self.list.offer(self.choices(), cursor=cursor)
        self._hint()

    def _changed(self) -> bool:
        return self.entries != self._before

    def _move(self, by: int) -> None:
        before, after = self.list.cursor, self.list.cursor + by
        if 0 <= after < len(self.entries):
            self.entries.insert(after, self.entries.pop(before))
            self.show(after)

    def _remove(self) -> None:
        if len(self.entries) == 1:
            self._complain(self.LAST_STAYS)
            return
        del self.entries[self.list.cursor]
        self.show(self.list.cursor)

    def _complain(self, sentence: str) -> None:
        mistake = self.query_one("#order-mistake", Static)
        mistake.update(sentence)
        mistake.display = bool(sentence)

    def _leave(self) -> None:
        if not self._changed():
            self.dismiss(None)
            return
        self._leaving = True
        self._hint()

    def _answer_leaving(self, key: str) -> None:
        if key in ("y", "Y"):
            self.dismiss(None)
        elif key in ("n", "N", "escape", "enter"):
            self._leaving = False
            self._hint()

    def _hint(self) -> None:
        hint = self.query_one("#form-hint", Static)
        hint.set_class(self._leaving, "-asking")
        keep = "Enter keeps these" if self._changed() else "Enter back"
        hint.update(LEAVE_QUESTION if self._leaving else f"{self.WAYS} · {keep} · Esc leave")

    @on(ChoiceList.Clicked)
    def _clicked(self) -> None:
        self._complain("")
