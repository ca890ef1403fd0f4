"""The columns of a view, to be added, ordered, widened and removed (S5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice, Form, SearchField, Values
from casedesk.tui.modals.change_order import ChangeOrder
from casedesk.tui.modals.form_modal import FormModal

if TYPE_CHECKING:
    from casedesk.desk.values import ViewColumn

Columns = tuple["ViewColumn", ...]

_WIDTHS = {"+": 1, "right": 1, "-": -1, "left": -1}
_NARROWEST, _WIDEST, _FIRST_WIDTH = 2, 200, 12


class ChangeColumns(ChangeOrder[Columns]):
    """Shows a view's columns; dismissed with those that it gets, or with None when nothing is to change."""

    LAST_STAYS = "A view has one column at least."
    WAYS = "a add · d remove · J down · K up · + - width · 0 usual width"

    def __init__(self, title: str, columns: Sequence[ViewColumn], offered: Sequence[ViewColumn]) -> None:
        self._offered = offered
        super().__init__(f"Columns · {title}", columns)

    def choices(self) -> tuple[Choice, ...]:
        return tuple(
            Choice(place, line_of(column.title or column.name, 60), _said(column))
            for place, column in enumerate(self.entries)
        )

    def result(self) -> Columns:
        return tuple(self.entries)

    def press_more(self, key: str, character: str | None) -> bool:
        if by := _WIDTHS.get(character or "", 0) or _WIDTHS.get(key, 0):
            self._widen(by)
        elif character == "0":
            self._set_width(0)
        elif character == "a" or key == "insert":
            self._add()
        else:
            return False
        return True

    def _widen(self, by: int) -> None:
        width = self.entries[self.list.cursor].width
        self._set_width(max(_NARROWEST, min(width + by, _WIDEST)) if width else _FIRST_WIDTH)

    def _set_width(self, width: int) -> None:
        place = self.list.cursor
        self.entries[place] = replace(self.entries[place], width=width)
        self.show(place)

    def _add(self) -> None:
        taken = {column.name for column in self.entries}

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
            self.entries.insert(place, column)
            self.show(place)


def _found(values: Values) -> ViewColumn:
    column: ViewColumn = values["column"].value
    return column


def _said(column: ViewColumn) -> str:
    if column.gone:
        return f"{line_of(column.name, 40)} · gone from the desk"
    width = f"{column.width} cells" if column.width else "usual width"
    return f"{line_of(column.name, 40)} · {width}"
