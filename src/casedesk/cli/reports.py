"""`casedesk report …`: the same reports as on the screen, as text, JSON, CSV or a file to pass on (A5, A6, X10)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_json
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.reports import Report, Request

app = Commands()

Name = Annotated[
    str,
    typer.Argument(
        metavar="REPORT", help="tickets, cases, sla (while service levels are on), feedback, causes or people."
    ),
]
From = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="The first day, or 2026-11, last-month, …; otherwise 30 days."),
]
To = Annotated[str | None, typer.Option("--to", metavar="DATE", help="The last day, likewise; otherwise today.")]
By = Annotated[
    str | None,
    typer.Option(
        "--by", metavar="WHAT", help="day, week, month or a field: campaign, owner, tag, …; otherwise what suits."
    ),
]
Narrowed = Annotated[str, typer.Option("--query", metavar="QUERY", help="Only what matches, such as team:North.")]
Zone = Annotated[str | None, typer.Option("--zone", metavar="ZONE", help="Whose days they are; otherwise the desk's.")]
Working = Annotated[
    bool, typer.Option("--working/--calendar-time", help="Open time by working hours, or day and night.")
]
NoCompare = Annotated[bool, typer.Option("--no-compare", help="Leave out the period before.")]
Define = Annotated[bool, typer.Option("--define", help="Say what each figure means, too.")]
AsCsv = Annotated[bool, typer.Option("--csv", help="Print the table as CSV.")]
Svg = Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Write the charts to a file.")]
Html = Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write the report to a file as one page.")]
Replace = Annotated[bool, typer.Option("--replace", help="Overwrite a file that is there already.")]


@app.command("report")
def report(
    ctx: typer.Context,
    name: Name,
    first: From = None,
    last: To = None,
    by: By = None,
    query: Narrowed = "",
    zone: Zone = None,
    working: Working = False,
    no_compare: NoCompare = False,
    define: Define = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    svg: Svg = None,
    html: Html = None,
    replace: Replace = False,
) -> None:
    """Print what happened in a period: figures with their n, their interval and the period before, and a table."""
    files = {"svg": svg, "html": html}
    if as_json + as_csv + sum(path is not None for path in files.values()) > 1:
        raise InvalidInput("Give one of --json, --csv, --svg and --html.")
    with invocation(ctx).open() as desk:
        from casedesk.reports import Reports

        found = Reports(desk).run(_request(desk, name, first, last, by, query, zone, working, not no_compare))
        for kind, path in files.items():
            if path is not None:
                _write_file(desk, found, kind, path, replace=replace)
                return
    if as_json:
        from casedesk.reports.export.document import report_document

        write_json(report_document(found))
    elif as_csv:
        from casedesk.reports.export.csv_table import csv_table

        sys.stdout.write(csv_table(found))
    else:
        from casedesk.cli.report_text import write_report

        write_report(found, define=define)


def _request(
    desk: Desk,
    name: str,
    first: str | None,
    last: str | None,
    by: str | None,
    query: str,
    zone: str | None,
    working: bool,
    compare: bool,
) -> Request:
    """What was asked for. Raises InvalidInput for a period or zone that can't be."""
    from zoneinfo import ZoneInfo

    from casedesk.desk.desk_settings import zone_name
    from casedesk.reports import Request
    from casedesk.reports.grouping import usual_grouping
    from casedesk.reports.period import between

    used = desk.zone if zone is None else ZoneInfo(zone_name(zone))
    period = between(first, last, desk.now(), used)
    return Request(name, period, by or usual_grouping(name, period), query, working, compare)


def _write_file(desk: Desk, found: Report, kind: str, path: Path, *, replace: bool) -> None:
    from casedesk.reports.export.files import write_html, write_svg

    if kind == "svg":
        written = write_svg(found, path, replace=replace)
    else:
        written = write_html(found, path, made_at=desk.now(), replace=replace)
    write(f"Written to {written}.")
