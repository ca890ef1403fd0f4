"""`casedesk policies …`: which tickets have which targets (behaviour 3.4)."""

from __future__ import annotations

from typing import Annotated

import typer

from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write_fields, write_json, write_table
from casedesk.cli.policy_documents import pauses_in_order, policy_document, warn_said, write_policies
from casedesk.cli.service_levels import change_levels
from casedesk.domain.errors import InvalidInput

app = Commands(help="List, show, make, change, order and retire service level policies.")

Name = Annotated[str, typer.Argument(metavar="POLICY", help="The policy's name.")]
Calendar = Annotated[
    str | None, typer.Option("--calendar", metavar="NAME", help="The calendar by which its targets are counted.")
]
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        metavar="KIND[:PRIORITY]=TIME",
        help="first-response, next-reply or resolution within a working time, such as resolution:urgent=4h."
        " May be repeated.",
    ),
]
Pauses = Annotated[
    list[str] | None,
    typer.Option("--pause", metavar="KIND", help="A target that stands still in pending; none for no one. Repeatable."),
]
Warn = Annotated[
    str | None,
    typer.Option("--warn", metavar="TIME", help="How long before it is due a target is about to be missed, or none."),
]


@app.command("list")
def list_policies(
    ctx: typer.Context,
    retired: Annotated[bool, typer.Option("--retired", help="Those that are retired, too.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the policies in their order. The first whose query matches a ticket applies; the default comes last."""
    with invocation(ctx).open() as desk:
        found = desk.policies.list(retired=retired)
    if as_json:
        write_json([policy_document(policy) for policy in found])
    else:
        write_policies(found)


@app.command("show")
def show_policy(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Show a policy with its targets."""
    with invocation(ctx).open() as desk:
        policy = desk.policies.show(name)
    if as_json:
        write_json(policy_document(policy))
        return
    write_fields(
        [
            ("policy", policy.name), ("tickets", policy.query or "all that no other matches"),
            ("calendar", policy.calendar), ("stands still in pending", ", ".join(pauses_in_order(policy)) or "nothing"),
            ("warns", warn_said(policy)), ("retired", "yes" if policy.retired else None),
        ]
    )  # fmt: skip
    if policy.targets:
        rows = [(target.kind, target.priority or "every", target.duration) for target in policy.targets]
        write_table(("target", "priority", "within"), rows)


@app.command("add")
def add_policy(
    ctx: typer.Context,
    name: Name,
    query: Annotated[str, typer.Option("--query", metavar="QUERY", help="Which tickets it is for.")],
    calendar: Calendar = None,
    targets: Targets = None,
    pauses: Pauses = None,
    warn: Warn = None,
    as_json: AsJson = False,
) -> None:
    """Make a policy, the last before the default. `casedesk policies move` gives it another place."""
    from casedesk.desk.policy_checks import WARN

    wanted, ahead = [_target(each) for each in targets or ()], _warn(warn)
    change_levels(
        ctx,
        lambda desk: desk.policies.add(
            name,
            query,
            calendar=calendar,
            targets=wanted,
            pauses=_pauses(pauses) or (),
            warn=WARN if ahead is None else ahead,
        ),
        as_json=as_json,
    )


@app.command("change")
def change_policy(
    ctx: typer.Context,
    name: Name,
    new_name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Another name.")] = None,
    query: Annotated[str | None, typer.Option("--query", metavar="QUERY", help="Which tickets it is for.")] = None,
    calendar: Calendar = None,
    targets: Targets = None,
    pauses: Pauses = None,
    warn: Warn = None,
    as_json: AsJson = False,
) -> None:
    """Change a policy. Targets and pauses that are given take the place of all it has."""
    wanted = None if targets is None else [_target(each) for each in targets]
    ahead = _warn(warn)
    change_levels(
        ctx,
        lambda desk: desk.policies.change(
            name,
            new_name=new_name,
            query=query,
            calendar=calendar,
            targets=wanted or None,
            pauses=_pauses(pauses),
            warn=ahead,
        ),
        as_json=as_json,
    )


@app.command("target")
def set_target(
    ctx: typer.Context,
    name: Name,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="first-response, next-reply or resolution.")],
    time: Annotated[str, typer.Argument(metavar="TIME", help="A working time such as 4h or 30m, or none.")],
    priority: Annotated[
        str | None, typer.Option("--priority", metavar="P", help="The one priority that it is for.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Set or take away one target of a policy."""
    seconds = _working_time(time)
    change_levels(ctx, lambda desk: desk.policies.set_target(name, kind, seconds, priority=priority), as_json=as_json)


@app.command("move")
def move_policy(
    ctx: typer.Context,
    name: Name,
    place: Annotated[int, typer.Argument(metavar="PLACE", help="Its place in the order; 1 is asked first.")],
    as_json: AsJson = False,
) -> None:
    """Give a policy another place in the order."""
    change_levels(ctx, lambda desk: desk.policies.move(name, place), as_json=as_json)


@app.command("retire")
def retire_policy(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Let a policy apply to no ticket."""
    change_levels(ctx, lambda desk: desk.policies.retire(name), as_json=as_json)


@app.command("restore")
def restore_policy(ctx: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Bring a retired policy back."""
    change_levels(ctx, lambda desk: desk.policies.restore(name), as_json=as_json)


def _target(text: str) -> tuple[str, str | None, int]:
    """`resolution:urgent=4h` in its parts."""
    which, equals, time = text.rpartition("=")
    kind, colon, priority = which.partition(":")
    seconds = _working_time(time) if equals else None
    if seconds is None or not kind.strip() or (colon and not priority.strip()):
        raise InvalidInput(f"“{text}” isn't a target; write resolution=8h or first-response:urgent=30m.")
    return kind, priority.strip() if colon else None, seconds


def _working_time(text: str) -> int | None:
    from casedesk.domain.business_time import duration_seconds

    return None if text.strip().casefold() == "none" else duration_seconds(text)


def _warn(text: str | None) -> int | None:
    return None if text is None else _working_time(text) or 0


def _pauses(kinds: list[str] | None) -> list[str] | None:
    """The kinds; an empty list for `none`, and None when there is nothing to say."""
    if not kinds:
        return None
    return [] if [kind.strip().casefold() for kind in kinds] == ["none"] else kinds
