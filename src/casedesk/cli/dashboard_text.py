"""A dashboard as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casedesk.cli.output import write, write_table
from casedesk.cli.view_rows import row_document, write_rows
from casedesk.domain.text_safety import visible_line
from casedesk.domain.written import number
from casedesk.reports.wording import change_text, interval_text, value_text

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard, DashboardWidget
    from casedesk.reports.dashboard import DashboardContent, WidgetContent
    from casedesk.reports.values import Chart, Figure, Line, Report


def write_content(desk: Desk, content: DashboardContent) -> None:
    """Write what a dashboard shows: its figures in one table, then each chart's table and each view's rows."""
    dashboard = content.dashboard
    write(visible_line(f"{dashboard.name} · {content.period} · {desk.zone.key} · {dashboard.owner}"))
    if dashboard.query:
        write(f"only {visible_line(dashboard.query)}")
    if not content.widgets:
        write("Nothing stands on it yet; `casedesk dashboards widget add` puts something there.")
    figures = [each for each in content.widgets if each.figure is not None]
    if figures:
        write()
        _write_figures(figures)
    for each in content.widgets:
        if each.figure is None:
            write()
            _write_widget(desk, each)


def _write_figures(contents: list[WidgetContent]) -> None:
    rows = []
    for each in contents:
        figure = each.figure
        assert figure is not None
        value = value_text(figure.definition.unit, figure.value)
        rows.append((each.widget.place, each.title, value, interval_text(figure), f"{figure.n:,}", change_text(figure)))
    write_table(("", "figure", "value", "95 % interval", "n", "change"), rows, flexible=5, to_right=(2, 4))


def _write_widget(desk: Desk, content: WidgetContent) -> None:
    count = "" if content.count is None else f" · {content.count:,}"
    write(visible_line(f"{content.widget.place}  {content.title}{count}"))
    for note in content.notes:
        write(visible_line(note))
    if content.error:
        write(visible_line(content.error))
    elif content.view is not None:
        write_rows(desk, content.view.scope, content.view.shown_columns, content.rows)
    elif content.report is not None and content.chart is not None:
        _write_chart(content.report, content.chart)


def _write_chart(report: Report, chart: Chart) -> None:
    columns = [(at, column) for at, column in enumerate(report.columns) if column.id in chart.shown]
    rows = [
        (line.label, *(value_text(column.unit, line.figures[at].value) for at, column in columns))
        for line in report.lines
    ]
    header = (report.heading, *(column.title for _, column in columns))
    write_table(header, rows, flexible=0, to_right=range(1, len(header)))


def dashboard_document(dashboard: Dashboard) -> dict[str, Any]:
    """A dashboard as JSON, without what it shows."""
    return {
        "name": dashboard.name,
        "owner": dashboard.owner,
        "mine": dashboard.mine,
        "shared_with": {"users": list(dashboard.users), "teams": list(dashboard.teams)},
        "pinned": dashboard.pinned,
        "retired": dashboard.retired,
        "period": dashboard.period,
        "query": dashboard.query,
        "widgets": [_widget(widget) for widget in dashboard.widgets],
    }


def content_document(content: DashboardContent) -> dict[str, Any]:
    """A dashboard as JSON with what each widget shows. Values are in the units of `casedesk report --json`."""
    return {
        **dashboard_document(content.dashboard),
        "from": str(content.period.first),
        "to": str(content.period.last),
        "widgets": [_widget(each.widget) | _shown(each) for each in content.widgets],
    }


def _widget(widget: DashboardWidget) -> dict[str, Any]:
    what: dict[str, Any] = {"view": widget.view}
    if widget.kind != "view":
        shown = widget.figure or widget.chart
        what = {"report": widget.report, widget.kind: shown, "by": widget.by or None, "working_time": widget.working}
    return {
        "place": widget.place, "kind": widget.kind, "title": widget.title, "width": widget.width, **what,
        "query": widget.query,
    }  # fmt: skip


def _shown(content: WidgetContent) -> dict[str, Any]:
    document: dict[str, Any] = {"title": content.title, "error": content.error or None}
    if content.view is not None:
        view = content.view
        rows = [row_document(view.scope, view.shown_columns, row) for row in content.rows]
        document |= {"scope": view.scope, "count": content.count, "notes": list(content.notes), "rows": rows}
    elif content.figure is not None:
        document |= _figure(content.figure)
    elif content.report is not None and content.chart is not None:
        document |= _chart(content.report, content.chart)
    return document


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "value": number(figure.value), "unit": figure.definition.unit, "n": figure.n, "low": number(figure.low),
        "high": number(figure.high), "before": number(figure.before), "changed": figure.changed,
        "rows": None if figure.rows is None else {"of": figure.rows.scope, "query": figure.rows.query},
    }  # fmt: skip


def _chart(report: Report, chart: Chart) -> dict[str, Any]:
    def shown(line: Line) -> dict[str, Any]:
        return {figure.id: number(figure.value) for figure in line.figures if figure.id in chart.shown}

    lines = [{"label": line.label, **shown(line)} for line in report.lines]
    return {"drawn_as": chart.kind, "grouped_by": report.request.by, "lines": lines}
