"""`casedesk statuses|priorities|topics|tags|classifications|close-options …`: the desk's own lists, all alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_fields, write_json, write_table
from casedesk.cli.progress import ProgressLine

if TYPE_CHECKING:
    from casedesk.desk.values import ListEntry, NamedBy

Name = Annotated[str, typer.Argument(metavar="NAME", help="The entry's name, in any case.")]
NewName = Annotated[str, typer.Argument(metavar="NEW", help="The name that it gets.")]
State = Annotated[str, typer.Argument(metavar="STATE", help="new, open, pending or closed.")]
Before = Annotated[str | None, typer.Option("--before", metavar="NAME", help="In front of this one.")]
After = Annotated[str | None, typer.Option("--after", metavar="NAME", help="Behind this one.")]
To = Annotated[int | None, typer.Option("--to", metavar="N", help="At this place, counted from 1.")]
StandsFor = Annotated[
    str | None, typer.Option("--state", metavar="STATE", help="Of a status: new, open, pending or closed.")
]
Retired = Annotated[bool, typer.Option("--retired", help="Those that are retired, too.")]
ReplaceBy = Annotated[
    str | None,
    typer.Option("--replace-by", metavar="OTHER", help="Tickets, rules and macros that have it get this one instead."),
]


def _commands(key: str, about: str) -> Commands:
    """The commands of one list."""
    app = Commands(help=about)
    _add_reading(app, key)
    _add_changing(app, key)
    if key != "tags":
        _add_moving(app, key)
    if key == "statuses":
        app.command("state")(set_state)
    return app


def _add_reading(app: Commands, key: str) -> None:
    @app.command("list")
    def list_entries(ctx: typer.Context, retired: Retired = False, as_json: AsJson = False) -> None:
        """List the entries in their order, with how many tickets have each."""
        with invocation(ctx).open() as desk:
            found = desk.lists.entries(key, retired=retired)
        if as_json:
            write_json([_document(entry) for entry in found])
        elif found:
            _write_list(found)
        else:
            write(f"There are no {key} yet.")

    @app.command("show")
    def show_entry(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
        """Show an entry, and the rules and macros that name it."""
        with invocation(ctx).open() as desk:
            entry, named = desk.lists.show(key, name), desk.lists.named_by(key, name)
        if as_json:
            write_json(_document(entry, named))
        else:
            _write_entry(entry, named)


def _add_changing(app: Commands, key: str) -> None:
    @app.command("rename")
    def rename_entry(ctx: typer.Context, name: Name, new_name: NewName, as_json: AsJson = False) -> None:
        """Give an entry another name; tickets, rules and macros follow, and the activity keeps the old words."""
        with invocation(ctx).open() as desk:
            report(desk.lists.rename(key, name, new_name), as_json=as_json)

    @app.command("retire")
    def retire_entry(ctx: typer.Context, name: Name, replace_by: ReplaceBy = None, as_json: AsJson = False) -> None:
        """Offer an entry no longer. Tickets keep it, or get another one in its place."""
        with invocation(ctx).open() as desk, ProgressLine("tickets") as line:
            outcome = desk.lists.retire(key, name, replace_by=replace_by, progress=line.tell_count)
        report(outcome, as_json=as_json)

    @app.command("restore")
    def restore_entry(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
        """Offer a retired entry again."""
        with invocation(ctx).open() as desk:
            report(desk.lists.restore(key, name), as_json=as_json)

    if key == "tags":

        @app.command("add")
        def add_tag(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
            """Add a tag. Agents also make tags as they use them."""
            with invocation(ctx).open() as desk:
                report(desk.lists.add(key, name), as_json=as_json)


def _add_moving(app: Commands, key: str) -> None:
    def add(ctx: typer.Context, name: str, state: str | None, place: dict[str, Any], as_json: bool) -> None:
        from casedesk.desk.lists import Place

        wanted = Place(**place) if any(value is not None for value in place.values()) else None
        with invocation(ctx).open() as desk:
            report(desk.lists.add(key, name, state=state, place=wanted), as_json=as_json)

    if key == "statuses":

        @app.command("add")
        def add_status(
            ctx: typer.Context,
            name: Name,
            state: StandsFor = None,
            before: Before = None,
            after: After = None,
            to: To = None,
            as_json: AsJson = False,
        ) -> None:
            """Add a status that stands for one of the four states; by default behind the others of its state."""
            add(ctx, name, state, {"before": before, "after": after, "to": to}, as_json)

    else:

        @app.command("add")
        def add_entry(
            ctx: typer.Context,
            name: Name,
            before: Before = None,
            after: After = None,
            to: To = None,
            as_json: AsJson = False,
        ) -> None:
            """Add an entry, by default at the end."""
            add(ctx, name, None, {"before": before, "after": after, "to": to}, as_json)

    @app.command("move")
    def move_entry(
        ctx: typer.Context,
        name: Name,
        before: Before = None,
        after: After = None,
        to: To = None,
        as_json: AsJson = False,
    ) -> None:
        """Put an entry at another place in the order; one of the three options says where."""
        from casedesk.desk.lists import Place

        with invocation(ctx).open() as desk:
            report(desk.lists.move(key, name, Place(before, after, to)), as_json=as_json)


def set_state(ctx: typer.Context, name: Name, state: State, as_json: AsJson = False) -> None:
    """Let a status stand for another state, as long as no ticket has it."""
    with invocation(ctx).open() as desk:
        report(desk.lists.set_state(name, state), as_json=as_json)


def _document(entry: ListEntry, named: NamedBy | None = None) -> dict[str, Any]:
    document: dict[str, Any] = {"name": entry.name}
    if entry.state is not None:
        document["state"] = entry.state
    document |= {"position": entry.position, "retired": entry.retired, "tickets": entry.tickets}
    if named is not None:
        document |= {"rules": list(named.rules), "macros": list(named.macros)}
    return document


def _write_list(found: list[ListEntry]) -> None:
    with_state = any(entry.state is not None for entry in found)
    header = ("", "name", *(("state",) if with_state else ()), "tickets", "")
    rows = [
        (
            entry.position,
            entry.name,
            *((entry.state,) if with_state else ()),
            entry.tickets,
            "retired" if entry.retired else "",
        )
        for entry in found
    ]
    write_table(header, rows)


def _write_entry(entry: ListEntry, named: NamedBy) -> None:
    write_fields(
        [
            ("name", entry.name),
            ("state", entry.state),
            ("position", entry.position),
            ("retired", "yes" if entry.retired else ""),
            ("tickets", entry.tickets),
            ("given by", ", ".join(named.rules)),
            ("in macros", ", ".join(named.macros)),
        ]
    )


statuses = _commands("statuses", "List, show, add, rename, move and retire the desk's own names for the four states.")
priorities = _commands("priorities", "List, show, add, rename, move and retire priorities, the least urgent first.")
topics = _commands("topics", "List, show, add, rename, move and retire what tickets are about.")
tags = _commands("tags", "List, show, add, rename and retire tags.")
classifications = _commands("classifications", "List, show, add, rename, move and retire the causes of tickets.")
close_options = _commands("close options", "List, show, add, rename, move and retire what tickets are closed with.")
