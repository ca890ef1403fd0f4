"""The filter: a query with what may stand at its cursor and the place of a mistake, and how many it finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from casedesk.tui.drawing import fit
from casedesk.tui.widgets.drawn import Drawn
from casedesk.tui.widgets.query_bar import QueryBar

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp


class FilterCount(Drawn):
    """How many were found. Its room depends on how many there are at most: a new width lays the screen out anew."""

    def __init__(self) -> None:
        super().__init__(id="filter-count")
        self._said = ""
        self._room = 0

    def say(self, text: str, room: int) -> None:
        """Show a text at the right end of `room` cells."""
        if room != self._room:
            self._room = room
            self.styles.width = room
        if text != self._said:
            self._said = text
            self.refresh()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return self.strip_of([(fit(self._said, width, right=True), "muted")], width)


class FilterBar(QueryBar):
    """The filter. Is also told counts. Enter, arrows, Tab and Esc belong to it, and lead out of it."""

    app: CasedeskApp

    class Left(Message):
        """The user is done with the filter."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(placeholder="filter, e.g. is:open nps<=6 “late delivery”", id=id)
        self.count = FilterCount()

    def compose(self) -> ComposeResult:
        yield Static("/", markup=False, id="filter-sign")
        yield self.input
        yield self.count
        yield self.suggestions

    def edit(self) -> None:
        """Begin to type, at once: the next key may be on its way already."""
        self.screen.set_focus(self.input)

    def show_note(self, text: str) -> None:
        """Show words in the place of counts."""
        self.count.say(text, len(text) + 1)

    def show_count(self, found: int, total: int | None, *, whole: bool) -> None:
        """`1,204 of 1,000,000`; with a `+` while more are being read."""
        said = f"{found:,}{'' if whole else '+'}"
        most = f"{max(found, total or 0):,}"
        shown = f"{said} of {total:,}" if total is not None and (total != found or not whole) else said
        self.count.say(shown, len(f" {most}+ of {most}"))

    def press(self, key: str) -> bool:
        if super().press(key):
            return True
        if key == "escape" and self.text:
            self.set_text("")
        elif key in ("enter", "escape", "down", "tab"):
            self.leave()
        else:
            return False
        return True

    def leave(self) -> None:
        """Close the list and give the focus back."""
        self.close_list()
        self.post_message(self.Left())
