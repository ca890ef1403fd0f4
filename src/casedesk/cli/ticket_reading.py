"""`casedesk tickets list` and `show`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli import ticket_columns
from casedesk.cli.documents import ticket_document, whole_ticket_document
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation
from casedesk.cli.limits import TABLE_LIMIT, RowLimit, check_limit, tell_cut
from casedesk.cli.output import (
    hint_at,
    write,
    write_block,
    write_csv,
    write_fields,
    write_json,
    write_json_list,
    write_table,
)
from casedesk.cli.selection import One, one_number
from casedesk.cli.view_rows import readable_view, write_view
from casedesk.domain.errors import InvalidInput
from casedesk.domain.messages import WAYS, said_channel
from casedesk.domain.text_safety import visible_line
from casedesk.domain.written import number

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import FeedEntry, Message, Related, Ticket, TicketRecord, TimerLine

app = Commands()

_PIECE = 500
_WHOLE_FEED = 100_000
_LATEST = 15


@app.command("list")
def list_tickets(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="Which tickets, such as is:open tag:callback sort:due.")
    ] = None,
    limit: RowLimit = None,
    columns: Annotated[
        str | None, typer.Option("--columns", metavar="A,B,…", help="Columns of the table or the CSV.")
    ] = None,
    view: Annotated[
        str | None, typer.Option("--view", metavar="NAME", help="Only those of this view, with its columns.")
    ] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the tickets that match a query. Newest first, unless the query says sort:due or the like.

    Words and "phrases" search the texts; tag:callback, nps<=6, created>=2026-01-01, due<2h, contact.region:North and
    the like compare fields. - negates, OR and parentheses combine. `casedesk tickets fields` lists every field.
    """
    check_limit(limit, as_csv=as_csv, as_json=as_json)
    if as_json and columns:
        raise InvalidInput("--columns is for the table and --csv; --json has every field.")
    names = ticket_columns.chosen_columns(columns, ticket_columns.CSV if as_csv else ticket_columns.TABLE)
    wanted = " ".join(query or ())
    with invocation(ctx).open() as desk:
        desk.tickets.check(wanted)
        hint_at(wanted)
        if view is not None:
            found = readable_view(desk, view, "tickets")
            if not as_json and columns is None:
                write_view(desk, found, wanted, limit=limit, as_csv=as_csv, as_json=False)
                return
            wanted = found.narrowed(wanted)
        if as_json:
            write_json_list(map(ticket_document, _records(desk, wanted, limit)))
        elif as_csv:
            write_csv(names, (ticket_columns.row(record, names) for record in _records(desk, wanted, limit)))
        else:
            _write_table(desk, wanted, TABLE_LIMIT if limit is None else limit, names)


def _records(desk: Desk, query: str, limit: int | None) -> Iterator[TicketRecord]:
    """The tickets in the query's order, read piece by piece. A limit of 0 or None is none."""
    first = min(limit or _PIECE, _PIECE)
    numbers = islice(chain.from_iterable(desk.tickets.stream(query, first=first, chunk=_PIECE)), limit or None)
    while piece := list(islice(numbers, _PIECE)):
        yield from desk.tickets.records(piece)


def _write_table(desk: Desk, query: str, limit: int, names: tuple[str, ...]) -> None:
    def local(moment: datetime | None) -> str | None:
        return None if moment is None else f"{desk.local(moment):%Y-%m-%d %H:%M}"

    rows = [ticket_columns.row(record, names, local) for record in _records(desk, query, limit)]
    if not rows:
        write("No ticket matches." if query else "There are no tickets yet.")
        return
    write_table(names, rows, flexible=names.index("title") if "title" in names else None)
    if len(rows) == limit and (count := desk.tickets.count(query)) > limit:
        tell_cut(limit, count)


@app.command("fields")
def list_fields(as_json: AsJson = False) -> None:
    """List what a query can name. A - before it negates; OR, parentheses and sort:FIELD go between."""
    from casedesk.domain.query import IS_WORDS, reference

    rows = [(entry.example, entry.about) for entry in reference()]
    rows += [(f"is:{word}", about) for word, about in IS_WORDS.items()]
    if as_json:
        write_json([{"example": example, "about": about} for example, about in rows])
    else:
        write_table(("query", "finds by"), rows, flexible=1)


