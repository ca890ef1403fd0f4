"""Open a ticket by hand (Q2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from casedesk.domain.rights import TICKETS_NOTE
from casedesk.tui.acts import Act, Guards, Target
from casedesk.tui.forms import (
    Choice,
    ChoiceField,
    Field,
    Form,
    SearchField,
    TextBlockField,
    TextField,
    Values,
    choices_of,
)
from casedesk.tui.modals.finding import Search, contact_search, ticket_choice

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Outcome

NO_TOPIC = "no topic"

ADVISED = 3
"""Tickets that the new one may repeat of which the form tells at once."""

Alike = Callable[[Values], Sequence[Choice]]


@dataclass(frozen=True, slots=True)
class Searches:
    """What is looked for while the form is filled in; no contacts for a user who may not see them."""

    contact: Search | None
    alike: Alike


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket as it is opened; `contact` is its id."""

    title: str
    priority: str
    topic: str | None
    note: str
    contact: int | None


def read(desk: Desk, _numbers: Sequence[int]) -> Searches:
    """The search for the contact, and the one for tickets that the new one may repeat."""

    def alike(values: Values) -> Sequence[Choice]:
        contact = values.get("contact")
        contact_id = contact.value if isinstance(contact, Choice) else None
        return tuple(ticket_choice(line) for line in desk.tickets.alike(values.get("title") or "", contact_id, ADVISED))

    return Searches(contact_search(desk), alike)


def form(target: Target) -> Form[NewTicket]:
    """Asks for topic, title and priority, and for a note and a contact that may be left out."""
    fields: list[Field] = [
        TextField(name="title", label="Title", longest=300),
        ChoiceField(name="priority", label="Priority", choices=choices_of(target.choices.priorities)),
    ]
    if TICKETS_NOTE in target.user.rights:
        placeholder = "Seen by the agents of this desk only."
        fields.append(TextBlockField(name="note", label="Note", required=False, placeholder=placeholder))
    if target.choices.topics:
        topics = (*choices_of(target.choices.topics), Choice(NO_TOPIC, NO_TOPIC))
        fields.insert(0, ChoiceField(name="topic", label="Topic", choices=topics))
    searches: Searches = target.more
    if searches.contact is not None:
        placeholder = "Name, e-mail, phone or id; empty for none."
        fields.append(
            SearchField(
                name="contact", label="Contact", required=False, search=searches.contact, placeholder=placeholder
            )
        )
    return Form(title="New ticket", fields=fields, submit="Open the ticket", build=_new_ticket, advice=searches.alike)


def _new_ticket(values: Values) -> NewTicket:
    topic, contact = values.get("topic"), values.get("contact")
    return NewTicket(
        values["title"],
        values["priority"],
        None if topic == NO_TOPIC else topic,
        values.get("note") or "",
        contact.value if contact else None,
    )


def perform(desk: Desk, target: Target, new: NewTicket, guards: Guards) -> Outcome:
    """Open the ticket."""
    return desk.tickets.new(new.title, new.priority, topic=new.topic, note=new.note, contact=new.contact)


ACT: Act[NewTicket] = Act("ticket.new", perform, form, read=read, needs_ticket=False, repeatable=False)
