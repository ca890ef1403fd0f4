"""`casedesk macros …`: acts under a name, and running them (X4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli import macro_steps as given
from casedesk.cli.acting import IfVersion, act_on_tickets, report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, Invocation, invocation
from casedesk.cli.output import write, write_fields, write_found, write_json
from casedesk.cli.selection import Which, Yes, named_numbers
from casedesk.domain.errors import InvalidInput, NotFound
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.desk.values import Difference, Macro

app = Commands(help="List, show, make, change, retire and run macros.")

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The macro's name.")]
_Shared = Annotated[
    bool | None, typer.Option("--shared/--personal", help="Whether everybody may run it, or only you (the default).")
]
_Key = Annotated[
    str | None, typer.Option("--key", metavar="KEY", help="The key that runs it in the interface; none takes it away.")
]


@app.command("list")
def list_macros(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List your own macros and the shared ones."""
    with invocation(ctx).open() as desk:
        found = desk.macros.list()
    write_found(
        found, _document, ("macro", "whose", "key", "steps"),
        lambda macro: (macro.name, macro.owner or "all", macro.key, ", ".join(macro.words)),
        flexible=3, nothing="There are no macros yet.", as_json=as_json,
    )  # fmt: skip


@app.command("show")
def show_macro(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Show a macro with its steps. With --json, what `make --from` reads."""
    with invocation(ctx).open() as desk:
        macro = desk.macros.show(name)
    if as_json:
        write_json(_document(macro))
        return
    write_fields([("macro", macro.name), ("whose", macro.owner or "all"), ("key", macro.key)])
    write()
    for place, words in enumerate(macro.words, 1):
        write(f"{place}. {visible_line(words)}")


@app.command("make")
def make_macro(
    ctx: typer.Context,
    name: _Name,
    from_file: given.FromFile = None,
    reopen: given.Reopen = False,
    title: given.Title = None,
    description: given.Description = None,
    plan: given.Plan = None,
    action: given.Action = None,
    action_status: given.ActionStatus = None,
    comment: given.Comment = None,
    close_plan: given.ClosePlan = False,
    note: given.Note = None,
    classify: given.Classify = None,
    tag: given.Tag = None,
    priority: given.Priority = None,
    topic: given.Topic = None,
    team: given.Team = None,
    owner: given.Owner = None,
    helper: given.Helper = None,
    status: given.Status = None,
    until: given.Until = None,
    close: given.Close = False,
    resolution: given.Resolution = None,
    exit_state: given.ExitState = None,
    key: _Key = None,
    shared: _Shared = None,
    as_json: AsJson = False,
) -> None:
    """Make a macro. Its steps are the options, done in the order in which this help lists them, or those of a file."""
    options = given.steps_of_options(
        reopen=reopen, title=title, description=description, plan=plan,
        action=action, action_status=action_status, comment=comment, close_plan=close_plan, note=note,
        classify=classify, tag=tag, priority=priority, topic=topic, team=team, owner=owner, helper=helper,
        status=status, until=until, close=close, resolution=resolution, exit_state=exit_state,
    )  # fmt: skip
    if from_file is not None and options:
        raise InvalidInput("Give the steps as options or in a file, not both.")
    steps = options if from_file is None else given.steps_of_file(from_file)
    run = invocation(ctx)
    wanted = _key(run, key)
    with run.open() as desk:
        report(desk.macros.make(name, steps, key=wanted or "", shared=bool(shared)), as_json=as_json)


@app.command("change")
def change_macro(
    ctx: typer.Context,
    name: _Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    from_file: given.FromFile = None,
    key: _Key = None,
    shared: _Shared = None,
    as_json: AsJson = False,
) -> None:
    """Rename a macro, give it another key, share it, or give it the steps of a file in place of its own."""
    steps = None if from_file is None else given.steps_of_file(from_file)
    run = invocation(ctx)
    wanted = _key(run, key)
    with run.open() as desk:
        outcome = desk.macros.change(name, new_name=new_name, steps=steps, key=wanted, shared=shared)
    report(outcome, as_json=as_json)


@app.command("retire")
def retire_macro(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Take a macro out of the list. What was done by it stays."""
    with invocation(ctx).open() as desk:
        report(desk.macros.retire(name), as_json=as_json)


@app.command("run")
def run_macro(
    ctx: typer.Context,
    name: _Name,
    which: Which,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Run a macro on tickets: all steps or none on each, one act for all."""
    if dry_run:
        _show_difference(ctx, name, which, as_json=as_json)
        return
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.macros.run(name, numbers, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


def _show_difference(ctx: typer.Context, name: str, which: str, *, as_json: bool) -> None:
    """Ends with 1 when some tickets would be refused, as the run would."""
    with invocation(ctx).open() as desk:
        numbers = named_numbers(which)
        if numbers is None:
            numbers = desk.tickets.numbers(which)
        if not numbers:
            raise NotFound(f"No ticket matches {which}")
        found = desk.macros.difference(name, numbers)
    if as_json:
        write_json([_difference_document(difference) for difference in found])
    else:
        for difference in found:
            write(f"#{difference.number}")
            said = [difference.refusal] if difference.refusal else [change.words for change in difference.changes]
            for words in said:
                write(f"  {visible_line(words)}")
    if any(difference.refusal for difference in found):
        raise typer.Exit(1)


def _key(run: Invocation, key: str | None) -> str | None:
    """The key, empty for `none`. Raises InvalidInput when it means something else in the interface."""
    if key is None:
        return None
    wanted = "" if key.strip().lower() == "none" else key
    from casedesk.tui.keys import check_macro_key, resolve

    check_macro_key(resolve(run.preferences.keys), wanted)
    return wanted


def _document(macro: Macro) -> dict[str, Any]:
    return {
        "name": macro.name,
        "owner": macro.owner,
        "shared": macro.shared,
        "key": macro.key or None,
        "steps": [dict(step) for step in macro.steps],
    }


def _difference_document(difference: Difference) -> dict[str, Any]:
    return {
        "number": difference.number,
        "changes": [
            {"field": change.field, "from": change.before or None, "to": change.after or None}
            for change in difference.changes
        ],
        "refusal": difference.refusal and {"code": difference.code, "reason": difference.refusal},
    }
