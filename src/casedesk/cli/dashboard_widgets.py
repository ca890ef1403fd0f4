"""`casedesk dashboards widget …`: what stands on a dashboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.desk.values.dashboards import CHART, FIGURE, VIEW
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Dashboard

app = Commands(help="Add, change, move and remove the widgets of a dashboard.")

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The dashboard's name.")]
_Place = Annotated[int, typer.Argument(metavar="PLACE", help="The widget's place, from 1 on.")]
_View = Annotated[str | None, typer.Option("--view", metavar="VIEW", help="The view that it shows.")]
_Report = Annotated[
    str | None, typer.Option("--report", metavar="REPORT", help="The report of its figure or chart: tickets, …")
]
_Figure = Annotated[str | None, typer.Option("--figure", metavar="ID", help="The figure: new, nps, overdue, …")]
_Chart = Annotated[str | None, typer.Option("--chart", metavar="TITLE", help="The chart, by its title.")]
_By = Annotated[
    str | None, typer.Option("--by", metavar="WHAT", help="day, week, month or a field; otherwise what suits.")
]
_Query = Annotated[str | None, typer.Option("--query", metavar="QUERY", help="Narrows this widget down.")]
_Title = Annotated[str | None, typer.Option("--title", metavar="TEXT", help="Its title; otherwise what it shows.")]
_Width = Annotated[int | None, typer.Option("--width", metavar="N", help="Its width in quarters, 1 to 4.")]
_Working = Annotated[
    bool | None, typer.Option("--working/--calendar-time", help="Open time by working hours, or day and night.")
]


@app.command("add")
def add_widget(
    ctx: typer.Context,
    name: _Name,
    view: _View = None,
    report_name: _Report = None,
    figure: _Figure = None,
    chart: _Chart = None,
    by: _By = None,
    query: _Query = None,
    working: _Working = None,
    title: _Title = None,
    width: _Width = None,
    place: Annotated[int | None, typer.Option("--place", metavar="PLACE", help="Where; otherwise at the end.")] = None,
    as_json: AsJson = False,
) -> None:
    """Put a view, a figure or a chart on a dashboard."""
    given = [(kind, text) for kind, text in ((VIEW, view), (FIGURE, figure), (CHART, chart)) if text]
    if len(given) != 1:
        raise InvalidInput("Give one of --view, --figure and --chart.")
    kind, shown = given[0]
    if kind != VIEW and not report_name:
        raise InvalidInput(f"--{kind} needs the report that it is of: --report tickets.")
    with invocation(ctx).open() as desk:
        dashboard = desk.dashboards.show(name)
        found = _checked(desk, dashboard, kind, report_name or "", shown, by or "")
        outcome = desk.dashboards.add_widget(
            dashboard, kind, report=report_name or "", by=by or "", query=query or "", working=bool(working),
            title=title or "", width=width if width is not None else 0, place=place, **{kind: found},
        )  # fmt: skip
    report(outcome, as_json=as_json)


@app.command("change")
def change_widget(
    ctx: typer.Context,
    name: _Name,
    place: _Place,
    view: _View = None,
    report_name: _Report = None,
    figure: _Figure = None,
    chart: _Chart = None,
    by: _By = None,
    query: _Query = None,
    working: _Working = None,
    title: _Title = None,
    width: _Width = None,
    as_json: AsJson = False,
) -> None:
    """Change a widget; what isn't given stays."""
    changes: dict[str, Any] = {
        "view": view, "report": report_name, "figure": figure, "chart": chart, "by": by, "query": query,
        "working": working, "title": title, "width": width,
    }  # fmt: skip
    with invocation(ctx).open() as desk:
        dashboard = desk.dashboards.show(name)
        widget = dashboard.widget(place)
        for kind, shown in ((VIEW, view), (FIGURE, figure), (CHART, chart)):
            if shown and kind != widget.kind:
                raise InvalidInput(f"The widget is a {widget.kind}; remove it, and add a {kind} instead.")
        if widget.kind != VIEW and (figure or chart or report_name or by):
            shown = figure or chart or widget.figure or widget.chart
            wanted = by if by is not None else widget.by
            changes[widget.kind] = _checked(desk, dashboard, widget.kind, report_name or widget.report, shown, wanted)
        outcome = desk.dashboards.change_widget(dashboard, place, **changes)
    report(outcome, as_json=as_json)


@app.command("move")
def move_widget(
    ctx: typer.Context,
    name: _Name,
    place: _Place,
    to: Annotated[int, typer.Argument(metavar="TO", help="Its new place.")],
    as_json: AsJson = False,
) -> None:
    """Put a widget at another place."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.move_widget(name, place, to), as_json=as_json)


@app.command("remove")
def remove_widget(ctx: typer.Context, name: _Name, place: _Place, as_json: AsJson = False) -> None:
    """Take a widget off a dashboard."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.remove_widget(name, place), as_json=as_json)


def _checked(desk: Desk, dashboard: Dashboard, kind: str, report_name: str, shown: str, by: str) -> str:
    """What is shown, as the desk calls it; the report is asked whether it has it."""
    if kind == VIEW:
        return shown
    from casedesk.reports import Reports
    from casedesk.reports.dashboard import check_widget

    return check_widget(desk, Reports(desk), dashboard, kind, report_name, shown, by=by)
