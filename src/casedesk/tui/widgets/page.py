"""A page of text that scrolls: lines made by a function for the width there is, drawn as they are seen."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from casedesk.tui.actions import bindings
from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import Drawn

Writer = Callable[[int], list[Line]]
"""Makes the lines of a page for a width in cells."""


def _nothing(_width: int) -> list[Line]:
    return []


class Page(ScrollView, Drawn, can_focus=True):
    """Text in roles. Its first `fixed` lines stay where they are while the rest scrolls."""

    BINDINGS = bindings("page")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.fixed = 0
        self._writer: Writer = _nothing
        self._lines: list[Line] = []
        self._strips: dict[int, Strip] = {}
        self._laid_out_for = -1

    def write(self, writer: Writer, *, fixed: int = 0, keep_place: bool = False) -> None:
        """Show other lines; from their top, unless the place is to be kept."""
        self._writer = writer
        self.fixed = fixed
        if not keep_place:
            self.scroll_to(y=0, animate=False, force=True)
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.size.width
        if not width:
            return
        self._laid_out_for = width
        self._lines = self._writer(width)
        self._strips.clear()
        size = Size(width, len(self._lines))
        if size.height != self.virtual_size.height:
            self.virtual_size = size
        self.refresh()

    def on_resize(self) -> None:
        if self.size.width != self._laid_out_for:
            self._lay_out()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        place = y if y < self.fixed else y + int(self.scroll_offset.y)
        strip = self._strips.get(place)
        if strip is None:
            line = self._lines[place] if place < len(self._lines) else []
            strip = self._strips[place] = self.strip_of(line, self.size.width)
        return strip

    def action_move_down(self) -> None:
        self.scroll_relative(y=1, animate=False)

    def action_move_up(self) -> None:
        self.scroll_relative(y=-1, animate=False)

    def action_move_first(self) -> None:
        self.scroll_to(y=0, animate=False)

    def action_move_last(self) -> None:
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def action_move_page_up(self) -> None:
        self.scroll_relative(y=-max(1, self.size.height - self.fixed - 1), animate=False)

    def action_move_page_down(self) -> None:
        self.scroll_relative(y=max(1, self.size.height - self.fixed - 1), animate=False)
