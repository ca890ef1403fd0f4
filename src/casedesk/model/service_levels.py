"""Service levels: calendars of working time, policies with their targets, and the timers on tickets (behaviour 3)."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from casedesk.model.numbering import NUMBERED


class Calendar(SQLModel, table=True):
    """Working time: an IANA zone, the hours of a week in their text form, and whose public holidays are kept."""

    __table_args__ = NUMBERED

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    zone: str
    hours: str
    country: str = ""
    region: str = ""
    retired: bool = False


class CalendarDate(SQLModel, table=True):
    """A date of a calendar's own, as `2026-12-24`; without hours nobody works on it, public holiday or not."""

    __tablename__ = "calendar_date"
    __table_args__ = (UniqueConstraint("calendar_id", "date"), NUMBERED)

    id: int | None = Field(default=None, primary_key=True)
    calendar_id: int = Field(foreign_key="calendar.id")
    date: str
    name: str = ""
    hours: str = ""


class Policy(SQLModel, table=True):
    """Which tickets have which targets, counted by which calendar. The first whose query matches applies; the default
    has no query and comes last. `pauses` are the kinds of timers that stand still while a ticket is pending."""

    __table_args__ = (
        Index("ux_policy_default", "is_default", unique=True, sqlite_where=text("is_default")),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(unique=True)
    query: str = ""
    is_default: bool = False
    calendar_id: int = Field(foreign_key="calendar.id", index=True)
    pauses: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    # Working seconds before the due instant at which it counts as about to be missed.
    warn: int = 3600
    position: int = 0
    retired: bool = False


class PolicyTarget(SQLModel, table=True):
    """A target in working seconds: for every priority, or for one, which then goes before."""

    __tablename__ = "policy_target"
    __table_args__ = (
        Index("ux_policy_target", "policy_id", "kind", text("coalesce(priority_id, 0)"), unique=True),
        NUMBERED,
    )

    id: int | None = Field(default=None, primary_key=True)
    policy_id: int = Field(foreign_key="policy.id")
    kind: str  # first response, next reply or resolution
    priority_id: int | None = Field(default=None, foreign_key="priority.id")
    seconds: int


class TicketTimer(SQLModel, table=True):
    """A timer of a ticket: worked out from the ticket's history, and worked out again when that changes.

    It runs while it is neither met nor stopped; without a due instant it runs but is paused. `next_at` is when the
    sweep next has something to record: the warning, then the breach. `warned_at` and `breached_at` are of this due
    instant; earlier ones are in `ticket_breach`.
    """

    __tablename__ = "ticket_timer"
    __table_args__ = (
        Index("ix_ticket_timer_next", "next_at", sqlite_where=text("next_at IS NOT NULL")),
        Index(
            "ix_ticket_timer_running",
            "due_at",
            "kind",
            "warn_at",
            sqlite_where=text("met_at IS NULL AND stopped_at IS NULL"),
        ),
        Index("ix_ticket_timer_met", "kind", "met_at", "due_at", sqlite_where=text("met_at IS NOT NULL")),
        {"sqlite_with_rowid": False},
    )

    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE", primary_key=True)
    kind: str = Field(primary_key=True)
    started_at: int = Field(primary_key=True)
    policy_id: int = Field(foreign_key="policy.id")
    target: int
    pauses: bool = False
    due_at: int | None = None
    warn_at: int | None = None
    met_at: int | None = None
    stopped_at: int | None = None
    warned_at: int | None = None
    breached_at: int | None = None
    next_at: int | None = None


class TicketBreach(SQLModel, table=True):
    """A due instant that was missed: one row a ticket, timer and due instant, and it stays (behaviour 3.5, 3.7)."""

    __tablename__ = "ticket_breach"
    __table_args__ = (Index("ix_ticket_breach_due", "due_at"), {"sqlite_with_rowid": False})

    ticket_id: int = Field(foreign_key="ticket.id", ondelete="CASCADE", primary_key=True)
    kind: str = Field(primary_key=True)
    due_at: int = Field(primary_key=True)
    policy_id: int = Field(foreign_key="policy.id")
    found_at: int
