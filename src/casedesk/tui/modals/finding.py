"""What the forms share that let something be found by typing: tickets, contacts, accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from casedesk.domain.rights import CONTACTS_VIEW
from casedesk.tui.drawing import line_of
from casedesk.tui.forms import Choice

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Contact, TicketLine

LOOKED_AT, SHOWN = 100, 8
"""Contacts that are found while typing, and of these how many are shown: those first whose name has a word so begun."""

Search = Callable[[str], tuple[Choice, ...]]


def contact_search(desk: Desk) -> Search | None:
    """Finds contacts by what is typed; None for a user who may not see them."""
    if not desk.can(CONTACTS_VIEW):
        return None

    def search(text: str) -> tuple[Choice, ...]:
        beginning = text.casefold()
        found = desk.contacts.find(text, LOOKED_AT)
        found.sort(key=lambda contact: not any(word.casefold().startswith(beginning) for word in contact.name.split()))
        return tuple(_contact(contact) for contact in found[:SHOWN])

    return search


def _contact(contact: Contact) -> Choice:
    known = [contact.name, contact.email, contact.phone, contact.external_id]
    words = [word for word in known if word]
    return Choice(contact.id, words[0] if words else f"contact {contact.id}", detail=" · ".join(words[1:3]))


def account_search(desk: Desk) -> Search | None:
    """Finds accounts by what is typed; None for a user who may not see them."""
    if not desk.can(CONTACTS_VIEW):
        return None

    def search(text: str) -> tuple[Choice, ...]:
        return tuple(
            Choice(found.id, found.name, found.external_id or "") for found in desk.contacts.accounts(text, SHOWN)
        )

    return search


def ticket_search(desk: Desk, without: Collection[int]) -> Search:
    """Finds tickets by number or by words; those of `without` and those that were merged can't be chosen."""

    def search(text: str) -> tuple[Choice, ...]:
        return tuple(ticket_choice(line, without) for line in desk.tickets.look_up(text, SHOWN))

    return search


def ticket_choice(line: TicketLine, without: Collection[int] = ()) -> Choice:
    """A ticket as a choice: `#12 Late delivery   open · Rosa Marín`."""
    refusal = None
    if line.number in without:
        refusal = "the ticket itself"
    elif line.merged_into is not None:
        refusal = f"merged into #{line.merged_into}"
    detail = " · ".join(line_of(word, 24) for word in (line.status, line.contact) if word)
    return Choice(line.number, f"#{line.number} {line_of(line.title, 60)}", detail, refusal)
