"""The totals of a report as cards: title, value with its n, the interval, and the change against the period before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from casedesk.reports.wording import interval_text, value_text
from casedesk.tui.drawing import cut_inside, line_of
from casedesk.tui.look import Line
from casedesk.tui.report_words import change_said
from casedesk.tui.widgets.drawn import cut_line, width_of
from casedesk.tui.widgets.figure_pane import FigurePane

if TYPE_CHECKING:
    from casedesk.reports.values import Figure

CARD, WIDEST = 19, 26
"""Cells of a card at least, and at most as long as others can stand beside it."""
ROOMY = 100


class FigureCards(FigurePane):
    """As many cards beside each other as fit; the others below."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self.place = 0
        self._figures: Sequence[Figure] = ()
        self._said: Line = []

    def show(self, figures: Sequence[Figure]) -> None:
        """Show other figures. The cursor stays on the same one, where it is still there."""
        before = self.figure.id if self.figure is not None else ""
        self._figures, self._said = figures, []
        self.place = next((place for place, each in enumerate(figures) if each.id == before), 0)
        self.refresh(layout=True)

    def say(self, text: str, role: str = "muted") -> None:
        """Words in the place of figures: outside text."""
        self._figures, self._said = (), [(f" {line_of(text)}", role)]
        self.place = self.top = 0
        self.refresh(layout=True)

    @property
    def figure(self) -> Figure | None:
        return self._figures[self.place] if self.place < len(self._figures) else None

    # Measures

    def _columns(self, width: int) -> int:
        """How many cards stand beside each other: the lines are filled evenly where all of them are likely seen."""
        count = max(1, len(self._figures))
        columns = max(1, min(count, width // self._card_width(width)))
        lines = -(-count // columns)
        return -(-count // lines) if lines <= 2 or width >= ROOMY else columns

    def _card_width(self, width: int) -> int:
        """What the longest title and change need, where there is room for more than the least."""
        if width < ROOMY:
            return CARD
        changes = (cell_len(change_said(figure)[0]) for figure in self._figures)
        titles = (len(figure.definition.title) for figure in self._figures)
        return max(CARD, min(WIDEST, 3 + max([*changes, *titles], default=0)))

    def _lines_of_card(self, width: int) -> int:
        """Title and value, and one more each where there is a change, and where an interval needs a line of its own."""
        changes = any(change_said(figure)[0] for figure in self._figures)
        return 2 + self._intervals_below(width) + changes

    def _intervals_below(self, width: int) -> bool:
        """Whether an interval has no room behind its value."""
        room = width // self._columns(width) - 3
        return any(width_of(_value(figure)) + len(interval_text(figure)) + 2 > room for figure in self._with_interval)

    @property
    def _with_interval(self) -> list[Figure]:
        return [figure for figure in self._figures if interval_text(figure)]

    @property
    def _card_lines(self) -> int:
        return self._lines_of_card(self.inner_width)

    @property
    def line_count(self) -> int:
        return self._lines_for(self.inner_width)

    def _lines_for(self, width: int) -> int:
        if not self._figures:
            return 1
        return -(-len(self._figures) // self._columns(width)) * self._lines_of_card(width)

    def lines_of_rows(self, rows: int) -> int:
        """The height of the pane in which so many rows of cards are seen whole."""
        return 2 + rows * self._card_lines

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return 2 + self._lines_for(width - 2)

    def on_resize(self) -> None:
        self.scroll_to_top(self.top)
        self._show_cursor()
        self.refresh()

    # Drawing

    def draw_line(self, place: int, width: int) -> Strip:
        if not self._figures:
            return self.strip_of(self._said, width)
        columns = self._columns(width)
        room, lines = width // columns, self._card_lines
        first = place // lines * columns
        drawn = []
        for at in range(first, min(first + columns, len(self._figures))):
            chosen = at == self.place and self.has_focus
            line = self._card(self._figures[at], room - 1)[place % lines]
            sign = ("> " if self.app.preferences.plain else "▸ ") if chosen and place % lines == 0 else "  "
            base = self.app.role_styles["selection"] if chosen else self.app.role_styles["text"]
            drawn.append(self.strip_of([(sign, "accent"), *cut_line(line, room - 2)], room, base))
        if not drawn:
            return self.strip_of([], width)
        strip = Strip.join(drawn)
        return strip.adjust_cell_length(width, self.visual_style.rich_style)

    def _card(self, figure: Figure, width: int) -> list[Line]:
        value, interval = _value(figure), interval_text(figure)
        change, role = change_said(figure, plain=self.app.preferences.plain, room=width - 1)
        lines: list[Line] = [[(cut_inside(figure.definition.title, width - 1), "muted")], value]
        if self._intervals_below(self.inner_width):
            lines.append([(interval, "text")])
        elif interval:
            value.append((f"  {interval}", "text"))
        sure: Line = [("  beyond chance", "muted")] if figure.changed else []
        line: Line = [(change, role)]
        return [*lines, [*line, *sure] if width_of([*line, *sure]) <= width - 1 else line]

    # The cursor

    def go(self, lines: int, columns: int) -> None:
        across = self._columns(self.inner_width)
        if not self._figures:
            return
        line, column = divmod(self.place, across)
        last_line = (len(self._figures) - 1) // across
        below = max(0, min(line + lines, last_line)) * across + column
        place = self.place + columns if columns else below
        self.go_to((0, max(0, min(place, len(self._figures) - 1))))

    def go_to(self, cell: tuple[int, int]) -> bool:
        if cell[1] == self.place:
            return False
        self.place = cell[1]
        self._show_cursor()
        self.refresh()
        self.post_message(self.Moved(self))
        return True

    def _show_cursor(self) -> None:
        if self._figures and self.inner_width:
            line = self.place // self._columns(self.inner_width)
            self.scroll_into_view(line * self._card_lines, self._card_lines)

    @property
    def page_lines(self) -> int:
        return max(1, self.lines_seen // self._card_lines)

    def cell_at(self, event: events.MouseEvent) -> tuple[int, int] | None:
        line = self.place_at(event)
        offset = event.get_content_offset(self)
        if line is None or offset is None or not self._figures:
            return None
        columns = self._columns(self.inner_width)
        column = min(columns - 1, (offset.x - 1) // max(1, self.inner_width // columns))
        place = line // self._card_lines * columns + column
        return (0, place) if place < len(self._figures) else None


def _value(figure: Figure) -> Line:
    """The value; with its n, unless that is the value itself."""
    line: Line = [(value_text(figure.definition.unit, figure.value), "strong")]
    if figure.definition.unit != "count" or figure.value is None:
        line.append((f"  n {figure.n:,}", "muted"))
    return line
