"""The desk's own lists and rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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
