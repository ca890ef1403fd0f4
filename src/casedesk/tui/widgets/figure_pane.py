"""What the panes of figures share: a cursor that stands on one figure, and messages about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from casedesk.tui.actions import bindings
from casedesk.tui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from casedesk.reports.values import Figure, Rows


class FigurePane(Scrolled):
    """The base of the totals and of the table."""

    BINDINGS = bindings("page")

    class Moved(Message):
        """The cursor stands on another figure, or the pane has the focus now."""

        def __init__(self, pane: FigurePane) -> None:
            super().__init__()
            self.pane = pane

    class Opened(Message):
        """The figure under the cursor was clicked."""

        def __init__(self, pane: FigurePane) -> None:
            super().__init__()
            self.pane = pane

    # What a pane has to say

    @property
    def figure(self) -> Figure | None:
        """The figure under the cursor; None on a line's label, or where there is none."""
        raise NotImplementedError

    @property
    def rows(self) -> Rows | None:
        """The rows behind what the cursor stands on."""
        return self.figure.rows if self.figure is not None else None

    @property
    def label(self) -> str:
        """Which line of the table the cursor stands on; nothing for a total."""
        return ""

    def go(self, lines: int, columns: int) -> None:
        """Move the cursor, stopping at the ends."""
        raise NotImplementedError

    def cell_at(self, event: events.MouseEvent) -> tuple[int, int] | None:
        """The line and the column of the figure under the mouse."""
        raise NotImplementedError

    def go_to(self, cell: tuple[int, int]) -> bool:
        """Put the cursor there; False when it stands there already."""
        raise NotImplementedError

    @property
    def page_lines(self) -> int:
        """How far a page goes."""
        return max(1, self.lines_seen - 1)

    # Keys and mouse

    def on_click(self, event: events.Click) -> None:
        cell = self.cell_at(event)
        if cell is not None:
            self.post_message(self.Moved(self) if self.go_to(cell) else self.Opened(self))

    def on_focus(self) -> None:
        self.refresh()
        self.post_message(self.Moved(self))

    def on_blur(self) -> None:
        self.refresh()

    def action_move_down(self) -> None:
        self.go(1, 0)

    def action_move_up(self) -> None:
        self.go(-1, 0)

    def action_move_first(self) -> None:
        self.go(-100_000, 0)

    def action_move_last(self) -> None:
        self.go(100_000, 0)

    def action_move_page_up(self) -> None:
        self.go(-self.page_lines, 0)

    def action_move_page_down(self) -> None:
        self.go(self.page_lines, 0)
