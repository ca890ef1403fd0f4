"""`casedesk rules …`: what happens by itself when responses arrive, tickets change or time passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casedesk.cli.acting import report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.limits import JsonLimit, check_limit, lines_of, tell_cut
from casedesk.cli.output import write, write_json, write_json_list, write_table
from casedesk.cli.progress import ProgressLine
from casedesk.cli.rule_documents import attempt_document, details_document, rule_document, run_document
from casedesk.domain.errors import InvalidInput
from casedesk.domain.rules import MEANT
from casedesk.domain.text_safety import visible_line

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Attempt, RuleRunLine

app = Commands(help="List, make, change, order, switch and try rules, and read what they did.")

_OPENS = "open_ticket"
_CLOSES = re.compile(r"(?P<resolution>.*?)(?:(?:^|\s)exit_state=(?P<exit_state>.*))?")

_PIECE = 100
_Name = Annotated[str, typer.Argument(metavar="NAME", help="The rule's name.")]
_Trigger = typer.Option(
    "--on",
    metavar="TRIGGER",
    help="What makes it run: “response received”, “ticket opened”, “status changed”, “ticket closed”, “customer "
    "message received”, “agent message sent”, “idle 48h”, “age 7d” or “before due”.",
)
_When = typer.Option(metavar="QUERY", help="The condition, in the query language.")
_Then = typer.Option(
    metavar="EFFECT",
    help="open_ticket, tag=T, priority=P, topic=T, owner=U, team=T, plan=P, classification=C, status=S or "
    "“close=RESOLUTION exit_state=E”; repeatable.",
)
_Everything = typer.Option("--everything", help="The condition may hold for everything.")


@app.command("list")
def list_rules(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the rules in the order in which they run."""
    with invocation(ctx).open() as desk:
        found = [(rule, desk.rules.words(rule.effects)) for rule in desk.rules.list()]
    if as_json:
        write_json([rule_document(rule) for rule, _ in found])
    elif found:
        rows = [
            (rule.name, "on" if rule.active else "off", rule.trigger, rule.condition, ", ".join(words))
            for rule, words in found
        ]
        write_table(("rule", "", "runs", "on what meets", "then"), rows, flexible=3)
    else:
        write("There are no rules yet.")


