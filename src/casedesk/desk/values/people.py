"""The people behind tickets, and those who work on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.desk.values.responses import ScorePoint
    from casedesk.desk.values.tickets import TicketLine


@dataclass(frozen=True, slots=True)
class Contact:
    """A person and everything held about them (M7)."""

    id: int
    name: str
    email: str | None
    phone: str | None
    language: str | None
    external_id: str | None
    account: str | None
    created_at: datetime
    variables: tuple[tuple[str, str], ...] = ()
    scores: tuple[ScorePoint, ...] = ()  # oldest first
    tickets: tuple[TicketLine, ...] = ()  # newest first, at most twenty
    ticket_count: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """A customer company."""

    id: int
    name: str
    external_id: str | None
    variables: tuple[tuple[str, str], ...]
    contact_count: int
    ticket_count: int


@dataclass(frozen=True, slots=True)
class User:
    """A person who works at the desk."""

    id: int
    login: str
    name: str
    role: str
    active: bool
    rights: frozenset[str] = frozenset()
    away: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of single rights, and the logins of those who have it."""

    id: int
    name: str
    rights: tuple[str, ...]  # in the order in which rights are shown
    users: tuple[str, ...] = ()
    retired_users: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """A queue of tickets with the logins of those who work on it."""

    id: int
    name: str
    members: tuple[str, ...]
    retired: bool
    open_tickets: int  # that aren't closed
    tickets: int
