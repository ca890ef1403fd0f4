"""`casedesk responses …`, `contacts …`, `accounts …` and `campaigns …`: the other records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from casedesk.cli.acting import report
from casedesk.cli.documents import (
    account_document,
    campaign_document,
    contact_document,
    person_document,
    response_document,
)
from casedesk.cli.groups import Commands
from casedesk.cli.invocation import AsJson, invocation, text_or_input
from casedesk.cli.limits import JsonLimit, RowLimit, check_limit, most_read, write_records
from casedesk.cli.output import hint_at, write, write_block, write_fields, write_found, write_json, write_table
from casedesk.cli.view_rows import AsCsv, Listing, named_columns, readable_view, write_listing
from casedesk.domain.errors import InvalidInput, NotFound
from casedesk.domain.text_safety import visible_line
from casedesk.domain.written import number

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Contact, Response

responses = Commands(help="List and show the responses: what customers answered.")
contacts = Commands(help="List and show contacts, with everything held about them.")
accounts = Commands(help="List and show the contacts' accounts.")
campaigns = Commands(help="List and show campaigns: the surveys that were sent.")

Words = Annotated[str, typer.Argument(metavar="TEXT", help="Only those that have this in their name.")]


@responses.command("list")
def list_responses(
    ctx: typer.Context,
    query: Annotated[
        list[str] | None, typer.Argument(metavar="QUERY", help="Which responses, such as nps<=6 campaign:Spring.")
    ] = None,
    limit: RowLimit = None,
    view: Annotated[
        str | None, typer.Option("--view", metavar="NAME", help="Only those of this view, with its columns.")
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option("--columns", metavar="A,B,…", help="Columns of the table, CSV or JSON; see `views columns`."),
    ] = None,
    as_csv: AsCsv = False,
    as_json: AsJson = False,
) -> None:
    """List the responses that match a query, the latest first."""
    check_limit(limit, as_csv=as_csv, as_json=as_json)
    wanted = " ".join(query or ())
    with invocation(ctx).open() as desk:
        desk.queries.check(wanted)
        hint_at(wanted)
        if view is not None or columns is not None or as_csv:
            listing = _listing(desk, view, columns, wanted)
            write_listing(listing, limit=limit, as_csv=as_csv, as_json=as_json)
            return
        write_records(
            desk.responses.stream(wanted), response_document,
            ("response", "at", "score", "campaign", "contact", "ticket", "comment"),
            lambda response: _response_row(desk, response),
            flexible=6, nothing="No response matches.", limit=limit, as_json=as_json,
        )  # fmt: skip


def _listing(desk: Desk, view: str | None, columns: str | None, query: str) -> Listing:
    """The responses of a view, or of all, with the view's columns, or those that were chosen.

    Raises InvalidInput for a view of tickets, or one whose own query can't be read.
    """
    found = None if view is None else readable_view(desk, view, "responses")
    if columns is not None:
        shown = desk.views.columns_named(named_columns(columns))
    else:
        shown = desk.views.usual_columns("responses") if found is None else found.shown_columns
    return Listing(desk, "responses", query if found is None else found.narrowed(query), shown)


def _response_row(desk: Desk, response: Response) -> tuple[object, ...]:
    at = f"{desk.local(response.answered_at):%Y-%m-%d %H:%M}"
    return (response.id, at, response.score, response.campaign, response.contact, response.ticket, response.comment)


@responses.command("show")
def show_response(
    ctx: typer.Context,
    response_id: Annotated[int, typer.Argument(metavar="ID", help="The response's number.")],
    as_json: AsJson = False,
) -> None:
    """Show a response with every answer."""
    with invocation(ctx).open() as desk:
        found = desk.responses.show(response_id)
        if as_json:
            write_json(response_document(found))
            return
        at = f"{desk.local(found.answered_at):%Y-%m-%d %H:%M}"
    score = f"{(found.score_kind or '').upper()} {number(found.score)}" if found.score is not None else ""
    write_fields(
        [
            ("response", found.id), ("campaign", found.campaign), ("contact", found.contact), ("answered", at),
            ("score", score), ("ticket", found.ticket), ("source", found.source), ("external id", found.external_id),
        ]
    )  # fmt: skip
    for answer in found.answers:
        write_block(visible_line(answer.question), answer.value)


@responses.command("action")
def act_on_response(
    ctx: typer.Context,
    response_id: Annotated[int, typer.Argument(metavar="ID", help="The response's number.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="An action of the plan.")],
    view: Annotated[str, typer.Option("--view", metavar="NAME", help="A view that allows actions.")],
    status: Annotated[str | None, typer.Option("--status", metavar="STATUS", help="How the action went.")] = None,
    comment: Annotated[
        str, typer.Option("--comment", metavar="TEXT", help="What to remember of it; - reads standard input.")
    ] = "",
    close_plan: Annotated[bool, typer.Option("--close-plan", help="Close the plan with this action.")] = False,
    exit_state: Annotated[str | None, typer.Option("--exit-state", metavar="NAME", help="How the plan ended.")] = None,
    resolution: Annotated[
        str | None,
        typer.Option("--resolution", metavar="NAME", help="A close option, where closing the plan closes the ticket."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Record an action on the response's ticket. A response without one gets it in the same act."""
    said = text_or_input(comment)
    with invocation(ctx).open() as desk:
        outcome = desk.response_actions.add(
            desk.views.show(view), response_id, name, status=status, comment=said, close_plan=close_plan or None,
            exit_state=exit_state, resolution=resolution,
        )  # fmt: skip
    report(outcome, as_json=as_json)


