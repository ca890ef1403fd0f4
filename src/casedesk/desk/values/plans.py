"""Action plans, and what was done by them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    closes_ticket: bool  # closing the plan closes the ticket
    closed_at: datetime | None
    exit_state: str | None
    exit_states: tuple[str, ...]  # those that may be chosen when it is closed
    actions: tuple[ActionChoice, ...]


@dataclass(frozen=True, slots=True)
class ActionDefinition:
    """An action as the desk defines it; each status with whether it completes the action (S2, S3)."""

    id: int
    name: str
    description: str
    closes_plan: str  # no, ask (the operator decides) or always
    comment_allowed: bool
    statuses: tuple[tuple[str, bool], ...]
    plans: tuple[str, ...]  # that have it; several share it
    retired: bool


@dataclass(frozen=True, slots=True)
class PlanDefinition:
    """An action plan as the desk defines it (S1)."""

    name: str
    description: str
    closes_ticket: bool  # closing the plan closes the ticket
    exit_states: tuple[str, ...]
    actions: tuple[ActionDefinition, ...]
    campaigns: tuple[str, ...]  # whose tickets get it
    open_tickets: int | None  # that are worked by it now; None when they weren't counted
    retired: bool  # given to no further ticket


@dataclass(frozen=True, slots=True)
class PlanOfSome:
    """A plan that some of several tickets have, with what may be chosen on at least one of them."""

    name: str
    tickets: int  # that have it
    open: int  # of these, how many still take actions: neither the plan nor the ticket is closed
    actions: tuple[ActionChoice, ...]  # a `refusal` only where none of the tickets can take the action
    takers: tuple[int, ...]  # for each action, how many tickets can take it
    exit_states: tuple[str, ...]
    closes_ticket: bool  # closing the plan closes the ticket
