"""What the rules for new responses make of one response: the ticket that opens, or none (behaviour 4.1, 4.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casedesk.desk.rule_effects import Beginning, Effect
from casedesk.desk.rule_effects.beginning import Line
from casedesk.desk.rule_effects.open_ticket import OpenTicket
from casedesk.domain.errors import CasedeskError

if TYPE_CHECKING:
    from casedesk.desk.desk import Desk
    from casedesk.desk.rules import ActiveRule


@dataclass(frozen=True, slots=True)
class Taken:
    """What one rule did to the ticket: its effects that changed something."""

    rule: ActiveRule
    done: tuple[Effect, ...]
    moves: tuple[Line, ...]

    @property
    def told(self) -> list[tuple[str, str]]:
        """Kind and text of its lines in the feed, its moves apart."""
        return [effect.told for effect in self.done if effect.told is not None]

    @property
    def words(self) -> str:
        """What it did, for the log."""
        return ", ".join(effect.words for effect in self.done) or "changed nothing"


@dataclass(slots=True)
class Judged:
    """The ticket as the rules put it together, by the rule that opens it; None where none opens after all."""

    ticket: Beginning
    opener: ActiveRule | None = None
    taken: list[Taken] = field(default_factory=list)
    failed: list[tuple[ActiveRule, str]] = field(default_factory=list)


def begin_ticket(desk: Desk, ticket: Beginning, holding: Sequence[ActiveRule]) -> Judged:
    """Let the rules whose conditions hold, in the desk's order, put the ticket together.

    Of several, the first that names a single value sets it. One that can't do all that it should does nothing.
    """
    judged = Judged(ticket)
    given: set[str] = set()
    for rule in holding:
        trial = judged.ticket.copy()
        so_far = len(trial.moves)
        done = []
        try:
            for effect in rule.effects:
                if effect.sets in given:
                    continue
                before = (trial.tags, trial.links)
                effect.begin(desk, trial)
                # A tag or classification that the ticket has by an earlier rule is nothing new.
                if effect.sets or (trial.tags, trial.links) != before:
                    done.append(effect)
        except CasedeskError as error:
            judged.failed.append((rule, error.sentence))
            continue
        given |= {effect.sets for effect in rule.effects if effect.sets}
        judged.ticket = trial
        judged.taken.append(Taken(rule, tuple(done), trial.moves[so_far:]))
        if judged.opener is None and any(isinstance(effect, OpenTicket) for effect in done):
            judged.opener = rule
    return judged
