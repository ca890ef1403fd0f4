"""The steps of a macro, to be moved and removed (X4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice
from casedesk.tui.modals.key_modal import KeyModal
from casedesk.tui.widgets.choice_list import DIGITS, ChoiceList

if TYPE_CHECKING:
    from casedesk.desk.values import Macro

Steps = tuple[Mapping[str, Any], ...]

_MOVES = {"K": -1, "shift+up": -1, "J": 1, "shift+down": 1}
_GOES = ("up", "down", "pageup", "pagedown", "home", "end")

LEAVE_QUESTION = "Throw away what you changed?   y yes · n no"


class ChangeSteps(KeyModal[Steps | None]):
    """Shows a macro's steps; dismissed with those that stay, in their order, or with None when nothing is to change."""

    def __init__(self, macro: Macro) -> None:
        super().__init__()
        self._macro = macro
        self._places = list(range(len(macro.steps)))
        self._leaving = False
        self.list = ChoiceList(self._choices(), at_once=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = Content(f"Steps · {line_of(self._macro.name, 60)}")
            yield self.list
            yield Static(markup=False, classes="field-mistake", id="steps-mistake")
            yield Static(markup=False, id="form-hint")

    def on_mount(self) -> None:
        self._hint()

    def press(self, key: str, character: str | None) -> bool:
        if self._leaving:
            self._answer_leaving(key)
        elif key == "escape":
            self._leave()
        elif key == "enter":
            self.dismiss(tuple(self._macro.steps[place] for place in self._places) if self._changed() else None)
        elif move := _MOVES.get(character or "", 0) or _MOVES.get(key, 0):
            self._move(move)
        elif character == "d" or key == "delete":
            self._remove()
        elif key in _GOES or (character or "-") in DIGITS:
            self._complain("")
            self.list.press(key, character)
        return True

    def _choices(self) -> tuple[Choice, ...]:
        words = self._macro.words
        return tuple(Choice(place, line_of(words[place], 200)) for place in self._places)

    def _changed(self) -> bool:
        return self._places != list(range(len(self._macro.steps)))

    def _move(self, by: int) -> None:
        before, after = self.list.cursor, self.list.cursor + by
        if 0 <= after < len(self._places):
            self._places.insert(after, self._places.pop(before))
            self._show(after)

    def _remove(self) -> None:
        if len(self._places) == 1:
            self._complain("A macro has one step at least; retire it instead.")
            return
        del self._places[self.list.cursor]
        self._show(self.list.cursor)

    def _show(self, cursor: int) -> None:
        self._complain("")
        self.list.offer(self._choices(), cursor=cursor)
        self._hint()

    def _complain(self, sentence: str) -> None:
        mistake = self.query_one("#steps-mistake", Static)
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
        keep = "Enter keeps these steps" if self._changed() else "Enter back"
        hint.update(LEAVE_QUESTION if self._leaving else f"J down · K up · d remove · {keep} · Esc leave")

    @on(ChoiceList.Clicked)
    def _clicked(self) -> None:
        self._complain("")
