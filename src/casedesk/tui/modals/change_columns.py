"""The columns of a view, to be added, ordered, widened and removed (S5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, Form, SearchField, Values
from casedesk.tui.modals.form_modal import FormModal
from casedesk.tui.modals.key_modal import KeyModal
from casedesk.tui.widgets.choice_list import DIGITS, ChoiceList

if TYPE_CHECKING:
    from casedesk.desk.values import ViewColumn

Columns = tuple["ViewColumn", ...]

_MOVES = {"K": -1, "shift+up": -1, "J": 1, "shift+down": 1}
_WIDTHS = {"+": 1, "right": 1, "-": -1, "left": -1}
_GOES = ("up", "down", "pageup", "pagedown", "home", "end")
_NARROWEST, _WIDEST, _FIRST_WIDTH = 2, 200, 12

LEAVE_QUESTION = "Throw away what you changed?   y yes · n no"


class ChangeColumns(KeyModal[Columns | None]):
    """Shows a view's columns; dismissed with those that it gets, or with None when nothing is to change."""

    def __init__(self, title: str, columns: Sequence[ViewColumn], offered: Sequence[ViewColumn]) -> None:
        super().__init__()
        self._title = title
        self._before = tuple(columns)
        self._columns = list(columns)
        self._offered = offered
        self._leaving = False
        self.list = ChoiceList(self._choices(), at_once=False)

    def compose(self) -> ComposeResult:
        with Vertical(id="form") as box:
            box.border_title = Content(f"Columns · {line_of(self._title, 60)}")
            yield self.list
            yield Static(markup=False, classes="field-mistake", id="columns-mistake")
            yield Static(markup=False, id="form-hint")

    def on_mount(self) -> None:
        self._hint()

    def press(self, key: str, character: str | None) -> bool:
        if self._leaving:
            self._answer_leaving(key)
        elif key == "escape":
            self._leave()
        elif key == "enter":
            self.dismiss(tuple(self._columns) if self._changed() else None)
        elif move := _MOVES.get(character or "", 0) or _MOVES.get(key, 0):
            self._move(move)
        elif by := _WIDTHS.get(character or "", 0) or _WIDTHS.get(key, 0):
            self._widen(by)
        elif character == "0":
            self._set_width(0)
        elif character == "a" or key == "insert":
            self._add()
        elif character == "d" or key == "delete":
            self._remove()
        elif key in _GOES or (character or "-") in DIGITS:
            self._complain("")
            self.list.press(key, character)
        return True

    def _choices(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(place, line_of(column.title or column.name, 60), _said(column))
            for place, column in enumerate(self._columns)
        )

    def _changed(self) -> bool:
        return tuple(self._columns) != self._before

    def _move(self, by: int) -> None:
        before, after = self.list.cursor, self.list.cursor + by
        if 0 <= after < len(self._columns):
            self._columns.insert(after, self._columns.pop(before))
            self._show(after)

    def _widen(self, by: int) -> None:
        width = self._columns[self.list.cursor].width
        self._set_width(max(_NARROWEST, min(width + by, _WIDEST)) if width else _FIRST_WIDTH)

    def _set_width(self, width: int) -> None:
        place = self.list.cursor
        self._columns[place] = replace(self._columns[place], width=width)
        self._show(place)

    def _remove(self) -> None:
        if len(self._columns) == 1:
            self._complain("A view has one column at least.")
            return
        del self._columns[self.list.cursor]
        self._show(self.list.cursor)

    def _add(self) -> None:
        taken = {column.name for column in self._columns}

        def search(text: str) -> list[Choice]:
            wanted = text.casefold()
            found = [
                Choice(column, column.name, f"{line_of(column.title, 30)} · {line_of(column.about, 60)}")
                for column in self._offered
                if column.name not in taken and wanted in f"{column.name} {column.title}".casefold()
            ]
            found.sort(key=lambda choice: not choice.label.casefold().startswith(wanted))
            return found

        field = SearchField(name="column", label="Column", search=search, placeholder="part of its name")
        form: Form[ViewColumn] = Form("Add a column", [field], "Add it", _found)
        self.app.push_screen(FormModal(form.title, form), self._put)

    def _put(self, column: ViewColumn | None) -> None:
        if column is not None:
            place = self.list.cursor + 1
            self._columns.insert(place, column)
            self._show(place)

    def _show(self, cursor: int) -> None:
        self._complain("")
        self.list.offer(self._choices(), cursor=cursor)
        self._hint()

    def _complain(self, sentence: str) -> None:
        mistake = self.query_one("#columns-mistake", Static)
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
        ways = f"a add · d remove · J down · K up · + - width · 0 usual width · {keep} · Esc leave"
        hint.update(LEAVE_QUESTION if self._leaving else ways)

    @on(ChoiceList.Clicked)
    def _clicked(self) -> None:
        self._complain("")


def _found(values: Values) -> ViewColumn:
    column: ViewColumn = values["column"].value
    return column


def _said(column: ViewColumn) -> str:
    if column.gone:
        return f"{line_of(column.name, 40)} · gone from the desk"
    width = f"{column.width} cells" if column.width else "usual width"
    return f"{line_of(column.name, 40)} · {width}"
