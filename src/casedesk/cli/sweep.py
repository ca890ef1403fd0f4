"""`casedesk sweep`: doing what is due."""

from __future__ import annotations

import typer

from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_json

app = Commands()


@app.command("sweep")
def sweep(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Do what is due: pending tickets wake up. Run it every few minutes; the open interface does the same."""
    with invocation(ctx).open() as desk:
        swept = desk.sweeping.run()
    if as_json:
        write_json({"woken": len(swept.woken), "tickets": list(swept.woken)})
    elif swept.woken:
        write("1 ticket woke up." if len(swept.woken) == 1 else f"{len(swept.woken):,} tickets woke up.")
    else:
        write("Nothing is due.")
