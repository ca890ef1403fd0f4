"""Tickets and what agents hang on them."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Ticket(SQLModel, table=True):
    """A loop that is to be closed. Its number is its id.

    `state` is the kind of its status, and `score`, `campaign_id` and the like are copies from its response: they
    stand here so that the list can be filtered and sorted by one index each. `version` counts the acts on it.
    """

    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_ticket_created", "created_at", "id"),
        Index("ix_ticket_updated", "updated_at", "id"),
        Index("ix_ticket_state", "state", "created_at", "id"),
        Index("ix_ticket_owner", "owner_id", "state", "created_at", "id"),
        Index("ix_ticket_team", "team_id", "state", "created_at"),
        Index("ix_ticket_campaign", "campaign_id", "state", "created_at"),
        Index("ix_ticket_score", "score_kind", "score", "created_at", "id", "state"),
        Index("ix_ticket_score_order", "score", "id", sqlite_where=text("score IS NOT NULL")),
        Index("ix_ticket_priority", "priority_id", "created_at"),
        Index("ix_ticket_topic", "topic_id", "created_at", sqlite_where=text("topic_id IS NOT NULL")),
        Index("ix_ticket_contact", "contact_id", "created_at"),
        Index("ix_ticket_account", "account_id", "created_at"),
        Index("ix_ticket_due", "due_at", sqlite_where=text("due_at IS NOT NULL")),
        # What is overdue: closed tickets keep their due time, and are most.
        Index("ix_ticket_state_due", "state", "due_at", sqlite_where=text("due_at IS NOT NULL")),
        Index("ix_ticket_breached", "created_at", sqlite_where=text("breached")),
        Index("ix_ticket_closed", "closed_at", sqlite_where=text("closed_at IS NOT NULL")),
        Index("ix_ticket_wake", "wake_at", sqlite_where=text("wake_at IS NOT NULL")),
        Index("ix_ticket_parent", "parent_id", sqlite_where=text("parent_id IS NOT NULL")),
        Index("ix_ticket_merged", "merged_into_id", sqlite_where=text("merged_into_id IS NOT NULL")),
        # One open ticket a response (behaviour 4.4), whoever opens it.
        Index(
            "ux_ticket_response_open",
            "response_id",
            unique=True,
            sqlite_where=text("response_id IS NOT NULL AND state <> 'closed'"),
        ),
        Index("ix_ticket_response", "response_id", sqlite_where=text("response_id IS NOT NULL")),
        # A number is never given twice, even when the act that opened the ticket was taken back.
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, primary_key=True)
    version: int = 1
    title: str
    state: str
    status_id: int = Field(foreign_key="status.id")
    priority_id: int | None = Field(default=None, foreign_key="priority.id")
    topic_id: int | None = Field(default=None, foreign_key="topic.id")
    score: float | None = None
    score_kind: str | None = None
    campaign_id: int | None = Field(default=None, foreign_key="campaign.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    account_id: int | None = Field(default=None, foreign_key="account.id")
    owner_id: int | None = Field(default=None, foreign_key="user.id")
    team_id: int | None = Field(default=None, foreign_key="team.id")
    created_at: int
    updated_at: int
    closed_at: int | None = None
    due_at: int | None = None
    wake_at: int | None = None
    breached: bool = False
    response_id: int | None = Field(default=None, foreign_key="response.id")
    plan_id: int | None = Field(default=None, foreign_key="plan.id")
    plan_closed_at: int | None = None
    exit_state_id: int | None = Field(default=None, foreign_key="plan_exit_state.id")
    resolution_id: int | None = Field(default=None, foreign_key="close_option.id")
    closed_by_id: int | None = Field(default=None, foreign_key="user.id")
    parent_id: int | None = Field(default=None, foreign_key="ticket.id")
    merged_into_id: int | None = Field(default=None, foreign_key="ticket.id")
    origin: str  # rule, person or import
    rule_id: int | None = Field(default=None, foreign_key="rule.id")
    language: str | None = None
    source: str | None = None
    external_id: str | None = None
    digest: str | None = None
    import_id: int | None = Field(default=None, foreign_key="import_run.id")
    # Long texts come last: SQLite then reads the short fields without following overflow pages.
    description: str = ""
    segmented: str | None = None


class TicketClosing(SQLModel, table=True):
    """A closing of a ticket, with how long the ticket had been open by then: without spans in which it was closed.

    Worked out from the ticket's history, as its timers are (behaviour 8.1): a closing that was taken back has no row.
    `open_seconds` are those of the calendar, `working_seconds` those of the working time that applied; there are none
    where another system closed the ticket and didn't say when. A `merged` one ended an open ticket that became part
    of another.

    What reports group by are copies from the ticket: it may be one of a million, whose own rows lie far apart. The
    database itself keeps them in step (`store.triggers`).
    """

    __tablename__ = "ticket_closing"
    __table_args__ = (
        Index("ix_ticket_closing_ticket", "ticket_id"),
        Index("ix_ticket_closing_reopened", "reopened_at", sqlite_where=text("reopened_at IS NOT NULL")),
        {"sqlite_with_rowid": False},
    )

    # The period comes first: reports read the closings of a period in one stretch.
    closed_at: int = Field(primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE", primary_key=True)
    open_seconds: int | None = None
    working_seconds: int | None = None
    reopened_at: int | None = None
    merged: bool = False
    status_id: int | None = None
    priority_id: int | None = None
    topic_id: int | None = None
    campaign_id: int | None = None
    account_id: int | None = None
    owner_id: int | None = None
    team_id: int | None = None
    plan_id: int | None = None
    resolution_id: int | None = None
    closed_by_id: int | None = None
    language: str | None = None


class TicketTag(SQLModel, table=True):
    """A tag on a ticket."""

    __tablename__ = "ticket_tag"
    __table_args__ = (Index("ix_ticket_tag_tag", "tag_id", "ticket_id"), {"sqlite_with_rowid": False})

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    tag_id: int = Field(foreign_key="tag.id", primary_key=True)


class TicketClassification(SQLModel, table=True):
    """A cause of a ticket (M12)."""

    __tablename__ = "ticket_classification"
    __table_args__ = (
        Index("ix_ticket_classification_classification", "classification_id", "ticket_id"),
        {"sqlite_with_rowid": False},
    )

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    classification_id: int = Field(foreign_key="classification.id", primary_key=True)


class TicketField(SQLModel, table=True):
    """A column of another system's ticket that has no place of its own here; nothing of an import is lost."""

    __tablename__ = "ticket_field"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    name: str = Field(primary_key=True)
    value: str


