"""One chart of a report in a frame, with its legend in the upper edge; drawn by plotext, in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text
from textual.strip import Strip

from casedesk.tui.chart_drawing import draw_over_time, is_over_time, legend, write_bars, write_sparks
from casedesk.tui.look import Line
from casedesk.tui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from casedesk.reports.values import Chart, Report


class ChartPane(Scrolled, can_focus=False):
    """Told what it shows; drawn once for each size and theme."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id)
        self._shown: tuple[Report, Chart] | None = None
        self._drawn: list[Strip | Line] = []
        self._drawn_for: tuple[object, ...] = ()

    def show(self, report: Report, chart: Chart) -> None:
        """Show a chart of a report."""
        self._shown = report, chart
        self._drawn_for = ()
        self.set_title(legend(report, chart, self.inner_width - 1))
        self.refresh()

    def clear(self) -> None:
        """Show nothing."""
        self._shown, self._drawn, self._drawn_for = None, [], ()
        self.set_title([])
        self.refresh()

    def on_resize(self) -> None:
        if self._shown is not None:
            self.set_title(legend(*self._shown, self.inner_width - 1))

    @property
    def line_count(self) -> int:
        return self.inner_height

    def draw_line(self, place: int, width: int) -> Strip:
        if self._drawn_for != (width, self.inner_height, self.app.role_styles):
            self._drawn_for = (width, self.inner_height, self.app.role_styles)
            self._drawn = self._draw(width, self.inner_height)
        line = self._drawn[place] if place < len(self._drawn) else []
        if isinstance(line, Strip):
            return line.adjust_cell_length(width, self.visual_style.rich_style)
        return self.strip_of([(" ", "text"), *line], width)

    def _draw(self, width: int, height: int) -> list[Strip | Line]:
        if self._shown is None:
            return []
        report, chart = self._shown
        if self.app.preferences.plain or self.app.no_color:
            return [*write_sparks(report, chart, width - 2, plain=self.app.preferences.plain)]
        if not is_over_time(report):
            return [*write_bars(report, chart, width - 2, height)]
        text = draw_over_time(report, chart, width - 2, height, self._ink)
        if not text:
            return [[("There is nothing to draw.", "muted")]]
        ground = self.visual_style.rich_style
        lines = Text.from_ansi(text).split("\n")
        console = self.app.console
        blank = Strip.blank(1, ground)
        return [Strip.join([blank, Strip(line.render(console)).apply_style(ground)]) for line in lines]

    def _ink(self, role: str) -> tuple[int, int, int] | str:
        """The colour of a role in the theme."""
        colour = self.app.role_styles[role].color
        triplet = colour.triplet if colour is not None else None
        return (triplet.red, triplet.green, triplet.blue) if triplet is not None else "default"
