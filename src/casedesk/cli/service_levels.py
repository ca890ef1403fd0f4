"""`casedesk sla on|off|show`: service levels in their simple form (A3, A4), and what follows a change of the set-up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import complain, write, write_fields, write_json
from casedesk.cli.policy_documents import policy_document, write_policies
from casedesk.cli.progress import STOPPED, ProgressLine
from casedesk.domain.errors import InvalidInput
from casedesk.domain.written import number

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome

app = Commands()


def change_levels(ctx: typer.Context, perform: Callable[[Desk], Outcome], *, as_json: bool) -> None:
    """Change calendars, policies or the switch, let the tickets follow, and tell what was done."""
    with invocation(ctx).open() as desk:
        outcome = perform(desk)
        recomputed(desk)
    report(outcome, as_json=as_json)


def recomputed(desk: Desk) -> None:
    """Let open tickets follow a change of calendars or policies (behaviour 3.6); nothing is done when there is none."""
    with ProgressLine("tickets timed", stopped=STOPPED) as line:
        desk.service_levels.recompute(progress=line.tell_count)


@app.command("on")
def switch_on(
    ctx: typer.Context,
    hours: Annotated[
        float | None,
        typer.Option("--hours", metavar="N", help="The working hours within which a ticket is to be closed."),
    ] = None,
    calendar: Annotated[
        str | None, typer.Option("--calendar", metavar="NAME", help="The calendar by which they are counted.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Time tickets by the policies.

    --hours sets the default policy's target for closing a ticket, --calendar the calendar that it goes by.
    """

    def perform(desk: Desk) -> Outcome:
        if hours is None and calendar is None:
            return desk.policies.switch(True)
        known = desk.policies.simple().hours if hours is None else hours
        if known is None:
            raise InvalidInput("There is no target that the calendar could count yet; give --hours with it.")
        return desk.policies.set_simple(known, calendar)

    with invocation(ctx).open() as desk:
        outcome = perform(desk)
        recomputed(desk)
        timed = any(policy.targets for policy in desk.policies.in_order())
    report(outcome, as_json=as_json)
    if not timed:
        complain("No policy has a target yet, so nothing is timed; `casedesk sla on --hours N` sets one.")


@app.command("off")
def switch_off(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Time nothing. Policies and hours are kept."""
    change_levels(ctx, lambda desk: desk.policies.switch(False), as_json=as_json)


@app.command("show")
def show_levels(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show whether tickets are timed, and by what."""
    with invocation(ctx).open() as desk:
        simple, policies = desk.policies.simple(), desk.policies.in_order()
    if as_json:
        write_json(
            {
                "service_levels": simple.on,
                "hours": number(simple.hours),
                "calendar": simple.calendar,
                "policies": [policy_document(policy) for policy in policies],
            }
        )
        return
    write_fields(
        [("service levels", "on" if simple.on else "off"), ("hours", simple.hours), ("calendar", simple.calendar)]
    )
    write()
    write_policies(policies)
