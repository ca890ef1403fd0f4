"""The cursor of a list of any number of rows: where it stands, and how keys and clicks move it."""

from __future__ import annotations

from textual import events
from textual.message import Message

from casedesk.tui.widgets.scrolled import Scrolled


class RowCursor(Scrolled):
    """The base of such a list, which says how many rows it has, and hears in `row_chosen` where the cursor went."""

    class Opened(Message):
        """The user wants to go into what the row stands for."""

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(title, id=id)
        self.row = 0
        self.row_height = 1
        """Lines of a row."""

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row_chosen(self, before: int) -> None:
        """The cursor was put on a row, perhaps on the one that it stood on before."""
        raise NotImplementedError

    @property
    def line_count(self) -> int:
        return self.row_count * self.row_height + self.fixed if self.row_count else self.inner_height

    @property
    def rows_seen(self) -> int:
        """How many rows can be seen at once."""
        return max(1, self.lines_seen // self.row_height)

    def go_to_row(self, row: int) -> None:
        """Put the cursor on a row, or on the nearest that there is, and draw no more than that takes."""
        if not self.row_count:
            return
        before = self.row
        self.row = max(0, min(row, self.row_count - 1))
        for each in (before, self.row):
            self.refresh_place(each * self.row_height, self.row_height)
        self.show_row()
        self.row_chosen(before)

    def show_row(self) -> None:
        """Scroll as little as shows the cursor's row."""
        self.scroll_to_top(self.top)  # there may be fewer rows now
        self.scroll_into_view(self.row * self.row_height, self.row_height)

    def on_click(self, event: events.Click) -> None:
        place = self.place_at(event)
        row = -1 if place is None else (place - self.fixed) // self.row_height
        if 0 <= row < self.row_count:
            self.go_to_row(row)
            if event.chain == 2:
                self.post_message(self.Opened())

    def action_move_down(self) -> None:
        self.go_to_row(self.row + 1)

    def action_move_up(self) -> None:
        self.go_to_row(self.row - 1)

    def action_move_first(self) -> None:
        self.go_to_row(0)

    def action_move_last(self) -> None:
        self.go_to_row(self.row_count - 1)

    def action_move_page_up(self) -> None:
        self.go_to_row(self.row - max(1, self.rows_seen - 1))

    def action_move_page_down(self) -> None:
        self.go_to_row(self.row + max(1, self.rows_seen - 1))
