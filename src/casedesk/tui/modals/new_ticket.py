"""Open a ticket by hand (Q2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casedesk.domain.rights import CONTACTS_VIEW
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

if TYPE_CHECKING:
    from casedesk.desk import Desk
    from casedesk.desk.values import Contact, Outcome

LOOKED_AT, SHOWN = 100, 8
"""Contacts that are found while typing, and of these how many are shown: those first whose name has a word so begun."""

NO_TOPIC = "no topic"

Search = Callable[[str], tuple[Choice, ...]]


@dataclass(frozen=True, slots=True)
class NewTicket:
    """A ticket as it is opened; `contact` is its id."""

    title: str
    priority: str
    topic: str | None
    note: str
    contact: int | None


def contact_search(desk: Desk, _numbers: Any = ()) -> Search | None:
    """Finds contacts by what is typed; None for a user who may not see them."""
    if not desk.can(CONTACTS_VIEW):
        return None

    def search(text: str) -> tuple[Choice, ...]:
        beginning = text.casefold()
        found = desk.contacts.find(text, LOOKED_AT)
        found.sort(key=lambda contact: not any(word.casefold().startswith(beginning) for word in contact.name.split()))
        return tuple(_choice(contact) for contact in found[:SHOWN])

    return search


def _choice(contact: Contact) -> Choice:
    known = [contact.name, contact.email, contact.phone, contact.external_id]
    words = [word for word in known if word]
    return Choice(contact.id, words[0] if words else f"contact {contact.id}", detail=" · ".join(words[1:3]))


def form(target: Target) -> Form[NewTicket]:
    """Asks for topic, title and priority, and for a note and a contact that may be left out."""
    fields: list[Field] = [
        TextField(name="title", label="Title", longest=300),
        ChoiceField(name="priority", label="Priority", choices=choices_of(target.choices.priorities)),
        TextBlockField(name="note", label="Note", required=False, placeholder="Seen by the agents of this desk only."),
    ]
    if target.choices.topics:
        topics = (*choices_of(target.choices.topics), Choice(NO_TOPIC, NO_TOPIC))
        fields.insert(0, ChoiceField(name="topic", label="Topic", choices=topics))
    if target.more is not None:
        placeholder = "Name, e-mail, phone or id; empty for none."
        fields.append(
            SearchField(name="contact", label="Contact", required=False, search=target.more, placeholder=placeholder)
        )
    return Form(title="New ticket", fields=fields, submit="Open the ticket", build=_new_ticket)


def _new_ticket(values: Values) -> NewTicket:
    topic, contact = values.get("topic"), values.get("contact")
    return NewTicket(
        values["title"],
        values["priority"],
        None if topic == NO_TOPIC else topic,
        values["note"],
        contact.value if contact else None,
    )


def perform(desk: Desk, target: Target, new: NewTicket, guards: Guards) -> Outcome:
    """Open the ticket."""
    return desk.tickets.new(new.title, new.priority, topic=new.topic, note=new.note, contact=new.contact)


ACT: Act[NewTicket] = Act("ticket.new", perform, form, read=contact_search, needs_ticket=False, repeatable=False)
