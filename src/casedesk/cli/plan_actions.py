"""`casedesk plans action …`: the actions of plans, of one plan's own or shared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write_found, write_table
from casedesk.cli.plan_documents import action_document, revised
from casedesk.desk.values import ActionDefinition

app = Commands(help="Make, change, retire and share actions.")

Name = Annotated[str, typer.Argument(metavar="ACTION", help="Its name, or its number where several have the name.")]
OfPlan = Annotated[
    str | None, typer.Option("--plan", metavar="PLAN", help="The plan it is of, where several actions have the name.")
]
Closing = "no, ask (the operator decides) or always."
Comment = typer.Option("--comment/--no-comment", help="Whether it takes a comment.")
STATUS = "NAME, or NAME:open for one that leaves the action open."

_CLOSING = {"no": "no", "ask": "the operator decides", "always": "always"}
_ENDINGS = {"open": False, "closes": True}


@app.command("list")
def list_actions(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List every action with its number and its plans; retired ones come last."""
    with invocation(ctx).open() as desk:
        found = desk.plans.actions()
    write_found(
        found, action_document, ("number", "action", "plans"),
        lambda each: (each.id, each.name, "retired" if each.retired else ", ".join(each.plans)),
        flexible=2, as_json=as_json,
        nothing="There are no actions yet; `casedesk plans action add ACTION --plan PLAN` makes one.",
    )  # fmt: skip


@app.command("add")
def add_action(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ACTION", help="Its name.")],
    plans: Annotated[
        list[str] | None, typer.Option("--plan", metavar="PLAN", help="A plan that gets it. May be repeated.")
    ] = None,
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="What is to be done.")] = "",
    statuses: Annotated[
        list[str] | None, typer.Option("--status", metavar="STATUS", help=f"{STATUS} May be repeated, in order.")
    ] = None,
    closes_plan: Annotated[
        str, typer.Option("--closes-plan", metavar="MODE", help=f"Whether it closes the plan: {Closing}")
    ] = "no",
    comment: Annotated[bool, Comment] = True,
    as_json: AsJson = False,
) -> None:
    """Make an action, in plans or by itself."""
    with invocation(ctx).open() as desk:
        outcome = desk.plans.add_action(
            name,
            plans=plans or (),
            description=description,
            closes_plan=closes_plan,
            comment_allowed=comment,
            statuses=_statuses(statuses or ()),
        )
    report(outcome, as_json=as_json)


@app.command("edit")
def edit_action(
    ctx: typer.Context,
    name: Name,
    plan: OfPlan = None,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    description: Annotated[
        str | None, typer.Option("--description", metavar="TEXT", help="Another description; empty for none.")
    ] = None,
    statuses: Annotated[
        list[str] | None, typer.Option("--status", metavar="STATUS", help=f"All its statuses in order: {STATUS}")
    ] = None,
    added: Annotated[list[str] | None, typer.Option("--add-status", metavar="STATUS", help="One more status.")] = None,
    removed: Annotated[
        list[str] | None, typer.Option("--remove-status", metavar="NAME", help="A status offered no longer.")
    ] = None,
    closes_plan: Annotated[
        str | None, typer.Option("--closes-plan", metavar="MODE", help=f"Whether it closes the plan: {Closing}")
    ] = None,
    comment: Annotated[bool | None, Comment] = None,
    as_json: AsJson = False,
) -> None:
    """Change an action, in every plan that has it. What tickets recorded stays as it was."""
    with invocation(ctx).open() as desk:
        seen = None
        wanted = _statuses(statuses) if statuses else None
        if added or removed:
            seen = desk.plans.action(name, plan=plan)
            known = dict(wanted or seen.statuses) | dict(_statuses(added or ()))
            names = revised(
                "status", dict(wanted or seen.statuses), [name for name, _ in _statuses(added or ())], removed
            )
            wanted = [(each, known[each]) for each in names]
        outcome = desk.plans.edit_action(
            name,
            plan=plan,
            new_name=new_name,
            description=description,
            closes_plan=closes_plan,
            comment_allowed=comment,
            statuses=wanted,
            seen=seen,
        )
    report(outcome, as_json=as_json)


@app.command("retire")
def retire_action(ctx: typer.Context, name: Name, plan: OfPlan = None, as_json: AsJson = False) -> None:
    """Offer an action no longer, in no plan. What was done by it stays recorded."""
    with invocation(ctx).open() as desk:
        report(desk.plans.retire_action(name, plan=plan), as_json=as_json)


@app.command("restore")
def restore_action(ctx: typer.Context, name: Name, plan: OfPlan = None, as_json: AsJson = False) -> None:
    """Bring a retired action back, to the plans that it was in."""
    with invocation(ctx).open() as desk:
        report(desk.plans.restore_action(name, plan=plan), as_json=as_json)


@app.command("link")
def link_action(
    ctx: typer.Context,
    name: Name,
    plans: Annotated[list[str], typer.Argument(metavar="PLAN…", help="The plans that get it.")],
    of: Annotated[
        str | None, typer.Option("--of", metavar="PLAN", help="A plan that has it, where several have the name.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Share an action with plans, at their end."""
    with invocation(ctx).open() as desk:
        report(desk.plans.link_action(name, plans, of=of), as_json=as_json)


@app.command("unlink")
def unlink_action(
    ctx: typer.Context,
    name: Name,
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="The plan that loses it.")],
    as_json: AsJson = False,
) -> None:
    """Take an action out of a plan. It stays in others, or by itself."""
    with invocation(ctx).open() as desk:
        report(desk.plans.unlink_action(name, plan), as_json=as_json)


def write_actions(actions: Sequence[ActionDefinition]) -> None:
    """Write a plan's actions as a table."""
    rows = [
        (
            action.name,
            ", ".join(f"{name}{' ✓' if done else ''}" for name, done in action.statuses),
            "yes" if action.comment_allowed else "no",
            _CLOSING[action.closes_plan],
        )
        for action in actions
    ]
    write_table(("action", "statuses (✓ completes it)", "comment", "closes the plan"), rows, flexible=1)


def _statuses(texts: Iterable[str]) -> list[tuple[str, bool]]:
    """`Reached` completes the action, and so does `Reached:closes`; `No response:open` leaves it open."""
    found = []
    for text in texts:
        name, _, ending = text.rpartition(":")
        found.append((name, _ENDINGS[ending]) if name and ending in _ENDINGS else (text, True))
    return found
