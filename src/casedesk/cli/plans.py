"""`casedesk plans …`: action plans, and which campaign's tickets get them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_fields, write_json, write_table
from casedesk.desk.values import ActionDefinition, PlanDefinition

app = Commands(help="List and show action plans, and link campaigns to them.")

_CLOSING = {"no": "no", "ask": "the operator decides", "always": "always"}


@app.command("list")
def list_plans(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the action plans."""
    with invocation(ctx).open() as desk:
        found = desk.plans.list()
    if as_json:
        write_json([_plan_document(plan) for plan in found])
    elif found:
        rows = [(plan.name, len(plan.actions), plan.open_tickets, ", ".join(plan.campaigns)) for plan in found]
        write_table(("plan", "actions", "open tickets", "campaigns"), rows, flexible=3)
    else:
        write("There are no plans yet.")


@app.command("show")
def show_plan(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="PLAN", help="The plan's name.")],
    as_json: AsJson = False,
) -> None:
    """Show a plan with its actions and exit states."""
    with invocation(ctx).open() as desk:
        plan = desk.plans.show(name)
    if as_json:
        write_json(_plan_document(plan))
        return
    write_fields(
        [
            ("plan", plan.name), ("description", plan.description), ("exit states", ", ".join(plan.exit_states)),
            ("closes the ticket", "yes" if plan.closes_ticket else "no"), ("campaigns", ", ".join(plan.campaigns)),
            ("open tickets", plan.open_tickets),
        ]
    )  # fmt: skip
    write()
    rows = [
        (action.name, ", ".join(f"{name}{' ✓' if done else ''}" for name, done in action.statuses),
         "yes" if action.comment_allowed else "no", _CLOSING[action.closes_plan])
        for action in plan.actions
    ]  # fmt: skip
    write_table(("action", "statuses (✓ completes it)", "comment", "closes the plan"), rows, flexible=1)


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


def _plan_document(plan: PlanDefinition) -> dict[str, Any]:
    return {
        "name": plan.name,
        "description": plan.description,
        "closes_ticket": plan.closes_ticket,
        "exit_states": list(plan.exit_states),
        "actions": [_action_document(action) for action in plan.actions],
        "campaigns": list(plan.campaigns),
        "open_tickets": plan.open_tickets,
    }


def _action_document(action: ActionDefinition) -> dict[str, Any]:
    return {
        "name": action.name,
        "description": action.description,
        "closes_plan": action.closes_plan,
        "comment_allowed": action.comment_allowed,
        "statuses": [{"name": name, "completes": completes} for name, completes in action.statuses],
    }
