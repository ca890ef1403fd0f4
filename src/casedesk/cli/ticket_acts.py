"""`casedesk tickets new|note|log-message|action|status|close|reopen|edit`: working tickets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.acting import IfVersion, act_on_tickets, report
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation, text_or_input
from casedesk.cli.selection import One, Which, Yes, one_number
from casedesk.domain.errors import InvalidInput

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.acts import Numbers
    from casedesk.desk.tickets import Manner
    from casedesk.desk.values import Outcome

app = Commands()

ExitState = Annotated[
    str | None,
    typer.Option("--exit-state", metavar="STATE", help="How the action plan ended, where this closes it."),
]


@app.command("new")
def new(
    ctx: typer.Context,
    title: Annotated[str | None, typer.Argument(metavar="TITLE", help="What it is about, in one line.")] = None,
    title_option: Annotated[
        str | None, typer.Option("--title", metavar="TITLE", help="The same, as an option.")
    ] = None,
    priority: Annotated[
        str | None, typer.Option("--priority", metavar="PRIORITY", help="How urgent it is.  [required]")
    ] = None,
    topic: Annotated[str | None, typer.Option("--topic", metavar="TOPIC", help="Its topic.")] = None,
    description: Annotated[
        str, typer.Option("--description", metavar="TEXT", help="More about it; - reads standard input.")
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="A first note; - reads standard input.")] = "",
    contact: Annotated[
        str | None,
        typer.Option("--contact", metavar="WHO", help="The customer: id, external id, e-mail, phone or whole name."),
    ] = None,
    tags: Annotated[list[str] | None, typer.Option("--tag", metavar="TAG", help="A tag; may be repeated.")] = None,
    parent: Annotated[
        str | None, typer.Option("--parent", metavar="N", help="The ticket that it is a part of.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Open a ticket by hand. Open tickets that it may repeat are told on standard error."""
    named = title or title_option
    if not named:
        raise InvalidInput("A new ticket needs a title.")
    if description == note == "-":
        raise InvalidInput("Description and note can't both be read from standard input.")
    with invocation(ctx).open() as desk:
        if not priority:
            raise InvalidInput(f"A new ticket needs --priority: {', '.join(desk.choices().priorities)}.")
        outcome = desk.tickets.new(
            named,
            priority,
            topic=topic,
            description=text_or_input(description),
            note=text_or_input(note),
            contact=contact,
            tags=tags or (),
            parent=None if parent is None else one_number(parent),
        )
        outcome = replace(outcome, notes=_alike(desk, outcome.done[0]))
    report(outcome, as_json=as_json)


def _alike(desk: Desk, number: int) -> tuple[str, ...]:
    """A sentence for each open ticket that the new one may repeat."""
    ticket = desk.tickets.show(number)
    found = desk.tickets.alike(ticket.line.title, ticket.contact.id if ticket.contact else None)
    return tuple(
        f"#{line.number} may be the same: {line.title} ({line.status})." for line in found if line.number != number
    )


