"""The desk's own lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
    away: frozenset[str]  # the logins of those who are
    teams: tuple[str, ...]
    campaigns: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a part of the set-up last, and when (UTC)."""

    at: datetime
    by: str  # a login


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An entry of one of the desk's own lists."""

    id: int
    name: str
    position: int | None  # from 1; None in a list that comes by name, and for a retired entry
    retired: bool
    state: str | None  # of a status: the state that it stands for
    tickets: int | None  # that have it; None when they weren't counted


@dataclass(frozen=True, slots=True)
class NamedBy:
    """What names an entry of a list: the rules that give it, active or not, and everybody's macros."""

    rules: tuple[str, ...]
    macros: tuple[str, ...]


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
