"""Running an act and telling what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.documents import outcome_document
from casedesk.cli.invocation import invocation
from casedesk.cli.output import complain, write, write_json
from casedesk.cli.progress import ProgressLine
from casedesk.cli.selection import chosen
from casedesk.domain.errors import InvalidInput
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Numbers
    from casedesk.desk.tickets import Manner
    from casedesk.desk.values import Outcome

SHOWN = 20
"""Refusals that are told one by one."""

IfVersion = Annotated[
    int | None,
    typer.Option("--if-version", metavar="V", help="Refuse (exit 4) if the ticket is no longer at this version."),
]


def act_on_tickets(
    ctx: typer.Context,
    which: str,
    perform: Callable[[Desk, Numbers, Manner], Outcome],
    *,
    as_json: bool,
    yes: bool = False,
    if_version: int | None = None,
) -> None:
    """Do `perform` on the tickets that `which` names, and report. Ends with 1 when some were refused."""
    run = invocation(ctx)
    with run.open() as desk:
        numbers = chosen(run, desk, which, yes=yes)
        with _manner(numbers, if_version) as manner:
            outcome = perform(desk, numbers, manner)
    report(outcome, as_json=as_json)


@contextmanager
def _manner(numbers: Numbers, if_version: int | None) -> Iterator[Manner]:
    if if_version is not None:
        if not isinstance(numbers, int):
            raise InvalidInput("--if-version is for a single ticket.")
        yield {"versions": {numbers: if_version}}
    elif isinstance(numbers, int):
        yield {}
    else:
        with ProgressLine("tickets") as line:
            yield {"progress": line.tell_count}


def report(outcome: Outcome, *, as_json: bool) -> None:
    """Tell what was done on standard output, and what was refused on standard error. Raises typer.Exit with 1 then."""
    if as_json:
        write_json(outcome_document(outcome))
    elif outcome.act_id is not None:
        write(visible_line(outcome.summary))
    for note in outcome.notes:
        complain(note)
    for refusal in outcome.refused[:SHOWN]:
        named = not refusal.number or f"#{refusal.number}" in refusal.reason
        complain(refusal.reason if named else f"#{refusal.number}: {refusal.reason}")
    if len(outcome.refused) > SHOWN:
        complain(f"{len(outcome.refused) - SHOWN:,} more were refused.")
    if outcome.refused:
        raise typer.Exit(1)
