"""`casedesk rules …`: which responses open a ticket, and what it gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.output import write, write_json, write_table
from casedesk.domain.errors import InvalidInput

app = Commands(help="List, make, change and switch rules.")

_OPENS = "open_ticket"

_Name = Annotated[str, typer.Argument(metavar="NAME", help="The rule's name.")]


@app.command("list")
def list_rules(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the rules in the order in which they run."""
    with invocation(ctx).open() as desk:
        found = desk.rules.list()
    if as_json:
        keys = ("name", "trigger", "condition", "effects", "active")
        write_json([{key: getattr(rule, key) for key in keys} for rule in found])
    elif found:
        rows = [
            (rule.name, "on" if rule.active else "off", rule.trigger, rule.condition, _in_words(rule.effects))
            for rule in found
        ]
        write_table(("rule", "", "runs", "on what meets", "then"), rows, flexible=3)
    else:
        write("There are no rules yet.")


@app.command("set")
def set_rule(
    ctx: typer.Context,
    name: _Name,
    when: Annotated[str, typer.Option(metavar="QUERY", help="The condition, in the query language.")],
    then: Annotated[
        list[str],
        typer.Option(
            metavar="EFFECT", help="open_ticket, tag=T, priority=P, topic=T, owner=U, team=T or plan=P; repeatable."
        ),
    ],
    trigger: Annotated[
        str,
        typer.Option(
            "--on",
            metavar="TRIGGER",
            help="What makes it run: “response received”, or “before due” for tickets of which a target is about to be "
            "missed.",
        ),
    ] = "response received",
    as_json: AsJson = False,
) -> None:
    """Make a rule, or change the one of that name. It runs from now on."""
    with invocation(ctx).open() as desk:
        report(desk.rules.put(name, when, [_effect(text) for text in then], trigger=trigger), as_json=as_json)


@app.command("on")
def switch_on(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Let a rule run."""
    with invocation(ctx).open() as desk:
        report(desk.rules.switch(name, True), as_json=as_json)


@app.command("off")
def switch_off(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Keep a rule from running."""
    with invocation(ctx).open() as desk:
        report(desk.rules.switch(name, False), as_json=as_json)


def _effect(text: str) -> dict[str, Any]:
    what, equals, value = text.partition("=")
    if what == _OPENS and not equals:
        return {_OPENS: True}
    if not value.strip():
        raise InvalidInput(f"The effect “{text}” says nothing; write open_ticket, or what=value as in tag=callback.")
    return {what.strip(): value.strip()}


def _in_words(effects: Iterable[Mapping[str, object]]) -> str:
    pairs = [pair for table in effects for pair in table.items()]
    return ", ".join("open a ticket" if what == _OPENS else f"{what} {value}" for what, value in pairs)
