"""The effect that gives the ticket an action plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from casedesk.desk.rule_effects.entry import EntryEffect
from casedesk.desk.setup import Named

if TYPE_CHECKING:
    from casedesk import model
    from casedesk.desk.desk import Desk
    from casedesk.desk.recording import Recorder


@dataclass(frozen=True, slots=True)
class SetPlan(EntryEffect):
    """Gives the ticket a plan, unless it was worked by another already."""

    id: ClassVar[str] = "plan"
    sets: ClassVar[str] = "plan"
    label: ClassVar[str] = "Action plan"
    about: ClassVar[str] = "gives the ticket a plan; one that was worked by its plan keeps that, and the rule fails"

    def give(self, desk: Desk, recorder: Recorder, ticket: model.Ticket, cause: str) -> None:
        if ticket.plan_id != self.entry_id:
            desk.plans.give(recorder, ticket, Named(self.entry_id, self.name))