@contacts.command("list")
def list_contacts(ctx: typer.Context, text: Words = "", limit: JsonLimit = None, as_json: AsJson = False) -> None:
    """List contacts by name. TEXT may also begin an e-mail, a phone number or an external id."""
    check_limit(limit)
    with invocation(ctx).open() as desk:
        write_records(
            desk.contacts.stream(text, most_read(limit, as_json=as_json)),
            person_document, ("contact", "name", "e-mail", "phone", "account"),
            lambda contact: (contact.id, contact.name, contact.email, contact.phone, contact.account),
            flexible=1, nothing="No contact matches.", limit=limit, as_json=as_json,
        )  # fmt: skip


@contacts.command("show")
def show_contact(
    ctx: typer.Context,
    who: Annotated[str, typer.Argument(metavar="WHO", help="Id, external id, e-mail, phone or whole name.")],
    as_json: AsJson = False,
) -> None:
    """Show a contact with variables, scores and tickets."""
    with invocation(ctx).open() as desk:
        found = desk.contacts.find_one(who)
        if as_json:
            write_json(contact_document(found))
        else:
            _write_contact(desk, found)


def _write_contact(desk: Desk, contact: Contact) -> None:
    write_fields(
        [
            ("contact", contact.id), ("name", contact.name), ("e-mail", contact.email), ("phone", contact.phone),
            ("language", contact.language), ("external id", contact.external_id), ("account", contact.account),
            ("tickets", contact.ticket_count), *((name, value) for name, value in contact.variables),
        ]
    )  # fmt: skip
    if contact.scores:
        write()
        rows = [(f"{desk.local(s.at):%Y-%m-%d}", s.score_kind.upper(), s.score, s.campaign) for s in contact.scores]
        write_table(("answered", "kind", "score", "campaign"), rows)
    if contact.tickets:
        write()
        lines = [
            (line.number, line.status, f"{desk.local(line.created_at):%Y-%m-%d}", line.title)
            for line in contact.tickets
        ]
        write_table(("ticket", "status", "opened", "title"), lines, flexible=3)


@accounts.command("list")
def list_accounts(ctx: typer.Context, text: Words = "", limit: JsonLimit = None, as_json: AsJson = False) -> None:
    """List accounts with their contacts and tickets counted."""
    check_limit(limit)
    with invocation(ctx).open() as desk:
        write_records(
            desk.contacts.stream_accounts(text, most_read(limit, as_json=as_json)),
            account_document, ("account", "name", "contacts", "tickets"),
            lambda account: (account.id, account.name, account.contact_count, account.ticket_count),
            flexible=1, nothing="No account matches.", limit=limit, as_json=as_json,
        )  # fmt: skip


@accounts.command("show")
def show_account(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")],
    as_json: AsJson = False,
) -> None:
    """Show an account with its variables."""
    with invocation(ctx).open() as desk:
        same = [found for found in desk.contacts.accounts(name, 1000) if found.name.casefold() == name.casefold()]
    if not same:
        raise NotFound(f"There is no account {name}.")
    if len(same) > 1:
        raise InvalidInput(f"{len(same)} accounts are called {name}.")
    account = same[0]
    if as_json:
        write_json(account_document(account))
        return
    write_fields(
        [
            ("account", account.id), ("name", account.name), ("external id", account.external_id),
            ("contacts", account.contact_count), ("tickets", account.ticket_count), *account.variables,
        ]
    )  # fmt: skip


@campaigns.command("list")
def list_campaigns(ctx: typer.Context, as_json: AsJson = False) -> None:
    """List the campaigns with their responses, tickets and plan."""
    with invocation(ctx).open() as desk:
        found = desk.campaigns.list()
    write_found(
        found, campaign_document, ("campaign", "responses", "tickets", "plan"),
        lambda campaign: (campaign.name, campaign.responses, campaign.tickets, campaign.plan),
        flexible=0, nothing="There are no campaigns yet; `casedesk import` brings one.", as_json=as_json,
    )  # fmt: skip


@campaigns.command("show")
def show_campaign(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The campaign's name.")],
    as_json: AsJson = False,
) -> None:
    """Show a campaign with its questions. Their keys stand in queries: answer.KEY:…"""
    with invocation(ctx).open() as desk:
        found = next((each for each in desk.campaigns.list() if each.name.casefold() == name.casefold()), None)
    if found is None:
        raise NotFound(f"There is no campaign {name}.")
    if as_json:
        write_json(campaign_document(found))
        return
    write_fields(
        [
            ("campaign", found.name), ("source", found.source), ("plan", found.plan),
            ("responses", found.responses), ("tickets", found.tickets),
        ]
    )  # fmt: skip
    if found.questions:
        write()
        write_table(("key", "question"), [(f"answer.{key}", label) for key, label in found.questions], flexible=1)
