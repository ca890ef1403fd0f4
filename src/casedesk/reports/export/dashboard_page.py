"""A dashboard as one HTML page: its figures together, then its charts with their tables, then the rows of its views."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from casedesk.domain.text_safety import visible_line
from casedesk.domain.written import number
from casedesk.reports.export.files import write_file
from casedesk.reports.export.html_page import Listing, html_page
from casedesk.reports.wording import span_text

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ViewColumn
    from casedesk.desk.values.views import Cell
    from casedesk.reports.dashboard import DashboardContent, WidgetContent
    from casedesk.reports.values import Report


def write_dashboard(desk: Desk, content: DashboardContent, path: str | Path, *, replace: bool = False) -> Path:
    """Write what a dashboard shows as a page and return where. Raises what `write_file` raises."""
    return write_file(dashboard_page(desk, content), path, replace=replace)


def dashboard_page(desk: Desk, content: DashboardContent) -> str:
    """The page. A widget that can't be shown says why."""
    charts = [_chart_report(each) for each in content.widgets if each.chart is not None and each.report is not None]
    listings = [_listing(desk, each) for each in content.widgets if each.view is not None or each.error]
    reports = [*_figures(content), *charts]
    return html_page(content.dashboard.name, reports, listings=listings, made_at=desk.local(desk.now()))


def _figures(content: DashboardContent) -> list[Report]:
    """All figures as the totals of one report, each under the title of its widget."""
    shown = [each for each in content.widgets if each.figure is not None and each.report is not None]
    if not shown:
        return []
    first = shown[0].report
    assert first is not None
    figures = tuple(
        replace(each.figure, definition=replace(each.figure.definition, title=each.title))
        for each in shown
        if each.figure is not None
    )
    request = replace(first.request, query=content.dashboard.query)
    return [replace(first, title="Figures", request=request, totals=figures, columns=(), lines=(), charts=(), notes=())]


def _chart_report(content: WidgetContent) -> Report:
    """The report of a chart without all that isn't drawn."""
    report, chart = content.report, content.chart
    assert report is not None
    assert chart is not None
    places = [at for at, column in enumerate(report.columns) if column.id in chart.shown]
    lines = tuple(replace(line, figures=tuple(line.figures[at] for at in places)) for line in report.lines)
    return replace(
        report,
        title=content.title,
        totals=tuple(figure for figure in report.totals if figure.id in chart.shown),
        columns=tuple(report.columns[at] for at in places),
        lines=lines,
        charts=(replace(chart, title=content.title),),
    )


def _listing(desk: Desk, content: WidgetContent) -> Listing:
    if content.view is None:
        return Listing(content.title, content.error, (), ())
    columns = content.view.shown_columns
    count = content.count or 0
    more = f"the first {len(content.rows):,} of {count:,}" if count > len(content.rows) else f"{count:,}"
    note = " ".join([f"{more} {content.view.scope}.".capitalize(), *content.notes])
    rows = tuple(
        tuple(_cell(desk, column, cell) for column, cell in zip(columns, row.cells, strict=True))
        for row in content.rows
    )
    return Listing(content.title, note, tuple(column.title for column in columns), rows)


def _cell(desk: Desk, column: ViewColumn, cell: Cell) -> str:
    """A cell as text, instants in the desk's zone."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime):
        return f"{desk.local(cell):%Y-%m-%d %H:%M}"
    if isinstance(cell, int | float):
        return span_text(cell) if column.kind == "span" else str(number(cell))
    return visible_line(cell)
