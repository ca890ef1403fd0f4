"""What widgets share that draw their lines themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widget import Widget

from casedesk.tui.drawing import cut
from casedesk.tui.look import Line
from casedesk.tui.widgets.anchored import anchored

if TYPE_CHECKING:
    from casedesk.tui.app import CasedeskApp

NO_STYLE = Style()


class Drawn(Widget):
    """A widget that turns lines of (text, role) into strips. The text must be safe (`drawing.py`)."""

    app: CasedeskApp

    ALLOW_SELECT = False

    virtual_size = Reactive(Size(0, 0))  # Textual's own lays the screen out once more whenever the size has changed

    def strip_of(self, line: Line, width: int, base: Style = NO_STYLE) -> Strip:
        """A line as a strip of exactly `width` cells, over the widget's ground and the style `base`.

        Plain mode leaves out what only separates, so that a screen reader doesn't read it.
        """
        styles = self.app.role_styles
        base = self.visual_style.rich_style + base
        if self.app.preferences.plain:
            line = [(" " * len(text), role) if role == "rule" else (text, role) for text, role in line]
        segments = [Segment(text, base + styles[role]) for text, role in line if text]
        left = width - sum(segment.cell_length for segment in segments)
        if left < 0:
            return Strip(segments).adjust_cell_length(width, base)
        if left:
            _pad(segments, left, base)
        return Strip(segments, width)

    def render_lines(self, crop: Region) -> list[Strip]:
        column = self.region.x + crop.x
        return [anchored(strip, column) for strip in super().render_lines(crop)]


def _pad(segments: list[Segment], cells: int, base: Style) -> None:
    """Fill up with blanks, in the style of the last text where that doesn't show: a change of style costs bytes."""
    last = segments[-1] if segments else None
    if last is not None and last.style is not None and not (last.style.underline or last.style.strike):
        segments[-1] = Segment(last.text + " " * cells, last.style)
    else:
        segments.append(Segment(" " * cells, base))


def width_of(line: Line) -> int:
    """The cells that a line takes."""
    return sum(cell_len(text) for text, _role in line)


def cut_line(line: Line, width: int) -> Line:
    """A line cut to `width` cells, with `…` where something is missing."""
    kept: Line = []
    left = width
    for text, role in line:
        cells = cell_len(text)
        if cells > left:
            kept.append((cut(text, left), role))
            break
        kept.append((text, role))
        left -= cells
    return kept


def spread(left: Line, right: Line, width: int) -> Line:
    """A line with one part at its left and one at its right end; the left one is cut where they don't fit."""
    room = max(0, width - width_of(right) - (1 if right else 0))
    left = cut_line(left, room)
    gap = max(0, width - width_of(left) - width_of(right))
    return cut_line([*left, (" " * gap, "text"), *right], width)
