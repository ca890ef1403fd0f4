"""Rules, what they can do, what they did, and what they would have done (behaviour 4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as it stands in the desk's list."""

    id: int
    name: str
    trigger: str  # of a time trigger with its length: `idle 48h`
    condition: str
    effects: tuple[Mapping[str, object], ...]
    active: bool


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule that isn't saved, to be tried. One of that name in the desk is left out and gives it its place."""

    name: str
    condition: str
    effects: tuple[Mapping[str, Any], ...]
    trigger: str = "response received"


@dataclass(frozen=True, slots=True)
class RuleDetails:
    """A rule with its effects in words, who changed it last, and what it did."""

    rule: RuleLine
    position: int  # from 1
    words: tuple[str, ...]
    mistake: str  # why it couldn't run now; empty when it could
    tickets_opened: int
    runs: int
    failures: int
    last_run: datetime | None
    changed_by: str  # empty where the record doesn't tell
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class RuleTotals:
    """How often a rule ran and failed, and when it ran last."""

    runs: int = 0
    failures: int = 0
    last_run: datetime | None = None


@dataclass(frozen=True, slots=True)
class RuleMatches:
    """How many records the condition of a rule holds for now, of all that the rule's trigger is about."""

    about: str  # responses or tickets
    matching: int
    records: int


@dataclass(frozen=True, slots=True)
class TriggerKind:
    """Something that sets rules off."""

    id: str
    label: str
    about: str
    has_length: bool  # a length of time stands behind the id: `idle 48h`
    of_responses: bool  # its condition is about a response, and it may open a ticket


@dataclass(frozen=True, slots=True)
class EffectPart:
    """One value of an effect, as a form asks for it."""

    id: str  # the key in the effect's table; empty where the effect's value is this one
    label: str
    choices: tuple[str, ...]
    free: bool = False  # another word than the choices will do, too
    optional: bool = False


@dataclass(frozen=True, slots=True)
class EffectKind:
    """Something that rules can do."""

    id: str
    label: str
    about: str
    parts: tuple[EffectPart, ...] = ()
    repeatable: bool = False  # a rule may do it several times, with other values
    of_responses: bool = False  # only for rules that run when a response was received


@dataclass(frozen=True, slots=True)
class RuleRunLine:
    """A rule that ran, failed or was stopped (behaviour 4.2)."""

    id: int
    at: datetime
    rule: str  # its name now; the one that it had then where it is gone
    trigger: str
    ticket: int | None
    outcome: str  # ran, failed or stopped
    text: str  # what it did, or why it didn't
    depth: int  # 0 where people, an import or time were the cause
    after: int | None  # the run of which an effect was the cause
    act: int | None
    taken_back: bool


@dataclass(frozen=True, slots=True)
class EffectCount:
    """How often an effect of a rule would have changed something."""

    effect: str  # its id
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """What a rule would have done, had it been active: nothing was changed (X7, behaviour 4.3).

    `about` is what it was tried on. `responses` are those on which it would have run, where it runs on responses;
    `tickets` those that it would have run on, or that the responses have now.
    """

    rule: str
    trigger: str
    about: str  # responses or tickets
    since: datetime | None
    examined: int
    runs: int
    failed: int
    counts: tuple[EffectCount, ...]
    responses: tuple[int, ...]
    tickets: tuple[int, ...]
    failures: tuple[str, ...]  # the reasons, each once
    notes: tuple[str, ...]  # what history can't tell
    stopped: bool = False

    @property
    def opened(self) -> int:
        """Tickets that it would have opened."""
        return sum(entry.count for entry in self.counts if entry.effect == "open_ticket")