@app.command("show")
def show(ctx: typer.Context, which: One, as_json: AsJson = False) -> None:
    """Show one ticket whole. That is response, contact, plan, messages, notes and activity."""
    wanted = one_number(which)
    with invocation(ctx).open() as desk:
        ticket = desk.tickets.show(wanted)
        if as_json:
            feed = desk.tickets.feed(wanted, limit=_WHOLE_FEED)
            record = desk.tickets.records([wanted])[0]
            write_json(whole_ticket_document(record, ticket, feed))
        else:
            _write_ticket(desk, ticket, desk.tickets.feed(wanted, limit=_LATEST))


def _write_ticket(desk: Desk, ticket: Ticket, feed: list[FeedEntry]) -> None:
    line = ticket.line

    def local(moment: datetime | None) -> str:
        return "" if moment is None else f"{desk.local(moment):%Y-%m-%d %H:%M}"

    write(visible_line(f"#{line.number} {line.title}"))
    write()
    score = f"{(line.score_kind or '').upper()} {number(line.score)}" if line.score is not None else ""
    fields = [
        ("status", line.status), ("priority", line.priority), ("topic", line.topic), ("tags", ", ".join(line.tags)),
        ("classifications", ", ".join(ticket.classifications)), ("owner", line.owner),
        ("helpers", ", ".join(ticket.helpers)), ("team", line.team), ("contact", _contact_text(ticket)),
        ("account", ticket.account), ("campaign", line.campaign), ("score", score), ("plan", _plan_text(ticket)),
        ("resolution", ticket.resolution), ("due", local(line.due_at)), ("wakes up", local(line.wake_at)),
        ("opened", f"{local(line.created_at)} by {ticket.opened_by}"), ("updated", local(line.updated_at)),
        ("closed", local(line.closed_at)), ("version", line.version),
    ]  # fmt: skip
    write_fields(fields)
    write_block("Timers", "\n".join(_timer_text(timer, local) for timer in ticket.timers))
    write_block("Description", ticket.description)
    write_block("Related", "\n".join(_related_text(record) for record in ticket.related))
    if ticket.response is not None:
        answers = (f"{answer.question}\n    {answer.value}" for answer in ticket.response.answers)
        write_block("Response", "\n".join(answers))
    for message in ticket.messages:
        write_block(_message_heading(message, local(message.at)), message.body)
    for note in ticket.notes:
        write_block(f"Note by {note.author}, {local(note.at)}", note.body)
    if feed:
        write()
        write(f"Activity ({desk.zone.key})")
        write_fields((f"  {local(entry.at)}", f"{entry.actor}  {entry.text}") for entry in feed)


def _message_heading(message: Message, written: str) -> str:
    """`Message to the customer by ana, phone, 2026-11-20 14:05`."""
    by = f" by {message.author}" if message.author else ""
    automatic = "Automatic message" if message.automatic else "Message"
    return f"{automatic} {WAYS[message.direction]}{by}, {said_channel(message.channel)}, {written}"


def _timer_text(timer: TimerLine, local: Callable[[datetime | None], str]) -> str:
    ended = f"{timer.standing} {local(timer.ended_at)}".rstrip()
    due = f"due {local(timer.due_at)}" if timer.due_at else ""
    return visible_line(", ".join(filter(None, [f"{timer.kind}: {ended}", due, timer.policy])))


def _contact_text(ticket: Ticket) -> str | None:
    contact = ticket.contact
    if contact is None:
        return ticket.line.contact
    return " · ".join(part for part in (contact.name, contact.email, contact.phone) if part)


def _related_text(record: Related) -> str:
    line = record.line
    tail = f" · {line.status}" if line is not None else f" · {record.detail}" if record.detail else ""
    return visible_line(f"{record.kind}: {record.said}{tail}")


def _plan_text(ticket: Ticket) -> str:
    plan = ticket.plan
    if plan is None:
        return ""
    if plan.closed_at is None:
        return f"{plan.name} (open)"
    return f"{plan.name} (closed{': ' + plan.exit_state if plan.exit_state else ''})"
