"""What customers and agents wrote to each other."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Message(SQLModel, table=True):
    """A message of a ticket's conversation. `direction` is in (from the customer) or out (to the customer).

    `at` is when it was written, `recorded_at` when the desk learned of it. `automatic` ones, such as notices of
    absence, count neither as the customer's reply nor as an answer (behaviour 1.4, 3.4).
    """

    __table_args__ = (Index("ix_message_ticket", "ticket_id", "at"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id")
    direction: str
    channel: str
    author_id: int | None = Field(default=None, foreign_key="user.id")  # of the agent who wrote it
    automatic: bool = False
    at: int
    recorded_at: int
    body: str
    segmented: str | None = None
