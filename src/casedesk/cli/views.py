"""`casedesk views …`: named queries over tickets or responses with their own columns (S5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.limits import RowLimit, check_limit
from casedesk.cli.output import complain, hint_at, write, write_fields, write_json, write_table
from casedesk.cli.view_rows import AsCsv, named_columns, write_view

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import View

app = Commands(help="List, show, run, save, change, order, share and delete views.")

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The view's name.")]
_Scope = Annotated[str, typer.Option("--scope", metavar="SCOPE", help="What it lists: tickets or responses.")]
_Columns = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="A,B:WIDTH,…",
        help="Its columns in order: fields, answer.KEY, contact.NAME, account.NAME. `views columns` lists them.",
    ),
]
_Query = Annotated[str | None, typer.Option("--query", metavar="QUERY", help="Which, such as 'nps<=6 sort:due'.")]
_Campaign = Annotated[
    str | None, typer.Option("--campaign", metavar="NAME", help="Only those of this campaign; none for all.")
]
_Shared = Annotated[bool, typer.Option("--shared", help="For everybody.")]


@app.command("list")
def list_views(
    ctx: typer.Context,
    scope: Annotated[str | None, typer.Option("--scope", metavar="SCOPE", help="Only those of this scope.")] = None,
    counts: Annotated[bool, typer.Option("--counts", help="Count what each lists now.")] = False,
    as_json: AsJson = False,
) -> None:
    """List your own views and the shared ones, in their order."""
    with invocation(ctx).open() as desk:
        found = [(view, _count(desk, view) if counts else None) for view in desk.views.list(scope)]
    if as_json:
        write_json([_document(view) | ({"count": count} if counts else {}) for view, count in found])
    elif found:
        head = ("view", "of", "whose", *(("count",) if counts else ()), "campaign", "query")
        rows = [
            (view.name, view.scope, view.owner or "all", *((count,) if counts else ()), view.campaign, view.query)
            for view, count in found
        ]
        write_table(head, rows, flexible=len(head) - 1)
    else:
        write("There are no views yet; `casedesk views add NAME --query QUERY` saves one.")


@app.command("show")
def show_view(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Show what a view is: its query, its columns, and what the desk no longer has of them."""
    with invocation(ctx).open() as desk:
        view = desk.views.show(name)
        count = _count(desk, view)
    if as_json:
        write_json(_document(view) | {"count": count})
        return
    write_fields(
        [
            ("view", view.name), ("of", view.scope), ("whose", view.owner or "all"), ("campaign", view.campaign),
            ("query", view.query), ("actions", "allowed" if view.allow_actions else "not allowed"), ("lists", count),
        ]
    )  # fmt: skip
    write()
    rows = [(column.name, column.width or None, column.about) for column in view.columns]
    write_table(("column", "width", "what it is"), rows, flexible=2)
    for problem in view.problems:
        complain(problem)


@app.command("run")
def run_view(
    ctx: typer.Context,
    name: _Name,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="Narrows the view down, such as is:open.")
    ] = None,
    limit: RowLimit = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """List what a view lists, with its columns. In JSON, instants are in UTC and ages in seconds."""
    check_limit(limit, as_csv=as_csv, as_json=as_json)
    with invocation(ctx).open() as desk:
        view, wanted = desk.views.show(name), " ".join(query or ())
        hint_at(wanted)
        write_view(desk, view, wanted, limit=limit, as_csv=as_csv, as_json=as_json)


@app.command("columns")
def list_columns(
    ctx: typer.Context,
    campaign: Annotated[
        str | None, typer.Option("--campaign", metavar="NAME", help="Only the answers of this campaign.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List every column that a view can have."""
    with invocation(ctx).open() as desk:
        found = desk.views.offered_columns(campaign)
    if as_json:
        write_json([{"column": each.name, "title": each.title, "kind": each.kind} for each in found])
    else:
        write_table(("column", "title", "what it is"), [(each.name, each.title, each.about) for each in found],
                    flexible=2)  # fmt: skip


@app.command("add")
def add_view(
    ctx: typer.Context,
    name: _Name,
    query: _Query = None,
    scope: _Scope = "tickets",
    campaign: _Campaign = None,
    columns: _Columns = None,
    allow_actions: Annotated[
        bool, typer.Option("--allow-actions", help="Actions may be added from its lines.")
    ] = False,
    shared: _Shared = False,
    as_json: AsJson = False,
) -> None:
    """Save a view. Without --columns it has the usual ones."""
    with invocation(ctx).open() as desk:
        outcome = desk.views.add(
            name, scope=scope, query=query or "", campaign=_named(campaign), columns=_chosen(columns) or (),
            allow_actions=allow_actions, shared=shared,
        )  # fmt: skip
    report(outcome, as_json=as_json)


@app.command("change")
def change_view(
    ctx: typer.Context,
    name: _Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    query: _Query = None,
    campaign: _Campaign = None,
    columns: _Columns = None,
    allow_actions: Annotated[
        bool | None,
        typer.Option("--allow-actions/--no-actions", help="Whether actions may be added from its lines."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change a view; what isn't given stays."""
    with invocation(ctx).open() as desk:
        outcome = desk.views.change(
            name, new_name=new_name, query=query, campaign=_named(campaign), columns=_chosen(columns),
            allow_actions=allow_actions,
        )  # fmt: skip
    report(outcome, as_json=as_json)


@app.command("share")
def share_view(
    ctx: typer.Context,
    name: _Name,
    shared: Annotated[
        bool, typer.Option("--shared/--personal", help="For everybody (the default), or for you alone again.")
    ] = True,
    as_json: AsJson = False,
) -> None:
    """Share a view with everybody, or take it back to yourself."""
    with invocation(ctx).open() as desk:
        report(desk.views.share(name, shared=shared), as_json=as_json)


@app.command("copy")
def copy_view(
    ctx: typer.Context,
    name: _Name,
    new_name: Annotated[str | None, typer.Argument(metavar="NEW", help="The copy's name.")] = None,
    shared: _Shared = False,
    as_json: AsJson = False,
) -> None:
    """Save another view like this one, by default your own."""
    with invocation(ctx).open() as desk:
        report(desk.views.copy(name, new_name, shared=shared), as_json=as_json)


@app.command("move")
def move_view(
    ctx: typer.Context,
    name: _Name,
    place: Annotated[int, typer.Argument(metavar="PLACE", help="From 1 on, among your own or the shared ones.")],
    as_json: AsJson = False,
) -> None:
    """Put a view at another place of the list."""
    with invocation(ctx).open() as desk:
        report(desk.views.move(name, place), as_json=as_json)


@app.command("delete")
def delete_view(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Delete a view; `casedesk undo` brings it back."""
    with invocation(ctx).open() as desk:
        report(desk.views.delete(name), as_json=as_json)


def _chosen(columns: str | None) -> list[str] | None:
    return None if columns is None else named_columns(columns)


def _named(campaign: str | None) -> str | None:
    """The campaign, empty for `none`."""
    return "" if campaign is not None and campaign.strip().lower() == "none" else campaign


def _count(desk: Desk, view: View) -> int | None:
    return None if view.broken else desk.views.count(view)


def _document(view: View) -> dict[str, Any]:
    return {
        "name": view.name,
        "scope": view.scope,
        "owner": view.owner,
        "shared": view.shared,
        "campaign": view.campaign,
        "query": view.query,
        "columns": [
            {"column": column.name, "width": column.width or None, "gone": column.gone} for column in view.columns
        ],
        "allow_actions": view.allow_actions,
        "problems": list(view.problems),
    }
