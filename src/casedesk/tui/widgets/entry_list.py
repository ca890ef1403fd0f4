"""Entries in a form that are added and changed by a form each, moved and removed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from textual.message import Message

from casedesk.tui.widgets.choice_list import DIGITS, ChoiceList

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp
    from casedesk.tui.forms import EntriesField, Values

_MOVES = {"K": -1, "shift+up": -1, "J": 1, "shift+down": 1}
_GOES = ("up", "down", "pageup", "pagedown", "home", "end")


class EntryList(ChoiceList):
    """The value of an `EntriesField`; the cursor stands on one of its entries."""

    class Changed(Message):
        """There are other entries now, or in another order."""

    def __init__(self, field: EntriesField, entries: Sequence[Any]) -> None:
        super().__init__(at_once=False, empty=field.empty_words)
        self._field = field
        self._before = tuple(field.initial)
        self._values: Values = {}
        self.entries = list(entries)

    def show(self, values: Values) -> None:
        """Show the entries, given the other values of the form."""
        self._values = values
        self._show(self.cursor)

    def changed(self) -> bool:
        """Whether something would be lost by leaving."""
        return tuple(self.entries) != self._before

    def ways(self) -> list[str]:
        """What its keys do, apart from Enter."""
        more = [f"{key} {meant.words}" for key, meant in self._field.keys.items()]
        if not self.entries:
            return []
        moves = ["JK move"] if len(self.entries) > 1 else []
        return ["a add", "e edit", "d remove", *moves, *more]

    def begin(self) -> bool:
        """Add the first entry; False where there is one already."""
        if self.entries:
            return False
        self._ask(None)
        return True

    def press(self, key: str, character: str | None) -> bool:
        if move := _MOVES.get(character or "", 0) or _MOVES.get(key, 0):
            self._move(move)
        elif character == "a" or key == "insert":
            self._ask(None)
        elif (character == "e" or key in ("right", "space")) and self.entries:
            self._ask(self.cursor)
        elif (character == "d" or key == "delete") and self.entries:
            del self.entries[self.cursor]
            self._show(self.cursor)
            self.post_message(self.Changed())
        elif character is not None and character in self._field.keys:
            self._field.keys[character].press(self._app, {**self._values, self._field.name: tuple(self.entries)})
        elif key in _GOES or (character or "-") in DIGITS:
            return super().press(key, character)
        return False

    @property
    def _app(self) -> CasedeskApp:
        return cast("CasedeskApp", self.app)

    def _show(self, cursor: int) -> None:
        self.offer([self._field.shown(entry, self._values) for entry in self.entries], cursor=cursor)

    def _move(self, by: int) -> None:
        before, after = self.cursor, self.cursor + by
        if 0 <= after < len(self.entries):
            self.entries.insert(after, self.entries.pop(before))
            self._show(after)
            self.post_message(self.Changed())

    def _ask(self, place: int | None) -> None:
        from casedesk.tui.modals.form_modal import FormModal

        form = self._field.form(self._values, tuple(self.entries), place)
        at = len(self.entries) if place is None else place

        def put(found: Sequence[Any] | None) -> None:
            if found is not None:
                self.entries[at : at + (place is not None)] = found
                self._show(at + max(0, len(found) - 1))
                self.post_message(self.Changed())

        self.app.push_screen(FormModal(form.title, form), put)
