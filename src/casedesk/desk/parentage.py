"""The tickets above a ticket (N5, behaviour 1.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casedesk import model

if TYPE_CHECKING:
    from sqlmodel import Session


def chain_above(session: Session, ticket: model.Ticket) -> list[int]:
    """The ticket's number, its parent's, and so on up."""
    chain = [ticket.id or 0]
    above = ticket.parent_id
    while above is not None and above not in chain:
        chain.append(above)
        parent = session.get(model.Ticket, above)
        above = parent.parent_id if parent is not None else None
    return chain
