"""`casedesk tickets classify|tag|priority|topic|assign|team|helpers|plan`: one field of tickets each."""

from __future__ import annotations

from typing import Annotated

import typer

from casedesk.cli.acting import IfVersion, act_on_tickets
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, text_or_input
from casedesk.cli.selection import Which, Yes
from casedesk.domain.errors import InvalidInput

app = Commands()

_NONE = "none"

HandOverNote = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="What the next one should know; - reads standard input.")
]


def _argument(metavar: str, help: str) -> typer.models.ArgumentInfo:
    found: typer.models.ArgumentInfo = typer.Argument(metavar=metavar, help=help)
    return found


@app.command("classify")
def classify(
    ctx: typer.Context,
    which: Which,
    names: Annotated[list[str], _argument("NAME…", "Classifications to add; -NAME removes one.")],
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Add or remove classifications."""
    add, remove = _signed(names)
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.classify(numbers, add, remove, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("tag")
def tag(
    ctx: typer.Context,
    which: Which,
    names: Annotated[list[str], _argument("+TAG -TAG…", "Tags to add (+ may be left out) and to remove.")],
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Add or remove tags. One that the desk doesn't have yet is made."""
    add, remove = _signed(names)
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.tag(numbers, add, remove, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("helpers")
def helpers(
    ctx: typer.Context,
    which: Which,
    logins: Annotated[list[str], _argument("+USER -USER…", "Helpers to add (+ may be left out) and to remove.")],
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Add or remove users who work on the ticket beside its owner."""
    add, remove = _signed(logins)
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.set_helpers(numbers, add, remove, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("priority")
def priority(
    ctx: typer.Context,
    which: Which,
    name: Annotated[str, _argument("PRIORITY", "The priority, or none.")],
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Change the priority."""
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.set_priority(numbers, _or_none(name), **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("topic")
def topic(
    ctx: typer.Context,
    which: Which,
    name: Annotated[str, _argument("TOPIC", "The topic, or none.")],
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Change the topic."""
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.set_topic(numbers, _or_none(name), **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("assign")
def assign(
    ctx: typer.Context,
    which: Which,
    login: Annotated[str, _argument("USER", "The new owner's login; me for yourself, none for nobody.")],
    note: HandOverNote = "",
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Change the owner; the team stays."""
    said = text_or_input(note)
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.assign(numbers, _or_none(login), note=said, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("team")
def team(
    ctx: typer.Context,
    which: Which,
    name: Annotated[str, _argument("TEAM", "The team, or none.")],
    note: HandOverNote = "",
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Put tickets in a team's queue. An owner who isn't in that team is cleared."""
    said = text_or_input(note)
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.set_team(numbers, _or_none(name), note=said, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("plan")
def plan(
    ctx: typer.Context,
    which: Which,
    name: Annotated[str, _argument("PLAN", "The action plan, or none.")],
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Give tickets another action plan. A ticket that was worked by its plan already keeps it."""
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.set_plan(numbers, _or_none(name), **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


def _or_none(name: str) -> str | None:
    if not name.strip():
        raise InvalidInput(f"A name is empty; {_NONE} takes the present one away.")
    return None if name.strip().lower() == _NONE else name


def _signed(names: list[str]) -> tuple[list[str], list[str]]:
    """What to add and what to remove: `-name` removes, `+name` and `name` add."""
    add = [name.removeprefix("+") for name in names if not name.startswith("-")]
    remove = [name.removeprefix("-") for name in names if name.startswith("-")]
    both = set(add) & set(remove)
    if both:
        raise InvalidInput(f"“{both.pop()}” is to be added and removed.")
    return add, remove
