"""A page of text that scrolls: lines made by a function for the width there is, drawn as they are seen."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region
from textual.strip import Strip

from casedesk.tui.actions import bindings
from casedesk.tui.look import Line
from casedesk.tui.widgets.scrolled import Scrolled

Writer = Callable[[int], list[Line]]
"""Makes the lines of a page for a width in cells."""


def _nothing(_width: int) -> list[Line]:
    return []


class Page(Scrolled):
    """Text in roles. Its first `fixed` lines stay where they are while the rest scrolls."""

    BINDINGS = bindings("page")

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(title, id=id)
        self._writer: Writer = _nothing
        self._lines: list[Line] = []
        self._strips: dict[int, Strip] = {}
        self._laid_out_for = -1

    def write(self, writer: Writer, *, fixed: int = 0, keep_place: bool = False) -> None:
        """Show other lines; from their top, unless the place is to be kept. Only lines that differ are drawn."""
        before, moved = self._lines, self.top
        thumb = self.lowest_top
        self._writer = writer
        self.fixed = fixed
        self._lay_out()
        self.top = max(0, min(self.top if keep_place else 0, self.lowest_top))
        if moved or self.top or self.lowest_top != thumb:
            self.refresh()
            return
        for place in range(min(self.inner_height, max(len(before), len(self._lines)))):
            if before[place : place + 1] != self._lines[place : place + 1]:
                self.refresh(Region(0, place + 1, self.size.width - 1, 1))

    @property
    def text_width(self) -> int:
        """Cells of a line of text; one cell is left empty at each side."""
        return self.inner_width - 2

    def _lay_out(self) -> None:
        width = self.text_width
        self._laid_out_for = max(width, 0)  # where there is no room, what was written is laid out once there is
        if width > 0:
            self._lines = self._writer(width)
            self._strips.clear()

    def on_resize(self) -> None:
        if self.text_width != self._laid_out_for:
            self._lay_out()
            self.refresh()
        self.scroll_to_top(self.top)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def draw_line(self, place: int, width: int) -> Strip:
        strip = self._strips.get(place)
        if strip is None:
            line = self._lines[place]
            first, role = line[0] if line else ("", "text")
            line = [(" " + first, role), *line[1:]] if role != "found" else [(" ", "text"), *line]
            strip = self._strips[place] = self.strip_of(line, width)
        return strip

    def action_move_down(self) -> None:
        self.scroll_to_top(self.top + 1)

    def action_move_up(self) -> None:
        self.scroll_to_top(self.top - 1)

    def action_move_first(self) -> None:
        self.scroll_to_top(0)

    def action_move_last(self) -> None:
        self.scroll_to_top(self.lowest_top)

    def action_move_page_up(self) -> None:
        self.scroll_to_top(self.top - max(1, self.lines_seen - 1))

    def action_move_page_down(self) -> None:
        self.scroll_to_top(self.top + max(1, self.lines_seen - 1))