@app.command("show")
def show(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Show a rule, what it did so far, and who changed it last."""
    with invocation(ctx).open() as desk:
        found = desk.rules.show(name)
        changed = desk.local(found.changed_at).strftime("%Y-%m-%d %H:%M") if found.changed_at else ""
    if as_json:
        write_json(details_document(found))
        return
    rule = found.rule
    lines = [
        (rule.name, f"{'on' if rule.active else 'off'}, in place {found.position}"),
        ("runs", rule.trigger),
        ("on", rule.condition or "everything"),
        ("then", ", ".join(found.words)),
        ("so far", f"ran {found.runs:,} times, failed {found.failures:,}, opened {found.tickets_opened:,} tickets"),
        ("changed", f"by {found.changed_by}, {changed}" if changed else ""),
        ("mistake", found.mistake),
    ]
    write_table(("", ""), [line for line in lines if line[1]], flexible=1)


@app.command("add")
def add(
    ctx: typer.Context,
    name: _Name,
    when: Annotated[str, _When],
    then: Annotated[list[str], _Then],
    trigger: Annotated[str, _Trigger] = "response received",
    off: Annotated[bool, typer.Option("--off", help="It doesn't run until it is switched on.")] = False,
    everything: Annotated[bool, _Everything] = False,
    as_json: AsJson = False,
) -> None:
    """Make a rule, which runs after the others."""
    with invocation(ctx).open() as desk, _mentioning_everything():
        outcome = desk.rules.add(name, when, effects_of(then), trigger=trigger, active=not off, everything=everything)
    report(outcome, as_json=as_json)


@app.command("change")
def change(
    ctx: typer.Context,
    name: _Name,
    when: Annotated[str | None, _When] = None,
    then: Annotated[list[str] | None, _Then] = None,
    trigger: Annotated[str | None, _Trigger] = None,
    everything: Annotated[bool, _Everything] = False,
    as_json: AsJson = False,
) -> None:
    """Change a rule's condition, its effects (all of them), or what makes it run."""
    with invocation(ctx).open() as desk, _mentioning_everything():
        effects = effects_of(then) if then else None
        outcome = desk.rules.change(name, condition=when, effects=effects, trigger=trigger, everything=everything)
    report(outcome, as_json=as_json)


@app.command("set")
def set_rule(
    ctx: typer.Context,
    name: _Name,
    when: Annotated[str, _When],
    then: Annotated[list[str], _Then],
    trigger: Annotated[str, _Trigger] = "response received",
    everything: Annotated[bool, _Everything] = False,
    as_json: AsJson = False,
) -> None:
    """Make a rule, or give the one of that name these values. It runs from now on."""
    with invocation(ctx).open() as desk, _mentioning_everything():
        outcome = desk.rules.put(name, when, effects_of(then), trigger=trigger, everything=everything)
    report(outcome, as_json=as_json)


@app.command("rename")
def rename(
    ctx: typer.Context,
    name: _Name,
    new_name: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    as_json: AsJson = False,
) -> None:
    """Give a rule another name; its log and the queries that name it follow."""
    with invocation(ctx).open() as desk:
        outcome = desk.rules.rename(name, new_name)
    report(outcome, as_json=as_json)


@app.command("switch")
def switch(
    ctx: typer.Context,
    name: _Name,
    to: Annotated[str, typer.Argument(metavar="on|off", help="Whether it runs.")],
    as_json: AsJson = False,
) -> None:
    """Let a rule run, or keep it from running."""
    if to not in {"on", "off"}:
        raise InvalidInput(f"“{to}” is neither on nor off.")
    _switch(ctx, name, to == "on", as_json)


@app.command("on")
def switch_on(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Let a rule run."""
    _switch(ctx, name, True, as_json)


@app.command("off")
def switch_off(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Keep a rule from running."""
    _switch(ctx, name, False, as_json)


@app.command("move")
def move(
    ctx: typer.Context,
    name: _Name,
    position: Annotated[int, typer.Argument(metavar="PLACE", help="Its new place, from 1.")],
    as_json: AsJson = False,
) -> None:
    """Put a rule in another place: of several that set one value, the first does."""
    with invocation(ctx).open() as desk:
        outcome = desk.rules.move(name, position)
    report(outcome, as_json=as_json)


@app.command("remove")
def remove(ctx: typer.Context, name: _Name, as_json: AsJson = False) -> None:
    """Remove a rule that opened no tickets; the log keeps what it did."""
    with invocation(ctx).open() as desk:
        outcome = desk.rules.remove(name)
    report(outcome, as_json=as_json)


@app.command("log")
def log(
    ctx: typer.Context,
    rule: Annotated[str | None, typer.Option(metavar="NAME", help="Only this rule's runs.")] = None,
    ticket: Annotated[int | None, typer.Option(metavar="N", help="Only runs on this ticket.")] = None,
    limit: JsonLimit = None,
    as_json: AsJson = False,
) -> None:
    """Show what rules did, the newest first, and which run caused which."""
    check_limit(limit)
    with invocation(ctx).open() as desk:
        runs = _runs(desk, rule, ticket)
        if as_json:
            write_json_list(map(run_document, islice(runs, limit or None)))
            return
        found, more = lines_of(runs, limit)
        rows = [_log_row(desk, line) for line in found]
    if rows:
        write_table(("run", "at", "ticket", "rule", "runs", "", "what"), rows, flexible=6)
    else:
        write("No rule has run yet.")
    if more:
        tell_cut(len(rows))


def _runs(desk: Desk, rule: str | None, ticket: int | None) -> Iterator[RuleRunLine]:
    """The runs, newest first, read piece by piece."""
    before: int | None = None
    while piece := desk.rules.log(rule=rule, ticket=ticket, limit=_PIECE, before=before):
        yield from piece
        before = piece[-1].id


@app.command("try")
def try_rule(
    ctx: typer.Context,
    name: _Name,
    since: Annotated[
        str | None, typer.Option(metavar="D", help="From this date on: 2026-01-31, last-30d, 2026-q4. All by default.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count what a rule would have done, on or off, without changing anything."""
    line = ProgressLine("records tried", stopped="Stopped; nothing was changed.")
    with invocation(ctx).open() as desk, line:
        found = desk.rules.attempt(name, since=_day(desk, since), progress=line.tell_count)
    if as_json:
        write_json(attempt_document(found))
        return
    for sentence in _sentences(found):
        write(visible_line(sentence))


def effects_of(texts: Sequence[str]) -> list[dict[str, Any]]:
    """The effects that are written so: `tag=callback`. Raises InvalidInput for what says nothing."""
    return [_effect(text) for text in texts]


def _effect(text: str) -> dict[str, Any]:
    what, equals, value = (part.strip() for part in text.partition("="))
    if what == _OPENS and not equals:
        return {_OPENS: True}
    if what == "close":
        match = _CLOSES.fullmatch(value)
        assert match is not None  # both parts may be empty
        return {"close": {part: name.strip() for part, name in match.groupdict().items() if name and name.strip()}}
    if not value:
        raise InvalidInput(f"The effect “{text}” says nothing; write open_ticket, or what=value as in tag=callback.")
    return {what: value}


@contextmanager
def _mentioning_everything() -> Iterator[None]:
    """Name the option where the desk refuses a rule for everything."""
    try:
        yield
    except InvalidInput as error:
        if not error.sentence.endswith(MEANT):
            raise
        raise InvalidInput(error.sentence.removesuffix(MEANT) + "--everything says that it is meant.") from error


def _switch(ctx: typer.Context, name: str, active: bool, as_json: bool) -> None:
    with invocation(ctx).open() as desk:
        outcome = desk.rules.switch(name, active)
    report(outcome, as_json=as_json)


def _day(desk: Desk, text: str | None) -> datetime | None:
    if text is None:
        return None
    from casedesk.reports.period import named

    return datetime.fromtimestamp(named(text, desk.now(), desk.zone).start, desk.zone)


def _log_row(desk: Desk, line: RuleRunLine) -> tuple[str, ...]:
    what = line.text + (" (taken back)" if line.taken_back else "")
    after = f"after {line.after}: " if line.after is not None else ""
    at = desk.local(line.at).strftime("%Y-%m-%d %H:%M")
    ticket = f"#{line.ticket}" if line.ticket is not None else ""
    return (str(line.id), at, ticket, "  " * line.depth + line.rule, line.trigger, line.outcome, after + what)


def _sentences(found: Attempt) -> list[str]:
    did = ", ".join(f"{entry.words} {entry.count:,}" for entry in found.counts)
    lines = [
        f"“{found.rule}” would have run on {found.runs:,} of {found.examined:,} {found.about}; nothing was changed.",
        f"Its effects, by how often they would have changed something: {did}.",
    ]
    if found.failed:
        lines.append(f"It would have failed {found.failed:,} times: {found.failures[0]}")
    lines += found.notes
    return [*lines, "It was stopped; more may follow."] if found.stopped else lines
