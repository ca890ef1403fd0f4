"""What a dashboard shows: the rows of its views, its figures and its charts, each read by itself (S6).

The dashboard's period and query narrow every widget. A view of tickets shows those that opened in the period, one of
responses those answered in it; figures and charts are those of the reports, to the digit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from casedesk.desk.matching import closest
from casedesk.desk.values.dashboards import CHART, FIGURE, VIEW
from casedesk.desk.values.views import TICKETS
from casedesk.domain.errors import CasedeskError, InvalidInput, NotFound
from casedesk.reports.definitions import TITLES
from casedesk.reports.frame import Frame
from casedesk.reports.grouping import period_of, usual_grouping
from casedesk.reports.running import REPORTS
from casedesk.reports.values import Chart, Figure, Report, Request

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard, DashboardWidget, View, ViewRow
    from casedesk.reports.period import Period
    from casedesk.reports.running import Reports

CANCELLED = "cancelled"
"""The code of the error that an interrupted read ends with: it says nothing about the widget."""

ROWS = 50
"""Rows of a view that are read unless more are asked for."""

CELL = 200
"""Characters of a cell of a view."""


@dataclass(frozen=True, slots=True)
class WidgetContent:
    """What a widget shows now: the first rows of a `view`, with how many there are; or a `figure` or `chart` of a
    `report`. Where it can't be shown, `error` says why in a sentence. `notes` say what is missing of a view.
    """

    widget: DashboardWidget
    title: str
    view: View | None = None
    rows: tuple[ViewRow, ...] = ()
    count: int | None = None
    report: Report | None = None
    figure: Figure | None = None
    chart: Chart | None = None
    query: str = ""
    notes: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class DashboardContent:
    """A dashboard as it is now, over a period."""

    dashboard: Dashboard
    period: Period
    widgets: tuple[WidgetContent, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a report has for a widget: its figures by id and title, and the titles of its charts."""

    report: str
    title: str
    figures: tuple[tuple[str, str], ...]
    charts: tuple[str, ...]


def looked_at(desk: Desk, dashboard: Dashboard, query: str | None) -> Dashboard:
    """The dashboard narrowed down by another query than its own, as somebody looks at it now. Raises QueryError."""
    if query is None:
        return dashboard
    desk.queries.check(query)
    return replace(dashboard, query=query.strip())


def request_of(dashboard: Dashboard, widget: DashboardWidget, period: Period) -> Request:
    """What a figure or chart asks the reports for."""
    by = widget.by or usual_grouping(widget.report, period)
    return Request(widget.report, period, by, _both(dashboard.query, widget.query), widget.working)


def read_dashboard(
    desk: Desk, reports: Reports, dashboard: Dashboard, *, period: Period | None = None, limit: int = ROWS
) -> DashboardContent:
    """Everything that the dashboard shows, over its own period or another. Raises InvalidInput for the period alone."""
    over = period or period_of(dashboard.period, desk.now(), desk.zone)
    contents = (read_widget(desk, reports, dashboard, widget, over, limit=limit) for widget in dashboard.widgets)
    return DashboardContent(dashboard, over, tuple(contents))


def read_widget(
    desk: Desk, reports: Reports, dashboard: Dashboard, widget: DashboardWidget, period: Period, *, limit: int = ROWS
) -> WidgetContent:
    """What one widget shows, or why it can't. Raises only when the reading is cancelled."""
    try:
        if widget.kind == VIEW:
            return _read_view(desk, dashboard, widget, period, limit)
        return _read_report(reports, dashboard, widget, period)
    except CasedeskError as error:
        if error.code == CANCELLED:
            raise
        return WidgetContent(widget, title_of(widget), error=error.sentence)


def title_of(widget: DashboardWidget) -> str:
    """What a widget is called as long as nothing is known but the widget."""
    return widget.title or widget.view or widget.chart or TITLES.get(widget.figure, widget.figure)


def _read_view(desk: Desk, dashboard: Dashboard, widget: DashboardWidget, period: Period, limit: int) -> WidgetContent:
    try:
        view = desk.views.show(widget.view_id)
    except NotFound:
        raise NotFound(f"The view “{widget.view}” is gone, or isn't shared with you.") from None
    if view.broken:
        raise InvalidInput(f"The view “{view.name}” can't be shown. {view.problems[0]}")
    asked = Request("tickets", period)
    dated = Frame(desk, asked).within("created" if view.scope == TICKETS else "answered", period)
    query = f"{_both(dashboard.query, widget.query)} {dated}".strip()
    ids = islice(chain.from_iterable(desk.views.stream(view, query, first=limit)), limit)
    rows = desk.views.rows(view.shown_columns, list(ids), view.scope, longest=CELL)
    count = len(rows) if len(rows) < limit else desk.views.count(view, query)
    return WidgetContent(
        widget,
        widget.title or view.name,
        view=view,
        rows=rows,
        count=count,
        query=view.narrowed(query),
        notes=view.problems,
    )


def _read_report(reports: Reports, dashboard: Dashboard, widget: DashboardWidget, period: Period) -> WidgetContent:
    report = reports.run(request_of(dashboard, widget, period))
    if widget.kind == FIGURE:
        figure = _figure_of(report, widget.figure)
        return WidgetContent(widget, widget.title or figure.definition.title, report=report, figure=figure)
    chart = _chart_of(report, widget.chart)
    return WidgetContent(widget, widget.title or chart.title, report=report, chart=chart)


def _figure_of(report: Report, figure: str) -> Figure:
    for each in report.totals:
        if each.id == figure:
            return each
    raise NotFound(_no_such("figure", figure, report, [each.id for each in report.totals]))


def _chart_of(report: Report, title: str) -> Chart:
    for each in report.charts:
        if each.title.casefold() == title.casefold():
            return each
    raise NotFound(_no_such("chart", title, report, [each.title for each in report.charts]))


def _no_such(what: str, name: str, report: Report, known: Iterable[str]) -> str:
    known = list(known)
    nearest = dict.fromkeys([*closest(name, known), *known])
    there = f"; there is {', '.join(nearest)}" if nearest else ""
    return f"The report {report.title} has no {what} “{name}” here{there}."


def _both(one: str, other: str) -> str:
    """A query for what matches both."""
    parts = [part.strip() for part in (one, other) if part.strip()]
    return " ".join(f"({part})" for part in parts) if len(parts) > 1 else "".join(parts)


# -- what can be put on a dashboard ------------------------------------------------------------------------------------


def offers(reports: Reports, period: Period) -> list[Offer]:
    """What each report has for widgets over a period; a report that can't be made now is left out."""
    found = []
    for name in REPORTS:
        try:
            report = reports.run(Request(name, period, usual_grouping(name, period)))
        except CasedeskError as error:
            if error.code == CANCELLED:
                raise
            continue
        figures = tuple((figure.id, figure.definition.title) for figure in report.totals)
        found.append(Offer(name, report.title, figures, tuple(chart.title for chart in report.charts)))
    return found


def check_widget(
    desk: Desk, reports: Reports, dashboard: Dashboard, kind: str, report: str, name: str, *, by: str = ""
) -> str:
    """The figure's id or the chart's title as the report has it.

    Raises NotFound with the nearest names, and InvalidInput for a report or grouping that isn't there.
    """
    period = period_of(dashboard.period, desk.now(), desk.zone)
    found = reports.run(Request(report, period, by or usual_grouping(report, period)))
    return _chart_of(found, name).title if kind == CHART else _figure_of(found, name).id
