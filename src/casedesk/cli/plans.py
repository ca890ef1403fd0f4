"""`casedesk plans …`: action plans, and which campaign's tickets get them."""

from __future__ import annotations

from typing import Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_fields, write_found, write_json
from casedesk.cli.plan_actions import app as actions_app, write_actions
from casedesk.cli.plan_documents import plan_document, revised

app = Commands(help="List, show, make, change, copy and retire action plans, and link campaigns to them.")
app.add_typer(actions_app, name="action")

Name = Annotated[str, typer.Argument(metavar="PLAN", help="The plan's name.")]
ClosesTicket = typer.Option(
    "--closes-ticket/--leaves-ticket-open", help="Whether closing the plan closes its ticket, too."
)


@app.command("list")
def list_plans(
    ctx: typer.Context,
    retired: Annotated[bool, typer.Option("--retired", help="Those that are retired, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the action plans."""
    with invocation(ctx).open() as desk:
        found = desk.plans.list(retired=retired)
    write_found(
        found, plan_document, ("plan", "actions", "open tickets", "campaigns"),
        lambda plan: (
            plan.name, len(plan.actions), plan.open_tickets, "retired" if plan.retired else ", ".join(plan.campaigns),
        ),
        flexible=3, nothing="There are no plans yet; `casedesk plans add PLAN` makes one.", as_json=as_json,
    )  # fmt: skip


@app.command("show")
def show_plan(
    ctx: typer.Context,
    name: Name,
    as_json: AsJson = False,
) -> None:
    """Show a plan with its actions and exit states."""
    with invocation(ctx).open() as desk:
        plan = desk.plans.show(name)
    if as_json:
        write_json(plan_document(plan))
        return
    write_fields(
        [
            ("plan", plan.name), ("description", plan.description), ("exit states", ", ".join(plan.exit_states)),
            ("closes the ticket", "yes" if plan.closes_ticket else "no"), ("campaigns", ", ".join(plan.campaigns)),
            ("open tickets", plan.open_tickets),
        ]
    )  # fmt: skip
    write()
    write_actions(plan.actions)


@app.command("add")
def add_plan(
    ctx: typer.Context,
    name: Name,
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="What the plan is for.")] = "",
    closes_ticket: Annotated[bool, ClosesTicket] = True,
    exit_states: Annotated[
        list[str] | None,
        typer.Option("--exit-state", metavar="STATE", help="How it can end. May be repeated, in order."),
    ] = None,
    actions: Annotated[
        list[str] | None,
        typer.Option("--action", metavar="ACTION", help="An action that exists, to be shared. May be repeated."),
    ] = None,
    campaigns: Annotated[
        list[str] | None,
        typer.Option("--campaign", metavar="CAMPAIGN", help="New tickets of it get the plan. May be repeated."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a plan. `casedesk plans action add` gives it actions of its own."""
    with invocation(ctx).open() as desk:
        outcome = desk.plans.add(
            name,
            description=description,
            closes_ticket=closes_ticket,
            exit_states=exit_states or (),
            actions=actions or (),
            campaigns=campaigns or (),
        )
    report(outcome, as_json=as_json)


@app.command("edit")
def edit_plan(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    description: Annotated[
        str | None, typer.Option("--description", metavar="TEXT", help="Another description; empty for none.")
    ] = None,
    closes_ticket: Annotated[bool | None, ClosesTicket] = None,
    exit_states: Annotated[
        list[str] | None,
        typer.Option("--exit-state", metavar="STATE", help="All its exit states, one by one in order."),
    ] = None,
    added: Annotated[
        list[str] | None, typer.Option("--add-exit-state", metavar="STATE", help="One more exit state.")
    ] = None,
    removed: Annotated[
        list[str] | None, typer.Option("--remove-exit-state", metavar="STATE", help="An exit state offered no longer.")
    ] = None,
    actions: Annotated[
        list[str] | None, typer.Option("--action", metavar="ACTION", help="All its actions, one by one in order.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change a plan. What tickets recorded stays as it was."""
    with invocation(ctx).open() as desk:
        seen = desk.plans.show(name) if added or removed else None
        if seen is not None:
            exit_states = revised("exit state", exit_states or seen.exit_states, added, removed)
        outcome = desk.plans.edit(
            name,
            new_name=new_name,
            description=description,
            closes_ticket=closes_ticket,
            exit_states=exit_states or None if seen is None else exit_states,
            actions=actions or None,
            seen=seen,
        )
    report(outcome, as_json=as_json)


@app.command("copy")
def copy_plan(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="The copy's name.")],
    share: Annotated[
        bool, typer.Option("--share-actions", help="Both plans have the same actions, not the copy its own.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Make another plan like this one."""
    with invocation(ctx).open() as desk:
        report(desk.plans.copy(name, new_name, share_actions=share), as_json=as_json)


@app.command("retire")
def retire_plan(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Give a plan to no further ticket. Those that have it are worked by it to their end."""
    with invocation(ctx).open() as desk:
        report(desk.plans.retire(name), as_json=as_json)


@app.command("restore")
def restore_plan(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Bring a retired plan back."""
    with invocation(ctx).open() as desk:
        report(desk.plans.restore(name), as_json=as_json)


@app.command("link")
def link_plan(
    ctx: typer.Context,
    campaign: Annotated[str, typer.Argument(metavar="CAMPAIGN", help="The campaign's name.")],
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's name, or none.")],
    as_json: AsJson = False,
) -> None:
    """Link a campaign to a plan. Tickets from its responses get it from now on."""
    with invocation(ctx).open() as desk:
        outcome = desk.campaigns.link_plan(campaign, None if plan.strip().lower() == "none" else plan)
    report(outcome, as_json=as_json)