@app.command("note")
def note(
    ctx: typer.Context,
    which: Which,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The note; - reads standard input.")],
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Add a note that the other agents see."""
    body = text_or_input(text)
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.add_note(numbers, body, **manner),
        yes=yes, as_json=as_json,
    )  # fmt: skip


@app.command("log-message")
def log_message(
    ctx: typer.Context,
    which: Which,
    body: Annotated[str, typer.Option("--body", metavar="TEXT", help="What was said; - reads standard input.")],
    channel: Annotated[
        str, typer.Option("--channel", metavar="CHANNEL", help="phone, email, chat, letter, 'in person' or other.")
    ] = "other",
    from_customer: Annotated[
        bool, typer.Option("--from-customer", help="The customer sent it; otherwise it went to the customer.")
    ] = False,
    at: Annotated[
        str,
        typer.Option(
            "--at",
            metavar="WHEN",
            help="When: 10:30, 2h (ago), 'yesterday 10:30' or '2026-11-20 10:30'.  [default: now]",
        ),
    ] = "now",
    automatic: Annotated[
        bool, typer.Option("--automatic", help="Nobody wrote it: a notice of absence. It counts as no reply.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Record a message that went past the desk. To the customer, by you, or from the customer; nothing is sent."""
    from casedesk.domain.messages import IN, OUT, written_instant

    said = text_or_input(body)

    def perform(desk: Desk, numbers: Numbers, manner: Manner) -> Outcome:
        written = written_instant(at, desk.now(), desk.zone)
        direction = IN if from_customer else OUT
        return desk.tickets.log_message(
            numbers, said, direction=direction, channel=channel, at=written, automatic=automatic, **manner
        )

    act_on_tickets(ctx, which, perform, yes=yes, as_json=as_json)


@app.command("action")
def action(
    ctx: typer.Context,
    which: Which,
    name: Annotated[str, typer.Argument(metavar="NAME", help="An action of the ticket's plan.")],
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help="How the action went.")] = None,
    comment: Annotated[
        str, typer.Option("--comment", metavar="TEXT", help="What to remember of it; - reads standard input.")
    ] = "",
    close_plan: Annotated[bool, typer.Option("--close-plan", help="Close the plan with this action.")] = False,
    exit_state: ExitState = None,
    resolution: Annotated[
        str | None,
        typer.Option("--resolution", metavar="NAME", help="A close option, where closing the plan closes the ticket."),
    ] = None,
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Record an action of the ticket's plan. `show N --json` lists what may be chosen."""
    said = text_or_input(comment)
    act_on_tickets(
        ctx,
        which,
        lambda desk, numbers, manner: desk.tickets.add_action(
            numbers,
            name,
            status=status,
            comment=said,
            close_plan=close_plan or None,
            exit_state=exit_state,
            resolution=resolution,
            **manner,
        ),
        yes=yes,
        if_version=if_version,
        as_json=as_json,
    )


@app.command("status")
def status(
    ctx: typer.Context,
    which: Which,
    name: Annotated[str, typer.Argument(metavar="STATUS", help="A status of the desk.")],
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="WHEN",
            help="When a pending ticket opens again: 3d, 2h, tomorrow, 2026-12-01 or '2026-12-01 09:00'.",
        ),
    ] = None,
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Change the status. Use `close` where closing needs a resolution."""
    from casedesk.domain.wake_up import wake_instant

    def perform(desk: Desk, numbers: Numbers, manner: Manner) -> Outcome:
        wake_at = None if until is None else wake_instant(until, desk.now(), desk.zone)
        return desk.tickets.set_status(numbers, name, until=wake_at, **manner)

    act_on_tickets(ctx, which, perform, yes=yes, if_version=if_version, as_json=as_json)


@app.command("close")
def close(
    ctx: typer.Context,
    which: Which,
    resolution: Annotated[
        str | None, typer.Option("--resolution", metavar="NAME", help="One of the desk's close options.")
    ] = None,
    exit_state: ExitState = None,
    status: Annotated[
        str | None, typer.Option("--status", metavar="STATUS", help="A closed status other than the desk's first.")
    ] = None,
    yes: Yes = False,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Close with a resolution, and its open plan with an exit state."""

    def perform(desk: Desk, numbers: Numbers, manner: Manner) -> Outcome:
        return desk.tickets.close(numbers, resolution, exit_state, status=status, **manner)

    act_on_tickets(ctx, which, perform, yes=yes, if_version=if_version, as_json=as_json)


@app.command("reopen")
def reopen(
    ctx: typer.Context, which: Which, yes: Yes = False, if_version: IfVersion = None, as_json: AsJson = False
) -> None:
    """Open a closed ticket again."""
    act_on_tickets(
        ctx, which, lambda desk, numbers, manner: desk.tickets.reopen(numbers, **manner),
        yes=yes, if_version=if_version, as_json=as_json,
    )  # fmt: skip


@app.command("edit")
def edit(
    ctx: typer.Context,
    which: One,
    title: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="The new title.")] = None,
    description: Annotated[
        str | None, typer.Option("--description", metavar="TEXT", help="The new text; - reads standard input.")
    ] = None,
    if_version: IfVersion = None,
    as_json: AsJson = False,
) -> None:
    """Change a ticket's title or description."""
    number = one_number(which)
    versions = None if if_version is None else {number: if_version}
    if (title is None) == (description is None):
        raise InvalidInput("Give --title or --description: one of them, for each is an act of its own.")
    with invocation(ctx).open() as desk:
        if title is not None:
            outcome = desk.tickets.edit_title(number, title, versions=versions)
        else:
            outcome = desk.tickets.edit_description(number, text_or_input(description or ""), versions=versions)
    report(outcome, as_json=as_json)
