"""`casedesk tickets classify|tag|priority|topic|assign|team|helpers|plan`: one field of tickets each."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.acting import IfVersion, act_on_tickets
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, text_or_input
from casedesk.cli.selection import Which, Yes
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Numbers
    from casedesk.desk.tickets import Manner
    from casedesk.desk.values import Outcome

app = Commands()

_NONE = "none"

HandOverNote = Annotated[
    str, typer.Option("--note", metavar="TEXT", help="What the next one should know; - reads standard input.")
]


Names = list[str]


def _add_field_of_several(
    field: str,
    summary: str,
    metavar: str,
    about: str,
    change: Callable[[Desk, Numbers, Names, Names, Manner], Outcome],
) -> None:
    """Add the command of a field that holds any number of names: some are added, some removed."""
    argument = typer.Argument(metavar=metavar, help=about)

    @app.command(field, help=summary)
    def command(
        ctx: typer.Context,
        which: Which,
        names: Names = argument,
        yes: Yes = False,
        if_version: IfVersion = None,
        as_json: AsJson = False,
    ) -> None:
        add, remove = _signed(names)
        act_on_tickets(
            ctx, which, lambda desk, numbers, manner: change(desk, numbers, add, remove, manner),
            yes=yes, if_version=if_version, as_json=as_json,
        )  # fmt: skip


def _add_field_of_one(
    field: str,
    summary: str,
    metavar: str,
    about: str,
    change: Callable[[Desk, Numbers, str | None, Manner], Outcome],
) -> None:
    """Add the command of a field that holds one name, or none."""
    argument = typer.Argument(metavar=metavar, help=about)

    @app.command(field, help=summary)
    def command(
        ctx: typer.Context,
        which: Which,
        name: str = argument,
        yes: Yes = False,
        if_version: IfVersion = None,
        as_json: AsJson = False,
    ) -> None:
        act_on_tickets(
            ctx, which, lambda desk, numbers, manner: change(desk, numbers, _or_none(name), manner),
            yes=yes, if_version=if_version, as_json=as_json,
        )  # fmt: skip


_add_field_of_several(
    "classify", "Add or remove classifications.",
    "NAME…", "Classifications to add; -NAME removes one.",
    lambda desk, numbers, add, remove, manner: desk.tickets.classify(numbers, add, remove, **manner),
)  # fmt: skip
_add_field_of_several(
    "tag", "Add or remove tags. One that the desk doesn't have yet is made.",
    "+TAG -TAG…", "Tags to add (+ may be left out) and to remove.",
    lambda desk, numbers, add, remove, manner: desk.tickets.tag(numbers, add, remove, **manner),
)  # fmt: skip
_add_field_of_several(
    "helpers", "Add or remove users who work on the ticket beside its owner.",
    "+USER -USER…", "Helpers to add (+ may be left out) and to remove.",
    lambda desk, numbers, add, remove, manner: desk.tickets.set_helpers(numbers, add, remove, **manner),
)  # fmt: skip
_add_field_of_one(
    "priority", "Change the priority.", "PRIORITY", "The priority, or none.",
    lambda desk, numbers, name, manner: desk.tickets.set_priority(numbers, name, **manner),
)  # fmt: skip
_add_field_of_one(
    "topic", "Change the topic.", "TOPIC", "The topic, or none.",
    lambda desk, numbers, name, manner: desk.tickets.set_topic(numbers, name, **manner),
)  # fmt: skip
_add_field_of_one(
    "plan", "Give tickets another action plan. A ticket that was worked by its plan already keeps it.",
    "PLAN", "The action plan, or none.",
    lambda desk, numbers, name, manner: desk.tickets.set_plan(numbers, name, **manner),
)  # fmt: skip


@app.command("assign")
def assign(
    ctx: typer.Context,
    which: Which,
    login: Annotated[
        str, typer.Argument(metavar="USER", help="The new owner's login; me for yourself, none for nobody.")
    ],
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
    name: Annotated[str, typer.Argument(metavar="TEAM", help="The team, or none.")],
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
