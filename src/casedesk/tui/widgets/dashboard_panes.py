"""The widgets of a dashboard: a figure, a chart and the rows of a view, each in its frame with its own state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.message import Message
from textual.strip import Strip

from casedesk.desk.values.dashboards import CHART, FIGURE
from casedesk.reports.wording import interval_text, value_text
from casedesk.tui.actions import bindings
from casedesk.tui.drawing import line_of, shares_of, sparkline
from casedesk.tui.look import Line, Look
from casedesk.tui.panels.lines import paragraph
from casedesk.tui.report_words import change_said
from casedesk.tui.view_drawing import Layout, needed_widths
from casedesk.tui.widgets.chart_pane import ChartPane
from casedesk.tui.widgets.cursor_pane import CursorPane, Row
from casedesk.tui.widgets.drawn import cut_line, width_of
from casedesk.tui.widgets.scrolled import Scrolled

if TYPE_CHECKING:
    from casedesk.desk.values import DashboardWidget, ViewRow
    from casedesk.reports import Figure
    from casedesk.reports.dashboard import WidgetContent


class Beside(Message):
    """From a pane without lines to go over, the cursor is to go to the one below (1) or above (−1)."""

    def __init__(self, by: int) -> None:
        super().__init__()
        self.by = by


class Opened(Message):
    """A pane was clicked."""

    def __init__(self, pane: Scrolled) -> None:
        super().__init__()
        self.pane = pane


class Whole(Scrolled):
    """The base of the widgets that have no lines to go over."""

    BINDINGS = bindings("page")

    def on_click(self) -> None:
        self.post_message(Opened(self))

    def on_focus(self) -> None:
        self.refresh()

    def on_blur(self) -> None:
        self.refresh()

    def action_move_down(self) -> None:
        self.post_message(Beside(1))

    def action_move_up(self) -> None:
        self.post_message(Beside(-1))


class FigureWidget(Whole):
    """A figure: its value with its interval and n, how it differs from the period before, and how it went."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.content: WidgetContent | None = None

    def show_content(self, content: WidgetContent, _look: Look) -> None:
        """Show what was read."""
        self.content = content
        self.set_title([(line_of(content.title), "text")])
        self.refresh()

    @property
    def line_count(self) -> int:
        return self.inner_height

    def draw_line(self, place: int, width: int) -> Strip:
        lines = self._lines(width - 2)
        return self.strip_of([(" ", "text"), *lines[place]] if place < len(lines) else [], width)

    def _lines(self, width: int) -> Sequence[Line]:
        content = self.content
        if content is None or content.figure is None:
            return _words(content, width)
        return [self._value(content.figure, width), self._change(content.figure, width), self._course(content, width)]

    @staticmethod
    def _value(figure: Figure, width: int) -> Line:
        line: Line = [(value_text(figure.definition.unit, figure.value), "strong")]
        interval = interval_text(figure)
        more: list[Line] = [[(f"  {interval}", "text")]] if interval else []
        if figure.definition.unit != "count" or figure.value is None:
            more.append([(f"  n {figure.n:,}", "muted")])
        for each in more:
            if width_of(line) + width_of(each) <= width:
                line = [*line, *each]
        return cut_line(line, width)

    def _change(self, figure: Figure, width: int) -> Line:
        change, role = change_said(figure, plain=self.app.preferences.plain, room=width)
        return cut_line([(change, role)], width)

    def _course(self, content: WidgetContent, width: int) -> Line:
        """The figure over time as small bars; none in plain mode, where a screen reader would read them one by one."""
        report, figure = content.report, content.figure
        if report is None or figure is None or not report.timed or self.app.preferences.plain:
            return []
        values = [each.value for line in report.lines for each in line.figures if each.id == figure.id]
        if all(value is None for value in values):
            return []
        said = f" by {report.request.by}"
        return [(sparkline(shares_of(values), width - len(said)), "accent"), (said, "muted")]


class ChartWidget(Whole, ChartPane):
    """A chart of a report, under the title of its widget."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.content: WidgetContent | None = None
        self.set_title([(title, "text")])

    def show_content(self, content: WidgetContent, _look: Look) -> None:
        """Show what was read."""
        self.content = content
        if content.report is not None and content.chart is not None:
            self.show(content.report, replace(content.chart, title=content.title))
        else:
            self.clear()
            self.set_title([(line_of(content.title), "text")])

    def draw_line(self, place: int, width: int) -> Strip:
        if self.content is not None and self.content.chart is not None:
            return super().draw_line(place, width)
        lines = _words(self.content, width - 2)
        return self.strip_of([(" ", "text"), *lines[place]] if place < len(lines) else [], width)


class ViewWidget(CursorPane):
    """The first rows of a view in its columns, with a cursor that stays on its row when they are read again."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.content: WidgetContent | None = None
        self.show(lambda width: [Row(line) for line in _words(None, width)])

    @property
    def row(self) -> ViewRow | None:
        """The row under the cursor."""
        rows = self.content.rows if self.content is not None else ()
        return next((row for row in rows if row.id == self.key), None)

    def show_content(self, content: WidgetContent, look: Look) -> None:
        """Show what was read."""
        self.content = content
        count: Line = [] if content.count is None else [(f" · {content.count:,}", "muted")]
        self.set_title([(line_of(content.title), "text"), *count])
        more = (content.count or 0) > len(content.rows)
        self.set_note([(f"the first {len(content.rows):,}", "muted")] if more else [])
        self.show(lambda width: _rows(content, look, width))

    def _show_cursor(self) -> None:
        self.fixed = int(bool(self.content is not None and self.content.rows))
        self.scroll_to_top(min(self.top, self.lowest_top))
        self.scroll_into_view(max(0, self.place - self.fixed))


def _rows(content: WidgetContent, look: Look, width: int) -> list[Row]:
    if content.error or content.view is None:
        return [Row(line) for line in _words(content, width)]
    if not content.rows:
        return [Row(line) for line in paragraph(f"No {content.view.scope} here in this period.", width, "muted")]
    columns = content.view.shown_columns
    layout = Layout.for_width(columns, width, needed_widths(columns, (row.cells for row in content.rows), look))
    return [Row(layout.head()), *(Row(layout.cells(row.cells, look), row.id) for row in content.rows)]


def _words(content: WidgetContent | None, width: int) -> list[Line]:
    """What stands in a widget that has nothing to show yet, or can't show it."""
    return paragraph("Reading…", width, "muted") if content is None else paragraph(content.error, width, "bad")


Pane = FigureWidget | ChartWidget | ViewWidget


def pane_of(widget: DashboardWidget, title: str) -> Pane:
    """The pane for a widget, which says that it is being read."""
    if widget.kind == FIGURE:
        return FigureWidget(line_of(title))
    return ChartWidget(line_of(title)) if widget.kind == CHART else ViewWidget(line_of(title))
