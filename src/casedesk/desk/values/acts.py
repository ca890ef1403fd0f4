"""What came of an act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    notes: tuple[str, ...] = ()  # sentences about what was left undone: sub-tickets that stay open


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
