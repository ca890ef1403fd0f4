"""Setting up a desk, step by step: how far somebody is, and which rules would suit what was imported."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssistantProgress:
    """How far setting up is: the step that comes next, and those that were done or skipped, by their ids."""

    at: str = ""
    done: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()
    finished: bool = False  # gone through, or not wanted any more


@dataclass(frozen=True, slots=True)
class Matches:
    """How many of the desk's responses a condition holds for; those `waiting` have no ticket."""

    responses: int
    matching: int
    waiting: int


@dataclass(frozen=True, slots=True)
class RuleProposal:
    """A rule that would open tickets for some of the responses there are. `why` says which, in words."""

    name: str
    condition: str
    tag: str
    why: str
    matches: Matches