class TicketHelper(SQLModel, table=True):
    """A user who works on a ticket beside its owner (N1)."""

    __tablename__ = "ticket_helper"

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    user_id: int = Field(foreign_key="user.id", primary_key=True, index=True)


class TicketContact(SQLModel, table=True):
    """Another contact whom a ticket is about, beside the one it came from (N5)."""

    __tablename__ = "ticket_contact"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    contact_id: int = Field(foreign_key="contact.id", primary_key=True, index=True)


class TicketAccount(SQLModel, table=True):
    """Another account that a ticket is about, beside its contact's (N5)."""

    __tablename__ = "ticket_account"
    __table_args__ = ({"sqlite_with_rowid": False},)

    ticket_id: int = Field(foreign_key="ticket.id", primary_key=True)
    account_id: int = Field(foreign_key="account.id", primary_key=True, index=True)


class Note(SQLModel, table=True):
    """A note that the other agents see (M11)."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    author_id: int = Field(foreign_key="user.id")
    created_at: int
    body: str
    segmented: str | None = None


class TicketAction(SQLModel, table=True):
    """An action taken by plan (S10). The names are kept as they were, whatever the plan becomes (behaviour 2.4)."""

    __tablename__ = "ticket_action"
    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    plan_id: int = Field(foreign_key="plan.id")
    action_id: int = Field(foreign_key="action.id")
    action_status_id: int | None = Field(default=None, foreign_key="action_status.id")
    action_name: str
    status_name: str | None = None
    comment: str = ""
    completed: bool
    closed_plan: bool = False
    actor_id: int = Field(foreign_key="user.id")
    created_at: int
