"""The frozen values that the desk hands to the screens and the command line: never a live row.

Instants are aware `datetime`s in UTC. Texts from outside are as they came; whoever draws them cleans them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


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


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a response: the question's key and wording, and the text of the answer."""

    key: str
    question: str
    value: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Response:
    """One answered questionnaire, whole (M6)."""

    id: int
    external_id: str
    source: str
    campaign: str
    score: float | None
    score_kind: str | None
    comment: str
    language: str | None
    answered_at: datetime
    received_at: datetime
    answers: tuple[Answer, ...]
    contact: str | None = None
    ticket: int | None = None


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One score that a contact gave."""

    at: datetime
    score: float
    score_kind: str
    campaign: str


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
class RecordedAction:
    """What was done by plan on a ticket; the names are as they were then (behaviour 2.4)."""

    id: int
    at: datetime
    actor: str
    action: str
    status: str | None
    comment: str
    completed: bool
    closed_plan: bool


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """An action of the ticket's plan, and whether it may be chosen now."""

    id: int
    name: str
    description: str
    statuses: tuple[str, ...]
    comment_allowed: bool
    closes_plan: str  # no, ask (the operator decides) or always
    refusal: str | None  # why it can't be chosen now, or None


@dataclass(frozen=True, slots=True)
class PlanState:
    """The action plan of a ticket as it stands."""

    name: str
    description: str
    closed_at: datetime | None
    exit_state: str | None
    exit_states: tuple[str, ...]  # those that may be chosen when it is closed
    actions: tuple[ActionChoice, ...]


@dataclass(frozen=True, slots=True)
class ActionDefinition:
    """An action as a plan defines it; each status with whether it completes the action (S2, S3)."""

    name: str
    description: str
    closes_plan: str  # no, ask (the operator decides) or always
    comment_allowed: bool
    statuses: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class PlanDefinition:
    """An action plan as the desk defines it (S1)."""

    name: str
    description: str
    closes_ticket: bool  # closing the plan closes the ticket
    exit_states: tuple[str, ...]
    actions: tuple[ActionDefinition, ...]
    campaigns: tuple[str, ...]  # whose tickets get it
    open_tickets: int  # that are worked by it now


@dataclass(frozen=True, slots=True)
class PlanOfSome:
    """A plan that some of several tickets have, with what may be chosen on at least one of them."""

    name: str
    tickets: int  # that have it
    open: int  # of these, how many still take actions: neither the plan nor the ticket is closed
    actions: tuple[ActionChoice, ...]  # a `refusal` only where none of the tickets can take the action
    takers: tuple[int, ...]  # for each action, how many tickets can take it
    exit_states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """An internal note (M11)."""

    id: int
    at: datetime
    author: str
    body: str


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One line of an activity feed. `text` says what happened; `body` is a longer text that goes with it."""

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
    source: str | None = None
    external_id: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    """What another system said about it that has no place of its own here."""

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
class Refusal:
    """One ticket that an act left alone: `code` is not-permitted, conflict, invalid, unchanged or not-found."""

    number: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an act did. With one ticket a refusal is raised instead; with several it is listed here."""

    act_id: int | None
    name: str
    summary: str  # "status → open on 3 tickets"
    done: tuple[int, ...]
    refused: tuple[Refusal, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class ActLine:
    """One line of the journal of acts."""

    id: int
    at: datetime
    actor: str
    name: str
    summary: str
    tickets: int
    undone: bool
    undoes: int | None


@dataclass(frozen=True, slots=True)
class TabCount:
    """A tab of the triage screen: its id, its title, the query that it adds and how many tickets it holds."""

    id: str
    title: str
    query: str
    count: int | None


@dataclass(frozen=True, slots=True)
class User:
    """A person who works at the desk."""

    id: int
    login: str
    name: str
    role: str
    active: bool
    rights: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choices:
    """The desk's lists that a modal offers, in the desk's own order, retired ones left out."""

    statuses: tuple[tuple[str, str], ...]  # name, state
    priorities: tuple[str, ...]
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    classifications: tuple[str, ...]
    close_options: tuple[str, ...]
    users: tuple[str, ...]
    teams: tuple[str, ...]
    campaigns: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it stands in the desk's list."""

    id: int
    name: str
    trigger: str
    condition: str
    effects: tuple[Mapping[str, object], ...]
    active: bool


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign with what it holds."""

    id: int
    name: str
    source: str | None
    plan: str | None
    responses: int
    tickets: int
    questions: tuple[tuple[str, str], ...]  # key, wording


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """What an import did, or would do (`dry_run`)."""

    kind: str  # responses, contacts or tickets
    rows: int
    imported: int
    updated: int
    unchanged: int
    rejected: int
    rejects: tuple[tuple[int, str], ...]  # line, reason; the first thousand
    contacts_created: int
    tickets_opened: int
    source: str
    campaign: str | None
    mapping: str
    derived_keys: bool
    contradictions: tuple[tuple[int, str], ...]
    changes: tuple[tuple[int, str], ...]  # line, what changed; the first thousand
    rejects_file: str | None
    dry_run: bool
    notes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the desk, opened and checked."""

    path: str
    size: int  # bytes
    tickets: int


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at: `findings` are sentences about what is wrong, none when it is sound."""

    name: str  # file, references, schema or search
    text: str  # what was found, in words
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Examination:
    """The desk file, looked over."""

    path: str
    schema: int
    newest_schema: int
    checks: tuple[Check, ...]
    search_differences: int | None  # tickets, contacts and accounts; None when an index can't be read

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not any(check.findings for check in self.checks)
