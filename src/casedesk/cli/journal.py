"""`casedesk undo`, `redo` and `journal`: taking acts back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.documents import act_document
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.limits import JsonLimit, check_limit, lines_of, tell_cut
from casedesk.cli.output import write, write_json_list, write_table
from casedesk.cli.progress import ProgressLine
from casedesk.cli.service_levels import recomputed

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import ActLine

app = Commands()

_PIECE = 100


@app.command("undo")
def undo(
    ctx: typer.Context,
    act: Annotated[
        int | None, typer.Argument(metavar="ID", help="An act, by its number in the journal; your last one otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Take back your last act, or one named by its id. A later change is never overwritten."""
    with invocation(ctx).open() as desk:
        with ProgressLine("tickets") as line:
            outcome = desk.acts.undo(act, progress=line.tell_count)
        recomputed(desk)
    report(outcome, as_json=as_json)


@app.command("redo")
def redo(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Do again what you took back last."""
    with invocation(ctx).open() as desk:
        with ProgressLine("tickets") as line:
            outcome = desk.acts.redo(progress=line.tell_count)
        recomputed(desk)
    report(outcome, as_json=as_json)


@app.command("journal")
def journal(
    ctx: typer.Context,
    limit: JsonLimit = None,
    as_json: AsJson = False,
) -> None:
    """List the latest acts of everybody, newest first. `undo` takes their ids."""
    check_limit(limit)
    with invocation(ctx).open() as desk:
        if as_json:
            write_json_list(map(act_document, islice(_acts(desk), limit or None)))
            return
        acts, more = lines_of(_acts(desk), limit)
        rows = [
            (act.id, f"{desk.local(act.at):%Y-%m-%d %H:%M}", act.actor, act.summary, "taken back" if act.undone else "")
            for act in acts
        ]
    if rows:
        write_table(("act", "at", "by", "what", ""), rows, flexible=3)
    else:
        write("Nothing was done yet.")
    if more:
        tell_cut(len(rows))


def _acts(desk: Desk) -> Iterator[ActLine]:
    """All acts, newest first, read piece by piece."""
    before: int | None = None
    while piece := desk.acts.journal(_PIECE, before=before):
        yield from piece
        before = piece[-1].id
