"""Relating tickets to other tickets, contacts and accounts (N5, behaviour 1.7)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any, Unpack

from casedesk import model
from casedesk.desk.merged import refuse_if_merged
from casedesk.desk.parentage import chain_above
from casedesk.desk.recording import Recorder
from casedesk.desk.ticket_reading import TicketReading
from casedesk.desk.values import Outcome
from casedesk.domain import rights
from casedesk.domain.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from sqlmodel import Session

    from casedesk.desk.acts import Change, Numbers
    from casedesk.desk.tickets import Manner

Named = tuple[int, str]
"""The id of a contact or an account, and what people read."""


class Relating(TicketReading):
    """The acts of `desk.tickets` that make and end relations. Ending one never removes a record."""

    def set_parent(self, numbers: Numbers, parent: int | None, **manner: Unpack[Manner]) -> Outcome:
        """Make the tickets parts of another; None ends that. Raises InvalidInput, naming the chain, for a parent that
        is the ticket itself or one of its own parts (behaviour 1.7)."""

        def change(recorder: Recorder, ticket: model.Ticket) -> None:
            put_below(recorder, ticket, parent)

        to = f"#{parent}" if parent is not None else "none"
        summary = f"parent of #{numbers} → {to}" if isinstance(numbers, int) else f"parent → {to}"
        return self._relate(numbers, change, summary, manner)

    def set_contacts(
        self,
        numbers: Numbers,
        add: Collection[str | int] = (),
        remove: Collection[str | int] = (),
        **manner: Unpack[Manner],
    ) -> Outcome:
        """Add or remove contacts whom the tickets are about beside the one they came from; both together replace.

        A contact is named by id, external id, e-mail, phone or whole name.
        """
        contacts = self._desk.contacts

        def named(reference: str | int) -> Named:
            found = contacts.show(reference) if isinstance(reference, int) else contacts.find_one(reference)
            return found.id, found.name or found.email or found.phone or f"contact {found.id}"

        return self._link(numbers, model.TicketContact, "contact", [*map(named, add)], [*map(named, remove)], manner)

    def set_accounts(
        self,
        numbers: Numbers,
        add: Collection[str | int] = (),
        remove: Collection[str | int] = (),
        **manner: Unpack[Manner],
    ) -> Outcome:
        """Add or remove accounts that the tickets are about beside their contact's; both together replace.

        An account is named by id, external id or whole name.
        """

        def named(reference: str | int) -> Named:
            found = self._desk.contacts.find_account(reference)
            return found.id, found.name

        return self._link(numbers, model.TicketAccount, "account", [*map(named, add)], [*map(named, remove)], manner)

    def _link(
        self,
        numbers: Numbers,
        table: type[Any],
        kind: str,
        added: Sequence[Named],
        removed: Sequence[Named],
        manner: Manner,
    ) -> Outcome:
        names = [*(f"+{name}" for _id, name in added), *(f"-{name}" for _id, name in removed)]
        summary = f"other {kind}s {' '.join(names)}"
        return self._relate(numbers, _linking(table, kind, added, removed), summary, manner)

    def _relate(self, numbers: Numbers, change: Change, summary: str, manner: Manner) -> Outcome:
        return self._desk.acts.on_tickets(
            "relate", numbers, change, right=rights.TICKETS_RELATE, summary=summary, **manner
        )


def put_below(recorder: Recorder, ticket: model.Ticket, parent: int | None) -> None:
    """Give the ticket a parent, or none; the feeds of both parents tell it. Raises InvalidInput and NotFound."""
    session = recorder.session
    number = ticket.id or 0
    to = _parent_for(session, ticket, parent) if parent is not None else None
    before = session.get(model.Ticket, ticket.parent_id) if ticket.parent_id is not None else None
    if not recorder.set(ticket, "parent_id", parent, kind="parent", texts=(title_of(before), title_of(to))):
        return
    if before is not None:
        recorder.tell(before, number, "sub-ticket", before=title_of(ticket))
    if to is not None:
        recorder.tell(to, number, "sub-ticket", after=title_of(ticket))


def _parent_for(session: Session, ticket: model.Ticket, parent: int) -> model.Ticket:
    if parent == ticket.id:
        raise InvalidInput(f"#{parent} can't be its own parent.")
    to = session.get(model.Ticket, parent)
    if to is None:
        raise NotFound(f"There is no ticket #{parent}.")
    refuse_if_merged(to)
    chain = chain_above(session, to)
    if ticket.id in chain:
        way = " → ".join(f"#{each}" for each in chain[: chain.index(ticket.id) + 1])
        raise InvalidInput(f"#{parent} can't be the parent of #{ticket.id}, for it is a part of it already: {way}.")
    return to


def title_of(ticket: model.Ticket | None) -> str:
    """`#12 Late delivery`; nothing for no ticket."""
    return f"#{ticket.id} {ticket.title}" if ticket is not None else ""


def _linking(table: type[Any], kind: str, added: Sequence[Named], removed: Sequence[Named]) -> Change:
    """Adds and removes links of a table that has `ticket_id` and `contact_id` or `account_id`."""
    column = f"{kind}_id"

    def change(recorder: Recorder, ticket: model.Ticket) -> None:
        for record, name in removed:
            found = recorder.session.get(table, (ticket.id, record))
            if found is None:
                raise InvalidInput(f"#{ticket.id} has no other {kind} {name}.")
            recorder.remove(found, ticket=ticket, kind=f"other {kind}", text=name)
        for record, name in added:
            if getattr(ticket, column) == record:
                raise InvalidInput(f"{name} is the {kind} of #{ticket.id} already.")
            if recorder.session.get(table, (ticket.id, record)) is None:
                row = table(ticket_id=ticket.id or 0, **{column: record})
                recorder.add(row, ticket=ticket, kind=f"other {kind}", text=name)

    return change
