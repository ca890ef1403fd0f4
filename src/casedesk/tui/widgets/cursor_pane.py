"""A framed pane of lines of which some can be gone to: a cursor stands on one of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from casedesk.tui.actions import bindings
from casedesk.tui.look import Line
from casedesk.tui.widgets.scrolled import Scrolled


@dataclass(frozen=True)
class Row:
    """A line; one with a key can be gone to."""

    line: Line
    key: Hashable | None = None


RowWriter = Callable[[int], Sequence[Row]]
"""Makes the rows for a width in cells."""

SIGN = 2
"""Cells before each line, in which the cursor is shown."""


class CursorPane(Scrolled):
    """It is told its rows by a function, and tells when the cursor has moved."""

    BINDINGS = bindings("page")

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, pane: CursorPane) -> None:
            super().__init__()
            self.pane = pane

    class Opened(Message):
        """The row under the cursor was clicked."""

        def __init__(self, pane: CursorPane) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(title, id=id)
        self.place = 0
        self._writer: RowWriter = lambda _width: ()
        self._rows: Sequence[Row] = ()

    @property
    def key(self) -> Hashable | None:
        """The key of the row under the cursor; None when there is none to go to."""
        return self._rows[self.place].key if self.place < len(self._rows) else None

    def show(self, writer: RowWriter, key: Hashable | None = None) -> None:
        """Show other rows. The cursor goes to `key`, or stays on its row, or else near it."""
        wanted = key if key is not None else self.key
        self._writer = writer
        self._lay_out(wanted)
        self.refresh()

    def _lay_out(self, key: Hashable | None) -> None:
        width = self.inner_width - SIGN
        if width > 0:
            self._rows = self._writer(width)
        places = self._places()
        here = [place for place in places if self._rows[place].key == key]
        near = [place for place in places if place >= self.place] or places[-1:]
        self.place = (here or near or [0])[0]
        self._show_cursor()

    def _places(self) -> list[int]:
        return [place for place, row in enumerate(self._rows) if row.key is not None]

    def _show_cursor(self) -> None:
        """Keep the cursor in sight; with the first row that can be gone to, also what stands above it."""
        places = self._places()
        self.scroll_to_top(min(self.top, self.lowest_top))
        self.scroll_into_view(0 if places and self.place == places[0] else self.place)

    def on_resize(self) -> None:
        self._lay_out(self.key)
        self.refresh()

    @property
    def line_count(self) -> int:
        return len(self._rows)

    def draw_line(self, place: int, width: int) -> Strip:
        row = self._rows[place]
        if place != self.place or row.key is None:
            return self.strip_of([(" " * SIGN, "text"), *row.line], width)
        sign = "> " if self.app.preferences.plain else "▸ "
        chosen = self.app.role_styles["selection" if self.has_focus else "selection-dim"]
        return self.strip_of([(sign, "accent"), *row.line], width, chosen)

    # Moving

    def _go(self, by: int) -> None:
        """Go `by` rows on, stopping at the ends."""
        places = self._places()
        if not places:
            return
        here = places.index(self.place) if self.place in places else 0
        place = places[max(0, min(here + by, len(places) - 1))]
        if place != self.place:
            self.place = place
            self.post_message(self.Moved(self))
        self._show_cursor()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        place = self.place_at(event)
        if place in self._places():
            assert place is not None
            moved = place != self.place
            self.place = place
            self.refresh()
            self.post_message(self.Moved(self) if moved else self.Opened(self))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_move_down(self) -> None:
        self._go(1)

    def action_move_up(self) -> None:
        self._go(-1)

    def action_move_first(self) -> None:
        self._go(-len(self._rows))

    def action_move_last(self) -> None:
        self._go(len(self._rows))

    def action_move_page_up(self) -> None:
        self._go(-max(1, self.lines_seen - 1))

    def action_move_page_down(self) -> None:
        self._go(max(1, self.lines_seen - 1))
