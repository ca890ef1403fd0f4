"""A framed pane of lines that scroll, drawn one by one as they are seen.

Textual's own borders and scroll bars lay out and paint a pane whole whenever its title or its number of lines
changes. This draws frame, title and thumb as part of the lines, so that a step of the cursor costs no more than the
lines that differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from casedesk.tui.look import Line
from casedesk.tui.widgets.drawn import Drawn, cut_line, width_of


class Scrolled(Drawn, can_focus=True):
    """The base of the panes. `top` is the first line seen below those that are `fixed`.

    The thumb, which shows the place, lies on the right edge of the frame. A pane with `joins_above` shares its upper
    edge with the pane above it, one without `closed_below` has the edge of the pane below.
    """

    joins_above = False
    closed_below = True

    def __init__(self, title: str, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.top = 0
        self.fixed = 0
        self._title: Line = [(title, "text")]
        self._note: Line = []
        self._dragging = False

    # What a pane has to say

    @property
    def line_count(self) -> int:
        """How many lines there are, the fixed ones included."""
        raise NotImplementedError

    def draw_line(self, place: int, width: int) -> Strip:
        """One of the lines, `width` cells wide."""
        raise NotImplementedError

    def set_title(self, title: Line) -> None:
        """What stands in the upper edge; safe text."""
        if title != self._title:
            self._title = title
            self.refresh(Region(0, 0, self.size.width, 1))

    def set_note(self, note: Line) -> None:
        """What stands in the lower edge; safe text."""
        if note != self._note:
            self._note = note
            self.refresh(Region(0, self.size.height - 1, self.size.width, 1))

    # Measures

    @property
    def inner_width(self) -> int:
        """Cells of a line inside the frame."""
        return max(0, self.size.width - 2)

    @property
    def inner_height(self) -> int:
        """Lines inside the frame."""
        return max(0, self.size.height - 1 - self.closed_below)

    @property
    def lines_seen(self) -> int:
        """How many scrolling lines can be seen at once."""
        return max(1, self.inner_height - self.fixed)

    @property
    def lowest_top(self) -> int:
        """The top at which the end is in sight."""
        return max(0, self.line_count - self.fixed - self.lines_seen)

    # Scrolling

    def scroll_to_top(self, top: int) -> None:
        """Let `top` be the first line seen, as far as there are lines."""
        top = max(0, min(top, self.lowest_top))
        if top != self.top:
            self.top = top
            self.refresh()

    def scroll_into_view(self, place: int, lines: int = 1) -> None:
        """Scroll as little as shows the `lines` lines from `place` on."""
        if place < self.top:
            self.scroll_to_top(place)
        elif place + lines > self.top + self.lines_seen:
            self.scroll_to_top(place + lines - self.lines_seen)

    def refresh_place(self, place: int, lines: int = 1) -> None:
        """Draw scrolling lines again, as far as they are seen."""
        y = place - self.top + self.fixed
        if y + lines > self.fixed and y < self.inner_height:
            self.refresh(Region(0, y + 1, self.size.width - 1, lines))

    def refresh_thumb(self, before: range) -> None:
        """Draw the lines again beside which the thumb lay and doesn't lie now, or the other way round."""
        for y in set(before) ^ set(self.thumb()):
            self.refresh(Region(self.size.width - 1, y + self.fixed + 1, 1, 1))

    def place_at(self, event: events.MouseEvent) -> int | None:
        """The line under the mouse, or None for the frame."""
        offset = event.get_content_offset(self)
        if offset is None or not (0 < offset.x < self.size.width - 1 and 0 < offset.y <= self.inner_height):
            return None
        y = offset.y - 1
        return y if y < self.fixed else y + self.top

    # Drawing

    def render_line(self, y: int) -> Strip:
        ground = self.visual_style.rich_style
        edge = ground + self.app.role_styles["accent" if self.has_focus else "rule"]
        if y == 0:
            return self._upper_edge(ground, edge)
        if self.closed_below and y == self.size.height - 1:
            return self._lower_edge(ground, edge)
        width = self.inner_width
        place = y - 1 if y - 1 < self.fixed else y - 1 + self.top
        strip: Sequence[Segment] = (
            tuple(self.draw_line(place, width)) if place < self.line_count else (Segment(" " * width, ground),)
        )
        side, thumb = ("│", "┃") if not self.app.preferences.plain else (" ", "|")
        right = thumb if y - 1 - self.fixed in self.thumb() else side
        return Strip([Segment(side, edge), *strip, Segment(right, edge)], self.size.width)

    def _upper_edge(self, ground: Style, edge: Style) -> Strip:
        left, rule, right = ("├", "─", "┤") if self.joins_above else ("╭", "─", "╮")
        return self._edge(left, rule, right, self._title, ground, edge)

    def _lower_edge(self, ground: Style, edge: Style) -> Strip:
        return self._edge("╰", "─", "╯", self._note, ground, edge)

    def _edge(self, left: str, rule: str, right: str, said: Line, ground: Style, edge: Style) -> Strip:
        width = self.size.width - 2
        if self.app.preferences.plain:
            left, rule, right = " ", " ", " "
        if not said or width < 6:
            return Strip([Segment(left + rule * width + right, edge)], width + 2)
        said = cut_line(said, width - 3)
        lit = Style(bold=True) + self.app.role_styles["accent"] if self.has_focus else None
        styles = self.app.role_styles
        words = [
            Segment(text, ground + (lit if lit is not None and role == "text" else styles[role])) for text, role in said
        ]
        rest = width - 3 - width_of(said)
        return Strip([Segment(f"{left}{rule} ", edge), *words, Segment(f" {rule * rest}{right}", edge)], width + 2)

    def thumb(self) -> range:
        """The scrolling lines on the screen, counted from 0, beside which the thumb lies; none when all are seen."""
        lines, seen = self.line_count - self.fixed, self.lines_seen
        if lines <= seen:
            return range(0)
        length = max(1, seen * seen // lines)
        start = self.top * (seen - length) // max(1, self.lowest_top)
        return range(start, start + length)

    # Mouse

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.scroll_to_top(self.top + 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.scroll_to_top(self.top - 3)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.x == self.size.width - 1 and self.lowest_top:
            self._dragging = True
            self.capture_mouse()
            self._drag_to(offset.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragging:
            self._drag_to(event.get_content_offset_capture(self).y)

    def on_mouse_up(self) -> None:
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag_to(self, y: int) -> None:
        self.scroll_to_top((y - 1 - self.fixed) * self.lowest_top // max(1, self.lines_seen - 1))
