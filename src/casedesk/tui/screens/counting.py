"""How the report screen counts, and where it shows what it counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from casedesk.desk.values import TabCount
from casedesk.domain.errors import CasedeskError
from casedesk.reports.period import last_days
from casedesk.reports.running import REPORTS
from casedesk.reports.wording import interval_text, sample_text, value_text
from casedesk.tui.actions import REPORT_IDS
from casedesk.tui.drawing import line_of
from casedesk.tui.look import Line
from casedesk.tui.reading import Reading
from casedesk.tui.report_exporting import Exporting
from casedesk.tui.report_reading import ReportReading
from casedesk.tui.report_view import ReportView
from casedesk.tui.report_words import TITLES, period_said, report_title
from casedesk.tui.screens.narrowing import Narrowing
from casedesk.tui.widgets.chart_pane import ChartPane
from casedesk.tui.widgets.figure_cards import FigureCards
from casedesk.tui.widgets.figure_pane import FigurePane
from casedesk.tui.widgets.figure_table import FigureTable
from casedesk.tui.widgets.filter_bar import FilterBar
from casedesk.tui.widgets.header import HeadLine
from casedesk.tui.widgets.key_line import KeyLine
from casedesk.tui.widgets.tab_line import TabLine

if TYPE_CHECKING:
    from casedesk.reports import Figure, Report, Request
    from casedesk.tui.app import Opened
    from casedesk.tui.macro_recording import Recording

CHARTS = 4
CHART_WIDTH, CHART_ROOM = 56, 32
"""Cells that a chart needs across, and lines that the screen has before charts stand beside the table."""


class Counting(Narrowing[ReportView]):
    """The part of the report screen between the request and the panes."""

    AUTO_FOCUS = "#report-totals"

    reading: ReportReading

    def __init__(
        self, opened: Opened, recording: Recording, view: ReportView | None = None, *, poll_seconds: float = 1.0
    ) -> None:
        super().__init__()
        desk = opened.desk
        self.opened = opened
        self.recording = recording
        self.view = view or ReportView(REPORT_IDS[0], last_days(30, desk.now(), desk.zone))
        self.report: Report | None = None
        self.large = 0  # which chart is shown alone, counted from 1
        self._poll_seconds = poll_seconds
        self._asked: Request | None = None  # what is being counted
        self._stale = False  # the desk has changed since that was begun

    def compose(self) -> ComposeResult:
        desk = self.app.desk
        self.head = HeadLine(desk.name, desk.user.login, desk.user.role, id="head")
        self.filter = FilterBar(id="filter")
        self.reports = self._offered_reports()
        self.tabs = TabLine(self._tabs(), id="tabs")
        self.totals = FigureCards(id="report-totals")
        self.charts = [ChartPane(id=f"chart-{place}") for place in range(CHARTS)]
        self.table = FigureTable(id="report-table")
        self.keys = KeyLine(id="keys")
        self.reading = ReportReading(desk, self.app.reports, poll_seconds=self._poll_seconds)
        yield self.head
        yield self.filter
        yield self.tabs
        yield self.totals
        with Horizontal(id="report-charts"):
            yield from self.charts
        yield self.table
        yield self.keys
        yield Static("This needs 60 columns and 20 lines; make the window larger.", markup=False, id="too-small")
        yield self.reading
        self.exporting = Exporting()
        yield self.exporting

    def on_mount(self) -> None:
        self.head.set_view("Reports")
        self.start_clock()
        if self.view.query:
            self.filter.set_text(self.view.query)
        self.turn_to(self.view.report if self.view.report in self.reports else self.reports[0])
        self.show_keys()
        self.reading.follow(lambda: None)

    def grow_older(self) -> None:
        """What is open grows older: it is counted again."""
        if self.report is not None:
            self._count_again()

    # Which reports there are

    def _offered_reports(self) -> list[str]:
        """In the order of their tabs; that of service levels only while those are on."""
        known = [each for each in TITLES if each in REPORTS]
        offered = [*known, *(each for each in REPORTS if each not in TITLES)]
        return [each for each in offered if each != "sla" or self.app.desk.service_levels.on]

    def _tabs(self) -> list[TabCount]:
        return [TabCount(each, self._tab_title(each), "", None) for each in self.reports]

    def _follow_reports(self) -> None:
        """Show the tabs of the reports that there are now: service levels may have been switched meanwhile."""
        offered = self._offered_reports()
        if offered == self.reports:
            return
        self.reports = offered
        self.tabs.set_tabs(self._tabs())
        self.show_keys()
        if self.view.report not in offered:
            self.app.tell("Service levels were switched off, so that there is nothing to report on.", "warning")
            self.turn_to(offered[0])

    def _tab_title(self, report: str) -> str:
        key = self.key_of(f"reports.{report}") if report in REPORT_IDS else ""
        return f"{key} {report_title(report)}".strip()

    def turn_to(self, report: str) -> None:
        """Show another report."""
        self.view = replace(self.view, report=report)
        self.report, self.large = None, 0
        self.tabs.show(report)
        self.totals.say("Counting…")
        self.table.clear()
        self.place_panes()
        self.count()

    # Counting

    def look_at(self, view: ReportView) -> None:
        """Count something else; what was counted before stays until then, under its own title."""
        if view != self.view:
            self.view = view
            self.count()

    def count(self) -> None:
        """Count what is looked at."""
        self._asked, self._stale = self.view.request, False
        self.reading.report(self.view.request, self.view.query.strip())
        self._show_titles(counting=True)

    @on(ReportReading.Ran)
    def _take_in(self, message: ReportReading.Ran) -> None:
        if not self.reading.is_wanted(message.request):
            return
        if message.report is not None:
            self.filter.accept(self.view.query)
            self._show(message.report)
        elif message.error is not None:
            self._refuse(message.error)
        self._asked = None
        self._show_titles()
        self.show_keys()
        if self._stale:
            self.count()

    def _show(self, report: Report) -> None:
        self.report = report
        self.totals.show(report.totals)
        self.table.show(report)
        self.place_panes()

    def _refuse(self, error: CasedeskError) -> None:
        """Say why there is no report: under the filter, or in the place of the figures."""
        if error.code == "query" and self.view.query != self.filter.good:
            if self.view.query == self.filter.text:
                self.filter.complain(error)  # type: ignore[arg-type]  # the code says that it is a QueryError
            self.view = replace(self.view, query=self.filter.good)
            self._stale = self.report is None or self.report.request != self.view.request
            return
        self.report = None
        self.totals.say(f"{error.sentence} {self.key_of('reports.reload')} tries again.", "bad")
        self.table.clear()
        self.place_panes()

    @on(Reading.Changed)
    def _count_again(self) -> None:
        """Count the same as it is now; after what is being counted, so that a busy desk doesn't put it off for ever."""
        self._follow_reports()
        if self._asked == self.view.request:
            self._stale = True
        else:
            self.count()

    # The filter

    def narrow_down(self) -> None:
        if self.filter.text == self.filter.good:
            self.filter.accept()
            self._show_titles(counting=self._is_counting)
        self.look_at(replace(self.view, query=self.filter.text))

    @on(FilterBar.Left)
    def _filter_left(self) -> None:
        self.narrow_down()
        self.set_focus(self.totals)

    # What stands where

    def on_resize(self) -> None:
        self.place_panes()

    def place_panes(self) -> None:
        """Charts beside each other where there is room for them and the table; else one alone, by its key."""
        width, height = self.size
        charts = self.report.charts[:CHARTS] if self.report is not None else ()
        self.large = min(self.large, len(charts))
        if self.large:
            shown = charts[self.large - 1 : self.large]
        else:
            shown = charts[: max(1, width // CHART_WIDTH)] if height >= CHART_ROOM else ()
        box = self.query_one("#report-charts")
        box.display = bool(shown)
        box.styles.height = "1fr" if self.large else min(22, (height - 12) // 2 - 1)
        self.table.display = not self.large
        rows = 4 if height >= CHART_ROOM else 2 if height >= 24 else 1
        self.totals.styles.max_height = self.totals.lines_of_rows(rows)
        for place, pane in enumerate(self.charts):
            pane.display = place < len(shown)
            if place < len(shown) and self.report is not None:
                pane.show(self.report, shown[place])
        if self.large and self.focused is self.table:
            self.set_focus(self.totals)

    @on(FigurePane.Moved)
    def _show_place(self) -> None:
        self._show_titles(counting=self._is_counting)

    @property
    def _is_counting(self) -> bool:
        return self._asked is not None

    def _show_titles(self, *, counting: bool = False) -> None:
        """What is shown, in the upper edges; in the lower ones the figure under the cursor."""
        request = self.report.request if self.report is not None else self.view.request
        title: Line = [(report_title(request.report), "text"), (f" · {period_said(request)}", "muted")]
        if counting:
            title.append((" · counting…", "accent"))
        elif self.report is not None and self.filter.mistake is not None:
            title.insert(1, (" · from before the filter's mistake", "bad"))
        self.totals.set_title(title)
        lines = len(self.report.lines) if self.report is not None else 0
        self.table.set_title([(f"{lines:,} {'line' if lines == 1 else 'lines'}", "muted")] if lines else [])
        compared: Line = [(f"changes are against {request.period.before()}", "muted")] if request.compare else []
        known: Line = [(line_of(" ".join(self.report.notes)), "muted")] if self.report and self.report.notes else []
        self.totals.set_note(_readout(self.totals) if self.focused is self.totals else compared)
        self.table.set_note(_readout(self.table) if self.focused is self.table else known)


def _readout(pane: FigurePane) -> Line:
    """The figure under the cursor in words: `Closed: 97 · n = 97 tickets`."""
    figure = pane.figure
    if figure is None:
        return []
    where = f"{line_of(pane.label, 40)} · " if pane.label else ""
    return [(f"{where}{figure.definition.title} ", "muted"), *_value(figure)]


def _value(figure: Figure) -> Line:
    said = [interval_text(figure), sample_text(figure)]
    line: Line = [(value_text(figure.definition.unit, figure.value), "strong")]
    return [*line, (" · " + " · ".join(filter(None, said)), "muted")]
