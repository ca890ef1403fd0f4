"""Tickets: a line of a list, and everything about one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casedesk.desk.values.people import Contact
    from casedesk.desk.values.plans import PlanState, RecordedAction
    from casedesk.desk.values.related import Related
    from casedesk.desk.values.responses import Response
    from casedesk.desk.values.timers import TimerLine


@dataclass(frozen=True, slots=True)
class TicketLine:
    """One line of the ticket list."""

    number: int
    version: int
    title: str
    state: str  # new, open, pending or closed
    status: str  # the desk's own name of the status
    priority: str | None
    score: float | None
    score_kind: str | None  # nps, csat, ces or rating
    campaign: str | None
    contact: str | None
    account: str | None
    topic: str | None
    owner: str | None
    team: str | None
    created_at: datetime
    updated_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    tags: tuple[str, ...] = ()
    merged_into: int | None = None
    wake_at: datetime | None = None  # when a pending ticket opens again by itself
    due_soon_at: datetime | None = None  # from when on what is due is about to be missed
    paused: bool = False  # a timer runs, but stands still while the ticket is pending


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note (M11)."""

    id: int
    at: datetime
    author: str
    body: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the ticket's conversation. Automatic ones, such as notices of absence, count as nobody's words."""

    id: int
    direction: str  # out to the customer, in from the customer
    channel: str  # phone, email, chat, letter, in person or other
    at: datetime  # when it was written
    author: str | None  # the agent who wrote it
    automatic: bool
    body: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a user has typed about a ticket and not handed in (behaviour 5.4)."""

    ticket: int
    kind: str  # note, message, action, description, owner or team
    body: str
    at: datetime  # when it was kept


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One line of an activity feed. `text` says what happened; `body` is a longer text that goes with it, under
    `heading` where it takes the place of `text`."""

    id: int
    act_id: int
    at: datetime
    actor: str
    actor_kind: str  # user, rule, import or system
    kind: str  # opened, status, note, tag, classification, action, owner, undo, …
    text: str
    body: str = ""
    undone: bool = False
    cause: str = ""
    ticket: int | None = None
    heading: str = ""  # note, → phone


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket, whole."""

    line: TicketLine
    description: str
    helpers: tuple[str, ...]
    classifications: tuple[str, ...]
    resolution: str | None
    exit_state: str | None
    language: str | None
    origin: str  # rule, person or import
    opened_by: str
    response: Response | None
    contact: Contact | None
    account: str | None
    plan: PlanState | None
    actions: tuple[RecordedAction, ...]
    notes: tuple[Note, ...]
    messages: tuple[Message, ...] = ()
    source: str | None = None
    external_id: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    """What another system said about it that has no place of its own here."""
    related: tuple[Related, ...] = ()
    timers: tuple[TimerLine, ...] = ()
    breached: bool = False

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def version(self) -> int:
        return self.line.version


@dataclass(frozen=True, slots=True)
class TicketRecord:
    """A ticket's own fields without what hangs on it: what lists and exports give of many at once.

    `contact` comes without scores and tickets, and is None for a user who may not see contacts.
    """

    line: TicketLine
    description: str
    helpers: tuple[str, ...]
    classifications: tuple[str, ...]
    contact: Contact | None
    plan: str | None
    exit_state: str | None
    resolution: str | None
    breached: bool


@dataclass(frozen=True, slots=True)
class TabCount:
    """A tab of the triage screen: its id, its title, the query that it adds and how many tickets it holds."""

    id: str
    title: str
    query: str
    count: int | None
