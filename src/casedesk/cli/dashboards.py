"""`casedesk dashboards …`: views, figures and charts side by side, for oneself or shared (S6 to S8)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.dashboard_widgets import app as widgets_app
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_json, write_table
from casedesk.domain.errors import InvalidInput

app = Commands(help="List, show, make, change, share, pin and retire dashboards.")
app.add_typer(widgets_app, name="widget")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The dashboard's name.")]
_Users = Annotated[list[str] | None, typer.Option("--user", metavar="USER", help="A user. May be repeated.")]
_Teams = Annotated[list[str] | None, typer.Option("--team", metavar="TEAM", help="A team. May be repeated.")]
_PERIOD = "last-30d, this-month, 2026-q4, 2026-01-01..2026-03-31, …"
_QUERY = "Narrows every widget down, such as 'campaign:Spring answer.plan:Gold'."


@app.command("list")
def list_dashboards(
    ctx: typer.Context,
    retired: Annotated[bool, typer.Option("--retired", help="Retired ones, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List your own dashboards and those shared with you or a team of yours."""
    with invocation(ctx).open() as desk:
        found = desk.dashboards.list(retired=retired)
    if as_json:
        from casedesk.cli.dashboard_text import dashboard_document

        write_json([dashboard_document(each) for each in found])
    elif found:
        rows = [
            (
                each.name,
                each.owner,
                ", ".join((*each.users, *(f"team {team}" for team in each.teams))),
                "retired" if each.retired else "opens first" if each.pinned else "",
                len(each.widgets),
                each.period,
                each.query,
            )
            for each in found
        ]
        write_table(("dashboard", "whose", "shared with", "", "widgets", "period", "query"), rows, flexible=6)
    else:
        write("There are no dashboards yet; `casedesk dashboards make NAME` makes one.")


@app.command("show")
def show_dashboard(
    ctx: typer.Context,
    name: Name,
    period: Annotated[str | None, typer.Option("--period", metavar="PERIOD", help=f"Another period: {_PERIOD}")] = None,
    query: Annotated[
        str | None, typer.Option("--query", metavar="QUERY", help="Another query in the place of its own.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", help="Rows of each view at most.")] = 20,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write it to a file as one page.")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Overwrite a file that is there already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show what stands on a dashboard now: its figures, its charts as tables, the rows of its views."""
    from casedesk.cli.dashboard_text import content_document, write_content
    from casedesk.reports import Reports
    from casedesk.reports.dashboard import looked_at, read_dashboard
    from casedesk.reports.grouping import period_of

    if html is not None and as_json:
        raise InvalidInput("Give one of --json and --html.")
    if limit < 1:
        raise InvalidInput("--limit is a number from 1 on.")
    with invocation(ctx).open() as desk:
        dashboard = looked_at(desk, desk.dashboards.show(name), query)
        over = period_of(period or dashboard.period, desk.now(), desk.zone)
        content = read_dashboard(desk, Reports(desk), dashboard, period=over, limit=limit)
        if html is not None:
            from casedesk.reports.export.dashboard_page import write_dashboard

            write(f"Written to {write_dashboard(desk, content, html, replace=replace)}.")
        elif as_json:
            write_json(content_document(content))
        else:
            write_content(desk, content)


@app.command("make")
def make_dashboard(
    ctx: typer.Context,
    name: Name,
    period: Annotated[str, typer.Option("--period", metavar="PERIOD", help=_PERIOD)] = "last-30d",
    query: Annotated[str, typer.Option("--query", metavar="QUERY", help=_QUERY)] = "",
    as_json: AsJson = False,
) -> None:
    """Make an empty dashboard of your own; `dashboards widget add` puts something on it."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.make(name, period=period, query=query), as_json=as_json)


@app.command("change")
def change_dashboard(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="PERIOD", help=_PERIOD)] = None,
    query: Annotated[str | None, typer.Option("--query", metavar="QUERY", help=_QUERY)] = None,
    as_json: AsJson = False,
) -> None:
    """Change a dashboard; what isn't given stays."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.change(name, new_name=new_name, period=period, query=query), as_json=as_json)


@app.command("copy")
def copy_dashboard(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str | None, typer.Argument(metavar="NEW", help="The copy's name.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a dashboard of your own like this one."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.copy(name, new_name), as_json=as_json)


@app.command("share")
def share_dashboard(
    ctx: typer.Context, name: Name, users: _Users = None, teams: _Teams = None, as_json: AsJson = False
) -> None:
    """Let users and teams see a dashboard."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.share(name, users=users or (), teams=teams or ()), as_json=as_json)


@app.command("unshare")
def unshare_dashboard(
    ctx: typer.Context, name: Name, users: _Users = None, teams: _Teams = None, as_json: AsJson = False
) -> None:
    """Share a dashboard no longer with these users and teams, or with nobody when none are named."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.unshare(name, users=users or (), teams=teams or ()), as_json=as_json)


@app.command("pin")
def pin_dashboard(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Let a dashboard open first for you."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.pin(name), as_json=as_json)


@app.command("unpin")
def unpin_dashboard(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Let the ticket list open first for you again."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.unpin(), as_json=as_json)


@app.command("retire")
def retire_dashboard(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Offer a dashboard no longer; `dashboards restore` brings it back."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.retire(name), as_json=as_json)


@app.command("restore")
def restore_dashboard(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Bring a retired dashboard back."""
    with invocation(ctx).open() as desk:
        report(desk.dashboards.restore(name), as_json=as_json)
