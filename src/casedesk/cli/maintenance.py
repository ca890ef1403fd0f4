"""`casedesk backup` and `doctor`: keeping a desk safe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casedesk.cli.documents import examination_document
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import complain, write, write_fields, write_json
from casedesk.domain.errors import StoreUnavailable
from casedesk.domain.text_safety import visible_line

app = Commands()


@app.command("backup")
def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy goes.")],
    replace: Annotated[bool, typer.Option("--replace", help="Replace a file that is there already.")] = False,
    as_json: AsJson = False,
) -> None:
    """Copy the desk, also while it is in use. The copy is opened and checked before it counts."""
    with invocation(ctx).open() as desk:
        made = desk.backup(file, replace=replace)
    if as_json:
        write_json({"file": made.path, "bytes": made.size, "tickets": made.tickets})
    else:
        tickets = "1 ticket" if made.tickets == 1 else f"{made.tickets:,} tickets"
        write(visible_line(f"{made.path}: {tickets}, {made.size:,} bytes, checked"))


@app.command("doctor")
def doctor(
    ctx: typer.Context,
    mend: Annotated[bool, typer.Option("--mend", help="Make the search index anew where it is out of step.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check the desk's file. Looks at integrity, references, schema and search index; ends with 1 on a finding."""
    from casedesk.desk.maintenance import examine

    run = invocation(ctx)
    examination = examine(run.desk_path)
    damaged = bool(examination.checks[0].findings)
    if mend and not damaged and examination.search_differences != 0:
        with run.open() as desk:
            desk.maintenance.mend_search()
        examination = examine(run.desk_path)
    if as_json:
        write_json(examination_document(examination))
    else:
        write_fields((check.name, check.text) for check in examination.checks)
    for check in examination.checks:
        for finding in check.findings:
            complain(f"{check.name}: {finding}")
    if damaged:
        raise StoreUnavailable(f"{examination.path} is damaged; a backup is the way back.")
    if not examination.sound:
        raise typer.Exit(1)
