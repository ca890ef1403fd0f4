"""`casedesk sweep`: doing what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_json
from casedesk.cli.progress import STOPPED, ProgressLine

if TYPE_CHECKING:
    from casedesk.desk.values import Swept

app = Commands()


@app.command("sweep")
def sweep(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Do what is due. Pending tickets wake up, targets that were missed are recorded, and those about to be missed.
    Rules run whose time has come.

    After a change of a policy or calendar, due times are worked out anew. Run it every few minutes; the open interface
    does the same.
    """
    with invocation(ctx).open() as desk, ProgressLine("tickets timed", stopped=STOPPED) as line:
        swept = desk.sweeping.run(line.tell_count)
    if as_json:
        write_json(_document(swept))
        return
    for sentence in _sentences(swept) or ["Nothing is due."]:
        write(sentence)


def _document(swept: Swept) -> dict[str, object]:
    """How many tickets, and the numbers of those that woke up, are about to miss a target, have missed one, or had
    rules run on them."""
    return {
        "woken": len(swept.woken),
        "warned": len(swept.warned),
        "breached": len(swept.breached),
        "timed": swept.timed,
        "ruled": len(swept.ruled),
        "tickets": list(dict.fromkeys((*swept.woken, *swept.warned, *swept.breached, *swept.ruled))),
    }


def _sentences(swept: Swept) -> list[str]:
    told = (
        (swept.timed, "was timed anew", "were timed anew"),
        (len(swept.woken), "woke up", "woke up"),
        (len(swept.warned), "is about to miss a target", "are about to miss a target"),
        (len(swept.breached), "missed a target", "missed a target"),
        (len(swept.ruled), "was taken up by rules", "were taken up by rules"),
    )
    return [f"1 ticket {one}." if count == 1 else f"{count:,} tickets {many}." for count, one, many in told if count]
