"""What widgets share that draw their lines themselves: one style for each role, looked up once a theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from casedesk.tui.drawing import cut
from casedesk.tui.look import ROLES, Line

_NOTHING = Style()


class Drawn(Widget):
    """A widget that turns lines of (text, role) into strips. The text must be safe (`drawing.py`)."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"line--{role}" for role in ROLES}

    _roles: dict[str, Style]

    def role_style(self, role: str) -> Style:
        """The style of a role in the present theme, without a background of its own."""
        try:
            return self._roles[role]
        except AttributeError:
            self._roles = {}
        except KeyError:
            pass
        style = self.get_component_styles(f"line--{role or 'text'}").partial_rich_style
        self._roles[role] = style
        return style

    def notify_style_update(self) -> None:
        """The theme or the focus changed."""
        super().notify_style_update()
        self._roles = {}

    def strip_of(self, line: Line, width: int, base: Style = _NOTHING) -> Strip:
        """A line as a strip of exactly `width` cells, over the style `base`."""
        return Strip(self._segments(line, base)).adjust_cell_length(width, base).simplify()

    def _segments(self, line: Line, base: Style) -> Iterable[Segment]:
        for text, role in line:
            if text:
                yield Segment(text, base + self.role_style(role))


def cut_line(line: Line, width: int) -> Line:
    """A line cut to `width` cells, with `…` where something is missing."""
    from rich.cells import cell_len

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
