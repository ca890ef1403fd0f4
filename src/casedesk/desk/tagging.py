"""Tags on tickets: words that agents and rules make up as they go."""

from __future__ import annotations

from casedesk import model
from casedesk.desk.recording import Recorder
from casedesk.domain.errors import InvalidInput
from casedesk.domain.text import caseless


def find_tag(recorder: Recorder, name: str) -> model.Tag | None:
    """The tag of that name, in any case; None if the desk has none."""
    from sqlmodel import func, select

    return recorder.session.exec(select(model.Tag).where(func.caseless(model.Tag.name) == caseless(name))).first()


def add_tag(recorder: Recorder, ticket: model.Ticket, name: str, *, cause: str = "") -> None:
    """Tag the ticket, unless it is. Raises InvalidInput for a name that can't be and for a retired tag."""
    name = tag_name(name)
    tag = find_tag(recorder, name)
    if tag is None:
        # Taking the act back leaves the word in the desk's list.
        tag = model.Tag(name=name)
        recorder.session.add(tag)
        recorder.session.flush()
    if recorder.session.get(model.TicketTag, (ticket.id, tag.id)) is None:
        if tag.retired:
            raise InvalidInput(f"The tag “{tag.name}” is retired.")
        row = model.TicketTag(ticket_id=ticket.id or 0, tag_id=tag.id or 0)
        recorder.add(row, ticket=ticket, kind="tag", text=tag.name, cause=cause)


def tag_name(name: str) -> str:
    """The name as a tag can have it. Raises InvalidInput."""
    name = " ".join(name.split())
    if not name or len(name) > 60 or not name.isprintable():
        raise InvalidInput(f"“{name}” can't be a tag: a tag has 1 to 60 printable characters.")
    return name
